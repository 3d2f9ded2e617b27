"""One week of a hall and its plain model, side by side, for the machine that books at random."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.actions.bookings import ReleaseExpired
from desk.rules.bookings import SlotTaken
from desk.rules.errors import RuleBroken
from desk.store.models import Booking, BookingSlot, Mediation
from tests.actions.booking_model import DAY, HOLD, LIVE, Plan, RoomModel
from tests.actions.rooms import CAUCUS, LAO_LIANG, MENG, QIAN, at

# three disputes: the first two share a party, all have the same mediator
PARTIES = (("31", "32"), ("32", "33"), ("34", "35"))
RECORDERS = {None: None, MENG: MENG, QIAN: "钱惠的账号"}


class BookedWeek(RuleBasedStateMachine):
    """What the machine knows of the week, and how it compares hall and model."""

    rooms = None  # set by the test: the furnished hall, shared by all weeks

    def __init__(self):
        super().__init__()
        self.rooms.next_week()
        self.model = RoomModel()
        self.by_case = [
            self.rooms.mediation(tuple(f"138000000{phone}" for phone in phones))
            for phones in PARTIES
        ]
        self.phones = [list(phones) for phones in PARTIES]
        self.hosts = [QIAN] * len(PARTIES)
        self.series = 0

    @property
    def now(self):
        apart = self.rooms.clock() - at("00:00", self.rooms.monday)
        return int(apart.total_seconds()) // 60

    def moment(self, minutes):
        return at("00:00", self.rooms.monday) + timedelta(minutes=minutes)

    def plan(self, wish, case=None, **more):
        """Return a wish as the model keeps it."""
        day, start, length = wish["time"]
        rooms = (wish["room"], CAUCUS) if wish["caucus"] else (wish["room"],)
        mediator = wish["mediator"] or (self.hosts[case] if case is not None else None)
        persons = () if case is None else self.phones[case]
        others = (RECORDERS[wish["recorder"]], *persons)
        people = hosts_of(mediator) | frozenset(filter(None, others))
        begin = day * DAY + start
        return Plan(0, rooms, begin, begin + length, people, mediation=case, **more)

    def fields(self, wish):
        """Return a wish as the fields of a request."""
        plan = self.plan(wish)
        more = {name: wish[name] for name in ("mediator", "recorder") if wish[name]}
        if wish["caucus"]:
            more["caucus_room"] = CAUCUS
        where = self.rooms.where(wish["room"], "09:00", "10:00", **more)
        return where | {
            "starts_at": self.moment(plan.start),
            "ends_at": self.moment(plan.end),
        }

    def ask(self, request, expected, **more):
        """Carry out a request that must be taken, or refused for this kind of reason."""
        try:
            changes = self.rooms.ask(MENG, request, **more)
        except RuleBroken as refused:
            got, made = type(refused), None
        else:
            got, made = None, changes.made
        assert got is expected
        return made

    def why_not(self, plans, **more):
        """Return as what the hall must refuse these bookings; None where it takes them."""
        made = []
        for plan in plans:
            if not self.model.is_open(plan):
                return RuleBroken
            if not self.model.is_free(plan, self.now, also=made, **more):
                return SlotTaken
            made.append(plan)
        return None

    def settle(self, plans, ids):
        for plan, booking in zip(plans, ids, strict=True):
            plan.id = booking
        self.model.plans += plans

    def about(self, data, which=bool):
        plan = data.draw(st.sampled_from([one for one in self.model.plans if which(one)]))
        return plan, {"booking": plan.id, "seen": self.rooms.booking(plan.id).version}

    def is_ahead(self, plan):
        late = self.model.expired(self.now)
        return plan.status in {"provisional", "confirmed"} and plan not in late

    # what holds after every deed

    def compare(self):
        with Session(self.rooms.hall.engine) as session:
            ids = [plan.id for plan in self.model.plans]
            rows = session.execute(select(Booking.id, Booking.status).where(Booking.id.in_(ids)))
            assert {row.id: row.status.value for row in rows} == {
                plan.id: plan.status for plan in self.model.plans
            }
            held = session.execute(
                select(BookingSlot.booking_id, func.count())
                .where(BookingSlot.booking_id.in_(ids))
                .group_by(BookingSlot.booking_id)
            )
            assert {row[0]: row[1] for row in held} == {
                plan.id: _quarters(plan) for plan in self.model.plans if plan.status in LIVE
            }
            cases = select(Mediation.id, Mediation.status).where(Mediation.id.in_(self.by_case))
            status = {row.id: row.status.value for row in session.execute(cases)}
        for number, mediation in enumerate(self.by_case):
            booked = any(p.is_live and p.mediation == number for p in self.model.plans)
            assert status[mediation] == ("scheduled" if booked else "accepted")

    def teardown(self):
        assert self.rooms.overlaps() == 0
        self.rooms.clock.forward(minutes=HOLD)
        self.rooms.ask(MENG, ReleaseExpired)  # the next week begins without holds of this one


def hosts_of(mediator):
    """Return as whom a mediator is held: himself, and his account where he has one."""
    return frozenset({None: (), QIAN: (QIAN, "钱惠的账号"), LAO_LIANG: (LAO_LIANG,)}[mediator])


def _quarters(plan):
    length = (plan.end - plan.start) // 15
    return len(plan.rooms) * (length + 2 * plan.buffer // 15) + len(plan.people) * length
