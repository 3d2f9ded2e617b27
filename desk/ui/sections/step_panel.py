"""A panel in which one step with a line of a list is taken (分栏页的办理栏)."""

from datetime import date
from typing import Any

from desk.rules.day_words import read_coming_day, read_day
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.ui.case.form_panel import FormPanel
from desk.ui.case.panel_stack import PanelStack
from desk.ui.desk import Query
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


class StepPanel(FormPanel[Any]):
    """One step as a form; what cannot be read is said beside its field."""

    def head(self) -> Any:
        """Return the head of a request made now."""
        return self.desk.by_me()

    def submit(self) -> None:
        """Say first what cannot be read."""
        try:
            self.request(self.head())
        except RuleBroken as refused:
            self._on_refused(refused)
            return
        super().submit()

    def past_day(self, name: str, text: str, wanted: str) -> date:
        """Return a day up to today.

        Raises:
            RuleBroken: it is not there, or cannot be read.
        """
        if not text.strip():
            raise RuleBroken(wanted, field=name)
        try:
            return read_day(text, day_of(self.desk.now()))
        except RuleBroken as refused:
            raise RuleBroken(str(refused), field=name) from refused

    def coming_day(self, name: str, text: str) -> date | None:
        """Return a day from today on, or None where there is none.

        Raises:
            RuleBroken: it cannot be read.
        """
        today = day_of(self.desk.now())
        return read_coming_day(text, today, field=name) if text.strip() else None

    def units(self, offered: tuple[tuple[int, str], ...]) -> PickerField:
        """Add a field in which a unit is chosen."""
        field = PickerField("单位", required=True, hint="输入几个字或拼音")
        self.form.picker("unit", "单位", field)
        field.set_items(PickItem(unit, name) for unit, name in offered)
        return field

    def unit_of(self, field: PickerField) -> int:
        """Return the chosen unit.

        Raises:
            RuleBroken: none is chosen.
        """
        chosen = field.value()
        if not isinstance(chosen, int):
            raise RuleBroken("请选择单位。", field="unit")
        return chosen


class StepHost(PanelStack[Any]):
    """Holds one panel of the page at a time; hidden while there is none."""

    def fresh(self, wanted: int) -> Query[Any]:
        """Return what the panel is about: nothing on this page has versions."""
        del wanted
        file = self.panel.file if self.panel is not None else None
        return lambda _reader: file

    def is_allowed(self, panel: FormPanel[Any], file: Any) -> bool:
        """Return that it may be tried again; the action refuses what is over."""
        del panel, file
        return True
