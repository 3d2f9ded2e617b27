"""What the resident sees (对面屏): his own words in big type, and the number once it is given.

It stands on the second screen. Nothing of levels, judgements, other visits or other people ever
comes here: it is handed words and a number, and knows nothing else. Whatever it shows is taken
away as soon as the form is left, the screen is locked or another form is taken up.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desk.ui.theme import Type, say_state, tokens

_WELCOME = "请稍候"
_WORDS = "您说的是这样吗？"
_HIDDEN = "您要求保密，内容不在这里显示。"
_NUMBERED = "已登记，您的编号"
_KEEP = "请记下编号或收好回执，凭编号可以查询办理进度。"
_TITLE = "对面屏"
_USUAL = (960, 600)


def screen_for_residents(own: QScreen | None, screens: list[QScreen]) -> QScreen | None:
    """Return a screen that the clerk does not work on; None where there is only one."""
    return next((screen for screen in screens if screen is not own), None)


class ResidentWindow(QWidget):
    """A window that is only looked at: it never takes the keyboard.

    Args:
        host: the page whose form it shows; it goes with it.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_TITLE)
        self.setAccessibleName("对面屏：给诉求人看的")
        say_state(self, ground="surface")
        self._hall, self._host = "", host
        self._head, self._below = QLabel(self), QLabel(self)
        self._number, self._words = QLabel(self), QLabel(self)
        self._build()
        self.blank()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self._on_screen_gone)

    @property
    def is_blank(self) -> bool:
        """Whether nothing of anybody is shown."""
        return not self._words.text() and not self._number.text()

    def set_hall(self, name: str) -> None:
        """Greet in the name of the hall."""
        self._hall = name
        if self.is_blank:
            self.blank()

    def open_for_residents(self) -> bool:
        """Open where residents look; False where there is one screen only."""
        other = screen_for_residents(self._host.screen(), QGuiApplication.screens())
        if other is None:
            self.resize(*_USUAL)
            self.show()
            return False
        self.setScreen(other)
        self.setGeometry(other.geometry())
        self.showFullScreen()
        return True

    def blank(self) -> None:
        """Show nothing of anybody."""
        self._show(self._hall or _WELCOME, _WELCOME if self._hall else "")

    def show_words(self, words: str, *, is_secret: bool = False) -> None:
        """Show what is being written as the resident's appeal; the newest words stay in sight."""
        if not words.strip():
            self.blank()
            return
        self._show(_WORDS, _HIDDEN if is_secret else "", words="" if is_secret else words)

    def show_number(self, number: str) -> None:
        """Show the number under which the appeal was taken in."""
        self._show(_NUMBERED, _KEEP, number=number)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Forget what was shown."""
        self.blank()
        super().closeEvent(event)

    def _show(self, head: str, below: str, *, words: str = "", number: str = "") -> None:
        for label, text in ((self._head, head), (self._below, below), (self._number, number)):
            label.setText(text)
            label.setVisible(bool(text))
        self._words.setText(words)
        self._paper.setVisible(bool(words))

    def _build(self) -> None:
        for label, role in (
            (self._head, Type.PHONE),
            (self._number, Type.ACROSS_NUMBER),
            (self._words, Type.ACROSS),
            (self._below, Type.PHONE),
        ):
            say_state(label, role=role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._paper = QScrollArea(self)
        self._paper.setWidgetResizable(True)
        self._paper.setFrameShape(QFrame.Shape.NoFrame)
        self._paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._paper.setWidget(self._words)
        bar = self._paper.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))  # the newest words
        column = QVBoxLayout(self)
        margin = tokens().sizes.margin * 3
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(margin // 2)
        column.addStretch(1)
        column.addWidget(self._head)
        column.addWidget(self._number)
        column.addWidget(self._paper, 8)
        column.addWidget(self._below)
        column.addStretch(1)

    def _on_screen_gone(self, _screen: QScreen) -> None:
        """Close, or the window would come to stand in front of the clerk's work."""
        self.close()
