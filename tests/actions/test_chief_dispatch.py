"""一把手派单: proposed by the dispatchers, confirmed by the chief or who stands in for him."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.chief_dispatch import DecideDispatch
from desk.actions.dispatching import DecideReturn, DispatchCase, ReturnDispatch
from desk.actions.taking_back import TakeBack
from desk.queries.case_file import case_file
from desk.rules.codes import ClockKind, ReturnReason, Urgency
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.ids import new_id
from desk.store.models import Assignment, Deputy, DispatchProposal, StaffRole
from tests.actions.work import LI, WANG, WU, XU, ZHAO, ZHENG, ZHOU, S


@pytest.fixture
def work(own_work):
    """A hall that asks its first leader, with 郑伟 standing in for him."""
    own_work.ask(XU, SetSetting, key="chief_dispatch", value=True)
    stands_in(own_work, ZHENG)
    return own_work


def stands_in(work, *names):
    with Session(work.hall.engine) as session, session.begin():
        session.query(Deputy).delete()
        session.add_all(
            Deputy(
                id=new_id(),
                street_id=work.hall.street_id,
                principal_id=work.staff(WANG),
                deputy_id=work.staff(name),
                valid_from=date(2026, 10, 1),
            )
            for name in names
        )
    work.hall.read_people()


def propose(work, case, lead="城建办", **more):
    facts = {"lead": work.unit(lead), "urgency": Urgency.URGENT} | more
    facts["supports"] = tuple(work.unit(name) for name in facts.get("supports", ()))
    return work.ask(ZHOU, DispatchCase, case, **facts)


def decide(work, case, who=WANG, **more):
    return work.ask(who, DecideDispatch, case, **({"is_confirmed": True} | more))


def proposals(work, case):
    return work.all(DispatchProposal, case)


def test_with_the_switch_on_a_dispatch_waits_for_the_chief(work):
    case = work.register()

    changes = propose(work, case, supports=("榕东社区",), instruction="请今天办。")

    assert changes.title == "拟派 主办城建办，协办榕东，待一把手确认"
    assert changes.detail == "拟办意见：请今天办。"
    assert work.case(case).status is S.RECEIVED
    assert work.all(Assignment, case) == []
    assert work.papers(case, "dispatch-slip") == []
    assert work.clock_of(case, ClockKind.DISPATCH).stopped_at is None
    assert work.kinds(case)[-1] == "case.dispatch_proposed"


def test_the_chief_confirms_and_the_case_goes_out_as_proposed(work):
    case = work.register()
    propose(work, case, supports=("榕东社区",), requirements=("上门见面",), instruction="快办。")
    at = work.clock.forward(minutes=7)

    changes = decide(work, case)

    assert changes.title == "确认派单 双派 主办城建办，协办榕东"
    assert work.case(case).status is S.DISPATCHED
    lead = work.all(Assignment, case)[0]
    assert (lead.requirements, lead.instruction) == (["上门见面"], "快办。")
    assert lead.dispatched_by == work.staff(WANG)
    assert work.clock_of(case, ClockKind.DISPATCH).stopped_at == at
    proposal = proposals(work, case)[0]
    assert (proposal.is_confirmed, proposal.decided_by) == (True, work.staff(WANG))
    assert work.papers(case, "dispatch-slip")[0].row["lead_unit"] == "城建办"


def test_the_chief_may_choose_another_lead(work):
    case = work.register()
    propose(work, case, supports=("榕东社区",))

    changes = decide(work, case, lead=work.unit("榕东社区"), note="社区先办。")

    assert changes.title == "确认派单 直派 主办榕东"
    assert "原拟主办城建办，协办榕东。" in changes.detail
    assert "社区先办。" in changes.detail
    assert [part.unit_id for part in work.all(Assignment, case)] == [work.unit("榕东社区")]


def test_the_grid_that_becomes_lead_is_no_longer_asked_besides(work):
    case = work.register()
    propose(work, case, grid=work.unit("榕东第1网格"))

    decide(work, case, lead=work.unit("榕东第1网格"))

    assert len(work.all(Assignment, case)) == 1


def test_the_chief_sends_it_back_with_a_word(work):
    case = work.register()
    propose(work, case)
    with pytest.raises(RuleBroken, match="退回拟派请写一句话") as refused:
        decide(work, case, is_confirmed=False)
    assert refused.value.field == "note"

    changes = decide(work, case, is_confirmed=False, note="先问清是哪一栋。")

    assert (changes.title, changes.detail) == ("退回拟派", "先问清是哪一栋。")
    assert work.case(case).status is S.RECEIVED
    with pytest.raises(RuleBroken, match="没有等您确认的派单"):
        decide(work, case)


def test_who_stands_in_today_confirms_in_the_chiefs_name(work):
    case = work.register()
    propose(work, case)

    changes = decide(work, case, who=ZHENG)

    assert changes.title == "代王磊确认派单 直派 主办城建办"


def test_nobody_else_confirms(work):
    case = work.register()
    propose(work, case)
    for who in (ZHOU, LI, WU):
        with pytest.raises(NotAllowed):
            decide(work, case, who=who)
    stands_in(work)
    with pytest.raises(NotAllowed):
        decide(work, case, who=ZHENG)


def test_a_new_proposal_takes_the_place_of_the_one_before(work):
    case = work.register()
    propose(work, case)
    propose(work, case, lead="综合行政执法队")

    first, second = proposals(work, case)
    assert (first.is_confirmed, first.note, second.decided_at) == (None, "改拟", None)
    decide(work, case)
    assert work.all(Assignment, case)[0].unit_id == work.unit("综合行政执法队")


def test_a_proposal_is_checked_like_a_dispatch(work):
    case = work.register(accused_unit=work.unit("城建办"))

    with pytest.raises(RuleBroken, match="被反映的单位不能承办"):
        propose(work, case)
    assert proposals(work, case) == []


def test_the_hour_is_kept_without_a_word_from_anybody(work):
    case = work.register(urgency=Urgency.URGENT)
    work.clock.forward(minutes=2)
    propose(work, case)
    work.clock.forward(minutes=31)
    with pytest.raises(RuleBroken, match="还在等代理人确认，09:48 起可以直接派出"):
        propose(work, case, directly=True)
    work.clock.forward(minutes=15)

    changes = propose(work, case, directly=True)

    assert changes.title == "直派 主办城建办"
    assert "一把手未在 30 分钟内确认，按代理规则直接派出。" in changes.detail
    assert work.case(case).is_overdue is False
    closed = proposals(work, case)[0]
    assert (closed.is_confirmed, closed.decided_by) == (None, work.staff(ZHOU))
    work.ask(ZHAO, ReturnDispatch, case, reason=ReturnReason.NOT_OURS, note="不归我处管")
    work.ask(ZHOU, DecideReturn, case, is_agreed=True)
    assert work.desk(ZHOU).read(partial(case_file, case_id=case)).dispatch.sent_back == ""


def test_what_was_never_proposed_still_goes_out_in_time(work):
    case = work.register(urgency=Urgency.URGENT)
    with pytest.raises(RuleBroken, match="还在等一把手确认"):
        propose(work, case, directly=True)
    work.clock.forward(minutes=50)

    changes = propose(work, case, directly=True)

    assert "分拨时限将到，一把手还没有确认" in changes.detail


def test_another_lead_later_is_the_dispatchers_own_matter(work):
    case = work.register()
    propose(work, case)
    decide(work, case)

    changes = propose(work, case, lead="综合行政执法队", reason="属街面秩序")

    assert changes.title == "改派 主办执法队"


def test_a_confirmation_taken_back_lets_the_proposal_wait_again(work):
    case = work.register()
    propose(work, case)
    decide(work, case)
    work.clock.forward(seconds=20)

    work.ask(WANG, TakeBack, case)

    assert work.case(case).status is S.RECEIVED
    proposal = proposals(work, case)[0]
    assert (proposal.decided_at, proposal.is_confirmed) == (None, None)
    decide(work, case, who=ZHENG)
    work.ask(ZHENG, TakeBack, case)


def test_nobody_confirms_in_the_chiefs_name_what_he_proposed_himself(work):
    case = work.register()
    propose(work, case)
    stands_in(work, ZHENG, ZHOU)

    with pytest.raises(RuleBroken, match="您自己拟派的"):
        decide(work, case, who=ZHOU)


def test_a_dispatcher_who_is_the_chief_too_sends_at_once(work):
    with Session(work.hall.engine) as session, session.begin():
        session.add(
            StaffRole(
                id=new_id(),
                street_id=work.hall.street_id,
                staff_id=work.staff(ZHOU),
                role="chief",
                valid_from=date(2026, 1, 1),
            )
        )
    work.hall.read_people()

    assert propose(work, work.register()).title == "直派 主办城建办"
