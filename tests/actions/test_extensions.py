"""More time and parking (延期、挂账): asked, reviewed, granted or refused, and always on paper."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.dispatching import DecideReturn, ReturnDispatch
from desk.actions.extensions import (
    AskExtension,
    DecideExtension,
    DropExtension,
    ReviewExtension,
    TellExtension,
)
from desk.actions.handling import FinishHandling
from desk.actions.intake import Appellant
from desk.actions.leader_areas import SetLeaderArea
from desk.actions.papers import IssuePaper
from desk.actions.parked import ReviewParked, Unpark
from desk.actions.stand_ins import SetDeputy
from desk.actions.time_rules import SwitchRuleSet
from desk.rules.clock_codes import (
    ExtensionKind,
    ExtensionReason,
    ExtensionState,
    PauseReason,
    RuleSet,
)
from desk.rules.codes import (
    Channel,
    ClockKind,
    ContactWay,
    HandlingResult,
    PaperState,
    ReturnReason,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Clock, ClockPause, ExtensionRequest
from tests.actions.work import SUN, WANG, XU, ZHAO, ZHENG, ZHOU, S

EXTEND, PARK = ExtensionKind.EXTEND, ExtensionKind.PARK
HANDLE = ClockKind.HANDLE
DAY = timedelta(days=1)
REVIEW = date(2026, 11, 30)


def told(work):
    return {"told_way": ContactWay.PHONE, "told_at": work.clock(), "told_note": "同意等"}


def ask(work, case, who=ZHAO, **more):
    """Ask for a day more, as the lead unit does after it has told the appellant."""
    clock = work.clock_of(case, more.get("clock_kind", HANDLE))
    facts = {
        "kind": EXTEND,
        "reason": ExtensionReason.WORKS,
        "explanation": "等供电公司换总进线。",
        "until": clock.due_at + DAY if clock else None,
        **told(work),
    }
    work.clock.forward(minutes=1)
    return work.ask(who, AskExtension, case, **(facts | more))


def park(work, case, **more):
    """Ask to park the case."""
    facts = {"kind": PARK, "until": None, "review_on": REVIEW}
    return ask(work, case, **(facts | more))


def review(work, case, **more):
    return work.ask(ZHOU, ReviewExtension, case, **({"is_passed": True} | more))


def decide(work, case, who=ZHENG, **more):
    return work.ask(who, DecideExtension, case, **({"is_granted": True} | more))


def granted(work, case, **more):
    """Bring a request through."""
    ask(work, case, **more)
    review(work, case)
    return decide(work, case)


def parked(work, **more):
    """Return a case that is parked."""
    case = work.to(S.HANDLING, **more)
    park(work, case)
    review(work, case)
    decide(work, case)
    return case


def request_of(work, case):
    return work.all(ExtensionRequest, case)[-1]


def pauses(work, case):
    ids = {clock.id for clock in work.all(Clock, case)}
    with Session(work.hall.engine) as session:
        rows = session.query(ClockPause).order_by(ClockPause.from_at, ClockPause.id).all()
        return [row for row in rows if row.clock_id in ids]


def refused(work, sentence, act, *args, field=None, **more):
    with pytest.raises(RuleBroken, match=sentence) as error:
        act(work, *args, **more)
    if field is not None:
        assert error.value.field == field


def test_more_time_is_asked_for_reviewed_and_granted_and_the_first_due_stays(work):
    case = work.to(S.HANDLING)
    first = work.clock_of(case, HANDLE).due_at
    changes = ask(work, case)
    assert changes.title == "申请办理时限延期至 11 月 4 日 09:00"
    row = request_of(work, case)
    assert (row.state, row.due_before) == (ExtensionState.OFFICE, first)
    assert work.clock_of(case, HANDLE).due_at == first

    assert review(work, case).title == "延期申请审核通过，转分管领导"
    assert decide(work, case, note="抓紧").title == "批准办理时限延期至 11 月 4 日 09:00"

    clock = work.clock_of(case, HANDLE)
    assert (clock.due_at, clock.original_due_at) == (first + DAY, first)
    assert work.case(case).next_due_at == first + DAY
    row = request_of(work, case)
    assert (row.state, row.granted_until) == (ExtensionState.GRANTED, first + DAY)
    assert work.case(case).status is S.HANDLING


def test_each_word_is_put_on_the_paper(work):
    case = work.to(S.HANDLING)
    ask(work, case, head_name="方岩")
    review(work, case, note="属实")
    decide(work, case, until=work.clock_of(case, HANDLE).due_at + DAY / 2)

    papers = work.papers(case, "extension-request")
    assert [paper.revision for paper in papers] == [1, 2, 3]
    assert [paper.state for paper in papers] == [*[PaperState.VOID] * 2, PaperState.ISSUED]
    row = papers[-1].row
    assert (row["kind"], row["limit"], row["head_name"]) == ("延期", "办理时限", "方岩")
    assert (row["original_due"], row["until"]) == ("11月3日 09:00", "11月4日 09:00")
    assert (row["is_told"], row["told"]) == (True, "11月2日 09:04 电话，同意等")
    assert row["office_opinion"].startswith("属实\n周航")
    assert row["result"] == "批准，延期至 11月3日 21:00（比申请的早）"

    work.ask(ZHAO, IssuePaper, case, code="extension-request")
    again = work.papers(case, "extension-request")[-1]
    assert (again.revision, again.row["result"]) == (4, row["result"])


def test_the_opinion_says_what_was_granted(work):
    case = work.to(S.HANDLING)
    granted(work, case)
    work.to(S.SEALING, case)
    assert work.papers(case, "opinion-sheet")[-1].row["later"] == "延期至 11月4日 09:00"


def test_a_refusal_needs_a_reason_and_changes_nothing(work):
    case = work.to(S.HANDLING)
    due = work.clock_of(case, HANDLE).due_at
    ask(work, case)
    refused(work, "不同意请写明理由", review, case, is_passed=False, field="note")
    assert review(work, case, is_passed=False, note="可以先断电").title == "延期申请审核不同意"
    refused(work, "没有等着的申请", review, case)
    refused(work, "没有等着的申请", decide, case)

    ask(work, case)
    review(work, case)
    refused(work, "不同意请写明理由", decide, case, is_granted=False, field="note")
    decide(work, case, is_granted=False, note="当天能办")

    assert request_of(work, case).state is ExtensionState.REFUSED
    assert work.clock_of(case, HANDLE).due_at == due
    assert work.papers(case, "extension-request")[-1].row["result"] == "未批准"


def test_only_one_request_waits_at_a_time_and_it_may_be_taken_back(work):
    case = work.to(S.HANDLING)
    ask(work, case)
    refused(work, "已有一份申请在等审批", ask, case)
    title = work.ask(ZHAO, DropExtension, case, note="提前修好了").title
    assert title == "撤回延期申请"
    assert work.papers(case, "extension-request")[-1].row["result"] == "申请人撤回"
    refused(work, "没有等着的申请", review, case)
    ask(work, case)
    assert [paper.state for paper in work.papers(case, "extension-request")].count(
        PaperState.ISSUED
    ) == 2


def test_the_appellant_is_told_before_anything_is_granted(work):
    case = work.to(S.HANDLING)
    ask(work, case, told_way=None, told_at=None)
    assert work.papers(case, "extension-request")[-1].row["is_told"] is False
    review(work, case)
    refused(work, "还没有告知诉求人理由", decide, case)

    with pytest.raises(RuleBroken, match="请选怎么告知的"):
        work.ask(ZHAO, TellExtension, case)
    late = {"told_way": ContactWay.PHONE, "told_at": work.clock() + DAY}
    with pytest.raises(RuleBroken, match="告知的时间还没有到"):
        work.ask(ZHAO, TellExtension, case, **late)
    title = work.ask(ZHAO, TellExtension, case, **told(work)).title
    assert title == "已电话告知诉求人延期的理由"

    decide(work, case)
    assert request_of(work, case).state is ExtensionState.GRANTED


def test_nobody_can_be_told_in_an_anonymous_case(work):
    case = work.to(S.HANDLING, appellant=Appellant())
    ask(work, case, told_way=None, told_at=None)
    assert work.papers(case, "extension-request")[-1].row["is_told"] is None
    review(work, case)
    decide(work, case)
    assert request_of(work, case).state is ExtensionState.GRANTED


def test_a_request_after_the_limit_says_why_it_comes_so_late(work):
    case = work.to(S.HANDLING)
    due = work.clock_of(case, HANDLE).due_at
    work.clock.forward(days=2)
    refused(work, "请写明为什么没有早提", ask, case, until=due + 3 * DAY, field="late_reason")
    ask(work, case, until=due + 3 * DAY, late_reason="施工排期昨晚才到")
    assert request_of(work, case).explanation.endswith("提得晚的原因：施工排期昨晚才到")


def test_the_hall_may_want_requests_early_and_short(own_work):
    work = own_work
    for key, value in (("extension_ahead_hours", 24), ("extension_most_days", 2)):
        work.ask(XU, SetSetting, key=key, value=value)
    case = work.to(S.HANDLING)
    refused(work, "申请提得晚了", ask, case)
    due = work.clock_of(case, HANDLE).due_at
    more = {"late_reason": "刚知道", "until": due + 3 * DAY}
    refused(work, "最多延长 2 天", ask, case, **more, field="until")


def test_an_extension_of_an_extension_counts_from_the_rule(work):
    case = work.to(S.HANDLING)
    due = work.clock_of(case, HANDLE).due_at
    granted(work, case, until=due + 10 * DAY)
    refused(work, "最多延长 15 天", ask, case, until=due + 16 * DAY)
    granted(work, case, until=due + 15 * DAY)
    assert work.clock_of(case, HANDLE).due_at == due + 15 * DAY


def test_what_may_not_be_asked_for(work):
    case = work.to(S.HANDLING)
    refused(work, "请用“退回”", ask, case, kind=ExtensionKind.RETURN, field="kind")
    refused(work, "没有在走", ask, case, clock_kind=ClockKind.CONTACT, field="clock_kind")
    refused(work, "没有在走", ask, case, clock_kind=ClockKind.OPINION, until=None)
    refused(work, "请写明具体情况", ask, case, explanation=" ", field="explanation")
    refused(work, "告知的时间还没有到", ask, case, told_at=work.clock() + DAY)
    refused(work, "哪天复核", park, case, review_on=None, field="review_on")
    early = work.to(S.ACCEPTED)
    refused(work, "在“办理中”才能申请挂账", park, early, field="kind")
    with pytest.raises(NotAllowed):
        ask(work, case, who=SUN)


def test_the_leader_of_the_area_decides_or_the_first_leader(own_work):
    work = own_work
    first = {"unit": work.unit("城建办"), "valid_from": date(2026, 11, 2)}
    work.ask(XU, SetLeaderArea, leader=work.staff(WANG), **first)
    case = work.to(S.HANDLING)
    ask(work, case)
    review(work, case)
    assert request_of(work, case).leader_id == work.staff(WANG)
    with pytest.raises(NotAllowed, match="由包片的分管领导审批"):
        decide(work, case)
    decide(work, case, who=WANG)


def test_who_stands_in_for_the_leader_decides_in_his_place(own_work):
    work = own_work
    first = {"unit": work.unit("城建办"), "valid_from": date(2026, 11, 2)}
    work.ask(XU, SetLeaderArea, leader=work.staff(ZHENG), **first)
    days = {"valid_from": date(2026, 11, 2), "last_day": date(2026, 11, 6)}
    work.ask(XU, SetDeputy, principal=work.staff(ZHENG), deputy=work.staff(SUN), **days)
    work.hall.read_people()
    case = work.to(S.HANDLING)
    ask(work, case)
    review(work, case)
    decide(work, case, who=SUN)
    assert request_of(work, case).leader_by == work.staff(SUN)


def test_a_limit_that_has_stopped_meanwhile_is_not_extended(work):
    case = work.to(S.HANDLING)
    ask(work, case)
    review(work, case)
    work.ask(ZHAO, FinishHandling, case, result=HandlingResult.SOLVED, measures="已更换线路。")
    refused(work, "这个时限现在没有在走", decide, case)
    decide(work, case, is_granted=False, note="已办完")


def test_more_is_not_granted_than_was_asked_for(work):
    case = work.to(S.HANDLING)
    ask(work, case)
    review(work, case)
    late = work.clock_of(case, HANDLE).due_at + 2 * DAY
    refused(work, "不能比申请的还晚", decide, case, until=late, field="until")


def test_a_legal_limit_is_extended_as_the_law_says_and_never_stands_still(own_work):
    work = own_work
    petition = {"rule_set": RuleSet.PETITION, "is_on": True, "valid_from": date(2026, 11, 2)}
    work.ask(XU, SwitchRuleSet, **petition)
    case = work.to(S.HANDLING, channel=Channel.PETITION)
    settle = work.clock_of(case, ClockKind.SETTLE).due_at
    too_far = {"clock_kind": ClockKind.SETTLE, "until": settle + 31 * DAY}
    refused(work, "是法定时限，依规最多延长 30 天", ask, case, **too_far)
    granted(work, case, clock_kind=ClockKind.SETTLE, until=settle + 30 * DAY)
    extended = work.clock_of(case, ClockKind.SETTLE)
    assert (extended.due_at, extended.original_due_at) == (settle + 30 * DAY, settle)

    park(work, case)
    review(work, case)
    decide(work, case)
    assert work.clock_of(case, ClockKind.SETTLE).paused_since is None
    assert work.clock_of(case, HANDLE).paused_since is not None
    assert work.case(case).next_clock is not HANDLE


def test_parking_stops_the_work_until_it_comes_back_with_the_time_it_had(work):
    case = work.to(S.HANDLING, supports=("榕东社区",))
    due = next(c.due_at for c in work.all(Clock, case) if c.kind is HANDLE)
    park(work, case)
    review(work, case)
    title = decide(work, case, review_on=date(2026, 11, 20)).title
    assert title == "批准挂账，11 月 20 日复核"
    since = work.clock()
    assert work.case(case).status is S.PARKED
    assert {p.reason for p in pauses(work, case)} == {PauseReason.PARKED}
    assert request_of(work, case).review_on == date(2026, 11, 20)

    work.clock.forward(days=9)
    with pytest.raises(RuleBroken, match="为什么可以接着办"):
        work.ask(ZHAO, Unpark, case, note=" ")
    title = work.ask(ZHAO, Unpark, case, note="总管已改造").title
    assert title.startswith("挂账恢复办理，办理时限 11 月 3 日 09:00 → 11 月 12 日 09:00")
    clocks = [c for c in work.all(Clock, case) if c.kind is HANDLE and c.assignment_id is None]
    assert [(c.due_at, c.original_due_at) for c in clocks] == [(due + (work.clock() - since), due)]
    assert work.case(case).status is S.HANDLING
    assert request_of(work, case).ended_at == work.clock()


def test_a_parked_case_is_looked_at_again(work):
    case = parked(work)
    with pytest.raises(RuleBroken, match="复核到的情况"):
        work.ask(ZHOU, ReviewParked, case, note="")
    with pytest.raises(RuleBroken, match="哪天复核"):
        work.ask(ZHOU, ReviewParked, case, note="还在等", review_on=date(2026, 11, 1))
    title = work.ask(ZHOU, ReviewParked, case, note="还在等", review_on=date(2026, 12, 20)).title
    assert title == "复核挂账，继续挂账，12 月 20 日再复核"
    row = request_of(work, case)
    assert (row.review_on, row.reviewed_at) == (date(2026, 12, 20), work.clock())
    assert work.case(case).status is S.PARKED

    work.ask(ZHENG, ReviewParked, case, note="资金到位")
    assert work.case(case).status is S.HANDLING


def test_a_case_that_was_parked_may_be_parked_again(work):
    case = parked(work)
    work.ask(ZHOU, Unpark, case, note="试试看")
    park(work, case)
    review(work, case)
    decide(work, case)
    assert work.case(case).status is S.PARKED
    assert [row.ended_at is None for row in work.all(ExtensionRequest, case)] == [False, True]


def test_handing_back_prints_the_same_form(work):
    case = work.to(S.ACCEPTED)
    asked = {"reason": ReturnReason.NOT_OURS, "note": "归区里管"}
    work.ask(ZHAO, ReturnDispatch, case, **asked)
    row = work.papers(case, "extension-request")[-1].row
    assert (row["kind"], row["asked_by"], row["result"]) == ("退回", ZHAO, None)
    work.ask(ZHAO, IssuePaper, case, code="extension-request")

    work.ask(ZHOU, DecideReturn, case, is_agreed=False, note="属于城建")
    papers = work.papers(case, "extension-request")
    assert papers[-1].row["office_opinion"].startswith("不同意，由承办单位接着办，属于城建\n周航")
    assert [paper.state for paper in papers].count(PaperState.ISSUED) == 1

    work.ask(ZHAO, ReturnDispatch, case, **asked)
    work.ask(ZHOU, DecideReturn, case, is_agreed=True)
    assert work.papers(case, "extension-request")[-1].row["result"] == "同意退回，重新分拨"
