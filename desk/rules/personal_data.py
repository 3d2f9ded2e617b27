"""What becomes of every column that may hold personal data (个人信息去留表, 个保法 47、51 条).

A file is kept for its time, then erased (到期抹除): its row here says what is blanked, what is
left as a mask, what stays and why. A column of text that is in neither table fails a test, so
that nobody adds one without saying what becomes of it. `actions/erasing.py` goes by this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Fate(StrEnum):
    """What becomes of a column when a file is erased."""

    ERASE = "erase"  # 抹除
    MASK = "mask"  # 遮盖
    RETAIN = "retain"  # 保留


class Keeping(StrEnum):
    """How long a column stays as it is."""

    FILE = "file"  # 案卷保管期满（按“设置”里的年数，从办结算起）
    MEDIATION = "mediation"  # 调解卷保管期满（按“设置”里的保管期限）
    LOG = "log"  # 留痕保管期：至少半年，链条本身永久
    HALL = "hall"  # 单位存续期间


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of some columns of a table, how long they stay, and why."""

    columns: tuple[str, ...]
    fate: Fate
    keeping: Keeping
    why: str


def _rule(fate: Fate, keeping: Keeping, why: str, columns: str) -> Rule:
    return Rule(tuple(columns.split()), fate, keeping, why)


E, M, K = Fate.ERASE, Fate.MASK, Fate.RETAIN
_FREE = "经办人写的话里会有姓名、电话、住址和事由"
_THING = "写的是事，不写人；填写时提醒不写姓名电话"
_WHO = "诉求人或其家人的身份和联系方式，办结归档后不再需要"
_STAFF = "谁经手、谁负责要能追溯；写的是工作人员，不是群众"
_OF_MEDIATION = "调解当事人的身份和所说的话，只为这一卷留存"

