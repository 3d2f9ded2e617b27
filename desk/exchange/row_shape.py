"""The shape of a ledger's rows (行的样子): which fields there are, and how each cell is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from desk.exchange.cells import Cell

Reader = Callable[[Cell], Any]


@dataclass(frozen=True, slots=True)
class RowShape:
    """How the rows of one kind of ledger are read.

    Attributes:
        row: the class of a row; its first field is `row_number`.
        required: the fields without which a row is refused.
        early: the steps of a row that lie before its reception, which is worth a hint.
    """

    row: type[Any]
    readers: Mapping[str, Reader]
    required: tuple[str, ...]
    early: Callable[[Any], tuple[str, ...]]

    @property
    def empty(self) -> Mapping[str, Any]:
        """Return what a field holds where the ledger says nothing."""
        return {
            field.name: field.default
            for field in fields(self.row)
            if field.name not in (*self.required, "row_number")
        }
