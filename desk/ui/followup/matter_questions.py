"""One question for each matter (逐项问): a digit answers it, and together they make the whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.case_views import MatterView
from desk.rules.codes import Resolution
from desk.rules.verdicts import AGREED, say_whole, whole_of
from desk.rules.wording import choices
from desk.ui.followup.question import Question
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import TextLine


class MatterQuestions(QWidget):
    """The matters of the round, each with its choices, and below what they come to.

    Signals:
        changed: something was answered or written.
        answered: a digit has answered one; carries its place.
    """

    changed = Signal()
    answered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.questions: list[Question] = []
        self._matters: tuple[MatterView, ...] = ()
        self._notes: list[TextLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._whole = text_label("", "label", wraps=True)

    def ask(self, matters: Sequence[MatterView]) -> None:
        """Ask about these matters; the same ones keep their answers."""
        if tuple(matters) == self._matters:
            return
        self._matters = tuple(matters)
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None and old is not self._whole:
                old.hide()
                old.deleteLater()
        self.questions, self._notes = [], []
        for at, matter in enumerate(self._matters):
            self._add(at, matter)
        self._column.addWidget(self._whole)
        self._show_whole()

    def is_asking(self) -> bool:
        """Return whether there are several matters to ask about."""
        return bool(self._matters)

    def content(self) -> list[list[Any]]:
        """Return what was answered: id, answer and words of each matter, as plain data."""
        return [
            [matter.id, question.value(), note.text().strip()]
            for matter, question, note in zip(
                self._matters, self.questions, self._notes, strict=True
            )
        ]

    def fill(self, content: Sequence[Sequence[Any]]) -> None:
        """Show answers kept earlier, as far as their matters are still asked about."""
        kept: Mapping[int, Sequence[Any]] = {int(row[0]): row for row in content}
        for matter, question, note in zip(self._matters, self.questions, self._notes, strict=True):
            _, answer, words = kept.get(matter.id, (0, None, ""))
            question.set_value(None if answer is None else Resolution(answer))
            note.setText(str(words))
        self._show_whole()

    def whole(self) -> Resolution | None:
        """Return what the answers come to, once every matter has one."""
        said = self._said()
        return whole_of(said) if said and len(said) == len(self._matters) else None

    def whole_said(self) -> str:
        """Return why the whole is what it is."""
        return self._whole.text()

    def question_of(self, name: str | None) -> Question | None:
        """Return the question that a refusal is about, named as the request names it."""
        for matter, question in zip(self._matters, self.questions, strict=True):
            if name == f"matter_{matter.id}":
                return question
        return None

    def _add(self, at: int, matter: MatterView) -> None:
        name = text_label(f"{matter.seq}. {matter.content}", wraps=True)
        spoken = f"事项 {matter.seq} 解决了吗"
        question = Question("", choices(Resolution), spoken, small=True)
        note = TextLine()
        note.setPlaceholderText("还差什么，可以不写")
        note.setAccessibleName(f"对事项 {matter.seq} 的说法")
        note.hide()
        question.changed.connect(lambda _value: self._on_changed())
        question.answered.connect(lambda: self.answered.emit(at))
        note.textChanged.connect(lambda _text: self.changed.emit())
        for widget in (name, question, note):
            self._column.addWidget(widget)
        for asked in (name, question):
            asked.show()  # the layout does so too late: what is hidden takes no digit
        self.questions.append(question)
        self._notes.append(note)

    def _said(self) -> list[Resolution]:
        answers = [question.chips.value() for question in self.questions]
        return [answer for answer in answers if isinstance(answer, Resolution)]

    def _on_changed(self) -> None:
        self._show_whole()
        self.changed.emit()

    def _show_whole(self) -> None:
        for question, note in zip(self.questions, self._notes, strict=True):
            answer = question.chips.value()
            note.setVisible(answer is not None and answer not in AGREED)
        done = self.whole() is not None
        self._whole.setText(say_whole(self._said()) if done else "")
        self._whole.setVisible(done)
