"""Papers of assessment and steering as the hall would freeze them (剔除、督办、表扬、约谈)."""

from collections.abc import Callable, Mapping
from typing import Any

from desk.forms.steering_rows import (
    ExclusionRequestRow,
    HonourListRow,
    InterviewRecordRow,
    LetterRow,
    ReminderLetterRow,
    SupervisionNoticeRow,
    UrgingSlipRow,
)
from tests.forms.paper_specimen import paper

CASE = "青榕首〔2026〕00412号"
MATTER = "青榕里3栋2单元楼道漏电，配电箱外壳带电，两次报修物业没有到场。"


def exclusion_request() -> ExclusionRequestRow:
    return {
        **paper(CASE, "exclusion-request"),
        "case_number": CASE,
        "lead_unit": "城建办",
        "received_at": "2026-11-02T09:05",
        "summary": MATTER,
        "rating": "联系过、未解决、不满意",
        "rules_name": "缺省 2026-01-01",
        "reasons": ["已进入司法程序", "历史遗留，已报区挂账"],
        "facts": "诉求人要求物业退还五年公共用电费用。双方已于10月12日在区法院立案，"
        "案号由诉求人出示；街道已协助调取用电台账，并于10月20日当面说明须等法院裁判。\n"
        "漏电本身已于11月3日修复，诉求人签字认可；评价不满意只因退费未办。",
        "evidence": ["法院受理通知书照片", "用电台账12页", "11月3日修复签字单", "回访录音"],
        "month": "2026年11月",
        "asked_by": "刘建",
        "asked_on": "2026-11-12T15:30",
        "unit_opinion": "属实，同意申请。\n方岩 2026-11-12",
        "area_opinion": "证据齐，同意。\n郑伟 2026-11-13",
        "chief_opinion": "同意剔除，退费一事继续跟踪。\n王磊 2026-11-14",
        "office_opinion": "已核对受理通知书原件。\n周雅琴 2026-11-14",
        "result": "已批准，11 月的满意率由 91.20% 变为 91.45%",
    }


def supervision_notice() -> SupervisionNoticeRow:
    return {
        **paper("青榕督〔2026〕3号", "supervision-notice"),
        "unit": "城建办",
        "source": "区督办",
        "outside_number": "区督〔2026〕118号",
        "case_number": CASE,
        "matter": MATTER,
        "original_due": "11月5日 09:05",
        "over_by": "2 天 5 时",
        "grounds": ["超期", "双否", "上级督办"],
        "requirement": "一、三日内更换老化进线并复测，照片报信联办；\n"
        "二、约谈物业负责人，公共用电报修一小时内到场；\n三、当面向诉求人说明，请他签字。",
        "due_at": "11月11日 18:00",
        "issued_by": "周雅琴",
        "issued_on": "2026-11-08",
        "copied_to": "分管领导郑伟、街道纪工委",
        "taken": "刘建 2026-11-08 10:20",
        "report": "11月10日更换进线及漏电保护器，复测合格；已约谈物业，书面承诺到场时限；"
        "11月11日当面说明，诉求人签字，现评价已解决、基本满意。",
        "ended": "已销号，周雅琴 2026-11-11",
    }


def urging_slip() -> UrgingSlipRow:
    return {
        **paper("青榕首〔2026〕00412号", "urging-slip"),
        "office": "青榕街道群众诉求服务大厅",
        "title": "催办通知书",
        "unit": "城建办",
        "case_number": CASE,
        "matter": "青榕里3栋2单元楼道漏电",
        "due_at": "11月5日 09:05",
        "over_by": "1 天 2 时",
        "words": "诉求人昨日再次来电，四楼老人仍无照明。请今天先拉临时照明，并回电诉求人。",
        "explain_by": "11月13日 18:00",
        "issued_on": "2026-11-06",
        "copied_to": "分管领导郑伟、督查组",
    }


def commendation() -> LetterRow:
    return {
        **paper("青榕表〔2026〕1号", "commendation"),
        "office": "青榕街道办事处",
        "salutation": "城建办（刘建同志）",
        "facts": [
            f"在办理楼道漏电（{CASE}）诉求中，响应 6 分，办理 5 时，群众评价满意",
            "在办理电梯困人（青榕首〔2026〕00398号）诉求中，响应 4 分，群众评价满意",
        ],
        "signed_on": "2026-11-15",
    }


def reminder_letter() -> ReminderLetterRow:
    return {
        **paper("青榕提〔2026〕1号", "reminder-letter"),
        "office": "青榕街道办事处",
        "salutation": "城建办",
        "facts": [
            f"楼道漏电（{CASE}），11月5日到期，11月11日办结",
            "路面塌陷（青榕首〔2026〕00377号），诉求人两次来电，三日内没有人联系",
        ],
        "problems": "超期 6 天 9 时、未联系、双否",
        "due_on": "2026-11-20",
        "signed_on": "2026-11-13",
        "measures": None,
        "responsible": None,
        "rectified_on": None,
    }


def interview_record() -> InterviewRecordRow:
    return {
        **paper("青榕单〔2026〕31号", "interview-record"),
        "unit": "城建办",
        "month": "2026年10月",
        "why": "本月 64 件，9 个单位中排第 8，得分 78.40",
        "figures": "响应率 93.75%，解决率 71.88%，满意率 74.06%；超期 9 件，双否 4 件",
        "held_at": "2026-11-09 15:00",
        "place": "街道三楼会议室",
        "attended": "王磊、秦岚、周雅琴；城建办方岩、刘建",
        "talked_by": "秦岚",
        "minutes": "秦岚通报十月份数字和四件双否的经过。方岩说明：两名持证电工离岗，"
        "报修集中在晚上，物业不到场；十月下旬已与供电公司约定晚间联络人。",
        "promised": "一、11月15日前补齐两名电工；\n二、超期件每天下班前报分管领导；\n"
        "三、双否件由部门负责人亲自上门。",
    }


def honour_list() -> HonourListRow:
    return {
        **paper("青榕单〔2026〕58号", "honour-list"),
        "year": "2026",
        "honours": [
            {
                "honour": "先进办件集体",
                "unit": "书院社区",
                "person": None,
                "about": "全年受理 412 件，响应率 99.51%，解决率 96.80%，满意率 97.23%。",
            },
            {
                "honour": "最美办件人",
                "unit": "城建办",
                "person": "刘建",
                "about": "连夜协调供电抢修，为独居老人拉好临时照明，一直守到天亮。",
            },
        ],
    }


STEERING_PAPERS: Mapping[str, Callable[[], Any]] = {
    "exclusion-request": exclusion_request,
    "supervision-notice": supervision_notice,
    "urging-slip": urging_slip,
    "commendation": commendation,
    "reminder-letter": reminder_letter,
    "interview-record": interview_record,
    "honour-list": honour_list,
}
