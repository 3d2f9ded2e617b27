"""Letters to units (表扬书、提醒函): their sentences, filled in from the cases they are about.

A letter names facts that the history bears out; whom it praises or reminds is chosen by people
(DOMAIN.md 2.12, 9.4). Persons are named only where somebody writes them in.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desk.rules.assessment_codes import LetterKind, LetterState, ReminderProblem
from desk.rules.codes import Resolution, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.moments import say_length
from desk.rules.wording import label

P = ReminderProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCase:
    """What is told of one case in a letter.

    Attributes:
        matter: its category and place, without personal data.
        responded_in, handled_in: from the appeal to the first contact, and to its result.
        over_by: by how much its limits were missed, in all.
    """

    number: str
    matter: str
    responded_in: timedelta | None = None
    handled_in: timedelta | None = None
    over_by: timedelta = timedelta()
    was_contacted: bool | None = None
    resolution: Resolution | None = None
    satisfaction: Satisfaction | None = None


def praise(case: LetterCase) -> str:
    """Return the sentence on one case of a commendation."""
    parts = [f"在办理{case.matter}（{case.number}）诉求中"]
    if case.responded_in is not None:
        parts.append(f"响应 {say_length(case.responded_in)}")
    if case.handled_in is not None:
        parts.append(f"办理 {say_length(case.handled_in)}")
    if case.satisfaction in {Satisfaction.SATISFIED, Satisfaction.FAIRLY}:
        parts.append(f"群众评价{label(case.satisfaction)}")
    return "，".join(parts)


def problems_of(case: LetterCase) -> tuple[ReminderProblem, ...]:
    """Return the problems that the history of a case bears out; others are for people to tick."""
    is_bad = case.satisfaction is Satisfaction.DISSATISFIED
    is_double_no = is_bad and case.resolution is Resolution.NO
    found = (
        (P.OVERDUE, case.over_by > timedelta()),
        (P.NOT_CONTACTED, case.was_contacted is False),
        (P.DOUBLE_NO, is_double_no),
        (P.BAD_RATING, is_bad and not is_double_no),
    )
    return tuple(problem for problem, holds in found if holds)


def say_problem(problem: ReminderProblem, cases: Sequence[LetterCase]) -> str:
    """Say a problem as it stands in a reminder: “超期 26 小时”."""
    if problem is not P.OVERDUE:
        return label(problem)
    over = sum((case.over_by for case in cases), timedelta())
    return f"{label(problem)} {say_length(over)}" if over else label(problem)


def require_letter(
    kind: LetterKind,
    *,
    cases: Collection[int],
    facts: str,
    problems: Collection[ReminderProblem],
    due_on: date | None,
    today: date,
) -> None:
    """Raise RuleBroken unless a letter has its cases, its facts and, a reminder, its limit."""
    if not cases:
        raise RuleBroken("请先选这封信说的是哪几件。", field="cases")
    if not facts.strip():
        raise RuleBroken("请写明事实，收信的单位才知道说的是什么。", field="facts")
    if kind is LetterKind.COMMENDATION:
        return
    if not problems:
        raise RuleBroken("请至少勾一个问题。", field="problems")
    if due_on is None or due_on < today:
        raise RuleBroken("请填整改期限，今天或今天以后的日子。", field="due_on")


def require_rectification(state: LetterState, *, measures: str, responsible: str) -> None:
    """Raise RuleBroken unless a unit may answer now, with what it did and who is responsible."""
    if state not in {LetterState.ISSUED, LetterState.DELIVERED}:
        raise RuleBroken(f"这封提醒函{label(state)}，不用再反馈。请刷新后再看。")
    if not measures.strip():
        raise RuleBroken("请写明整改措施。", field="measures")
    if not responsible.strip():
        raise RuleBroken("请填责任人。", field="responsible")


def say_often(unit: str, letters: int, limit: int) -> str:
    """Say that a unit got many reminders in a quarter, or nothing; people decide what follows."""
    if letters < limit:
        return ""
    return f"{unit}本季度已收到 {letters} 封提醒函，可考虑移送纪工委，请领导决定。"
