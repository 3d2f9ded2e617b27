"""Reads the board in the background (看板取数); an answer to an older question is dropped."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from desk.queries.board_columns import Board, whole_board
from desk.queries.case_board import BoardFilter, BoardRow, board_page
from desk.rules.codes import CaseStatus
from desk.ui.board.column_model import Deliver
from desk.ui.board.narrowing import Narrowing
from desk.ui.desk import Desk


class BoardReader(QObject):
    """Asks for whole boards and for further pages, always under the newest filter.

    Signals:
        came: the board as it is now; carries the Board.
    """

    came = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = BoardFilter()
        self._generation = 0
        self._read_ids: set[int] = set()

    def has_read(self, cases: Iterable[int]) -> bool:
        """Whether one of these cases stands on the board, as far as it has been read."""
        return not self._read_ids.isdisjoint(cases)

    def read_columns(self, narrowing: Narrowing, sizes: Sequence[int]) -> None:
        """Read every column, as far down as it was read before."""
        self._read(narrowing, [statuses for _, statuses in narrowing.stages], sizes)

    def read_table(self, narrowing: Narrowing, sizes: Sequence[int]) -> None:
        """Read all stages as one."""
        self._read(narrowing, [narrowing.as_filter().statuses], sizes)

    def more(
        self,
        statuses: frozenset[CaseStatus] | None,
        after: BoardRow,
        deliver: Deliver,
        give_up: Callable[[], None],
    ) -> None:
        """Read the page after a row; of all stages if none are named."""
        wanted = self._wanted if statuses is None else self._wanted.of(statuses)
        query = partial(board_page, wanted=wanted, after=after)

        def come(page: list[BoardRow]) -> None:
            self._read_ids.update(row.id for row in page)
            deliver(page)

        self._desk.ask(query, owner=self, done=come, failed=lambda _error: give_up())

    def _read(
        self,
        narrowing: Narrowing,
        stages: Sequence[frozenset[CaseStatus]],
        sizes: Sequence[int],
    ) -> None:
        self._generation += 1
        self._wanted = narrowing.as_filter()
        query = partial(whole_board, wanted=self._wanted, stages=stages, sizes=sizes)
        self._desk.ask(query, owner=self, done=partial(self._on_read, self._generation))

    def _on_read(self, generation: int, board: Board) -> None:
        if generation == self._generation:
            self._read_ids = {row.id for column in board.columns for row in column}
            self.came.emit(board)
