"""The booking under the keyboard (这一场): all of it, and what may be done with it now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.queries.room_day import RoomBooking, RoomColumn
from desk.rules.booking_troubles import TROUBLE_ADVICE, TROUBLE_WORDS
from desk.rules.mediation_codes import BookingPurpose, BookingStatus
from desk.rules.moments import day_of, in_shanghai, say_length
from desk.rules.wording import label
from desk.ui.case.form_parts import flowing_box
from desk.ui.keys import ListKey, RoomKey
from desk.ui.rooms.day_sheet import title_of
from desk.ui.rooms.offers import say_when
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import StatusChip

S = BookingStatus
_PAST = frozenset({S.HELD, S.NO_SHOW})


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to do with a booking, and at which states."""

    id: str
    words: str
    key: str
    states: frozenset[BookingStatus]
    kind: ButtonKind = ButtonKind.PLAIN


OFFERS: tuple[Offer, ...] = (
    Offer("confirm", "确认", "", frozenset({S.PROVISIONAL}), ButtonKind.MAIN),
    Offer("start", "人到了，开始", "", frozenset({S.CONFIRMED})),
    Offer("end", "结束，腾出房间", "", frozenset({S.RUNNING})),
    Offer("absent", "没来", "", frozenset({S.CONFIRMED, S.RUNNING})),
    Offer("move", "改期", RoomKey.MOVE, frozenset({S.PROVISIONAL, S.CONFIRMED})),
    Offer("change", "改人、改房间", ListKey.OPEN, frozenset({S.PROVISIONAL, S.CONFIRMED})),
    Offer("cancel", "取消", RoomKey.CANCEL, frozenset({S.PROVISIONAL, S.CONFIRMED}),
          ButtonKind.DANGER),
)  # fmt: skip
_OPEN = Offer("open", "看这件调解", "", frozenset(S), ButtonKind.QUIET)


def offers_for(booking: RoomBooking, now: datetime) -> tuple[Offer, ...]:
    """Return what the reader may do with a booking now: it begins on its day, is missed after."""
    to_read = (_OPEN,) if booking.mediation_id is not None else ()
    if not booking.may_change:
        return to_read
    too_early = set()
    if day_of(booking.starts_at) != day_of(now):
        too_early.add("start")
    if now < booking.starts_at and booking.status is not S.RUNNING:
        too_early.add("absent")
    now_offered = (one for one in OFFERS if booking.status in one.states)
    return (*(one for one in now_offered if one.id not in too_early), *to_read)


class BookingCard(Card):
    """A booking in words, with its buttons.

    Signals:
        pressed: something is to be done with it; carries the offer's id.
        other_shown: another booking is shown; carries its id.
        mediation_wanted: its mediation is to be opened; carries the id.
    """

    pressed = Signal(str)
    mediation_wanted = Signal(object)
    other_shown = Signal(object)

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("这一场", parent=parent)
        self._clock = clock
        self.shown: RoomBooking | None = None
        self._may_change = True
        self._chip = StatusChip("")
        if self.head is not None:
            self.head.add(self._chip)
        self._title = text_label("", "section", wraps=True)
        self._when = text_label("", "strong", wraps=True)
        self._lines = text_label("", "label", wraps=True)
        self._left = text_label("", "label", wraps=True)
        self._before = text_label("", "hint", wraps=True)
        for line in (self._title, self._when, self._lines, self._before, self._left):
            self.body.addWidget(line)
        self._row = flowing_box()
        self.body.addWidget(self._row)
        self.buttons: dict[str, KeyButton] = {}

    def show_booking(self, booking: RoomBooking, rooms: tuple[RoomColumn, ...]) -> None:
        """Show a booking."""
        before, self.shown = self.shown, booking
        if before is None or before.id != booking.id:
            self._before.hide()
            self.other_shown.emit(booking.id)
        past = booking.status in _PAST
        self._chip.set_status(label(booking.status), Tone.PAST if past else Tone.NOW)
        if booking.trouble is not None:
            self._chip.set_status(TROUBLE_WORDS[booking.trouble], Tone.BAD)
        self._title.setText(title_of(booking))
        self._when.setText(say_when(booking.starts_at, booking.ends_at, self._clock()))
        self._lines.setText("\n".join(_lines(booking, rooms)))
        self.tick()

    def allow(self, *, may_change: bool) -> None:
        """Offer the steps, or none of them."""
        self._may_change = may_change
        self._row.setVisible(may_change and bool(self.buttons))

    def show_history(self, earlier: Sequence[RoomBooking]) -> None:
        """Say where it was before it was moved, the newest first."""
        now = self._clock()
        said = [f"原定 {say_when(one.starts_at, one.ends_at, now)}，已改期" for one in earlier]
        self._before.setText("\n".join(said))
        self._before.setVisible(bool(said))

    def tick(self) -> None:
        """Say how long a provisional booking is still held; offer what may be done by now."""
        booking = self.shown
        offers = offers_for(booking, self._clock()) if booking is not None else ()
        if [one.id for one in offers] != list(self.buttons):
            self._offer(offers)
        held = booking is not None and booking.status is S.PROVISIONAL and booking.hold_until
        self._left.setVisible(bool(held))
        if booking is None or booking.hold_until is None:
            return
        left, until = booking.hold_until - self._clock(), in_shanghai(booking.hold_until)
        rest = f"还剩 {say_length(left)}" if left.total_seconds() > 0 else "时间已到"
        self._left.setText(f"预占到 {until:%H:%M}，{rest}；没有确认就自动释放。")

    def press(self, offer: str) -> bool:
        """Do what the button would; False where it is not offered."""
        if offer not in self.buttons:
            return False
        self.pressed.emit(offer)
        return True

    def _offer(self, offers: Sequence[Offer]) -> None:
        layout = self._row.layout()
        for button in self.buttons.values():
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for offer in offers:
            button = KeyButton(offer.words, offer.key, kind=offer.kind, parent=self._row)
            button.clicked.connect(partial(self._on_clicked, offer))
            if layout is not None:
                layout.addWidget(button)
            button.show()
            self.buttons[offer.id] = button
        self._row.setVisible(self._may_change and bool(self.buttons))

    def _on_clicked(self, offer: Offer, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        if offer is not _OPEN:
            self.pressed.emit(offer.id)
        elif self.shown is not None:
            self.mediation_wanted.emit(self.shown.mediation_id)


def _lines(booking: RoomBooking, rooms: tuple[RoomColumn, ...]) -> list[str]:
    names = {room.id: room.name for room in rooms}
    where = " 与 ".join(names.get(room, "已停用的房间") for room in booking.rooms)
    people = "不公开" if booking.is_private else booking.people
    is_mediation = booking.purpose is BookingPurpose.MEDIATION
    needs = [f"{booking.attendees} 人到场"]
    needs += ["有人用轮椅"] if booking.needs_access else []
    needs += ["双方错开入场"] if booking.staggers else []
    lines = [
        "" if booking.trouble is None else TROUBLE_ADVICE[booking.trouble],
        "" if is_mediation else label(booking.purpose),
        booking.number,
        people,
        where,
        f"调解员 {booking.mediator}" if booking.mediator else "",
        f"记录人 {booking.recorder}" if booking.recorder else "",
        "，".join(needs),
        f"加班由 {booking.overtime_by} 批准" if booking.overtime_by else "",
        "周期预订中的一次" if booking.series_id else "",
        f"由 {booking.desk_name} 排定" if booking.desk_name else "",
    ]
    return [line for line in lines if line]
