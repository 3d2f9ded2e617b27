"""Find the paper that a number means, for the `print` command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, or_, select

from desk.queries.papers import NO_KEY, require_reader
from desk.rules.codes import PaperState
from desk.rules.errors import RuleBroken
from desk.rules.mediation_papers import DOSSIER, DOSSIER_PARTS, MEDIATION_TITLES
from desk.rules.moments import day_of
from desk.rules.notices import NUMBERED, IssuedPaper, why_not
from desk.rules.numbering import read_number
from desk.rules.papers import OF_THE_HALL, ON_DEMAND, PAPER_TITLES
from desk.store.blobs import read_blob
from desk.store.contacts_told import contact_for_paper
from desk.store.database import Reader
from desk.store.frozen_rows import is_unreadable
from desk.store.mediation_sight import content_seen_by
from desk.store.models import (
    Assignment,
    Case,
    FollowUp,
    Mediation,
    Opinion,
    OutsideNumber,
    Paper,
)
from desk.store.paper_rows import paper_row
from desk.store.paper_sight import paper_seen_by
from desk.store.paper_source import Writing
from desk.store.sight import seen_by

COPY_NUMBER = "（补印，未编号）"
# The number of their case is theirs too.
_OWN_NUMBER = frozenset({"intake-sheet", "receipt"}) | (ON_DEMAND - NUMBERED)


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """What is to be printed: a stored paper, or a copy from the facts of an old case."""

    code: str
    number: str
    row: Mapping[str, Any]
    layout: str | None


def paper_to_print(reader: Reader, code: str, number: str) -> FoundPaper:
    """Return the newest valid paper of a kind by its own number, its case's, or an outside one.

    A case from before this program (imported) has no stored papers; a copy is then made from
    what is on record.

    Raises:
        RuleBroken: nothing has this number, or the case has nothing to print yet.
        NotAllowed: the reader may not read this paper of the case.
    """
    stored = reader.session.scalars(_papers(reader, code).where(Paper.number == number)).first()
    if stored is None and code in MEDIATION_TITLES:
        stored = _of_mediation(reader, code, number)
    if stored is not None:
        return _found(reader, stored)
    if code in DOSSIER_PARTS:
        raise RuleBroken(f"{PAPER_TITLES[code]}和整卷一起装订，请打印 {DOSSIER}。")
    if code in OF_THE_HALL or code in MEDIATION_TITLES:
        raise RuleBroken(f"没有编号是“{number}”的{PAPER_TITLES[code]}，请核对编号。")
    case = _case(reader, number)
    if case is None:
        raise RuleBroken(f"没有编号是“{number}”的{PAPER_TITLES[code]}或案件，请核对编号。")
    stored = reader.session.scalars(_papers(reader, code).where(Paper.case_id == case.id)).first()
    return _found(reader, stored) if stored is not None else _copy(reader, code, case)


def mediation_numbered(reader: Reader, number: str) -> Mediation | None:
    """Return the mediation whose file has a number, written in full, or as in its old ledger."""
    asked = read_number(number)
    same = [Mediation.number == number, Mediation.outside_number == number]
    if asked is not None:
        by_seq = Mediation.seq == asked.seq
        same.append(by_seq if asked.year is None else by_seq & (Mediation.year == asked.year))
    return reader.session.scalars(
        select(Mediation)
        .where(content_seen_by(reader.person, reader.now), or_(*same))
        .order_by((Mediation.number == number).desc(), Mediation.id.desc())
        .limit(1)
    ).first()


def _of_mediation(reader: Reader, code: str, number: str) -> Paper | None:
    found = mediation_numbered(reader, number)
    if found is None:
        return None
    return reader.session.scalars(
        _papers(reader, code).where(Paper.mediation_id == found.id)
    ).first()


def _papers(reader: Reader, code: str) -> Select[Paper]:
    return (
        select(Paper)
        .outerjoin(Case, Case.id == Paper.case_id)
        .where(
            Paper.code == code,
            Paper.state != PaperState.VOID,
            paper_seen_by(reader.person, reader.now),
        )
        .order_by(Paper.id.desc())
    )


def _found(reader: Reader, paper: Paper) -> FoundPaper:
    case = reader.session.get(Case, paper.case_id) if paper.case_id else None
    if case is not None:
        require_reader(reader, case, paper.code, issued_by=paper.issued_by)
    if is_unreadable(paper.row):
        raise RuleBroken(NO_KEY)
    layout = read_blob(reader.session, paper.layout_sha256).decode()
    return FoundPaper(paper.code, paper.number, paper.row, layout)


def _case(reader: Reader, number: str) -> Case | None:
    outside = select(OutsideNumber.case_id).where(OutsideNumber.number == number)
    same = [Case.number == number, Case.id.in_(outside)]
    asked = read_number(number)
    if asked is not None:
        by_seq = Case.seq == asked.seq
        same.append(by_seq if asked.year is None else by_seq & (Case.year == asked.year))
    return reader.session.scalars(
        select(Case)
        .where(seen_by(reader.person), or_(*same))
        .order_by((Case.number == number).desc(), Case.received_at.desc())
        .limit(1)
    ).first()


def _copy(reader: Reader, code: str, case: Case) -> FoundPaper:
    require_reader(reader, case, code)
    about = None
    if code in ON_DEMAND:
        _require_fit(reader, code, case)
    if code in _NEEDS:
        about = _NEEDS[code](reader, case)
        if about is None:
            raise RuleBroken(f"{case.number} 还没有{PAPER_TITLES[code]}，办到那一步才有。")
    writing = Writing(reader.session, case.street_id, day_of(reader.now), case.first_responder_name)
    writing.name(contact_for_paper(reader.session, reader.person, case))
    number = case.number if code in _OWN_NUMBER else COPY_NUMBER
    row = paper_row(writing, case, code, number=number, paper_id=0, about=about)
    return FoundPaper(code, number, row, None)


def _require_fit(reader: Reader, code: str, case: Case) -> None:
    rows = reader.session.execute(
        select(Paper.code, Paper.state, Paper.round_no).where(
            Paper.case_id == case.id, Paper.state != PaperState.VOID
        )
    )
    issued = [IssuedPaper(*row) for row in rows]
    sentence = why_not(code, case.status, case.exit, case.round_no, issued)
    if sentence:
        raise RuleBroken(f"{case.number} 还没有{PAPER_TITLES[code]}。{sentence}")


def _newest(table: Any) -> Callable[[Reader, Case], Any]:
    def find(reader: Reader, case: Case) -> Any:
        return reader.session.scalars(
            select(table).where(table.case_id == case.id).order_by(table.id.desc()).limit(1)
        ).first()

    return find


_NEEDS: Mapping[str, Callable[[Reader, Case], Any]] = MappingProxyType(
    {
        "dispatch-slip": _newest(Assignment),
        "opinion-notice": _newest(Opinion),
        "opinion-sheet": _newest(Opinion),
        "followup-record": _newest(FollowUp),
    }
)
