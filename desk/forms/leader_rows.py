"""Rows of the registration form of a led case and of minutes (领导包案登记表、会商议事纪要)."""

from typing import TypedDict

from desk.forms.rows import PaperRow


class TeamLine(TypedDict):
    """Somebody in the team (专班)."""

    role: str
    name: str
    office: str | None


class PledgeLine(TypedDict):
    """One line of 五包: what, who answers for it, how far it is."""

    words: str
    responsible: str | None
    note: str | None
    on_day: str | None


class QuestionLine(TypedDict):
    """One of 三问 and what was said to it."""

    words: str
    answer: str | None  # 是、部分、否
    note: str | None


class StepLine(TypedDict):
    """One line of what was done, or is planned: day, action, result."""

    day: str | None
    action: str
    result: str


class LeaderCaseRow(PaperRow):
    """提级办理、领导包案登记表 (DOMAIN.md 2.10)."""

    case_number: str
    summary: str
    reason: str
    leader: str  # 姓名、职务
    started_on: str
    planned_until: str
    before: str | None  # 移交: who led it earlier
    team: list[TeamLine]
    pledges: list[PledgeLine]
    questions: list[QuestionLine]
    steps: list[StepLine]
    outcome: str | None
    conclusion: str | None
    concluded_on: str | None


class DecisionLine(TypedDict):
    """One thing that was decided."""

    text: str
    who: str | None
    until: str | None


class MeetingMinutesRow(PaperRow):
    """会商、议事纪要 (DOMAIN.md 9.3)."""

    kind: str
    title: str
    about: str | None
    held_at: str
    place: str
    chair: str
    attendees: str
    minutes: str
    decisions: list[DecisionLine]
    recorder: str
