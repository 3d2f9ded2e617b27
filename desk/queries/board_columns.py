"""A whole board in one go (看板各列): the beginning of every column, and the figures above them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, case, func, literal_column, select

from desk.queries.case_board import (
    PAGE,
    BoardCounts,
    BoardFilter,
    BoardRow,
    board_counts,
    conditions,
    found_among,
    row_columns,
)
from desk.queries.clock_rows import next_clocks
from desk.rules.codes import CaseStatus
from desk.store.database import Reader
from desk.store.models import Case
from desk.store.sight import spelled_out


@dataclass(frozen=True, slots=True)
class Board:
    """A whole board read in one go: figures and columns are of the same moment."""

    counts: BoardCounts
    columns: tuple[tuple[BoardRow, ...], ...]


def whole_board(
    reader: Reader,
    wanted: BoardFilter,
    stages: Sequence[frozenset[CaseStatus]],
    sizes: Sequence[int] = (),
) -> Board:
    """Return the figures and the beginning of every column.

    Args:
        stages: the statuses that each column gathers.
        sizes: how many rows each column already shows; at least a page is read.
    """
    wanted = found_among(reader, wanted)
    shown = [wanted.of(statuses).statuses for statuses in stages]
    most = [max((PAGE, *sizes[at : at + 1])) for at in range(len(stages))]
    columns: list[list[BoardRow]] = [[] for _ in stages]
    together = replace(wanted, statuses=frozenset().union(*shown))
    for stage, *row in reader.session.execute(_columns(reader, together, shown, most)):
        columns[stage].append(BoardRow(*row))
    clocks = next_clocks(reader, [row.id for column in columns for row in column])
    return Board(
        board_counts(reader, wanted),
        tuple(
            tuple(replace(row, clock=clocks.get(row.id)) for row in column) for column in columns
        ),
    )


def _columns(
    reader: Reader, together: BoardFilter, shown: Sequence[frozenset[CaseStatus]], most: list[int]
) -> Select[Any]:
    """Return the query for the beginning of all columns, in the order of `board_page`.

    One statement, since every desk asks it whenever a colleague has done something: planning a
    query under the policies takes the server longer than answering it.
    """
    stage = case(
        *((Case.status.in_(spelled_out(s)), literal_column(str(at))) for at, s in enumerate(shown))
    )
    order = (Case.next_due_at.is_(None), Case.next_due_at, Case.id)
    place = func.row_number().over(partition_by=stage, order_by=order)
    ranked = (
        select(Case.id, stage.label("stage"), place.label("place"))
        .where(*conditions(reader, together))
        .subquery()
    )
    last = case(
        *((ranked.c.stage == at, literal_column(str(size))) for at, size in enumerate(most))
    )
    return (
        select(ranked.c.stage, *row_columns().selected_columns)
        .join(ranked, ranked.c.id == Case.id)
        .where(ranked.c.place <= last)
        .order_by(ranked.c.stage, ranked.c.place)
    )
