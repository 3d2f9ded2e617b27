from datetime import UTC, datetime, timedelta

import pytest

from desk.rules.clock_faces import ClockFacts, ClockState, clock_face, next_look_at
from desk.rules.codes import SpanUnit
from desk.rules.moments import SHANGHAI


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 23, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI)


def contact(**other) -> ClockFacts:
    facts = {
        "name": "联系",
        "unit": SpanUnit.MINUTE,
        "rule_text": "限 10 分钟，从受理起算",
        "started_at": at(9, 39),
        "due_at": at(9, 49),
        "half_at": at(9, 44),
        "near_at": at(9, 47),
    }
    return ClockFacts(**facts | other)


def handling(**other) -> ClockFacts:
    facts = {
        "name": "办理",
        "unit": SpanUnit.HOUR,
        "started_at": at(9),
        "due_at": at(9, day=26),
    }
    return ClockFacts(**facts | other)


def opinion(**other) -> ClockFacts:
    """Three working days from Thursday: Friday, Monday, Tuesday."""
    facts = {
        "name": "意见书",
        "unit": SpanUnit.WORKING_DAY,
        "started_at": at(10, day=19),
        "due_at": at(18, day=24),
        "half_at": at(18, day=21),
        "near_at": at(12, day=24),
        "day_ends": (at(18, day=20), at(18, day=23), at(18, day=24)),
    }
    return ClockFacts(**facts | other)


@pytest.mark.parametrize(
    ("now", "state", "text"),
    [
        (at(9, 39), ClockState.OK, "剩 10:00"),
        (at(9, 43, 59), ClockState.OK, "剩 5:01"),
        (at(9, 44), ClockState.WARN, "剩 5:00"),
        (at(9, 45, 36), ClockState.WARN, "剩 3:24"),
        (at(9, 46, 59), ClockState.WARN, "剩 2:01"),
        (at(9, 47), ClockState.NEAR, "剩 2:00"),
        (at(9, 48, 59) + timedelta(milliseconds=200), ClockState.NEAR, "剩 0:01"),
        (at(9, 49), ClockState.NEAR, "剩 0:00"),
        (at(9, 49, 1), ClockState.OVER, "超 1 秒"),
        (at(10, 1), ClockState.OVER, "超 12 分"),
        (at(10, 54, 30), ClockState.OVER, "超 1 时 05 分"),
        (at(14, 49, day=25), ClockState.OVER, "超 2 天 5 时"),
    ],
)
def test_a_ten_minute_clock_changes_colour_at_half_and_four_fifths(now, state, text):
    face = clock_face(contact(), now)
    assert (face.state, face.text) == (state, text)
    assert face.is_running


@pytest.mark.parametrize(
    ("now", "text"),
    [
        (at(4, day=24), "剩 2 天 5 时"),
        (at(9, day=24), "剩 2 天"),
        (at(9, 0, 1, day=24), "剩 47 时 59 分"),
        (at(5, 50, day=26), "剩 3 时 10 分"),
        (at(3, day=26), "剩 6 时"),
        (at(7, 55, day=26), "剩 1 时 05 分"),
        (at(8, day=26), "剩 1 时"),
        (at(8, 0, 1, day=26), "剩 59:59"),
    ],
)
def test_words_for_the_time_left_change_at_one_hour_and_at_48(now, text):
    assert clock_face(handling(), now).text == text


def test_without_stored_instants_the_colours_follow_the_clock_itself():
    states = [clock_face(handling(), at(9) + timedelta(hours=h)).state for h in (35, 36, 57, 58)]
    assert states == [ClockState.OK, ClockState.WARN, ClockState.WARN, ClockState.NEAR]


def test_less_than_a_day_is_yellow_only_for_rules_counted_in_days():
    last_day = handling(started_at=at(9, day=1), due_at=at(9, day=26), half_at=at(8, day=26))
    by_days = handling(
        unit=SpanUnit.DAY, started_at=at(9, day=1), due_at=at(0, day=26), half_at=at(23, day=25)
    )
    assert clock_face(last_day, at(9, day=20)).state is ClockState.OK
    assert clock_face(by_days, at(9, day=20)).state is ClockState.OK
    by_days_no_near = handling(
        unit=SpanUnit.DAY,
        started_at=at(0, day=20),
        due_at=at(0, day=22),
        half_at=at(23, day=21),
        near_at=at(23, 30, day=21),
    )
    assert clock_face(by_days_no_near, at(23, day=20)).state is ClockState.OK
    assert clock_face(by_days_no_near, at(0, day=21)).state is ClockState.WARN


