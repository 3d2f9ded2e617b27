"""The dispatchers' desk (分拨台): read, press a digit for the suggested unit, Enter."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desk.actions.dispatching import DispatchCase
from desk.queries.desk_today import DayRow
from desk.queries.dispatch_day import DispatchDay, DispatchSheet, dispatch_day, dispatch_sheet
from desk.rules.codes import AssignmentStatus, ClockKind, Urgency
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError, StaleCase
from desk.rules.rights import deeds_now
from desk.rules.wording import choices
from desk.ui.desk import Desk
from desk.ui.keys import ActionKey, GlobalKey
from desk.ui.printing import papers_of
from desk.ui.start.brief_card import BriefCard
from desk.ui.start.face import Face, list_card
from desk.ui.start.handler_face import work_row
from desk.ui.start.units_card import UnitsCard
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import EmptyState, SectionHead, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList, WorkRow

_EMPTY = "今天没有待分拨的诉求。新件会自动出现在这里。"
_CHOOSE = "先按数字选一个单位，再按 Enter 分拨。"


class DispatchFace(Face):
    """The queue at the left, the case in the middle, the suggested units at the right."""

    name, title = "分拨", "分拨台"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sheet: DispatchSheet | None = None
        self._last: int | None = None
        self._is_acting = False
        self.list = WorkList("待分拨的诉求，最先到期的在上", desk.now)
        self.brief = BriefCard(ClockKind.DISPATCH)
        self.units = UnitsCard()
        self.level = ChoiceChips("级别", [Choice(*c) for c in choices(Urgency)], numbered=False)
        self._build()
        self._connect()

    def load(self) -> None:
        """Read what waits to be dispatched, and what a unit wants to hand back."""
        self.desk.ask(dispatch_day, owner=self, done=self._show_day)

    def take_focus(self) -> None:
        """Put the focus on the queue: digits and Enter work there."""
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit typed over the queue as the unit."""
        if self.list.hasFocus() and self.units.press(event.text()):
            return
        super().keyPressEvent(event)

    def dispatch(self) -> None:
        """Send the case to the chosen unit (直派), and show the next one."""
        sheet, unit = self._sheet, self.units.value()
        if sheet is None or self._is_acting:
            return
        if unit is None:
            self.said.emit(_CHOOSE)
            self.units.setFocus()
            return
        level = self.level.value()
        request = DispatchCase(
            **self.desk.by_me(),
            case=sheet.file.id,
            seen=sheet.file.version,
            lead=unit,
            urgency=level if isinstance(level, Urgency) else sheet.file.urgency,
            is_complex=sheet.file.is_complex,
        )

        def done(changes: Any) -> None:
            self._is_acting = False
            self._last = sheet.file.id
            self.said.emit(f"{sheet.file.seq:05} {changes.title}。")
            papers_of(self.desk).settle(sheet.file.id)
            self.list.setFocus()

        def failed(error: DeskError) -> None:
            self._is_acting = False
            self.said.emit(str(error))
            if isinstance(error, StaleCase):
                self.load()

        self._is_acting = True
        self.desk.act(request, owner=self, done=done, failed=failed)

    def _build(self) -> None:
        self._head = SectionHead("待分拨")
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        self._middle.addWidget(self.brief)
        self._middle.addWidget(EmptyState(_EMPTY))
        self.brief.below.addWidget(text_label("级别", "label"))
        self.brief.below.addWidget(self.level)
        left = list_card(self._head, self.list)
        self.add_columns([(left, 33), (middle, 50), (self.units, 33)])

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _case: self._on_enter())
        self.list.passed.connect(self.list.go_on)
        self.units.confirmed.connect(self.dispatch)
        beat = QTimer(self, interval=1000)
        beat.timeout.connect(lambda: self.brief.watches.tick(self.desk.now()))
        beat.start()
        self.explain_with(self.brief.watches)
        PaneWalk(self, [self.list, self.level, self.units, self.bar])

    def _show_day(self, day: DispatchDay) -> None:
        self.badge_changed.emit(len(day.waiting) + len(day.returning))
        self.subtitle_changed.emit(
            f"{len(day.waiting)} 件待分拨"
            + (f"，{len(day.returning)} 件申请退回" if day.returning else "")
        )
        before = self.list.current_id()
        rows = _piles(day)
        self._head.set_note(f"{len(day.waiting)} 件")
        self.list.set_rows(rows)
        self._middle.setCurrentIndex(0 if rows else 1)
        self.units.setVisible(bool(rows))
        if before is not None and self.list.current_id() == before:
            self._ask(before)
        if not rows:
            self._sheet = None
            self._offer()

    def _on_chosen(self, case_id: int | None) -> None:
        self._sheet = None
        self.units.show_hints(())
        if case_id is not None:
            self._ask(case_id)

    def _ask(self, case_id: int) -> None:
        query = partial(dispatch_sheet, case_id=case_id)
        self.desk.ask(query, owner=self, done=self._show_sheet)

    def _show_sheet(self, sheet: DispatchSheet | None) -> None:
        if sheet is None or sheet.file.id != self.list.current_id():
            return
        is_other = self._sheet is None or self._sheet.file.id != sheet.file.id
        self._sheet = sheet
        self.brief.show_file(sheet.file, self.desk.now())
        if is_other:
            self.level.set_value(sheet.file.urgency)
            self.units.show_hints(sheet.hints)
        self._offer()

    def _on_enter(self) -> None:
        if self._is_returning():
            self._open_case()
        else:
            self.dispatch()

    def _is_returning(self) -> bool:
        parts = self._sheet.file.parts if self._sheet is not None else ()
        return any(part.status is AssignmentStatus.RETURNING for part in parts)

    def _offer(self) -> None:
        items = []
        if self._sheet is not None:
            deeds = deeds_now(self._sheet.file.stand, self.desk.person)
            if self._is_returning():
                items.append(ActionItem("看退回申请", "", self._open_case, is_main=True))
            elif Deed.DISPATCH in deeds:
                items += [
                    ActionItem("直派", GlobalKey.FINISH, self.dispatch, "dispatch", is_main=True),
                    ActionItem("双派、加要求", ActionKey.DISPATCH, self._open_case),
                ]
            items.append(ActionItem("打开案件卷", "", self._open_case, is_quiet=True))
        if self._last is not None:
            items.append(ActionItem("打印刚才的派单", GlobalKey.PRINT, self._print_last, "print"))
        self.bar.set_items(items)
        self.bar.set_note("选单位，再按 Enter", key="1")

    def _open_case(self) -> None:
        here = self.list.current_id()
        if here is not None:
            self.case_wanted.emit(here)

    def _print_last(self) -> None:
        if self._last is not None:
            papers_of(self.desk).print_case_paper(self._last, "dispatch-slip", owner=self)


def _piles(day: DispatchDay) -> list[WorkRow]:
    if not day.returning:
        return [work_row(row) for row in day.waiting]
    found: list[WorkRow] = []
    piles: tuple[tuple[str, tuple[DayRow, ...]], ...] = (
        ("申请退回", day.returning),
        ("待分拨", day.waiting),
    )
    for head, rows in piles:
        if rows:
            found.append(WorkRow(None, head, note=str(len(rows))))
            found += [work_row(row) for row in rows]
    return found
