"""Figures of a bulletin beside older ones: counts in per cent, rates in points, nothing as —."""

from desk.rules.bulletin_figures import (
    FigureKind,
    differences,
    goals,
    picked,
    say_difference,
    shown_value,
)
from tests.bulletin_specimen import total

EMPTY = {"response_rate": None, "resolution_rate": None, "satisfaction_rate": None, "score": None}


def test_counts_change_in_per_cent_and_rates_in_points():
    assert say_difference(50, 40, FigureKind.COUNT) == "+25.00%"
    assert say_difference(0, 4, FigureKind.COUNT) == "-100.00%"
    assert say_difference("91.20", "90.00", FigureKind.RATE) == "+1.20"
    assert say_difference("90.00", "91.20", FigureKind.RATE) == "-1.20"
    assert say_difference("90.00", "90.00", FigureKind.SCORE) == "0.00"


def test_nothing_to_compare_with_is_a_dash():
    assert say_difference(5, 0, FigureKind.COUNT) == "—"
    assert say_difference("少于 3", 4, FigureKind.COUNT) == "—"
    assert say_difference(None, "90.00", FigureKind.RATE) == "—"
    assert say_difference("90.00", None, FigureKind.RATE) == "—"


def test_a_value_is_written_as_its_kind():
    assert shown_value("91.20", "satisfaction_rate") == "91.20%"
    assert shown_value(12, "received") == "12"
    assert shown_value("92.67", "score") == "92.67"
    assert shown_value(None, "score") == "—"


def test_every_figure_is_told_with_both_it_is_held_against():
    now, before = picked(total()), picked(total(received=40))
    found = {one["key"]: one for one in differences(now, before, picked(total(received=25)))}

    assert found["received"]["against_before"] == "+25.00%"
    assert found["received"]["against_year_ago"] == "+100.00%"
    assert found["on_time.handle"]["now"] == "88.00"


def test_three_up_two_down_is_held_against_last_year():
    now = picked(total(national=0, repeats=5))
    year_ago = picked(total(response_rate="98.00", satisfaction_rate="90.00"))
    found = {one["name"]: (one["went"], one["is_met"]) for one in goals(now, now, year_ago)}

    assert found == {
        "响应率": ("down", False),
        "解决率": ("same", False),
        "满意率": ("up", True),
        "国满件": ("down", True),
        "重复件": ("up", False),
    }


def test_without_last_year_the_goals_are_held_against_the_last_period():
    now, before = picked(total()), picked(total(repeats=4, **EMPTY))
    found = goals(now, before, picked(total(received=0)))

    assert {one["against"] for one in found} == {"before"}
    assert [one["is_met"] for one in found] == [None, None, None, False, True]
