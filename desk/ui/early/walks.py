"""Walks (走访): what is planned, and the grid into which a sheet is typed back."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions.visits import EnterVisit
from desk.queries.visits import (
    EarlyChoices,
    VisitFile,
    VisitRow,
    early_choices,
    visit_board,
    visit_file,
)
from desk.rules.day_words import read_day
from desk.rules.deeds import Deed
from desk.rules.early_action_codes import VisitState
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.early.door_sheet import DoorSheet
from desk.ui.early.panels import EarlyHost
from desk.ui.early.plan_panel import CancelPanel, NewVisit, PlanPanel
from desk.ui.early.rows import visit_row
from desk.ui.keys import EarlyKey, GlobalKey
from desk.ui.printing import papers_of
from desk.ui.queue_page import queue_card
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import Card, SectionHead, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState, TextLine
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField
from desk.ui.work_list import WorkList

_NONE = "还没有走访。按“新的走访”排一次，打印走访表带走，回来照表录进来。"


class WalksPane(QWidget):
    """The list, the sheet, and the panel of a new walk.

    Signals:
        said: a sentence for the status line.
        fresh: the list was read.
        offered: what may be done has changed.
        entered: a walk was typed in; findings may have come of it.
    """

    said = Signal(str)
    fresh = Signal()
    offered = Signal()
    entered = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.may_record = may_in_hall(Deed.RECORD_FINDING, desk.person)
        self.visits: tuple[VisitRow, ...] = ()
        self.file: VisitFile | None = None
        self._is_saving = False
        self._build()
        self._connect()

    @property
    def waiting(self) -> int:
        """How many walks wait to be typed in."""
        return sum(1 for one in self.visits if one.state is VisitState.PLANNED)

    def load(self, then: int | None = None) -> None:
        """Read the list; choose a line afterwards."""
        self._desk.ask(visit_board, owner=self, done=partial(self._on_board, then=then))
        if self.may_record:
            self._desk.ask(early_choices, owner=self, done=self._on_choices)

    def begin(self) -> None:
        """Put the keyboard into the list."""
        self.list.setFocus()

    def items(self) -> list[ActionItem]:
        """Return what may be done here."""
        items = list[ActionItem]()
        file = self.file
        is_typed = file is not None and file.state is not VisitState.CANCELLED
        if is_typed and self.may_record and self.host.panel is None:
            items.append(ActionItem("保存录入", GlobalKey.FINISH, self.save, "save", is_main=True))
        if self.may_record:
            items.append(ActionItem("新的走访", EarlyKey.PLAN, self.plan, "add"))
        if file is not None and file.paper_id is not None:
            prints = partial(self._print, file.paper_id)
            items.append(ActionItem("打印走访表", GlobalKey.PRINT, prints, "print"))
        if file is not None and self.may_record and file.state is VisitState.PLANNED:
            cancel = partial(self.host.open, CancelPanel, file)
            items.append(ActionItem("取消走访", "", cancel, "close"))
        return items

    def plan(self) -> None:
        """Plan a new walk."""
        self.host.open(PlanPanel, NewVisit())

    def save(self) -> None:
        """Keep what was typed."""
        if self.file is not None and not self._is_saving:
            self._keep_words()
            self._send(self.file)

    def _send(self, file: VisitFile) -> None:
        try:
            day = read_day(self.day.text() or "今天", day_of(self._desk.now()))
        except RuleBroken as refused:
            self.day.set_state(FieldState(Check.BAD, str(refused)))
            self.day.setFocus()
            return
        self._is_saving = True
        request = EnterVisit(
            **self._desk.by_me(),
            visit=file.id,
            seen=file.version,
            visited_on=day,
            walkers=self.walkers.text(),
            doors=tuple(door.as_door() for door in self.sheet.doors.doors),
        )
        self._desk.act(request, owner=self, done=self._on_saved, failed=self._on_refused)

    def _on_saved(self, changes: Any) -> None:
        self._is_saving = False
        self.said.emit(f"{changes.title}，已记下。")
        self.sheet.doors.is_changed = False
        self.load(changes.made.get("visit"))
        self.entered.emit()

    def _on_refused(self, error: DeskError) -> None:
        self._is_saving = False
        name = error.field if isinstance(error, RuleBroken) else None
        field = {"visited_on": self.day, "walkers": self.walkers}.get(name or "")
        if field is not None:
            field.set_state(FieldState(Check.BAD, str(error)))
            field.setFocus()
        else:
            self.said.emit(str(error))

    def _build(self) -> None:
        sizes = tokens().sizes
        self.list = WorkList("走访", self._desk.now, tall=True)
        self.sheet = DoorSheet()
        self.host = EarlyHost(self._desk)
        self.day = CheckedField("走访日期")
        self.walkers = CheckedField("走访人", required=True)
        self.extra = CheckedField("表上没有的户", hint="写户号，按 Enter 加一行")
        self._asked = text_label("", "strong", wraps=True)
        self._advice = text_label("", "hint", wraps=True)
        self.remark = CheckedField("这一户的情况", hint="一句话，按 Enter 回到表里。写事不写人。")
        self.category = PickerField("转为未诉先办", hint="选了类别就登记一条", numbered=False)
        self.card = Card("走访")
        for fields in (((self.day, 3), (self.walkers, 4), (self.extra, 3)),):
            self.card.body.addLayout(_side_by_side(fields))
        self.card.body.addWidget(self._asked)
        self.card.body.addWidget(self.sheet, 1)
        self.card.body.addWidget(self._advice)
        self.card.body.addLayout(_side_by_side(((self.remark, 6), (self.category, 4))))
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        row.setSpacing(sizes.gutter)
        head = SectionHead("走访")
        for part, share in ((queue_card(head, self.list), 28), (self.card, 72), (self.host, 40)):
            row.addWidget(part, share)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self._enter_sheet())
        self.list.passed.connect(self.list.go_on)
        self.sheet.moved.connect(self._on_moved)
        self.sheet.words_wanted.connect(self.remark.setFocus)
        self.sheet.refused.connect(self.said)
        self.host.done.connect(self._on_done)
        self.host.opened.connect(lambda _panel: self.offered.emit())
        for field, then in (
            (self.remark, self._after_remark),
            (self.category, self._next_door),
            (self.extra, self._add_door),
        ):
            if isinstance(field.edit, TextLine):
                field.edit.entered.connect(then)
        self.category.chosen.connect(lambda _value: self._keep_words())
        self.remark.changed.connect(lambda _text: self._keep_words())

    def _on_board(self, visits: tuple[VisitRow, ...], then: int | None) -> None:
        self.visits = visits
        before = self.list.current_id()
        self.list.set_rows([visit_row(one) for one in visits])
        if then is not None:
            self.list.choose(then)
        self.card.setVisible(bool(visits))
        if not visits:
            self.said.emit(_NONE)
        elif before == self.list.current_id() and not self.sheet.doors.is_changed:
            self._on_chosen(before)  # what is half typed in stays
        self.fresh.emit()
        self.offered.emit()

    def _on_choices(self, offered: EarlyChoices) -> None:
        parents = {one.parent_id for one in offered.categories}
        self.category.set_items(
            PickItem(one.id, one.path, one.pinyin)
            for one in offered.categories
            if one.id not in parents
        )

    def _on_chosen(self, visit: int | None) -> None:
        if visit is not None:
            self._desk.ask(partial(visit_file, visit_id=visit), owner=self, done=self._show_file)

    def _show_file(self, file: VisitFile | None) -> None:
        if file is None or file.id != self.list.current_id():
            return
        self.file = file
        head = self.card.head
        if head is not None:
            head.set_text(f"{label(file.kind)}　{file.community} {file.grid}".strip())
            head.set_note(f"{file.number}　{len(file.doors)} 户　{label(file.state)}")
        self.day.set_text(f"{file.visited_on:%Y-%m-%d}" if file.visited_on else "今天")
        self.walkers.set_text(file.walkers or self._desk.person.name)
        self.sheet.doors.show(file)
        self.sheet.go_to(0)
        may = self.may_record and file.state is not VisitState.CANCELLED
        for widget in (self.sheet, self.remark, self.category, self.extra, self.day, self.walkers):
            widget.setEnabled(may)
        self.offered.emit()

    def _enter_sheet(self) -> None:
        self.sheet.setFocus()

    def _on_moved(self) -> None:
        here, doors = self.sheet.currentIndex(), self.sheet.doors
        if not here.isValid():
            return
        self._asked.setText(doors.asked(here.column()))
        self._advice.setText(doors.advice(here.row()) or " ")
        door = doors.doors[here.row()]
        if self.remark.text() != door.remark:
            self.remark.set_text(door.remark)
        if self.category.value() != door.category:
            self.category.set_value(door.category)
        self.category.setEnabled(not door.finding and self.sheet.isEnabled())

    def _keep_words(self) -> None:
        """Put what is written below the sheet into the row at the keyboard."""
        here, doors = self.sheet.currentIndex(), self.sheet.doors
        if not here.isValid():
            return
        door, category = doors.doors[here.row()], self.category.value()
        chosen = category if isinstance(category, int) else None
        doors.put(
            here.row(),
            replace(
                door,
                remark=self.remark.text(),
                category=chosen,
                category_name=self.category.text() if chosen else "",
            ),
        )

    def _after_remark(self) -> None:
        self._keep_words()
        if self.remark.text().strip() and self.category.isEnabled():
            self.category.setFocus()
        else:
            self._next_door()

    def _next_door(self) -> None:
        self._keep_words()
        self.sheet.setFocus()
        self.sheet.go_down()

    def _add_door(self) -> None:
        household = self.extra.text().strip()
        if household and self.sheet.doors.doors:
            at = self.sheet.doors.add(household)
            self.extra.set_text("")
            self.sheet.setFocus()
            self.sheet.go_to(at)

    def _on_done(self, _panel: object, changes: Any) -> None:
        self.said.emit(f"{changes.title}，已记下。")
        paper = changes.made.get("paper")
        if paper is not None:
            self._print(paper)
        self.load(changes.made.get("visit"))
        self.list.setFocus()

    def _print(self, paper: int) -> None:
        papers_of(self._desk).print_paper(paper, owner=self)


def _side_by_side(fields: tuple[tuple[QWidget, int], ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens().sizes.gutter)
    for field, share in fields:
        row.addWidget(field, share)
    return row
