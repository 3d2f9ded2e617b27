"""A field with its check beside it (字段): label above, hint below, always a sentence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desk.ui.icons import icon
from desk.ui.theme import THEME, say_state, tokens
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import StatusChip
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.text_area import TextArea


class Check(StrEnum):
    """What a check found; only `BAD` keeps the form from being saved."""

    PLAIN = ""
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class FieldState:
    """What the check says about a field, in a sentence that tells what to do."""

    state: Check = Check.PLAIN
    sentence: str = ""


CheckText = Callable[[str], FieldState]
_MARKS = {Check.OK: ("ok", "ok"), Check.WARN: ("warning", "near"), Check.BAD: ("error", "bad")}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TextLine(QLineEdit):
    """One line of text; Enter goes on to the next field. No length is ever cut.

    Signals:
        left: the focus has gone elsewhere in the window.
        entered: Enter was pressed.
    """

    left = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter; with Ctrl it belongs to the form."""
        if event.key() in _ENTER and not is_composing():
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return
            self.entered.emit()
            if self.hasFocus():  # else whoever heard it has put the keyboard elsewhere
                self.focusNextChild()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the field that the clerk has left, unless only a menu has opened."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class CheckedField(QWidget):
    """A labelled line or text area that is checked on leaving, never while composing.

    Args:
        label: the name of the field, read out too.
        check: what to ask on leaving; without one the field is never judged.
        hint: shown below while there is nothing to say about the content.
        lines: more than 0 makes a text area of that many lines.

    Signals:
        changed: committed text has changed; carries it.
        judged: the check has spoken; carries the FieldState.
    """

    changed = Signal(str)
    judged = Signal(object)

    def __init__(
        self,
        label: str,
        *,
        check: CheckText | None = None,
        hint: str = "",
        required: bool = False,
        lines: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label, self._hint, self._check = label, hint, check
        self._state = FieldState()
        self._judged_text: str | None = None
        self._build(is_required=required, lines=lines)
        self.set_state(self._state)
        THEME.changed.connect(self._show_state)

    def text(self) -> str:
        """Return the committed text."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put `text` into the field and judge it at once if there is any."""
        if isinstance(self.edit, TextArea):
            self.edit.set_text(text)
        else:
            self.edit.setText(text)
        if text:
            self.check_now()
        else:
            self.set_state(FieldState())

    def state(self) -> FieldState:
        """Return what the check said last."""
        return self._state

    def check_now(self) -> FieldState:
        """Ask the check, show its sentence and return it."""
        if self._check is not None and not is_composing():
            self._judged_text = self.text()
            self.set_state(self._check(self._judged_text))
            self.judged.emit(self._state)
        return self._state

    def set_state(self, state: FieldState) -> None:
        """Show a state that was found elsewhere, for instance by the rules on saving."""
        if state.state is not Check.PLAIN:
            self._judged_text = self.text()  # leaving the field does not judge the same text again
        self._state = state
        self._show_state()

    def set_hint(self, hint: str) -> None:
        """Show another hint while there is nothing to say about the content."""
        self._hint = hint
        self._show_state()

    def hide_label(self) -> None:
        """Let something above stand for the label: the head of a column."""
        for part in (self._name, self._beside):
            part.hide()
        column = self.layout()
        if column is not None:
            column.setSpacing(0)

    def set_beside(self, words: str) -> None:
        """Put a quieter word behind the label (“怎么说就怎么写”)."""
        self._beside.setText(words)

    def set_chips(self, chips: Iterable[tuple[str, str]], note: str = "") -> None:
        """Show what follows from the text at the right inside the line: (word, icon) each."""
        while (item := self._inside.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._inside.addStretch()
        taken = 0
        for word, picture in chips:
            chip = StatusChip(word, Tone.NOW, icon=picture, parent=self.edit)
            self._inside.addWidget(chip)
            taken += chip.sizeHint().width() + 6
        if note:
            said = QLabel(note, self.edit)
            say_state(said, role="hint")
            self._inside.addWidget(said)
            taken += said.sizeHint().width() + 12
        if isinstance(self.edit, QLineEdit):
            self.edit.setTextMargins(0, 0, taken, 0)

    def _build(self, *, is_required: bool, lines: int) -> None:
        self.edit: TextLine | TextArea = TextArea(lines=lines) if lines else TextLine()
        self.edit.setAccessibleName(f"{self._label}，必填" if is_required else self._label)
        self.edit.left.connect(self._on_left)
        if isinstance(self.edit, TextArea):
            self.edit.text_changed.connect(self._on_text_changed)
        else:
            self.edit.textChanged.connect(self._on_text_changed)
        self._inside = QHBoxLayout()
        self._inside.setContentsMargins(8, 0, 8, 0)
        self._inside.setSpacing(6)
        if isinstance(self.edit, TextLine):
            self.edit.setLayout(self._inside)
        self._below = QLabel(self)
        self._below.setWordWrap(True)
        self._mark = QLabel(self)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._mark.setContentsMargins(0, 2, 0, 0)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self._mark)
        foot.addWidget(self._below, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._head(is_required=is_required))
        layout.addWidget(self.edit)
        layout.addLayout(foot)
        layout.addStretch()
        self.setFocusProxy(self.edit)

    def _head(self, *, is_required: bool) -> QHBoxLayout:
        name = self._name = QLabel(self._label, self)
        name.setBuddy(self.edit)
        say_state(name, role="label")
        self._head_row = QHBoxLayout()
        self._head_row.setSpacing(8)
        self._head_row.addWidget(name)
        if is_required:
            must = QLabel("必填", self)
            say_state(must, role="caption", state="accent")
            self._head_row.addWidget(must)
        self._beside = QLabel(self)
        say_state(self._beside, role="hint")
        self._head_row.addWidget(self._beside)
        self._head_row.addStretch()
        return self._head_row

    def _show_state(self) -> None:
        state, sentence = self._state.state, self._state.sentence or self._hint
        self._below.setText(sentence)
        self._below.setVisible(bool(sentence))
        shows_mark = state in _MARKS and bool(sentence)
        self._mark.setVisible(shows_mark)
        if shows_mark:
            side = tokens().sizes.icon_small
            self._mark.setPixmap(self._picture(state).pixmap(QSize(side, side)))
        say_state(self._below, role="hint", state=str(state))
        say_state(self.edit, state=str(state))
        self.edit.setAccessibleDescription(sentence)

    def _picture(self, state: Check) -> QIcon:
        name, colour = _MARKS[state]
        return icon(name, colour)

    def _on_text_changed(self, text: str) -> None:
        if self._state.state is not Check.PLAIN and text != self._judged_text:
            self.set_state(FieldState())  # the sentence was about another text
        self.changed.emit(text)

    def _on_left(self) -> None:
        if self.text() != self._judged_text:
            self.check_now()
