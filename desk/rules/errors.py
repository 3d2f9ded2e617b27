"""What can go wrong in the hall's own words; every text is shown to a clerk as it stands."""

from collections.abc import Mapping
from types import MappingProxyType


class DeskError(Exception):
    """A sentence for the clerk: what happened, whether the work is kept, what to do next."""


class RuleBroken(DeskError):
    """The hall's rules do not allow this.

    Attributes:
        field: the name of the request's field at fault, where one can be named; the window
            puts the sentence beside it.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NotAllowed(RuleBroken):
    """A person may not do this or see this (DOMAIN.md 9.4)."""


class StaleCase(DeskError):
    """Somebody changed the case after it was read.

    Attributes:
        changes: what was done since, oldest first: (time and name, what was done) pairs.
        fields: who changed which field last; rows after the first of a kind as “answer@55”.
    """

    def __init__(
        self,
        sentence: str,
        *,
        changes: tuple[tuple[str, str], ...] = (),
        fields: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(sentence)
        self.changes = changes
        self.fields = fields

    def who_changed(self, field: str) -> str:
        """Return time and name of whoever changed a field last, else of the last change at all."""
        stem, _, of = field.rpartition("_")
        found = self.fields.get(field) or self.fields.get(f"{stem}@{of}") or self.fields.get(stem)
        return found or (self.changes[-1][0] if self.changes else "")


class DatabaseAway(DeskError):
    """The database cannot be reached, is busy, or its disk is full."""


class ProgramTooOld(DatabaseAway):
    """The database no longer takes commands of this program; intakes wait as if it were away."""


class WrongVersion(DeskError):
    """The database and this program do not fit together; the sentence says which is older."""
