"""Panels of a supervision (督办): issued, signed for, reported on, closed or sent back."""

from functools import partial

from desk.actions.supervising import (
    DecideSupervision,
    ReportSupervision,
    Supervise,
    TakeSupervision,
)
from desk.queries.supervisions import SteeringOptions, SupervisionView, steering_options
from desk.rules.assessment_codes import (
    SupervisionGround,
    SupervisionSource,
    SupervisionState,
)
from desk.rules.deeds import Deed
from desk.rules.supervising import OF_ABOVE
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import Ticks, coded
from desk.ui.steering.words import supervision_lines
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.moment_edit import MomentEdit

_GROUNDS = tuple(one for one in SupervisionGround if one is not SupervisionGround.ABOVE)
_NOT_MINE = "现在没有要办的督办，请收起后看看案件的最新情况。"
_OUTCOMES = {
    SupervisionState.CLOSED: "同意，销号",
    SupervisionState.TAKEN: "还不够，退回再办",
    SupervisionState.REVOKED: "撤销这件督办",
}


class SupervisePanel(DeedPanel):
    """发督办单、登记上级督办: why, what is to be done until when, by which unit."""

    deed, title, verb = Deed.SUPERVISE, "督办", "发督办单"

    def build(self) -> None:
        """Offer what the facts suggest; people decide."""
        form, now = self.form, self.desk.now
        self._facts = text_label("", "hint", wraps=True)
        self._source = form.choice(
            "source", "谁督办", coded(SupervisionSource), required=True, small=True
        )
        self._number = form.text("outside_number", "来文编号", hint="没有编号的写“无”。")
        units = [Choice(unit, name) for unit, name in self.file.steering.units]
        self._unit = form.choice("unit", "被督办单位", units, required=True, small=True)
        self._unit.chips.set_value(units[0].id if units else None)
        words = [label(one) for one in _GROUNDS]
        form.add(self._facts)
        self._grounds = form.ticks("grounds", "督办依据", Ticks("督办依据（可多选）", words))
        self._requirement = form.text(
            "requirement", "督办要求", lines=4, required=True, hint="写明做到什么程度，印在单上。"
        )
        self._due = form.moment("due_at", "新时限", MomentEdit("新时限", now, required=True))
        self._copied = form.text("copied_to", "抄送（可空）", hint="例如 分管领导、街道纪工委。")
        self._source.chosen.connect(self._show_source)
        self._source.chips.set_value(SupervisionSource.STREET)
        self._show_source(self._source.value())
        query = partial(steering_options, case_id=self.file.id)
        self.desk.ask(query, owner=self, done=self._on_options)

    def submit(self) -> None:
        """Ask for the unit and the limit first."""
        self._due.check_now()  # what stands there may not have been left yet
        if self._unit.value() is None:
            self.missing("unit", "请选被督办的单位。")
            return
        if self._due.moment() is None:
            self.missing("due_at", "请写明新时限，例如 11-20 18:00。")
            return
        super().submit()

    def request(self, head: OnCase) -> Supervise:
        """Issue it."""
        said, due = {label(one): one for one in _GROUNDS}, self._due.moment()
        source = SupervisionSource(str(self._source.value()))
        assert due is not None  # noqa: S101 - submit has asked for it
        return Supervise(
            **head,
            source=source,
            outside_number=self._number.text() if source in OF_ABOVE else "",
            unit=int(str(self._unit.value())),
            grounds=tuple(said[word] for word in self._grounds.value()),
            requirement=self._requirement.text(),
            due_at=due,
            copied_to=self._copied.text(),
        )

    def _show_source(self, source: object) -> None:
        self._number.setVisible(source in OF_ABOVE)

    def _on_options(self, options: SteeringOptions | None) -> None:
        if options is None:
            return
        if not self._grounds.value():
            self._grounds.set_value([label(one) for one in options.grounds])
        if self._due.moment() is None:
            self._due.set_moment(options.due_at)
        still = f"已有 {options.silent_days} 天没有动静。" if options.silent_days else ""
        found = "、".join(label(one) for one in options.grounds)
        self._facts.setText(f"{still}按现有事实可勾：{found or '无'}；其余由您判断。")


class TakeSupervisionPanel(DeedPanel):
    """签收督办: what is asked for, and one key."""

    deed, title, verb = Deed.TAKE_SUPERVISION, "签收督办", "签收"
    keeps_draft = False

    def build(self) -> None:
        """Show what is asked for."""
        _show(self, self.file.steering.to_sign_for)

    def request(self, head: OnCase) -> TakeSupervision:
        """Sign for it."""
        one = self.file.steering.to_sign_for
        return TakeSupervision(**head, supervision=one.id if one else 0)


class ReportSupervisionPanel(DeedPanel):
    """反馈督办: what was done, and what the appellant says."""

    deed, title, verb = Deed.REPORT_SUPERVISION, "反馈督办结果", "反馈"

    def build(self) -> None:
        """Show what is asked for, and ask for the report."""
        _show(self, self.file.steering.to_report)
        self._report = self.form.text(
            "report",
            "反馈结果",
            lines=5,
            required=True,
            hint="写明整改到什么程度、诉求人怎么说；印在督办单上。",
        )

    def request(self, head: OnCase) -> ReportSupervision:
        """Report it."""
        one = self.file.steering.to_report
        return ReportSupervision(
            **head, supervision=one.id if one else 0, report=self._report.text()
        )


class DecideSupervisionPanel(DeedPanel):
    """销号、退回再办、撤销: what was reported, and what becomes of it."""

    deed, title, verb = Deed.DECIDE_SUPERVISION, "督办销号", "办结督办"

    def build(self) -> None:
        """Show what was reported, and ask for the decision."""
        one = self.file.steering.to_decide
        _show(self, one)
        is_reported = one is not None and one.state is SupervisionState.REPORTED
        fitting = (
            (SupervisionState.CLOSED, SupervisionState.TAKEN)
            if is_reported
            else (SupervisionState.REVOKED,)
        )
        offered = [Choice(outcome, _OUTCOMES[outcome]) for outcome in fitting]
        self._outcome = self.form.choice("outcome", "怎么处理", offered, required=True)
        self._note = self.form.text(
            "note", "说明", lines=2, hint="退回、撤销时必须写，承办单位会看到。"
        )

    def submit(self) -> None:
        """Ask for the decision first."""
        if self._outcome.value() is None:
            self.missing("outcome", "请选怎么处理。")
            return
        super().submit()

    def request(self, head: OnCase) -> DecideSupervision:
        """Decide."""
        one = self.file.steering.to_decide
        return DecideSupervision(
            **head,
            supervision=one.id if one else 0,
            outcome=SupervisionState(str(self._outcome.value())),
            note=self._note.text(),
        )


def _show(panel: DeedPanel, one: SupervisionView | None) -> None:
    """Put the supervision above the fields."""
    lines = supervision_lines(one, panel.desk.now()) if one is not None else [_NOT_MINE]
    for at, line in enumerate(lines):
        panel.form.add(text_label(line, "label" if at else "reading", wraps=True))
