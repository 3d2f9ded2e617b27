"""The row of a visit sheet (走访表), and the questions of a day: doors by building, no names."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.early_action_codes import QuestionnaireKind, VisitConcern, VisitResult
from desk.rules.early_actions import CONCERN_HINTS
from desk.rules.questionnaires import SEEDS, Question, questions_of
from desk.rules.wording import label
from desk.store.models import Place, Questionnaire, Visit, VisitEntry
from desk.store.models.hall import today_rows
from desk.store.paper_source import Row
from desk.store.unit_names import unit_name

_FEW = 5  # as many questions leave more room for words


def questions_today(
    session: Session, street_id: int, kind: QuestionnaireKind, on: date
) -> tuple[Question, ...]:
    """Return what is asked on a day: the hall's own questions, else ours."""
    own = session.scalar(
        select(Questionnaire.questions).where(
            Questionnaire.street_id == street_id,
            Questionnaire.kind == kind,
            today_rows(Questionnaire, on),
        )
    )
    return questions_of(own) if own else SEEDS[kind]


def visit_sheet_row(session: Session, visit: Visit, on: date) -> Row:
    """Return the sheet of a walk: what is asked, the doors building by building, room to write."""
    questions = questions_of(visit.questions)
    rows = session.execute(
        select(Place.name, VisitEntry.household)
        .join(Place, Place.id == VisitEntry.place_id)
        .where(VisitEntry.visit_id == visit.id)
        .order_by(VisitEntry.seq)
    ).all()
    doors = [{"building": place, "household": household} for place, household in rows]
    is_few = len(questions) <= _FEW
    return {
        "kind": label(visit.kind),
        "community": unit_name(session, visit.community_id, on),
        "grid": unit_name(session, visit.grid_id, on) or None,
        "planned_on": visit.planned_on.isoformat(),
        "households": str(len(rows)),
        "questions": [
            {
                "about": one.area,
                "text": one.text,
                "answers": _numbered(one.answers),
            }
            for one in questions
        ],
        "doors": [] if is_few else doors,
        "few_doors": doors if is_few else [],
        "results": _numbered(label(one) for one in VisitResult),
        "concerns": [
            {"mark": f"{n} {label(one)}", "hint": CONCERN_HINTS[one]}
            for n, one in enumerate(VisitConcern, start=1)
        ],
    }


def _numbered(words: Iterable[str]) -> str:
    return "　".join(f"{n} {word}" for n, word in enumerate(words, start=1))
