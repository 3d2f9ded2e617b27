"""The inspectors' desk (纪工委): what has not moved for days, and where a case lay how long."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desk.queries.about_staff import cases_about_staff
from desk.queries.case_file import CaseFile
from desk.queries.desk_today import DayRow
from desk.queries.holding import case_strip
from desk.queries.looks import BusyDay, looks_beyond
from desk.queries.silence import SilentCase, silent_cases
from desk.rules.holding import CaseStrip
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.start.list_face import ListFace
from desk.ui.steering.held_strip import HeldStrip
from desk.ui.steering.rows import silent_row
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.work_list import WorkRow

_DAYS = (1, 3, 7, 15)
_USUAL = 3


_ABOUT = "举报件，反映本街道单位、人员的件"


class InspectorFace(ListFace):
    """Reports and cases about the street's own people, then what has not moved for days."""

    name, title = "监督", "没有动静的件"
    list_name = "没有动静的件"
    empty = "没有停着不动的件。"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.days = ChoiceChips("几天没有动静", [Choice(day, f"{day} 天") for day in _DAYS])
        self.strip = HeldStrip()
        self._about: tuple[DayRow, ...] | None = None
        self._still: tuple[SilentCase, ...] | None = None
        super().__init__(desk, parent)
        self.days.set_value(_USUAL)
        self.days.chosen.connect(lambda _days: self.load())
        self.looks = text_label("", wraps=True)
        self._busy = Card("查看诉求人超出次数", note="近 7 天")
        self._busy.body.addWidget(self.looks)
        self._busy.setVisible(False)
        self.above.addWidget(self._busy)
        card = Card("几天没有动静")
        card.body.addWidget(self.days)
        self.above.addWidget(card)
        self.brief.below.addWidget(text_label("在谁手里多久", "label"))
        self.brief.below.addWidget(self.strip)

    def load(self) -> None:
        """Read the cases that have not moved."""
        days = self.days.value()
        query = partial(silent_cases, days=days if isinstance(days, int) else _USUAL)
        self.desk.ask(query, owner=self, done=self._show_still)
        self.desk.ask(cases_about_staff, owner=self, done=self._show_about)
        self.desk.ask(looks_beyond, owner=self, done=self._show_looks)

    def on_file(self, file: CaseFile) -> None:
        """Show the case, and read in whose hands it was."""
        super().on_file(file)
        query = partial(case_strip, case_id=file.id)
        self.desk.ask(query, owner=self, done=partial(self._show_strip, file.id))

    def _show_still(self, rows: tuple[SilentCase, ...]) -> None:
        self.head.set_note(f"{len(rows)} 件")
        self.badge_changed.emit(len(rows))
        self._still = rows
        self._show_lists()

    def _show_about(self, rows: tuple[DayRow, ...]) -> None:
        self._about = rows
        self._show_lists()

    def _show_lists(self) -> None:
        """Show what is about the street's own people first; a case stands only once."""
        if self._about is None or self._still is None:
            return  # else what comes first would be chosen, rather than what is on top
        about = {row.case_id for row in self._about}
        now = self.desk.now()
        rows = [silent_row(one, now) for one in self._still if one.row.case_id not in about]
        if about:
            rows.insert(0, WorkRow(None, self.list_name, note=str(len(rows))))
            head = WorkRow(None, _ABOUT, note=str(len(about)))
            rows = [head, *(_about_row(row) for row in self._about), *rows]
        self.show_rows(rows)

    def _show_looks(self, days: tuple[BusyDay, ...]) -> None:
        self.looks.setText("\n".join(day.sentence for day in days))
        self._busy.setVisible(bool(days))

    def _show_strip(self, case_id: int, strip: CaseStrip | None) -> None:
        if case_id == self.list.current_id():
            self.strip.show_strip(strip, self.desk.now())


def _about_row(row: DayRow) -> WorkRow:
    facts = row.clock.facts if row.clock is not None else None
    left = f"{row.seq:05}　{row.unit}　{label(row.status)}"
    return WorkRow(row.case_id, row.summary, left=left, facts=facts)
