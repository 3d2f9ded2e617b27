"""A question before something that cannot be taken back (确认): the buttons are verbs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label


@dataclass(frozen=True, slots=True)
class Verb:
    """One way to go on; the last of a dialog's verbs leaves everything as it is."""

    id: object
    label: str
    kind: ButtonKind = ButtonKind.PLAIN


class VerbDialog(QDialog):
    """A sentence and two or three verbs, never 是 / 否; Esc is the last verb.

    Signals:
        chosen: the clerk decided; carries the verb's id.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, title: str, sentence: str, verbs: Sequence[Verb]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._last = verbs[-1]
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        head = text_label(title, "section", wraps=True)
        said = text_label(sentence, "reading", wraps=True)
        said.setMinimumWidth(said.fontMetrics().horizontalAdvance("字") * 24)
        self.body = QVBoxLayout()
        row = QHBoxLayout()
        row.addStretch()
        self._buttons = {verb.id: self._button(verb) for verb in verbs}
        for button in self._buttons.values():
            row.addWidget(button)
        column.addWidget(head)
        column.addWidget(said)
        column.addLayout(self.body)
        column.addSpacing(8)
        column.addLayout(row)
        self._buttons[self._last.id].setFocus()  # the harmless one
        self.rejected.connect(lambda: self.chosen.emit(self._last.id))

    def button(self, verb_id: object) -> KeyButton:
        """Return the button of one verb."""
        return self._buttons[verb_id]

    def _button(self, verb: Verb) -> KeyButton:
        made = KeyButton(verb.label, kind=verb.kind, parent=self)
        made.clicked.connect(lambda: self._choose(verb))
        return made

    def _choose(self, verb: Verb) -> None:
        if verb is self._last:
            self.reject()
            return
        self.chosen.emit(verb.id)
        self.accept()


def ask_verb(
    parent: QWidget,
    title: str,
    sentence: str,
    verbs: Sequence[Verb],
    done: Callable[[object], None],
) -> VerbDialog:
    """Open the question and call `done` with the id of the verb that was chosen."""
    dialog = VerbDialog(parent, title, sentence, verbs)
    dialog.chosen.connect(done)
    dialog.open()
    return dialog
