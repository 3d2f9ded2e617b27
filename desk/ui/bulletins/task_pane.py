"""Tasks of the monthly review (研判会任务): set by who steers, reported as done by the unit."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedLayout, QWidget

from desk.actions.review_tasks import AddReviewTask, ReopenReviewTask, ReportReviewTask
from desk.queries.lookups import UnitChoice, units
from desk.queries.review_tasks import TaskRow, review_tasks
from desk.rules.day_words import read_coming_day, read_day
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.ui.bulletins.pane import BulletinPane
from desk.ui.desk import Desk
from desk.ui.keys import BulletinKey, GlobalKey
from desk.ui.scroll_column import side_column
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField
from desk.ui.work_list import WorkRow

_ADD, _REPORT = 0, 1


class AddForm(Card):
    """What to do, by whom, decided when, due when."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("新任务", parent=parent)
        self.text = CheckedField("任务", required=True, lines=4, hint="做什么、做到什么程度。")
        self.unit = PickerField("责任单位")
        self.decided_on = CheckedField("研判会日期", required=True, hint="6-1、昨天、今天")
        self.due_on = CheckedField("完成期限", required=True, hint="6-30 或 2026-06-30")
        self.decided_on.set_text(f"{today:%Y-%m-%d}")
        for field in self.fields().values():
            self.body.addWidget(field)
        self.body.addStretch(1)

    def fields(self) -> dict[str, CheckedField]:
        """Return the fields by the names that requests use."""
        return {
            "text": self.text,
            "unit": self.unit,
            "decided_on": self.decided_on,
            "due_on": self.due_on,
        }


