"""Rows as the hall would freeze them: one plausible paper for each form."""

from functools import cache
from typing import Any

from desk.forms import Paper, render
from desk.forms.rows import (
    DispatchSlipRow,
    FollowupRecordRow,
    IntakeSheetRow,
    OpinionNoticeRow,
    OpinionSheetRow,
    ReceiptRow,
)
from tests.forms.bulletin_specimens import BULLETINS
from tests.forms.extension_specimens import extension_request
from tests.forms.hall_specimens import HALL_PAPERS
from tests.forms.leader_specimens import LEADER_PAPERS
from tests.forms.mediation_specimens import MEDIATION_PAPERS
from tests.forms.notice_specimens import NOTICES
from tests.forms.paper_specimen import paper
from tests.forms.reception_specimens import RECEPTION_PAPERS
from tests.forms.steering_specimens import STEERING_PAPERS
from tests.forms.visit_specimens import VISIT_PAPERS
from tests.forms.whistle_specimens import WHISTLE_PAPERS

DETAILS = (
    "来访人反映：榕东社区青榕里3栋2单元楼道照明线路老化，11月1日晚起三楼至五楼楼道灯反复跳闸，"
    "四楼配电箱外壳带电，用手背碰触有麻感。楼内有4户70岁以上老人，上下楼不便。"
    "此前已向物业服务中心报修两次（10月28日、10月31日），物业答复“等电工排班”，至今没有人到场。"
    "来访人希望街道当天协调断电检修，并请物业说明楼道线路上一次检修的时间。"
)
ASK = "凭本回执到厅或致电 13800000001，说出编号即可；也可扫右上方二维码。"


def intake_sheet() -> IntakeSheetRow:
    return {
        **paper("青榕首〔2026〕00412号", "intake-sheet"),
        "received_at": "2026-11-02T09:05",
        "happened_at": None,
        "channel": "来厅",
        "first_responder": "李敏",
        "recorder": "李敏",
        "first_unit": "信联办",
        "appellant": "𠮷田·阿依古丽",
        "sex": "女",
        "age": 67,
        "phones": ["13800000012", "13800000034"],
        "guardian": None,
        "id_kind": "居民身份证",
        "id_number": "000000**********28",
        "visit": None,
        "people": 1,
        "representatives": [],
        "address": "榕东社区青榕里3栋2单元402",
        "is_confidential": False,
        "services": ["代书"],
        "category": "房屋与城建 / 楼道漏电",
        "purpose": "求助",
        "place": "青榕里3栋2单元楼道",
        "community": "榕东社区",
        "grid": "第2网格",
        "occurred_at": "11月1日 19:30",
        "against": "青榕里物业服务中心",
        "details": DETAILS,
        "matters": [],
        "request": "一、当天断电检修；二、书面说明检修结果；三、检修期间给高龄住户提供照明。",
        "materials": [
            {"name": "物业报修单", "copies": 2, "kind": "复印件"},
            {"name": "现场照片", "copies": 3, "kind": "原件"},
        ],
        "repeat_of": None,
        "other_proceedings": None,
        "exit": "受理转办",
        "urgency": "紧急",
        "is_complex": False,
        "dispatch_by": "2026-11-02T10:05",
        "handle_by": "2026-11-02T11:05",
        "answer": "已告知来访人先不要触碰配电箱，已电话通知物业值班人员到场拉闸看护。",
        "lead_unit": "城建办",
        "unit_phone": "13800000001",
        "promised_by": "2026-11-05T09:05",
        "ask_how": ASK,
    }


