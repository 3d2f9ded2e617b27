"""What letters, talks and honours need before they go on (表扬书、提醒函、约谈、年度荣誉)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desk.rules.assessment_codes import HonourKind, LetterKind, LetterState, TalkDecision
from desk.rules.assessment_codes import ReminderProblem as P
from desk.rules.codes import Purpose, Resolution, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.honours import require_giving, require_nomination, require_withdrawal
from desk.rules.letters import (
    LetterCase,
    complaint,
    gravity,
    may_be_in_letter,
    quarter_of,
    require_delivery,
    require_rectification,
    require_revocation,
    words_of,
)
from desk.rules.talks import (
    require_decision,
    require_kept,
    require_move,
    require_promise,
    require_record,
)

S, T = LetterState, TalkDecision
NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
DAY = date(2026, 11, 2)


def case(number="00007", **facts):
    return LetterCase(number=f"青榕首〔2026〕{number}号", matter="电梯困人", **facts)


BAD = case(
    over_by=timedelta(hours=26),
    was_contacted=False,
    resolution=Resolution.NO,
    satisfaction=Satisfaction.DISSATISFIED,
)


def test_a_reminder_says_of_each_case_only_what_its_history_bears_out():
    assert complaint(BAD) == (
        "电梯困人（青榕首〔2026〕00007号），超期 26 时，诉求人说没有人联系，"
        "问题未解决，群众评价不满意"
    )
    assert gravity(BAD) > gravity(case(over_by=timedelta(days=9))) > gravity(case())
    assert complaint(case()) == "电梯困人（青榕首〔2026〕00007号）"


def test_a_letter_has_a_line_for_each_case_and_each_problem_once():
    late = case("00008", over_by=timedelta(hours=1))
    words = words_of(LetterKind.REMINDER, [late, BAD])
    assert words.facts.splitlines() == [complaint(late), complaint(BAD)]
    assert words.problems == (P.OVERDUE, P.NOT_CONTACTED, P.DOUBLE_NO)
    praised = words_of(LetterKind.COMMENDATION, [case()])
    assert praised.facts == "在办理电梯困人（青榕首〔2026〕00007号）诉求中"
    assert praised.problems == ()


@pytest.mark.parametrize(
    ("facts", "may"),
    [
        ({}, True),
        ({"is_secret": True}, False),
        ({"purpose": Purpose.MEDIATION}, False),
        ({"is_about_us": True}, False),
    ],
)
def test_no_letter_names_a_report_a_mediation_or_a_case_about_ourselves(facts, may):
    plain = {"is_secret": False, "purpose": Purpose.HELP, "is_about_us": False}
    assert may_be_in_letter(**(plain | facts)) is may


def deliver(state=S.ISSUED, **more):
    facts = {"to": "方岩", "at": NOW, "issued_at": NOW - timedelta(hours=1), "now": NOW} | more
    require_delivery(state, **facts)


def test_a_letter_is_delivered_once_to_somebody_at_a_time_that_can_be():
    deliver()
    for state, more, said in (
        (S.DELIVERED, {}, "不能再记为已送达"),
        (S.REVOKED, {}, "已撤销"),
        (S.ISSUED, {"to": " "}, "交给了谁"),
        (S.ISSUED, {"at": NOW + timedelta(minutes=1)}, "请核对"),
        (S.ISSUED, {"at": NOW - timedelta(days=1)}, "请核对"),
    ):
        with pytest.raises(RuleBroken, match=said):
            deliver(state, **more)


def test_only_reminders_are_answered_and_only_once():
    with pytest.raises(RuleBroken, match="表扬书不用反馈"):
        require_rectification(
            S.DELIVERED, measures="已改", responsible="方岩", kind=LetterKind.COMMENDATION
        )
    with pytest.raises(RuleBroken, match="已整改反馈"):
        require_rectification(S.RECTIFIED, measures="已改", responsible="方岩")


def test_whatever_came_of_a_letter_it_can_be_revoked_with_a_reason():
    for state in (S.ISSUED, S.DELIVERED, S.RECTIFIED):
        require_revocation(state, "写错了单位")
    with pytest.raises(RuleBroken, match="为什么撤销"):
        require_revocation(S.ISSUED, " ")
    with pytest.raises(RuleBroken, match="不能再记为已撤销"):
        require_revocation(S.REVOKED, "再来")


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 7, 1)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_a_quarter_ends_where_the_next_one_begins(day, first, after):
    assert quarter_of(day) == (first, after)


def decide(**more):
    facts = {"decision": T.TALK, "month": "2026-10", "why": "当月 64 件", "reason": ""} | more
    require_decision(facts.pop("decision"), **facts)


def test_people_decide_on_a_talk_and_say_why_there_is_none():
    decide()
    decide(decision=T.NO_TALK, reason="已换负责人")
    for more, said in (
        ({"month": "十月"}, "月份"),
        ({"month": "2026-13"}, "月份"),
        ({"why": " "}, "为什么提名"),
        ({"decision": T.NO_TALK}, "不约谈请写明理由"),
    ):
        with pytest.raises(RuleBroken, match=said):
            decide(**more)


def test_a_decision_may_be_changed_until_the_talk_was_held():
    require_move(T.TALK, T.NO_TALK)
    require_move(T.NO_TALK, T.TALK)
    for current, target in ((T.HELD, T.NO_TALK), (T.TALK, T.TALK), (T.NO_TALK, T.HELD)):
        with pytest.raises(RuleBroken, match="已记为"):
            require_move(current, target)


def record(decision=T.TALK, **more):
    facts = {"held_at": NOW, "attended": "方岩", "minutes": "通报十月数字", "now": NOW} | more
    require_record(decision, **facts)


def test_a_talk_is_recorded_after_it_was_decided_on_and_may_be_corrected():
    record()
    record(T.HELD)
    for decision, more, said in (
        (T.NO_TALK, {}, "已记为“不约谈”"),
        (T.TALK, {"held_at": NOW + timedelta(hours=1)}, "还没有到"),
        (T.TALK, {"attended": " "}, "参加的人员"),
        (T.TALK, {"minutes": ""}, "约谈内容"),
    ):
        with pytest.raises(RuleBroken, match=said):
            record(decision, **more)


def test_what_is_promised_has_its_day_and_is_kept_once():
    require_promise(promised="", due_on=None, held_on=DAY)
    require_promise(promised="补齐电工", due_on=DAY, held_on=DAY)
    for promised, due_on, said in (
        ("补齐电工", None, "什么时候落实"),
        ("补齐电工", date(2026, 11, 1), "什么时候落实"),
        ("", DAY, "承诺了什么"),
    ):
        with pytest.raises(RuleBroken, match=said):
            require_promise(promised=promised, due_on=due_on, held_on=DAY)
    require_kept(promised="补齐电工", is_kept=False, note="两人已到岗")
    for facts, said in (
        ({"promised": None, "is_kept": False, "note": "好"}, "没有记下承诺"),
        ({"promised": "补齐", "is_kept": True, "note": "好"}, "已记过落实"),
        ({"promised": "补齐", "is_kept": False, "note": " "}, "落实的情况"),
    ):
        with pytest.raises(RuleBroken, match=said):
            require_kept(**facts)


def name(kind=HonourKind.PERSON, **more):
    facts = {
        "year": 2026,
        "this_year": 2026,
        "person": "刘建",
        "reason": "连夜协调抢修，守到天亮。",
    }
    require_nomination(kind, **(facts | more))


def test_a_person_is_named_by_people_with_a_reason_and_a_unit_without_a_person():
    name()
    name(HonourKind.UNIT, person="")
    for kind, more, said in (
        (HonourKind.PERSON, {"year": 2027}, "今年或以前"),
        (HonourKind.PERSON, {"person": " "}, "姓名"),
        (HonourKind.UNIT, {}, "不写姓名"),
        (HonourKind.PERSON, {"reason": "很好"}, "至少 10 个字"),
    ):
        with pytest.raises(RuleBroken, match=said):
            name(kind, **more)


def test_an_honour_is_given_once_and_taken_back_with_a_reason():
    require_giving(is_given=False, is_withdrawn=False)
    with pytest.raises(RuleBroken, match="已撤回"):
        require_giving(is_given=False, is_withdrawn=True)
    with pytest.raises(RuleBroken, match="已授予过"):
        require_giving(is_given=True, is_withdrawn=False)
    require_withdrawal(is_withdrawn=False, note="事迹不实")
    with pytest.raises(RuleBroken, match="为什么撤回"):
        require_withdrawal(is_withdrawn=False, note="")
    with pytest.raises(RuleBroken, match="请刷新"):
        require_withdrawal(is_withdrawn=True, note="再撤")
