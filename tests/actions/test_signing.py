"""Who signs an opinion, in which order, for whom, on paper; sent back, taken back, in time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.dispatching import DispatchCase
from desk.actions.leader_areas import SetLeaderArea
from desk.actions.opinions import WriteOpinion
from desk.actions.papers import IssuePaper
from desk.actions.recusal import RecordAccused
from desk.actions.revising import ReviseOpinion
from desk.actions.signing import SignOnPaper, SignOpinion, UnsignOpinion
from desk.rules.codes import CaseStatus, ClockKind, OpinionStatus, PaperState, Urgency
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.store.ids import new_id
from desk.store.models import Deputy, Opinion, SignStep, Staff
from desk.store.people import person_of
from tests.actions.conftest import MORNING
from tests.actions.work import FENG, LI, SUN, WANG, XU, ZHAO, ZHENG, ZHOU, Work
from tests.small_hall import COMMAND_LINE

S = CaseStatus
TODAY = date(2026, 11, 2)


class Signing(Work):
    """The hall with 郑伟 answering for 城建办; deputies count as they do when people sign in."""

    def __init__(self, hall, clock):
        super().__init__(hall, clock)
        unit, leader = self.unit("城建办"), self.staff(ZHENG)
        self.ask(XU, SetLeaderArea, leader=leader, unit=unit, valid_from=TODAY)

    def desk(self, name):
        """Return the database as somebody sees it who signs in now."""
        database = self.hall.sign_in(name)
        with Session(self.hall.engine) as session:
            staff = session.get(Staff, database.person.staff_id)
            database.person = person_of(session, staff, self.clock().date())
        return database

    def deputise(self, deputy, principal, first=TODAY, until=None):
        """Let somebody stand in for somebody from one day to before another."""
        who = {"principal_id": self.staff(principal), "deputy_id": self.staff(deputy)}
        when = {"valid_from": first, "valid_to": until}
        with Session(self.hall.engine) as session, session.begin():
            session.add(Deputy(id=new_id(), street_id=self.hall.street_id, **who, **when))

    def waiting(self, **more):
        """Return a case whose opinion has been handed in."""
        return self.to(S.SIGNING, **more)

    def hard(self):
        """Return a case that the chief signs too, whose opinion has been handed in."""
        self.ask(XU, SetSetting, key="chief_signs", value="always")
        return self.waiting()

    def sign(self, who, case, **more):
        """Let somebody agree."""
        return self.ask(who, SignOpinion, case, **({"is_agreed": True} | more))

    def on_paper(self, case, **more):
        """Let the office type in what 郑伟 decided today."""
        facts = {"signer": self.staff(ZHENG), "signed_on": TODAY, "is_agreed": True}
        return self.ask(FENG, SignOnPaper, case, **(facts | more))

    def steps(self, case):
        """Return the desks of a case: whose, signed by whom, with which word."""
        names = {person.staff_id: name for name, person in self.hall._people.items()}
        return [
            (names.get(step.signer_id), names.get(step.signed_by), step.is_agreed)
            for step in sorted(self.all(SignStep, case), key=lambda step: step.seq)
        ]


@pytest.fixture
def own(hall, clock):
    return Signing(hall, clock)


@pytest.fixture(scope="module")
def signing(shared_hall):
    """One hall for all tests that change nothing of it."""
    shared_hall.clock.set(MORNING)
    return Signing(shared_hall, shared_hall.clock)


@pytest.fixture
def work(signing):
    signing.clock.set(MORNING)
    return signing


def test_the_leader_of_the_area_signs_and_no_other(work):
    case = work.waiting()
    assert work.steps(case) == [(ZHENG, None, None)]
    with pytest.raises(NotAllowed, match="现在在郑伟处，还没有轮到您"):
        work.sign(WANG, case)

    work.sign(ZHENG, case)

    assert work.steps(case) == [(ZHENG, ZHENG, True)]
    assert work.case(case).status is S.SEALING


def test_a_unit_without_a_leader_of_its_own_goes_to_any_leader(work):
    case = work.waiting(lead="综合行政执法队", handler=SUN)

    assert work.steps(case) == [(None, None, None)]
    work.sign(WANG, case)
    assert work.steps(case) == [(None, WANG, True)]


def test_a_grid_belongs_to_who_answers_for_its_community(own):
    begun = {"leader": own.staff(WANG), "valid_from": TODAY}
    own.ask(XU, SetLeaderArea, unit=own.unit("青榕街道"), **begun)
    case = own.waiting(lead="综合行政执法队", handler=SUN)

    assert own.steps(case) == [(WANG, None, None)]


def test_a_complex_case_goes_on_to_the_chief(work):
    case = work.register()
    more = {"urgency": Urgency.FAST, "is_complex": True, "lead": work.unit("城建办")}
    work.ask(ZHOU, DispatchCase, case, **more)
    work.to(S.SIGNING, case)

    assert work.steps(case) == [(ZHENG, None, None), (WANG, None, None)]


def test_two_desks_one_after_the_other_and_the_papers_come_with_the_last(own):
    case = own.hard()
    assert own.steps(case) == [(ZHENG, None, None), (WANG, None, None)]
    with pytest.raises(NotAllowed, match="现在在郑伟处"):
        own.sign(WANG, case)

    changes = own.sign(ZHENG, case, remark="拟同意")
    assert changes.title == "签批同意，转王磊"
    assert own.case(case).status is S.SIGNING
    assert own.papers(case, "opinion-notice") == []
    with pytest.raises(NotAllowed, match="现在在王磊处"):
        own.sign(ZHENG, case)
    at = own.clock.forward(hours=30)
    own.sign(WANG, case)

    first, second = own.all(SignStep, case)
    assert (first.remark, second.arrived_at, second.signed_at) == ("拟同意", first.signed_at, at)
    assert own.papers(case, "opinion-notice")[0].state is PaperState.TO_SEAL


def test_who_signs_for_all_as_chief_is_not_asked_again(own):
    own.ask(XU, SetSetting, key="chief_signs", value="always")
    case = own.waiting(lead="综合行政执法队", handler=SUN)
    assert own.steps(case) == [(None, None, None), (WANG, None, None)]

    own.sign(WANG, case)

    assert own.steps(case) == [(None, WANG, True), (WANG, WANG, True)]
    assert own.case(case).status is S.SEALING


def test_sent_back_by_the_chief_it_goes_the_whole_way_again(own):
    case = own.hard()
    own.sign(ZHENG, case, remark="拟同意")

    with pytest.raises(RuleBroken, match="请写明要改什么"):
        own.sign(WANG, case, is_agreed=False)
    own.sign(WANG, case, is_agreed=False, remark="金额写清楚")
    assert own.case(case).status is S.OPINION
    own.ask(ZHAO, WriteOpinion, case, **own.opinion_words(case), is_ready=True)

    assert own.steps(case) == [
        (ZHENG, ZHENG, True),
        (WANG, WANG, False),
        (ZHENG, None, None),
        (WANG, None, None),
    ]
    assert [step.remark for step in own.all(SignStep, case)][:2] == ["拟同意", "金额写清楚"]


def test_sent_back_at_the_first_desk_the_others_end_unasked(own):
    case = own.hard()

    own.sign(ZHENG, case, is_agreed=False, remark="依据写清楚")

    assert own.steps(case) == [(ZHENG, ZHENG, False), (WANG, None, False)]


def test_a_deputy_signs_if_he_says_that_he_does(own):
    own.deputise(ZHOU, ZHENG)
    case = own.waiting()
    with pytest.raises(RuleBroken, match="要代签请按 Alt"):
        own.sign(ZHOU, case)

    own.sign(ZHOU, case, for_other=True, remark="同意")

    assert own.steps(case) == [(ZHENG, ZHOU, True)]
    assert own.history(case)[-1].payload["detail"] == "代签：郑伟（周航代）。同意"
    assert "同意　郑伟（周航代）" in own.papers(case, "opinion-sheet")[0].row["leader_opinion"]


@pytest.mark.parametrize(
    ("first", "until", "may"),
    [
        (TODAY, TODAY + timedelta(days=1), True),
        (TODAY + timedelta(days=1), None, False),
        (TODAY - timedelta(days=3), TODAY, False),
        (TODAY - timedelta(days=3), TODAY + timedelta(days=1), True),
    ],
)
def test_a_deputy_stands_in_from_his_first_day_to_his_last(own, first, until, may):
    own.deputise(ZHOU, ZHENG, first, until)
    case = own.waiting()

    if may:
        own.sign(ZHOU, case, for_other=True)
        assert own.case(case).status is S.SEALING
    else:
        with pytest.raises(NotAllowed):
            own.sign(ZHOU, case, for_other=True)


def test_a_deputy_signs_for_his_leader_where_any_leader_may(own):
    own.deputise(ZHOU, WANG)
    case = own.waiting(lead="综合行政执法队", handler=SUN)

    own.sign(ZHOU, case, for_other=True)

    assert own.steps(case) == [(WANG, ZHOU, True)]


def test_a_deputy_signs_at_the_chiefs_desk_only_for_a_chief(own):
    own.deputise(ZHOU, ZHENG)
    case = own.hard()
    own.sign(ZHOU, case, for_other=True)

    with pytest.raises(NotAllowed, match="现在在王磊处"):
        own.sign(ZHOU, case, for_other=True)


def test_nobody_signs_as_a_deputy_what_he_wrote_himself(own):
    own.deputise(ZHAO, ZHENG)
    case = own.waiting()

    with pytest.raises(RuleBroken, match="代理人自己写的"):
        own.sign(ZHAO, case, for_other=True)


def test_a_leader_whom_it_is_about_is_passed_over(work):
    case = work.to(S.OPINION, accused_staff=work.staff(ZHENG))
    work.to(S.SIGNING, case)

    assert work.steps(case) == [(WANG, None, None)]
    with pytest.raises(NotAllowed):
        work.sign(ZHENG, case)
    work.sign(WANG, case)


def test_told_later_whom_it_is_about_the_way_is_laid_anew(own):
    case = own.hard()
    own.sign(ZHENG, case)
    own.ask(LI, RecordAccused, case, staff=own.staff(WANG), reason="来电补充反映的是他")

    assert own.steps(case)[-1] == (ZHENG, None, None)
    own.sign(ZHENG, case)
    assert own.case(case).status is S.SEALING


def test_whoever_agreed_to_the_same_words_is_not_asked_again(own):
    case = own.hard()
    own.sign(ZHENG, case)

    own.ask(LI, RecordAccused, case, unit=own.unit("榕东社区"), reason="来电补充反映的是它")

    assert own.steps(case)[-1] == (WANG, None, None)
    own.sign(WANG, case)
    assert own.case(case).status is S.SEALING


def test_the_deputy_of_whom_it_is_about_does_not_sign_for_him(own):
    own.deputise(ZHOU, ZHENG)
    case = own.waiting()
    _accuse_behind_the_desk(own, case, ZHENG)

    with pytest.raises(NotAllowed, match="须回避"):
        own.sign(ZHOU, case, for_other=True)


def _accuse_behind_the_desk(work, case, name):
    """Let a case be about a leader without the way being laid anew (an import, a restore)."""
    work.ask(LI, RecordAccused, case, staff=work.staff(name), reason="来电补充反映的是他")
    steps = work.all(SignStep, case)
    with work.hall.engine.begin() as connection:
        table = SignStep.__table__
        last = table.c.id == max(steps, key=lambda step: step.seq).id
        connection.execute(table.update().where(last).values(signer_id=work.staff(name)))


def test_an_opinion_from_before_there_were_desks_gets_them_when_it_is_signed(work):
    case = work.waiting()
    with work.hall.engine.begin() as connection:
        table = SignStep.__table__
        connection.execute(table.update().where(table.c.case_id == case).values(is_agreed=False))

    work.sign(ZHENG, case)

    assert work.steps(case)[-1] == (ZHENG, ZHENG, True)


def test_an_opinion_without_desks_still_says_on_paper_who_signed_it(work):
    case = work.waiting()
    work.sign(ZHENG, case)
    with work.hall.engine.begin() as connection:
        table = SignStep.__table__
        connection.execute(table.update().where(table.c.case_id == case).values(is_agreed=False))

    work.ask(ZHENG, IssuePaper, case, code="opinion-sheet")

    row = work.papers(case, "opinion-sheet")[-1].row
    assert row["leader_opinion"] == "同意　郑伟　11 月 2 日"


# Signed in the printed folder


def test_what_was_signed_on_paper_is_typed_in_by_the_office(work):
    case = work.waiting()
    at = work.clock.forward(days=2)

    changes = work.on_paper(case, signed_on=date(2026, 11, 3), remark="同意")

    (step,) = work.all(SignStep, case)
    assert (step.on_paper, step.entered_by) == (True, work.staff(FENG))
    assert step.signed_by == work.staff(ZHENG)
    assert step.signed_at.date() == date(2026, 11, 3)
    assert step.signed_at < at
    assert changes.title.startswith("签发意见书 ")
    assert work.history(case)[-1].payload["detail"] == "郑伟在签批夹上签，11 月 3 日。同意"
    assert work.papers(case, "opinion-notice")[0].row["signed_on"] == "2026-11-03"


def test_what_was_sent_back_on_paper_needs_its_remark_too(work):
    case = work.waiting()
    with pytest.raises(RuleBroken, match="请写明要改什么") as refused:
        work.on_paper(case, is_agreed=False)
    assert refused.value.field == "remark"

    work.on_paper(case, is_agreed=False, remark="请补依据")

    assert work.case(case).status is S.OPINION
    assert work.all(Opinion, case)[0].status is OpinionStatus.SENT_BACK


def test_both_desks_of_a_folder_are_typed_in_on_one_day(own):
    case = own.hard()
    own.clock.forward(days=3)

    own.on_paper(case, signed_on=date(2026, 11, 3))
    own.on_paper(case, signer=own.staff(WANG), signed_on=date(2026, 11, 4))

    assert own.case(case).status is S.SEALING


def test_a_deputy_signs_on_paper_too(own):
    own.deputise(ZHOU, ZHENG)
    case = own.waiting()

    own.on_paper(case, signer=own.staff(ZHOU))

    assert own.history(case)[-1].payload["detail"] == (
        "代签：郑伟（周航代）。在签批夹上签，11 月 2 日。"
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"signed_on": date(2026, 11, 1)}, "signed_on"),
        ({"signed_on": date(2026, 11, 3)}, "signed_on"),
        ({"signer": 5}, "signer"),
        ({"signer": WANG}, "signer"),
    ],
)
def test_a_slip_of_the_pen_in_the_folder_is_noticed(work, wrong, field):
    case = work.waiting()
    given = {key: work.staff(v) if v == WANG else v for key, v in wrong.items()}

    with pytest.raises(RuleBroken) as refused:
        work.on_paper(case, **given)
    assert refused.value.field == field


def test_where_any_leader_may_sign_nobody_else_did_on_paper(work):
    case = work.waiting(lead="综合行政执法队", handler=SUN)

    with pytest.raises(RuleBroken, match="任一分管领导处，赵强不能签"):
        work.on_paper(case, signer=work.staff(ZHAO))


def test_handlers_type_no_signatures_in(work):
    case = work.waiting()

    with pytest.raises(NotAllowed):
        work.ask(ZHAO, SignOnPaper, case, signer=1, signed_on=TODAY, is_agreed=True)


def test_a_version_seen_before_a_change_is_not_signed(work):
    case = work.waiting()
    seen = work.case(case).version - 1

    with pytest.raises(StaleCase):
        work.sign(ZHENG, case, seen=seen)


# Taken back


def test_a_signature_is_taken_back_and_its_number_waits(work):
    case = work.waiting()
    number = work.sign(ZHENG, case).made["number"]
    work.clock.forward(seconds=59)

    changes = work.ask(ZHENG, UnsignOpinion, case)

    assert changes.title == "撤回签批"
    assert work.case(case).status is S.SIGNING
    assert work.steps(case) == [(ZHENG, None, None)]
    opinion = work.all(Opinion, case)[0]
    assert (opinion.status, opinion.signed_at) == (OpinionStatus.SUBMITTED, None)
    assert [p.state for p in work.papers(case, "opinion-notice")] == [PaperState.VOID]

    assert work.sign(ZHENG, case).made["number"] == number
    first, second = work.papers(case, "opinion-notice")
    assert (second.number, second.revision, second.replaces_id) == (number, 2, first.id)
    assert work.papers(case, "opinion-sheet")[1].revision == 2


def test_a_minute_later_a_signature_stands(work):
    case = work.waiting()
    work.sign(ZHENG, case)
    work.clock.forward(seconds=61)

    with pytest.raises(RuleBroken, match="已超过 60 秒"):
        work.ask(ZHENG, UnsignOpinion, case)


def test_a_hall_may_allow_more_time_or_none(own):
    own.ask(XU, SetSetting, key="undo_seconds", value=300)
    case = own.waiting()
    own.sign(ZHENG, case)
    own.clock.forward(seconds=200)
    own.ask(ZHENG, UnsignOpinion, case)

    assert own.case(case).status is S.SIGNING


@pytest.mark.parametrize("name", [WANG, FENG])
def test_only_who_signed_takes_it_back(work, name):
    case = work.waiting()
    work.sign(ZHENG, case)

    with pytest.raises(NotAllowed, match="自己撤回"):
        work.ask(name, UnsignOpinion, case)


def test_what_nobody_signed_is_not_taken_back(work):
    case = work.waiting()

    with pytest.raises(RuleBroken, match="还没有人签"):
        work.ask(ZHENG, UnsignOpinion, case)


def test_what_is_sealed_is_not_taken_back(work):
    case = work.waiting()
    work.sign(ZHENG, case)
    work.to(S.DELIVERING, case)

    with pytest.raises(NotAllowed):
        work.ask(ZHENG, UnsignOpinion, case)


def test_the_first_of_two_takes_back_what_lies_with_the_second(own):
    case = own.hard()
    own.sign(ZHENG, case)

    own.ask(ZHENG, UnsignOpinion, case)

    assert own.steps(case) == [(ZHENG, None, None), (WANG, None, None)]
    assert [step.arrived_at is None for step in own.all(SignStep, case)] == [False, True]
    with pytest.raises(NotAllowed, match="现在在郑伟处"):
        own.sign(WANG, case)


def test_a_chief_who_signed_for_both_desks_takes_both_back(own):
    own.ask(XU, SetSetting, key="chief_signs", value="always")
    case = own.waiting(lead="综合行政执法队", handler=SUN)
    own.sign(WANG, case)

    own.ask(WANG, UnsignOpinion, case)

    assert own.steps(case) == [(None, None, None), (WANG, None, None)]


def test_whoever_typed_it_in_takes_it_back(work):
    case = work.waiting()
    work.clock.forward(days=1)
    work.on_paper(case)

    work.ask(FENG, UnsignOpinion, case)

    assert work.steps(case) == [(ZHENG, None, None)]


def test_the_command_line_takes_back_what_it_must(work):
    case = work.waiting()
    work.sign(ZHENG, case)

    work.ask(COMMAND_LINE, UnsignOpinion, case)

    assert work.case(case).status is S.SIGNING


# A new version


def test_a_new_version_before_the_seal_keeps_the_number(work):
    case = work.to(S.SEALING)
    old = work.all(Opinion, case)[0]
    number = work.papers(case, "opinion-notice")[0].number
    with pytest.raises(RuleBroken, match="为什么要改") as refused:
        work.ask(ZHAO, ReviseOpinion, case, reason=" ")
    assert refused.value.field == "reason"

    changes = work.ask(ZHAO, ReviseOpinion, case, reason="金额写错")

    assert changes.title == "改后重签，第 2 版，文号不变"
    assert work.case(case).status is S.OPINION
    first, second = work.all(Opinion, case)
    assert (first.status, first.decision) == (OpinionStatus.SIGNED, old.decision)
    assert (second.revision, second.status, second.number) == (2, OpinionStatus.DRAFT, number)
    assert second.decision == first.decision
    assert work.papers(case, "opinion-notice")[0].state is PaperState.VOID
    assert work.steps(case) == [(ZHENG, ZHENG, True)]

    work.to(S.SIGNING, case)
    assert work.sign(ZHENG, case).made["number"] == number
    assert [p.revision for p in work.papers(case, "opinion-notice")] == [1, 2]


@pytest.mark.parametrize("status", [S.DELIVERING, S.FOLLOW_UP])
def test_a_new_version_after_the_seal_gets_another_number(work, status):
    case = work.to(status)
    number = work.papers(case, "opinion-notice")[0].number

    changes = work.ask(ZHAO, ReviseOpinion, case, reason="金额写错")
    work.to(S.SIGNING, case)
    work.sign(ZHENG, case)

    assert changes.title == "改后重签，第 2 版，原文书已盖章，新版另编号"
    old, new = work.papers(case, "opinion-notice")
    assert (old.state, new.revision, new.replaces_id) == (PaperState.VOID, 1, old.id)
    assert new.number != number
    follow_up = work.clock_of(case, ClockKind.FOLLOW_UP)
    assert follow_up is None or follow_up.stopped_at is not None


def test_only_the_unit_that_handles_it_makes_a_new_version(work):
    case = work.to(S.SEALING)

    for name in (ZHENG, SUN):
        with pytest.raises(NotAllowed):
            work.ask(name, ReviseOpinion, case, reason="改")


def test_what_is_not_signed_is_simply_changed(work):
    case = work.to(S.OPINION)

    with pytest.raises(RuleBroken, match="还没有签发"):
        work.ask(COMMAND_LINE, ReviseOpinion, case, reason="改")


def test_the_office_gives_the_number_after_the_signature(own):
    own.ask(XU, SetSetting, key="opinion_number", value="office")
    case = own.waiting()

    changes = own.sign(ZHENG, case)

    assert changes.title == "签发意见书，等党政办给号"
    assert own.papers(case, "opinion-notice") == []
    assert rows(own, case) == [None]


def rows(work, case):
    with Session(work.hall.engine) as session:
        query = select(Opinion.number).where(Opinion.case_id == case)
        return list(session.scalars(query))