PERSONAL: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        # a case and what hangs on it
        "private_facts": (
            _rule(
                E,
                Keeping.FILE,
                _WHO,
                "name phone other_phone address site workplace sex birth_year guardian "
                "representatives other_party",
            ),
        ),
        "identity_numbers": (
            _rule(E, Keeping.FILE, "证件号码，密文和检索值一并删去", "cipher blind_index"),
        ),
        "cases": (
            _rule(E, Keeping.FILE, _FREE, "summary details request answer note occurred"),
            _rule(E, Keeping.FILE, _FREE, "litigation discontent_note excluded_reason judgement"),
            _rule(E, Keeping.FILE, _FREE, "key_reason"),
            _rule(E, Keeping.FILE, _FREE, "withdraw_reason do_not_call_note guide_person needs"),
            _rule(E, Keeping.FILE, "引导对接人的电话", "guide_phone"),
            _rule(M, Keeping.FILE, "看板上的姓，统计和核对用", "appellant_shown"),
            _rule(K, Keeping.HALL, _STAFF, "first_responder_name first_responder_reason"),
        ),
        "case_search": (_rule(E, Keeping.FILE, "由姓名、电话和内容生成的检索文本", "doc"),),
        "matters": (_rule(E, Keeping.FILE, _FREE, "content answer basis"),),
        "rounds": (_rule(E, Keeping.FILE, _FREE, "reason verify_note measures late_reason"),),
        "assignments": (
            _rule(E, Keeping.FILE, _FREE, "feedback return_note instruction reason requirements"),
        ),
        "clocks": (_rule(E, Keeping.FILE, _FREE, "pause_reason"),),
        "clock_pauses": (_rule(E, Keeping.FILE, _FREE, "note"),),
        "contacts": (_rule(E, Keeping.FILE, _FREE, "note over_reason"),),
        "dispatch_proposals": (_rule(E, Keeping.FILE, _FREE, "row note"),),
        "opinions": (
            _rule(E, Keeping.FILE, _FREE, "title acceptance findings decision basis"),
            _rule(E, Keeping.FILE, _FREE, "next_measures remedy remark items"),
        ),
        "sign_steps": (_rule(E, Keeping.FILE, _FREE, "remark"),),
        "follow_ups": (_rule(E, Keeping.FILE, _FREE, "discontent_note suggestion"),),
        "follow_up_matters": (_rule(E, Keeping.FILE, _FREE, "note"),),
        "extension_requests": (
            _rule(E, Keeping.FILE, _FREE, "explanation told_note office_note leader_note"),
            _rule(K, Keeping.HALL, _STAFF, "head_name"),
        ),
        "materials": (_rule(E, Keeping.FILE, "诉求人交来的材料名称", "name"),),
        "attachments": (_rule(E, Keeping.FILE, "照片、录音、扫描件和它们的文件名", "name sha256"),),
        "kept_items": (_rule(E, Keeping.FILE, "替诉求人保管的东西", "name given_back_to note"),),
        "deliveries": (
            _rule(E, Keeping.FILE, "邮寄单号、见证人和送达说明", "tracking witness note"),
        ),
        "erasures": (_rule(E, Keeping.FILE, _FREE, "reason note"),),
        "person_links": (_rule(E, Keeping.FILE, "认定理由里会写到诉求人", "reason end_reason"),),
        "case_looks": (_rule(E, Keeping.FILE, "查看理由里会写到诉求人", "reason"),),
        # papers and bytes
        "papers": (
            _rule(E, Keeping.FILE, "出具时冻结的整份内容；编号和哈希留下", "row"),
            _rule(E, Keeping.FILE, "扫回的签字件", "scan_sha256"),
        ),
        "paper_proofs": (_rule(E, Keeping.FILE, "签署文书的 PDF 本身；哈希留下", "blob_sha256"),),
        "blobs": (_rule(E, Keeping.FILE, "附件、扫描件和签署文书的内容", "sha256"),),
        "blob_chunks": (_rule(E, Keeping.FILE, "附件、扫描件和签署文书的内容", "sha256 bytes"),),
        # the log
        "events": (
            _rule(E, Keeping.LOG, "改前改后的内容；链只算摘要，抹去后仍然连着", "payload salt"),
            _rule(K, Keeping.LOG, "做了什么和编号，不含群众信息", "title result"),
            _rule(K, Keeping.LOG, _STAFF, "desk_name session_user"),
        ),
        "mediation_looks": (_rule(E, Keeping.MEDIATION, "查看理由里会写到当事人", "reason"),),
        # mediation
        "mediations": (_rule(E, Keeping.MEDIATION, _FREE, "refusal_reason guidance exclusions"),),
        "mediation_contents": (
            _rule(E, Keeping.MEDIATION, _OF_MEDIATION, "title facts requests site note situation"),
        ),
        "mediation_parties": (
            _rule(
                E,
                Keeping.MEDIATION,
                _OF_MEDIATION,
                "name sex ethnicity birth_year occupation phone address serve_address "
                "represented_by needs",
            ),
        ),
        "mediation_companions": (_rule(E, Keeping.MEDIATION, _OF_MEDIATION, "name phone powers"),),
        "mediation_helpers": (_rule(E, Keeping.MEDIATION, "受邀参加的人", "name"),),
        "mediation_sessions": (
            _rule(
                E,
                Keeping.MEDIATION,
                _OF_MEDIATION,
                "place reason attended invited rights_signed recusal_answers blocks result",
            ),
            _rule(K, Keeping.HALL, _STAFF, "recorder"),
        ),
        "mediation_inquiries": (
            _rule(E, Keeping.MEDIATION, _OF_MEDIATION, "place present asked text"),
            _rule(K, Keeping.HALL, _STAFF, "inquirer recorder"),
        ),
        "mediation_agreements": (
            _rule(E, Keeping.MEDIATION, _OF_MEDIATION, "facts terms way term signed_by"),
        ),
        "mediation_followups": (
            _rule(E, Keeping.MEDIATION, _OF_MEDIATION, "way trouble measures"),
        ),
        "mediation_files": (
            _rule(E, Keeping.MEDIATION, "证据、委托书和扫描件", "name sha256 withdrawn_reason"),
        ),
        "caucus_notes": (_rule(E, Keeping.MEDIATION, "背靠背笔记", "text"),),
        "instalments": (_rule(E, Keeping.MEDIATION, _OF_MEDIATION, "note"),),
        "judicial_confirmations": (
            _rule(K, Keeping.MEDIATION, "法院的裁定号，核对协议效力要用", "court result_number"),
        ),
        "bookings": (
            _rule(
                E, Keeping.MEDIATION, "排期上写的人和事由", "title shown_people absent end_reason"
            ),
            _rule(K, Keeping.HALL, _STAFF, "overtime_by desk_name"),
        ),
        "booking_slots": (_rule(E, Keeping.MEDIATION, "由证件号或电话算出的防撞键", "resource"),),
        "mediator_ties": (
            _rule(E, Keeping.HALL, "调解员的亲友，离任后不再需要", "name person_key"),
        ),
        "topics": (_rule(K, Keeping.HALL, "专题写的是事，不写人", "note closing_note"),),
        "topic_cases": (_rule(E, Keeping.FILE, _FREE, "removal_note"),),
        "grid_posts": (
            _rule(K, Keeping.HALL, "网格里的岗位、公示的姓名和公务电话", "title name phone area"),
        ),
        "grid_evaluations": (
            _rule(K, Keeping.HALL, "月度评价，只有本人和社区书记能看", "items scores remark"),
        ),
        # plans, opinions of meetings, lists: about things; the form says to write no name
        "topic_plans": (_rule(K, Keeping.HALL, _THING, "goal finished_note"),),
        "plan_measures": (
            _rule(K, Keeping.HALL, _THING, "text result"),
            _rule(K, Keeping.HALL, _STAFF, "person"),
        ),
        "plan_looks": (_rule(K, Keeping.HALL, _THING, "note"),),
        "gathered_opinions": (_rule(K, Keeping.HALL, _THING, "said_by text answer"),),
        "demands": (_rule(K, Keeping.HALL, _THING, "details end_note"),),
        "offered_resources": (
            _rule(K, Keeping.HALL, _THING, "details end_note"),
            _rule(K, Keeping.HALL, "提供单位和它的公务电话", "offered_by phone"),
        ),
        "joint_projects": (_rule(K, Keeping.HALL, _THING, "details end_note"),),
        "cluster_dismissals": (_rule(K, Keeping.HALL, _STAFF, "reason"),),
        # findings without an appellant: what became a case goes with its file
        "early_actions": (
            _rule(E, Keeping.FILE, _FREE, "address situation measure note recheck_note"),
            _rule(E, Keeping.FILE, _FREE, "void_reason"),
            _rule(K, Keeping.HALL, _STAFF, "found_by"),
        ),
        "visits": (_rule(K, Keeping.HALL, _STAFF, "walkers cancel_reason"),),
        "visit_entries": (
            _rule(K, Keeping.HALL, "只有户号，没有姓名；只有本社区和信联办能看", "household"),
            _rule(K, Keeping.HALL, "问卷的选项和一句话情况，不写姓名电话", "answers remark"),
        ),
        # assessment and steering
        "assessment_requests": (_rule(E, Keeping.FILE, _FREE, "facts"),),
        "assessment_steps": (_rule(E, Keeping.FILE, _FREE, "note"),),
        "supervisions": (_rule(E, Keeping.FILE, _FREE, "requirement report end_note"),),
        "urgings": (_rule(E, Keeping.FILE, _FREE, "note explanation"),),
        # cases led by a leader, and meetings
        "leader_cases": (_rule(E, Keeping.FILE, _FREE, "reason conclusion"),),
        "team_members": (_rule(K, Keeping.HALL, _STAFF, "name office reason"),),
        "leader_steps": (_rule(E, Keeping.FILE, _FREE, "action result"),),
        "check_lines": (
            _rule(E, Keeping.FILE, _FREE, "note"),
            _rule(K, Keeping.HALL, _STAFF, "responsible"),
        ),
        "meetings": (
            _rule(E, Keeping.FILE, _FREE, "title place attendees minutes decisions"),
            _rule(K, Keeping.HALL, _STAFF, "chair recorder"),
        ),
        "whistles": (
            _rule(
                K,
                Keeping.HALL,
                "哨单写的是地点和要协调的事，界面提醒不写诉求人",
                "matter steps_taken consultation result_note remark site",
            ),
            _rule(K, Keeping.HALL, _STAFF, "caller caller_phone review_note rating_note"),
            _rule(K, Keeping.HALL, _STAFF, "withdraw_note"),
        ),
        "whistle_units": (_rule(K, Keeping.HALL, _STAFF, "contact"),),
        "whistle_arrivals": (
            _rule(K, Keeping.HALL, _STAFF, "name post"),
            _rule(K, Keeping.HALL, "外单位的复函、签到表", "document sha256"),
        ),
        "whistle_duties": (_rule(K, Keeping.HALL, "谁负责哪一项，不写群众", "matter done_note"),),
        "letters": (
            _rule(K, Keeping.HALL, "表扬书、提醒函写的是单位的事，不写群众", "facts measures"),
            _rule(K, Keeping.HALL, _STAFF, "person delivered_to responsible revoke_note"),
        ),
        "unit_talks": (
            _rule(K, Keeping.HALL, _STAFF, "reason place talked_by attended"),
            _rule(K, Keeping.HALL, "约谈说的是单位的事，不写群众", "minutes promised kept_note"),
        ),
        "review_tasks": (_rule(K, Keeping.HALL, "研判会的决定，不写群众", "text done_note"),),
        "bonus_points": (_rule(K, Keeping.HALL, "为什么加分，不写群众", "reason"),),
        "honours": (_rule(K, Keeping.HALL, _STAFF, "person reason withdraw_note"),),
        "bulletins": (_rule(K, Keeping.HALL, "通报只有数字和单位", "figures sentences"),),
        # appointments and reception days
        "appointments": (
            _rule(E, Keeping.FILE, "约好要来的人；成案后只留在案件里", "name phone matter needs"),
            _rule(E, Keeping.FILE, _FREE, "end_note"),
        ),
        "reception_cases": (
            _rule(E, Keeping.FILE, _FREE, "why opinion done_note"),
            _rule(K, Keeping.HALL, _STAFF, "leader_name follow_person"),
        ),
        "case_agents": (_rule(E, Keeping.FILE, _WHO, "name phone powers paper"),),
        # staff and the hall's own papers
        "staff": (_rule(K, Keeping.HALL, _STAFF, "login name desk_name phone"),),
        "staff_secrets": (_rule(E, Keeping.HALL, "登录口令的校验值，离岗即停用", "verifier"),),
        "mediators": (_rule(K, Keeping.HALL, _STAFF, "name phone skills languages duty"),),
        "duty_posts": (_rule(K, Keeping.HALL, "值班岗位和值班电话", "name phone turn"),),
        "duty_shifts": (_rule(K, Keeping.HALL, _STAFF, "person phone note"),),
        "deputies": (_rule(K, Keeping.HALL, _STAFF, "reason"),),
        "teams": (_rule(K, Keeping.HALL, "单位班组和它的公务电话", "name phone note"),),
        "service_items": (_rule(K, Keeping.HALL, "办事目录上的对接人和公务电话", "contact phone"),),
        "seal_uses": (_rule(K, Keeping.HALL, _STAFF, "title approved_by note"),),
        "handovers": (_rule(E, Keeping.FILE, "交班时写下的回电和保管清单", "note row"),),
        "saved_filters": (
            _rule(K, Keeping.HALL, "自己存的筛选，保存时提醒不写姓名电话", "name chosen"),
        ),
        "export_requests": (
            _rule(K, Keeping.LOG, "谁为什么带走了台账", "reason note narrowed_to"),
        ),
    }
)

