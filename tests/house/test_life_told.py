"""Whatever a case can do or be refused, somebody does or hears before a window (办理动作)."""

from desk.rules.codes import CaseStatus as S
from desk.rules.lifecycle import MOVES
from tests.life.moves import CHAPTERS

# 挂账 comes with the deed that puts a case on hold; no deed of today leads there or back
NOT_YET = {(S.HANDLING, S.PARKED), (S.PARKED, S.HANDLING)}


def test_every_move_of_a_case_is_driven_through_the_windows():
    known = {(before, after) for before, targets in MOVES.items() for after in targets}
    told = {move for chapter in CHAPTERS.values() for move in chapter.moves()}
    assert known - told == NOT_YET
    assert {(before, after) for before, after in told - known if before is not after} == set()
