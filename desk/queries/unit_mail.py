"""What a unit was sent and has to do something about (本单位收到的): letters, review tasks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from desk.rules.assessment_codes import LetterKind, LetterState
from desk.rules.deeds import Deed
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Letter, Paper, ReviewTask
from desk.store.sight import letter_seen_by

_LONGEST = 30  # characters of a task


class MailStep(StrEnum):
    """The one thing to be done about it now."""

    SIGN = "sign"  # 签收
    ANSWER = "answer"  # 填整改反馈
    REPORT = "report"  # 回报任务


@dataclass(frozen=True, slots=True)
class UnitMail:
    """One thing that waits for the unit.

    Attributes:
        words: what it is: “提醒函 青榕提〔2026〕1号”.
        due_on: by when it is to be answered or done; a commendation has none.
    """

    id: int
    step: MailStep
    words: str
    due_on: date | None
    is_late: bool


def unit_mail(reader: Reader) -> tuple[UnitMail, ...]:
    """Return what waits for the reader's units, what is due first on top; nothing of others."""
    if not may_in_hall(Deed.ANSWER_LETTER, reader.person):
        return ()
    found = [*_letters(reader), *_tasks(reader)]
    return tuple(sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max)))


def _letters(reader: Reader) -> Iterator[UnitMail]:
    today = day_of(reader.now)
    rows = reader.session.execute(
        select(Letter.id, Letter.kind, Letter.state, Letter.due_on, Paper.number)
        .join(Paper, Paper.id == Letter.paper_id)
        .where(
            letter_seen_by(reader.person),
            Letter.unit_id.in_(reader.person.unit_ids),
            Letter.state.in_([LetterState.ISSUED, LetterState.DELIVERED]),
        )
    ).all()
    for row in rows:
        is_new = row.state is LetterState.ISSUED
        if is_new or row.kind is LetterKind.REMINDER:
            yield UnitMail(
                row.id,
                MailStep.SIGN if is_new else MailStep.ANSWER,
                f"{label(row.kind)} {row.number}",
                row.due_on,
                row.due_on is not None and row.due_on < today,
            )


def _tasks(reader: Reader) -> Iterator[UnitMail]:
    rows = reader.session.execute(
        select(ReviewTask.id, ReviewTask.text, ReviewTask.due_on).where(
            ReviewTask.street_id == reader.person.street_id,
            ReviewTask.unit_id.in_(reader.person.unit_ids),
            ReviewTask.done_on.is_(None),
        )
    ).all()
    for row in rows:
        text = " ".join(row.text.split()).rstrip("。；，")
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        is_late = row.due_on < day_of(reader.now)
        yield UnitMail(row.id, MailStep.REPORT, f"研判会任务：{short}", row.due_on, is_late)
