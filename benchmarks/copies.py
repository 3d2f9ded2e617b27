"""How a small demo street becomes one of very many cases (复制): which copies, when, by whom.

The same on both engines: `million` and `million_file` write what is planned here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.residents import CopiedText, Residents, other_of
from desk.rules.search_text import SearchText
from desk.store.search_functions import EPOCH, TIES

APART = 10**13  # between the ids of one copy and those of the next
STREET_APART = 10**15  # between the ids of units and people of one street and those of the next
OPEN_SHARE = 0.015  # of all copies: the newest, whose cases are as far as those of the demo
YEARS = 3
FIRST_NUMBER = 100_000  # of the copies: behind those of the demo
_YESTERDAY = 20  # days: how long after the open ones the others begin
_ROOM = 8  # places of one moment between one copy and the next


@dataclass(frozen=True)
class Plan:
    """How many copies of how many cases, over how many streets; the first ones are open."""

    copies: int
    base: int
    streets: int = 1

    @property
    def open(self) -> int:
        """How many copies have cases that are still open."""
        return max(self.streets, int(self.copies * OPEN_SHARE))

    def ago(self, copy: int) -> timedelta:
        """Return how long before its case a copy was received."""
        if copy <= self.open:
            return timedelta()
        return timedelta(days=_YESTERDAY + 365.0 * YEARS * copy / self.copies)


@dataclass(frozen=True, slots=True)
class BaseText:
    """By what a case of the demo is found, and whom it is known to."""

    case_id: int
    is_kept: bool
    street_id: int
    seek: int
    text: SearchText
    rank: int
    known_to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TextOfCopy:
    """By what a copy is found."""

    case_id: int
    is_kept: bool
    street_id: int
    seek: int
    text: SearchText
    known_to: tuple[int, ...]


def texts_of_copies(
    base: Sequence[BaseText], plan: Plan, residents: Residents, texts: Sequence[CopiedText]
) -> Iterator[TextOfCopy]:
    """Yield by what the copies are found, in the order of reception, as it is written in life.

    Args:
        texts: what everybody may find the cases of the demo by, in the order of their ranks.
    """
    copied = [CopiedText(one.text) for one in base]
    for seek, copy, at in sorted(_places(base, plan)):
        one = base[at]
        apart = copy % plan.streets * STREET_APART
        text = copied[at].copy(
            residents,
            residents.of_copy(one.rank, copy),
            one.rank + FIRST_NUMBER + copy * plan.base,
            f"{moment_of(seek):%y%m%d}",
            other_of(one.rank, copy, texts),
        )
        known = tuple(who + apart for who in one.known_to)
        yield TextOfCopy(
            one.case_id + copy * APART, one.is_kept, one.street_id + apart, seek, text, known
        )


def _places(base: Sequence[BaseText], plan: Plan) -> Iterator[tuple[int, int, int]]:
    for copy in range(1, plan.copies + 1):
        ago = int(plan.ago(copy) / timedelta(milliseconds=1)) << TIES
        yield from ((one.seek - ago + copy * _ROOM, copy, at) for at, one in enumerate(base))


def moment_of(seek: int) -> datetime:
    """Return the moment of a place in the order of search."""
    return datetime.fromtimestamp((seek >> TIES) // 1000 + EPOCH, UTC)


def base_texts(rows: Sequence[Any]) -> list[BaseText]:
    """Return rows of case, kept, street, seek, text, fields, rank and who knows it as one reads."""
    return [
        BaseText(
            row[0],
            bool(row[1]),
            row[2],
            row[3],
            SearchText(row[4], row[5]),
            row[6],
            tuple(who for who in row[7] or () if who is not None),
        )
        for row in rows
    ]
