"""What the board is narrowed to (筛选), as words and as a query; no widgets."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from desk.queries.case_board import BoardFilter, Tag, Whose
from desk.rules.codes import CaseStatus, Urgency
from desk.rules.lifecycle import OPEN, STAGES


class Scope(StrEnum):
    """Which cases the board is about (只看)."""

    OPEN = "open"
    OVERDUE = "overdue"
    SOON = "soon"
    TODAY = "today"
    CLOSED = "closed"


SCOPES: Mapping[Scope, str] = MappingProxyType(
    {
        Scope.OPEN: "全部在办",
        Scope.OVERDUE: "超期",
        Scope.SOON: "将到",
        Scope.TODAY: "今日新收",
        Scope.CLOSED: "已办结待归档",
    }
)
WHOSE: Mapping[Whose, str] = MappingProxyType(
    {Whose.MINE: "我的", Whose.UNIT: "本单位", Whose.ALL: "全部"}
)
_CLOSED = (("已办结待归档", frozenset({CaseStatus.CLOSED})),)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """All parts of the filter; they combine.

    Attributes:
        tag: a mark that cases must have, or must not have.
        words: what the cases contain (检索), anywhere.
    """

    whose: Whose = Whose.ALL
    scope: Scope = Scope.OPEN
    urgency: Urgency | None = None
    community: int | None = None
    category: int | None = None
    lead_unit: int | None = None
    tag: Tag | None = None
    leaves_tag_out: bool = False
    words: str = ""

    @property
    def is_active(self) -> bool:
        """Whether anything is left out besides by the view of the top bar."""
        return self != Narrowing(whose=self.whose)

    @property
    def stages(self) -> tuple[tuple[str, frozenset[CaseStatus]], ...]:
        """The columns to show."""
        return _CLOSED if self.scope == Scope.CLOSED else STAGES

    def cleared(self) -> "Narrowing":
        """Return the same view without any filter."""
        return Narrowing(whose=self.whose)

    def with_part(self, name: str, value: object) -> "Narrowing":
        """Return the same filter with one part changed."""
        return replace(self, **{name: value})  # type: ignore[arg-type]

    def as_filter(self) -> BoardFilter:
        """Return what the database is asked."""
        closed = self.scope == Scope.CLOSED
        return BoardFilter(
            whose=self.whose,
            statuses=frozenset({CaseStatus.CLOSED}) if closed else OPEN,
            urgency=self.urgency,
            community=self.community,
            category=self.category,
            lead_unit=self.lead_unit,
            only_overdue=self.scope == Scope.OVERDUE,
            only_due_soon=self.scope == Scope.SOON,
            only_today=self.scope == Scope.TODAY,
            with_tag=None if self.leaves_tag_out else self.tag,
            without_tag=self.tag if self.leaves_tag_out else None,
            words=self.words,
        )

    def as_chosen(self) -> dict[str, str]:
        """Return what differs from the plain board, as a saved filter keeps it."""
        plain = Narrowing()
        parts = ((name, getattr(self, name)) for name in _READ)
        return {name: str(value) for name, value in parts if value != getattr(plain, name)}

    @classmethod
    def of_chosen(cls, chosen: Mapping[str, str]) -> "Narrowing":
        """Return what a saved filter says; what is not known any more is left out."""
        found: dict[str, Any] = {}
        for name, value in chosen.items():
            with suppress(ValueError, KeyError):
                found[name] = _READ[name](value)
        return cls(**found)


_READ: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "whose": Whose,
        "scope": Scope,
        "urgency": Urgency,
        "community": int,
        "category": int,
        "lead_unit": int,
        "tag": Tag,
        "leaves_tag_out": lambda value: value == str(True),
        "words": str,
    }
)
