"""Following up, closing, archiving, and what surrounds it: notes, corrections, repeats."""

from functools import partial

import pytest

from desk.actions.archiving import ArchiveCase
from desk.actions.closing import AddNote, CorrectCase, RevealPrivate
from desk.actions.followup import RecordFollowUp
from desk.actions.handling import AcceptAssignment
from desk.actions.looking import LookAtContact
from desk.actions.set_aside import LinkRepeat
from desk.queries.case_file import case_file
from desk.rules.codes import (
    ClockKind,
    Discontent,
    Exit,
    NextStep,
    Purpose,
    Resolution,
    Satisfaction,
)
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.store.models import CaseSearch, FollowUp, PrivateFacts
from tests.actions.test_handling import again
from tests.actions.work import CHEN, GAO, HE, LI, LIANG, QIN, SUN, WU, ZHAO, ZHENG, ZHOU, S

ANSWERS = {
    "is_reached": True,
    "was_contacted": True,
    "resolution": Resolution.YES,
    "satisfaction": Satisfaction.SATISFIED,
    "next_step": NextStep.CLOSE,
}


def follow_up(work, case, who=WU, **more):
    return work.ask(who, RecordFollowUp, case, **(ANSWERS | more))


def call_in_vain(work, case, **more):
    return work.ask(WU, RecordFollowUp, case, is_reached=False, **more)


def test_a_content_appellant_closes_the_case(work):
    case = work.to(S.FOLLOW_UP)
    at = work.clock.forward(hours=1)

    changes = follow_up(work, case, stars=(5, 4, None, 1), minutes=3, failed_calls=1)

    found = work.case(case)
    assert changes.title == "回访 已解决、满意，办结"
    assert (found.status, found.closed_at) == (S.CLOSED, at)
    assert work.clock_of(case, ClockKind.FOLLOW_UP).stopped_at == at
    row = work.all(FollowUp, case)[0]
    assert (row.seq, row.stars, row.minutes, row.failed_calls) == (1, [5, 4, None, 1], 3, 1)
    assert work.papers(case, "followup-record")[0].row["times"] == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"was_contacted": None}, "was_contacted"),
        ({"resolution": None}, "resolution"),
        ({"satisfaction": None}, "satisfaction"),
        ({"satisfaction": Satisfaction.DISSATISFIED}, "discontent"),
        ({"next_step": None}, "next_step"),
        ({"stars": (0, None, None, None)}, "stars"),
        ({"stars": (None, None, None, 6)}, "stars"),
        ({"minutes": -1}, "minutes"),
        ({"failed_calls": 2**31}, "failed_calls"),
        ({"is_reached": False}, "is_reached"),
        (
            {
                "is_reached": False,
                "was_contacted": None,
                "resolution": None,
                "satisfaction": None,
                "next_step": NextStep.AGAIN,
            },
            "next_step",
        ),
    ],
)
def test_a_follow_up_that_lacks_an_answer_is_refused_beside_it(work, more, field):
    case = work.to(S.FOLLOW_UP)

    with pytest.raises(RuleBroken) as refused:
        follow_up(work, case, **more)

    assert refused.value.field == field


def test_a_call_in_vain_leaves_the_case_where_it_is(work):
    case = work.to(S.FOLLOW_UP)

    changes = call_in_vain(work, case, failed_calls=2)

    assert changes.title == "回访 没有联系上"
    assert work.case(case).status is S.FOLLOW_UP
    assert work.clock_of(case, ClockKind.FOLLOW_UP).stopped_at is None
    assert work.papers(case, "followup-record") == []


def test_after_three_calls_in_vain_at_two_times_of_day_the_case_is_closed_unrated(work):
    case = work.to(S.FOLLOW_UP)

    def closes():
        return call_in_vain(work, case, next_step=NextStep.CLOSE)

    for _ in range(2):
        work.clock.forward(minutes=1)
        call_in_vain(work, case)
    with pytest.raises(RuleBroken) as refused:
        closes()
    assert refused.value.field == "next_step"
    assert str(refused.value) == (
        "没有联系上的，要在不同时段打至少 3 次才能办结，现在打了 2 次；下一次宜在下午。"
    )
    call_in_vain(work, case)
    with pytest.raises(RuleBroken) as refused:
        closes()
    assert str(refused.value) == (
        "打了 3 次，都在上午；要在至少 2 个时段（上午、下午、晚上）打过才能办结，下一次宜在下午。"
    )
    work.clock.set("2026-11-02 15:00")
    call_in_vain(work, case)

    changes = closes()

    found = work.case(case)
    assert changes.title == "回访 没有联系上，办结"
    assert found.status is S.CLOSED
    assert (found.was_contacted, found.resolution, found.satisfaction) == (None, None, None)
    assert [row.seq for row in work.all(FollowUp, case)] == [1, 2, 3, 4, 5]
    assert work.clock_of(case, ClockKind.FOLLOW_UP).stopped_at == work.clock()


