"""The lists of the page of whistles (看板、叫我的、我们吹的、办结的): which one stands where."""

from desk.queries.whistle_views import WhistleRow
from desk.rules.rights import Person
from desk.rules.whistle_codes import WhistleStage
from desk.rules.whistling import OPEN, is_runner

BOARD, MINE, RAISED, DONE = range(4)
NAMES = ("看板", "叫我的", "我们吹的", "办结的")


class WhistleLists:
    """All whistles of the page, and which list is on show; a board for those who run them."""

    def __init__(self, person: Person) -> None:
        self.kinds = (BOARD, MINE, RAISED, DONE) if is_runner(person) else (MINE, RAISED, DONE)
        self.kind = self.kinds[0]
        self.rows: tuple[WhistleRow, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Return the lists with what is in each."""
        return tuple(f"{NAMES[kind]} {len(self.of(kind))}" for kind in self.kinds)

    def of(self, kind: int) -> list[WhistleRow]:
        """Return what stands in a list; where my people are awaited comes first."""
        open_ones = [row for row in self.rows if row.state in OPEN]
        if kind == BOARD:
            return [row for row in open_ones if row.stage is not None]
        if kind == MINE:
            mine = [row for row in open_ones if row.calls_me]
            return sorted(mine, key=lambda row: not row.waits_for_me)
        if kind == RAISED:
            return [row for row in open_ones if row.is_own_call]
        return [row for row in self.rows if row.state not in OPEN]

    def shown(self) -> list[WhistleRow]:
        """Return what stands in the list on show."""
        return self.of(self.kind)

    def waiting(self) -> int:
        """Return how many wait for whoever is here: to come, or to be reviewed."""
        awaited = sum(row.waits_for_me for row in self.rows)
        if BOARD not in self.kinds:
            return awaited
        return awaited + sum(row.stage is WhistleStage.REVIEW for row in self.of(BOARD))

    def find(self, wanted: int | None) -> None:
        """Go to the list in which a whistle is, if it is not in the one on show."""
        if wanted is None or wanted in {row.id for row in self.shown()}:
            return
        there = (kind for kind in self.kinds if wanted in {row.id for row in self.of(kind)})
        self.kind = next(there, self.kind)
