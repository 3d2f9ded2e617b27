"""On whose desk opinions lie, for how long, and what is counted in the leader's own area."""

from datetime import timedelta
from functools import partial

import pytest

from desk.actions.closing import AddNote
from desk.actions.opinions import WriteOpinion
from desk.actions.revising import ReviseOpinion
from desk.queries.case_file import case_file
from desk.queries.overview import MorningLine, cases_behind, leader_day
from desk.queries.sign_desks import signers_at
from desk.queries.sign_queue import on_time_words, sign_queue
from desk.queries.sign_sheet import opinion_versions, sign_sheet
from desk.rules.codes import CaseStatus, Role
from desk.rules.errors import NotAllowed
from desk.rules.sign_route import Stand
from desk.store.models import SignStep
from tests.actions.test_signing import Signing
from tests.actions.work import CHEN, FENG, SUN, WANG, ZHAO, ZHENG, ZHOU

S = CaseStatus


@pytest.fixture
def work(hall, clock):
    """A hall of the test's own in which 郑伟 answers for 城建办."""
    return Signing(hall, clock)


def waiting(work, name):
    return [row.case_id for row in work.desk(name).read(sign_queue).waiting]


def test_everybody_sees_what_waits_for_him_and_overseers_see_all(work):
    own = work.waiting()
    anybodys = work.waiting(lead="综合行政执法队", handler=SUN)
    work.deputise(ZHOU, ZHENG)

    assert waiting(work, ZHENG) == [own, anybodys]
    assert waiting(work, WANG) == [anybodys]
    assert waiting(work, ZHOU) == [own, anybodys]
    assert waiting(work, FENG) == []
    everywhere = work.desk(FENG).read(sign_queue).everywhere
    assert [row.here.whose for row in everywhere] == ["郑伟", "任一分管领导"]


def test_the_time_at_every_desk_is_known(work):
    case = work.hard()
    arrived = work.clock()
    signed = work.clock.forward(hours=30)
    work.sign(ZHENG, case, remark="拟同意")
    now = work.clock.forward(hours=2)

    (row,) = work.desk(WANG).read(sign_queue).waiting
    sheet = work.desk(WANG).read(partial(sign_sheet, case_id=case))

    assert (row.here.whose, row.here.stand) == ("王磊", Stand.OWN)
    assert row.lies_since() == signed
    assert [(desk.whose, desk.length(now)) for desk in row.passed] == [("郑伟", signed - arrived)]
    assert [(step.what, step.who, step.said) for step in sheet.route] == [
        ("拟稿", "赵强", ""),
        ("签批", "郑伟", "拟同意"),
        ("签批", "王磊", ""),
        ("盖章", "党政办", ""),
    ]
    mine = work.desk(ZHENG).read(sign_queue)
    assert [one.case_id for one in mine.signed] == [case]
    assert (mine.signed[0].signed_at, mine.waiting) == (signed, ())


def test_a_deputy_reads_for_whom_he_would_sign(work):
    work.deputise(ZHOU, ZHENG)
    case = work.waiting()
    work.sign(ZHOU, case, for_other=True)
    other = work.waiting()

    queue = work.desk(ZHOU).read(sign_queue)

    assert (queue.waiting[0].stand, queue.waiting[0].here.owner) == (Stand.DEPUTY, "郑伟")
    assert queue.waiting[0].case_id == other
    sheet = work.desk(ZHENG).read(partial(sign_sheet, case_id=case))
    assert sheet.route[1].who == "郑伟（周航代）"
    read = work.desk(FENG).read
    assert [s.words for s in read(partial(signers_at, owner_id=None, role=Role.CHIEF))] == ["王磊"]
    zheng = partial(signers_at, owner_id=work.staff(ZHENG), role=Role.LEADER)
    assert [s.words for s in read(zheng)] == ["郑伟", "周航（代）"]


def test_sent_back_once_it_is_still_to_be_read_why(work):
    case = work.waiting()
    work.sign(ZHENG, case, is_agreed=False, remark="依据写清楚")
    work.ask(ZHAO, WriteOpinion, case, **work.opinion_words(case), is_ready=True)

    sheet = work.desk(ZHENG).read(partial(sign_sheet, case_id=case))

    assert [(step.what, step.said, step.is_back) for step in sheet.route[1:3]] == [
        ("退回", "依据写清楚", True),
        ("签批", "", False),
    ]


