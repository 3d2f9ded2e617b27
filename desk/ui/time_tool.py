"""The tool that counts limits (算时限): a start and a span, and the end at once.

Who sits there: anybody whom a resident or a colleague asks “那是哪一天”. Shift+F4, so many, which
unit by its digit – the answer stands below, Ctrl+Enter copies it.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.hall_days import hall_days
from desk.rules.codes import SpanUnit
from desk.rules.due_course import Course, course_of, say_days, say_end
from desk.rules.errors import RuleBroken
from desk.rules.spans import Pause, Span
from desk.rules.wording import choices, label
from desk.rules.working_days import Calendar
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.scroll_column import scrolled
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.choice_chips import CheckChip, Choice, ChoiceChips
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.moment_edit import MomentEdit
from desk.ui.widgets.moment_text import read_moment

_HOW_PAUSES = "可空；写作 11-20 9:00 到 11-21 15:00，几段之间用“；”隔开"
_MOST = 9999
_FRAME = 48  # the title bar of the desktop


class TimeTool(QWidget):
    """A window of its own; it keeps what was typed until the program ends."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._desk = desk
        self._calendar: Calendar | None = None
        self.setWindowTitle("算时限")
        say_state(self, ground="surface")
        self._start = MomentEdit("从什么时候起算", desk.now, required=True)
        self._amount = CheckedField(
            "多少", check=self._read_amount, hint="整数；往前推算加负号", required=True
        )
        self._unit = ChoiceChips("单位", [Choice(unit, words) for unit, words in choices(SpanUnit)])
        self._unit.set_value(SpanUnit.WORKING_DAY)
        self._rolls = CheckChip("到期日是休息日的，顺延到下一个工作日（按自然日算时）")
        self._pauses = CheckedField("期间暂停", check=self._read_pauses, hint=_HOW_PAUSES)
        self._end = text_label("", "title", wraps=True)
        self._course = text_label("", "reading", wraps=True)
        self._warning = text_label("", "label", wraps=True)
        say_state(self._warning, state="warn")
        self._copy = KeyButton("复制结果", GlobalKey.FINISH, kind=ButtonKind.MAIN, parent=self)
        self._asked = QWidget()
        self._area = scrolled(self._asked)
        self._build()
        self._connect()

    def open_tool(self) -> None:
        """Show the tool, counting from now; the calendar is read anew each time."""
        if not self.isVisible():
            self._start.set_moment(self._desk.now())
        self._desk.ask(hall_days, owner=self, done=self._on_calendar)
        self.show()
        self.raise_()
        self.activateWindow()
        self._amount.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def result(self) -> str:
        """Return the answer as it is copied."""
        parts = [self._end.text(), self._course.text(), self._warning.text()]
        return "\n".join(part for part in parts if part)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        unit_name = text_label("单位", "label")
        fields = QVBoxLayout(self._asked)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(12)
        for widget in (self._start, self._amount, unit_name, self._unit, self._rolls, self._pauses):
            fields.addWidget(widget)
        fields.addStretch()
        column.addWidget(self._area, 1)  # at 150 % the answer stays in sight
        card = Card()
        for words in (self._end, self._course, self._warning):
            card.body.addWidget(words)
        column.addWidget(card)
        column.addWidget(self._copy, alignment=Qt.AlignmentFlag.AlignRight)
        wide = self.fontMetrics().horizontalAdvance("字") * 44
        self.resize(wide, self.sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Open with room for all that is asked, as far as the screen has it."""
        super().showEvent(event)
        self._make_room()

    def _connect(self) -> None:
        self._start.moment_changed.connect(self._count)
        self._amount.changed.connect(self._count)
        self._unit.chosen.connect(self._count)
        self._rolls.toggled.connect(self._count)
        self._pauses.judged.connect(self._count)
        self._copy.clicked.connect(self._on_copy)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self._on_copy)
        KeyShortcut(GlobalKey.OUT, self).pressed.connect(self.close)

    def _on_calendar(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._count()

    def _count(self) -> None:
        self._rolls.setVisible(self._unit.value() is SpanUnit.DAY)
        start, amount = self._start.moment(), _whole(self._amount.text())
        unit = self._unit.value()
        if self._calendar is None or start is None or not amount:
            self._show("写下起算时间和时限，这里就有到期时间。")
            return
        assert isinstance(unit, SpanUnit)  # noqa: S101 - one of them always holds
        try:
            course = course_of(
                start,
                Span(amount, unit),
                self._calendar,
                pauses=self._read_spans(),
                rollover=self._rolls.isChecked(),
            )
        except RuleBroken as refused:
            self._show(str(refused))
            return
        self._show_course(course, amount, unit)

    def _show_course(self, course: Course, amount: int, unit: SpanUnit) -> None:
        words = []
        if course.counted:
            words.append(f"算进去的日子：{say_days(course.counted)}。")
        if course.skipped:
            words.append(f"不算的日子（休息日、暂停）：{say_days(course.skipped)}。")
        if not words:
            words.append(f"{amount} {label(unit)}，按本厅日历和工作时间推算。")
        way = "到期" if amount > 0 else "往前推到"
        self._show(f"{way}：{say_end(course.at)}", "".join(words), _said_once(course.warnings))

    def _show(self, end: str, course: str = "", warning: str = "") -> None:
        self._end.setText(end)
        self._course.setText(course)
        self._warning.setText(warning)
        self._course.setVisible(bool(course))
        self._warning.setVisible(bool(warning))
        self._copy.setEnabled(bool(course))
        self._make_room()

    def _make_room(self) -> None:
        """Grow with a long answer; the window never shrinks under the reader's eyes."""
        layout, screen = self.layout(), self.screen()
        assert layout is not None  # noqa: S101 - it is built with one
        asked = self._asked.heightForWidth(self._area.viewport().width())
        hidden = asked - self._area.sizeHint().height()
        needed = layout.totalHeightForWidth(self.width()) + max(hidden, 0)
        most = screen.availableGeometry().height() - _FRAME
        if min(needed, most) > self.height():
            self.resize(self.width(), min(needed, most))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.result())

    def _read_amount(self, text: str) -> FieldState:
        if text.strip() and not _whole(text):
            return FieldState(Check.BAD, f"请写 1 到 {_MOST} 的整数，往前推算加负号。")
        return FieldState()

    def _read_pauses(self, _text: str) -> FieldState:
        try:
            self._read_spans()
        except RuleBroken as refused:
            return FieldState(Check.BAD, str(refused))
        return FieldState()

    def _read_spans(self) -> list[Pause]:
        """Return the pauses that were typed.

        Raises:
            RuleBroken: one of them cannot be read.
        """
        typed = self._pauses.text().replace(";", "；").split("；")
        return [self._read_span(part) for part in typed if part.strip()]

    def _read_span(self, text: str) -> Pause:
        begun, _, ended = text.partition("到")
        ends = [read_moment(part, self._desk.now()) for part in (begun, ended)]
        first, last = ends
        if first is None or last is None or last <= first:
            raise RuleBroken(f"没看懂“{text.strip()}”。{_HOW_PAUSES}。")
        return first, last


def _said_once(warnings: tuple[str, ...]) -> str:
    """Return the first year's warning; of the years after it the same is true."""
    if not warnings:
        return ""
    rest = f"往后 {len(warnings) - 1} 年也一样。" if len(warnings) > 1 else ""
    return f"{warnings[0]}{rest}"


def _whole(text: str) -> int:
    """Return the number that was typed, 0 where there is none that can be used."""
    plain = text.strip().replace("－", "-")
    digits = plain.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()) or not 0 < int(digits) <= _MOST:
        return 0
    return int(plain)
