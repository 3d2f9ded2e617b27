"""The panel of 办理完毕: result and measures, or an answer for every matter of the visit."""

from desk.actions.handling import FinishHandling
from desk.rules.codes import ClockKind, HandlingResult
from desk.rules.deeds import Deed
from desk.rules.matters import overall_result
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import coded
from desk.ui.case.matter_blocks import MatterBlock, blocks_of, first_gap, matters_now
from desk.ui.leading.check_fields import QuestionFields
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import Check, FieldState

_LATE = "已超过办理时限。请写明原因，只问这一次。"
_ONE_BY_ONE = "逐项写结果和答复，已写的带在里面；意见书从这里起草。"
_WHOLE = "按各事项提出，您可以改。"


class FinishPanel(DeedPanel):
    """办理完毕: result and measures, matter by matter where there are several."""

    deed, title, verb = Deed.FINISH, "办理完毕", "办理完毕"

    def build(self) -> None:
        """Ask for each matter, result and measures, and the reason only where it is late."""
        form = self.form
        self.is_wide = len(self.file.matters) > 1
        self._blocks: list[MatterBlock] = []
        if self.is_wide:
            form.add(text_label(_ONE_BY_ONE, "label", wraps=True))
            self._blocks = blocks_of(form, matters_now(self.file))
        self._result = form.choice(
            "result",
            "整件的办理结果" if self.is_wide else "办理结果",
            coded(HandlingResult),
            required=not self.is_wide,
            small=True,
        )
        self._measures = form.text(
            "measures",
            "办理经过（可空）" if self.is_wide else "怎么办的、办到什么程度",
            lines=2 if self.is_wide else 4,
            required=not self.is_wide,
            hint="不写就用上面的逐项答复。" if self.is_wide else "意见书从这里起草。",
        )
        self._late = form.text("late_reason", "超时原因", lines=2, required=True, hint=_LATE)
        self._late.setVisible(self._is_late())
        self._questions = QuestionFields(form, self.file.leading.questions)
        self._is_own_word = False
        self._result.chosen.connect(self._on_chosen)
        for block in self._blocks:
            block.result_chosen.connect(self._propose)
        self._propose()

    def start(self) -> None:
        """Go to the first matter that lacks something."""
        entry = self.form.entries.get(first_gap(self._blocks))
        if entry is None:
            super().start()
        else:
            entry.focus()

    def request(self, head: OnCase) -> FinishHandling:
        """End handling."""
        result = self._result.value()
        return FinishHandling(
            **head,
            result=HandlingResult(str(result)) if result is not None else None,
            measures=self._measures.text(),
            late_reason=self._late.text(),
            matters=tuple(block.answer() for block in self._blocks),
            questions=self._questions.said(),
        )

    def missing(self, name: str, sentence: str) -> None:
        """Show the field for the reason too if the limit passed while this was being written."""
        if name == "late_reason":
            self._late.show()
        super().missing(name, sentence)

    def _on_chosen(self, _result: object) -> None:
        self._is_own_word = True

    def _propose(self) -> None:
        """Propose what the case came to, until the clerk says so himself."""
        results = [block.result for block in self._blocks]
        known = [result for result in results if result is not None]
        if self._is_own_word or not known or len(known) < len(results):
            return
        shown = {block.item.matter for block in self._blocks}
        before = [m.result for m in self.file.matters if m.id not in shown and m.result]
        self._result.chips.set_value(overall_result([*known, *before]))
        self._result.say(FieldState(Check.PLAIN, _WHOLE))

    def _is_late(self) -> bool:
        now = self.desk.now()
        return any(
            clock.kind is ClockKind.HANDLE
            and clock.is_running
            and clock.round_no == self.file.round.number
            and clock.facts.paused_since is None
            and clock.facts.due_at is not None
            and clock.facts.due_at < now
            for clock in self.file.clocks
        )
