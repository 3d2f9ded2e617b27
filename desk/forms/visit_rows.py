"""The row of the sheet that is carried from door to door (走访表)."""

from typing import TypedDict

from desk.forms.rows import PaperRow


class AskedAtTheDoor(TypedDict):
    """One question with the numbers of its answers."""

    about: str  # 消防
    text: str
    answers: str  # 1 没有　2 有


class DoorLine(TypedDict):
    """One door of a building."""

    building: str
    household: str  # 2单元301


class ConcernHint(TypedDict):
    """One of the four situations, and what to do about it."""

    mark: str  # 1 生病卧床
    hint: str


class VisitSheetRow(PaperRow):
    """走访表、入户十问 (DOMAIN.md 000-4, 9.3): households by number, nobody by name."""

    kind: str
    community: str
    grid: str | None
    planned_on: str
    households: str
    questions: list[AskedAtTheDoor]
    doors: list[DoorLine]
    few_doors: list[DoorLine]  # with few questions there is more room for words
    results: str
    concerns: list[ConcernHint]
