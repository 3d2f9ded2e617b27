"""Rows of the papers of letters and talks (表扬书、提醒函、约谈记录); DOMAIN.md 2.12, 001-9."""

from collections.abc import Sequence

from desk.rules.assessment_codes import LetterKind, ReminderProblem
from desk.rules.letters import LetterCase, say_problem
from desk.rules.moments import day_of, in_shanghai
from desk.store.models import Letter, UnitTalk
from desk.store.paper_source import Row

_LINES = 20  # that the part on which a unit answers holds
PAPERS = {LetterKind.COMMENDATION: "commendation", LetterKind.REMINDER: "reminder-letter"}


def letter_row(letter: Letter, unit: str, cases: Sequence[LetterCase]) -> Row:
    """Return the row of a letter as it goes out; a person only where somebody wrote him in."""
    row: Row = {
        "salutation": f"{unit}（{letter.person}同志）" if letter.person else unit,
        "facts": [line.strip().rstrip("。") for line in letter.facts.splitlines() if line.strip()],
        "signed_on": f"{day_of(letter.issued_at):%Y-%m-%d}",
        "seal_place": True,
        "filled_by": None,
    }
    if letter.kind is LetterKind.COMMENDATION:
        return row
    problems = [say_problem(ReminderProblem(code), cases) for code in letter.problems]
    return row | {
        "problems": "、".join(problems),
        "due_on": f"{letter.due_on:%Y-%m-%d}",
        **answered(letter),
    }


def answered(letter: Letter) -> Row:
    """Return what the unit wrote on its part of a reminder, or nothing yet (整改反馈联)."""
    day = letter.rectified_on
    lines = (letter.measures or "").splitlines()
    return {
        "measures": " ".join(lines) if len(lines) > _LINES else letter.measures,
        "responsible": letter.responsible,
        "rectified_on": f"{day:%Y-%m-%d}" if day else None,
    }


def interview_row(talk: UnitTalk, unit: str) -> Row:
    """Return the row of the record of a talk."""
    year, month = talk.month.split("-")
    held = in_shanghai(talk.held_at) if talk.held_at else None
    due = f"（{talk.due_on:%Y-%m-%d} 前落实）" if talk.due_on else ""
    return {
        "unit": unit,
        "month": f"{year}年{int(month)}月",
        "why": talk.why,
        "figures": talk.figures or "",
        "held_at": f"{held:%Y-%m-%d %H:%M}" if held else None,
        "place": talk.place,
        "attended": talk.attended,
        "talked_by": talk.talked_by,
        "minutes": talk.minutes,
        "promised": f"{talk.promised}{due}" if talk.promised else None,
    }
