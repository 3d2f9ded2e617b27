"""Several matters in one panel (逐项答复): a block for each, with its unit, result and answer."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desk.actions.matter_answers import MatterAnswer
from desk.queries.case_file import CaseFile
from desk.queries.case_views import MatterView
from desk.rules.codes import HandlingResult
from desk.rules.matters import OpinionItem, counts_as_solved
from desk.ui.case.form_column import FormColumn
from desk.ui.case.form_parts import coded
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.choice_chips import CheckChip


class MatterBlock(QFrame):
    """One matter to be answered; its fields are known to the form of the panel by its id.

    Args:
        is_solved: the unit's own word so far; it follows the result until it is ticked by hand.
        has_solved: whether to ask for that word; an opinion does not.
        has_basis: whether to ask on what the answer is based.

    Signals:
        result_chosen: another result was chosen by the clerk.
    """

    result_chosen = Signal()

    def __init__(
        self,
        form: FormColumn,
        item: OpinionItem,
        *,
        is_solved: bool | None = None,
        has_solved: bool = True,
        has_basis: bool = True,
    ) -> None:
        super().__init__()
        self.item = item
        say_state(self, kind="inner")
        self.setAccessibleName(f"事项 {item.seq} {item.content}")
        self._inner = FormColumn()
        self._solved: CheckChip | None = None
        self._basis: CheckedField | None = None
        self._was_solved = bool(is_solved)
        self._build(form, has_solved=has_solved, has_basis=has_basis)
        form.entries.update(self._inner.entries)
        self._inner.edited.connect(form.edited)

    @property
    def result(self) -> HandlingResult | None:
        """How the matter ended, as it is chosen now."""
        chosen = self._result.value()
        return HandlingResult(str(chosen)) if chosen is not None else None

    def answer(self) -> MatterAnswer:
        """Return what stands in the fields."""
        return MatterAnswer(
            matter=self.item.matter,
            result=self.result,
            answer=self._answer.text(),
            basis=self._basis.text() if self._basis is not None else None,
            is_solved=self._solved.isChecked() if self._solved is not None else None,
        )

    def says_something_new(self) -> bool:
        """Return whether it says something, and something else than is on record."""
        return self._said() not in {self._recorded, (None, "", "")}

    def field_to_fill(self) -> str:
        """Return the name of the field that still lacks something, else that of the answer."""
        lacks = "result" if self.result is None else "answer"
        return f"{lacks}_{self.item.matter}"

    def lacks_something(self) -> bool:
        """Return whether result or answer are still to be given."""
        return self.result is None or not self._answer.text().strip()

    def _build(self, form: FormColumn, *, has_solved: bool, has_basis: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(self._head(has_solved=has_solved))
        column.addWidget(self._inner)
        self._inner.column.setContentsMargins(0, 0, 0, 0)
        self._inner.column.setSpacing(6)
        self._add_result()
        self._add_words(has_basis=has_basis)
        form.add(self)

    def _head(self, *, has_solved: bool) -> QHBoxLayout:
        item = self.item
        number = text_label(str(item.seq), "strong")
        say_state(number, state="accent")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(item.content, "reading", wraps=True))
        if item.unit:
            words.addWidget(text_label(f"由{item.unit}答复", "caption"))
        head.addLayout(words, 1)
        if has_solved:
            self._solved = self._inner.check(f"solved_{item.matter}", "已解决")
            self._solved.setAccessibleName(f"事项 {item.seq} 已解决")
            self._solved.setChecked(self._was_solved)
            head.addWidget(self._solved, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _add_result(self) -> None:
        item = self.item
        self._result = self._inner.choice(
            f"result_{item.matter}", "办理结果", coded(HandlingResult), small=True
        )
        self._result.chips.setAccessibleName(f"事项 {item.seq} 的办理结果")
        self._result.chips.set_value(item.result)
        self._result.chosen.connect(lambda _value: self._on_result())

    def _add_words(self, *, has_basis: bool) -> None:
        item = self.item
        words = QHBoxLayout()
        words.setSpacing(12)
        self._answer = CheckedField("给诉求人的答复", lines=2)
        self._answer.edit.setAccessibleName(f"事项 {item.seq} 的答复")
        self._inner.know_text(f"answer_{item.matter}", "答复", self._answer)
        self._answer.set_text(item.answer)
        words.addWidget(self._answer, 3)
        if has_basis:
            self._basis = CheckedField("依据（可空）", lines=2)
            self._basis.edit.setAccessibleName(f"事项 {item.seq} 的依据")
            self._inner.know_text(f"basis_{item.matter}", "依据", self._basis)
            self._basis.set_text(item.basis)
            words.addWidget(self._basis, 2)
        self._inner.column.addLayout(words)
        self._recorded = self._said()

    def _said(self) -> tuple[HandlingResult | None, str, str]:
        basis = self._basis.text().strip() if self._basis is not None else ""
        return self.result, self._answer.text().strip(), basis

    def _on_result(self) -> None:
        if self._solved is not None and self.result is not None:
            self._solved.setChecked(counts_as_solved(self.result))
        self.result_chosen.emit()


def matters_now(file: CaseFile) -> list[MatterView]:
    """Return the matters that the present round of a case deals with."""
    return [matter for matter in file.matters if matter.round_no == file.round.number]


def item_of(matter: MatterView) -> OpinionItem:
    """Return a matter as a block shows it."""
    return OpinionItem(
        matter=matter.id,
        seq=matter.seq,
        content=matter.content,
        result=matter.result,
        answer=matter.answer,
        basis=matter.basis,
        unit=matter.unit,
    )


def blocks_of(form: FormColumn, matters: Iterable[MatterView]) -> list[MatterBlock]:
    """Add a block for each matter to a form, with what is on record in it."""
    return [MatterBlock(form, item_of(one), is_solved=one.is_solved) for one in matters]


def first_gap(blocks: Iterable[MatterBlock]) -> str:
    """Return the name of the first field that lacks something, or an empty text."""
    return next((block.field_to_fill() for block in blocks if block.lacks_something()), "")
