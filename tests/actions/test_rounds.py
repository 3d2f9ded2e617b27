"""Several follow-ups and rounds: his word on every matter, and only what is not agreed goes on."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.contacts import RecordContact
from desk.actions.followup import MatterWord, RecordFollowUp
from desk.actions.intake import Appellant
from desk.rules.codes import (
    Channel,
    ClockKind,
    ContactResult,
    ContactWay,
    Discontent,
    Exit,
    FollowUpWay,
    NextStep,
    Resolution,
    Satisfaction,
)
from desk.rules.errors import RuleBroken
from desk.store.models import Contact, FollowUp, FollowUpMatter, Matter, Round
from tests.actions.work import LI, WU, ZHAO, S

R = Resolution
THREE = ("楼道漏电", "路灯不亮", "井盖松动")


@pytest.fixture
def case(work):
    """A case of three matters that waits to be asked about."""
    return work.to(S.FOLLOW_UP, matters=THREE)


def matters(work, case):
    return sorted(work.all(Matter, case), key=lambda row: row.seq)


def say(work, case, *words, **more):
    """Let the appellant answer for every matter of the round."""
    round_no = work.case(case).round_no
    rows = [row for row in matters(work, case) if (row.round_no or 1) == round_no]
    given = tuple(MatterWord(row.id, word) for row, word in zip(rows, words, strict=False))
    facts = {
        "is_reached": True,
        "was_contacted": True,
        "matters": given,
        "satisfaction": Satisfaction.DISSATISFIED,
        "discontent": Discontent.NOT_SOLVED,
        "next_step": NextStep.AGAIN,
    }
    return work.ask(WU, RecordFollowUp, case, **(facts | more))


def content(work, case, *words, **more):
    facts = {"satisfaction": Satisfaction.SATISFIED, "discontent": None}
    return say(work, case, *words, **(facts | {"next_step": NextStep.CLOSE} | more))


def kept(work, case):
    """Return what was kept of each matter at each follow-up."""
    with Session(work.hall.engine) as session:
        rows = session.execute(
            select(FollowUp.seq, Matter.seq, FollowUpMatter.resolution)
            .join(FollowUp, FollowUp.id == FollowUpMatter.follow_up_id)
            .join(Matter, Matter.id == FollowUpMatter.matter_id)
            .where(Matter.case_id == case)
            .order_by(FollowUp.seq, Matter.seq)
        )
        return [tuple(row) for row in rows]


def test_the_whole_follows_from_his_word_on_every_matter(work, case):
    changes = say(work, case, R.YES, R.NO, R.EXPLAINED)

    assert changes.title == "回访 部分解决、不满意，二次办理"
    assert changes.detail.splitlines()[-1] == (
        "3 个事项：1 个已解决、1 个未解决、1 个已解释认可，合起来是部分解决。"
    )
    assert work.case(case).resolution is R.PARTLY
    assert kept(work, case) == [(1, 1, R.YES), (1, 2, R.NO), (1, 3, R.EXPLAINED)]


def test_one_word_holds_for_all_matters_where_only_one_is_said(work, case):
    content(work, case, matters=(), resolution=R.YES)

    assert [row.resolution for row in matters(work, case)] == [R.YES] * 3


def test_a_further_round_has_only_the_matters_that_are_not_agreed(work, case):
    say(work, case, R.YES, R.NO, R.NO)

    assert [row.round_no for row in matters(work, case)] == [None, 2, 2]
    assert work.all(Round, case)[-1].reason == "未解决（事项 2、3）"
    assert matters(work, case)[0].resolution is R.YES


def test_a_second_and_a_third_round_end_with_everything_agreed(work, case):
    say(work, case, R.YES, R.NO, R.NO)
    work.to(S.FOLLOW_UP, case)
    second = say(work, case, R.YES, R.PARTLY)
    assert (second.title, work.case(case).round_no) == ("回访 部分解决、不满意，第 3 轮办理", 3)
    work.to(S.FOLLOW_UP, case)

    content(work, case, R.EXPLAINED)

    found = work.case(case)
    assert (found.status, found.resolution) == (S.CLOSED, R.YES)
    assert [row.number for row in work.all(Round, case)] == [1, 2, 3]
    assert kept(work, case)[3:] == [(2, 2, R.YES), (2, 3, R.PARTLY), (3, 3, R.EXPLAINED)]
    handled = [c for c in [work.clock_of(case, ClockKind.HANDLE)] if c.stopped_at]
    assert [clock.round_no for clock in handled] == [3]


def test_who_agrees_on_every_matter_and_is_still_dissatisfied_goes_round_with_all(work, case):
    say(work, case, R.YES, R.YES, R.EXPLAINED, discontent=Discontent.ATTITUDE)

    assert [row.round_no for row in matters(work, case)] == [2, 2, 2]
    assert work.all(Round, case)[-1].reason == "态度"


def test_a_matter_that_was_not_asked_about_is_named(work, case):
    with pytest.raises(RuleBroken, match="事项 3 还没有问") as told:
        say(work, case, R.YES, R.NO)

    assert told.value.field == f"matter_{matters(work, case)[2].id}"


def test_a_matter_of_another_round_is_not_asked_about_again(work, case):
    say(work, case, R.YES, R.NO, R.NO)
    work.to(S.FOLLOW_UP, case)
    settled = matters(work, case)[0]

    with pytest.raises(RuleBroken, match="不在这一轮") as told:
        content(work, case, matters=(MatterWord(settled.id, R.NO),))

    assert told.value.field == "matters"


def test_nobody_answers_for_matters_when_nobody_was_reached(work, case):
    word = MatterWord(matters(work, case)[0].id, R.YES)
    words = [MatterWord(row.id, R.YES) for row in matters(work, case)[1:]]

    with pytest.raises(RuleBroken, match="没有联系上就没有评价"):
        work.ask(WU, RecordFollowUp, case, is_reached=False, matters=(word, *words))


def test_his_words_on_a_matter_are_kept_with_it(work, case):
    first, second, third = (row.id for row in matters(work, case))
    words = (
        MatterWord(first, R.YES),
        MatterWord(second, R.NO, "晚上还是不亮"),
        MatterWord(third, R.YES),
    )

    changes = say(work, case, matters=words, suggestion="请周末来")

    assert changes.detail.splitlines()[:3] == [
        "请周末来",
        "事项 1 已解决",
        "事项 2 未解决：晚上还是不亮",
    ]


def test_each_round_begins_with_a_call_unless_the_hall_does_without(own_work):
    case = own_work.to(S.FOLLOW_UP)
    say(own_work, case, R.NO)
    assert own_work.clock_of(case, ClockKind.CONTACT).round_no == 2
    own_work.ask(ZHAO, RecordContact, case, result=ContactResult.REACHED)
    assert own_work.clock_of(case, ClockKind.CONTACT).stopped_at is not None

    setting = SetSetting(**own_work.hall.by("许诺"), key="contact_each_round", value=False)
    own_work.desk("许诺").carry_out(setting)
    own_work.to(S.FOLLOW_UP, case)
    say(own_work, case, R.NO)
    assert own_work.clock_of(case, ClockKind.CONTACT).round_no == 2


def test_a_call_that_a_round_still_owes_is_made_with_the_follow_up(work, case):
    say(work, case, R.NO, R.NO, R.NO)
    work.to(S.FOLLOW_UP, case)
    assert work.clock_of(case, ClockKind.CONTACT).stopped_at is None

    content(work, case, R.YES, R.YES, R.YES)

    assert work.clock_of(case, ClockKind.CONTACT).stopped_at == work.clock()
    assert work.case(case).next_clock is None


def test_without_a_number_a_further_round_owes_no_call(work):
    facts = {"exit": Exit.ON_SPOT, "answer": "已说明。", "channel": Channel.LETTER}
    case = work.register(**facts, appellant=Appellant())

    say(work, case, R.NO)

    assert work.clock_of(case, ClockKind.CONTACT).is_applicable is False
    assert work.clock_of(case, ClockKind.HANDLE).is_applicable is True


def test_who_asks_for_no_more_calls_when_rung_back_gets_none(work, case):
    content(work, case, R.YES, R.YES, R.YES, wants_no_calls=True)

    assert work.case(case).do_not_call_note == "回访时说不要再打电话"


def test_who_asks_to_be_rung_later_is_promised_a_call_and_a_visit_keeps_it(work, case):
    later = work.clock.forward(hours=2)

    work.ask(WU, RecordFollowUp, case, is_reached=False, call_back_at=later)
    promised = work.all(Contact, case)[-1]
    assert (promised.call_back_at, promised.called_back_at) == (later, None)
    content(work, case, R.YES, R.YES, R.YES, way=FollowUpWay.HOME)

    assert work.all(Contact, case)[-2].called_back_at is not None
    assert work.all(Contact, case)[-1].way is ContactWay.HOME


def test_an_answer_given_at_the_counter_is_asked_back_too(work):
    case = work.register(exit=Exit.ON_SPOT, answer="已说明。")

    content(work, case, R.EXPLAINED)

    assert work.case(case).resolution is R.EXPLAINED
    assert work.all(Contact, case)[-1].unit_id == work.unit("信联办")
    assert work.ask(LI, RecordFollowUp, case, **again_at_the_counter()).title.endswith("二次办理")


def again_at_the_counter():
    return {
        "is_reached": True,
        "way": FollowUpWay.HALL,
        "was_contacted": True,
        "resolution": R.NO,
        "satisfaction": Satisfaction.FAIRLY,
        "next_step": NextStep.AGAIN,
    }
