"""One plan before somebody (方案的一屏): its card, the forms of its steps, and what may be done."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.plan_measures import DropMeasure, ReopenMeasure
from desk.queries.topic_plans import MeasureRow, PlanFile, plan_file
from desk.rules.errors import DeskError
from desk.rules.proactive_codes import PlanState
from desk.ui.desk import Desk
from desk.ui.keys import LetterKey, ListsKey
from desk.ui.proactive.card import LinesCard
from desk.ui.proactive.plan_panels import (
    FinishPanel,
    LookPanel,
    MeasurePanel,
    PlanPanel,
    ReportPanel,
)
from desk.ui.proactive.plan_words import measure_rows, plan_note, plan_parts
from desk.ui.proactive.steps import ProactiveHost
from desk.ui.widgets.action_bar import ActionItem

_NO_PLAN = "这个专题还没有治理方案。立方案后，责任单位在“治理清单”里报措施，成效自动算。"


class PlanDesk(QObject):
    """Shows a plan in a card and opens its forms beside it.

    Signals:
        said: a sentence for the status line.
        offered: other things may be done now.
        changed: something was done; carries the topic.
    """

    said = Signal(str)
    offered = Signal()
    changed = Signal(object)

    def __init__(self, desk: Desk, host: ProactiveHost, card: LinesCard, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self.host, self.card = desk, host, card
        self.file: PlanFile | None = None
        self._wanted: int | None = None

    def load(self, topic: int | None) -> None:
        """Show the plan of a topic, or nothing."""
        self._wanted = topic
        if topic is None:
            self.file = None
            self.offered.emit()
            return
        self._desk.ask(partial(plan_file, topic_id=topic), owner=self, done=self._show)

    def items(self) -> list[ActionItem]:
        """Return the next step first."""
        file = self.file
        if file is None:
            return []
        if not file.plan_id:
            return self._first(file)
        measure = self.measure()
        items = self._of_measure(file, measure) if measure is not None else []
        if not file.may_keep:
            return items
        if file.state is PlanState.RUNNING:
            add = partial(self.open, MeasurePanel, file)
            finish = partial(self.open, FinishPanel, file)
            edit = partial(self.open, PlanPanel, file)
            main = not any(one.is_main for one in items)
            return [
                *items,
                ActionItem("加措施", ListsKey.NEW, add, "add", is_main=main),
                ActionItem("治理完成", ListsKey.FINISH_PLAN, finish, "done"),
                ActionItem("改方案", "", edit, "edit"),
            ]
        look = partial(self.open, LookPanel, file)
        words = "复看" if file.state is PlanState.FINISHED else "再看一次"
        return [ActionItem(words, LetterKey.NEXT, look, "eye", is_main=True)]

    def measure(self) -> MeasureRow | None:
        """Return the chosen measure."""
        here = self.card.cases.current_id()
        rows = self.file.measures if self.file is not None else ()
        return next((one for one in rows if one.id == here), None)

    def open(self, kind: Any, file: Any) -> None:
        """Open a form beside the plan."""
        self.host.open(kind, file)

    def open_line(self) -> None:
        """Report the chosen measure."""
        measure = self.measure()
        if measure is not None and measure.may_report and measure.done_on is None:
            self.open(ReportPanel, measure)

    def done(self, changes: Any) -> None:
        """Say what was done, and read the plan anew."""
        self.said.emit(f"{changes.title}。")
        topic = changes.made.get("topic")
        self.load(topic)
        self.changed.emit(topic)

    def _first(self, file: PlanFile) -> list[ActionItem]:
        if not file.may_keep:
            return []
        make = partial(self.open, PlanPanel, file)
        return [ActionItem("立治理方案", ListsKey.NEW, make, "add", is_main=True)]

    def _of_measure(self, file: PlanFile, one: MeasureRow) -> list[ActionItem]:
        if not one.may_report:
            return []
        if one.done_on is not None:
            again = partial(self._send, ReopenMeasure, one)
            return [ActionItem("退回继续办", "", again, "return")]
        report = partial(self.open, ReportPanel, one)
        items = [ActionItem("报措施完成", LetterKey.NEXT, report, "done", is_main=True)]
        if file.may_keep:
            items.append(
                ActionItem("不做这一项", "", partial(self._send, DropMeasure, one), "close")
            )
        return items

    def _send(self, request: Any, one: MeasureRow) -> None:
        asked = request(**self._desk.by_me(), measure=one.id)
        self._desk.act(asked, owner=self, done=self.done, failed=self._refused)

    def _refused(self, error: DeskError) -> None:
        self.said.emit(str(error))
        self.load(self._wanted)

    def _show(self, file: PlanFile | None) -> None:
        if file is None or file.id != self._wanted:
            return
        self.file = file
        if file.plan_id:
            self.card.show_lines(
                file.name, plan_note(file), plan_parts(file), measure_rows(file.measures)
            )
        else:
            self.card.show_lines(file.name, "还没有方案", [("", _NO_PLAN)])
        self.offered.emit()
