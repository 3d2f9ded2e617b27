"""Counting the clocks of many cases anew (重算时限), after a change of limits or calendar."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from desk.actions.clocks import show_first
from desk.rules.codes import ClockKind
from desk.rules.deeds import Deed
from desk.rules.moments import in_utc
from desk.rules.rights import require_hall
from desk.store.fresh_clocks import Recount, every_rule, running_clocks_of
from desk.store.models import Case, Clock
from desk.store.requests import Changes, Request, action
from desk.store.rows_told import tell_no_rows
from desk.store.transaction import Transaction
from desk.store.unit_calendars import PartCalendars


@dataclass(frozen=True, slots=True, kw_only=True)
class RecomputeClocks(Request):
    """Count the running clocks of some cases anew, by today's calendar.

    Attributes:
        kinds: clocks of these kinds alone, by the limits of today; of none: all clocks, each by
            its own limit.
    """

    cases: tuple[int, ...]
    kinds: tuple[ClockKind, ...] = ()


@action(RecomputeClocks, "clocks.recomputed")
def recompute_many(tx: Transaction, request: RecomputeClocks) -> Changes:
    """Write every clock that comes out otherwise; the history names its case, old due and new."""
    require_hall(Deed.RECOMPUTE, tx.person)
    tell_no_rows(tx.session)  # `made` says old and new due of each
    rows = tx.session.scalars(
        select(Case)
        .where(Case.street_id == tx.street_id, Case.id.in_(request.cases))
        .order_by(Case.id)  # as everybody locks them, so that nobody waits for each other
        .with_for_update()
    )
    cases = {case.id: case for case in rows}
    recount = Recount(
        every_rule(tx.session, tx.street_id),
        tx.today,
        frozenset(request.kinds),
        PartCalendars(tx.session, tx.street_id, tx.today).of_part,
    )
    running = running_clocks_of(tx.session, cases)
    clocks: dict[int, list[Clock]] = {}
    for clock in running:
        clocks.setdefault(clock.case_id, []).append(clock)
    changed: dict[int, Case] = {}
    dues: list[list[Any]] = []  # plain data of the history line, as short as can be
    for fresh in recount.of(tx.session, cases, running):
        case = cases[fresh.clock.case_id]
        if fresh.differs:
            changed[case.id] = case
            tx.touch(case)
            before = fresh.clock.due_at
            fresh.write()
            if fresh.clock.due_at != before:
                dues.append([case.id, fresh.clock.kind, *map(_plain, (before, fresh.clock.due_at))])
    for case in changed.values():
        show_first(tx, case, clocks[case.id])
    return Changes(f"重算时限 {len(changed)} 件", cases=tuple(changed), made={"dues": dues})


def _plain(moment: datetime) -> str:
    return in_utc(moment).isoformat()