def test_a_closed_case_may_be_rated_again_or_taken_up_again(work):
    case = work.to(S.CLOSED)

    follow_up(work, case, satisfaction=Satisfaction.FAIRLY)
    assert work.case(case).satisfaction is Satisfaction.FAIRLY
    assert work.case(case).status is S.CLOSED
    again(work, case, discontent=None, satisfaction=Satisfaction.FAIRLY)

    found = work.case(case)
    assert (found.status, found.closed_at, found.round_no) == (S.HANDLING, None, 2)


def test_an_answer_on_the_spot_that_does_not_hold_is_taken_up_by_the_first_unit(work):
    case = work.register(exit=Exit.ON_SPOT, answer="已说明。")

    again(work, case, discontent=Discontent.UNTRUE)

    assert work.case(case).lead_unit_id == work.unit("信联办")


@pytest.mark.parametrize("name", [ZHENG, QIN, HE, GAO])
def test_who_does_not_follow_up_does_not(work, name):
    case = work.to(S.FOLLOW_UP)

    with pytest.raises(NotAllowed):
        follow_up(work, case, who=name)


def test_the_archivist_archives_with_the_three_questions_answered(work):
    case = work.to(S.CLOSED)

    changes = work.ask(
        HE, ArchiveCase, case, archive_number="2026-永久-7", is_solved=True, is_exhausted=False
    )

    assert changes.title == "归档 2026-永久-7"
    assert changes.detail.startswith("三问：解决 是、穷尽 否、满意 是")
    assert work.case(case).archive_number == "2026-永久-7"


def test_a_guided_appeal_is_archived_too(work):
    case = work.register(exit=Exit.GUIDANCE, answer="已解释。", guided_to="区人社局")

    work.ask(ZHOU, ArchiveCase, case)

    assert work.case(case).status is S.ARCHIVED


@pytest.mark.parametrize("name", [LI, WU, ZHAO])
def test_others_do_not_archive(work, name):
    case = work.to(S.CLOSED)

    with pytest.raises(NotAllowed):
        work.ask(name, ArchiveCase, case)


def test_an_archived_case_takes_no_more_notes(work):
    case = work.to(S.ARCHIVED)

    with pytest.raises(NotAllowed):
        work.ask(LI, AddNote, case, note="还有一句")


def test_two_people_may_write_notes_at_once(work):
    case = work.register()

    first = work.ask(LI, AddNote, case, note="家里有老人。")
    work.ask(ZHOU, AddNote, case, note="已电话提醒。")

    assert first.title == "批注"
    assert [line.payload["detail"] for line in work.history(case)[1:]] == [
        "家里有老人。",
        "已电话提醒。",
    ]
    with pytest.raises(RuleBroken, match="批注还没有写") as refused:
        work.ask(LI, AddNote, case, note="\n")
    assert refused.value.field == "note"


def test_a_correction_keeps_what_was_there_before(work):
    case = work.register()

    changes = work.ask(
        LI,
        CorrectCase,
        case,
        phone="13800000031",
        name="陈桂芬",
        category=work.hall.category("占道经营"),
        summary="改过的标题",
        reason="听错了",
    )

    found, facts = work.case(case), work.all(PrivateFacts, case)[0]
    assert changes.title == "更正 标题、类别、诉求人、电话"
    assert (facts.name, facts.phone, found.appellant_shown) == ("陈桂芬", "13800000031", "陈**")
    assert found.category_id == work.hall.category("占道经营")
    line = work.history(case)[-1]
    assert line.payload["before"]["private_facts.phone"] == "13800000023"
    assert line.payload["after"]["private_facts.phone"] == "13800000031"
    assert line.payload["detail"] == "听错了"
    assert "13800000031" in work.all(CaseSearch, case)[0].doc
    assert "13800000023" not in work.all(CaseSearch, case)[0].doc


def test_an_appellant_may_become_anonymous_by_correction(work):
    case = work.register()

    work.ask(LI, CorrectCase, case, name="", reason="本人要求")

    assert work.all(PrivateFacts, case)[0].name is None
    assert (work.case(case).appellant_shown, work.case(case).is_anonymous) == ("匿名", True)


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"phone": "13800000031"}, "reason", "请写一句更正的理由"),
        ({"reason": "看错", "phone": "13800000023"}, None, "没有不同的内容"),
        ({"reason": "看错", "address": ""}, None, "没有不同的内容"),
        ({"reason": "看错", "details": ""}, "details", "不能改成空的"),
        ({"reason": "看错", "summary": ""}, "summary", "不能改成空的"),
        ({"reason": "看错", "category": 1}, "category", "所选的类别"),
    ],
)
def test_a_correction_needs_a_reason_and_a_difference(work, more, field, sentence):
    case = work.register()

    with pytest.raises(RuleBroken, match=sentence) as refused:
        work.ask(LI, CorrectCase, case, **more)

    assert refused.value.field == field


