"""What a unit was sent and has to do something about (本单位收到的).

Letters and tasks, whistles that call it and what it has to do about them, measures of plans.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select

from desk.rules.assessment_codes import LetterKind, LetterState
from desk.rules.deeds import Deed
from desk.rules.moments import day_of, say_moment
from desk.rules.proactive_codes import PlanState
from desk.rules.rights import may_in_hall
from desk.rules.whistle_codes import WhistleState
from desk.rules.whistling import OPEN
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import (
    Letter,
    Paper,
    PlanMeasure,
    ReviewTask,
    Topic,
    TopicPlan,
    Whistle,
    WhistleDuty,
    WhistleUnit,
)
from desk.store.sight import letter_seen_by
from desk.store.topic_sight import topic_seen_by
from desk.store.whistle_sight import whistle_seen_by

_LONGEST = 30  # characters of a task


class MailStep(StrEnum):
    """The one thing to be done about it now."""

    SIGN = "sign"  # 签收
    ANSWER = "answer"  # 填整改反馈
    REPORT = "report"  # 回报任务
    COME = "come"  # 到场、报到
    DO = "do"  # 完成哨单上的分工
    MEASURE = "measure"  # 回报治理措施


@dataclass(frozen=True, slots=True)
class UnitMail:
    """One thing that waits for the unit.

    Attributes:
        id: of the letter or task, of the whistle, or of the topic whose plan it is.
        words: what it is: “提醒函 青榕提〔2026〕1号”.
        due_on: by when it is to be answered or done; a commendation has none. Where it is a
            matter of hours, the words say the moment.
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
    found = [*_letters(reader), *_tasks(reader), *_calls(reader), *_duties(reader)]
    found += _measures(reader)
    return tuple(sorted(found, key=_urgency))


def _urgency(one: UnitMail) -> tuple[bool, date, bool]:
    """Return what is due first; of one day, where somebody waits for them to come."""
    return one.due_on is None, one.due_on or date.max, one.step is not MailStep.COME


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
        is_late = row.due_on < day_of(reader.now)
        words = f"研判会任务：{_short(row.text)}"
        yield UnitMail(row.id, MailStep.REPORT, words, row.due_on, is_late)


def _calls(reader: Reader) -> Iterator[UnitMail]:
    """Yield the whistles for which the unit has not come yet."""
    rows = reader.session.execute(
        select(WhistleUnit.whistle_id, WhistleUnit.required_at).where(
            WhistleUnit.unit_id.in_(reader.person.unit_ids),
            WhistleUnit.called_at.is_not(None),
            WhistleUnit.arrived_at.is_(None),
            WhistleUnit.withdrawn_at.is_(None),
        )
    ).all()
    called = _whistles(reader, [row.whistle_id for row in rows], {WhistleState.CALLED})
    for row in rows:
        if (whistle := called.get(row.whistle_id)) is not None:
            when = _by_when(reader, row.required_at)
            words = (
                f"吹哨，请{f'在 {when}' if when else ''}到 {whistle.site}：{_short(whistle.matter)}"
            )
            yield UnitMail(whistle.id, MailStep.COME, words, *_until(reader, row.required_at))


def _duties(reader: Reader) -> Iterator[UnitMail]:
    """Yield what was agreed on the spot and is not done yet."""
    rows = reader.session.execute(
        select(WhistleDuty.whistle_id, WhistleDuty.matter, WhistleDuty.due_at).where(
            WhistleDuty.unit_id.in_(reader.person.unit_ids),
            WhistleDuty.done_at.is_(None),
            WhistleDuty.removed_at.is_(None),
        )
    ).all()
    going_on = _whistles(reader, [row.whistle_id for row in rows], OPEN)
    for row in rows:
        if row.whistle_id in going_on:
            when = _by_when(reader, row.due_at)
            words = f"哨单分工：{_short(row.matter)}" + (f"，{when}" if when else "")
            yield UnitMail(row.whistle_id, MailStep.DO, words, *_until(reader, row.due_at))


def _whistles(
    reader: Reader, ids: Sequence[int], states: Collection[WhistleState]
) -> dict[int, Whistle]:
    """Return those of some whistles that the reader sees and that stand there."""
    wanted = select(Whistle).where(
        Whistle.id.in_(ids), Whistle.state.in_(sorted(states)), whistle_seen_by(reader.person)
    )
    return {one.id: one for one in reader.session.scalars(wanted)} if ids else {}


def _measures(reader: Reader) -> Iterator[UnitMail]:
    rows = reader.session.execute(
        select(PlanMeasure.topic_id, PlanMeasure.text, PlanMeasure.due_on)
        .join(TopicPlan, TopicPlan.id == PlanMeasure.plan_id)
        .where(
            PlanMeasure.topic_id.in_(select(Topic.id).where(topic_seen_by(reader.person))),
            PlanMeasure.unit_id.in_(reader.person.unit_ids),
            PlanMeasure.done_on.is_(None),
            PlanMeasure.dropped_at.is_(None),
            TopicPlan.state == PlanState.RUNNING,
        )
    ).all()
    for row in rows:
        is_late = row.due_on < day_of(reader.now)
        words = f"治理措施：{_short(row.text)}"
        yield UnitMail(row.topic_id, MailStep.MEASURE, words, row.due_on, is_late)


def _until(reader: Reader, at: datetime | None) -> tuple[date | None, bool]:
    """Return on which day something is due, and whether its moment is over."""
    return (day_of(at) if at else None), at is not None and at < reader.now


def _by_when(reader: Reader, at: datetime | None) -> str:
    return f"{say_moment(at, seen_at=reader.now)} 前" if at else ""


def _short(text: str) -> str:
    words = " ".join(text.split()).rstrip("。；，")
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
