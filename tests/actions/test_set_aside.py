"""Merging, taking apart, withdrawing, reinstating: aside and back again changes nothing."""

from datetime import timedelta
from functools import partial

import pytest

from desk.actions.archiving import ArchiveCase
from desk.actions.attachments import AddAttachment
from desk.actions.closing import AddNote
from desk.actions.contacts import RecordContact
from desk.actions.dispatching import DispatchCase
from desk.actions.intake import Appellant
from desk.actions.last_mile import ScanBack
from desk.actions.notices import IssueNotice
from desk.actions.set_aside import (
    LinkRepeat,
    MergeCase,
    ReinstateCase,
    UnmergeCase,
    WithdrawCase,
)
from desk.forms import render
from desk.forms.row_keys import keys
from desk.queries.case_file import case_file
from desk.rules.codes import ClockKind, ConfirmWay, ContactResult, PaperState, Purpose, Urgency
from desk.rules.completeness import missing_for_archive
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.paper_codes import read_code
from desk.rules.rights import may_see
from desk.rules.withdrawal import Withdrawer
from desk.store.models import Assignment, Clock
from tests.actions.test_attachments import JPEG
from tests.actions.test_extensions import parked
from tests.actions.work import CHEN, HE, LI, QIN, SUN, WU, ZHAO, ZHENG, ZHOU, S
from tests.forms.reading import squeezed, text_of

WORKED_ON = (S.RECEIVED, S.DISPATCHED, S.ACCEPTED, S.HANDLING, S.OPINION)
PASSING = {"version", "changed_at"}
REASON = "同一栋楼的同一件事"


def facts(row, leave_out=PASSING):
    return {
        c.key: getattr(row, c.key) for c in type(row).__table__.columns if c.key not in leave_out
    }


def at(work, status):
    return work.register() if status is S.RECEIVED else work.to(status)


def picture(work, case):
    """Return everything that setting a case aside may touch."""
    return (
        facts(work.case(case)),
        [facts(part) for part in work.all(Assignment, case)],
        [facts(clock) for clock in work.all(Clock, case)],
    )


def running(work, case):
    return [
        clock.kind
        for clock in work.all(Clock, case)
        if clock.stopped_at is None and clock.set_aside_at is None
    ]


def merged(work, status=S.ACCEPTED, **more):
    """Return a main case at a status with a second one merged into it."""
    main = work.to(status)
    case = work.register(appellant=Appellant(name="许志明", phone="13800000041"), **more)
    work.ask(ZHOU, MergeCase, case, into=main, reason=REASON)
    return main, case


@pytest.mark.parametrize("status", WORKED_ON)
def test_merged_and_taken_apart_again_a_case_is_as_it_was(work, status):
    main, case = work.register(), at(work, status)
    before = picture(work, case)

    changes = work.ask(ZHOU, MergeCase, case, into=main, reason=REASON)

    aside, numbers = work.case(case), (work.case(case).number, work.case(main).number)
    assert changes.title == f"{numbers[0]} 并入主件 {numbers[1]}"
    assert (aside.status, aside.set_aside_from) == (S.MERGED, status)
    assert (aside.merged_into_id, aside.repeat_of_id) == (main, main)
    assert running(work, case) == []
    assert aside.next_due_at is None
    work.clock.forward(days=3)
    changes = work.ask(ZHOU, UnmergeCase, case, reason="其实是两件事")

    assert changes.title == f"{numbers[0]} 从主件 {numbers[1]} 拆开"
    assert picture(work, case) == before


@pytest.mark.parametrize("status", [*WORKED_ON, S.SIGNING])
def test_withdrawn_and_reinstated_a_case_is_as_it_was(work, status):
    case = at(work, status)
    before = picture(work, case)

    changes = work.ask(LI, WithdrawCase, case, reason="邻居自己修好了", way=ConfirmWay.IN_PERSON)

    aside = work.case(case)
    assert changes.title.endswith(" 诉求人本人当面签字")
    assert (aside.status, aside.withdraw_reason) == (S.WITHDRAWN, "邻居自己修好了")
    assert running(work, case) == []
    work.clock.forward(days=3)
    work.ask(LI, ReinstateCase, case, reason="又漏了")

    assert picture(work, case) == before
    assert work.kinds(case)[-2:] == ["case.withdrawn", "case.reinstated"]


