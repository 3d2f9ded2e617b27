"""Find anything from anywhere (查找, Ctrl+K): cases, papers, and what can be done right here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QListView, QVBoxLayout, QWidget

from desk.queries.search import CaseHit, Found, PaperHit, find
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.palette_rows import PaletteRow, PaletteRows, RowPainter
from desk.ui.scanner import case_of
from desk.ui.theme import say_state
from desk.ui.widgets.cards import rule, text_label
from desk.ui.widgets.checked_field import TextLine
from desk.ui.widgets.composing import is_composing

_WIDTH, _ROWS, _ROW = 640, 8, 44
_PAUSE_MS = 120
_HINT = "姓名、电话尾号（至少四位）、编号、地址，或者要做的事；回执二维码可直接扫"
_NOTHING = "没有找到。换个说法，或只写一部分再试；您无权查看的诉求不会出现。"
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS,
    Qt.Key.Key_PageUp: -_ROWS,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class PaletteAction:
    """Something to do from here, found by its words."""

    label: str
    key: str
    carry_out: Callable[[], object]


class Palette(QFrame):
    """One line to type into and what was found below it; above the page, never a window.

    Signals:
        case_wanted: a case was chosen; carries its id.
    """

    case_wanted = Signal(object)

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host)
        self._desk, self._host = desk, host
        self._actions: Sequence[PaletteAction] = ()
        self._asked = 0
        self._before: QWidget | None = None
        self.line = TextLine()
        self._rows = PaletteRows(self)
        self._list = QListView()
        self._said = text_label(_HINT, "hint", wraps=True)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build()
        self._pause.timeout.connect(self._search)
        self.line.textChanged.connect(self._on_typed)
        self._list.clicked.connect(lambda index: self._choose(index.row()))
        self.line.installEventFilter(self)
        host.installEventFilter(self)
        self.hide()

    def offer(self, actions: Sequence[PaletteAction]) -> None:
        """Offer these things to do."""
        self._actions = actions

    def open_for(self, text: str = "", *, all_actions: bool = False) -> None:
        """Show the palette with `text` in its line, or with everything that can be done here."""
        if self.isHidden():
            self._before = self.window().focusWidget()
        self.line.setText(text)
        self.line.selectAll()
        self._show(self._fitting_actions("") if all_actions else [])
        self._said.setText(_HINT)
        self._said.setVisible(not all_actions)
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus()
        if text:
            self._search()

    def put_away(self) -> None:
        """Hide, and give the focus back to where it was."""
        self._pause.stop()
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()

    def rows(self) -> Sequence[PaletteRow]:
        """Return what is shown, from the top."""
        return tuple(self._rows.rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list from the line; stay in place when the window changes its size."""
        if watched is self._host:
            if event.type() == QEvent.Type.Resize and not self.isHidden():
                self._place()
            return False
        if event.type() == QEvent.Type.FocusOut and not self._list.underMouse():
            QTimer.singleShot(0, self._on_focus_left)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()  # closes this layer only
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        return not is_composing() and self._on_key(Qt.Key(event.key()))

    def _on_key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.put_away()
        elif key in _MOVES:
            last = len(self._rows.rows) - 1
            row = min(max(self._list.currentIndex().row() + _MOVES[key], 0), last)
            self._list.setCurrentIndex(self._rows.index(row))
        elif key in _ENTER:
            self._on_enter()
        else:
            return False
        return True

    def _build(self) -> None:
        say_state(self, kind="bundle")
        self.setAccessibleName("查找")
        self.line.setPlaceholderText("查找")
        self.line.setAccessibleName("查找")
        self._list.setModel(self._rows)
        self._list.setItemDelegate(RowPainter(self._list, height=_ROW))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setProperty("kind", "cards")
        self._list.setAccessibleName("找到的")
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.line)
        column.addWidget(rule())
        column.addWidget(self._list)
        column.addWidget(self._said)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setOffset(0, 4)
        shadow.setBlurRadius(16)
        ink = QColor(Qt.GlobalColor.black)
        ink.setAlphaF(0.18)
        shadow.setColor(ink)
        self.setGraphicsEffect(shadow)

    def _on_typed(self, text: str) -> None:
        self._pause.stop()
        if text.strip():
            self._pause.start()
        else:
            self._show([])
            self._say(_HINT)

    def _search(self) -> None:
        text = self.line.text()
        if not text.strip():
            return
        self._asked += 1
        self._desk.ask(
            partial(find, text=text), owner=self, done=partial(self._on_found, text, self._asked)
        )

    def _on_found(self, text: str, asked: int, found: Found) -> None:
        if asked != self._asked or self.isHidden():
            return  # a newer question is on its way
        rows = [_case_row(hit, self.case_wanted) for hit in found.cases]
        rows += [_paper_row(hit, self.case_wanted) for hit in found.papers]
        rows += self._fitting_actions(text)
        self._show(rows)
        more = "还有更多，再写一点就能找准。" if found.is_more else ""
        self._say(more if rows else _NOTHING)

    def _on_enter(self) -> None:
        scanned = case_of(self.line.text())
        if scanned is not None:
            self._leave_to(partial(self.case_wanted.emit, scanned))
        elif self._pause.isActive() or not self._rows.rows:
            self._pause.stop()
            self._search()
        else:
            self._choose(max(self._list.currentIndex().row(), 0))

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._rows.rows):
            self._leave_to(self._rows.rows[row].carry_out)

    def _leave_to(self, carry_out: Callable[[], object]) -> None:
        self.put_away()
        carry_out()

    def _fitting_actions(self, text: str) -> list[PaletteRow]:
        words = text.lower().split()
        return [
            PaletteRow("动作", action.label, "", "", key=action.key, carry_out=action.carry_out)
            for action in self._actions
            if all(word in action.label.lower() for word in words)
        ]

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self._place()

    def _show(self, rows: list[PaletteRow]) -> None:
        self._rows.show(rows)
        if rows:
            self._list.setCurrentIndex(self._rows.index(0))
        self._list.setVisible(bool(rows))
        self._list.setFixedHeight(min(len(rows), _ROWS) * _ROW)
        self._place()

    def _place(self) -> None:
        width = min(_WIDTH, self._host.width() - 32)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.resize(width, self.sizeHint().height())
        left = (self._host.width() - width) // 2
        self.move(QPoint(left, self._host.height() // 9))

    def _on_focus_left(self) -> None:
        if not self.isHidden() and not self.line.hasFocus():
            self._before = None  # the clerk has gone elsewhere on purpose
            self.put_away()


def _case_row(hit: CaseHit, wanted: SignalInstance) -> PaletteRow:
    day = in_shanghai(hit.received_at)
    words = f"{day.year} 年 {day.month} 月 {day.day} 日"
    return PaletteRow(
        group="案件",
        head=f"{hit.seq:05}",
        note=" · ".join(part for part in (words, hit.unit) if part),
        why=f"{hit.number} · {hit.why}",
        mark=label(hit.status),
        carry_out=partial(wanted.emit, hit.id),
    )


def _paper_row(hit: PaperHit, wanted: SignalInstance) -> PaletteRow:
    day = in_shanghai(hit.issued_at)
    return PaletteRow(
        group="文书",
        head=hit.number,
        note="",
        why=f"{hit.title} · {day.year} 年 {day.month} 月 {day.day} 日",
        carry_out=partial(wanted.emit, hit.case_id),
    )
