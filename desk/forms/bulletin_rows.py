"""Rows of the bulletins on paper (日通报、周分析、月研判) and of their public version."""

from typing import TypedDict

from desk.forms.rows import PaperRow


class FigureLine(TypedDict):
    """One figure beside what it is held against."""

    name: str
    now: str
    before: str
    against_before: str
    year_ago: str
    against_year_ago: str


class UnitLine(TypedDict):
    """One unit; its place only where units are ranked."""

    rank: str
    unit: str
    received: int | str
    visited: int | str
    response_rate: str
    resolution_rate: str
    satisfaction_rate: str
    score: str


class HotLine(TypedDict):
    """One community, category or housing estate."""

    what: str
    key: str
    received: int | str
    before: int | str


class CaseLine(TypedDict):
    """One case that somebody must see to; no words of the appellant."""

    number: str
    unit: str
    category: str
    community: str
    why: str


class GoalLine(TypedDict):
    """One of 三升两降."""

    name: str
    should: str
    now: str
    before: str
    year_ago: str
    went: str
    met: str


class TaskLine(TypedDict):
    """One decision of the review."""

    text: str
    unit: str
    due_on: str
    state: str


class RunUpPoint(TypedDict):
    """One day, week or month of the chart."""

    label: str
    received: int | str
    satisfaction_rate: str | None


class BulletinPaperRow(PaperRow):
    """日通报、周分析、月研判 (DOMAIN.md 002-12), set like an official letter."""

    title: str
    days: str
    rules_name: str
    made_at: str  # “11 月 22 日 23:00”
    overview: list[str]
    units: list[str]
    hot: list[str]
    troubles: list[str]
    solved: list[str]
    trends: list[str]
    steering: list[str]
    keeping: list[str]
    advice: list[str]
    figures: list[FigureLine]
    ranked_units: list[UnitLine]
    plain_units: list[UnitLine]
    hot_spots: list[HotLine]
    cases: list[CaseLine]
    more_cases: int | None  # that are not on paper
    goals: list[GoalLine]
    tasks: list[TaskLine]
    run_up: list[RunUpPoint]


class PublicBulletinRow(PaperRow):
    """The version that may be shown outside (公开版, 003-6)."""

    title: str
    days: str
    rules_name: str
    made_at: str
    overview: list[str]
    units: list[str]
    hot: list[str]
    solved: list[str]
    figures: list[FigureLine]
    ranked_units: list[UnitLine]
    plain_units: list[UnitLine]
    hot_spots: list[HotLine]
    run_up: list[RunUpPoint]
    least: int | None  # counts below it are not told
