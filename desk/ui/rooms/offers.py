"""What is said where a time is taken (被占用): the wish stays, three other times are offered."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk.queries.room_gaps import Gap
from desk.rules.bookings import say_span
from desk.rules.clock_faces import ClockState
from desk.rules.moments import day_of
from desk.ui.keys import GlobalKey
from desk.ui.rooms.day_sheet import short_name
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, HintCard, rule, text_label
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import edge, paint_box, paint_focus, paint_text, text_width

MOST_GAPS = 3
_NUMBER = 24.0


def say_when(starts_at: datetime, ends_at: datetime, now: datetime) -> str:
    """Say a time as people do: “今天 10:15–11:30”, “11 月 26 日 09:00–10:15”."""
    day = day_of(starts_at)
    words = {0: "今天", 1: "明天", 2: "后天"}.get((day - day_of(now)).days)
    return f"{words or f'{day.month} 月 {day.day} 日'} {say_span(starts_at, ends_at)}"


class GapButton(PaintedButton):
    """One free time: its digit, when, where, and why it fits."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._when = ""
        self._gap: Gap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_gap(self, gap: Gap, now: datetime) -> None:
        """Show a free time."""
        self._when, self._gap = say_when(gap.starts_at, gap.ends_at, now), gap
        self.setAccessibleName(f"{self._number}，{self._when}，{gap.room}，{gap.why}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for two lines."""
        return QSize(200, round(tokens().points(Type.BODY) * 5.2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw digit, time, room and reason; the first one stands out."""
        if self._gap is None:
            return
        look, painter, area = tokens(), QPainter(self), self.area()
        good, is_first = look.clocks[ClockState.OK], self._number == 1
        fill = good.tint if is_first else look.sunken
        if self.underMouse():
            fill = mixed(fill, look.text, 0.05)
        paint_box(painter, area, fill, edge(good.text, 1.6) if is_first else edge(look.line), 6)
        box = QRectF(area.left() + 10, area.top() + 10, _NUMBER, _NUMBER)
        rim = None if is_first else edge(look.edge)
        paint_box(painter, box, good.text if is_first else look.surface, rim)
        ink = good.tint if is_first else look.text
        strong, middle = look.font(Type.BODY, bold=True), Qt.AlignmentFlag.AlignCenter
        paint_text(painter, box, str(self._number), strong, ink, middle)
        head = QRectF(box.right() + 10, area.top() + 8, area.width() - 54, area.height() / 2 - 8)
        paint_text(painter, head, self._when, strong, look.text)
        beside = head.adjusted(text_width(strong, self._when) + 10, 0, 0, 0)
        paint_text(painter, beside, short_name(self._gap.room), look.font(Type.LABEL), look.text2)
        below = head.translated(0, head.height())
        paint_text(painter, below, self._gap.why, look.font(Type.CAPTION), look.text2)
        if self.hasFocus():
            paint_focus(painter, area, look, 6)
        painter.end()


class Offers(QWidget):
    """Why it cannot be, what was wished for, and what is free for the same people.

    Signals:
        taken: one of the offers; carries its number from 1.
        rewrite_wanted: back to the form, where everything still stands.
    """

    taken = Signal(int)
    rewrite_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.why = HintCard("这一时段刚被占用", state="bad")
        self.wish = QWidget()
        lines = QVBoxLayout(self.wish)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(rule())
        lines.addWidget(text_label("您要安排", "label"))
        self.why.content.addWidget(self.wish)
        self._what, self._who = text_label("", "strong", wraps=True), text_label("", "label")
        self._when = text_label("", "label", wraps=True)
        for line in (self._what, self._who, self._when):
            lines.addWidget(line)
        self.back = KeyButton("回去改", GlobalKey.OUT, kind=ButtonKind.QUIET)
        self.back.clicked.connect(self.rewrite_wanted)
        if self.why.head is not None:
            self.why.head.add(self.back)
        self._card = Card("同一批人最近的空档")
        self.buttons = [GapButton(number) for number in range(1, MOST_GAPS + 1)]
        for number, button in enumerate(self.buttons, start=1):
            button.clicked.connect(lambda _on=False, n=number: self.taken.emit(n))
            KeyShortcut(str(number), self).pressed.connect(lambda n=number: self.taken.emit(n))
            self._card.body.addWidget(button)
        self._foot = text_label("", "hint", wraps=True)
        self._card.body.addWidget(self._foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().sizes.gutter)
        column.addWidget(self.why)
        column.addWidget(self._card)

    def show_refusal(self, sentence: str, what: str, who: str, when: str) -> None:
        """Say why, and what was wished for; the free times follow."""
        self.why.set_text(sentence)
        for line, words in ((self._what, what), (self._who, who), (self._when, when)):
            line.setText(words)
            line.setVisible(bool(words))
        for button in self.buttons:
            button.hide()
        self._foot.setText("正在找同一批人都有空的时间。")

    def show_gaps(self, gaps: Sequence[Gap], now: datetime) -> None:
        """Show what is free."""
        for button, gap in zip(self.buttons, gaps, strict=False):
            button.show_gap(gap, now)
            button.show()
        for button in self.buttons[len(gaps) :]:
            button.hide()
        self._foot.setText(
            "按数字键选定，选定即占用。" if gaps else "近两周没有合适的空档，请回去换人或换房间。"
        )
