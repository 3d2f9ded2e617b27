"""Panels of letters (写信、送达、整改反馈、撤销)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desk.actions.letters import AnswerLetter, DeliverLetter, IssueLetter, RevokeLetter
from desk.rules.assessment_codes import LetterKind
from desk.rules.errors import RuleBroken
from desk.rules.wording import label
from desk.ui.letters.letter_fields import LetterFields
from desk.ui.letters.step_kinds import StepKind
from desk.ui.sections.step_panel import StepPanel
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.moment_edit import MomentEdit

_CHOOSE = "先在左边选写哪几件：空格选上或去掉，选好的会写进“事实”。"


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """A letter that is being written on the page; there is one plan of each kind."""

    kind: LetterKind
    version: int = 0

    @property
    def id(self) -> int:
        """Which plan it is: what was drafted of it stays with it."""
        return list(LetterKind).index(self.kind)


class WritePanel(StepPanel):
    """写信: about the cases that are marked at the left."""

    deed, title, verb = StepKind.WRITE, "写信", "签发"

    def build(self) -> None:
        """Add the fields of a letter."""
        kind = self.file.kind
        self._cases: tuple[int, ...] = ()
        self._told = text_label(f"{label(kind)}：{_CHOOSE}", "hint", wraps=True)
        self.form.add(self._told)
        self._fields = LetterFields(self, [kind])

    def start(self) -> None:
        """Leave the keyboard in the list: the cases come first."""

    def take_cases(self, cases: Sequence[int]) -> None:
        """Write about these cases."""
        self._cases = tuple(cases)
        chosen = f"已选 {len(cases)} 件。" if cases else _CHOOSE
        self._told.setText(f"{label(self.file.kind)}：{chosen}")
        self._fields.take_cases(cases)

    def request(self, head: Any) -> IssueLetter:
        """Issue the letter."""
        if not self._cases:
            raise RuleBroken(_CHOOSE)
        return self._fields.request(head)


class DeliverPanel(StepPanel):
    """送达: to whom, and when."""

    deed, title, verb = StepKind.DELIVER, "记送达", "记下送达"

    def build(self) -> None:
        """Ask for the name and the moment."""
        self._to = self.form.text("to", "交给了谁", required=True, hint="签收人的姓名")
        self._at = self.form.moment(
            "at", "什么时候", MomentEdit("什么时候", self.desk.now, past_only=True)
        )
        self._at.set_moment(self.desk.now())

    def request(self, head: Any) -> DeliverLetter:
        """Record it."""
        at = self._at.moment()
        if at is None:
            raise RuleBroken("请填送达的时间。", field="at")
        return DeliverLetter(**head, letter=self.file.id, to=self._to.text(), at=at)


class AnswerPanel(StepPanel):
    """整改反馈: what was done, who is responsible, when it was done."""

    deed, title, verb = StepKind.ANSWER, "整改反馈", "提交反馈"

    def build(self) -> None:
        """Ask for what stands on the lower part of the paper."""
        form = self.form
        self._measures = form.text("measures", "整改措施", lines=6, required=True)
        self._responsible = form.text("responsible", "责任人", required=True)
        self._done = form.text("done_on", "完成日期", required=True, hint="如 11-20、今天")

    def request(self, head: Any) -> AnswerLetter:
        """Hand it in."""
        done = self.past_day("done_on", self._done.text(), "请填完成日期。")
        return AnswerLetter(
            **head,
            letter=self.file.id,
            measures=self._measures.text(),
            responsible=self._responsible.text(),
            done_on=done,
        )


class RevokePanel(StepPanel):
    """撤销: why the letter does not hold."""

    deed, title, verb = StepKind.REVOKE, "撤销", "撤销这封信"

    def build(self) -> None:
        """Say what becomes of it, and ask for the reason."""
        self.form.add(
            text_label(f"{self.file.number} 撤销后作废，编号不再用。", "label", wraps=True)
        )
        self._note = self.form.text("note", "为什么撤销", lines=3, required=True)

    def request(self, head: Any) -> RevokeLetter:
        """Revoke it."""
        return RevokeLetter(**head, letter=self.file.id, note=self._note.text())
