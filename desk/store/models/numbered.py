"""Who has an identity number (证件号码): it is kept apart, encrypted, and read through one door."""

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import inspect
from sqlalchemy.orm import Mapped, Session, object_session
from sqlalchemy.orm.attributes import flag_modified

from desk.rules.privacy_codes import IdentityOwner
from desk.store.identity_keys import known_key
from desk.store.looked_up import is_made_here, once, rows_of
from desk.store.models.privacy import IdentityNumber

PLAIN = "plain"  # waits for a desk that has the key
_NOTHING = object()


class HasNumber:
    """A row whose identity number lies in `identity_numbers`; written with it, read when asked."""

    owner_kind: ClassVar[IdentityOwner]
    pending_number: Any = _NOTHING
    if TYPE_CHECKING:
        street_id: Mapped[int]

    @property
    def owner_id(self) -> int:
        """Return by what its number is kept: the id of the row."""
        found: int = getattr(self, "id", None) or self.case_id  # type: ignore[attr-defined]
        return found

    @property
    def id_number(self) -> str | None:
        """Return the number; None where there is none, or this desk has no key for it."""
        if self.pending_number is not _NOTHING:
            return self.pending_number or None
        session = object_session(self)
        kept = _kept(session, self.owner_id) if session is not None else None
        return None if kept is None else opened(kept)

    @id_number.setter
    def id_number(self, number: str | None) -> None:
        """Write another number; it is sealed when the row is saved."""
        self.pending_number = number or ""
        if inspect(self).persistent:
            flag_modified(self, "street_id")  # or the row would not take part in the saving

    @property
    def has_pending_number(self) -> bool:
        """Whether a number was written that is not saved yet."""
        return self.pending_number is not _NOTHING

    def number_saved(self) -> None:
        """Forget what was written: from now on it is read."""
        self.pending_number = _NOTHING


def _kept(session: Session, owner_id: int) -> IdentityNumber | None:
    if is_made_here(session, owner_id):
        return next(iter(rows_of(session, IdentityNumber, owner_id)), None)
    key = ("number", owner_id)
    return once(session, key, lambda: session.get(IdentityNumber, owner_id), of=(IdentityNumber,))


def about(owner_id: int) -> str:
    """Return the one place for which a number is sealed: table, row, column."""
    return f"identity_numbers:{owner_id}:cipher"


def opened(kept: IdentityNumber) -> str | None:
    """Return the number; None where this desk has no key for it, or somebody changed it."""
    if kept.algorithm == PLAIN:
        return kept.cipher
    key = known_key(kept.key_id)
    return None if key is None else key.open(kept.cipher, about(kept.owner_id))
