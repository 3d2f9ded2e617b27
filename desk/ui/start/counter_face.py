"""The counter's desk (窗口): whom to ask about, drafts, promised calls, today's figures."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk.queries.appointments import (
    AppointmentFacts,
    AppointmentRow,
    appointment_facts,
    appointments_today,
)
from desk.queries.case_file import CaseFile
from desk.queries.desk_today import CounterDay, counter_day
from desk.rules.deeds import Deed
from desk.rules.moments import day_of, in_shanghai, say_moment
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.drafts import Draft, drafts_of
from desk.ui.keys import GlobalKey, ReceptionKey
from desk.ui.looks import note_look
from desk.ui.receptions.work import intake_of
from desk.ui.scroll_column import side_column
from desk.ui.start.appointments_card import AppointmentsCard
from desk.ui.start.arrival_work import ArrivalWork, due_rows, other_rows
from desk.ui.start.figures import Figure, FiguresCard
from desk.ui.start.handler_face import work_row
from desk.ui.start.list_face import ListFace
from desk.ui.start.result_rows import result_rows
from desk.ui.start.side_cards import LinesCard, PromisesCard
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.composing import is_composing
from desk.ui.work_list import WorkRow

_INTAKE = "intake"
_MIXED = "要问的和在办的"
_WORDS = 24  # characters of a draft that are shown


class CounterFace(ListFace):
    """What this counter took in and is still under way; at the right what was left half done."""

    name, title = "窗口", "窗口"
    list_name = "您登记的，还在办"
    empty = "您登记的都办完了。来人来电按 F2 受理。"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.figures = FiguresCard("今天")
        self.drafts = LinesCard("没存完的登记", empty="没有写到一半的登记。")
        self.promises = PromisesCard(empty="今天和明天没有答应过的回电。")
        self.appointments = AppointmentsCard()
        cards = side_column(self.appointments, self.drafts, self.promises)
        self.arrivals = ArrivalWork(desk, cards)
        super().__init__(desk, parent)
        self.arrivals.told.connect(self.said)
        self.arrivals.panel_changed.connect(self._on_panel)
        self._drafts = drafts_of(desk)
        self._drafts.changed.connect(self._show_drafts)
        self.above.addWidget(self.figures)
        self.bar.set_note("在哪一页都能受理", key=GlobalKey.NEW_INTAKE)

    def load(self) -> None:
        """Read the counter's day."""
        self.desk.ask(counter_day, owner=self, done=self._show_day)
        if may_in_hall(Deed.KEEP_APPOINTMENTS, self.desk.person):
            self.desk.ask(appointments_today, owner=self, done=self._show_appointments)
        else:
            self.appointments.hide()
        self._show_drafts()

    def side(self) -> QWidget:
        """Return who comes today, drafts and promised calls."""
        return self.arrivals

    def panes(self) -> list[QWidget]:
        """Return the panel too: answers are written there."""
        return [self.list, self.brief, self.arrivals.host, self.bar]

    def on_file(self, file: CaseFile) -> None:
        """Show the case; whether he arrived is asked about this one."""
        super().on_file(file)
        self.arrivals.show_file(file)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the panel away with Esc; what was written is kept."""
        is_out = event.key() == Qt.Key.Key_Escape and not is_composing()
        if not (is_out and self.arrivals.host.close_layer()):
            super().keyPressEvent(event)

    def items(self) -> list[ActionItem]:
        """Offer a new intake, and to go on with one that was left."""
        key, take_in = GlobalKey.NEW_INTAKE, self._take_in
        found = [ActionItem("受理新件", key, take_in, "intake", is_main=True, is_bound=False)]
        coming = self.appointments.next_one(self.desk.now())
        if coming is not None:
            words = f"接待预约 {in_shanghai(coming.starts_at):%H:%M} {coming.who}"
            found.append(ActionItem(words, ReceptionKey.TAKE_NEXT, self._take_next, "calendar"))
        if self._waiting_drafts():
            found.append(ActionItem("接着写草稿", "", lambda: self.place_wanted.emit("intake")))
        return [*found, *self.arrivals.items()] if self.file is not None else found

    def _take_in(self) -> None:
        self.intake_wanted.emit(None)

    def _take_next(self) -> None:
        """Begin the intake of who is expected next, with his name and what he wants."""
        coming = self.appointments.next_one(self.desk.now())
        if coming is not None:
            query = partial(appointment_facts, appointment=coming.id)
            self.desk.ask(query, owner=self, done=self._begin_with)

    def _begin_with(self, facts: AppointmentFacts | None) -> None:
        if facts is None:
            self.load()  # another window was quicker
            return
        self.intake_wanted.emit(intake_of(facts))

    def _show_appointments(self, rows: tuple[AppointmentRow, ...]) -> None:
        self.appointments.show_rows(rows)
        self.offer()

    def _on_panel(self) -> None:
        if self.arrivals.host.panel is None and self.isVisible():
            self.list.setFocus()

    def _show_lists(self, day: CounterDay) -> None:
        """Show whom to ask about first, then what is under way, then what can wait."""
        now = self.desk.now()
        today, results = day_of(now), result_rows(day.results, now)
        told = {one.case_id for one in day.results}
        mine = [work_row(row) for row in day.mine if row.case_id not in told]
        due, others = due_rows(day.sent_on, today), other_rows(day.sent_on, today)
        is_mixed = bool(due or others or results)
        if mine and is_mixed:
            mine.insert(0, WorkRow(None, self.list_name, note=str(len(mine))))
        self.head.set_text(_MIXED if is_mixed else self.list_name)
        self.head.set_note("" if is_mixed else f"{len(mine)} 件")
        self.badge_changed.emit(len(day.promised) + len(day.sent_on.due))
        self.show_rows([*due, *results, *mine, *others])

    def _show_day(self, day: CounterDay) -> None:
        self.subtitle_changed.emit(f"今天大厅受理 {day.received} 件")
        self.figures.show_figures(
            [
                Figure(day.received, "今天受理"),
                Figure(day.by_me, "其中您受理"),
                Figure(day.on_spot, "现场答复"),
                Figure(day.waiting, "等信联办分拨"),
            ]
        )
        self.promises.show_calls(day.promised, self.desk.now())
        for call in day.promised:
            note_look(self.desk, call.case_id, "答应过的回电")
        self._show_lists(day)

    def _waiting_drafts(self) -> list[Draft]:
        return drafts_of(self.desk).all(self.desk.person.staff_id, _INTAKE)

    def _show_drafts(self) -> None:
        now = self.desk.now()
        self.drafts.put(
            [
                (None, say_moment(draft.kept_at, seen_at=now), _begins(draft.content), "")
                for draft in self._waiting_drafts()[:4]
            ]
        )
        self.offer()


def _begins(content: Any) -> str:
    """Return the first words of a draft, so that one knows which it is."""
    known = ("details", "name", "address")
    said = next((str(content[name]) for name in known if content.get(name)), "还没写内容")
    first = said.strip().splitlines()[0] if said.strip() else "还没写内容"
    return first if len(first) <= _WORDS else f"{first[: _WORDS - 1]}…"
