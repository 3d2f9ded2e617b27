"""The five lists of the page 督办: which there are, what stands in each, what comes first in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from desk.queries.case_file import CaseFile
from desk.queries.steering_board import SteeringBoard, SteeringRow
from desk.rules.deeds import Deed
from desk.ui.steering.rows import silent_row, steering_row
from desk.ui.work_list import WorkRow


class Kind(IntEnum):
    """The lists, in the order of the view switch."""

    TO_DO = 0
    ISSUED = 1
    ABOVE = 2
    SILENT = 3
    ENDED = 4


@dataclass(frozen=True, slots=True)
class _Words:
    """What a list says of itself, and what Enter does in it first."""

    name: str
    head: str
    empty: str
    first: tuple[Deed, ...] = ()


_WORDS: Mapping[Kind, _Words] = MappingProxyType(
    {
        Kind.TO_DO: _Words(
            "我部门要反馈",
            "等本部门签收、反馈、说明的",
            "本部门没有要签收、反馈的督办，也没有要说明的催办。",
            (Deed.TAKE_SUPERVISION, Deed.REPORT_SUPERVISION, Deed.EXPLAIN_URGING),
        ),
        Kind.ISSUED: _Words(
            "我发出的",
            "我发出的督办",
            "没有您发出、还没销号的督办。要督办一件，请打开它的案件卷按 Ctrl+F7。",
            (Deed.DECIDE_SUPERVISION,),
        ),
        Kind.ABOVE: _Words(
            "上级来的",
            "上级来的督办",
            "没有上级来的督办件。收到市、区督办件，请打开那一件的案件卷按 Ctrl+F7 登记。",
            (Deed.TAKE_SUPERVISION, Deed.REPORT_SUPERVISION, Deed.DECIDE_SUPERVISION),
        ),
        Kind.SILENT: _Words(
            "沉默件", "没有动静的件", "没有停着不动的件。", (Deed.URGE, Deed.SUPERVISE)
        ),
        Kind.ENDED: _Words("已销号", "已销号的督办", "还没有销号的督办。"),
    }
)


@dataclass(slots=True)
class SteeringLists:
    """What the page shows, list by list.

    Attributes:
        kinds: the lists that its reader has.
        kind: the one on show.
    """

    kinds: tuple[Kind, ...]
    kind: Kind
    board: SteeringBoard = field(default_factory=SteeringBoard)

    def take(self, board: SteeringBoard, *, may_move: bool) -> None:
        """Take what was read; from an empty list go on to the first that has something."""
        self.board = board
        if may_move and not self.lines(self.kind):
            self.kind = next((one for one in self.kinds if self.lines(one)), self.kind)

    def lines(self, kind: Kind) -> tuple[Any, ...]:
        """Return what stands in a list."""
        board = self.board
        return (board.to_do, board.issued, board.above, board.silent, board.ended)[kind]

    def names(self) -> tuple[str, ...]:
        """Return the lists with their counts."""
        return tuple(f"{_WORDS[one].name} {len(self.lines(one))}" for one in self.kinds)

    def waiting(self) -> int:
        """Return how many lines wait for the reader."""
        reported = (row.supervision for row in self.board.issued)
        ended = sum(1 for one in reported if one is not None and not one.waits_for_unit)
        return len(self.board.to_do) + ended

    def rows(self, now: datetime) -> list[WorkRow]:
        """Return the lines of the list on show."""
        make: Any = silent_row if self.kind is Kind.SILENT else steering_row
        return [make(line, now) for line in self.lines(self.kind)]

    def head(self) -> tuple[str, str]:
        """Return the head of the list on show, and a word beside it."""
        days = f"，{self.board.days} 天以上" if self.kind is Kind.SILENT else ""
        return _WORDS[self.kind].head, f"{len(self.lines(self.kind))} 件{days}"

    def empty(self) -> str:
        """Return what is said where the list on show has nothing."""
        return _WORDS[self.kind].empty

    def first(self) -> tuple[Deed, ...]:
        """Return what comes first in the list on show."""
        return _WORDS[self.kind].first

    def line(self, here: int | None) -> SteeringRow | None:
        """Return a supervision or an urging by the id of its row; None for a silent case."""
        if self.kind is Kind.SILENT:
            return None
        return next((row for row in self.lines(self.kind) if row.id == here), None)

    def case_of(self, here: int | None) -> int | None:
        """Return which case a row is about."""
        if self.kind is Kind.SILENT:
            return here
        row = self.line(here)
        return row.case.case_id if row is not None else None

    def narrowed(self, file: CaseFile, here: int | None) -> CaseFile:
        """Return a case with the supervision or the urging of a row in front."""
        row, view = self.line(here), file.steering
        if row is None:
            return file
        mine = tuple(one for one in view.supervisions if one.id == row.id)
        asked = tuple(one for one in view.urgings if one.id == row.id)
        rest = tuple(one for one in view.urgings if one not in asked)
        return replace(file, steering=replace(view, supervisions=mine, urgings=(*asked, *rest)))
