"""The inspectors' desk (纪工委): what has not moved for days, and where a case lay how long."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk.queries.case_file import CaseFile
from desk.queries.desk_today import DayRow
from desk.queries.looks import BusyDay, looks_beyond
from desk.queries.overview import CaseStrip, Held, case_strip, still_cases
from desk.rules.moments import say_length
from desk.ui.desk import Desk
from desk.ui.start.list_face import ListFace
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.painted import Painted
from desk.ui.widgets.painting import paint_box, paint_text
from desk.ui.work_list import WorkRow

_DAYS = (1, 3, 7, 15)
_USUAL = 3
_BAR = 26.0
_LEAST = 0.03  # of the strip's width, so that a short stay can still be seen


class InspectorFace(ListFace):
    """Open cases without movement, the stillest first, and the long strip of one case."""

    name, title = "监督", "没有动静的件"
    list_name = "没有动静的件"
    empty = "没有停着不动的件。"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.days = ChoiceChips("几天没有动静", [Choice(day, f"{day} 天") for day in _DAYS])
        self.strip = HeldStrip()
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
        query = partial(still_cases, days=days if isinstance(days, int) else _USUAL)
        self.desk.ask(query, owner=self, done=self._show_still)
        self.desk.ask(looks_beyond, owner=self, done=self._show_looks)

    def on_file(self, file: CaseFile) -> None:
        """Show the case, and read in whose hands it was."""
        super().on_file(file)
        query = partial(case_strip, case_id=file.id)
        self.desk.ask(query, owner=self, done=self._show_strip)

    def _show_still(self, rows: tuple[DayRow, ...]) -> None:
        now = self.desk.now()
        self.head.set_note(f"{len(rows)} 件")
        self.badge_changed.emit(len(rows))
        self.show_rows([_still_row(row, now) for row in rows])

    def _show_looks(self, days: tuple[BusyDay, ...]) -> None:
        self.looks.setText("\n".join(day.sentence for day in days))
        self._busy.setVisible(bool(days))

    def _show_strip(self, strip: CaseStrip | None) -> None:
        if strip is not None and strip.file.id == self.list.current_id():
            self.strip.show_held(strip.held)


class HeldStrip(Painted):
    """One long strip: each unit as wide as the time that the case lay with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: tuple[Held, ...] = ()
        self.setAccessibleName("在谁手里多久")

    def show_held(self, held: Sequence[Held]) -> None:
        """Show these stays, from the first to the present one."""
        self._held = tuple(held)
        said = "，".join(f"{stay.who} {say_length(stay.length)}" for stay in self._held)
        self.setAccessibleName(f"在谁手里多久：{said}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the strip and of one line for each stay."""
        line = tokens().sizes.text_line
        return QSize(240, round(_BAR) + 8 + line * len(self._held))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the strip, and below it a line for each stay."""
        look = tokens()
        painter = QPainter(self)
        total = sum(stay.length.total_seconds() for stay in self._held) or 1.0
        shares = [max(stay.length.total_seconds() / total, _LEAST) for stay in self._held]
        whole = sum(shares) or 1.0
        left, line = 0.0, float(look.sizes.text_line)
        for at, (stay, share) in enumerate(zip(self._held, shares, strict=True)):
            width = self.width() * share / whole
            is_last = at == len(self._held) - 1
            fill = (
                look.accent if is_last else mixed(look.accent, look.surface, 0.35 + 0.3 * (at % 2))
            )
            paint_box(painter, QRectF(left, 0, max(width - 2, 2), _BAR), fill, None, 3)
            top = _BAR + 8 + at * line
            mark = QRectF(0, top + line / 2 - 5, 10, 10)
            paint_box(painter, mark, fill, None, 2)
            words = QRectF(18, top, self.width() - 18, line)
            text = f"{stay.who}　{say_length(stay.length)}　{stay.status}"
            paint_text(painter, words, text, look.font(Type.LABEL, bold=is_last), look.text)
            left += width
        painter.end()


def _still_row(row: DayRow, now: datetime) -> WorkRow:
    facts = row.clock.facts if row.clock is not None else None
    still = say_length(now - row.changed_at)
    left = f"{row.seq:05}　{row.unit}　停 {still}"
    return WorkRow(row.case_id, row.summary, left=left, facts=facts)
