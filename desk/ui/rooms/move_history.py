"""Where the booking at the keyboard was before (改期历史), asked for when it is looked at."""

from functools import partial

from PySide6.QtCore import QObject

from desk.queries.room_day import RoomBooking, earlier_versions
from desk.ui.desk import Desk
from desk.ui.rooms.booking_card import BookingCard


class MoveHistory(QObject):
    """Asks once for each booking that is shown."""

    def __init__(self, desk: Desk, card: BookingCard, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._card = desk, card
        card.other_shown.connect(self._on_other)

    def _on_other(self, booking_id: int) -> None:
        query = partial(earlier_versions, booking_id=booking_id)
        self._desk.ask(query, owner=self, done=partial(self._take, booking_id))

    def _take(self, booking_id: int, earlier: tuple[RoomBooking, ...]) -> None:
        if self._card.shown is not None and self._card.shown.id == booking_id:
            self._card.show_history(earlier)