def test_an_opinion_from_before_there_were_desks_waits_for_any_leader(work):
    case = work.waiting()
    with work.hall.engine.begin() as connection:
        table = SignStep.__table__
        connection.execute(table.update().where(table.c.case_id == case).values(is_agreed=False))

    (row,) = work.desk(WANG).read(sign_queue).waiting

    assert (row.here.whose, row.stand) == ("任一分管领导", Stand.ANY)


def test_a_new_version_says_what_differs(work):
    case = work.to(S.SEALING)
    work.ask(ZHAO, ReviseOpinion, case, reason="金额写错")
    words = work.opinion_words(case) | {"decision": "已更换线路，共 320 元。"}
    work.ask(ZHAO, WriteOpinion, case, **words, is_ready=True)
    read = work.desk(ZHENG).read

    sheet = read(partial(sign_sheet, case_id=case))
    versions = read(partial(opinion_versions, case_id=case))

    assert sheet.revision == 2
    assert [name for name, _ in sheet.differences] == ["处理意见"]
    assert "320 元" in sheet.differences[0][1]
    assert [(one.revision, one.signed_by) for one in versions] == [(2, ""), (1, "郑伟")]
    assert versions[1].differences == ()
    file = read(partial(case_file, case_id=case))
    assert file.signing.versions == versions
    assert file.signing.here.whose == "郑伟"


def test_nobody_reads_versions_of_what_he_may_not_see(work):
    case = work.waiting()

    for query in (sign_sheet, opinion_versions):
        with pytest.raises(NotAllowed):
            work.desk(CHEN).read(partial(query, case_id=case))


def test_a_case_that_never_came_to_an_opinion_has_no_way(work):
    case = work.to(S.ACCEPTED)
    work.ask(ZHAO, AddNote, case, note="已约好")

    file = work.desk(ZHAO).read(partial(case_file, case_id=case))

    assert (file.signing.here, file.signing.versions) == (None, ())


def test_what_signing_today_saves_is_said(work):
    work.waiting()
    queue = work.desk(ZHENG).read(sign_queue)
    due = queue.waiting[0].limit.due_at

    assert on_time_words(queue.waiting, work.clock()) == "今天签完仍不超期"
    assert on_time_words(queue.waiting, due - timedelta(hours=1)) == (
        "1 份今天到期，今天签完仍不超期"
    )
    assert on_time_words(queue.waiting, due + timedelta(days=1)) == "1 份已过原定期限"
    assert on_time_words((), due) == ""


def test_a_leader_reads_the_morning_of_his_own_area(work):
    own = work.to(S.HANDLING)
    work.to(S.HANDLING, lead="综合行政执法队", handler=SUN)
    work.clock.forward(days=8)
    signing = work.waiting()

    zheng = work.desk(ZHENG).read(leader_day)
    wang = work.desk(WANG).read(leader_day)

    assert (zheng.area, zheng.open, zheng.overdue) == ("包片：城建办", 2, 1)
    assert (wang.area, wang.open, wang.overdue) == ("全街道", 3, 2)
    assert [line.case_id for line in zheng.to_ring] == [own]
    assert [row.case_id for row in zheng.burning] == [own]
    behind = partial(cases_behind, line=MorningLine.OVERDUE)
    assert [row.case_id for row in work.desk(ZHENG).read(behind)] == [own]
    assert len(work.desk(WANG).read(behind)) == 2
    counts = {
        line: len(work.desk(ZHENG).read(partial(cases_behind, line=line))) for line in MorningLine
    }
    assert counts == {
        MorningLine.RECEIVED: 1,
        MorningLine.OPEN: 2,
        MorningLine.OVERDUE: 1,
        MorningLine.DISSATISFIED: 0,
        MorningLine.TO_SIGN: 1,
    }
    to_sign = partial(cases_behind, line=MorningLine.TO_SIGN)
    assert [row.case_id for row in work.desk(ZHENG).read(to_sign)] == [signing]


def test_who_comes_again_and_again_should_be_rung(work):
    for _ in range(3):
        last = work.to(S.ACCEPTED)

    day = work.desk(WANG).read(leader_day)

    assert day.to_ring[0].case_id == last
    assert day.to_ring[0].why == "三个月里第 3 次反映"
