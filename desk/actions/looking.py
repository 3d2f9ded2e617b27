"""Looking at contact data as part of one's own work (查看留痕): logged, no reason asked.

HOUSE.md decision 19, DOMAIN.md 9.4. The case itself does not change, so nobody's open form
becomes stale because a colleague looked up a number.
"""

from dataclasses import dataclass

from desk.rules.errors import NotAllowed
from desk.rules.rights import may_see
from desk.store.gate import words
from desk.store.models import Case
from desk.store.requests import Changes, Request, action
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
        NotAllowed: the person may not see the case at all.
    """
    case = tx.session.get(Case, request.case)
    if case is None or not may_see(stand_of(tx.session, case), tx.person):
        raise NotAllowed("此件您不能查看（回避或保密）。如有疑问，请找信联办。")
    return Changes(
        f"查看联系方式（{request.where}）", made={"case": case.id, "number": case.number}
    )
