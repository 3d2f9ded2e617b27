"""Panels of talks (约谈、不约谈、约谈记录、承诺落实)."""

from typing import Any

from desk.actions.talks import DecideTalk, KeepPromise, RecordTalk
from desk.queries.talks import TalkBoard, TalkFile
from desk.rules.assessment_codes import TalkDecision
from desk.rules.errors import RuleBroken
from desk.rules.wording import label
from desk.ui.letters.step_kinds import StepKind
from desk.ui.sections.step_panel import StepPanel
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.moment_edit import MomentEdit

_OFFERED = (TalkDecision.TALK, TalkDecision.NO_TALK)


class DecidePanel(StepPanel):
    """约谈还是不约谈: decided by people, with a reason where there is none."""

    deed, title, verb = StepKind.DECIDE, "决定约谈", "记下决定"

    def build(self) -> None:
        """Show why the unit is named, and ask for the decision."""
        self._show_named()
        offered = [Choice(one, label(one)) for one in _OFFERED]
        self._decision = self.form.choice("decision", "怎么定", offered, required=True)
        self._reason = self.form.text(
            "reason", "理由", lines=3, hint="不约谈时必须写；约谈的也可以写几句。"
        )

    def request(self, head: Any) -> DecideTalk:
        """Write the decision down."""
        decision = self._decision.value()
        if decision is None:
            raise RuleBroken("请选约谈，还是不约谈。", field="decision")
        return DecideTalk(
            **head,
            **self._named(),
            decision=TalkDecision(str(decision)),
            reason=self._reason.text(),
        )

    def _show_named(self) -> None:
        file: TalkFile = self.file
        why = file.why.rstrip("。")
        self.form.add(text_label(f"{file.unit}：{why}。{file.figures}", "label", wraps=True))

    def _named(self) -> dict[str, Any]:
        file: TalkFile = self.file
        return {
            "unit": file.unit_id,
            "month": file.month,
            "why": file.why,
            "figures": file.figures,
        }


class ProposePanel(DecidePanel):
    """另提名: somebody puts a unit forward himself."""

    deed, title = StepKind.PROPOSE, "另提名一个单位"

    def _show_named(self) -> None:
        board: TalkBoard = self.file.board
        self._unit = self.units(board.units)
        self._month = self.form.text("month", "考评月份", required=True, hint="如 2026-10")
        self._month.set_text(board.month)
        self._why = self.form.text("why", "为什么提名", required=True, lines=2)

    def _named(self) -> dict[str, Any]:
        return {
            "unit": self.unit_of(self._unit),
            "month": self._month.text().strip(),
            "why": self._why.text(),
        }


class RecordPanel(StepPanel):
    """约谈记录: who was there, what was said, what was promised and until when."""

    deed, title, verb = StepKind.RECORD, "约谈记录", "存为约谈记录"

    def build(self) -> None:
        """Show what was written, if anything was."""
        form, file = self.form, self.file
        self._held = form.moment(
            "held_at", "时间", MomentEdit("时间", self.desk.now, past_only=True, required=True)
        )
        self._place = form.text("place", "地点")
        self._by = form.text("talked_by", "约谈人", hint="如 秦岚、王磊")
        self._attended = form.text("attended", "参加人员", required=True)
        self._minutes = form.text("minutes", "约谈内容", lines=5, required=True)
        self._promised = form.text("promised", "整改承诺", lines=3)
        self._due = form.text("due_on", "承诺落实的期限", hint="如 11-30；没有承诺就空着")
        if file.held_at is not None:
            self._held.set_moment(file.held_at)
        for field, words in (
            (self._place, file.place),
            (self._by, file.talked_by),
            (self._attended, file.attended),
            (self._minutes, file.minutes),
            (self._promised, file.promised),
            (self._due, f"{file.due_on:%Y-%m-%d}" if file.due_on else ""),
        ):
            field.set_text(words)

    def request(self, head: Any) -> RecordTalk:
        """Write the record."""
        held = self._held.moment()
        if held is None:
            raise RuleBroken("请填约谈的时间。", field="held_at")
        return RecordTalk(
            **head,
            talk=self.file.id,
            held_at=held,
            place=self._place.text(),
            talked_by=self._by.text(),
            attended=self._attended.text(),
            minutes=self._minutes.text(),
            promised=self._promised.text(),
            due_on=self.coming_day("due_on", self._due.text()),
        )


class KeptPanel(StepPanel):
    """承诺落实: when, and how it was seen."""

    deed, title, verb = StepKind.KEEP, "承诺落实", "记下已落实"

    def build(self) -> None:
        """Show what was promised."""
        self.form.add(text_label(f"承诺：{self.file.promised}", "label", wraps=True))
        self._on = self.form.text("kept_on", "落实日期", required=True, hint="如 11-20、今天")
        self._note = self.form.text("note", "落实情况", lines=4, required=True)

    def request(self, head: Any) -> KeepPromise:
        """Write it down."""
        day = self.past_day("kept_on", self._on.text(), "请填落实日期。")
        return KeepPromise(**head, talk=self.file.id, kept_on=day, note=self._note.text())
