"""The handler's desk (承办人桌面): the phone first, one case in the middle, what comes next."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desk.actions.contacts import RecordContact
from desk.actions.handling import AcceptAssignment, RecordVerification
from desk.queries.case_file import CaseFile, case_file
from desk.queries.desk_today import DayRow, HandlerDay, Pile, community_day, handler_day
from desk.queries.first_results import FirstResult
from desk.rules.codes import AssignmentRole, ContactResult
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError, StaleCase
from desk.rules.moments import day_of, say_moment
from desk.rules.rights import deeds_now
from desk.ui.case.dispatch_deeds import parts_to_return
from desk.ui.desk import Desk
from desk.ui.keys import ActionKey, CaseKey, GlobalKey, ListKey
from desk.ui.looks import note_look
from desk.ui.printing import papers_of
from desk.ui.scroll_column import side_column
from desk.ui.start.arrival_work import due_rows
from desk.ui.start.face import Face, list_card
from desk.ui.start.hand_card import HandCard
from desk.ui.start.result_rows import result_rows
from desk.ui.start.side_cards import NextStepsCard, PromisesCard, WarningsCard
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import EmptyState
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList, WorkRow

_ONE, _BESIDE = "这一件", "提醒、回电、下一步"
_ROOM_FOR_THREE = 1000
_AGAIN = timedelta(minutes=10)  # until a missed call is tried again
_EMPTY = "没有要打的电话，手上也没有待办的件。新派来的会自动出现在这里。"
_HEADS = {
    Pile.CALL: "先打电话",
    Pile.PROMISED: "今天答应的回电",
    Pile.ACCEPT: "先签收",
    Pile.TODAY: "今天到期",
    Pile.OPINION: "意见书待写",
    Pile.SUPPORT: "协办待反馈",
    Pile.AROUND: "本社区别人在办的",
    Pile.LATER: "不急的",
}


class HandlerFace(Face):
    """What comes next at the left, one case in the middle, reminders at the right."""

    name, title = "承办", "承办人桌面"
    query = staticmethod(handler_day)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._day = HandlerDay((), ())
        self._is_acting = False
        self.list = WorkList("手上的件，先做的在上", desk.now)
        self.hand = HandCard(desk, self)
        self.warnings, self.promises, self.steps = WarningsCard(), PromisesCard(), NextStepsCard()
        self._beat = QTimer(self, interval=1000)
        self._build()
        self._connect()

    def load(self) -> None:
        """Read what lies on this desk."""
        self.desk.ask(self.query, owner=self, done=self._show_day)

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self.list.setFocus()

    def grouped(self, rows: tuple[DayRow, ...]) -> list[WorkRow]:
        """Return the list: piles in the order of what must be done first."""
        now = self.desk.now()
        found: list[WorkRow] = []
        for pile in Pile:
            inside = [row for row in rows if row.pile(now) is pile]
            if inside:
                found.append(WorkRow(None, _HEADS[pile], note=str(len(inside))))
                found += [work_row(row, now) for row in inside]
        results = result_rows(self._results(rows), now)
        return [*found, *results, *due_rows(self._day.sent_on, day_of(now))]

    def _results(self, rows: tuple[DayRow, ...]) -> list[FirstResult]:
        """Return what came of first-heard cases that lie on no pile of this desk."""
        here = {row.case_id for row in rows}
        return [one for one in self._day.results if one.case_id not in here]

    def _build(self) -> None:
        self._all = KeyButton("看全部", ListKey.LAST, kind=ButtonKind.QUIET)
        left = list_card(None, self.list, self._all)
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        self._middle.addWidget(self.hand)
        self._middle.addWidget(EmptyState(_EMPTY))
        side = side_column(self.warnings, self.promises, self.steps)
        self._parts = {_ONE: middle, _BESIDE: side}
        self._turn = ChoiceChips("看哪一栏", numbered=False, small=True)
        self._turn.set_choices([Choice(name, name) for name in self._parts])
        self._turn.set_value(_ONE)
        self._turn.chosen.connect(lambda _name: self._arrange())
        around, beside = QWidget(), QHBoxLayout()
        turning = QVBoxLayout(around)
        turning.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(self.columns.spacing())
        beside.addWidget(middle, 55)
        beside.addWidget(side, 28)
        turning.addWidget(self._turn)
        turning.addLayout(beside, 1)
        self.add_columns([(left, 33), (around, 83)])
        self._arrange()
        for card in (self.warnings, self.promises, self.steps):
            card.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the case and what stands beside it have room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """In a narrow window the case and what stands beside it take turns."""
        is_narrow = self.width() < _ROOM_FOR_THREE
        self._turn.setVisible(is_narrow)
        for name, part in self._parts.items():
            part.setVisible(not is_narrow or name == self._turn.value())

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.case_wanted)
        self.list.passed.connect(self.list.go_on)
        self._all.clicked.connect(lambda: self.place_wanted.emit("board"))
        end = KeyShortcut(ListKey.LAST, self.list)
        end.pressed.connect(lambda: self.place_wanted.emit("board"))
        self.hand.reached.connect(self._on_reached)
        self.hand.verified.connect(self._on_verified)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()
        self.explain_with(self.hand.watches)
        PaneWalk(self, [self.list, self.hand, self.bar])

    def _show_day(self, day: HandlerDay) -> None:
        self._day = day
        now = self.desk.now()
        calls = sum(1 for row in day.rows if row.pile(now) is Pile.CALL)
        self.badge_changed.emit(calls)
        mine = sum(1 for row in day.rows if row.aside is None)
        self.subtitle_changed.emit(f"您手上 {mine} 件，{calls} 件正在计分钟")
        before = self.list.current_id()
        self.list.set_rows(self.grouped(day.rows))
        self._middle.setCurrentIndex(0 if self.list.rows() else 1)
        self.warnings.show_rows(_own(day), now)
        self.promises.show_calls(day.promised, now)
        for call in day.promised:
            note_look(self.desk, call.case_id, "答应过的回电")
        if before is not None and self.list.current_id() == before:
            self._ask_case(before)

    def _on_chosen(self, case_id: int | None) -> None:
        if case_id is None:
            self.hand.clear()
            self.steps.show_case(None, self.desk.now())
            self.bar.set_items([])
        else:
            self._ask_case(case_id)

    def _ask_case(self, case_id: int) -> None:
        query = partial(case_file, case_id=case_id)
        self.desk.ask(query, owner=self, done=self._show_case)

    def _show_case(self, file: CaseFile | None) -> None:
        if file is None or file.id != self.list.current_id():
            return
        self.hand.show_file(file)
        self.steps.show_case(file, self.desk.now())
        if file.contact_data is not None and file.contact_data.phone:
            note_look(self.desk, file.id, "工作台")
        self._offer(file)

    def _offer(self, file: CaseFile) -> None:
        deeds = deeds_now(file.stand, self.desk.person)
        open_case = partial(self.case_wanted.emit, file.id)
        items = []
        if Deed.ACCEPT in deeds:
            items.append(ActionItem("签收", ActionKey.ACCEPT, self._accept, "accept"))
        spoken = "打开案件卷，列表里按 Enter"
        items.append(ActionItem("打开案件卷", GlobalKey.OPEN_FILE, open_case, spoken=spoken))
        for deed, words, key in (
            (Deed.FINISH, "办理完毕", ActionKey.FINISH_HANDLING),
            (Deed.WRITE_OPINION, "写意见书", ActionKey.OPINION),
            (Deed.CHECK_ARRIVAL, "是否到达", CaseKey.ARRIVAL),
        ):
            if deed in deeds:
                items.append(ActionItem(words, key, open_case))
        if parts := parts_to_return(file, self.desk.person):
            words = "退回分拨" if parts[0].role is AssignmentRole.LEAD else "退回协办"
            items.append(ActionItem(words, ActionKey.RETURN, open_case))
        has_slip = any(paper.code == "dispatch-slip" for paper in file.papers)
        if has_slip and file.contact_data is not None:  # the slip names the appellant
            items.append(ActionItem("打印派单", GlobalKey.PRINT, self._print_slip, "print"))
        self.bar.set_items(items)
        self.bar.set_note("换一件", key="Down")

    def _print_slip(self) -> None:
        here = self.list.current_id()
        if here is not None:
            papers_of(self.desk).print_case_paper(here, "dispatch-slip", owner=self)

    def _accept(self) -> None:
        self._act(AcceptAssignment)

    def _on_reached(self, result: ContactResult) -> None:
        more: dict[str, Any] = {"result": result, "over_reason": self.hand.over_reason.text()}
        if result is ContactResult.NO_ANSWER:
            more |= {"call_back_at": self.desk.now() + _AGAIN, "note": "没人接，隔一会再打"}
        self._act(RecordContact, **more)

    def _on_verified(self, note: str) -> None:
        at = self.hand.verified_at(self.desk.now())
        self._act(RecordVerification, note=note, happened_at=at)

    def _act(self, request: Any, **more: Any) -> None:
        file = self.hand.file
        if file is None or self._is_acting:
            return
        case_id = file.id

        def done(changes: Any) -> None:
            self._is_acting = False
            self.said.emit(f"{changes.title}。")
            if request is RecordVerification:
                self.hand.saved(case_id)
            self.hand.over_reason.set_text("")
            self.hand.say_trouble("")

        def failed(error: DeskError) -> None:
            self._is_acting = False
            self.hand.refuse(error)
            if isinstance(error, StaleCase):
                self.load()

        self._is_acting = True
        facts = {**self.desk.by_me(), **more}
        asked = request(case=case_id, seen=file.version, **facts)
        self.desk.act(asked, owner=self, done=done, failed=failed)

    def _on_beat(self) -> None:
        if self.isVisible():
            now = self.desk.now()
            self.hand.tick(now)
            self.warnings.show_rows(_own(self._day), now)
            if now.second == 0:  # a case may lie in another pile by now
                self.list.set_rows(self.grouped(self._day.rows))


class CommunityFace(HandlerFace):
    """The same desk for a community: its cases building by building, as one walks."""

    name, title = "社区", "社区工作台"
    query = staticmethod(community_day)

    def grouped(self, rows: tuple[DayRow, ...]) -> list[WorkRow]:
        """Return what is to be rung first, and then all others by building."""
        now = self.desk.now()
        calls = [row for row in rows if row.pile(now) is Pile.CALL]
        found: list[WorkRow] = []
        if calls:
            found.append(WorkRow(None, _HEADS[Pile.CALL], note=str(len(calls))))
            found += [work_row(row, now) for row in calls]
        rest = [row for row in rows if row not in calls]
        for place in sorted({row.place for row in rest}):
            inside = [row for row in rest if row.place == place]
            found.append(WorkRow(None, place or "没有写地址", note=str(len(inside))))
            found += [work_row(row, now) for row in inside]
        results = result_rows(self._results(rows), now)
        return [*found, *results, *due_rows(self._day.sent_on, day_of(now))]


def _own(day: HandlerDay) -> list[DayRow]:
    """Return what this desk itself must keep in time."""
    return [row for row in day.rows if row.aside is None]


def work_row(row: DayRow, now: datetime | None = None) -> WorkRow:
    """Return a case as a low row: number and level at the left, its clock at the right.

    Told the time it says first when a call was promised.
    """
    facts = row.clock.facts if row.clock is not None else None
    left = f"{row.seq:05}"
    if now is not None and row.promised_at is not None:
        left = f"约 {say_moment(row.promised_at, seen_at=now)}　{left}"
    return WorkRow(row.case_id, row.summary, left=left, urgency=row.urgency, facts=facts)
