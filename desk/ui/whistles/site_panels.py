"""Panels of what happens on the spot (报到、加叫、会商、分工): typed quickly, a line for each."""

from functools import partial
from pathlib import Path
from typing import Any

from desk.actions.whistle_arrivals import (
    Arrival,
    CallMore,
    RecordArrivals,
    RemoveArrival,
)
from desk.actions.whistle_words import Call
from desk.actions.whistle_work import DivideWork, Duty, FinishDuty, RecordConsultation
from desk.queries.lookups import units
from desk.queries.whistle_views import WhistleFile
from desk.rules.codes import UnitKind
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import say_moment
from desk.rules.whistling import Party
from desk.ui.case.reading_files import PickedFile, read_picked
from desk.ui.file_choice import choose_file
from desk.ui.sections.step_panel import StepPanel
from desk.ui.whistles.kinds import WhistleForm
from desk.ui.whistles.lines import read_lines
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.moment_edit import MomentEdit

_FILES = "文件 (*.pdf *.jpg *.jpeg *.png)"


class ArrivePanel(StepPanel):
    """登记报到: a line for each who came; without a time it is now."""

    deed, title, verb = WhistleForm.ARRIVE, "登记报到", "登记报到"

    def build(self) -> None:
        """Say whom the lines may be about."""
        self._units = _open_to(self.file, self)
        self._content: bytes | None = None
        self._media = "application/pdf"
        named = "　".join(f"{at} {name}" for at, (_id, name) in enumerate(self._units, start=1))
        self.form.add(text_label(f"被叫单位：{named}", "label", wraps=True))
        alone = len(self._units) == 1
        hint = "一行一位：姓名 职务 时间" if alone else "一行一位：单位（或序号） 姓名 职务 时间"
        self._lines = self.form.text(
            "arrivals",
            "谁到了",
            lines=4,
            required=True,
            hint=f"{hint}，如“{'' if alone else '1 '}高勇 中队长 0925”；不写时间就是现在。",
        )
        self._paper = self.form.check("is_from_paper", "纸上签到，现在补录")
        self._document = self.form.text(
            "document", "凭证（街道以外的单位必填）", hint="如 现场签到表、复函的文号。"
        )
        self._document.setVisible(any(one.is_outside for one in self.file.row.units))
        self._attach = KeyButton("选凭证的扫描件", icon="attach", parent=self)
        self._attach.clicked.connect(self._choose)
        self._attach.setVisible(any(one.is_outside for one in self.file.row.units))
        self.form.add(self._attach)

    def request(self, head: Any) -> RecordArrivals:
        """Write them down."""
        file, now = self.file, self.desk.now()
        typed = read_lines(self._lines.text(), self._units, now, field="arrivals", looks_back=True)
        came = []
        for one in typed:
            if not one.words:
                raise RuleBroken("每一行都要有姓名。", field="arrivals")
            came.append(
                Arrival(
                    unit=one.unit,
                    name=one.words[0],
                    post=" ".join(one.words[1:]),
                    at=one.at or now,
                )
            )
        return RecordArrivals(
            **head,
            whistle=file.id,
            arrivals=tuple(came),
            is_from_paper=self._paper.isChecked(),
            document=self._document.text(),
            content=self._content,
            media_type=self._media,
        )

    def _choose(self) -> None:
        choose_file(self, "选凭证的扫描件", self._read, _FILES)

    def _read(self, path: Path) -> None:
        self.desk.work(partial(read_picked, path), owner=self, done=self._take, failed=self._say)

    def _take(self, picked: PickedFile) -> None:
        self._content, self._media = picked.content, picked.media_type
        self._attach.setText(f"已选 {picked.name}（{picked.in_words}）")
        if not self._document.text():
            self._document.set_text(Path(picked.name).stem)

    def _say(self, error: DeskError) -> None:
        self.say(str(error))


class StrikePanel(StepPanel):
    """划去报到: somebody who was written down by mistake."""

    deed, title, verb = WhistleForm.STRIKE, "划去报到", "划去"
    keeps_draft = False

    def build(self) -> None:
        """Offer who came."""
        file: WhistleFile = self.file
        now = self.desk.now()
        offered = [
            Choice(one.id, f"{one.unit} {one.name} {say_moment(one.arrived_at, seen_at=now)}")
            for one in file.arrivals
        ]
        self._which = self.form.choice("arrival", "划去哪一条", offered, required=True)

    def request(self, head: Any) -> RemoveArrival:
        """Strike it out."""
        if self._which.value() is None:
            raise RuleBroken("请选划去哪一条。", field="arrival")
        return RemoveArrival(**head, arrival=int(str(self._which.value())))


