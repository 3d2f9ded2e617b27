"""Leaders' reception days (接访日): who receives stands on the roster, here is where and whom.

Sources: DOMAIN.md 002-16, 9.1, 9.3.
"""

from dataclasses import dataclass
from datetime import date

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.store.gate import words
from desk.store.hall_rules import hall_calendar
from desk.store.ids import new_id
from desk.store.models import DutyPost, ReceptionDay
from desk.store.reception_book import is_reception_day, reception_day
from desk.store.reception_list import reception_list_row
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_NO_RECEPTION = "这一天没有领导接访。请在“值班”里看看排在哪天，或改约到窗口。"
_PAPER = "reception-list"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReceptionDay(Request):
    """Say where a leader receives on a day, and what else people should know.

    Made: {"reception_day": id}.
    """

    post: int
    day: date
    place: str = words("地点", longest=100)
    note: str = words("说明", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueReceptionList(Request):
    """Print who comes when on a reception day (接访日安排表)."""

    post: int
    day: date


@action(SetReceptionDay, "reception.set")
def set_reception_day(tx: Transaction, request: SetReceptionDay) -> Changes:
    """Note the place of a reception day.

    Raises:
        NotAllowed: the asker keeps no reception days.
        RuleBroken: nobody receives then, or no place is given.
    """
    require_hall(Deed.KEEP_RECEPTIONS, tx.person)
    if not request.place.strip():
        raise RuleBroken("请写在哪里接访，预约的人要找得到。", field="place")
    row = open_day(tx, request.post, request.day)
    tx.watch(row)
    row.place, row.note = request.place, request.note or None
    return Changes(f"接访日 {request.day:%m-%d} {request.place}", made={"reception_day": row.id})


@action(IssueReceptionList, "reception.listed")
def issue_reception_list(tx: Transaction, request: IssueReceptionList) -> Changes:
    """Freeze the list of a reception day as it stands; what is confidential is not on it.

    Raises:
        NotAllowed: the asker keeps no reception days.
        RuleBroken: nobody receives then.
    """
    require_hall(Deed.KEEP_RECEPTIONS, tx.person)
    day = open_day(tx, request.post, request.day)
    row = reception_list_row(tx.session, tx.person, day)
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    paper = issue_for_hall(tx, _PAPER, row, number)
    return Changes(
        f"打印 {request.day:%m-%d} 接访日安排", made={"paper": paper.id, "number": number}
    )


def open_day(tx: Transaction, post_id: int, day: date) -> ReceptionDay:
    """Return the row of a reception day, made at the first use.

    Raises:
        RuleBroken: nobody receives then.
    """
    found = reception_day(tx.session, post_id, day)
    if found is not None and found.street_id == tx.street_id:
        return found
    post = tx.own(DutyPost, post_id, _NO_RECEPTION, field="starts_at")
    calendar = hall_calendar(tx.session, tx.street_id, tx.today)
    if not is_reception_day(tx.session, post, day, calendar):
        raise RuleBroken(_NO_RECEPTION, field="starts_at")
    fresh = {
        "id": new_id(),
        "street_id": tx.street_id,
        "post_id": post.id,
        "day": day,
        "place": post.reception_place,
        "opened_by": tx.person.staff_id,
        "opened_at": tx.now,
    }
    tx.add_unless_there(ReceptionDay, fresh)  # two desks may be the first at once
    made = reception_day(tx.session, post_id, day)
    assert made is not None  # noqa: S101 - it is there now, whoever made it
    return made
