"""Papers of the demo's newest cases, issued as the actions would have issued them."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.numbers import next_text
from desk.actions.papers import issue
from desk.rules.codes import AssignmentRole, CaseStatus, OpinionStatus, PaperState
from desk.rules.numbering import NumberKind
from desk.store.database import Database
from desk.store.engine import WRITES
from desk.store.followup_rows import FollowUpSheet
from desk.store.models import Assignment, Case, FollowUp, Opinion
from desk.store.transaction import Transaction

NEWEST = 60
TOGETHER = 100  # cases of one transaction: what a session has looked up is gone through often
_SERVED = {
    CaseStatus.SEALING: PaperState.TO_SEAL,
    CaseStatus.DELIVERING: PaperState.TO_DELIVER,
}
_ON_THE_WAY = frozenset({*_SERVED, CaseStatus.FOLLOW_UP, CaseStatus.CLOSED})


def issue_recent_papers(database: Database) -> None:
    """Issue the papers of the newest cases, and of older ones that wait for seal or delivery."""
    writer = database.engine.execution_options(**{WRITES: True})
    now = database.now()
    newest = select(Case.id).order_by(Case.received_at.desc(), Case.id.desc()).limit(NEWEST)
    # an older case whose letter is still on its way needs its papers as well
    wanted = Case.id.in_(newest) | Case.status.in_(_ON_THE_WAY)
    with Session(writer) as session:
        found = session.scalars(select(Case.id).where(wanted).order_by(Case.year, Case.seq)).all()
    for first in range(0, len(found), TOGETHER):
        part = Case.id.in_(found[first : first + TOGETHER])
        with Session(writer) as session, session.begin():
            cases = select(Case).where(part).order_by(Case.year, Case.seq)
            for case in session.scalars(cases).all():
                writer_of_case = replace(database.person, name=case.first_responder_name)
                _issue_all(Transaction(session, writer_of_case, now), case)


def _issue_all(tx: Transaction, case: Case) -> None:
    issue(tx, case, "intake-sheet", number=case.number)
    issue(tx, case, "receipt", number=case.number)
    for part in _all(tx, Assignment, case):
        if case.mode is not None and part.role is AssignmentRole.LEAD:
            number = next_text(tx, NumberKind.DISPATCH, part.dispatched_at)
            issue(tx, case, "dispatch-slip", number=number, assignment=part)
    for opinion in _all(tx, Opinion, case):
        if opinion.status is OpinionStatus.SIGNED and opinion.signed_at:
            number = next_text(tx, NumberKind.OPINION, opinion.signed_at)
            paper = issue(tx, case, "opinion-notice", number=number)
            paper.state = _SERVED.get(case.status, PaperState.DELIVERED)
            issue(tx, case, "opinion-sheet", number=number)
    for row in _all(tx, FollowUp, case):
        number = next_text(tx, NumberKind.FOLLOW_UP, row.happened_at)
        issue(tx, case, "followup-record", number=number, follow_up=FollowUpSheet(row))


def _all(tx: Transaction, table: Any, case: Case) -> list[Any]:
    return list(tx.session.scalars(select(table).where(table.case_id == case.id)))
