"""The page before the work (登录、锁屏): hall, time, 工号 and password, never any case."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desk.rules.errors import DeskError
from desk.rules.login_rules import PasswordRules, weakness
from desk.rules.moments import in_shanghai
from desk.ui.connection_button import connection_button
from desk.ui.icons import paint_icon
from desk.ui.keys import ListKey
from desk.ui.theme import Type, say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState, TextLine
from desk.ui.widgets.painted import Painted
from desk.ui.widgets.painting import paint_box, paint_text

_WEEKDAYS = "一二三四五六日"
_CARD = 396
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class Welcome(Painted):
    """Whose hall this is, and what time it is, on the ground of the navigation."""

    def __init__(self) -> None:
        super().__init__()
        self.street, self.hall = "", "街道群众诉求服务大厅"
        self.moment: datetime | None = None

    def sizeHint(self) -> QSize:
        """Return the room for the clock, the hall and the date."""
        look = tokens()
        return QSize(640, round(look.sizes.exit * 1.5) + 88)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the time large, the hall below it."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        if self.moment is not None:
            wall = in_shanghai(self.moment)
            clock = QRectF(area.left(), area.top(), area.width(), 70)
            font = look.font(Type.STOPWATCH)
            paint_text(painter, clock, f"{wall:%H:%M}", font, look.nav_text, _MIDDLE)
            day = f"{wall.year} 年 {wall.month} 月 {wall.day} 日　星期{_WEEKDAYS[wall.weekday()]}"
            line = QRectF(area.left(), clock.bottom(), area.width(), 24)
            paint_text(painter, line, day, look.font(Type.BODY), look.nav_text2, _MIDDLE)
        hall = QRectF(area.left(), area.bottom() - 60, area.width(), 34)
        paint_text(painter, hall, self.hall, look.font(Type.TITLE), look.nav_text, _MIDDLE)
        mark = QRectF(area.center().x() - 17, hall.top() - 44, 34, 34)
        paint_box(painter, mark, look.accent, None, 7)
        paint_icon(painter, "logo", mark.adjusted(5, 5, -5, -5), look.on_accent)
        painter.end()


class Footnote(Painted):
    """A quiet line on the ground of the navigation."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""

    def say(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        return QSize(640, tokens().sizes.text_line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line in the middle."""
        look = tokens()
        painter = QPainter(self)
        paint_text(
            painter, self.area(), self._words, look.font(Type.LABEL), look.nav_text2, _MIDDLE
        )
        painter.end()


class SignInPage(QWidget):
    """Who wants to work here; also what is seen while the screen is locked.

    Signals:
        entered: login and password were given.
        password_chosen: a password of one's own was chosen in place of the first one.
    """

    entered = Signal(str, str)
    password_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules = PasswordRules()
        self._welcome, self._foot = Welcome(), Footnote()
        self._head = text_label("登录", "section")
        self._said = text_label("", "hint", wraps=True)
        self.login = CheckedField("工号")
        self.password = _secret("密码")
        self.new = _secret("新密码", hint="只有您自己知道。")
        self.again = _secret("再输一次")
        self._enter = KeyButton("登录", ListKey.OPEN, kind=ButtonKind.MAIN)
        self._keep = KeyButton("更改并进入", ListKey.OPEN, kind=ButtonKind.MAIN)
        self.connection = connection_button(self, self.say)
        self._build()
        self._connect()

    def set_hall(self, street: str, hall: str) -> None:
        """Show whose hall this is."""
        self._welcome.street, self._welcome.hall = street, hall or "街道群众诉求服务大厅"
        self._welcome.setAccessibleName(self._welcome.hall)
        self._welcome.update()

    def set_moment(self, moment: datetime) -> None:
        """Show the time."""
        self._welcome.moment = moment
        self._welcome.update()

    def set_foot(self, words: str) -> None:
        """Say what else matters: drafts that wait, the demo's passwords."""
        self._foot.say(words)

    def offer(self, login: str = "", *, locked_for: str = "") -> None:
        """Ask for login and password; a locked screen says whose it is."""
        self._steps.setCurrentIndex(0)
        self._head.setText(f"已锁屏 · {locked_for}" if locked_for else "登录")
        self.say("输入密码继续，没写完的内容都还在；换人登录请改工号。" if locked_for else "")
        self.login.set_text(login)
        self.password.set_text("")
        (self.password if login else self.login).setFocus()

    def ask_new_password(self, why: str, rules: PasswordRules) -> None:
        """Ask for a password of one's own: why now, and what it must be like."""
        self._rules = rules
        self._steps.setCurrentIndex(1)
        self._head.setText("请换一个自己的密码")
        self.say(f"{why}{rules.hint}")
        self.new.set_text("")
        self.again.set_text("")
        self.set_waiting(waiting=False)
        self.new.setFocus()

    def say(self, sentence: str) -> None:
        """Show a sentence below the head."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def set_waiting(self, *, waiting: bool) -> None:
        """Hold the button while the answer is on its way."""
        for button, usual in ((self._enter, "登录"), (self._keep, "更改并进入")):
            button.setEnabled(not waiting)
            button.setText("请稍候" if waiting else usual)

    def show_failure(self, error: DeskError) -> None:
        """Say why nobody came in; what was typed stays."""
        self.set_waiting(waiting=False)
        field = self.password if self._steps.currentIndex() == 0 else self.new
        field.set_state(FieldState(Check.BAD, str(error)))
        field.setFocus()
        if isinstance(field.edit, QLineEdit):
            field.edit.selectAll()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of the navigation."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().nav)
        painter.end()

    def _build(self) -> None:
        card = QFrame()
        say_state(card, kind="card")
        card.setFixedWidth(_CARD)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 18, 24, 22)
        inside.setSpacing(6)
        inside.addWidget(self._head)
        inside.addWidget(self._said)
        self._steps = QStackedLayout()
        inside.addLayout(self._steps)  # first: a page without a parent would flash as a window
        self._steps.addWidget(_column(self.login, self.password, self._enter))
        self._steps.addWidget(_column(self.new, self.again, self._keep))
        self._said.hide()
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(self._welcome)
        column.addLayout(middle)
        column.addWidget(self._foot)
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self.connection)
        below.addStretch()
        column.addLayout(below)
        column.addStretch(3)

    def _connect(self) -> None:
        self._enter.clicked.connect(self._on_enter)
        self._keep.clicked.connect(self._on_keep)
        for field, handler in ((self.password, self._on_enter), (self.again, self._on_keep)):
            if isinstance(field.edit, TextLine):
                field.edit.entered.connect(handler)

    def _on_enter(self) -> None:
        if not self._enter.isEnabled():
            return
        if not self.login.text().strip():
            self.login.set_state(FieldState(Check.BAD, "请输入工号。"))
            self.login.setFocus()
            return
        if not self.password.text():
            self.password.set_state(FieldState(Check.BAD, "请输入密码。"))
            self.password.setFocus()
            return
        self.set_waiting(waiting=True)
        self.entered.emit(self.login.text().strip(), self.password.text())

    def _on_keep(self) -> None:
        if not self._keep.isEnabled():
            return
        if trouble := weakness(self.new.text(), self._rules, (self.login.text().strip(),)):
            self.new.set_state(FieldState(Check.BAD, trouble))
            self.new.setFocus()
        elif self.new.text() != self.again.text():
            self.again.set_state(FieldState(Check.BAD, "两次输的不一样，请再输一次。"))
            self.again.setFocus()
        else:
            self.set_waiting(waiting=True)
            self.password_chosen.emit(self.new.text())


def _secret(label: str, hint: str = "") -> CheckedField:
    field = CheckedField(label, hint=hint)
    if isinstance(field.edit, QLineEdit):
        field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _column(*parts: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(10)
    for part in parts[:-1]:
        column.addWidget(part)
    button = parts[-1]
    button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
    column.addStretch()
    column.addWidget(button)
    return made
