"""Letters to units (表扬书、提醒函): their sentences, filled in from the cases they are about.

A letter names facts that the history bears out; whom it praises or reminds is chosen by people
(DOMAIN.md 2.12, 9.4). Persons are named only where somebody writes them in.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from desk.rules.assessment_codes import LetterKind, LetterState, ReminderProblem
from desk.rules.codes import Purpose, Resolution, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.moments import say_length
from desk.rules.wording import label

P, S = ReminderProblem, LetterState
# A letter that was wrong is revoked, whatever came of it; its number is not used again.
MOVES: Mapping[LetterState, frozenset[LetterState]] = MappingProxyType(
    {
        S.ISSUED: frozenset({S.DELIVERED, S.RECTIFIED, S.REVOKED}),
        S.DELIVERED: frozenset({S.RECTIFIED, S.REVOKED}),
        S.RECTIFIED: frozenset({S.REVOKED}),
        S.REVOKED: frozenset(),
    }
)
OFTEN = 3  # reminders to a unit in a quarter; the hall's own number is a setting
DAYS_TO_RECTIFY = 7  # offered as the limit of a reminder; people write another one
NOT_IN_LETTERS = "举报件、调解件和反映本街道单位、人员的件不写进表扬书、提醒函。"


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


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What the history fills in; whoever issues the letter may write it otherwise.

    Attributes:
        facts: one sentence a line, one line a case.
    """

    facts: str
    problems: tuple[ReminderProblem, ...] = ()


def may_be_in_letter(*, is_secret: bool, purpose: Purpose, is_about_us: bool) -> bool:
    """Return whether a letter may name a case: no report, no mediation, none about ourselves."""
    return not is_secret and not is_about_us and purpose is not Purpose.MEDIATION


def words_of(kind: LetterKind, cases: Sequence[LetterCase]) -> LetterWords:
    """Return what a letter about these cases says, as their history bears it out."""
    if kind is LetterKind.COMMENDATION:
        return LetterWords("\n".join(map(praise, cases)))
    found = {problem for case in cases for problem in problems_of(case)}
    return LetterWords("\n".join(map(complaint, cases)), tuple(one for one in P if one in found))


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


def complaint(case: LetterCase) -> str:
    """Return the sentence on one case of a reminder: only what the history bears out."""
    parts = [f"{case.matter}（{case.number}）"]
    if case.over_by > timedelta():
        parts.append(f"超期 {say_length(case.over_by)}")
    if case.was_contacted is False:
        parts.append("诉求人说没有人联系")
    if case.resolution in {Resolution.NO, Resolution.PARTLY}:
        parts.append(f"问题{label(case.resolution)}")
    if case.satisfaction is Satisfaction.DISSATISFIED:
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


def gravity(case: LetterCase) -> tuple[int, timedelta]:
    """Return how grave a case is for a reminder; the gravest has the highest."""
    return len(problems_of(case)), case.over_by


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


def require_rectification(
    state: LetterState, *, measures: str, responsible: str, kind: LetterKind = LetterKind.REMINDER
) -> None:
    """Raise RuleBroken unless a unit may answer now, with what it did and who is responsible."""
    if kind is not LetterKind.REMINDER:
        raise RuleBroken("表扬书不用反馈。")
    if S.RECTIFIED not in MOVES[state]:
        raise RuleBroken(f"这封提醒函{label(state)}，不用再反馈。请刷新后再看。")
    if not measures.strip():
        raise RuleBroken("请写明整改措施。", field="measures")
    if not responsible.strip():
        raise RuleBroken("请填整改的责任人。", field="responsible")


def require_move(state: LetterState, target: LetterState) -> None:
    """Raise RuleBroken unless a letter may go on so."""
    if target not in MOVES[state]:
        raise RuleBroken(f"这封信{label(state)}，不能再记为{label(target)}。请刷新后再看。")


def require_delivery(
    state: LetterState, *, to: str, at: datetime, issued_at: datetime, now: datetime
) -> None:
    """Raise RuleBroken unless it is said to whom a letter was given, and when that can be."""
    require_move(state, S.DELIVERED)
    if not to.strip():
        raise RuleBroken("请填交给了谁。", field="to")
    # a moment is written to the minute
    if not issued_at.replace(second=0, microsecond=0) <= at <= now:
        raise RuleBroken("送达的时间应在签发以后、现在以前，请核对。", field="at")


def require_revocation(state: LetterState, note: str) -> None:
    """Raise RuleBroken unless it is said why a letter does not hold."""
    require_move(state, S.REVOKED)
    if not note.strip():
        raise RuleBroken("请写明为什么撤销，收信的单位看得到。", field="note")


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first day of a day's quarter, and of the next one."""
    month = (day.month - 1) // 3 * 3 + 1
    first = date(day.year, month, 1)
    last = date(day.year + month // 10, (month + 2) % 12 + 1, 1)
    return first, last


def say_often(unit: str, letters: int, limit: int) -> str:
    """Say that a unit got many reminders in a quarter, or nothing; people decide what follows."""
    if letters < limit:
        return ""
    return f"{unit}本季度已收到 {letters} 封提醒函，可考虑移送纪工委，请领导决定。"
