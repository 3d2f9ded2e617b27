"""治理成效: the same days before and after, and no word before they are over."""

from datetime import date

from desk.rules.effect import (
    Effect,
    Window,
    change_words,
    days_passed,
    effect_words,
    window_after,
    window_before,
)


def test_both_windows_are_as_long_and_touch_neither_the_start_nor_the_end():
    before = window_before(date(2026, 6, 1), 30)
    after = window_after(date(2026, 8, 31), 30)
    assert before == Window(date(2026, 5, 2), date(2026, 5, 31))
    assert after == Window(date(2026, 9, 1), date(2026, 9, 30))
    assert days_passed(after, date(2026, 8, 31)) == 0
    assert days_passed(after, date(2026, 9, 1)) == 0  # today is not over yet
    assert days_passed(after, date(2026, 9, 30)) == 29
    assert days_passed(after, date(2026, 12, 1)) == 30


def whole(before, after):
    return Effect(30, before, after, 30, date(2026, 9, 30))


def test_a_fall_is_said_in_whole_percent_rounded_half_up():
    assert change_words(whole(15, 9)) == "下降 40%"
    assert change_words(whole(8, 7)) == "下降 13%"  # 12.5
    assert change_words(whole(200, 199)) == "下降 1%"  # 0.5
    assert change_words(whole(5, 6)) == "上升 20%"
    assert change_words(whole(5, 5)) == "持平"
    assert change_words(whole(0, 3)) == "—"
    said = "此类诉求下降 40%：治理前 30 天 15 件，治理后 30 天 9 件。"
    assert effect_words(whole(15, 9)) == said
    assert effect_words(whole(0, 3)) == "此类诉求升降 —：治理前 30 天 0 件，治理后 30 天 3 件。"


def test_nothing_is_compared_before_the_second_window_is_over():
    under_way = Effect(30, 15)
    assert effect_words(under_way) == "治理前 30 天 15 件；治理完成后与之比较。"
    assert change_words(under_way) == "—"
    half = Effect(30, 15, 2, 12, date(2026, 9, 30))
    assert change_words(half) == "—"
    assert effect_words(half) == (
        "治理前 30 天 15 件；治理后已过 12 天，来 2 件，满 30 天（09-30）再算升降。"
    )