def test_a_merged_case_gets_the_link_back_that_it_had_before(work):
    earlier, main, case = work.register(), work.register(), work.register()
    work.ask(LI, LinkRepeat, case, earlier=earlier)
    for _ in range(2):
        work.ask(ZHOU, MergeCase, case, into=main, reason=REASON)
        assert work.case(case).repeat_of_id == main
        work.ask(ZHOU, UnmergeCase, case)
        assert work.case(case).repeat_of_id == earlier


def test_what_the_main_case_repeats_is_not_linked_in_a_ring(work):
    first, again = work.register(), work.register()
    work.ask(LI, LinkRepeat, again, earlier=first)

    work.ask(ZHOU, MergeCase, first, into=again, reason=REASON)

    assert work.case(first).repeat_of_id is None
    assert work.case(first).merged_into_id == again


def test_repeats_are_not_linked_in_a_ring_however_long(work):
    first, second, third = work.register(), work.register(), work.register()
    work.ask(LI, LinkRepeat, second, earlier=first)
    work.ask(LI, LinkRepeat, third, earlier=second)

    with pytest.raises(RuleBroken, match="也不能是此件的重复件"):
        work.ask(LI, LinkRepeat, first, earlier=third)


def test_the_history_of_both_names_both(work):
    main, case = merged(work)

    assert work.history(main)[-1].title == work.history(case)[-1].title
    assert work.history(main)[-1].payload["detail"] == REASON


def test_who_handles_the_main_case_sees_what_was_merged_into_it(work):
    _, case = merged(work, S.ACCEPTED)
    assert may_see(work.stand(case), work.hall.person(ZHAO))

    later = work.register()
    other = work.register()
    work.ask(ZHOU, MergeCase, other, into=later, reason=REASON)
    assert not may_see(work.stand(other), work.hall.person(SUN))
    work.ask(ZHOU, DispatchCase, later, lead=work.unit("综合行政执法队"), urgency=Urgency.FAST)

    assert may_see(work.stand(other), work.hall.person(SUN))


def test_the_appellant_of_a_merged_case_is_still_told(work):
    _, case = merged(work)

    work.ask(LI, RecordContact, case, result=ContactResult.REACHED, note="已告知并案办理")

    assert work.kinds(case)[-1] == "case.contacted"
    assert work.case(case).status is S.MERGED


def test_a_case_is_not_merged_without_a_reason(work):
    main, case = work.register(), work.register()
    with pytest.raises(RuleBroken, match="为什么并在一起办") as refused:
        work.ask(ZHOU, MergeCase, case, into=main, reason=" ")
    assert refused.value.field == "reason"


def test_a_case_is_not_merged_into_itself_nor_into_what_is_not_there(work):
    case = work.register()
    for into, said in ((case, "不能并入此件自己"), (1, "找不到要并入的主件")):
        with pytest.raises(RuleBroken, match=said) as refused:
            work.ask(ZHOU, MergeCase, case, into=into, reason=REASON)
        assert refused.value.field == "into"


@pytest.mark.parametrize("status", [S.SIGNING, S.SEALING, S.FOLLOW_UP, S.CLOSED])
def test_a_case_is_not_merged_into_one_that_is_too_far(work, status):
    main, case = work.to(status), work.register()
    with pytest.raises(RuleBroken, match="来不及一起办了。请改为关联重复件"):
        work.ask(ZHOU, MergeCase, case, into=main, reason=REASON)


def test_a_case_is_not_merged_into_one_that_is_merged_itself(work):
    main, merged_one = merged(work)
    case = work.register()
    with pytest.raises(RuleBroken, match=f"请并入 {work.case(main).number}"):
        work.ask(ZHOU, MergeCase, case, into=merged_one, reason=REASON)


@pytest.mark.parametrize(
    ("who", "request_", "more", "said"),
    [
        (ZHOU, MergeCase, {"reason": REASON}, "再并入别的件"),
        (LI, WithdrawCase, {"reason": "不办了", "way": ConfirmWay.WRITTEN}, "再撤回"),
    ],
)
def test_what_others_wait_for_is_taken_apart_first(work, who, request_, more, said):
    main, case = merged(work)
    into = {"into": work.register()} if request_ is MergeCase else {}
    with pytest.raises(RuleBroken, match=f"{work.case(case).number} 并在此件里.*{said}"):
        work.ask(who, request_, main, **more, **into)


