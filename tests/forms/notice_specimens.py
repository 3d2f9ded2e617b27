"""Notices and closing papers as the hall would freeze them: one plausible row for each."""

from typing import Any

from desk.forms.notice_rows import (
    AcceptanceNoticeRow,
    CaseContentsRow,
    ClosingReportRow,
    DeliveryProofRow,
    GuidanceNoticeRow,
    WithdrawalRequestRow,
)
from tests.forms.paper_specimen import paper

CASE = "青榕首〔2026〕00412号"
NAME = "𠮷田·阿依古丽"


def acceptance_notice() -> AcceptanceNoticeRow:
    return {
        **paper("青榕诉告〔2026〕12号", "acceptance-notice"),
        "office": "青榕街道办事处",
        "title": "群众诉求受理告知书",
        "salutation": f"{NAME}女士",
        "addressee": NAME,
        "case_number": CASE,
        "received_at": "2026-11-02T09:05",
        "channel": "来厅",
        "subject": "青榕里3栋2单元楼道漏电",
        "matters": [],
        "signed_on": "2026-11-02",
        "carried_by": "城建办承办，承办人刘建，电话13800000021",
        "handle_by": "2026-11-05T09:05",
        "ask_how": "来厅、来电13800000001，或扫右上方二维码，说出编号即可。",
    }


def guidance_notice() -> GuidanceNoticeRow:
    return {
        **paper("青榕诉告〔2026〕13号", "guidance-notice"),
        "office": "青榕街道办事处",
        "title": "群众诉求引导告知书",
        "salutation": f"{NAME}女士",
        "addressee": NAME,
        "case_number": "青榕首〔2026〕00413号",
        "received_at": "2026-11-02T10:20",
        "channel": "来厅",
        "subject": "拖欠两个月工资",
        "matters": [],
        "signed_on": "2026-11-02",
        "explanation": "工资争议由劳动保障监察机构处理。我们已与对方通过电话，您去时报上姓名即可。",
        "basis": "《保障农民工工资支付条例》第七条。",
        "guided_to": "区劳动保障监察大队",
        "contact": "联系人：周芸；电话：13800000055；地址：青榕区兴业路8号一楼3号窗口；"
        "办理时间：工作日9时至17时；请带上：身份证、工资条或银行流水、考勤记录",
    }


def delivery_proof() -> DeliveryProofRow:
    return {
        **paper("青榕首〔2026〕00412号", "delivery-proof"),
        "office": "青榕街道办事处",
        "case_number": CASE,
        "subject": "青榕里3栋2单元楼道漏电",
        "addressee": NAME,
        "address": "榕东社区青榕里3栋2单元402",
        "phone": "13800000012",
        "papers": [
            {"title": "群众诉求处理意见书", "number": "青榕诉意〔2026〕15号", "copies": 1},
            {"title": "群众诉求受理告知书", "number": "青榕诉告〔2026〕12号", "copies": 1},
        ],
        "way": None,
        "tracking": None,
        "delivered_at": None,
        "delivered_by": None,
        "witness": None,
        "note": None,
    }


STEPS = [
    ("2026-11-02T09:05", "来厅登记，首问人当面谈话", "信联办 李敏"),
    ("2026-11-02T09:12", "分拨给城建办（主办）、榕东社区（协办），紧急", "信联办 周岚"),
    ("2026-11-02T09:13", "签收", "城建办 刘建"),
    ("2026-11-02T09:16", "电话联系诉求人，接通；约定9时30分到现场", "城建办 刘建"),
    ("2026-11-02T09:31", "到场核实：四楼配电箱外壳对地电压86伏，进线绝缘层破损", "城建办 刘建"),
    ("2026-11-02T11:20", "办理完毕：更换进线及漏电保护器，复测合格，恢复照明", "城建办 刘建"),
    ("2026-11-03T15:02", "提交处理意见书", "城建办 刘建"),
    ("2026-11-04T08:40", "签发处理意见书：同意", "分管领导 陈立"),
    ("2026-11-04T10:05", "盖章", "党政办 孙晴"),
    ("2026-11-05T09:30", "送达处理意见书，当面签收", "城建办 刘建"),
    ("2026-11-06T10:20", "电话回访：已解决，基本满意", "信联办 赵雯"),
    ("2026-11-06T10:31", "办结", "信联办 赵雯"),
]


