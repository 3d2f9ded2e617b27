"""Which unit of a dispatch has which matter (事项交给谁): asked only where both are several."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from desk.queries.case_file import CaseFile
from desk.rules.matters import heading_of
from desk.ui.case.form_column import FormColumn
from desk.ui.case.form_parts import LabelledChoice
from desk.ui.case.matter_blocks import matters_now
from desk.ui.widgets.choice_chips import Choice


class MatterUnits(QObject):
    """A row of the chosen units for every matter; without a choice the lead has it.

    Args:
        form: where the rows are added, hidden until two units are chosen.
    """

    def __init__(self, form: FormColumn, file: CaseFile) -> None:
        super().__init__(form)
        self._units: dict[int, str] = {}
        self._wanted: dict[int, object] = {}
        self._rows: dict[int, LabelledChoice] = {}
        matters = matters_now(file)
        for matter in matters if len(file.matters) > 1 else ():
            words = f"事项 {matter.seq}“{heading_of(matter.content)}”交给"
            self._wanted[matter.id] = matter.unit_id
            self._add(form, matter.id, words)

    def offer(self, units: Mapping[int, str]) -> None:
        """Offer the units chosen so far, the lead first; what was chosen stays while it can."""
        self._units = dict(units)
        for matter, row in self._rows.items():
            row.set_choices([Choice(unit, name) for unit, name in units.items()])
            wanted = self._wanted[matter]
            row.chips.set_value(wanted if wanted in units else next(iter(units), None))
            row.setVisible(len(units) > 1)

    def chosen(self) -> tuple[tuple[int, int], ...]:
        """Return which matter goes to another unit than the lead."""
        lead = next(iter(self._units), None)
        given = {matter: row.value() for matter, row in self._rows.items()}
        return tuple(
            (matter, int(str(unit)))
            for matter, unit in given.items()
            if unit in self._units and unit != lead
        )

    def _add(self, form: FormColumn, matter: int, words: str) -> None:
        row = form.choice(f"unit_{matter}", words, ())
        row.chosen.connect(lambda unit: self._wanted.update({matter: unit}))
        row.hide()
        entry = form.entries[f"unit_{matter}"]

        def write(value: Any) -> None:
            self._wanted[matter] = value
            entry.write(value)

        form.entries[f"unit_{matter}"] = replace(entry, write=write)
        self._rows[matter] = row
