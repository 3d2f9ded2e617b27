"""What is done to the line and the day at the keyboard of the page 接访."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions.appointments import MarkAppointment
from desk.actions.reception_days import IssueReceptionList
from desk.queries.appointments import AppointmentFacts, AppointmentRow, appointment_facts
from desk.queries.receptions import ReceptionRow
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.rules.reception_codes import AppointmentState
from desk.rules.receptions import MOVES
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, ListKey, ReceptionKey, RoomKey
from desk.ui.printing import papers_of
from desk.ui.receptions.panels import (
    BookFile,
    BookPanel,
    CancelPanel,
    DayFile,
    MovePanel,
    PhonePanel,
    PlacePanel,
)
from desk.ui.receptions.reading import Reading, View
from desk.ui.sections.step_panel import StepHost
from desk.ui.widgets.action_bar import ActionItem

S = AppointmentState
_GONE = "这个预约刚被别的窗口受理或改动，请看最新的情况。"


def intake_of(facts: AppointmentFacts) -> dict[str, Any]:
    """Return what the intake of somebody who has come begins with: each fact is typed once."""
    return {
        "view": "leader_day" if facts.is_with_leader else "visit",
        "appointment": facts.id,
        "name": facts.name,
        "phone": facts.phone,
        "details": facts.matter,
        "needs": list(facts.needs),
        "accused_unit": facts.accused_unit,
        "accused_staff": facts.accused_staff,
    }


class ReceptionWork(QObject):
    """Opens forms and cases, says who came, prints the list of a day.

    Signals:
        said: a sentence for the status line.
        case_wanted: open this case.
        intake_wanted: begin an intake with what is known.
        changed: something else may be done now.
    """

    said = Signal(str)
    case_wanted = Signal(object)
    intake_wanted = Signal(object)
    changed = Signal()

    def __init__(self, desk: Desk, reading: Reading, host: StepHost, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._reading, self._host = desk, reading, host
        self.line: int | None = None
        self._moving: AppointmentRow | None = None
        reading.day_read.connect(self._on_day_read)

    def appointment(self) -> AppointmentRow | None:
        """Return the appointment at the keyboard."""
        return self._reading.appointment(self.line)

    def reception(self) -> ReceptionRow | None:
        """Return the case at the keyboard."""
        return self._reading.reception(self.line)

    def items(self, *, may_book: bool) -> list[ActionItem]:
        """Return what may be done to the line and the day."""
        found: list[ActionItem] = []
        one, case = self.appointment(), self.reception()
        if one is not None and one.case_id is None and may_book:
            found += self._of_appointment(one)
        elif (one is not None and one.case_id) or case is not None:
            found.append(ActionItem("打开案件", "", self.open_line, "case"))
        if one is not None and one.phone and one.case_id is None:
            found.append(ActionItem("看电话", ReceptionKey.PHONE, self._ask_phone, "phone"))
        if may_book and self._reading.view is not View.OWED and self._reading.book is not None:
            new = ActionItem("新预约", ListKey.NEW, self.book, "add", is_main=one is None)
            found.append(new)
        if self._reading.day is not None and may_in_hall(Deed.KEEP_RECEPTIONS, self._desk.person):
            found += [
                ActionItem("接访地点", ReceptionKey.PLACE, self._set_place, "pin"),
                ActionItem("打印当天安排", GlobalKey.PRINT, self._print, "print"),
            ]
        return found

    def open_line(self) -> None:
        """Take in whoever has come, or open the case that it has become."""
        one, case = self.appointment(), self.reception()
        if case is not None:
            self.case_wanted.emit(case.case_id)
        elif one is not None and one.case_id is not None:
            self.case_wanted.emit(one.case_id)
        elif one is not None and S.CAME in {one.state, *MOVES[one.state]}:
            query = partial(appointment_facts, appointment=one.id)
            self._desk.ask(query, owner=self, done=self._take_in)

    def book(self) -> None:
        """Begin a new appointment on the day on show."""
        file = self._book_file(None)
        if file is not None:
            self._host.open(BookPanel, file)

    def _of_appointment(self, one: AppointmentRow) -> list[ActionItem]:
        found = []
        states = MOVES[one.state]
        if S.CAME in {one.state, *states}:
            take, key = self.open_line, ListKey.OPEN
            found.append(
                ActionItem("来了，受理", key, take, "intake", is_main=True, is_bound=False)
            )
        if S.CAME in states:
            came = partial(self._mark, one, S.CAME)
            found.append(ActionItem("到了，不用登记", ReceptionKey.CAME, came, "tick"))
        if S.NOT_COME in states:
            missed = partial(self._mark, one, S.NOT_COME)
            found.append(ActionItem("没有来", ReceptionKey.NOT_COME, missed))
        if one.state in {S.BOOKED, S.NOT_COME}:
            found.append(ActionItem("改期", RoomKey.MOVE, self._begin_move, "calendar"))
        if S.CANCELLED in states:
            found.append(ActionItem("取消预约", RoomKey.CANCEL, self._cancel, "remove"))
        return found

    def _book_file(self, row: AppointmentRow | None) -> BookFile | None:
        book, place = self._reading.book, self._reading.place
        if book is None or place is None:
            return None
        stamp = place.day.toordinal() + (place.post or 0)
        return BookFile(
            book,
            place.post,
            place.leader,
            self._reading.choices,
            row,
            row.id if row is not None else stamp,
        )

    def _begin_move(self) -> None:
        self._moving = self.appointment()
        self._open_move()

    def _open_move(self) -> None:
        file = self._book_file(self._moving)
        if file is not None:
            self._host.close_panel()
            self._host.open(MovePanel, file)

    def _on_day_read(self) -> None:
        """Offer the half hours of the day that was chosen while an appointment is put off."""
        panel, book = self._host.panel, self._reading.book
        if isinstance(panel, MovePanel) and book is not None and panel.file.book.day != book.day:
            self._open_move()
        self.changed.emit()

    def _cancel(self) -> None:
        file = self._book_file(self.appointment())
        if file is not None:
            self._host.open(CancelPanel, file)

    def _ask_phone(self) -> None:
        file = self._book_file(self.appointment())
        if file is not None:
            self._host.open(PhonePanel, file)

    def _set_place(self) -> None:
        view = self._reading.day
        if view is not None:
            self._host.open(PlacePanel, DayFile(view, view.day.toordinal() + view.post))

    def _mark(self, one: AppointmentRow, state: AppointmentState) -> None:
        request = MarkAppointment(**self._desk.by_me(), appointment=one.id, state=state)
        self._desk.act(request, owner=self, done=self._on_marked, failed=self._on_refused)

    def _print(self) -> None:
        view = self._reading.day
        if view is not None:
            request = IssueReceptionList(**self._desk.by_me(), post=view.post, day=view.day)
            self._desk.act(request, owner=self, done=self._on_issued, failed=self._on_refused)

    def _take_in(self, facts: AppointmentFacts | None) -> None:
        if facts is None:
            self.said.emit(_GONE)
            self._reading.read()
            return
        self.intake_wanted.emit(intake_of(facts))

    def _on_marked(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}。")
        self._reading.read()

    def _on_refused(self, error: DeskError) -> None:
        self.said.emit(str(error))
        self._reading.read()

    def _on_issued(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}。涉及回避、保密的没有印上。")
        papers_of(self._desk).print_paper(changes.made["paper"], owner=self)
