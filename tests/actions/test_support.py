"""Supporting units: own clocks, own results, asked in later, and taken off again."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from desk.actions.dispatching import DispatchCase
from desk.actions.handling import AcceptAssignment, FinishHandling
from desk.actions.support import AddSupport, DropSupport, ReportSupport
from desk.queries.case_file import case_file
from desk.queries.desk_today import handler_day
from desk.queries.rates import rated_cases
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    ClockKind,
    DispatchMode,
    HandlingResult,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.ids import new_id
from desk.store.models import Assignment, Case, Clock, Team
from tests.actions.work import CHEN, SUN, ZHAO, ZHOU, S

DONE = {"result": HandlingResult.SOLVED, "feedback": "已逐户告知停电时间。"}
FINISHED = {"result": HandlingResult.SOLVED, "measures": "已更换线路。"}


def clocks_of(work, case, part, kind):
    return [c for c in work.all(Clock, case) if c.assignment_id == part and c.kind is kind]


def support(work, case, unit="榕东社区"):
    parts = [p for p in work.all(Assignment, case) if p.unit_id == work.unit(unit)]
    return parts[-1]


def team(work, name="应急抢修队", unit="综合行政执法队", valid_to=None):
    with Session(work.hall.engine) as session, session.begin():
        row = Team(
            id=new_id(),
            street_id=work.hall.street_id,
            name=name,
            kind="应急抢修",
            unit_id=work.unit(unit),
            valid_from=date(2026, 1, 1),
            valid_to=valid_to,
        )
        session.add(row)
        return row.id


def add(work, case, *units, who=ZHOU, teams=(), reason="需要社区配合入户"):
    ids = tuple(work.unit(name) for name in units)
    return work.ask(who, AddSupport, case, units=ids, teams=teams, reason=reason)


def test_a_support_has_its_own_limits_and_the_lead_keeps_its_own(work):
    case = work.to(S.HANDLING, supports=("榕东社区",))
    part = support(work, case)
    work.ask(CHEN, AcceptAssignment, case)
    accept, handle = (
        clocks_of(work, case, part.id, kind)[0] for kind in (ClockKind.ACCEPT, ClockKind.HANDLE)
    )
    assert accept.stopped_at is not None
    assert (handle.started_at, handle.stopped_at) == (part.dispatched_at, None)

    work.clock.forward(minutes=5)
    changes = work.ask(CHEN, ReportSupport, case, **DONE)

    assert changes.title == "协办反馈 榕东 已解决"
    found = support(work, case)
    assert (found.status, found.result) == (AssignmentStatus.REPORTED, HandlingResult.SOLVED)
    assert clocks_of(work, case, part.id, ClockKind.HANDLE)[0].stopped_at == found.reported_at
    assert clocks_of(work, case, None, ClockKind.HANDLE)[0].stopped_at is None

    work.ask(ZHAO, FinishHandling, case, **FINISHED)
    assert clocks_of(work, case, None, ClockKind.HANDLE)[0].stopped_at is not None


def test_what_a_support_misses_does_not_make_the_case_overdue(work):
    case = work.to(S.HANDLING, supports=("榕东社区",))
    work.ask(CHEN, AcceptAssignment, case)
    work.ask(ZHOU, DropSupport, case, parts=(support(work, case).id,), reason="先撤下")
    add(work, case, "榕东社区")
    work.ask(CHEN, AcceptAssignment, case)
    due = clocks_of(work, case, support(work, case).id, ClockKind.HANDLE)[0].due_at
    work.clock.forward(seconds=(due - work.clock()).total_seconds() + 1)

    work.ask(CHEN, ReportSupport, case, **DONE)

    assert work.case(case).is_overdue is False


def test_the_card_shows_what_the_case_was_promised_not_the_limits_of_supports(work):
    case = work.to(S.HANDLING, supports=("榕东社区",))

    found = work.case(case)
    own = clocks_of(work, case, None, ClockKind.HANDLE)[0]
    assert (found.next_clock, found.next_due_at) == (ClockKind.HANDLE, own.due_at)


def test_units_and_teams_are_asked_in_later_with_a_reason(work):
    case = work.to(S.HANDLING)
    rescue = team(work)

    changes = add(work, case, "榕东社区", teams=(rescue,))

    assert changes.title == "加派协办 榕东、应急抢修队"
    assert work.case(case).mode is DispatchMode.DOUBLE
    parts = work.all(Assignment, case)[1:]
    assert [part.role for part in parts] == [AssignmentRole.SUPPORT] * 2
    assert [part.team_id for part in parts] == [None, rescue]
    assert {part.reason for part in parts} == {"需要社区配合入户"}
    assert len(work.papers(case, "dispatch-slip")) == 3
    work.ask(SUN, AcceptAssignment, case)  # the team's own unit


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"units": ()}, "units", "请选要加派的单位或队伍"),
        ({"reason": " "}, "reason", "请写一句加派的理由"),
        ({"units": ("城建办",)}, "units", "城建办已在办理这一件"),
        ({"units": ("榕东社区", "榕东社区")}, "supports", "同一个单位选了两次"),
    ],
)
def test_whom_cannot_be_asked_in(work, facts, field, sentence):
    case = work.to(S.HANDLING)
    given = {"units": ("榕东社区",), "reason": "需要配合"} | facts

    with pytest.raises(RuleBroken, match=sentence) as refused:
        add(work, case, *given["units"], reason=given["reason"])

    assert refused.value.field == field


def test_a_team_that_is_gone_or_already_there_cannot_be_called(work):
    case = work.to(S.HANDLING)
    gone = team(work, valid_to=date(2026, 2, 1))
    with pytest.raises(RuleBroken, match="队伍已停用"):
        add(work, case, teams=(gone,))

    own = team(work, "技术保障队", "城建办")
    with pytest.raises(RuleBroken, match="城建办已在办理") as refused:
        add(work, case, teams=(own,))
    assert refused.value.field == "teams"


def test_the_unit_complained_about_is_not_asked_in(work):
    case = work.to(S.HANDLING, accused_unit=work.unit("榕东社区"))

    with pytest.raises(RuleBroken, match="被反映的单位不能承办") as refused:
        add(work, case, "榕东社区")

    assert refused.value.field == "units"


def test_only_the_dispatchers_add_and_drop(work):
    case = work.to(S.HANDLING, supports=("榕东社区",))
    with pytest.raises(NotAllowed):
        add(work, case, "南塘社区", who=ZHAO)
    with pytest.raises(NotAllowed):
        work.ask(ZHAO, DropSupport, case, parts=(support(work, case).id,), reason="不用了")


def test_a_support_that_is_dropped_no_longer_holds_the_case_up(work):
    case = work.to(S.HANDLING, supports=("榕东社区",))
    with pytest.raises(RuleBroken, match="榕东还没有反馈"):
        work.ask(ZHAO, FinishHandling, case, **FINISHED)
    part = support(work, case)
    at = work.clock.forward(minutes=3)

    changes = work.ask(ZHOU, DropSupport, case, parts=(part.id,), reason="已无须入户")

    assert (changes.title, changes.detail) == ("撤下协办 榕东", "已无须入户")
    found = support(work, case)
    assert (found.status, found.ended_from, found.ended_at, found.reason) == (
        AssignmentStatus.REPLACED,
        AssignmentStatus.WAITING,
        at,
        "已无须入户",
    )
    assert all(clock.stopped_at for clock in work.all(Clock, case) if clock.assignment_id)
    assert work.case(case).mode is DispatchMode.DIRECT
    with pytest.raises(NotAllowed):
        work.ask(CHEN, AcceptAssignment, case)
    work.ask(ZHAO, FinishHandling, case, **FINISHED)


def test_a_case_stays_double_while_another_unit_supports_it(work):
    case = work.to(S.HANDLING, supports=("榕东社区", "南塘社区"))
    work.ask(CHEN, AcceptAssignment, case)
    work.ask(CHEN, ReportSupport, case, **DONE)

    work.ask(ZHOU, DropSupport, case, parts=(support(work, case, "南塘社区").id,), reason="不涉及")

    assert work.case(case).mode is DispatchMode.DOUBLE


@pytest.mark.parametrize(
    ("parts", "reason", "field", "sentence"),
    [
        ((1,), "不用了", "parts", "请选要撤下的协办单位"),
        (None, " ", "reason", "请写一句撤下的理由"),
    ],
)
def test_whom_cannot_be_dropped(work, parts, reason, field, sentence):
    case = work.to(S.HANDLING, supports=("榕东社区",))
    chosen = (support(work, case).id,) if parts is None else parts

    with pytest.raises(RuleBroken, match=sentence) as refused:
        work.ask(ZHOU, DropSupport, case, parts=chosen, reason=reason)

    assert refused.value.field == field


def test_handing_the_case_to_another_lead_ends_every_part_and_remembers_what_it_was(work):
    case = work.to(S.ACCEPTED, supports=("榕东社区",))
    with Session(work.hall.engine) as session:
        first = session.get(Case, case).first_unit_id
    from_lead = {"lead": work.unit("综合行政执法队"), "urgency": work.case(case).urgency}

    work.ask(ZHOU, DispatchCase, case, **from_lead, reason="属街面秩序")

    old = work.all(Assignment, case)[:2]
    assert [part.ended_from for part in old] == [
        AssignmentStatus.ACCEPTED,
        AssignmentStatus.WAITING,
    ]
    assert all(part.ended_at for part in old)
    assert work.case(case).first_unit_id == first  # 首问不变


def test_a_supporting_unit_is_shown_its_own_limit_and_not_the_leads(work):
    case = work.to(S.HANDLING, supports=("榕东社区",))
    work.clock.forward(minutes=5)

    row = next(one for one in work.desk(CHEN).read(handler_day).rows if one.case_id == case)

    assert row.clock.support_id == work.unit("榕东社区")
    assert row.clock.kind is ClockKind.ACCEPT
    file = work.desk(CHEN).read(lambda reader: case_file(reader, case))
    assert {clock.kind for clock in file.support_clocks} == {ClockKind.ACCEPT, ClockKind.HANDLE}
    assert all(clock.support_id is None for clock in file.clocks)


def test_what_a_support_misses_is_not_counted_against_the_case(work):
    work.to(S.HANDLING, supports=("榕东社区",))
    work.clock.forward(days=1)
    day = work.clock().date()

    rated = work.desk(ZHOU).read(lambda reader: rated_cases(reader, date(2026, 1, 1), day))

    mine = [one for one in rated if set(one.units) == {"城建办", "榕东"}]
    assert mine
    assert all(one.on_time[ClockKind.ACCEPT] for one in mine)