@pytest.mark.parametrize(
    ("now", "state", "text"),
    [
        (at(11, day=19), ClockState.OK, "剩 3 天"),
        (at(9, day=20), ClockState.OK, "剩 2 天"),
        (at(20, day=21), ClockState.WARN, "剩 2 天"),  # Saturday: Monday and Tuesday are left
        (at(9, day=23), ClockState.WARN, "剩 1 天"),
        (at(9, day=24), ClockState.WARN, "今天到期"),
        (at(13, day=24), ClockState.NEAR, "今天到期"),
        (at(18, 12, day=24), ClockState.OVER, "超 12 分"),
    ],
)
def test_working_day_rules_count_the_days_that_are_worked(now, state, text):
    face = clock_face(opinion(), now)
    assert (face.state, face.text) == (state, text)


def test_a_day_that_ends_at_midnight_is_still_today():
    facts = handling(unit=SpanUnit.DAY, started_at=at(9, day=20), due_at=at(0, day=24))
    face = clock_face(facts, at(23, 59))
    assert face.text == "今天到期"
    assert face.sentence == "办理：11 月 20 日 09:00 起算，24:00 到期，今天这时以前办完仍不超期。"
    assert clock_face(facts, at(9, day=21)).text == "剩 2 天"
    assert "11 月 23 日 24:00 到期" in clock_face(facts, at(9, day=21)).sentence


def test_the_sentence_tells_rule_start_end_and_what_is_left():
    assert clock_face(contact(), at(9, 45, 36)).sentence == (
        "联系：限 10 分钟，从受理起算；09:39 起算，09:49 到期，还剩 3:24。"
    )
    assert clock_face(contact(), at(10, 1)).sentence.endswith("09:49 到期，已超 12 分。")


def test_earlier_pauses_are_told():
    facts = contact(due_at=at(11, 54), paused_total=timedelta(hours=2, minutes=5))
    assert "期间暂停 2 时 05 分，11:54 到期" in clock_face(facts, at(11, 50)).sentence


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ({"extended_to": at(9, day=30)}, "原定 11 月 26 日 09:00 到期，已延期到 11 月 30 日 09:00"),
        (
            {"paused_total": timedelta(days=4)},
            "原定 11 月 26 日 09:00 到期，扣除暂停后 11 月 30 日",
        ),
        ({}, "原定 11 月 26 日 09:00 到期，重新计算后 11 月 30 日 09:00，还剩"),
        ({"original_due_at": at(9, day=30)}, "起算，11 月 30 日 09:00 到期，还剩"),
    ],
)
def test_a_limit_that_was_moved_still_says_when_it_was_due_at_first(moved, said):
    facts = handling(**{"original_due_at": at(9, day=26), "due_at": at(9, day=30)} | moved)
    assert said in clock_face(facts, at(10)).sentence


def test_a_limit_of_the_law_says_that_no_internal_step_stops_it():
    face = clock_face(handling(rule_text="限 60 天，从受理起算", is_legal=True), at(9))
    assert "从受理起算；法定时限，不因内部流转暂停；" in face.sentence


def test_a_limit_that_reaches_into_an_unknown_year_says_so_in_chip_and_sentence():
    facts = handling(
        unit=SpanUnit.DAY, due_at=at(0, day=2, month=12), guessed_year=2027, started_at=at(9)
    )
    face = clock_face(facts, at(9))
    assert face.text == "约剩 8 天"
    assert face.sentence.endswith("；2027 年的节假日表还没有导入，到期时间只是推算，可能不对。")
    stopped = ClockFacts(name="办理", unit=SpanUnit.DAY, guessed_year=2027)
    assert "2027" not in clock_face(stopped, at(9)).sentence


