"""The head of every screen (标题栏): title, views, search, what has come in, help."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desk.ui.icons import paint_icon
from desk.ui.keys import GlobalKey
from desk.ui.theme import THEME, Type, say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, IconButton, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.chips import KeyCap
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import (
    edge,
    key_cap_width,
    paint_box,
    paint_focus,
    paint_key_cap,
    paint_text,
    text_width,
)

_WHAT = "姓名、电话尾号、编号、地址"


class SearchBox(PaintedButton):
    """Looks like a field and opens the palette, in which the typing is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("查找", parent)
        self.setAccessibleDescription(f"按{_WHAT}查找")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room for what can be searched for."""
        look = tokens()
        wide = text_width(look.font(Type.LABEL), _WHAT) + key_cap_width(look, GlobalKey.FIND)
        return QSize(round(wide + 72), look.sizes.filter)

    def minimumSizeHint(self) -> QSize:
        """Return the room for icon and key; the words go where it is narrow."""
        look = tokens()
        return QSize(round(key_cap_width(look, GlobalKey.FIND) + 44), look.sizes.filter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        paint_box(painter, area, look.sunken, edge(look.edge))
        side = float(look.sizes.icon_small + 2)
        spot = QRectF(area.left() + 8, area.center().y() - side / 2, side, side)
        paint_icon(painter, "search", spot, look.text2)
        cap = key_cap_width(look, GlobalKey.FIND)
        key = QRectF(area.right() - cap - 6, area.top(), cap, area.height())
        paint_key_cap(painter, key, GlobalKey.FIND, look)
        words = QRectF(spot.right() + 6, area.top(), key.left() - spot.right() - 12, area.height())
        paint_text(painter, words, _WHAT, look.font(Type.LABEL), look.text3)
        if self.hasFocus():
            paint_focus(painter, area, look, 4)
        painter.end()


class TopBar(QFrame):
    """Title at the left, views beside it, search, bell and help at the right.

    Args:
        host: the window in which Ctrl+K works.

    Signals:
        view_chosen: another view of the screen; carries its id.
        search_asked: Ctrl+K, or a press on the search box.
        bell_pressed: the clerk wants to read what has come in.
        help_asked: F1, or a press on its button.
    """

    view_chosen = Signal(object)
    search_asked = Signal()
    bell_pressed = Signal()
    help_asked = Signal()

    def __init__(self, host: QWidget, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent or host)
        say_state(self, kind="head")
        self._title = text_label(title, "title")
        self._back_cap = KeyCap(GlobalKey.OUT)
        self._back = KeyButton("", kind=ButtonKind.QUIET)
        self._note, self._said = text_label("", "label"), ""
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._views = ChoiceChips("视图", numbered=False, small=True)
        self._search, self._bell = SearchBox(), IconButton("bell", "提醒")
        self._help = KeyButton("", GlobalKey.HELP, icon="help", kind=ButtonKind.QUIET)
        self._help.setAccessibleName("帮助")
        self._extra = QHBoxLayout()
        self._extra.setSpacing(6)
        self._handler: Callable[[], None] | None = None
        self._build()
        self._connect(host)
        self.set_back("")

    def set_title(self, title: str, note: str = "") -> None:
        """Show where the clerk is, and a quieter word about it."""
        self._title.setText(title)
        self._said = note
        self._note.setVisible(bool(note))
        self._note.setToolTip(note)
        self._note.setAccessibleName(note)
        QTimer.singleShot(0, self, self._fit_note)

    def set_back(self, label: str, handler: Callable[[], None] | None = None) -> None:
        """Offer the way back with Esc (“回到看板”); an empty label takes it away."""
        self._back.setText(label)
        self._back.setAccessibleName(label)
        self._handler = handler
        self._back.setVisible(bool(label))
        self._back_cap.setVisible(bool(label))
        self._back.updateGeometry()

    def set_views(self, choices: Sequence[Choice], current: object = None) -> None:
        """Offer the views of this screen; none hides the switch."""
        self._views.set_choices(choices)
        self._views.set_value(current)
        self._views.setVisible(bool(choices))
        # one row always: what is said beside it gives way
        self._views.setMinimumWidth(self._views.sizeHint().width() if choices else 0)

    @property
    def views(self) -> ChoiceChips:
        """The switch between the views."""
        return self._views

    def add_extra(self, widget: QWidget) -> None:
        """Put a further widget of this screen behind the views."""
        self._extra.addWidget(widget)

    def clear_extra(self) -> None:
        """Take the further widgets away; the screen that put them there keeps them."""
        while (item := self._extra.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)

    def set_bell(self, count: int) -> None:
        """Show how many messages have not been read."""
        self._bell.set_count(count)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addSpacing(12)
        row.addWidget(self._back_cap)
        row.addWidget(self._back)
        row.addWidget(self._views, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._note, 1)
        row.addLayout(self._extra)
        row.addStretch()
        row.addWidget(self._search)
        row.addSpacing(4)
        row.addWidget(self._bell)
        row.addWidget(self._help)
        self._note.hide()
        self._views.hide()
        self._fit_height()

    def _connect(self, host: QWidget) -> None:
        THEME.changed.connect(self._fit_height)
        self._views.chosen.connect(self.view_chosen)
        self._search.clicked.connect(self.search_asked)
        self._bell.clicked.connect(self.bell_pressed)
        self._help.clicked.connect(self.help_asked)
        self._back.clicked.connect(self._on_back_pressed)
        KeyShortcut(GlobalKey.FIND, host).pressed.connect(self.search_asked)
        KeyShortcut(GlobalKey.HELP, host).pressed.connect(self.help_asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut what is said beside the title where there is no room for all of it."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit_note)

    def _fit_note(self) -> None:
        """Let the words of the search box give way to what is said, then cut that."""
        metrics, search = self._note.fontMetrics(), self._search
        both = self._note.width() + search.width()
        wanted = both - metrics.horizontalAdvance(self._said) - 8 if self._said else both
        least, most = search.minimumSizeHint().width(), search.sizeHint().width()
        fitting = min(max(wanted, least), most)
        if fitting != search.width():
            search.setFixedWidth(fitting)
            QTimer.singleShot(0, self, self._fit_note)  # once the layout has followed
        room = max(both - search.width() if self._said else 0, 40)
        self._note.setText(metrics.elidedText(self._said, Qt.TextElideMode.ElideRight, room))

    def _on_back_pressed(self) -> None:
        if self._handler is not None:
            self._handler()

    def _fit_height(self) -> None:
        self.setFixedHeight(tokens().sizes.top_bar)
