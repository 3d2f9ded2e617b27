"""What can be counted of a group of cases (统计项), and what the hall calls it.

Every figure of a report is one measure of one group; `queries.figure_cases` names the cases behind
it, so that each can be traced to the single case (DOMAIN.md 4.1, 4.2).
"""

from collections.abc import Mapping
from enum import StrEnum

from desk.rules.codes import ClockKind


class Measure(StrEnum):
    """One figure of a group of cases; where it is a sum of `Tally` it has the name it has there."""

    RECEIVED = "received"
    ASSESSED = "assessed"
    EXCLUDED = "excluded"
    COUNTED = "counted"  # in the denominators, by the rules of their month
    VISITED = "visited"  # and rated
    NOT_RATED = "not_rated"
    UNRATED = "unrated"  # assessed, and not asked yet
    RESPONDED = "responded"  # by the rules of their month
    NOT_RESPONDED = "not_responded"
    RESOLVED = "resolved"
    PARTLY_RESOLVED = "partly_resolved"
    NOT_RESOLVED = "not_resolved"
    SATISFIED = "satisfied"
    FAIRLY_SATISFIED = "fairly_satisfied"
    DISSATISFIED = "dissatisfied"
    DOUBLE_YES = "double_yes"
    NOT_DOUBLE_YES = "not_double_yes"
    DOUBLE_NO = "double_no"
    OVERDUE = "overdue"
    REPEATS = "repeats"
    NATIONAL = "national"
    EARLY = "early"
    RETURNED = "returned"
    REDONE = "redone"
    HANDLED = "handled"
    MET = "met"
    NOT_MET = "not_met"
    CONTACTED = "contacted"  # the stages of the funnel; who has reached a later one is in each
    ANSWERED = "answered"
    CALLED_BACK = "called_back"
    RAN_DISPATCH = "ran_dispatch"
    RAN_CONTACT = "ran_contact"
    RAN_VERIFY = "ran_verify"
    RAN_HANDLE = "ran_handle"
    RAN_OPINION = "ran_opinion"
    KEPT_DISPATCH = "kept_dispatch"
    KEPT_CONTACT = "kept_contact"
    KEPT_VERIFY = "kept_verify"
    KEPT_HANDLE = "kept_handle"
    KEPT_OPINION = "kept_opinion"
    MISSED_DISPATCH = "missed_dispatch"
    MISSED_CONTACT = "missed_contact"
    MISSED_VERIFY = "missed_verify"
    MISSED_HANDLE = "missed_handle"
    MISSED_OPINION = "missed_opinion"
    RAN_ACCEPT = "ran_accept"
    KEPT_ACCEPT = "kept_accept"
    MISSED_ACCEPT = "missed_accept"
    APPEALED = "appealed"  # 差评申诉：已有结果的
    APPEALS_WON = "appeals_won"


# what people were promised: the on-time shares that scripts are told (EXCHANGE.md 3.1)
CLOCKS = (
    ClockKind.DISPATCH,
    ClockKind.CONTACT,
    ClockKind.VERIFY,
    ClockKind.HANDLE,
    ClockKind.OPINION,
)
# all that are counted: by when the lead unit takes a case is between the street and its units
LIMITS = (*CLOCKS, ClockKind.ACCEPT)
# of each limit: how many ran and are decided, how many were kept, how many were not
RAN = {clock: Measure(f"ran_{clock}") for clock in LIMITS}
KEPT = {clock: Measure(f"kept_{clock}") for clock in LIMITS}
MISSED = {clock: Measure(f"missed_{clock}") for clock in LIMITS}
FUNNEL = (Measure.RECEIVED, Measure.CONTACTED, Measure.ANSWERED, Measure.CALLED_BACK)

_SAID = {
    ClockKind.DISPATCH: "分拨",
    ClockKind.CONTACT: "联系",
    ClockKind.VERIFY: "核实",
    ClockKind.HANDLE: "办理",
    ClockKind.OPINION: "意见书",
    ClockKind.ACCEPT: "签收",
}
MEASURE_LABELS: Mapping[Measure, str] = {
    Measure.RECEIVED: "受理",
    Measure.ASSESSED: "纳入考评",
    Measure.EXCLUDED: "不计入考评",
    Measure.COUNTED: "计入分母",
    Measure.VISITED: "已评价",
    Measure.NOT_RATED: "未接通或拒评",
    Measure.UNRATED: "还没有评价",
    Measure.RESPONDED: "已响应",
    Measure.NOT_RESPONDED: "未响应",
    Measure.RESOLVED: "已解决",
    Measure.PARTLY_RESOLVED: "部分解决",
    Measure.NOT_RESOLVED: "未解决",
    Measure.SATISFIED: "满意",
    Measure.FAIRLY_SATISFIED: "基本满意",
    Measure.DISSATISFIED: "不满意",
    Measure.DOUBLE_YES: "双是",
    Measure.NOT_DOUBLE_YES: "非双是",
    Measure.DOUBLE_NO: "双否",
    Measure.OVERDUE: "超期",
    Measure.REPEATS: "重复件",
    Measure.NATIONAL: "国满件",
    Measure.EARLY: "未诉先办",
    Measure.RETURNED: "被退回过",
    Measure.REDONE: "重办",
    Measure.HANDLED: "已办理",
    Measure.MET: "见过面",
    Measure.NOT_MET: "没有见面",
    Measure.CONTACTED: "已联系",
    Measure.ANSWERED: "已答复",
    Measure.CALLED_BACK: "已回访",
    **{RAN[clock]: f"{said}时限已有结果" for clock, said in _SAID.items()},
    **{KEPT[clock]: f"{said}按时" for clock, said in _SAID.items()},
    **{MISSED[clock]: f"{said}超时" for clock, said in _SAID.items()},
    Measure.APPEALED: "差评申诉",
    Measure.APPEALS_WON: "差评申诉成功",
}


# shares that a report tells: of which measure, of which other
SHARES: Mapping[str, tuple[Measure, Measure]] = {
    "double_yes": (Measure.DOUBLE_YES, Measure.VISITED),  # 双是率
    "accepted": (KEPT[ClockKind.ACCEPT], RAN[ClockKind.ACCEPT]),  # 按时签收率
    "met": (Measure.MET, Measure.HANDLED),  # 见面率
    "returned": (Measure.RETURNED, Measure.RECEIVED),  # 退回率
    "redone": (Measure.REDONE, Measure.RECEIVED),  # 重办率
    "repeats": (Measure.REPEATS, Measure.RECEIVED),  # 重复诉求率
    "early": (Measure.EARLY, Measure.RECEIVED),  # 未诉先办占比
    "overdue": (Measure.OVERDUE, Measure.RECEIVED),  # 超期率
    "appeals_won": (Measure.APPEALS_WON, Measure.APPEALED),  # 差评申诉成功率
}
SHARE_LABELS: Mapping[str, str] = {
    "double_yes": "双是率",
    "accepted": "按时签收率",
    "met": "见面率",
    "returned": "退回率",
    "redone": "重办率",
    "repeats": "重复诉求率",
    "early": "未诉先办占比",
    "overdue": "超期率",
    "appeals_won": "差评申诉成功率",
}
