"""The lines of a list as fields (五包、三问): an answer each, and words where they are wanted.

Nothing has to be answered; what was said before is shown and is not asked again.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions.checklists import CheckSaid
from desk.queries.leader_cases import CheckView
from desk.rules.leader_case_codes import CheckAnswer
from desk.ui.case.form_column import FormColumn
from desk.ui.case.form_parts import LabelledChoice, coded
from desk.ui.leading.words import check_words
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import CheckedField, FieldState
from desk.ui.widgets.choice_chips import Choice

QUESTIONS_HEAD = "三问：只作提示，可以不答；答了就留在案卷里。"
_DONE = (
    Choice(CheckAnswer.YES, "已落实"),
    Choice(CheckAnswer.PARTLY, "部分"),
    Choice(CheckAnswer.NO, "还没有"),
)


class QuestionFields:
    """The hall's 三问, each with 是、部分、否.

    Args:
        form: where they are put, below what is there.
    """

    def __init__(self, form: FormColumn, lines: Sequence[CheckView]) -> None:
        self._lines = lines
        self.head = text_label(QUESTIONS_HEAD, "label", wraps=True)
        form.add(self.head)
        self._fields = [
            form.choice(f"question{at}", one.words, coded(CheckAnswer), small=True)
            for at, one in enumerate(lines)
        ]
        for one, field in zip(lines, self._fields, strict=True):
            if said := check_words(one):
                field.say(FieldState(sentence=f"上次：{said}"))

    def widgets(self) -> list[QWidget]:
        """Return all that belongs to it, for showing and hiding."""
        return [self.head, *self._fields]

    def show(self, *, is_shown: bool) -> None:
        """Show or hide all of it."""
        for one in self.widgets():
            one.setVisible(is_shown)

    def said(self) -> tuple[CheckSaid, ...]:
        """Return what was answered."""
        return tuple(
            CheckSaid(one.words, _answer(field))
            for one, field in zip(self._lines, self._fields, strict=True)
            if field.value() is not None
        )


class PledgeFields:
    """The hall's 五包: how far each is, who answers for it, and what was done."""

    def __init__(self, form: FormColumn, lines: Sequence[CheckView]) -> None:
        self._lines = lines
        self._rows: list[tuple[LabelledChoice, CheckedField, CheckedField, QWidget]] = []
        for at, one in enumerate(lines):
            answer = form.choice(f"pledge{at}", one.words, _DONE, small=True)
            if said := check_words(one):
                answer.say(FieldState(sentence=f"上次：{said}"))
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            who = CheckedField(f"责任人（{one.words}）")
            note = CheckedField(f"进展（{one.words}）")
            who.set_text(one.responsible)
            form.know_text(f"who{at}", "责任人", who)
            form.know_text(f"note{at}", "进展", note)
            line.addWidget(who, 1)
            line.addWidget(note, 3)
            form.add(row)
            self._rows.append((answer, who, note, row))

    def widgets(self) -> list[QWidget]:
        """Return all that belongs to it, for showing and hiding."""
        return [widget for answer, _who, _note, row in self._rows for widget in (answer, row)]

    def said(self) -> tuple[CheckSaid, ...]:
        """Return the lines to which something new is said."""
        found = []
        for one, (answer, who, note, _row) in zip(self._lines, self._rows, strict=True):
            is_new = answer.value() is not None or note.text().strip()
            if is_new or who.text().strip() != one.responsible:
                found.append(CheckSaid(one.words, _answer(answer), who.text(), note.text()))
        return tuple(found)


def _answer(field: LabelledChoice) -> CheckAnswer | None:
    value = field.value()
    return CheckAnswer(str(value)) if value is not None else None