class ReportForm(Card):
    """One task, and what was done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("任务", parent=parent)
        self.told = text_label("", "reading", wraps=True)
        self.note = CheckedField("完成情况", lines=4, hint="做了什么、结果怎样。")
        self.body.addWidget(self.told)
        self.body.addWidget(self.note)
        self.body.addStretch(1)
        self._task: int | None = None

    def show_task(self, one: TaskRow) -> None:
        """Show a task; what somebody is writing about this one stays."""
        said = [
            one.text,
            f"{one.unit}，{one.decided_on:%Y-%m-%d} 研判会定，{one.due_on:%Y-%m-%d} 前完成。",
        ]
        if one.done_on is not None:
            said.append(f"{one.done_on:%Y-%m-%d} {one.done_by}报完成：{one.done_note}")
        self.told.setText("\n\n".join(said))
        self.note.setVisible(one.may_report)
        if one.id != self._task:
            self._task = one.id
            self.note.set_text("")


class TaskPane(BulletinPane):
    """The tasks at the left; a new one, or the report on the chosen one, at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "研判会任务", parent)
        self._tasks: dict[int, TaskRow] = {}
        self._is_acting = False
        self._may_steer = may_in_hall(Deed.STEER, desk.person)
        self.add_form, self.report_form = AddForm(day_of(desk.now())), ReportForm()
        side = QWidget()
        self._stack = QStackedLayout(side)
        for form in (self.add_form, self.report_form):
            self._stack.addWidget(side_column(form))
        self._stack.setCurrentIndex(_REPORT)
        self.lay_out(((side, 50),), 50)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.report_form.note.setFocus())

    def reload(self) -> None:
        """Read the tasks, and the units that may get one."""
        self.desk.ask(review_tasks, owner=self, done=self._show_tasks)
        self.desk.ask(units, owner=self, done=self._offer_units)

    def open_count(self) -> int:
        """Return how many tasks are not done yet."""
        return sum(one.done_on is None for one in self._tasks.values())

    def items(self) -> list[ActionItem]:
        """Return what may be done now."""
        if self._stack.currentIndex() == _ADD:
            return [
                ActionItem("交办任务", GlobalKey.FINISH, self.add, "done", is_main=True),
                ActionItem("不加了", "", self.leave_new, is_quiet=True),
            ]
        one = self._tasks.get(self.list.current_id() or 0)
        found = []
        if one is not None and one.may_report:
            report = partial(self.report, one.id)
            found.append(ActionItem("报完成", GlobalKey.FINISH, report, "done", is_main=True))
        if self._may_steer:
            found.append(ActionItem("新任务", BulletinKey.TASK, self.begin_new, "add"))
            if one is not None and one.done_on is not None:
                again = partial(self._send, ReopenReviewTask, task=one.id)
                found.append(ActionItem("退回继续办", "", again, "return"))
        return found

    def begin_new(self) -> None:
        """Show the form of a new task."""
        self._stack.setCurrentIndex(_ADD)
        self.add_form.text.setFocus()
        self.offered.emit()

    def leave_new(self) -> None:
        """Put the form away; what was written in it stays."""
        self._stack.setCurrentIndex(_REPORT)
        self.list.setFocus()
        self.offered.emit()

    def add(self) -> None:
        """Make what stands in the form a task."""
        form, today = self.add_form, day_of(self.desk.now())
        unit = form.unit.value()
        try:
            decided_on = _day(form.decided_on.text(), today, is_past=True)
            due_on = _day(form.due_on.text(), today, is_past=False)
        except RuleBroken as error:
            self._refuse(error)
            return
        if not isinstance(unit, int):
            self._refuse(RuleBroken("请从列表里选责任单位。", field="unit"))
            return
        self._send(
            AddReviewTask,
            text=form.text.text(),
            unit=unit,
            decided_on=decided_on,
            due_on=due_on,
        )

    def report(self, task: int) -> None:
        """Report a task as done."""
        self._send(ReportReviewTask, task=task, note=self.report_form.note.text())

    def _send(self, request: Any, **more: Any) -> None:
        if self._is_acting:
            return
        self._is_acting = True
        asked = request(**self.desk.by_me(), **more)
        done = partial(self._on_done, is_new=request is AddReviewTask)
        self.desk.act(asked, owner=self, done=done, failed=self._refuse)

    def _on_done(self, changes: Any, *, is_new: bool) -> None:
        self._is_acting = False
        self.said.emit(f"{changes.title}。")
        if is_new:
            for name in ("text", "due_on"):
                self.add_form.fields()[name].set_text("")
            self.leave_new()
        self.reload()

    def _refuse(self, error: DeskError) -> None:
        self._is_acting = False
        name = error.field if isinstance(error, RuleBroken) else None
        fields = {**self.add_form.fields(), "note": self.report_form.note}
        field = fields.get(name or "")
        if field is None:
            self.said.emit(str(error))
            return
        field.set_state(FieldState(Check.BAD, str(error)))
        field.setFocus()

    def _show_tasks(self, tasks: tuple[TaskRow, ...]) -> None:
        self._tasks = {one.id: one for one in tasks}
        self.head.set_note(f"未完成 {self.open_count()} 项")
        before = self.list.current_id()
        self.list.set_rows([_line(one) for one in tasks])
        if before is not None and before == self.list.current_id():
            self._on_chosen(before)
        self.offered.emit()

    def _offer_units(self, found: list[UnitChoice]) -> None:
        self.add_form.unit.set_items(PickItem(one.id, one.short_name, one.name) for one in found)

    def _on_chosen(self, task: int | None) -> None:
        one = self._tasks.get(task or 0)
        if one is not None:
            self.report_form.show_task(one)
        self.offered.emit()


def _day(text: str, today: date, *, is_past: bool) -> date:
    """Return the day that is meant.

    Raises:
        RuleBroken: it cannot be read, beside its field.
    """
    if not is_past:
        return read_coming_day(text, today, field="due_on")
    try:
        return read_day(text, today)
    except RuleBroken as error:
        raise RuleBroken(str(error), field="decided_on") from error


def _line(one: TaskRow) -> WorkRow:
    if one.done_on is not None:
        state = f"{one.done_on:%m-%d} 完成"
    else:
        state = f"{one.due_on:%m-%d} 前" + ("，已过期" if one.is_late else "")
    return WorkRow(one.id, one.text.replace("\n", " "), left=f"{one.unit}　{state}")
