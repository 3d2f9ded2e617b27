"""What all panels of proactive work have in common (主动治理的办理栏)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desk.queries.gatherings import GatheringRow, gathering_board
from desk.queries.lookups import UnitChoice
from desk.queries.three_lists import DemandRow, ProjectRow, ResourceRow, three_lists
from desk.queries.topic_plans import PlanFile, plan_file
from desk.rules.day_words import read_near_day
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.ui.desk import Query
from desk.ui.sections.step_panel import StepHost, StepPanel
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


class ProactiveStep(StrEnum):
    """What a panel is for; what was drafted in it stays with it."""

    PLAN = "plan.write"
    MEASURE = "plan.measure"
    REPORT = "plan.report"
    FINISH = "plan.finish"
    LOOK = "plan.look"
    MEET = "plan.meet"
    GATHER = "gathering.write"
    ADD = "gathering.add"
    CORRECT = "gathering.correct"
    ANSWER = "gathering.answer"
    PASS = "gathering.pass"  # noqa: S105 - no password: 改由别的单位
    TURN = "gathering.turn"
    DEMAND = "demand.write"
    WHISTLE = "demand.whistle"
    RESOURCE = "resource.write"
    STOP = "resource.stop"
    PROJECT = "project.write"
    END = "project.end"


class ProactivePanel(StepPanel):
    """One step as a form; days are written as people say them."""

    def near_day(self, name: str, text: str, wanted: str) -> date:
        """Return a day, past or to come.

        Raises:
            RuleBroken: it is not there, or cannot be read.
        """
        if not text.strip():
            raise RuleBroken(wanted, field=name)
        return read_near_day(text, day_of(self.desk.now()), field=name)

    def beside(self, *fields: tuple[QWidget, int]) -> None:
        """Put fields that stand below each other into one row, with their shares of the width."""
        box = QWidget()
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for field, share in fields:
            self.form.column.removeWidget(field)
            row.addWidget(field, share)
        self.form.add(box)

    def pick(self, name: str, words: str, items: Iterable[PickItem], hint: str = "") -> PickerField:
        """Add a field whose content is one of a list."""
        field = PickerField(words, hint=hint)
        field.set_items(items)
        return self.form.picker(name, words, field)

    def picked(self, field: PickerField) -> int | None:
        """Return what was chosen, or None."""
        value = field.value()
        return value if isinstance(value, int) else None

    def must_pick(self, name: str, field: PickerField, wanted: str) -> int:
        """Return what was chosen.

        Raises:
            RuleBroken: nothing is.
        """
        value = self.picked(field)
        if value is None:
            raise RuleBroken(wanted, field=name)
        return value


class ProactiveHost(StepHost):
    """Holds one panel at a time; where somebody was quicker, reads what he made of it."""

    def fresh(self, wanted: int) -> Query[Any]:
        """Return the query that reads the newest state of what the panel is about."""
        file = self.panel.file if self.panel is not None else None
        return partial(_read_again, file=file, wanted=wanted)


def _read_again(reader: Any, file: Any, wanted: int) -> Any:
    if isinstance(file, PlanFile):
        return plan_file(reader, wanted)
    if isinstance(file, GatheringRow):
        return _with_id(gathering_board(reader).gatherings, wanted)
    if isinstance(file, DemandRow):
        return _with_id(three_lists(reader).demands, wanted)
    if isinstance(file, ResourceRow):
        return _with_id(three_lists(reader).resources, wanted)
    if isinstance(file, ProjectRow):
        return _with_id(three_lists(reader).projects, wanted)
    return file


def _with_id(rows: Iterable[Any], wanted: int) -> Any:
    return next((one for one in rows if one.id == wanted), None)


def unit_items(units: Iterable[UnitChoice]) -> list[PickItem]:
    """Return units as choices."""
    return [PickItem(one.id, one.short_name, one.name) for one in units]


def shown_day(day: date | None) -> str:
    """Return a day as fields and cards have it; empty for none."""
    return f"{day:%Y-%m-%d}" if day is not None else ""
