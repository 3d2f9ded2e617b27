"""The four questions of grading and the level they suggest (分级建议); never on paper."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.intake import IntakeHall
from desk.rules.codes import Urgency
from desk.rules.urgency import Judgement, suggest_urgency
from desk.ui.intake.limits import handle_limit
from desk.ui.keys import ActionKey
from desk.ui.theme import say_state
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.chips import LevelChip
from desk.ui.widgets.choice_chips import CheckChip
from desk.ui.widgets.composing import KeyShortcut, is_composing

_QUESTIONS = ("可能引发舆情", "可能越级上访", "事情清楚", "容易解决")


class LevelCard(Card):
    """Alt+J, then 1–4; Esc goes back to where the clerk was.

    Signals:
        changed: another answer was given.
        asked: the clerk goes to the questions.
    """

    changed = Signal()
    asked = Signal()

    def __init__(self, host: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("分级建议", note="不给诉求人看，不印", key=ActionKey.GRADE, parent=parent)
        self._hall: IntakeHall | None = None
        self._came_from: QWidget | None = None
        self._boxes = [CheckChip(words, str(at)) for at, words in enumerate(_QUESTIONS, start=1)]
        self._build()
        KeyShortcut(ActionKey.GRADE, host).pressed.connect(self._on_key)
        self._say()

    def set_hall(self, hall: IntakeHall) -> None:
        """Say limits as this hall sets them."""
        self._hall = hall
        self._say()

    def judgement(self) -> Judgement:
        """Return the four answers."""
        return Judgement(*(box.isChecked() for box in self._boxes))

    def answers(self) -> list[bool]:
        """Return the four answers as a draft keeps them."""
        return [box.isChecked() for box in self._boxes]

    def set_answers(self, answers: list[bool]) -> None:
        """Show answers given before."""
        for at, box in enumerate(self._boxes):
            box.setChecked(at < len(answers) and bool(answers[at]))

    def urgency(self) -> Urgency:
        """Return the level that the answers suggest."""
        return suggest_urgency(self.judgement()).urgency

    def focus_first(self) -> None:
        """Go to the first question."""
        self.asked.emit()
        self._boxes[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick by digit, and leave with Esc."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if is_composing():
            return False
        if event.text() in {"1", "2", "3", "4"}:
            self._boxes[int(event.text()) - 1].click()
            return True
        if event.key() == Qt.Key.Key_Escape and self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        for at, box in enumerate(self._boxes):
            box.installEventFilter(self)
            box.toggled.connect(self._on_toggled)
            grid.addWidget(box, at // 2, at % 2)
        self.body.addLayout(grid)
        inner = QFrame(self)
        say_state(inner, kind="inner")
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(10)
        self._level = LevelChip(Urgency.ROUTINE)
        self._limit = text_label("", "strong")
        line.addWidget(text_label("建议", "label"))
        line.addWidget(self._level)
        line.addWidget(self._limit)
        line.addStretch()
        self._reason = text_label("", "hint", wraps=True)
        column.addLayout(line)
        column.addWidget(self._reason)
        self.body.addWidget(inner)

    def _on_key(self) -> None:
        focus = QApplication.focusWidget()
        if focus not in self._boxes:
            self._came_from = focus
        self.focus_first()

    def _on_toggled(self, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        suggestion = suggest_urgency(self.judgement())
        self._level.set_level(suggestion.urgency)
        self._limit.setText(handle_limit(self._hall, suggestion.urgency) if self._hall else "")
        self._reason.setText(suggestion.reason)
