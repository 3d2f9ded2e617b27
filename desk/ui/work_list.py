"""A list of cases to be worked off (待办清单): what burns first on top, each with its clock.

Used by the start page, sign-off and follow-up. Rows are in memory; the chips tick by themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk.rules.clock_faces import ClockFace, ClockFacts, clock_face
from desk.rules.codes import Urgency
from desk.rules.wording import label
from desk.ui.keys import GlobalKey
from desk.ui.theme import THEME, Tokens, Type, say_state, tokens
from desk.ui.widgets.chip_paint import Tone, chip_size, paint_chip
from desk.ui.widgets.clock_paint import clock_chip_size, paint_clock_chip
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.painting import edge, paint_box, paint_focus, paint_text, text_width

Index = QModelIndex | QPersistentModelIndex

_GAP = 4.0
_PAD = 10.0
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of the list.

    Attributes:
        id: the case; None makes a heading, which cannot be chosen.
        tag: what it is, in a grey chip at the upper left (“处理意见书”).
        corner: a quiet word at the upper right (“榕东社区”).
        left: quiet words at the lower left of a low row (“00424 紧急”).
        note: a quiet word at the lower right of a tall row (“在您处 40 分”).
        face: the clock when it does not follow from `facts`.
    """

    id: int | None
    title: str
    tag: str = ""
    corner: str = ""
    left: str = ""
    note: str = ""
    urgency: Urgency | None = None
    facts: ClockFacts | None = None
    face: ClockFace | None = None

    def shown_face(self, now: datetime) -> ClockFace | None:
        """Return what the row's clock shows."""
        if self.facts is None:
            return self.face
        return clock_face(self.facts, now)


