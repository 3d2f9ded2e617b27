"""What is done with a booking (这一场的下一步): confirm, begin, end, nobody came, cancel, move."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.booking_changes import CancelBooking
from desk.actions.booking_ends import EndBooking, MarkNoShow, StartBooking
from desk.actions.bookings import ConfirmBooking
from desk.queries.room_day import RoomBooking
from desk.queries.room_options import parties_of
from desk.ui.case.form_parts import Ticks
from desk.ui.desk import Desk
from desk.ui.rooms.day_sheet import title_of
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.verb_dialog import Verb, VerbDialog

_AT_ONCE = {"confirm": ConfirmBooking, "start": StartBooking, "end": EndBooking}
_ONE, _ALL, _STAY = "one", "all", "stay"


class BookingSteps(QObject):
    """Carries out the steps, asking back where one cannot be taken back.

    Signals:
        done: a step was taken; carries the Changes.
        said: a sentence for the clerk.
    """

    done = Signal(object)
    said = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    def take(self, step: str, booking: RoomBooking) -> None:
        """Take a step."""
        if step in _AT_ONCE:
            self._act(_AT_ONCE[step](**self._about(booking)))
        elif step == "cancel":
            self._ask_cancel(booking)
        elif step == "absent":
            self._ask_absent(booking)

    def ask_scope(self, words: str, decided: Any) -> VerbDialog:
        """Ask whether only this one of a series is meant; `decided` hears True for all."""
        verbs = (
            Verb(_ONE, "仅此次"),
            Verb(_ALL, "此后全部"),
            Verb(_STAY, "不改了"),
        )
        sentence = "这是周期预订中的一次。"
        dialog = VerbDialog(self._window, words, sentence, verbs)
        dialog.chosen.connect(lambda verb: verb != _STAY and decided(verb == _ALL))
        dialog.open()
        return dialog

    def _ask_cancel(self, booking: RoomBooking) -> None:
        many = [Verb(_ALL, "此后全部取消", ButtonKind.DANGER)] if booking.series_id else []
        one = "仅取消此次" if many else "取消这一场"
        verbs = (Verb(_ONE, one, ButtonKind.DANGER), *many, Verb(_STAY, "再看看"))
        sentence = "取消后房间和人员的时间立刻空出来，这一场仍留在记录里。"
        dialog = VerbDialog(self._window, f"取消“{title_of(booking)}”", sentence, verbs)
        reason = CheckedField("取消原因", required=True)
        dialog.body.addWidget(reason)
        buttons = [dialog.button(verb.id) for verb in verbs[:-1]]

        def judge(text: str) -> None:
            for button in buttons:
                button.setEnabled(bool(text.strip()))

        def decided(verb: object) -> None:
            if verb != _STAY:
                more: dict[str, Any] = {
                    "reason": reason.text().strip(),
                    "from_here_on": verb == _ALL,
                }
                self._act(CancelBooking(**self._about(booking), **more))

        judge("")
        reason.changed.connect(judge)
        dialog.chosen.connect(decided)
        dialog.open()
        reason.setFocus()

    def _ask_absent(self, booking: RoomBooking) -> None:
        if booking.mediation_id is None:
            self._open_absent(booking, ())
            return
        query = partial(parties_of, mediation_id=booking.mediation_id)
        self._desk.ask(query, owner=self, done=partial(self._open_absent, booking))

    def _open_absent(self, booking: RoomBooking, parties: tuple[tuple[int, str], ...]) -> None:
        verbs = (Verb(_ONE, "记下没来", ButtonKind.DANGER), Verb(_STAY, "再看看"))
        counted = "没来的次数按人记，第 2 次会提示可以终止。" if parties else ""
        missed = "有人没来" if parties else "没人来"
        sentence = f"房间立刻空出来。{counted}"
        dialog = VerbDialog(self._window, f"“{title_of(booking)}”{missed}", sentence, verbs)
        labels = {f"{at}. {name}": key for at, (key, name) in enumerate(parties, start=1)}
        ticks = Ticks("谁没有来", labels) if labels else None
        reason = CheckedField("情况", hint="例如：电话说路上堵车，请改期")
        if ticks is not None:
            dialog.body.addWidget(ticks)
        dialog.body.addWidget(reason)

        def decided(verb: object) -> None:
            if verb == _STAY:
                return
            absent = tuple(labels[word] for word in ticks.value()) if ticks is not None else ()
            self._act(
                MarkNoShow(**self._about(booking), absent=absent, reason=reason.text().strip())
            )

        dialog.chosen.connect(decided)
        dialog.open()

    def _about(self, booking: RoomBooking) -> dict[str, Any]:
        return {**self._desk.by_me(), "booking": booking.id, "seen": booking.version}

    def _act(self, request: Any) -> None:
        self._desk.act(
            request, owner=self, done=self._on_done, failed=lambda error: self.said.emit(str(error))
        )

    def _on_done(self, changes: Any) -> None:
        self.done.emit(changes)
        if changes.made.get("again"):
            self.said.emit("有当事人已是第 2 次没来，可以考虑终止这件调解。")
