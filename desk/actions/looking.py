"""Looking at contact data as part of one's own work (查看留痕): logged, no reason asked.

HOUSE.md decision 19, DOMAIN.md 9.4. The case itself does not change, so nobody's open form
becomes stale because a colleague looked up a number.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from desk.rules.errors import NotAllowed
from desk.rules.looks import REVEALED_FOR, allowance
from desk.rules.moments import start_of
from desk.rules.rights import NOT_FOUND, may_see
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Case, CaseLook
from desk.store.requests import Changes, Request, action
from desk.store.sealing import is_sealed, require_unsealed
from desk.store.transaction import Transaction, stand_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtContact(Request):
    """Note that somebody was shown how to reach an appellant, and where in the program."""

    case: int
    where: str = words("在哪里看的")


@action(LookAtContact, "private.looked")
def look_at_contact(tx: Transaction, request: LookAtContact) -> Changes:
    """Note the look; the line names the case but does not move its version.

    Raises:
        NotAllowed: the person may not see the case at all, or it is under seal.
    """
    case = tx.session.get(Case, request.case)
    if case is None or not may_see(stand_of(tx.session, case), tx.person):
        raise NotAllowed(NOT_FOUND)
    require_unsealed(tx.session, case, tx.person, tx.now)
    _keep(tx, case, f"本职查看（{request.where}）", timedelta(0))  # opens nothing: it is open
    return Changes(
        f"查看联系方式（{request.where}）", made={"case": case.id, "number": case.number}
    )


def open_for_a_look(tx: Transaction, case: Case, reason: str) -> str:
    """Show somebody for half a minute who the appellant is, and return how the history says it.

    Whoever looks more often a day than his role is meant to still sees it; the line says so, and
    the inspectors have it on their start page.
    """
    before = looks_today(tx)
    _keep(tx, case, reason, _length(tx, case))
    quota = setting(tx.session, tx.street_id, "looks_per_day", tx.today)
    most = allowance(quota, tx.person.roles)
    return f"（今天第 {before + 1} 次，超过每日 {most} 次）" if before >= most else ""


def looks_today(tx: Transaction) -> int:
    """Return how often whoever acts has said today why he looks at somebody else's case."""
    found = tx.session.scalar(
        select(func.count(CaseLook.id)).where(
            CaseLook.staff_id == tx.person.staff_id,
            CaseLook.looked_at >= start_of(tx.today),
            CaseLook.until > CaseLook.looked_at,
        )
    )
    return found or 0


def _length(tx: Transaction, case: Case) -> timedelta:
    """Return how long a look lasts: under seal long enough to print or answer a letter too."""
    if not is_sealed(tx.session, case, tx.now):
        return REVEALED_FOR
    return timedelta(minutes=int(setting(tx.session, tx.street_id, "unseal_minutes", tx.today)))


def _keep(tx: Transaction, case: Case, reason: str, length: timedelta) -> None:
    tx.add(
        CaseLook(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            staff_id=tx.person.staff_id,
            reason=reason,
            looked_at=tx.now,
            until=tx.now + length,
        )
    )
