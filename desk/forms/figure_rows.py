"""Rows of the lists that statistics print (统计清单); the keys are those of its layout."""

from typing import TypedDict

from desk.forms.rows import PaperRow


class FigureLine(TypedDict):
    """One case behind a figure; no names, numbers or addresses."""

    case_number: str
    received_on: str  # a day
    unit: str | None
    community: str | None
    subject: str
    state: str
    rated: str | None  # 双是, 非双是, 双否, 未评价


class FigureListRow(PaperRow):
    """统计清单: which figure, and the cases that it counts."""

    scope: str  # "2026-10-01 至 2026-10-31，城建办：双否"
    total: int
    lines: list[FigureLine]