def receipt() -> ReceiptRow:
    return {
        **paper("青榕首〔2026〕00412号", "receipt"),
        "received_at": "2026-11-02T09:05",
        "appellant": "𠮷田·阿依古丽",
        "channel": "来厅",
        "category": "房屋与城建 / 楼道漏电",
        "matters": ["青榕里3栋2单元楼道漏电，请求断电检修", "请求物业说明上次检修时间"],
        "materials": [{"name": "物业报修单", "copies": 2, "kind": "复印件"}],
        "first_responder": "李敏",
        "lead_unit": "城建办",
        "unit_phone": "13800000001",
        "promised_by": "2026-11-05T09:05",
        "ask_how": "来厅、来电，或扫右上方二维码",
    }


def dispatch_slip() -> DispatchSlipRow:
    return {
        **paper("青榕交〔2026〕123号", "dispatch-slip"),
        "kind": "交办",
        "case_number": "青榕首〔2026〕00412号",
        "channel": "来厅",
        "received_at": "2026-11-02T09:05",
        "urgency": "紧急",
        "is_complex": False,
        "dispatch_by": "2026-11-02T10:05",
        "contact_by": "2026-11-02T09:15",
        "verify_by": "2026-11-02T09:35",
        "handle_by": "2026-11-02T11:05",
        "is_confidential": False,
        "appellant": "𠮷田·阿依古丽",
        "phone": "13800000012",
        "place": "榕东社区青榕里3栋2单元楼道",
        "category": "房屋与城建 / 楼道漏电",
        "summary": DETAILS,
        "mode": "双派",
        "lead_unit": "城建办",
        "support_units": ["榕东社区", "应急办"],
        "grid_unit": "榕东第2网格",
        "demands": ["10分钟内联系", "30分钟内核实", "书面答复"],
        "other_demands": None,
        "proposal": "请城建办牵头，应急办派员到场，今天中午前排除险情，结果报信联办。",
        "issued_by": "周岚",
        "issued_at": "2026-11-02T09:12",
        "note": None,
    }


def opinion_notice() -> OpinionNoticeRow:
    return {
        **paper("青榕诉意〔2026〕15号", "opinion-notice"),
        "office": "青榕街道办事处",
        "salutation": "王桂兰女士",
        "title": "关于王桂兰反映青榕里3栋楼道漏电等问题的处理意见书",
        "case_number": "青榕首〔2026〕00412号",
        "received_at": "2026-11-02T09:05",
        "channel": "来厅",
        "acceptance": "以上事项属于本街道职责范围，我街道于2026年11月2日受理，"
        "由城建办承办，榕东社区协办。",
        "matters": [
            {
                "title": "青榕里3栋2单元楼道漏电",
                "finding": "11月2日9时12分，城建办工作人员刘建与您电话联系；9时31分到达现场。"
                "经持证电工检测，四楼配电箱外壳对地电压86伏，系进线绝缘层破损搭接箱体所致。",
                "result": "已解决",
                "reply": "物业服务中心已于11月2日11时20分更换进线及漏电保护器，"
                "复测合格，当天恢复楼道照明。",
                "basis": "《物业管理条例》第三十五条。",
            },
            {
                "title": "物业接到报修后未及时到场",
                "finding": "调取物业报修记录，10月28日、10月31日两次报修属实，均未派工。",
                "result": "已解决",
                "reply": "我街道已约谈物业服务中心负责人，物业服务中心向您当面致歉，"
                "并承诺用电类报修一小时内到场。",
                "basis": None,
            },
            {
                "title": "要求全小区更换楼道线路",
                "finding": "青榕里共12栋，楼道线路使用年限均在20年以上，"
                "更换需动用住宅专项维修资金。",
                "result": "部分解决",
                "reply": "先行检测全部12栋楼道线路，存在隐患的由物业立即整改；"
                "整体更换须经业主共同决定，由榕东社区协助表决。",
                "basis": "《中华人民共和国民法典》第二百七十八条。",
            },
        ],
        "findings": None,
        "measures": [
            "物业服务中心2026年11月10日前完成线路检测。",
            "榕东社区2026年11月21日前组织业主表决。",
        ],
        "remedy": None,
        "contact_name": "刘建",
        "contact_phone": "13800000021",
        "signed_on": "2026-11-05",
        "copies_to": ["区信访局", "榕东社区"],
    }