def test_a_report_is_merged_only_with_a_report_and_by_a_keeper_of_secrets(work):
    report = work.register(purpose=Purpose.REPORT)
    other, plain = work.register(purpose=Purpose.REPORT), work.register()
    with pytest.raises(RuleBroken, match="举报件只能和举报件并在一起办"):
        work.ask(ZHOU, MergeCase, report, into=plain, reason=REASON)

    work.ask(QIN, MergeCase, report, into=other, reason=REASON)
    assert work.case(report).status is S.MERGED
    work.ask(QIN, UnmergeCase, report)
    with pytest.raises(NotAllowed):
        work.ask(QIN, MergeCase, plain, into=work.register(), reason=REASON)


def test_cases_about_different_people_are_not_merged(work):
    about = work.register(accused_staff=work.staff(ZHAO))
    with pytest.raises(RuleBroken, match="要回避的人不同"):
        work.ask(ZHOU, MergeCase, about, into=work.register(), reason=REASON)
    with pytest.raises(RuleBroken, match="要回避的人不同"):
        work.ask(ZHOU, MergeCase, work.register(), into=about, reason=REASON)


def test_a_case_that_one_may_not_see_is_not_found_as_a_main_case(work):
    hidden = work.register(CHEN, first_unit=work.unit("榕东社区"), accused_unit=work.unit("信联办"))
    with pytest.raises(RuleBroken, match="找不到要并入的主件"):
        work.ask(ZHOU, MergeCase, work.register(), into=hidden, reason=REASON)


def test_only_the_dispatchers_merge_and_take_apart(work):
    main, case = merged(work)
    for who in (LI, ZHAO, WU, ZHENG):
        with pytest.raises(NotAllowed):
            work.ask(who, UnmergeCase, case)
        with pytest.raises(NotAllowed):
            work.ask(who, MergeCase, main, into=work.register(), reason=REASON)


def test_a_merged_case_goes_nowhere_by_itself(work):
    _, case = merged(work)
    for request, more in (
        (DispatchCase, {"lead": work.unit("城建办"), "urgency": Urgency.FAST}),
        (WithdrawCase, {"reason": "不办了", "way": ConfirmWay.WRITTEN}),
        (LinkRepeat, {"earlier": None}),
    ):
        with pytest.raises(NotAllowed, match="现在不归您办理"):
            work.ask(ZHOU, request, case, **more)
    work.ask(LI, AddNote, case, note="诉求人来问进度")


def test_who_looks_at_the_main_case_is_told_that_another_was_merged_into_it(work):
    main = work.to(S.ACCEPTED)
    seen = work.case(main).version
    work.ask(ZHOU, MergeCase, work.register(), into=main, reason=REASON)
    with pytest.raises(StaleCase, match="并入主件"):
        work.ask(
            ZHAO, DispatchCase, main, seen=seen, lead=work.unit("城建办"), urgency=Urgency.FAST
        )


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"reason": "", "way": ConfirmWay.IN_PERSON}, "reason", "为什么撤回"),
        ({"reason": "不办了", "way": ConfirmWay.PHONE}, "note", "谁打的、诉求人是怎么说的"),
    ],
)
def test_a_withdrawal_says_why_and_how_it_was_confirmed(work, more, field, said):
    case = work.to(S.ACCEPTED)
    with pytest.raises(RuleBroken, match=said) as refused:
        work.ask(LI, WithdrawCase, case, **more)
    assert refused.value.field == field
    assert work.case(case).status is S.ACCEPTED


def test_a_withdrawal_by_telephone_keeps_who_rang(work):
    case = work.to(S.ACCEPTED)
    work.ask(LI, WithdrawCase, case, reason="不办了", way=ConfirmWay.PHONE, note="李敏 10:05 打的")
    line = work.history(case)[-1]
    assert line.title == "诉求人撤回，09:02 诉求人本人电话确认"
    assert line.payload["detail"] == "不办了\n李敏 10:05 打的"


def lacks_the_letter(work, case):
    facts = work.desk(LI).read(partial(case_file, case_id=case)).archive
    return "签了字的撤回申请书还没有扫回；书面来信请放进附件。" in missing_for_archive(facts).soft


