"""Who held a case how long adds up to its life, and what was late is found in it (谁手里多久)."""

from dataclasses import replace
from datetime import datetime, timedelta

from desk.rules.codes import CaseStatus as S
from desk.rules.holding import CaseStrip, Turn, say_worked, stays
from desk.rules.moments import SHANGHAI

CITY, GRID = 11, 12
BEGUN = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)


def after(**length):
    return BEGUN + timedelta(**length)


def turn(status, unit="城建办", unit_id=CITY, **length):
    return Turn(after(**length), status, unit_id, unit)


def half_of(_unit, since, until):
    """Let everybody work half of the time."""
    return (until - since) / 2


def held(turns, until, limits=()):
    return stays(turns, until, limits, half_of)


ORDINARY = (
    turn(S.RECEIVED),
    turn(S.DISPATCHED, hours=1),
    turn(S.ACCEPTED, hours=2),
    turn(S.HANDLING, hours=3),
    turn(S.SIGNING, hours=53),
    turn(S.SEALING, hours=55),
    turn(S.DELIVERING, hours=56),
    turn(S.FOLLOW_UP, hours=57),
    turn(S.CLOSED, hours=60),
)


def test_a_unit_holds_a_case_from_its_dispatch_to_its_opinion_in_one_stay():
    found = held(ORDINARY, after(days=9))
    assert [(stay.who, stay.length / timedelta(hours=1)) for stay in found] == [
        ("信联办", 1),
        ("城建办", 52),
        ("领导审签", 2),
        ("党政办", 1),
        ("送达", 1),
        ("回访", 3),
    ]
    assert found[1].doing == "办理中"
    assert found[1].worked == timedelta(hours=26)


def test_what_lies_behind_the_limit_is_late_wherever_it_lay():
    limits = [(after(hours=51), after(hours=54))]
    found = held(ORDINARY, after(days=9), limits)
    assert [stay.late / timedelta(hours=1) for stay in found] == [0, 2, 1, 0, 0, 0]


def test_nobody_holds_what_is_closed_and_a_second_round_is_a_stay_of_its_own():
    turns = (*ORDINARY, turn(S.HANDLING, hours=90))
    found = held(turns, after(hours=100))
    assert [stay.who for stay in found[-2:]] == ["回访", "城建办"]
    assert found[-1].since == after(hours=90)
    assert sum((stay.length for stay in found), timedelta()) == timedelta(hours=70)


def test_another_unit_is_another_stay_and_the_same_moment_none():
    turns = (
        turn(S.RECEIVED),
        turn(S.DISPATCHED, hours=1),
        turn(S.DISPATCHED, "执法队", GRID, hours=1),
        turn(S.DISPATCHED, "城建办", CITY, hours=4),
    )
    assert [stay.who for stay in held(turns, after(hours=5))] == ["信联办", "执法队", "城建办"]
    assert [stay.who for stay in held(turns[:1], BEGUN)] == ["信联办"]
    assert held((turn(S.CLOSED),), after(hours=1)) == ()


def test_the_strip_is_said_in_one_sentence_with_its_limit():
    now = after(hours=60)
    found = held(ORDINARY[:4], now, [(after(hours=51), now)])
    strip = CaseStrip(found, (("办理", after(hours=51)),))
    assert strip.words(now) == (
        "信联办 1 时（工作 30 分）；城建办 2 天 11 时（工作 29 时），超期 9 时。办理时限 12:00。"
    )
    assert CaseStrip(found[:1]).words(now) == "信联办 1 时（工作 30 分）。"
    wholly = replace(found[0], worked=found[0].length)
    assert CaseStrip((wholly,)).words(now) == "信联办 1 时。"
    assert CaseStrip(()).words(now) == "还没有办理过程可看。"
    assert say_worked(timedelta(hours=49, minutes=30)) == "49 时"