def test_a_moment_of_another_year_is_told_with_its_year():
    facts = handling(started_at=datetime(2025, 12, 31, 9, tzinfo=SHANGHAI))
    assert "2025 年 12 月 31 日 09:00 起算" in clock_face(facts, at(9)).sentence


def test_a_stopped_clock_tells_how_long_it_took():
    face = clock_face(contact(stopped_at=at(9, 42, 10)), at(15))
    assert (face.state, face.text) == (ClockState.STOP, "用时 3 分")
    assert face.sentence.endswith("09:42 完成，用时 3 分，没有超期。")
    assert not face.is_running


def test_a_clock_stopped_late_says_by_how_much():
    face = clock_face(contact(stopped_at=at(10, 1), paused_total=timedelta(minutes=2)), at(15))
    assert face.text == "用时 20 分"
    assert face.sentence.endswith("用时 20 分，超 12 分。")


def test_time_used_is_never_negative_even_with_a_wrong_clock():
    assert clock_face(contact(stopped_at=at(9)), at(15)).text == "用时 0 秒"


def test_a_stop_without_a_start_is_not_shown_as_waiting():
    face = clock_face(contact(started_at=None, due_at=None, stopped_at=at(9, 42)), at(15))
    assert (face.state, face.text) == (ClockState.STOP, "已完成")


def test_a_paused_clock_says_why_and_what_was_left():
    face = clock_face(contact(paused_since=at(9, 41), reason="等配件"), at(11, 46))
    assert (face.state, face.text) == (ClockState.PAUSE, "暂停 等配件")
    assert "09:41 起暂停（等配件），已暂停 2 时 05 分，暂停时还剩 8 分" in face.sentence


def test_a_pause_does_not_hide_that_the_clock_was_over():
    face = clock_face(contact(paused_since=at(10, 1)), at(11))
    assert face.text == "暂停"
    assert "暂停时已超 12 分" in face.sentence


def test_the_clock_of_a_case_that_was_set_aside_rests_and_says_why():
    face = clock_face(contact(set_aside_at=at(9, 45)), at(11))

    assert (face.state, face.text) == (ClockState.STOP, "已停表")
    assert "09:45 随案件停表（合并或撤回），恢复后按原时限算" in face.sentence
    assert next_look_at(contact(set_aside_at=at(9, 45)), at(11)) is None


def test_a_clock_that_has_not_started_waits():
    face = clock_face(ClockFacts(name="回访", unit=SpanUnit.WORKING_DAY), at(9))
    assert (face.state, face.text) == (ClockState.WAIT, "未起")
    assert face.sentence == "回访：还没有起算。"
    assert clock_face(contact(due_at=None), at(9)).state is ClockState.WAIT


def test_a_clock_that_does_not_apply_is_written_out():
    face = clock_face(contact(is_applicable=False, reason="诉求人没有留电话"), at(12))
    assert (face.state, face.text) == (ClockState.NOT_APPLICABLE, "不适用")
    assert face.sentence.endswith("诉求人没有留电话。")
    assert clock_face(contact(is_applicable=False), at(12)).sentence.endswith("不需要这一步。")


def test_moments_of_any_zone_are_shown_as_shanghai_sees_them():
    utc = contact(started_at=at(9, 39).astimezone(UTC), due_at=at(9, 49).astimezone(UTC))
    assert clock_face(utc, at(9, 45, 36).astimezone(UTC)) == clock_face(contact(), at(9, 45, 36))


@pytest.mark.parametrize(
    ("facts", "now", "after"),
    [
        (contact(), at(9, 45, 36), at(9, 45, 37)),
        (contact(), at(9, 49, 30), at(9, 49, 31)),
        (contact(), at(9, 50, 30), at(9, 51)),
        (handling(), at(9, 0, 20), at(9, 1)),
        (opinion(), at(17, 10, day=24), at(17, 11, day=24)),
        (opinion(), at(17, 59, 10, day=24), at(17, 59, 11, day=24)),
    ],
)
def test_chips_tick_each_second_under_an_hour_and_each_minute_otherwise(facts, now, after):
    assert next_look_at(facts, now) == after


def test_chips_that_stand_still_need_no_timer():
    assert next_look_at(contact(due_at=None), at(9)) is None
    assert next_look_at(contact(stopped_at=at(9, 40)), at(9, 41)) is None