class _LinesPanel(StepPanel):
    """What names units of the whole street, a line each."""

    def ask_units(self) -> None:
        """Read all units; until then nothing can be read from the lines."""
        self.offered: list[tuple[int, str]] = []
        self.desk.ask(units, owner=self, done=self._on_units)

    def _on_units(self, found: Any) -> None:
        self.offered = [
            (one.id, one.short_name) for one in found if one.kind is not UnitKind.STREET
        ]


class CallMorePanel(_LinesPanel):
    """加叫单位: a line for each."""

    deed, title, verb = WhistleForm.CALL_MORE, "加叫单位", "加叫"

    def build(self) -> None:
        """Ask for units, and by when."""
        self._lines = self.form.text(
            "units",
            "再叫谁",
            lines=3,
            required=True,
            hint="一行一个：单位 联系人 时间，如“民政办 1030”。",
        )
        self._due = self.form.moment(
            "required_at", "没写时间的，要求到场", MomentEdit("要求到场", self.desk.now)
        )
        self.ask_units()

    def request(self, head: Any) -> CallMore:
        """Call them."""
        now = self.desk.now()
        typed = read_lines(self._lines.text(), self.offered, now, field="units", looks_back=False)
        due = self._due.moment()
        calls = []
        for one in typed:
            at = one.at or due
            if at is None:
                raise RuleBroken("请写要求到场的时间。", field="required_at")
            calls.append(Call(unit=one.unit, required_at=at, contact=" ".join(one.words)))
        return CallMore(**head, whistle=self.file.id, units=tuple(calls))


class ConsultPanel(StepPanel):
    """现场会商意见."""

    deed, title, verb = WhistleForm.CONSULT, "现场会商", "记下会商意见"

    def build(self) -> None:
        """Ask for what was said; what was written before is there."""
        self._words = self.form.text(
            "words", "现场会商意见", lines=8, required=True, hint="印在吹哨单上。"
        )
        self._words.set_text(self.file.consultation)

    def request(self, head: Any) -> RecordConsultation:
        """Write it down."""
        file = self.file
        return RecordConsultation(
            **head, whistle=file.id, seen=file.version, words=self._words.text()
        )


class DividePanel(_LinesPanel):
    """责任分工: who does what by when, a line each."""

    deed, title, verb = WhistleForm.DIVIDE, "责任分工", "分工"

    def build(self) -> None:
        """Ask for the lines."""
        self._lines = self.form.text(
            "duties",
            "谁做什么",
            lines=6,
            required=True,
            hint="一行一项：单位 事项 时限，如“城建办 划线装路桩 11-09 1800”；时限可以不写。",
        )
        self.ask_units()

    def request(self, head: Any) -> DivideWork:
        """Divide the work."""
        now = self.desk.now()
        typed = read_lines(self._lines.text(), self.offered, now, field="duties", looks_back=False)
        duties = tuple(
            Duty(unit=one.unit, matter=" ".join(one.words), due_at=one.at) for one in typed
        )
        return DivideWork(**head, whistle=self.file.id, duties=duties)


class FinishDutyPanel(StepPanel):
    """分工落实: which part is done."""

    deed, title, verb = WhistleForm.FINISH_DUTY, "分工落实", "记下已落实"

    def build(self) -> None:
        """Offer the parts that are open to whoever is here."""
        file: WhistleFile = self.file
        every = bool({Party.RUNNER, Party.CALLER} & file.parties)
        waiting = [one for one in file.duties if one.done_at is None and (every or one.is_own)]
        offered = [Choice(one.id, f"{one.unit}：{one.matter}") for one in waiting]
        self._which = self.form.choice("duty", "哪一项", offered, required=True)
        if len(offered) == 1:
            self._which.chips.set_value(offered[0].id)
        self._note = self.form.text("note", "落实情况", lines=2)

    def request(self, head: Any) -> FinishDuty:
        """Say so."""
        if self._which.value() is None:
            raise RuleBroken("请选哪一项。", field="duty")
        return FinishDuty(**head, duty=int(str(self._which.value())), note=self._note.text())


def _open_to(file: WhistleFile, panel: StepPanel) -> list[tuple[int, str]]:
    """Return the units whose people whoever is here may write down."""
    del panel
    every = Party.RUNNER in file.parties
    caller = Party.CALLER in file.parties
    return [
        (one.unit_id, one.unit)
        for one in file.row.units
        if one.called_at is not None and (every or (caller and not one.is_outside) or one.is_own)
    ]
