"""The papers of a signed opinion: issued under its number as soon as it has one (文号)."""

from datetime import datetime

from sqlalchemy import select

from desk.actions.numbers import next_text
from desk.actions.papers import issue
from desk.rules.codes import PaperState
from desk.rules.numbering import NumberKind
from desk.store.hall_rules import setting
from desk.store.models import Case, Opinion, Paper
from desk.store.transaction import Transaction

GIVEN_BY_OFFICE = "office"
OPINION_PAPERS = ("opinion-notice", "opinion-sheet")
_WITH_PROOF = (*OPINION_PAPERS, "delivery-proof")  # which names the number that is signed for


def issue_opinion(tx: Transaction, case: Case, opinion: Opinion, number: str) -> None:
    """Give a signed opinion its number and issue its papers (DOMAIN.md 9.3).

    Papers that are void by now are replaced: under the same number as a higher revision of it.
    """
    opinion.number = number
    before = {paper.code: paper for paper in _papers_of_round(tx, case)}
    for code in OPINION_PAPERS:
        paper = issue(tx, case, code, number=number)
        old = before.get(code)
        if old is not None:
            paper.replaces_id = old.id
            paper.revision = old.revision + 1 if old.number == number else 1


def number_opinion(tx: Transaction, case: Case, opinion: Opinion, at: datetime) -> str | None:
    """Give a newly signed opinion its number and papers; None where it waits for the office.

    An opinion that had a number before keeps it. Where the 党政办 gives the numbers (setting
    “opinion_number”), `GiveNumber` does it later.
    """
    if opinion.number:
        issue_opinion(tx, case, opinion, opinion.number)
        return opinion.number
    given_by = setting(tx.session, tx.street_id, "opinion_number", tx.today)
    if given_by == GIVEN_BY_OFFICE:
        return None
    number = next_text(tx, NumberKind.OPINION, at)
    issue_opinion(tx, case, opinion, number)
    return number


def void_opinion_papers(tx: Transaction, case: Case) -> list[Paper]:
    """Make the opinion's papers and the proof of its delivery void (作废) and return them.

    What was printed stays on record.
    """
    found = [p for p in _papers_of_round(tx, case) if p.state is not PaperState.VOID]
    for paper in found:
        tx.watch(paper)
        paper.state = PaperState.VOID
    return found


def _papers_of_round(tx: Transaction, case: Case) -> list[Paper]:
    """Return the opinion's papers of the present round and their proof, the newest last."""
    rows = select(Paper).where(
        Paper.case_id == case.id,
        Paper.round_no == case.round_no,
        Paper.code.in_(_WITH_PROOF),
    )
    return list(tx.session.scalars(rows.order_by(Paper.id)))
