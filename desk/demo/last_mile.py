"""The last mile of the fictional street's papers: sealed, delivered, most of them scanned back.

Times are those of the history; the scan is an empty sheet, since nobody has signed anything.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.blobs import keep_blob
from desk.actions.papers import issue
from desk.demo.life import Life
from desk.demo.papers import TOGETHER
from desk.rules.codes import CaseStatus, DeliveryWay, PaperState, Resolution, Satisfaction
from desk.rules.moments import in_shanghai
from desk.rules.papers import PAPER_TITLES
from desk.store.database import Database
from desk.store.engine import WRITES
from desk.store.ids import new_id
from desk.store.models import Case, Delivery, Event, EventCase, Opinion, Paper, SealUse, Staff
from desk.store.transaction import Transaction

_SEAL, _COPIES = "街道办事处公章", 2
_A_BOX = 40  # cases in one box
_A4_AT_50_DPI = (413, 585)
_SEALED = frozenset(
    {CaseStatus.DELIVERING, CaseStatus.FOLLOW_UP, CaseStatus.CLOSED, CaseStatus.ARCHIVED}
)
_WAYS = (DeliveryWay.IN_PERSON, DeliveryWay.IN_PERSON, DeliveryWay.ONLINE, DeliveryWay.MAIL)


def shelve(life: Life, numbers: dict[int, int], prefix: str) -> None:
    """Give an archived case its number, its box and the three answers; what is closed only these.

    Args:
        numbers: the last number of the archive used in each year.
    """
    case = life.case
    if case["status"] not in {CaseStatus.CLOSED, CaseStatus.ARCHIVED}:
        return
    solved, satisfied = case["resolution"], case["satisfaction"]
    if solved is not None:
        case["said_solved"] = solved is Resolution.YES
    if satisfied not in {None, Satisfaction.NOT_RATED}:
        case["said_satisfied"] = satisfied is not Satisfaction.DISSATISFIED
    if case["status"] is CaseStatus.ARCHIVED:
        year = in_shanghai(case["closed_at"] or case["received_at"]).year
        numbers[year] = numbers.get(year, 0) + 1
        case["said_exhausted"] = True
        case["archive_number"] = f"{prefix}档〔{year}〕{numbers[year]:04}号"
        case["box_number"] = f"{year}-{(numbers[year] - 1) // _A_BOX + 1}"


def finish_last_mile(database: Database) -> None:
    """Write down when the letters were sealed and delivered, and which came back."""
    writer = database.engine.execution_options(**{WRITES: True})
    letters = (
        select(Paper.id)
        .join(Case, Case.id == Paper.case_id)
        .where(Paper.code == "opinion-notice", Case.status.in_(_SEALED))
        .order_by(Case.year, Case.seq)
    )
    with Session(writer) as session:
        found = session.scalars(letters).all()
    for first in range(0, len(found), TOGETHER):
        with Session(writer) as session, session.begin():
            tx = Transaction(session, database.person, database.now())
            _finish(tx, found[first : first + TOGETHER])


def _finish(tx: Transaction, letters: Sequence[int]) -> None:
    scan = keep_blob(tx, _blank_sheet(), "image/png")
    rows = tx.session.execute(
        select(Paper, Case)
        .join(Case, Case.id == Paper.case_id)
        .where(Paper.id.in_(letters))
        .order_by(Case.year, Case.seq)
    ).all()
    when = _times(tx.session, [case.id for _, case in rows])
    for paper, case in rows:
        sealed = when.get((case.id, "paper.sealed"))
        if sealed is not None:
            _seal(tx, paper, case, *sealed)
        delivered = when.get((case.id, "paper.delivered"))
        if delivered is not None:
            _deliver(tx, paper, case, *delivered)
            if case.status is CaseStatus.ARCHIVED or case.seq % 3:
                paper.state, paper.scan_sha256 = PaperState.SCANNED, scan


def _times(session: Session, cases: Iterable[int]) -> dict[tuple[int, str], tuple[datetime, int]]:
    """Return when and by whom letters were sealed and delivered."""
    rows = session.execute(
        select(EventCase.case_id, Event.kind, Event.happened_at, Event.made_by)
        .join(Event, Event.id == EventCase.event_id)
        .where(
            EventCase.case_id.in_(list(cases)),
            Event.kind.in_(("paper.sealed", "paper.delivered")),
        )
    )
    return {(case, kind): (at, who) for case, kind, at, who in rows}


def _seal(tx: Transaction, paper: Paper, case: Case, at: datetime, who: int) -> None:
    opinion = tx.session.scalars(
        select(Opinion).where(Opinion.case_id == case.id).order_by(Opinion.id.desc()).limit(1)
    ).one()
    signer: Any = tx.session.get(Staff, opinion.signed_by) if opinion.signed_by else None
    paper.sealed_at = at
    tx.add(
        SealUse(
            id=new_id(),
            street_id=tx.street_id,
            case_id=case.id,
            paper_id=paper.id,
            seal=_SEAL,
            title=f"{PAPER_TITLES[paper.code]} {paper.number}",
            copies=_COPIES,
            applicant_id=case.handler_id or paper.issued_by,
            approved_by=signer.name if signer is not None else None,
            used_by=who,
            used_at=at,
        )
    )
    issue(tx, case, "delivery-proof", number=case.number)


def _deliver(tx: Transaction, paper: Paper, case: Case, at: datetime, who: int) -> None:
    way = _WAYS[case.seq % len(_WAYS)]
    tx.add(
        Delivery(
            id=new_id(),
            street_id=tx.street_id,
            paper_id=paper.id,
            way=way,
            delivered_at=at,
            delivered_by=who,
            tracking=f"EMS-{case.seq:08}" if way is DeliveryWay.MAIL else None,
            witness=None,
            note=None,
        )
    )


def _blank_sheet() -> bytes:
    kept = BytesIO()
    Image.new("L", _A4_AT_50_DPI, 250).save(kept, "PNG")
    return kept.getvalue()
