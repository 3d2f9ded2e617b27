"""Letters to units (表扬书、提醒函): issued about chosen cases, delivered, answered, revoked.

People choose whom and which cases; the history fills in the facts, and whoever issues the letter
may write them otherwise. Sources: DOMAIN.md 2.12, 002-11.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall, replace_paper
from desk.rules.assessment_codes import LetterKind, LetterState, ReminderProblem
from desk.rules.codes import PaperState
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.letters import (
    NOT_IN_LETTERS,
    may_be_in_letter,
    require_delivery,
    require_letter,
    require_rectification,
    require_revocation,
)
from desk.rules.numbering import NumberKind
from desk.rules.rights import may_in_hall, require_hall
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.letter_facts import letter_cases
from desk.store.letter_rows import PAPERS, answered, letter_row
from desk.store.models import Case, CaseUnit, Letter, LetterCase, Paper, Unit
from desk.store.requests import Changes, Request, action
from desk.store.sight import letter_seen_by
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_NUMBERS = {
    LetterKind.COMMENDATION: NumberKind.COMMENDATION,
    LetterKind.REMINDER: NumberKind.REMINDER,
}


_OF_ONE_SHEET = frozenset({"number", "serial", "qr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLetter(Request):
    """Issue a commendation or a reminder to a unit (签发).

    Attributes:
        facts: a sentence a line, as they are to stand on the paper.
        problems, due_on: of a reminder: what is wrong, and until when it is to be put right.
        person: who is meant within the unit, only where somebody writes it.
    """

    kind: LetterKind
    unit: int
    cases: tuple[int, ...]
    facts: str = words("事实", Field.BODY)
    problems: tuple[ReminderProblem, ...] = ()
    due_on: date | None = None
    person: str = words("同志", Field.NAME, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverLetter(Request):
    """Record to whom a letter was given, and when (送达)."""

    letter: int
    to: str = words("交给了谁", Field.NAME)
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLetter(Request):
    """Say what was done about a reminder, who is responsible, and when it was done (整改反馈)."""

    letter: int
    measures: str = words("整改措施", Field.BODY, longest=500)  # what its part of the paper holds
    responsible: str = words("责任人", Field.NAME)
    done_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeLetter(Request):
    """Say that a letter does not hold, and why (撤销); its number is not used again."""

    letter: int
    note: str = words("撤销的理由", longest=200)


@action(IssueLetter, "letter.issued")
def issue_letter(tx: Transaction, request: IssueLetter) -> Changes:
    """Issue a letter under its number, and its paper; each case's history says so.

    Raises:
        RuleBroken: cases, facts, problems or the limit are missing, the unit had no part in a
            case, or a case may not be named in a letter.
    """
    tx.own(Unit, request.unit, "请从列表里选收信的单位。", field="unit")
    require_letter(
        request.kind,
        cases=request.cases,
        facts=request.facts,
        problems=request.problems,
        due_on=request.due_on,
        today=tx.today,
    )
    cases = [_named(tx, case_id, request.unit) for case_id in sorted(set(request.cases))]
    is_reminder = request.kind is LetterKind.REMINDER
    letter = Letter(
        id=new_id(),
        street_id=tx.street_id,
        kind=request.kind,
        state=LetterState.ISSUED,
        unit_id=request.unit,
        person=request.person or None,
        facts=request.facts,
        problems=[one.value for one in request.problems] if is_reminder else [],
        due_on=request.due_on if is_reminder else None,
        named_cases=len(cases),
        issued_by=request.made_by,
        issued_at=request.happened_at,
    )
    tx.add(  # first: its paper is read by whom the letter is told to
        letter,
        *(
            LetterCase(letter_id=letter.id, case_id=case.id, street_id=tx.street_id)
            for case in cases
        ),
    )
    unit = unit_name(tx.session, request.unit, tx.today)
    facts = letter_cases(tx.session, cases, request.unit, tx.now)
    number = next_text(tx, _NUMBERS[request.kind], request.happened_at)
    row = letter_row(letter, unit, facts)
    paper = issue_for_hall(tx, PAPERS[request.kind], row, number, letter=letter.id)
    letter.paper_id = paper.id
    return Changes(
        f"签发{label(request.kind)} {number}（{unit}）",
        cases=tuple(case.id for case in cases),
        made={"letter": letter.id, "paper": paper.id, "number": number},
    )


@action(DeliverLetter, "letter.delivered")
def deliver_letter(tx: Transaction, request: DeliverLetter) -> Changes:
    """Record that a letter was given to the unit; the unit itself may sign for it (签收).

    Raises:
        RuleBroken: it was delivered or revoked, or it is not said to whom, or when.
    """
    if not may_in_hall(Deed.STEER, tx.person):
        require_hall(Deed.ANSWER_LETTER, tx.person)
    letter = _letter(tx, request.letter)
    require_delivery(
        letter.state, to=request.to, at=request.at, issued_at=letter.issued_at, now=tx.now
    )
    tx.watch(letter)
    letter.state = LetterState.DELIVERED
    letter.delivered_to, letter.delivered_at = request.to, request.at
    letter.delivered_by = request.made_by
    return _changes(tx, letter, f"送达{label(letter.kind)}")


@action(AnswerLetter, "letter.answered")
def answer_letter(tx: Transaction, request: AnswerLetter) -> Changes:
    """Write on a reminder what was done; the next revision of its paper says so.

    The unit answers itself; what came back on paper is typed in by those who steer.

    Raises:
        RuleBroken: it is none of ours, was answered or revoked, or measures or name are missing.
    """
    if not may_in_hall(Deed.STEER, tx.person):
        require_hall(Deed.ANSWER_LETTER, tx.person)
    letter = _letter(tx, request.letter)
    require_rectification(
        letter.state,
        measures=request.measures,
        responsible=request.responsible,
        kind=letter.kind,
    )
    if request.done_on > tx.today:
        raise RuleBroken("完成日期还没有到，请整改完再反馈。", field="done_on")
    tx.watch(letter)
    letter.state = LetterState.RECTIFIED
    letter.measures, letter.responsible = request.measures, request.responsible
    letter.rectified_on = request.done_on
    letter.rectified_by, letter.rectified_at = request.made_by, request.happened_at
    _issue_again(tx, letter)
    return _changes(tx, letter, "整改反馈")


@action(RevokeLetter, "letter.revoked")
def revoke_letter(tx: Transaction, request: RevokeLetter) -> Changes:
    """Revoke a letter; its paper is void.

    Raises:
        RuleBroken: it is revoked already, or it is not said why.
    """
    require_hall(Deed.STEER, tx.person)
    letter = _letter(tx, request.letter)
    require_revocation(letter.state, request.note)
    tx.watch(letter)
    letter.state = LetterState.REVOKED
    letter.revoked_by, letter.revoked_at = request.made_by, request.happened_at
    letter.revoke_note = request.note
    paper = _paper(tx, letter)
    tx.watch(paper)
    paper.state = PaperState.VOID
    return _changes(tx, letter, f"撤销{label(letter.kind)}", request.note)


def _named(tx: Transaction, case_id: int, unit_id: int) -> Case:
    """Return a case that a letter to this unit may name."""
    case = tx.open_case(case_id, None, Deed.WRITE_LETTER)
    about_us = case.accused_unit_id is not None or case.accused_staff_id is not None
    if not may_be_in_letter(is_secret=case.is_secret, purpose=case.purpose, is_about_us=about_us):
        raise RuleBroken(NOT_IN_LETTERS, field="cases")
    if unit_id not in {row.unit_id for row in tx.rows(CaseUnit, case)}:
        raise RuleBroken(f"{case.number} 没有经过这个单位，请核对收信单位。", field="unit")
    return case


def _letter(tx: Transaction, letter_id: int) -> Letter:
    """Return a letter that the asker may know of, locked; another one is not there."""
    letter = tx.session.scalar(
        select(Letter).where(Letter.id == letter_id, letter_seen_by(tx.person)).with_for_update()
    )
    may_know = letter is not None and (
        letter.unit_id in tx.person.unit_ids or may_in_hall(Deed.STEER, tx.person)
    )
    if letter is None or not may_know:
        raise RuleBroken("找不到这封信，请刷新后再试。")
    return letter


def _issue_again(tx: Transaction, letter: Letter) -> None:
    """Issue the paper with what the unit wrote; all that went out before stays word for word."""
    old = _paper(tx, letter)
    row = {key: said for key, said in old.row.items() if key not in _OF_ONE_SHEET}
    new = issue_for_hall(tx, old.code, row | answered(letter), old.number, letter=letter.id)
    replace_paper(tx, old, new)
    tx.session.flush()  # while the letter still names the old paper, its unit may change it
    letter.paper_id = new.id


def _paper(tx: Transaction, letter: Letter) -> Paper:
    return tx.own(Paper, letter.paper_id or 0, "找不到这份文书，请刷新后再试。")


def _changes(tx: Transaction, letter: Letter, words_: str, detail: str = "") -> Changes:
    number = _paper(tx, letter).number
    return Changes(f"{words_} {number}", made={"letter": letter.id}, detail=detail)
