"""延期、挂账、暂停: what units, 信联办 and leaders are told when more time is wanted."""

from datetime import timedelta

from sqlalchemy.orm import Session

from desk.actions.extensions import AskExtension, DecideExtension, DropExtension, ReviewExtension
from desk.actions.pauses import PauseClocks, ResumeClocks
from desk.rules.clock_codes import ExtensionKind, ExtensionReason, PauseReason
from desk.rules.codes import CaseStatus as S
from desk.rules.codes import ClockKind, ContactWay
from desk.rules.deeds import Deed
from desk.rules.extensions import REASONS
from desk.rules.moments import day_of, say_due
from desk.rules.wording import label
from desk.store.models import Clock

WHY = {"reason": 1, "explanation": "等供电公司换总进线"}


def day(life, days):
    """Return a day so many days from the morning of the test, as it is written."""
    return f"{day_of(life.hall.clock()) + timedelta(days=days):%Y-%m-%d}"


def due_of(life, case):
    with Session(life.hall.engine) as session:
        rows = session.query(Clock).filter(Clock.case_id == case, Clock.kind == ClockKind.HANDLE)
        return rows.one().due_at


def asked(life, case, **more):
    """Let the unit ask for a day more."""
    facts = {"kind": ExtensionKind.EXTEND, "reason": ExtensionReason.WORKS, "explanation": "等"}
    facts |= {"until": due_of(life, case) + timedelta(days=1), "told_way": ContactWay.PHONE}
    life.do("赵强", AskExtension, case, **(facts | {"told_at": life.hall.clock()} | more))


def parked(life):
    case = life.at("handling")
    asked(
        life,
        case,
        kind=ExtensionKind.PARK,
        until=None,
        review_on=day_of(life.hall.clock()) + timedelta(days=30),
    )
    life.do("周航", ReviewExtension, case, is_passed=True)
    life.do("郑伟", DecideExtension, case, is_granted=True)
    return case


def test_more_time_is_asked_for_with_use_reason_words_and_a_day(life, clerk_of):
    case = life.at("handling")
    now, due = life.hall.clock(), due_of(life, case)
    first, last = (say_due(at, seen_at=now) for at in (due, due + timedelta(days=15)))
    clerk = clerk_of("赵强", case).opens(Deed.ASK_EXTENSION)
    clerk.refused("reason", "请选一个理由。")
    clerk.fills(reason=1)
    clerk.refused("until", "没看懂延到什么时候。可以写 11-20（到那天 24:00），或 11-20 18:00。")
    clerk.fills(until=day(life, 9))
    clerk.refused("explanation", "请写明具体情况：卡在哪里、打算怎么办。审批的人要看。")
    clerk.fills(explanation="等供电公司换总进线", until=day(life, 0) + " 23:00")
    clerk.refused("until", f"拟延至的时间要晚于原期限（{first}），也要晚于现在。")
    clerk.fills(until=day(life, 30))
    clerk.refused("until", f"“办理”最多延长 15 天，最晚到 {last}。请改早一些。")
    clerk.fills(until=day(life, 9), told_way=1).done()
    assert life.case(case).status is S.HANDLING


def test_parking_wants_a_day_of_review_and_a_reason_of_the_list(life, clerk_of):
    clerk = clerk_of("赵强", life.at("handling")).opens(Deed.ASK_EXTENSION)
    clerk.fills(kind=2, reason=9, explanation="要等", review_on="某天")
    clerk.refused("review_on", "日期“某天”看不懂，请写作 12-1 或 2026-12-01。")
    clerk.fills(review_on=day(life, 0))
    words = "、".join(label(one) for one in REASONS[ExtensionKind.PARK])
    clerk.refused("reason", f"挂账的理由请从这些里选：{words}。")
    clerk.fills(reason=1)
    clerk.refused("review_on", "请写明哪天复核，要在今天以后。")
    clerk.fills(review_on=day(life, 400))
    clerk.refused("review_on", "复核日期最晚写到一年以内，到时可以再挂。")
    clerk.fills(review_on=day(life, 30)).done()


def test_a_late_request_says_why(life, clerk_of):
    case = life.at("handling")
    clerk = clerk_of("赵强", case).opens(Deed.ASK_EXTENSION).fills(**WHY, until=day(life, 9))
    life.hall.clock.forward(days=2)
    due = say_due(due_of(life, case), seen_at=life.hall.clock())
    clerk.desk.set_time(life.hall.clock())
    clerk.refused("late_reason", f"申请提得晚了（原期限 {due}），请写明为什么没有早提。")
    clerk.fills(late_reason="排期昨晚才到").done()


