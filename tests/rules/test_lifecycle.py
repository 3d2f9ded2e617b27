"""The life of a case: every move that the hall knows, and none besides."""

from itertools import pairwise, product

import pytest

from desk.rules.codes import CaseStatus, Exit
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import (
    FINISHED,
    FIRST_STATUS,
    MOVES,
    OPEN,
    STAGES,
    may_move,
    require_move,
    require_status,
)

S = CaseStatus
WAY = (
    S.RECEIVED,
    S.DISPATCHED,
    S.ACCEPTED,
    S.HANDLING,
    S.OPINION,
    S.SIGNING,
    S.SEALING,
    S.DELIVERING,
    S.FOLLOW_UP,
    S.CLOSED,
    S.ARCHIVED,
)


def test_every_status_has_its_row_of_moves():
    assert set(MOVES) == set(CaseStatus)
    assert set().union(*MOVES.values()) <= set(CaseStatus)


def test_the_ordinary_way_leads_from_the_counter_to_the_archive():
    for current, target in pairwise(WAY):
        require_move(current, target)


def test_a_case_skips_no_stage():
    skipped = {
        (WAY[here], WAY[there])
        for here, there in product(range(len(WAY)), repeat=2)
        if there > here + 1
    }
    assert not [pair for pair in skipped if may_move(*pair)]


def test_an_archived_case_never_moves_again():
    assert MOVES[S.ARCHIVED] == frozenset()


def test_every_status_can_be_reached_and_every_open_one_left():
    reached = set(FIRST_STATUS.values())
    for _ in CaseStatus:
        reached |= set().union(*(MOVES[status] for status in reached))

    assert reached == set(CaseStatus)
    assert all(MOVES[status] for status in OPEN)


def test_a_refused_move_says_where_the_case_stands():
    with pytest.raises(RuleBroken, match="此件现在是“待分拨”，不能直接转为“已归档”"):
        require_move(S.RECEIVED, S.ARCHIVED)


def test_a_step_may_ask_for_one_of_several_statuses():
    require_status(S.CLOSED, S.FOLLOW_UP, S.CLOSED)

    with pytest.raises(RuleBroken, match="这一步只能在“待回访”、“已办结”时做"):
        require_status(S.HANDLING, S.FOLLOW_UP, S.CLOSED)


def test_every_exit_has_its_first_status():
    assert set(FIRST_STATUS) == set(Exit)


def test_each_open_status_stands_in_exactly_one_stage_of_the_board():
    gathered = [status for _, statuses in STAGES for status in statuses]

    assert len(gathered) == len(set(gathered))
    assert set(gathered) | FINISHED | {S.CLOSED} == set(CaseStatus)
    assert not OPEN & FINISHED
