"""The form at work (排期表单的操作): live advice, saving, refusals, and the way back."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desk.queries.room_gaps import BookingCheck, booking_check
from desk.rules.bookings import SLOT
from desk.rules.mediation_codes import BookingPurpose
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.rooms.arranging import Arranging, Mode
from desk.ui.rooms.booking_steps import BookingSteps
from desk.ui.rooms.day_sheet import Place
from desk.ui.rooms.offers import say_when
from desk.ui.rooms.plan import Plan, wish_of
from desk.ui.rooms.reading import Reading
from desk.ui.rooms.side import RoomsSide

_CHECK_MS = 300


class FormWork(QObject):
    """What happens between opening the form and a booking.

    Signals:
        changed: another layer is open, or another plan is drawn on the grid.
        booked: it is done; carries the Changes and the Plan.
    """

    changed = Signal()
    booked = Signal(object, object)

    def __init__(
        self, desk: Desk, reading: Reading, side: RoomsSide, steps: BookingSteps, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._reading, self._side, self._steps = desk, reading, side, steps
        self.arranging = Arranging(desk, self)
        self.is_away = False
        self._check = QTimer(self, singleShot=True, interval=_CHECK_MS)
        self._check.timeout.connect(self._ask_check)
        card = side.form
        card.submitted.connect(self.submit)
        card.put_away.connect(self.close_layer)
        card.form.changed.connect(self._on_written)
        side.offers.taken.connect(self.arranging.take)
        side.offers.rewrite_wanted.connect(self.close_layer)
        self.arranging.changed.connect(self._on_mode)
        self.arranging.booked.connect(self.booked)
        self.arranging.troubled.connect(self._on_troubled)

    @property
    def mode(self) -> Mode:
        """Which layer is open."""
        return self.arranging.mode

    def drawn(self) -> Plan | None:
        """Return what is drawn on the grid: the form's contents, or what was refused."""
        if self.mode is Mode.IDLE:
            return None
        sketch = self._side.form.form.sketch() if self.mode is Mode.WRITING else None
        return sketch or self.arranging.plan

    def written(self) -> Plan | None:
        """Return what stands in the form as far as it can be kept; nothing is judged."""
        form = self._side.form.form
        sketch = form.sketch()
        if sketch is None:
            return self.arranging.plan
        return replace(sketch, title=form.title.text().strip(), staggers=form.staggers.isChecked())

    def open(self, plan: Plan) -> None:
        """Show a plan in the form."""
        card = self._side.form
        card.show_trouble("")
        card.show_advice(())
        card.form.show_plan(plan)
        self.arranging.write(plan)
        card.form.focus_first()
        self._on_written()

    def move(self, place: Place) -> None:
        """Take a place of the grid into the open form; one quarter only marks the beginning."""
        form, length = self._side.form.form, place.ends_at - place.starts_at
        sketch = form.sketch()
        if length <= SLOT and sketch is not None:
            length = sketch.ends_at - sketch.starts_at
        form.room.set_value(place.room_id)
        form.show_time(place.starts_at, place.starts_at + length)
        self._on_written()

    def submit(self) -> None:
        """Ask for what stands in the form."""
        plan = self._side.form.form.plan() if self.mode is Mode.WRITING else None
        if plan is not None and not self.is_away:
            self.send(plan)

    def send(self, plan: Plan) -> None:
        """Ask for a plan; of a series it is asked first whether all later ones are meant."""
        shown = self._reading.shown
        mine = [one for one in (shown.bookings if shown else ()) if one.id == plan.booking]
        if not (mine and mine[0].series_id):
            self.arranging.submit(plan)
            return
        self._steps.ask_scope(
            "改周期预订",
            lambda later: self.arranging.submit(replace(plan, from_here_on=later)),
        )

    def close_layer(self) -> None:
        """Go back one layer: from the offers to the form, from the form to the grid."""
        plan = self.arranging.plan
        if self.mode is Mode.REFUSED and plan is not None:
            self.open(plan)
        elif self.mode is Mode.WRITING:
            kept = self.written()
            is_move = kept is not None and kept.booking is not None
            self.arranging.put_away(None if is_move else kept)

    def _on_mode(self) -> None:
        self._side.show_mode(self.arranging)
        if self.mode is Mode.REFUSED:
            self._show_refusal()
        self.changed.emit()

    def _show_refusal(self) -> None:
        offers, plan, now = self._side.offers, self.arranging.plan, self._desk.now()
        if self.arranging.gaps is not None:
            offers.show_gaps(self.arranging.gaps, now)
        elif plan is not None:
            week = self._reading.week
            rooms = {r.id: r.name for day in (week.days if week else ()) for r in day.rooms}
            when = say_when(plan.starts_at, plan.ends_at, now)
            where = " 与 ".join(rooms.get(room, "") for room in plan.place.rooms)
            offers.show_refusal(
                self.arranging.refusal, self._what(plan), self._who(plan), f"{when}　{where}"
            )

    def _what(self, plan: Plan) -> str:
        options = self._reading.options
        titles = {one.id: one.title for one in options.mediations} if options else {}
        what = titles.get(plan.mediation or 0) or plan.title or label(plan.purpose)
        names = dict(options.mediators) if options else {}
        name = names.get(plan.mediator or 0)
        return f"{what} · 调解员 {name}" if name else what

    def _who(self, plan: Plan) -> str:
        said = [f"{plan.attendees} 人到场"] if plan.attendees else []
        said += ["有人用轮椅"] if plan.needs_access else []
        said += ["双方错开入场"] if plan.staggers else []
        return "，".join(said)

    def _on_troubled(self, part: str | None, sentence: str) -> None:
        card, plan = self._side.form, self.arranging.plan
        if plan is not None and plan.booking is not None:
            card.form.show_plan(plan)  # it may have been moved on the grid, without the form
            self.changed.emit()
        if not card.form.show_trouble(part, sentence):
            card.show_trouble(sentence)

    def _on_written(self) -> None:
        self._side.form.show_trouble("")
        self._check.start()
        self.changed.emit()

    def _ask_check(self) -> None:
        sketch = self._side.form.form.sketch() if self.mode is Mode.WRITING else None
        if sketch is None:
            return
        if day_of(sketch.starts_at) != self._reading.day:
            self._reading.go_to(day_of(sketch.starts_at))  # one sees what else is there
        if sketch.purpose is BookingPurpose.MEDIATION and sketch.mediation is None:
            sketch = replace(sketch, attendees=sketch.attendees or 1)
        query = partial(booking_check, wish=wish_of(sketch))
        self._desk.ask(query, owner=self, done=partial(self._take_check, sketch))

    def _take_check(self, about: Plan, found: BookingCheck) -> None:
        card = self._side.form
        sketch = card.form.sketch()
        if self.mode is not Mode.WRITING or sketch is None or sketch.place != about.place:
            return
        card.show_advice(found.advice)
        card.form.show_overtime(is_needed=found.field == "overtime_by")
        card.form.show_doubt(found.field, found.refusal)
