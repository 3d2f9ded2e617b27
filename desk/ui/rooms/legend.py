"""What the looks of the grid mean (图例), and its keys."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desk.rules.mediation_codes import BookingPurpose, BookingStatus
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.rooms.block_paint import look_of, paint_body, paint_hatching
from desk.ui.theme import Tokens, Type, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.chips import KeyCap
from desk.ui.widgets.painted import Painted
from desk.ui.widgets.painting import paint_text, text_width

_BOX, _TALL = 22.0, 15.0
_MEDIATION = BookingPurpose.MEDIATION
Draw = Callable[[QPainter, QRectF, Tokens], None]


def _state(status: BookingStatus, purpose: BookingPurpose = _MEDIATION) -> Draw:
    return lambda painter, rect, look: paint_body(painter, rect, look_of(status, purpose, look))


def _buffer(painter: QPainter, rect: QRectF, look: Tokens) -> None:
    paint_hatching(painter, rect, _MEDIATION, look)


class Sample(Painted):
    """One look with its name."""

    def __init__(self, words: str, draw: Draw) -> None:
        super().__init__()
        self._words, self._draw = words, draw
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Return room for the box and its name."""
        look = tokens()
        wide = text_width(look.font(Type.CAPTION), self._words) + _BOX + 10
        return QSize(round(wide), round(look.points(Type.CAPTION) * 2.2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the look and write its name."""
        painter, look, area = QPainter(self), tokens(), self.area()
        self._draw(painter, QRectF(1, area.center().y() - _TALL / 2, _BOX, _TALL), look)
        words = area.adjusted(_BOX + 8, 0, 0, 0)
        paint_text(painter, words, self._words, look.font(Type.CAPTION), look.text2)
        painter.end()


class Legend(Card):
    """All looks of the grid, what the keys do there, and what leaves the page.

    Signals:
        print_wanted: the day's schedule on paper.
        sign_wanted: a sign for the door of the room at the keyboard.
        export_wanted: a calendar file.
    """

    print_wanted = Signal()
    sign_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("图例")
        self.body.addWidget(text_label("图例", "label"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for at, (words, draw) in enumerate(
            (
                ("进行中", _state(BookingStatus.RUNNING)),
                ("已确认", _state(BookingStatus.CONFIRMED)),
                ("预占", _state(BookingStatus.PROVISIONAL)),
                ("已结束", _state(BookingStatus.HELD)),
                ("清场缓冲", _buffer),
                ("非调解", _state(BookingStatus.CONFIRMED, BookingPurpose.CONSULTATION)),
            )
        ):
            grid.addWidget(Sample(words, draw), at // 3, at % 3)
        self.body.addLayout(grid)
        self.keys = QWidget()
        keys = QHBoxLayout(self.keys)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(5)
        for key, words in ((ListKey.NEW, "新排期"), ("方向键", "选格"), (ListKey.OPEN, "打开")):
            keys.addWidget(KeyCap(key))
            keys.addWidget(text_label(words, "caption"))
        keys.addStretch()
        self.body.addWidget(self.keys)
        self._ways: list[KeyButton] = []
        ways = QHBoxLayout()
        ways.setSpacing(0)
        for words, key, signal in (
            ("打排期表", GlobalKey.PRINT, self.print_wanted),
            ("打门贴", "", self.sign_wanted),
            ("导出日历", "", self.export_wanted),
        ):
            button = KeyButton(words, key, kind=ButtonKind.QUIET)
            button.clicked.connect(signal)
            ways.addWidget(button)
            self._ways.append(button)
        ways.addStretch()
        self.body.addLayout(ways)

    def show_rights(self, *, may_book: bool) -> None:
        """Offer papers only to those who book; a calendar file to whoever reads."""
        for button in self._ways[:-1]:
            button.setVisible(may_book)