class _Rows(QAbstractListModel):
    """The rows with the faces that their clocks show now."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self.rows: list[WorkRow] = []
        self.faces: list[ClockFace | None] = []

    def put(self, rows: Sequence[WorkRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        now = self._now()
        self.faces = [row.shown_face(now) for row in self.rows]
        self.endResetModel()

    def tick(self) -> None:
        """Paint again only the rows whose clock shows something else now."""
        now = self._now()
        for at, row in enumerate(self.rows):
            face = row.shown_face(now)
            if face != self.faces[at]:
                self.faces[at] = face
                self.dataChanged.emit(self.index(at), self.index(at))

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows and headings there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's words; the accessible text says all of it."""
        row, face = self.rows[index.row()], self.faces[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            level = label(row.urgency) if row.urgency else ""
            clock = f"{face.name} {face.text}" if face else ""
            parts = (row.tag, row.title, row.left, level, row.corner, clock, row.note)
            return "，".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return face.sentence if face else row.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that cases can be chosen and headings cannot."""
        if self.rows[index.row()].id is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _RowPainter(QStyledItemDelegate):
    """Paints rows as small cards; tall ones have a tag and a note."""

    def __init__(self, rows: _Rows, *, tall: bool) -> None:
        super().__init__(rows)
        self._rows, self._is_tall = rows, tall

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a card or a heading."""
        look = tokens()
        line = look.sizes.text_line
        if self._rows.rows[index.row()].id is None:
            return QSize(100, line + 12)
        return QSize(100, round((3 if self._is_tall else 2) * line + 14 + _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        look = tokens()
        row, face = self._rows.rows[index.row()], self._rows.faces[index.row()]
        area = QRectF(option.rect)
        painter.save()
        if row.id is None:
            self._paint_heading(painter, area, row, look)
            painter.restore()
            return
        state = option.state
        is_on = bool(state & QStyle.StateFlag.State_Selected)
        area = area.adjusted(0, 0, -1, -_GAP)
        rim = edge(look.accent, 2.0) if is_on else edge(look.line)
        paint_box(painter, area, look.accent_tint if is_on else look.surface, rim, 6)
        inner = area.adjusted(_PAD, 6, -_PAD, -6)
        if self._is_tall:
            self._paint_tall(painter, inner, row, face, is_on=is_on)
        else:
            self._paint_low(painter, inner, row, face, is_on=is_on)
        if is_on and state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, area, look, 6)
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRectF, row: WorkRow, look: Tokens) -> None:
        font = look.font(Type.BODY, bold=True)
        low = area.adjusted(2, 8, 0, -4)
        paint_text(painter, low, row.title, font, look.text)
        after = text_width(font, row.title) + 8
        paint_text(painter, low.adjusted(after, 0, 0, 0), row.note, look.font(), look.text2)

    def _paint_tall(
        self, painter: QPainter, inner: QRectF, row: WorkRow, face: ClockFace | None, *, is_on: bool
    ) -> None:
        look = tokens()
        third = inner.height() / 3
        top = QRectF(inner.left(), inner.top(), inner.width(), third)
        small = look.font(Type.CAPTION)
        if row.tag:
            size = chip_size(row.tag, look)
            spot = QRectF(top.left(), top.center().y() - size.height() / 2, size.width(), 0)
            spot.setHeight(size.height())
            paint_chip(painter, spot, row.tag, Tone.OUTLINED if is_on else Tone.PAST, look)
        paint_text(painter, top, row.corner, small, look.text2, _RIGHT)
        middle = top.translated(0, third)
        paint_text(painter, middle, row.title, look.font(Type.BODY, bold=is_on), look.text)
        foot = top.translated(0, 2 * third)
        used = self._paint_clock(painter, foot, face, look, at_right=False)
        room = foot.adjusted(used + 8, 0, 0, 0)
        paint_text(painter, room, row.note, small, look.text2, _RIGHT)

    def _paint_low(
        self, painter: QPainter, inner: QRectF, row: WorkRow, face: ClockFace | None, *, is_on: bool
    ) -> None:
        look = tokens()
        half = inner.height() / 2
        top = QRectF(inner.left(), inner.top(), inner.width(), half)
        paint_text(painter, top, row.title, look.font(Type.BODY, bold=is_on), look.text)
        foot = top.translated(0, half)
        used = self._paint_clock(painter, foot, face, look, at_right=True)
        level = label(row.urgency) if row.urgency else ""
        words = "　".join(word for word in (row.left, level, row.note) if word)
        room = foot.adjusted(0, 0, -used - 8, 0)
        paint_text(painter, room, words, look.font(Type.CAPTION), look.text2)

    def _paint_clock(
        self,
        painter: QPainter,
        area: QRectF,
        face: ClockFace | None,
        look: Tokens,
        *,
        at_right: bool,
    ) -> float:
        """Draw the chip and return how wide it is."""
        if face is None:
            return 0.0
        size = clock_chip_size(face, look)
        left = area.right() - size.width() if at_right else area.left()
        top = area.center().y() - size.height() / 2
        paint_clock_chip(painter, QRectF(left, top, size.width(), size.height()), face, look)
        return size.width()


class WorkList(QListView):
    """Cases to choose from with the arrow keys; refreshing keeps what is chosen.

    Args:
        name: read out by screen readers.
        now: the desk's clock.
        tall: three lines for each case instead of two.

    Signals:
        chosen: another case is current; carries its id, or None when the list is empty.
        opened: Enter or a double click on the current case; carries its id.
        passed: the space bar: the clerk wants to see the next one.
    """

    chosen = Signal(object)
    opened = Signal(object)
    passed = Signal()

    def __init__(
        self,
        name: str,
        now: Callable[[], datetime],
        *,
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = _Rows(now, self)
        self._last: int | None = None
        self.setAccessibleName(name)
        self.setModel(self._rows)
        self.setItemDelegate(_RowPainter(self._rows, tall=tall))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        say_state(self, kind="cards")
        self.viewport().setAutoFillBackground(False)
        self._ticks = QTimer(self, interval=1000)
        self._ticks.timeout.connect(self._rows.tick)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(lambda _index: self.open_current())
        THEME.changed.connect(self._on_theme_changed)

    def set_rows(self, rows: Sequence[WorkRow]) -> None:
        """Show other rows; the chosen case stays chosen, else the one that took its place.

        Whoever has scrolled elsewhere stays there.
        """
        if list(rows) == self._rows.rows:
            return
        before, place = self.current_id(), max(self._cases_above(), 0)
        scrolled = self.verticalScrollBar().value()
        self._rows.put(rows)
        ids = [row.id for row in rows if row.id is not None]
        if not ids:
            self._say(None)
        elif before in ids:
            self.choose(before)
            self.verticalScrollBar().setValue(scrolled)
        else:
            self.choose(ids[min(place, len(ids) - 1)])

    def rows(self) -> tuple[WorkRow, ...]:
        """Return what is shown, headings included."""
        return tuple(self._rows.rows)

    def current_id(self) -> int | None:
        """Return the chosen case."""
        at = self.currentIndex()
        return self._rows.rows[at.row()].id if at.isValid() else None

    def choose(self, case_id: int | None) -> None:
        """Choose a case, if it is in the list."""
        for at, row in enumerate(self._rows.rows):
            if row.id is not None and row.id == case_id:
                self.setCurrentIndex(self._rows.index(at))
                return

    def explanation(self) -> str:
        """Return the sentence that explains the chosen case's clock (F4)."""
        at = self.currentIndex()
        face = self._rows.faces[at.row()] if at.isValid() else None
        return face.sentence if face is not None else "这一件现在没有在走的时钟。"

    def explain_in(self, host: QWidget, say: Callable[[str], object]) -> None:
        """Let F4 say in the status line of a page what the chosen case's clock means."""
        key = KeyShortcut(GlobalKey.EXPLAIN_CLOCK, host)
        key.pressed.connect(lambda: say(self.explanation()))

    def go_on(self) -> None:
        """Choose the next case, and after the last one the first again."""
        ids = [row.id for row in self._rows.rows if row.id is not None]
        if ids:
            here = self.current_id()
            at = ids.index(here) + 1 if here in ids else 0
            self.choose(ids[at % len(ids)])

    def open_current(self) -> None:
        """Open the chosen case."""
        here = self.current_id()
        if here is not None:
            self.opened.emit(here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, go on with the space bar, move with the arrows."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_current()
        elif event.key() == Qt.Key.Key_Space:
            self.passed.emit()
        elif event.text().isalnum():
            event.ignore()  # no search by letters: they belong to the screen
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the clocks run while they can be seen."""
        super().showEvent(event)
        self._rows.tick()
        self._ticks.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the clocks rest."""
        super().hideEvent(event)
        self._ticks.stop()

    def _cases_above(self) -> int:
        at = self.currentIndex()
        above = self._rows.rows[: at.row()] if at.isValid() else []
        return sum(1 for row in above if row.id is not None)

    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._say(self.current_id())

    def _say(self, case_id: int | None) -> None:
        if case_id != self._last:
            self._last = case_id
            self.chosen.emit(case_id)

    def _on_theme_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
