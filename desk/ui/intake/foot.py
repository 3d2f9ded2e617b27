"""The foot of the form (怎么办): four exits, the limits they start, what was just saved."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk.rules.codes import Exit
from desk.rules.wording import label
from desk.ui.intake.limits import Limits
from desk.ui.keys import ActionKey, GlobalKey, IntakeKey
from desk.ui.theme import THEME, say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.chips import ClockChip
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.exit_buttons import ExitButtons, ExitItem
from desk.ui.widgets.flow_layout import FlowLayout

_EXITS = (
    ExitItem(Exit.ON_SPOT, label(Exit.ON_SPOT), IntakeKey.ON_SPOT, "talk", "当场说清，诉求人认可"),
    ExitItem(
        Exit.OWN_UNIT,
        label(Exit.OWN_UNIT),
        IntakeKey.OWN_UNIT,
        "own-unit",
        "首办部门自己核实、办理",
    ),
    ExitItem(
        Exit.TRANSFER,
        label(Exit.TRANSFER),
        IntakeKey.TRANSFER,
        "transfer",
        "交信联办分拨",
        is_main=True,
    ),
    ExitItem(
        Exit.GUIDANCE, label(Exit.GUIDANCE), IntakeKey.GUIDANCE, "guide", "不属本职责，送到对口处"
    ),
)
_NOTE = "选一个出口即保存、编号并打印回执"
_SHORT_NOTE = "写完按 Ctrl+Enter 存下，类别按内容记，信联办可改；按 Alt+↓ 回到全表"


class IntakeFoot(QWidget):
    """The exits and one line below them: limits before saving, or what was saved.

    Signals:
        exit_chosen: an exit was taken; carries it.
        print_wanted: print the receipt of what was just saved.
        another_wanted: a further case of the same person.
        next_wanted: the next person.
    """

    exit_chosen = Signal(object)
    print_wanted = Signal()
    another_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, host: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._main = Exit.TRANSFER
        self._note = _NOTE
        self._faces: Sequence[object] = ()
        self._chips: list[ClockChip] = []
        self._lead, self._promise = text_label("", "label"), text_label("", "hint")
        self._limits = QWidget(self)
        self._strip = QWidget(self._limits)
        self._flow = FlowLayout(self._strip, gap=8)
        self._build(host)
        self._connect(host)

    def main_exit(self) -> Exit:
        """Return the exit that Ctrl+Enter takes."""
        return self._main

    def set_main(self, leave: Exit) -> None:
        """Let Ctrl+Enter take this exit."""
        self._main = leave
        self.exits.set_main(leave)

    def set_short(self, *, is_short: bool) -> None:
        """Offer only the exit that a call of twenty seconds takes."""
        self._note = _SHORT_NOTE if is_short else _NOTE
        self.show_problem("")
        for leave in Exit:
            self.exits.button(leave).setVisible(not is_short or leave is Exit.TRANSFER)

    def show_limits(self, limits: Limits) -> None:
        """Say which limits saving would start."""
        self._lead.setText(limits.lead)
        self._promise.setText(limits.promise)
        if limits.faces != self._faces:
            self._faces = limits.faces
            for chip in self._chips:
                self._flow.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            self._chips = [ClockChip(face) for face in limits.faces]
            for chip in self._chips:
                self._flow.addWidget(chip)
        self._pages.setCurrentWidget(self._limits)

    def show_saved(self, sentence: str) -> None:
        """Say what was saved, and what can be done with it."""
        self._saved_words.setText(sentence)
        self._pages.setCurrentWidget(self._saved)

    def show_problem(self, sentence: str) -> None:
        """Say why nothing was saved, where no field is to blame; an empty text takes it away."""
        self._head_note.setText(sentence or self._note)
        say_state(self._head_note, state="bad" if sentence else "")

    def saved_words(self) -> str:
        """Return what is said about the case saved last, while it is in sight."""
        is_shown = self._pages.currentWidget() is self._saved
        return self._saved_words.text() if is_shown else ""

    def _build(self, host: QWidget) -> None:
        self.exits = ExitButtons(host, _EXITS, self)
        self.advice = KeyButton("提示", GlobalKey.NEXT_PANE, kind=ButtonKind.QUIET, parent=self)
        self._head_note = text_label(_NOTE, "label")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(text_label("怎么办", "section"))
        head.addWidget(self._head_note)
        head.addStretch()
        head.addWidget(self.advice)
        self._pages = QStackedWidget(self)
        self._build_limits()
        self._build_saved()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.exits)
        column.addWidget(self._pages)

    def _build_limits(self) -> None:
        self._flow.addWidget(self._lead)
        self._fit_height()
        THEME.changed.connect(self._fit_height)
        column = QVBoxLayout(self._limits)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._strip)
        column.addWidget(self._promise)
        self._pages.addWidget(self._limits)

    def _fit_height(self) -> None:
        """Keep the height whatever the exit, so that nothing moves."""
        self._lead.setMinimumHeight(tokens().sizes.clock_chip)

    def _build_saved(self) -> None:
        self._saved = QWidget(self)
        self._saved_words = text_label("", "strong")
        say_state(self._saved_words, state="ok")
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._saved_words)
        line.addSpacing(8)
        for words, key, signal in (
            ("打印回执", GlobalKey.PRINT, self.print_wanted),
            ("还有别的困难吗？再开一件", ActionKey.ANOTHER_CASE, self.another_wanted),
            ("下一位", GlobalKey.NEW_INTAKE, self.next_wanted),
        ):
            button = KeyButton(words, key, kind=ButtonKind.QUIET)
            button.clicked.connect(signal)
            line.addWidget(button)
        line.addStretch()
        column = QVBoxLayout(self._saved)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addStretch()
        self._pages.addWidget(self._saved)

    def _connect(self, host: QWidget) -> None:
        self.exits.chosen.connect(self.exit_chosen)
        finish = KeyShortcut(GlobalKey.FINISH, host)
        finish.pressed.connect(lambda: self.exit_chosen.emit(self._main))
        KeyShortcut(GlobalKey.PRINT, host).pressed.connect(self.print_wanted)