def closing_report() -> ClosingReportRow:
    return {
        **paper(CASE, "closing-report"),
        "case_number": CASE,
        "appellant": NAME,
        "channel": "来厅",
        "category": "房屋与城建 / 楼道漏电",
        "urgency": "紧急",
        "received_at": "2026-11-02T09:05",
        "closed_at": "2026-11-06T10:31",
        "first_unit": "信联办",
        "first_responder": "李敏",
        "lead_unit": "城建办",
        "handler": "刘建",
        "summary": "青榕里3栋2单元楼道照明线路老化，四楼配电箱外壳带电；"
        "两次报修，物业没有到场。请求当天断电检修，并书面说明检修结果。",
        "matters": [
            {
                "title": "青榕里3栋2单元楼道漏电",
                "unit": "城建办",
                "result": "已解决",
                "is_solved": "已解决",
            },
            {
                "title": "要求全小区更换楼道线路",
                "unit": "榕东社区",
                "result": "部分解决",
                "is_solved": "已解释认可",
            },
        ],
        "steps": [{"at": at, "what": what, "who": who} for at, what, who in STEPS],
        "outcome": "已解决。更换进线及漏电保护器，复测合格，当天恢复照明；"
        "约谈物业负责人，承诺用电类报修一小时内到场。",
        "said_solved": True,
        "said_exhausted": True,
        "said_satisfied": True,
        "responded": True,
        "solved": True,
        "satisfaction": "基本满意",
        "verdict": "双是",
        "late_note": "办理超时15分钟：等待持证电工到场。",
        "attachments": ["处理前照片3张", "处理后照片3张", "检测记录1份"],
        "pages": 14,
        "archive_number": "青榕卷〔2026〕00412号",
        "box_number": "2026-07盒",
    }


def case_contents() -> CaseContentsRow:
    items = [
        ("首问首办登记表 青榕首〔2026〕00412号", "1", None),
        ("受理告知书 青榕诉告〔2026〕12号", "2", "有签收"),
        ("交办单 青榕交〔2026〕123号", "3", None),
        ("现场照片（处理前）", "4-6", "3张"),
        ("检测记录", "7", "复印件"),
        ("现场照片（处理后）", "8-10", "3张"),
        ("群众诉求处理意见书 青榕诉意〔2026〕15号", "11-12", "签批件、有签收"),
        ("送达回证", "13", None),
        ("群众诉求办理情况回访登记表 青榕访〔2026〕88号", "14", None),
        ("办结报告", "15-16", None),
    ]
    return {
        **paper(CASE, "case-contents"),
        "case_number": CASE,
        "subject": f"{NAME}反映青榕里3栋2单元楼道漏电",
        "lead_unit": "城建办",
        "closed_at": "2026-11-06T10:31",
        "items": [{"name": name, "page": page, "note": note} for name, page, note in items],
        "pages": 16,
        "archive_number": "青榕卷〔2026〕00412号",
        "box_number": "2026-07盒",
    }


def withdrawal_request() -> WithdrawalRequestRow:
    return {
        **paper(CASE, "withdrawal-request"),
        "office": "青榕街道办事处",
        "appellant": NAME,
        "phone": "13800000012",
        "address": "榕东社区青榕里3栋2单元402",
        "people": 1,
        "received_at": "2026-11-02T09:05",
        "channel": "来厅",
        "subject": "青榕里3栋2单元楼道漏电，物业没有到场",
        "matters": ["青榕里3栋2单元楼道漏电", "要求全小区更换楼道线路"],
        "signer": None,
        "reason": None,
    }


NOTICES: dict[str, Any] = {
    "acceptance-notice": acceptance_notice,
    "guidance-notice": guidance_notice,
    "delivery-proof": delivery_proof,
    "closing-report": closing_report,
    "case-contents": case_contents,
    "withdrawal-request": withdrawal_request,
}