def test_a_withdrawal_keeps_who_confirmed_it_and_when_until_it_is_taken_up_again(work):
    case, at = parked(work), work.clock()
    work.clock.forward(hours=2)
    facts = {"reason": "不办了", "way": ConfirmWay.WRITTEN, "by": Withdrawer.GUARDIAN}

    changes = work.ask(LI, WithdrawCase, case, confirmed_at=at, **facts)

    found = work.case(case)
    assert lacks_the_letter(work, case)
    work.ask(LI, AddAttachment, case, name="来信.jpg", content=JPEG)
    assert not lacks_the_letter(work, case)
    assert changes.title.endswith(" 监护人书面来信")
    assert (found.withdraw_by, found.withdraw_confirmed_at) == (Withdrawer.GUARDIAN, at)
    work.ask(LI, ReinstateCase, case)
    found = work.case(case)
    assert found.status is S.PARKED
    assert (found.withdraw_way, found.withdraw_by, found.withdraw_confirmed_at) == (None,) * 3


def test_the_application_is_signed_at_the_counter_and_comes_back_by_its_code(work):
    matters = ("楼道漏电", "门禁坏了")
    rare = Appellant(name="𠮷田·阿依古丽", phone="13800000023")
    case = work.to(S.ACCEPTED, matters=matters, appellant=rare)
    work.ask(LI, IssueNotice, case, code="withdrawal-request")
    (paper,) = work.papers(case, "withdrawal-request")
    assert paper.number == work.case(case).number
    assert set(paper.row) == keys(paper.code)
    drawn = render(paper.code, paper.row)
    assert (drawn.pages, drawn.missing) == (1, ())
    words = squeezed(text_of(drawn.pdf))
    for said in ("𠮷田·阿依古丽", "13800000023", *matters, "我自愿撤回", "就同一事项再次提出"):
        assert said in words
    work.ask(LI, WithdrawCase, case, reason="修好了", way=ConfirmWay.IN_PERSON)
    assert lacks_the_letter(work, case)

    said = read_code(paper.row["qr"])
    assert (said.case, said.paper) == (case, paper.id)
    work.ask(LI, ScanBack, case, paper=said.paper, scan=JPEG, media_type="image/jpeg", seen=0)

    assert not lacks_the_letter(work, case)
    assert work.papers(case, paper.code)[0].state is PaperState.SCANNED
    work.ask(HE, ArchiveCase, case)
    (contents,) = work.papers(case, "case-contents")
    assert any(line["name"].startswith("撤回申请书") for line in contents.row["items"])


@pytest.mark.parametrize(
    ("minutes", "said"), [(1, "确认的时间还没到"), (-60, "确认的时间早于受理的时间")]
)
def test_a_withdrawal_was_confirmed_after_the_appeal_and_not_in_the_future(work, minutes, said):
    case = work.to(S.ACCEPTED)
    at = work.clock() + timedelta(minutes=minutes)
    with pytest.raises(RuleBroken, match=said) as refused:
        work.ask(LI, WithdrawCase, case, reason="不办了", way=ConfirmWay.WRITTEN, confirmed_at=at)
    assert refused.value.field == "confirmed_at"


def test_what_was_signed_is_withdrawn_no_more(work):
    case = work.to(S.SEALING)
    with pytest.raises(NotAllowed):
        work.ask(LI, WithdrawCase, case, reason="不办了", way=ConfirmWay.WRITTEN)


def test_the_clock_of_a_unit_that_has_not_accepted_rests_too(work):
    case = work.to(S.DISPATCHED, supports=("榕东社区",))
    due = {clock.id: clock.due_at for clock in work.all(Clock, case)}
    assert running(work, case).count(ClockKind.ACCEPT) == 2

    work.ask(LI, WithdrawCase, case, reason="不办了", way=ConfirmWay.WRITTEN)
    assert running(work, case) == []
    work.ask(LI, ReinstateCase, case)

    assert running(work, case).count(ClockKind.ACCEPT) == 2
    assert {clock.id: clock.due_at for clock in work.all(Clock, case)} == due


def test_what_a_ledger_brought_aside_is_not_brought_back(work):
    main, case = merged(work)
    work.hall.forget_where_it_stood(case)
    with pytest.raises(RuleBroken, match="台账导入时就并入的"):
        work.ask(ZHOU, UnmergeCase, case)
    with pytest.raises(RuleBroken, match="自己已并入别的件，请另选一件"):
        work.ask(ZHOU, MergeCase, main, into=case, reason=REASON)
    gone = work.register()
    work.ask(LI, WithdrawCase, gone, reason="不办了", way=ConfirmWay.WRITTEN)
    work.hall.forget_where_it_stood(gone)
    with pytest.raises(RuleBroken, match="没有留下原来的状态"):
        work.ask(LI, ReinstateCase, gone)