def test_who_asks_to_be_hidden_later_is_hidden_from_then_on_until_he_says_otherwise(work):
    case = work.register()

    for asks, shown in ((True, "要求保密"), (False, "陈**")):
        work.ask(LI, CorrectCase, case, hides_appellant=asks, reason="本人来电要求")
        assert work.history(case)[-1].title == "更正 要求保密"
        found = work.case(case)
        assert (found.hides_appellant, found.appellant_shown) == (asks, shown)


def test_whoever_made_a_report_stays_hidden(work):
    case = work.register(purpose=Purpose.REPORT)

    with pytest.raises(RuleBroken, match="一律保密") as refused:
        work.ask(LI, CorrectCase, case, hides_appellant=False, reason="看错了")

    assert refused.value.field == "hides_appellant"


def test_a_correction_of_something_that_has_moved_is_refused(work):
    case = work.register()
    seen = work.case(case).version
    work.ask(ZHOU, AddNote, case, note="先记一笔")

    with pytest.raises(StaleCase, match=f"{ZHOU} 09:00 批注"):
        work.ask(LI, CorrectCase, case, seen=seen, phone="13800000031", reason="听错")


def test_others_do_not_correct(work):
    case = work.register(community=work.unit("榕东社区"))

    with pytest.raises(NotAllowed):
        work.ask(CHEN, CorrectCase, case, phone="13800000031", reason="听错")


def test_a_repeat_is_linked_and_unlinked(work):
    earlier, case = work.register(), work.register()

    changes = work.ask(LI, LinkRepeat, case, earlier=earlier)
    assert changes.title == f"关联为重复件，原件 {work.case(earlier).number}"
    assert work.case(case).repeat_of_id == earlier
    changes = work.ask(LI, LinkRepeat, case, earlier=None)

    assert changes.title == "取消重复件关联"
    assert work.case(case).repeat_of_id is None


def test_a_case_does_not_repeat_itself_nor_its_own_repeat_nor_what_one_may_not_see(work):
    case, repeat = work.register(), work.register()
    secret = work.register(CHEN, first_unit=work.unit("榕东社区"), purpose=Purpose.REPORT)
    work.ask(LI, LinkRepeat, repeat, earlier=case)

    for earlier in (case, repeat, secret, 1):
        with pytest.raises(RuleBroken, match="原件") as refused:
            work.ask(LI, LinkRepeat, case, earlier=earlier)
        assert refused.value.field == "earlier"


def test_contact_data_of_other_peoples_cases_is_revealed_with_a_reason(work):
    case = work.to(S.DISPATCHED)
    with pytest.raises(RuleBroken, match="查看联系方式的理由") as refused:
        work.ask(WU, RevealPrivate, case, reason="")
    assert refused.value.field == "reason"

    changes = work.ask(WU, RevealPrivate, case, reason="诉求人来电询问")

    assert changes.title == "查看诉求人信息"
    line = work.desk(WU).read(partial(case_file, case_id=case)).steps[0]
    assert (line.title, line.detail) == ("查看诉求人信息", "诉求人来电询问")


def test_a_colleague_who_gives_a_reason_to_look_makes_no_form_stale(work):
    case = work.to(S.DISPATCHED)
    before = work.case(case).version

    work.ask(WU, RevealPrivate, case, reason="诉求人来电询问")

    assert work.case(case).version == before
    work.ask(ZHAO, AcceptAssignment, case, seen=before)


def test_looking_at_ones_own_work_is_logged_without_making_forms_stale(work):
    case = work.register()
    before = work.case(case).version

    changes = work.ask(LI, LookAtContact, case, where="案件")

    assert changes.title == "查看联系方式（案件）"
    assert changes.made["number"] == work.case(case).number
    assert work.case(case).version == before


@pytest.mark.parametrize("name", [SUN, LIANG, GAO])
def test_who_may_not_see_a_case_does_nothing_with_it(work, name):
    case = work.register()

    for request, more in (
        (LookAtContact, {"where": "案件"}),
        (AddNote, {"note": "看看"}),
        (RevealPrivate, {"reason": "看看"}),
    ):
        with pytest.raises(NotAllowed):
            work.ask(name, request, case, **more)
    with pytest.raises(NotAllowed):
        work.desk(name).carry_out(LookAtContact(**work.hall.by(name), case=1, where="案件"))


def test_a_case_that_is_not_there_is_not_found(work):
    with pytest.raises(NotAllowed, match="找不到这一件"):
        work.desk(LI).carry_out(AddNote(**work.hall.by(LI), case=1, seen=1, note="甲"))