def test_one_request_waits_at_a_time(life, clerk_of):
    case = life.at("handling")
    clerk = clerk_of("赵强", case).opens(Deed.ASK_EXTENSION).fills(**WHY, until=day(life, 9))
    asked(life, case)
    clerk.overtaken()
    clerk.refused("", "此件已有一份申请在等审批。请等结果，或先撤回那一份再重新申请。")


def test_a_unit_tells_the_appellant_and_may_take_its_request_back(life, clerk_of):
    case = life.at("handling")
    asked(life, case, told_way=None, told_at=None)
    life.do("周航", ReviewExtension, case, is_passed=True)
    leader = clerk_of("郑伟", case).opens(Deed.DECIDE_EXTENSION).fills(is_granted=1)
    leader.refused("", "还没有告知诉求人理由，不能批准。请先联系诉求人，记下告知的方式和时间。")
    clerk = clerk_of("赵强", case).opens(Deed.TELL_EXTENSION)
    clerk.refused("told_way", "请选怎么告知的，并写明什么时候。")
    clerk.fills(told_way=1).done()
    clerk.opens(Deed.DROP_EXTENSION).fills(note="提前修好了")
    life.note(case, "修好了")
    clerk.overtaken().done()
    assert clerk.may(Deed.ASK_EXTENSION)


def test_a_refusal_has_a_reason(life, clerk_of):
    case = life.at("handling")
    asked(life, case)
    office = clerk_of("周航", case).opens(Deed.REVIEW_EXTENSION)
    office.refused("is_passed", "请选转分管领导，还是不同意。")
    office.fills(is_passed=2)
    office.refused("note", "不同意请写明理由，承办单位要看。")
    office.fills(is_passed=1, note="").done()
    leader = clerk_of("郑伟", case).opens(Deed.DECIDE_EXTENSION)
    leader.refused("is_granted", "请选批准，还是不同意。")
    leader.fills(is_granted=1, until="某天")
    leader.refused("until", "日期没看懂，请写作 11-20 或 2026-11-20。")
    leader.fills(until=day(life, 30))
    leader.refused("until", "可以改早，不能比申请的还晚。要更晚请退回重新申请。")
    life.do("赵强", DropExtension, case)
    leader.overtaken()
    leader.refused("", "这一步现在没有等着的申请，请刷新后再看。")


def test_a_limit_that_has_stopped_is_not_extended(life, clerk_of):
    case = life.at("handling")
    asked(life, case)
    life.do("周航", ReviewExtension, case, is_passed=True)
    life.finish(case)
    leader = clerk_of("郑伟", case).opens(Deed.DECIDE_EXTENSION).fills(is_granted=1)
    leader.refused("", "这个时限现在没有在走，不用延期。请刷新后再看。")
    leader.fills(is_granted=2, note="已办完").done()


def test_a_pause_is_told_and_goes_on(life, clerk_of):
    case = life.at("handling")
    clerk = clerk_of("赵强", case).opens(Deed.PAUSE)
    clerk.refused("reason", "请选为什么暂停。")
    clerk.fills(reason=1)
    clerk.refused("note", "请写明等什么、大约等到什么时候。")
    clerk.fills(note="等房产证复印件")
    clerk.refused("told_way", "请先告知诉求人为什么要等，再记下告知的方式和时间。")
    clerk.fills(told_way=1)
    told = {"told_way": ContactWay.PHONE, "told_at": life.hall.clock()}
    life.do("赵强", PauseClocks, case, reason=PauseReason.MATERIALS, note="等", **told)
    clerk.overtaken()
    clerk.refused("", "此件的时限已经暂停着，不用再暂停。")
    clerk.keys("Escape")
    clerk.at(case).opens(Deed.RESUME).fills(note="送来了").done()
    assert not clerk.may(Deed.RESUME)


def test_going_on_twice_is_said(life, clerk_of):
    case = life.at("handling")
    told = {"told_way": ContactWay.PHONE, "told_at": life.hall.clock()}
    life.do("赵强", PauseClocks, case, reason=PauseReason.MATERIALS, note="等", **told)
    clerk = clerk_of("赵强", case).opens(Deed.RESUME)
    life.do("周航", ResumeClocks, case)
    clerk.overtaken()
    clerk.refused("", "此件的时限没有暂停，不用恢复。")


def test_a_parked_case_is_looked_at_and_comes_back_with_a_word(life, clerk_of):
    case = parked(life)
    office = clerk_of("周航", case).opens(Deed.REVIEW_PARKED)
    office.refused("way", "请选继续挂账，还是恢复办理。")
    office.fills(way=2)
    office.refused("note", "请写一句复核到的情况：原因还在不在、进展如何。")
    clerk = clerk_of("赵强", case).opens(Deed.UNPARK)
    clerk.refused("note", "请写一句为什么可以接着办了。")
    clerk.fills(note="总管已改造").done()
    assert life.case(case).status is S.HANDLING
