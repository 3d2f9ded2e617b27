"""One plan before somebody (方案的一屏): its card, the forms of its steps, and what may be done."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.plan_measures import DropMeasure, ReopenMeasure
from desk.queries.topic_plans import MeasureRow, PlanFile, plan_file
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.rules.proactive_codes import PlanState
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.keys import CaseKey, GlobalKey, LetterKey, ListsKey
from desk.ui.preview import open_preview
from desk.ui.proactive.card import LinesCard
from desk.ui.proactive.plan_panels import (
    FinishPanel,
    LookPanel,
    MeasurePanel,
    MeetPanel,
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
        self._desk, self.host, self.card, self._page = desk, host, card, page
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
            return [*items, *self._of_meetings(file)]
        if file.state is PlanState.RUNNING:
            add = partial(self.open, MeasurePanel, file)
            finish = partial(self.open, FinishPanel, file)
            edit = partial(self.open, PlanPanel, file)
            main = not any(one.is_main for one in items)
            return [
                *items,
                ActionItem("加措施", ListsKey.NEW, add, "add", is_main=main),
                ActionItem("治理完成", ListsKey.FINISH_PLAN, finish, "done"),
                *self._of_meetings(file),
                ActionItem("改方案", "", edit, "edit"),
            ]
        look = partial(self.open, LookPanel, file)
        words = "复看" if file.state is PlanState.FINISHED else "再看一次"
        item = ActionItem(words, LetterKey.NEXT, look, "eye", is_main=True)
        return [item, *self._of_meetings(file)]

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
        topic = changes.made.get("topic", self._wanted)
        self.load(topic)
        self.changed.emit(topic)

    def _first(self, file: PlanFile) -> list[ActionItem]:
        if not file.may_keep:
            return []
        make = partial(self.open, PlanPanel, file)
        return [ActionItem("立治理方案", ListsKey.NEW, make, "add", is_main=True)]

    def _of_meetings(self, file: PlanFile) -> list[ActionItem]:
        """Return writing minutes, and the paper of the last ones."""
        items = []
        if may_in_hall(Deed.RECORD_MEETING, self._desk.person):
            meet = partial(self.open, MeetPanel, file)
            items.append(ActionItem("记议事会", CaseKey.MEETING, meet, "talk"))
        papers = [one.paper_id for one in file.meetings if one.paper_id is not None]
        if papers:
            look: Callable[[], Any] = partial(open_preview, self._desk, papers[0], self._page)
            items.append(ActionItem("看纪要", GlobalKey.PAPER_PREVIEW, look, "print"))
        return items

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