def opinion_sheet() -> OpinionSheetRow:
    return {
        **paper("青榕诉意〔2026〕15号", "opinion-sheet"),
        "case_number": "青榕首〔2026〕00412号",
        "lead_unit": "城建办",
        "first_responder": "李敏",
        "first_unit": "信联办",
        "handler": "刘建",
        "handler_phone": "13800000021",
        "appellant": "王桂兰",
        "received_at": "2026-11-02T09:05",
        "contacted_at": "2026-11-02T09:12",
        "verified_at": "2026-11-02T09:31",
        "handled_at": "2026-11-02T11:20",
        "is_overdue": True,
        "overdue_reason": "等待持证电工到场，超过办理时限15分钟。",
        "details": DETAILS,
        "findings": "经持证电工检测，四楼配电箱外壳对地电压86伏，系进线绝缘层破损搭接箱体所致。"
        "物业报修记录显示10月28日、10月31日两次报修均未派工。",
        "opinion": "物业服务中心已更换进线及漏电保护器，复测合格，当天恢复照明；"
        "约谈物业负责人，承诺用电类报修一小时内到场；11月10日前完成12栋楼道线路检测。",
        "basis": "《物业管理条例》第三十五条。",
        "result": "已解决",
        "later": None,
        "unit_head_opinion": "情况属实，同意答复。",
        "leader_opinion": "同意。",
        "attachments": ["处理前照片3张", "处理后照片3张", "检测记录1份"],
    }


def followup_record() -> FollowupRecordRow:
    return {
        **paper("青榕访〔2026〕88号", "followup-record"),
        "case_number": "青榕首〔2026〕00412号",
        "times": 1,
        "urgency": "紧急",
        "lead_unit": "城建办（主办）、榕东社区（协办）",
        "appellant": "王桂兰",
        "phone": "13800000012",
        "received_at": "2026-11-02T09:05",
        "handled_at": "2026-11-02T11:20",
        "summary": "青榕里3栋2单元楼道漏电，配电箱外壳带电，两次报修物业没有到场。",
        "handling": "更换进线及漏电保护器，复测合格；约谈物业负责人；部署12栋楼道线路检测。",
        "followed_up_by": "赵雯",
        "followed_up_at": "2026-11-06T10:20",
        "way": "电话",
        "call_minutes": 4,
        "missed_calls": 1,
        "was_contacted": True,
        "first_heard": "10分钟内",
        "resolution": "已解决",
        "matters": [],
        "satisfaction": "基本满意",
        "speed": 5,
        "effect": 4,
        "service": 5,
        "feedback": 3,
        "discontent": [],
        "discontent_note": None,
        "suggestion": "希望物业以后接到用电的报修马上来人，检测结果在楼道里贴出来。",
        "next_steps": ["办结归档"],
        "again_by": None,
    }


SPECIMENS: dict[str, Any] = {
    "intake-sheet": intake_sheet,
    "receipt": receipt,
    "dispatch-slip": dispatch_slip,
    "extension-request": extension_request,
    "opinion-notice": opinion_notice,
    "opinion-sheet": opinion_sheet,
    "followup-record": followup_record,
    **NOTICES,
    **HALL_PAPERS,
    **LEADER_PAPERS,
    **RECEPTION_PAPERS,
    **STEERING_PAPERS,
    **VISIT_PAPERS,
    **WHISTLE_PAPERS,
    **BULLETINS,
    **MEDIATION_PAPERS,
}


def specimen(code: str) -> dict[str, Any]:
    """Return a fresh row of a form."""
    return dict(SPECIMENS[code]())


@cache
def printed(code: str) -> Paper:
    """Return a form as it was printed first: nobody changes it who looks at it."""
    return render(code, specimen(code))
