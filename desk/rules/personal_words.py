"""The table of personal data in words (去留表的话): what is erased, masked and kept of a file.

Whoever decides on an erasure reads this first. The house test sees to it that every column of a
case's or a mediation's tables that holds personal data is named here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desk.rules.personal_data import PERSONAL, Fate, Keeping

_PERSON = (
    "name 姓名 phone 电话 other_phone 备用电话 address 住址 site 事发地 workplace 单位 sex 性别 "
    "birth_year 出生年份 guardian 监护人 representatives 同来代表 other_party 对方"
)
_BOTH = {
    "identity_numbers": ("证件号码", "cipher 号码 blind_index 检索值"),
    "papers": ("文书", "row 各份文书的内容 scan_sha256 扫回的签字件"),
    "paper_proofs": ("文书", "blob_sha256 留存的PDF"),
    "blobs": ("文件", "sha256 照片、录音、扫描件"),
    "blob_chunks": ("文件", "sha256 照片、录音、扫描件 bytes 文件的内容"),
    "deliveries": ("送达", "tracking 邮寄单号 witness 见证人 note 说明"),
    "events": (
        "留痕",
        (
            "payload 改前改后的内容 salt 校验用的随机数 title 做了什么 result 编号 "
            "desk_name 经手的窗口 session_user 经手的账号"
        ),
    ),
    "erasures": ("抹除申请", "reason 理由 note 批注"),
}
_OF_CASE = {
    "private_facts": ("诉求人", _PERSON),
    "cases": (
        "案件",
        (
            "summary 标题 details 诉求内容 request 请求 answer 答复 note 备注 occurred 事发经过 "
            "litigation 诉讼情况 discontent_note 不满意原因 excluded_reason 剔除理由 "
            "key_reason 重点件理由 judgement 研判内容 withdraw_reason 撤回理由 "
            "do_not_call_note 请勿再打的说明 "
            "guide_person 引导对接人 needs 所需服务 guide_phone 对接电话 "
            "appellant_shown 看板上的姓（如“陈**”） first_responder_name 首问人 "
            "first_responder_reason 更改首问人的理由"
        ),
    ),
    "case_search": ("检索", "doc 检索文本"),
    "matters": ("事项", "content 内容 answer 答复 basis 依据"),
    "rounds": ("办理", "reason 理由 verify_note 核实情况 measures 办理措施 late_reason 超期原因"),
    "assignments": (
        "分派",
        "feedback 反馈 return_note 退回说明 instruction 交办意见 reason 理由 requirements 要求",
    ),
    "clocks": ("时限", "pause_reason 暂停原因"),
    "clock_pauses": ("时限", "note 暂停说明"),
    "contacts": ("联系记录", "note 联系情况 over_reason 仍要打的理由"),
    "dispatch_proposals": ("派单建议", "row 建议内容 note 批注"),
    "opinions": (
        "意见书",
        (
            "title 标题 acceptance 受理情况 findings 查明事实 decision 处理意见 basis 依据 "
            "next_measures 后续措施 remedy 救济途径 remark 附言 items 逐项答复"
        ),
    ),
    "sign_steps": ("审签", "remark 审签意见"),
    "follow_ups": ("回访", "discontent_note 不满意原因 suggestion 建议"),
    "follow_up_matters": ("回访", "note 逐项说明"),
    "extension_requests": (
        "延期挂账",
        (
            "explanation 说明 told_note 告知情况 office_note 信联办意见 leader_note 领导意见 "
            "head_name 单位负责人"
        ),
    ),
    "materials": ("材料", "name 材料名称"),
    "attachments": ("附件", "name 文件名 sha256 照片、录音、扫描件"),
    "kept_items": ("保管物", "name 名称 given_back_to 交还给谁 note 说明"),
    "person_links": ("一人一档", "reason 认定理由 end_reason 撤销理由"),
    "topic_cases": ("专题", "removal_note 移出理由"),
    "early_actions": (
        "未诉先办",
        (
            "address 地址 situation 情况 measure 处置措施 note 备注 recheck_note 复看情况 "
            "void_reason 作废理由 found_by 发现人"
        ),
    ),
    "assessment_requests": ("剔除申请、差评申诉", "facts 事实和证据"),
    "assessment_steps": ("剔除申请、差评申诉", "note 签批意见"),
    "supervisions": ("督办单", "requirement 督办要求 report 反馈结果 end_note 销号说明"),
    "urgings": ("催办", "note 催办内容 explanation 说明"),
    "leader_cases": ("领导包案", "reason 提级原因 conclusion 化解结论"),
    "team_members": ("专班", "name 姓名 office 单位职务 reason 离开的原因"),
    "leader_steps": ("包案进展", "action 做什么 result 结果"),
    "check_lines": ("五包三问", "note 进展、说明 responsible 责任人"),
    "meetings": (
        "会商纪要",
        (
            "title 议题 place 地点 attendees 参加人员 minutes 会议情况 decisions 议定事项 "
            "chair 主持人 recorder 记录人"
        ),
    ),
    "appointments": ("预约", "name 姓名 phone 电话 matter 事由 needs 所需服务 end_note 说明"),
    "reception_cases": (
        "接访",
        (
            "why 提请理由 opinion 领导意见 done_note 落实情况 leader_name 接访领导 "
            "follow_person 跟进人"
        ),
    ),
    "case_agents": ("委托代办", "name 姓名 phone 电话 powers 委托事项 paper 授权材料"),
    "case_looks": ("查看记录", "reason 查看理由"),
    "handovers": ("交接班", "note 说明 row 提到这一件的各行"),
}
_OF_MEDIATION = {
    "mediation_looks": ("查阅记录", "reason 查阅理由"),
    "mediations": ("调解", "refusal_reason 不予受理的理由 guidance 引导去处 exclusions 受理审查"),
    "mediation_contents": (
        "调解内容",
        "title 纠纷名称 facts 纠纷情况 requests 申请事项 site 地点 note 备注 situation 卷宗说明",
    ),
    "mediation_parties": (
        "当事人",
        (
            "name 姓名 sex 性别 ethnicity 民族 birth_year 出生年份 occupation 职业 phone 电话 "
            "address 住址 serve_address 送达地址 represented_by 法定代表人 needs 所需服务"
        ),
    ),
    "mediation_companions": ("代理人、陪同人", "name 姓名 phone 电话 powers 委托权限"),
    "mediation_helpers": ("协助调解人", "name 姓名"),
    "mediation_sessions": (
        "调解笔录",
        (
            "place 地点 reason 事由 attended 到场人员 invited 应邀人员 rights_signed 权利告知 "
            "recusal_answers 是否申请回避 blocks 笔录 result 结果 recorder 记录人"
        ),
    ),
    "mediation_inquiries": (
        "调查记录",
        "place 地点 present 在场人 asked 被调查人 text 内容 inquirer 调查人 recorder 记录人",
    ),
    "mediation_agreements": (
        "调解协议",
        "facts 主要事实 terms 协议内容 way 履行方式 term 履行时限 signed_by 签名",
    ),
    "mediation_followups": ("调解回访", "way 方式 trouble 隐患 measures 措施"),
    "mediation_files": ("卷内材料", "name 文件名 sha256 证据、扫描件 withdrawn_reason 撤下理由"),
    "caucus_notes": ("背靠背笔记", "text 内容"),
    "instalments": ("分期履行", "note 说明"),
    "judicial_confirmations": ("司法确认", "court 法院 result_number 裁定书文号"),
    "bookings": (
        "调解室排期",
        (
            "title 事由 shown_people 来的人 absent 未到场的人 end_reason 取消原因 "
            "overtime_by 批准加班的人 desk_name 窗口"
        ),
    ),
    "booking_slots": ("调解室排期", "resource 防撞键"),
}
# what of the hall's own stays, that no table of personal data names
_STAYS = {
    False: "编号、时间、类别、承办单位、办理结果、评价、时限、文书编号和校验值",
    True: "卷号、日期、纠纷类别、调解结果、协议金额、履行和回访结果、文书编号和校验值",
}
_WHY = "统计、留痕链和档案目录要用，不含个人信息"


@dataclass(frozen=True, slots=True)
class FateLine:
    """What becomes of some facts when a file is erased, in words."""

    fate: Fate
    what: str
    columns: str
    why: str


def fate_lines(*, is_mediation: bool) -> tuple[FateLine, ...]:
    """Return what becomes of a case or of a mediation: erased first, then masked, then kept."""
    named = (_OF_MEDIATION if is_mediation else _OF_CASE) | _BOTH
    lines: dict[tuple[Fate, str], list[str]] = {}
    why: dict[tuple[Fate, str], str] = {}
    for table, (label, words) in named.items():
        said = _words(words)
        for rule in PERSONAL[table]:
            key = (rule.fate, label)
            columns = (said[name] for name in rule.columns)
            lines.setdefault(key, []).extend(columns)
            why.setdefault(key, rule.why)
    found = [
        FateLine(fate, label, "、".join(dict.fromkeys(columns)), why[fate, label])
        for (fate, label), columns in lines.items()
    ]
    found.append(FateLine(Fate.RETAIN, "其余", _STAYS[is_mediation], _WHY))
    order = list(Fate)
    return tuple(sorted(found, key=lambda line: order.index(line.fate)))


def table_words(table: str) -> str:
    """Return how a table is called; of what was counted after an erasure."""
    return (_OF_CASE | _OF_MEDIATION | _BOTH)[table][0]


def unnamed_columns() -> set[tuple[str, str]]:
    """Return the columns of files that the words above forget."""
    named: Mapping[str, tuple[str, str]] = MappingProxyType(_OF_CASE | _OF_MEDIATION | _BOTH)
    return {
        (table, column)
        for table, rules in PERSONAL.items()
        for rule in rules
        if rule.keeping in {Keeping.FILE, Keeping.MEDIATION}
        for column in rule.columns
        if table not in named or column not in _words(named[table][1])
    }


def _words(text: str) -> dict[str, str]:
    pieces = text.split()
    return dict(zip(pieces[::2], pieces[1::2], strict=True))
