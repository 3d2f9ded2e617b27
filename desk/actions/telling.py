"""How the appellant was told of something (告知诉求人): a contact like any other (DOMAIN.md 9.2).

Whoever tells him by telephone rings him, so cap, quiet hours and his wish hold for it too, and all
units see it on the one list.
"""

from dataclasses import dataclass
from datetime import datetime

from desk.actions.clocks import refresh_next
from desk.actions.contacts import Attempt, count_attempt
from desk.rules.codes import ContactResult, ContactWay
from desk.rules.errors import RuleBroken
from desk.store.gate import words
from desk.store.models import Case, Contact
from desk.store.requests import CaseRequest
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class TellsAppellant(CaseRequest):
    """A request that may say how the appellant was told of it, and when (告知诉求人).

    Attributes:
        over_reason, rang_in: as for every attempt to reach him (`contacts.RecordContact`).
    """

    told_way: ContactWay | None = None
    told_at: datetime | None = None
    over_reason: str = words("仍要打的理由", default="")
    rang_in: bool = False

    @property
    def is_told(self) -> bool:
        """Whether both way and moment are there."""
        return self.told_way is not None and self.told_at is not None


def require_past(told_at: datetime | None, now: datetime) -> None:
    """Raise RuleBroken where the appellant is said to have been told at a time to come."""
    if told_at is not None and told_at > now:
        raise RuleBroken("告知的时间还没有到，请核对。", field="told_at")


def list_telling(tx: Transaction, case: Case, request: TellsAppellant, what: str) -> None:
    """Put on the list of contacts that he was told, if he was.

    Raises:
        RuleBroken: he should not have been rung, and it is not said why he was.
    """
    if request.told_way is None or request.told_at is None:
        return
    attempt = Attempt(
        at=request.told_at,
        made_by=request.made_by,
        way=request.told_way,
        result=ContactResult.REACHED,
        note=what,
        over_reason=request.over_reason,
        rang_in=request.rang_in,
    )
    if not stands_there(tx, case, attempt):
        count_attempt(tx, case, attempt)
        refresh_next(tx, case)


def stands_there(tx: Transaction, case: Case, attempt: Attempt) -> bool:
    """Return whether that very talk stands on the list of contacts already: it was recorded first.

    Windows send the moment of the entry that they were told is meant.
    """
    known = {(row.happened_at, row.way, row.result) for row in tx.rows(Contact, case)}
    return (attempt.at, attempt.way, attempt.result) in known
