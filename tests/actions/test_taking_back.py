"""Taking a dispatch back within a minute: as if it had never been sent."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.closing import AddNote
from desk.actions.dispatching import DecideReturn, DispatchCase, GradeCase, ReturnDispatch
from desk.actions.handling import AcceptAssignment
from desk.actions.support import AddSupport
from desk.actions.taking_back import TakeBack
from desk.rules.codes import AssignmentStatus, CaseStatus, PaperState, ReturnReason, Urgency
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.numbering import read_number
from desk.rules.urgency import Judgement
from desk.store.ids import new_id
from desk.store.models import Assignment, Clock, Matter, Round, Staff, StaffRole
from tests.actions.work import CHEN, XU, ZHAO, ZHOU, S

_CHANGES = {"version", "changed_at"}


def dispatch(work, case, lead="城建办", who=ZHOU, **more):
    facts = {"lead": work.unit(lead), "urgency": Urgency.FAST} | more
    facts["supports"] = tuple(work.unit(name) for name in facts.get("supports", ()))
    return work.ask(who, DispatchCase, case, **facts)


def state(work, case):
    """Return everything about a case that a dispatch may change; what only grows is left out."""
    rows = [work.case(case), *work.all(Round, case), *work.all(Matter, case)]
    parts = work.all(Assignment, case)
    gone = {part.id for part in parts if part.reason == "撤回分拨"}
    rows += [part for part in parts if part.id not in gone]
    rows += [clock for clock in work.all(Clock, case) if clock.assignment_id not in gone]
    return [
        {
            attribute.key: getattr(row, attribute.key)
            for attribute in inspect(type(row)).column_attrs
            if attribute.key not in _CHANGES
        }
        for row in rows
    ]


def ask_back(work, case):
    facts = {"reason": ReturnReason.NOT_OURS, "note": "不属城建职责。"}
    work.ask(ZHAO, ReturnDispatch, case, **facts)


def test_a_first_dispatch_taken_back_waits_for_dispatching_again(work):
    case = work.register()
    before = state(work, case)
    work.clock.forward(minutes=5)
    dispatch(work, case, supports=("榕东社区",), urgency=Urgency.URGENT, is_complex=True)
    work.clock.forward(seconds=18)

    changes = work.ask(ZHOU, TakeBack, case)

    assert changes.title == "撤回：双派 主办城建办，协办榕东"
    assert state(work, case) == before
    assert [line.kind for line in work.history(case)][-2:] == [
        "case.dispatched",
        "case.taken_back",
    ]
    slips = work.papers(case, "dispatch-slip")
    assert {slip.state for slip in slips} == {PaperState.VOID}
    assert changes.detail == (f"交办单 {slips[0].number}、{slips[1].number} 作废，编号不再使用。")
    assert not any(clock.is_applicable for clock in work.all(Clock, case) if clock.assignment_id)


def test_numbers_of_void_slips_are_not_given_again_and_the_next_slip_is_a_first_one(work):
    case = work.register()
    dispatch(work, case)
    work.ask(ZHOU, TakeBack, case)
    work.clock.forward(seconds=5)
    dispatch(work, case, lead="综合行政执法队")

    first, second = work.papers(case, "dispatch-slip")
    assert read_number(second.number).seq == read_number(first.number).seq + 1
    assert second.row["kind"] == "交办"


def test_a_missed_limit_is_missed_only_once_the_case_has_gone_out(work):
    case = work.register(urgency=Urgency.URGENT)
    work.clock.forward(hours=1, seconds=1)
    dispatch(work, case, urgency=Urgency.URGENT)
    assert work.case(case).is_overdue is True

    work.ask(ZHOU, TakeBack, case)

    assert work.case(case).is_overdue is False


def waiting(work, case):
    work.to(S.DISPATCHED, case)


def returning(work, case):
    work.to(S.ACCEPTED, case)
    ask_back(work, case)


def sent_back_once(work, case):
    returning(work, case)
    work.ask(ZHOU, DecideReturn, case, is_agreed=True)


def supported(work, case):
    work.to(S.HANDLING, case, supports=("榕东社区",))
    work.ask(CHEN, AcceptAssignment, case)


@pytest.mark.parametrize(
    "before",
    [waiting, returning, sent_back_once, supported, *(S.ACCEPTED, S.HANDLING)],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
def test_another_lead_taken_back_leaves_everybody_where_he_was(work, before):
    case = work.register()
    if isinstance(before, CaseStatus):
        work.to(before, case)
    else:
        before(work, case)
    known = state(work, case)
    work.clock.forward(minutes=2)
    again = {"reason": "属街面秩序"} if work.case(case).status is not S.RECEIVED else {}
    dispatch(work, case, lead="综合行政执法队", supports=("南塘社区",), **again)
    work.clock.forward(seconds=30)

    work.ask(ZHOU, TakeBack, case)

    assert state(work, case) == known


def test_what_a_colleague_changed_meanwhile_stays(work):
    case = work.register()
    dispatch(work, case, urgency=Urgency.FAST)
    work.ask(ZHOU, GradeCase, case, urgency=Urgency.URGENT, is_complex=False, judgement=Judgement())
    work.ask(ZHAO, AddNote, case, note="已电话问过物业。")

    work.ask(ZHOU, TakeBack, case)

    assert work.case(case).urgency is Urgency.URGENT
    assert "case.noted" in work.kinds(case)


def too_late(work, case):
    work.clock.forward(seconds=61)


def accepted_by_support(work, case):
    work.ask(CHEN, AcceptAssignment, case)


def added_to(work, case):
    units = (work.unit("南塘社区"),)
    work.ask(ZHOU, AddSupport, case, units=units, reason="需要配合")


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        (too_late, "已过 60 秒，不能撤回"),
        (accepted_by_support, "已有单位签收，不能撤回"),
        (added_to, "分拨之后又加派了单位"),
    ],
)
def test_when_it_is_too_late_to_take_back(work, meanwhile, sentence):
    case = work.register()
    dispatch(work, case, supports=("榕东社区",))
    meanwhile(work, case)

    with pytest.raises(RuleBroken, match=sentence):
        work.ask(ZHOU, TakeBack, case)
    assert work.case(case).status is S.DISPATCHED


def test_once_the_lead_has_accepted_there_is_nothing_to_take_back(work):
    case = work.to(S.ACCEPTED)

    with pytest.raises(NotAllowed):
        work.ask(ZHOU, TakeBack, case)


def test_a_desk_that_did_not_see_the_acceptance_is_told_of_it(work):
    case = work.register()
    dispatch(work, case)
    seen = work.case(case).version
    work.ask(ZHAO, AcceptAssignment, case)

    with pytest.raises(StaleCase, match="签收 城建办"):
        work.ask(ZHOU, TakeBack, case, seen=seen)


def test_only_who_sent_it_takes_it_back(own_work):
    work = own_work
    case = work.register()
    dispatch(work, case)
    with Session(work.hall.engine) as session, session.begin():
        clerk = session.get(Staff, work.staff("李敏"))
        session.add(
            StaffRole(
                id=new_id(),
                street_id=clerk.street_id,
                staff_id=clerk.id,
                role="dispatcher",
                valid_from=work.clock().date(),
            )
        )
    work.hall.read_people()

    with pytest.raises(RuleBroken, match="只有刚才分拨的人可以撤回"):
        work.ask("李敏", TakeBack, case)


def test_a_hall_may_do_without_taking_back_or_allow_more_time(own_work):
    work = own_work
    work.ask(XU, SetSetting, key="undo_seconds", value=120)
    case = work.register()
    dispatch(work, case)
    work.clock.forward(seconds=120)
    work.ask(ZHOU, TakeBack, case)
    work.ask(XU, SetSetting, key="undo_seconds", value=0)
    dispatch(work, case)
    work.clock.forward(seconds=1)

    with pytest.raises(RuleBroken, match="已过 0 秒"):
        work.ask(ZHOU, TakeBack, case)


def test_a_dispatch_of_which_nothing_is_on_record_cannot_be_taken_back(work):
    case = work.register()
    dispatch(work, case)
    with Session(work.hall.engine) as session, session.begin():
        for part in session.query(Assignment).filter_by(case_id=case):
            part.status = AssignmentStatus.REPLACED
            session.flush()
            session.add(_copy(part))

    with pytest.raises(RuleBroken, match="没有可以撤回的分拨"):
        work.ask(ZHOU, TakeBack, case)


def _copy(part):
    values = {c.key: getattr(part, c.key) for c in inspect(Assignment).column_attrs}
    return Assignment(**(values | {"id": new_id(), "status": AssignmentStatus.WAITING}))


@settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    supports=st.lists(st.sampled_from(("榕东社区", "南塘社区", "综合行政执法队")), unique=True),
    level=st.tuples(st.sampled_from(Urgency), st.booleans()),
    waited=st.integers(0, 5 * 60),
    looked=st.integers(0, 60),
    reached=st.sampled_from((S.RECEIVED, S.DISPATCHED, S.ACCEPTED, S.HANDLING)),
)
def test_sending_and_taking_back_comes_to_nothing(work, supports, level, waited, looked, reached):
    case = work.register()
    if reached is not S.RECEIVED:
        work.to(reached, case)
    before = state(work, case)
    work.clock.forward(minutes=waited)
    facts = {"supports": supports, "urgency": level[0], "is_complex": level[1]}
    if reached is not S.RECEIVED:
        facts["reason"] = "重新分工"
    dispatch(work, case, lead="党政综合办", **facts)
    work.clock.forward(seconds=looked)

    work.ask(ZHOU, TakeBack, case)

    assert state(work, case) == before
