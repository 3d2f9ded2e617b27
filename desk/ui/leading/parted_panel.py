"""A panel in which one of a few things is done (一栏几件事): digits choose, the fields follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from desk.queries.case_file import CaseFile
from desk.rules.day_words import read_coming_day, read_day
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.leading.words import overview
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that the panel does.

    Attributes:
        names: the fields that it needs.
    """

    key: str
    label: str
    verb: str
    names: tuple[str, ...]


class PartedPanel(DeedPanel):
    """What is there above, the choice of what is done, and its fields."""

    parts: ClassVar[Sequence[Part]]
    choice_label: ClassVar[str] = "做什么"
    is_wide = True

    def begin(self) -> None:
        """Show the led case, and offer the parts; the panel adds its fields after it."""
        view = self.file.leading.now
        self._fields: dict[str, list[QWidget]] = {}
        self._above = text_label("", "label", wraps=True)
        if view is not None:
            self._above.setText("\n".join(overview(self.file, view, self.desk.now())))
        self.form.add(self._above)
        offered = [Choice(one.key, one.label) for one in self.offered()]
        self._which = self.form.choice("part", self.choice_label, offered, required=True)
        self._which.chosen.connect(lambda _key: self._show_part())

    def offered(self) -> Sequence[Part]:
        """Return the parts that make sense now."""
        return self.parts

    def field(self, name: str, *widgets: QWidget) -> None:
        """Say which widgets belong to a field; they are hidden while no part needs them."""
        self._fields.setdefault(name, []).extend(widgets)

    def finish(self) -> None:
        """Choose the first part; what was drafted may choose another one."""
        self._which.chips.set_value(self.offered()[0].key)
        self._show_fields()

    def start(self) -> None:
        """Put the keyboard into the choice, with the fields of what is chosen."""
        self._show_part()
        super().start()

    def take_option(self, option: object) -> None:
        """Go to one part at once."""
        super().take_option(option)
        if any(one.key == option for one in self.offered()):
            self._which.chips.set_value(option)
            self._show_part()

    def take_file(self, file: CaseFile) -> None:
        """Go on with a newer state of the case."""
        super().take_file(file)
        view = file.leading.now
        if view is not None:
            self._above.setText("\n".join(overview(file, view, self.desk.now())))

    @property
    def part(self) -> Part:
        """Return what is done now."""
        key = self._which.value()
        return next((one for one in self.offered() if one.key == key), self.offered()[0])

    def submit(self) -> None:
        """Say first what cannot be read."""
        try:
            self.request(self.head())
        except RuleBroken as refused:
            self.missing(refused.field or "part", str(refused))
            return
        super().submit()

    def past_day(self, name: str, text: str) -> date:
        """Return a day up to today; none written is today.

        Raises:
            RuleBroken: it cannot be read.
        """
        today = day_of(self.desk.now())
        try:
            return read_day(text, today) if text.strip() else today
        except RuleBroken as refused:
            raise RuleBroken(str(refused), field=name) from refused

    def coming_day(self, name: str, text: str) -> date | None:
        """Return a day from today on, or None where there is none.

        Raises:
            RuleBroken: it cannot be read.
        """
        today = day_of(self.desk.now())
        return read_coming_day(text, today, field=name) if text.strip() else None

    def _show_part(self) -> None:
        self._show_fields()
        self.button.setText(self.part.verb)

    def _show_fields(self) -> None:
        wanted = self.part.names
        for name, widgets in self._fields.items():
            for widget in widgets:
                widget.setVisible(name in wanted)