# Texts that name nobody: codes, numbers, hashes, and what the hall is made of.
NOT_PERSONAL: Mapping[str, str] = MappingProxyType(
    {
        "streets": "name city district hall_name",
        "unit_versions": "name short_name phone address opening_hours",
        "categories": "name pinyin",
        "places": "name pinyin",
        "platform_forms": "name kind lines fixed separator",
        "letterheads": "body issuer prefix phone address query_hint",
        "form_layouts": "code toml",
        "settings": "key value",
        "time_rules": "source",
        "calendar_days": "hours reason",
        "calendar_notices": "source holidays shifts",
        "counters": "kind",
        "chain_heads": "hash",
        "rate_marks": "marks",
        "rate_days": "grouping name",
        "chain_anchors": "hash",
        "library_texts": "title body source pinyin",
        "teams": "kind",
        "topics": "name word",
        "topic_plans": "word funds_from",
        "gatherings": "name place",
        "demands": "title",
        "offered_resources": "title",
        "joint_projects": "title",
        "assessment_requests": "month rules_name reasons evidence figures",
        "supervisions": "outside_number grounds copied_to",
        "check_lines": "words",  # the hall's own line
        "letters": "problems",
        "whistles": "number outside_number content_hash level",
        "unit_talks": "month why figures",
        "bonus_points": "month",
        "rate_rule_sets": "value",
        "bulletins": "rules_name number",
        "cluster_dismissals": "word",
        "early_actions": "number outside_number content_hash linked_numbers",
        "questionnaires": "questions",
        "grid_lists": "items",
        "grid_evaluations": "month",
        "visits": "number questions",
        "old_passwords": "verifier",
        "open_cases": "writing",
        "schema_info": "min_client version",
        "upkeep_runs": "file sentence",
        "saved_filters": "board",
        "filter_defaults": "board",
        "service_items": "name pinyin office address hours materials basis",
        "duty_posts": "hours reception_place",
        "reception_days": "place note",
        "rooms": "name place",
        "booking_series": "weekdays",
        "identity_keys": "key_id algorithm",
        "identity_numbers": "algorithm key_id",
        "export_requests": "kind",
        "erasures": "counts",
        "events": "kind digest previous_hash hash",
        "cases": "number platform guided_to repeat_of_number tags archive_number box_number",
        "case_search": "fields",  # one letter for each line of the text
        "outside_numbers": "platform number content_hash",
        "case_aliases": "number",
        "clocks": "rule_text day_ends",
        "follow_ups": "stars",
        "opinions": "number",
        "mediations": "number outside_number content_hash dossier_number retention",
        "papers": "code number layout_sha256 box_number",
        "paper_proofs": "sha256 font_set",
        "print_log": "printer sha256",
        "seal_uses": "seal",
        "blobs": "media_type",
    }
)


def fate_of(table: str, column: str) -> Rule | None:
    """Return what becomes of a column; None for one that is not personal."""
    return next((rule for rule in PERSONAL.get(table, ()) if column in rule.columns), None)
