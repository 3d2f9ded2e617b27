"""Levels are data of the hall, who comes in time is a fact, and figures are rounded half up."""

from datetime import date, datetime, timedelta

import pytest

from desk.rules.codes import Purpose, UnitKind
from desk.rules.errors import RuleBroken
from desk.rules.hall_settings import SETTINGS
from desk.rules.moments import SHANGHAI
from desk.rules.whistle_codes import WhistleKind, WhistleResult, WhistleStage, WhistleState
from desk.rules.whistle_figures import CountedWhistle, report_of
from desk.rules.whistle_settings import LEVELS, read_levels, tidy_level
from desk.rules.whistling import (
    MOVES,
    OPEN,
    STEP_WORDS,
    STEPS,
    Party,
    Response,
    WhistleStep,
    default_level,
    level_above,
    may_be_whistled,
    minutes_to_come,
    stage_of,
    steps_now,
)

AT = datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI)
SEED = ["网格→社区", "社区→街道", "街道→区"]


def test_levels_are_written_by_the_hall_and_one_more_may_be_added():
    setting = SETTINGS[LEVELS]
    assert setting.read(setting.show(setting.seed)) == SEED
    assert read_levels("社区 -> 街道、街道到区，区→市、区→市") == ["社区→街道", "街道→区", "区→市"]
    assert tidy_level("社区 → 街道") == "社区→街道"
    for wrong in ("社区", "→街道", "社区→", "社区→街道→区", "社" * 40 + "→街道"):
        with pytest.raises(RuleBroken, match="社区→街道"):
            read_levels(wrong)


def test_a_unit_calls_at_its_own_level_and_what_is_not_settled_goes_one_up():
    assert default_level(SEED, UnitKind.GRID) == "网格→社区"
    assert default_level(SEED, UnitKind.COMMUNITY) == "社区→街道"
    assert default_level(SEED, UnitKind.SECTION) == "社区→街道"
    assert default_level(["区→市"], UnitKind.SECTION) == "区→市"
    assert level_above(SEED, "网格→社区") == "社区→街道"
    assert level_above(SEED, "街道→区") is None


def test_who_comes_at_the_minute_is_in_time_and_who_was_given_none_cannot_be_late():
    assert Response(AT, AT).came_in_time
    assert not Response(AT, AT + timedelta(minutes=1)).came_in_time
    assert Response(None, AT).came_in_time
    assert not Response(AT, None).came_in_time
    assert not Response(AT, None).came


def test_the_board_shows_who_is_on_the_way_and_who_is_there():
    came, waits = Response(AT, AT), Response(AT, None)
    assert stage_of(WhistleState.CALLED, [came, waits]) is WhistleStage.ARRIVAL
    assert stage_of(WhistleState.CALLED, [came, came]) is WhistleStage.ON_SITE
    assert stage_of(WhistleState.RAISED, []) is WhistleStage.REVIEW
    assert stage_of(WhistleState.FILED, [came]) is None


def test_nothing_is_done_to_what_is_over_and_a_reader_does_nothing():
    assert steps_now(WhistleState.FILED, Party) == ()
    assert steps_now(WhistleState.CALLED, ()) == ()
    assert steps_now(WhistleState.RAISED, {Party.RUNNER})[0] is WhistleStep.REVIEW
    assert set(STEP_WORDS) == set(STEPS) == set(WhistleStep)
    assert {state for state, ends in MOVES.items() if not ends} == set(WhistleState) - OPEN


def test_an_emergency_is_answered_sooner_and_reports_are_not_told():
    assert minutes_to_come(WhistleKind.EMERGENCY, usual=60, emergency=30) == 30
    assert minutes_to_come(WhistleKind.KEY, usual=60, emergency=30) == 60
    told = {"is_secret": False, "purpose": Purpose.COMPLAINT, "is_about_us": False}
    assert may_be_whistled(**told)
    for kept in ({"is_secret": True}, {"purpose": Purpose.MEDIATION}, {"is_about_us": True}):
        assert not may_be_whistled(**(told | kept))


def test_figures_of_nothing_are_null_and_halves_are_rounded_up():
    empty = report_of(date(2026, 1, 1), date(2026, 1, 31), [], SEED).as_json()
    assert (empty["calls"], empty["response_rate"], empty["resolution_rate"]) == (0, None, None)
    assert [row["key"] for row in empty["by_level"]] == SEED
    came, late = Response(AT, AT), Response(AT, AT + timedelta(hours=1))
    missing = Response(AT, None)
    whistles = [
        CountedWhistle("社区→街道", WhistleResult.RESOLVED, (("城建办", came), ("执法队", late))),
        CountedWhistle("区→市", WhistleResult.PARTLY, (("执法队", missing),)),
    ]
    found = report_of(date(2026, 1, 1), date(2026, 1, 31), whistles, SEED).as_json()
    assert (found["called_units"], found["answered_units"], found["answered_on_time"]) == (3, 2, 1)
    assert (found["response_rate"], found["on_time_rate"]) == ("66.67", "33.33")
    assert found["resolution_rate"] == "50.00"
    assert [row["key"] for row in found["by_level"]] == [*SEED, "区→市"]
    assert [(row["key"], row["response_rate"]) for row in found["by_unit"]] == [
        ("执法队", "50.00"),
        ("城建办", "100.00"),
    ]
