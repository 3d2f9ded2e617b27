"""The calls that a unit promised, on one page (答应的回电): what is printed the evening before."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from desk.actions.handover_rows import call_line
from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import CALLED
from desk.rules.moments import end_of
from desk.rules.numbering import NumberKind
from desk.rules.rights import may_see, require_hall
from desk.store.models import Case, Contact, Staff
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction, stand_of
from desk.store.unit_names import unit_name


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCallList(Request):
    """Print the calls promised for one day by one's own unit."""

    day: date


@action(IssueCallList, "calls.listed")
def issue_call_list(tx: Transaction, request: IssueCallList) -> Changes:
    """Freeze the list as a paper; calls that were overdue before stand on it too.

    Raises:
        RuleBroken: nobody promised a call for that day.
    """
    require_hall(Deed.KEEP, tx.person)
    owner = func.coalesce(Contact.call_owner_id, Contact.staff_id)
    of_unit = select(Staff.id).where(Staff.unit_id.in_(sorted(tx.person.unit_ids)))
    rows = tx.session.execute(
        select(Contact, Case)
        .join(Case, Case.id == Contact.case_id)
        .where(
            Case.street_id == tx.street_id,
            Case.status.in_(sorted(CALLED)),
            owner.in_(of_unit),
            Contact.called_back_at.is_(None),
            Contact.call_back_at < end_of(request.day),
        )
        .order_by(Contact.call_back_at, Contact.id)
    )
    seen = [row for row, case in rows if may_see(stand_of(tx.session, case), tx.person)]
    if not seen:
        raise RuleBroken(f"{request.day.month} 月 {request.day.day} 日没有答应过的回电，不用打印。")
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    row = {
        "day": f"{request.day:%Y-%m-%d}",
        "unit": unit_name(tx.session, tx.person.home_unit_id, tx.today),
        "calls": [
            {name: value for name, value in call_line(tx, one).items() if name != "id"}
            for one in seen
        ],
    }
    paper = issue_for_hall(tx, "promised-calls", row, number)
    return Changes(f"列出回电 {len(seen)} 个", made={"paper": paper.id, "number": number})
