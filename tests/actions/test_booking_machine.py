"""Random bookings, moves, series and expiries: the hall says what a plain model says, always."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.actions.booking_changes import CancelBooking, MoveBooking
from desk.actions.booking_ends import EndBooking, StartBooking
from desk.actions.booking_series import BookSeries, MoveSeries
from desk.actions.bookings import BookRoom, ConfirmBooking, ReleaseExpired
from desk.actions.mediation_parties import AddParty, ChangeParty, PartyFacts, RemoveParty
from desk.actions.mediation_people import AssignMediator
from desk.rules.bookings import SlotTaken
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingPurpose, PartySide, RepeatRule
from desk.store.models import Booking, BookingSlot, Mediation
from tests.actions.booking_model import BUFFERS, DAY, HOLD, LIVE, Plan, RoomModel
from tests.actions.rooms import CAUCUS, LAO_LIANG, MENG, QIAN, at

PHASES = (Phase.explicit, Phase.generate)  # a failure is told as it was found, at once
ROOMS = [room for room in BUFFERS if room != CAUCUS]
# three disputes: the first two share a party, all have the same mediator
PARTIES = (("31", "32"), ("32", "33"), ("34", "35"))

times = st.tuples(
    st.integers(2, 4),  # Wednesday to Friday
    st.sampled_from([540, 570, 600, 630, 660, 705, 840, 870, 915, 960, 1020, 1065]),
    st.sampled_from([15, 30, 45, 60, 75]),
)
RECORDERS = {None: None, MENG: MENG, QIAN: "钱惠的账号"}
cases = st.integers(0, 2)
wishes = st.fixed_dictionaries(
    {
        "room": st.sampled_from(ROOMS),
        "caucus": st.booleans(),
        "mediator": st.sampled_from([None, QIAN, LAO_LIANG]),
        "recorder": st.sampled_from([None, MENG, QIAN]),
        "time": times,
    }
)


class Booked(RuleBasedStateMachine):
    """One week of a hall; every step is a deed of the secretary."""

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

    # what people do

    @rule(wish=wishes, case=st.sampled_from([None, 0, 1, 2]), holds=st.booleans())
    def book(self, wish, case, holds):
        until = self.now + HOLD if holds else None
        status = "provisional" if holds else "confirmed"
        plan = self.plan(wish, case, status=status, until=until)
        about = {"purpose": BookingPurpose.CONSULTATION, "title": "会商"}
        if case is not None:
            mediation = self.by_case[case]
            about = {"mediation": mediation, "seen": self.rooms.row(mediation).version}
        expected = self.why_not([plan])
        made = self.ask(BookRoom, expected, is_provisional=holds, **about, **self.fields(wish))
        if made is not None:
            self.model.release(self.now)
            self.settle([plan], [made["booking"]])
        self.compare()

    @precondition(lambda self: self.model.plans)
    @rule(data=st.data(), wish=wishes)
    def move(self, data, wish):
        old, seen = self.about(data)
        more = {"status": old.status, "until": old.until, "series": old.series}
        plan = self.plan(wish, old.mediation, **more)
        expected = RuleBroken
        if self.is_ahead(old):
            expected = self.why_not([plan], without=[old])
        made = self.ask(MoveBooking, expected, **seen, **self.fields(wish))
        if made is not None:
            self.model.release(self.now)
            old.status = "moved"
            self.settle([plan], [made["booking"]])
        self.compare()

    @precondition(lambda self: self.model.plans)
    @rule(data=st.data(), further=st.booleans())
    def cancel(self, data, further):
        plan, seen = self.about(data)
        gone = [plan, *(self.model.later(plan, self.now) if further else [])]
        expected = None if self.is_ahead(plan) else RuleBroken
        more = {"reason": "改由社区办", "from_here_on": further}
        made = self.ask(CancelBooking, expected, **seen, **more)
        if made is not None:
            assert made["cancelled"] == len(gone)
            self.model.release(self.now)
            for one in gone:
                one.status = "cancelled"
        self.compare()

    @rule(wish=wishes, count=st.integers(2, 3))
    def book_series(self, wish, count):
        self.series += 1
        day, start, length = wish["time"]
        days = [day + n for n in range(count) if (day + n) % 7 < 5]
        plans = [self.plan(wish | {"time": (one, start, length)}) for one in days]
        for plan in plans:
            plan.series = self.series
        expected = self.why_not(plans)
        more = {"title": "领导接访", "rule": RepeatRule.DAILY, "count": count}
        made = self.ask(BookSeries, expected, **more, **self.fields(wish))
        if made is not None:
            self.model.release(self.now)
            self.settle(plans, made["bookings"])
        self.compare()

    @precondition(lambda self: any(plan.series for plan in self.model.plans))
    @rule(data=st.data(), wish=wishes)
    def move_series(self, data, wish):
        old, seen = self.about(data, lambda one: one.series)
        olds = [old, *self.model.later(old, self.now)]
        apart = wish["time"][0] - old.start // DAY
        held, plans = [], []
        for one in olds:
            day = one.start // DAY + apart
            if day % 7 < 5:
                held.append(one)
                at_day = wish | {"time": (day, *wish["time"][1:])}
                plans.append(self.plan(at_day, series=one.series))
        expected = RuleBroken
        if self.is_ahead(old):
            expected = self.why_not(plans, without=olds)
        made = self.ask(MoveSeries, expected, **seen, **self.fields(wish))
        if made is not None:
            self.model.release(self.now)
            for one in olds:
                one.status = "moved" if one in held else "cancelled"
            self.settle(plans, made["bookings"])
        self.compare()

    @rule(minutes=st.integers(1, 35), releases=st.booleans())
    def expire(self, minutes, releases):
        self.rooms.clock.forward(minutes=minutes)
        if releases:
            late = len(self.model.expired(self.now))
            assert self.ask(ReleaseExpired, None)["released"] == late
            self.model.release(self.now)
        self.compare()

    @precondition(lambda self: any(plan.until for plan in self.model.plans))
    @rule(data=st.data())
    def confirm(self, data):
        plan, seen = self.about(data, lambda one: one.until)
        can = plan.status == "provisional" and self.is_ahead(plan)
        if self.ask(ConfirmBooking, None if can else RuleBroken, **seen) is not None:
            self.model.release(self.now)
            plan.status, plan.until = "confirmed", None
        self.compare()

    @precondition(lambda self: any(plan.is_live for plan in self.model.plans))
    @rule(data=st.data())
    def begin_and_end(self, data):
        plan, seen = self.about(data, lambda one: one.is_live)
        begins = plan.status in {"provisional", "confirmed"}
        request = StartBooking if begins else EndBooking
        can = begins or plan.status == "running"
        if self.ask(request, None if can else RuleBroken, **seen) is not None:
            plan.status, plan.until = ("running", None) if begins else ("held", plan.until)
        self.compare()

    @rule(case=cases, phone=st.sampled_from(["31", "32", "33", "34", "35", "36"]))
    def change_phone(self, case, phone):
        """The second party has another telephone from now on."""
        persons = [*self.phones[case][:1], phone, *self.phones[case][2:]]
        party = self.rooms.parties(self.by_case[case])[1]
        facts = PartyFacts(side=party.side, name=party.name, phone=f"138000000{phone}")
        self.settle_people(case, persons, ChangeParty, which=party.id, party=facts)

    @rule(case=cases, phone=st.sampled_from(["34", "37"]))
    def join_or_leave(self, case, phone):
        """A third party joins, or leaves again."""
        first, second, *third = self.phones[case]
        if third:
            party = self.rooms.parties(self.by_case[case])[-1]
            more = {"which": party.id, "reason": "不再主张"}
            self.settle_people(case, [first, second], RemoveParty, **more)
            return
        facts = PartyFacts(side=PartySide.THIRD, name="王五", phone=f"138000000{phone}")
        self.settle_people(case, [first, second, phone], AddParty, party=facts)

    def settle_people(self, case, persons, request, **more):
        """Carry out a change of parties; what is booked ahead follows, or nothing changes."""
        late = self.model.expired(self.now)
        mine = [
            one
            for one in self.model.plans
            if one.mediation == case and one.is_live and one.end > self.now
        ]
        after = {}
        for one in mine:
            staff = one.people - set(self.phones[case])
            after[one.id] = replace(one, people=staff | set(persons))
        ahead = [one for one in mine if one not in late]
        clash = not all(self.model.is_free(after[one.id], self.now, without=mine) for one in ahead)
        mediation = self.by_case[case]
        seen = {"mediation": mediation, "seen": self.rooms.row(mediation).version}
        if self.ask(request, SlotTaken if clash else None, **seen, **more) is not None:
            self.phones[case] = list(persons)
            if mine:
                self.model.release(self.now)
            for one in ahead:
                one.people = after[one.id].people
        self.compare()

    @rule(case=cases)
    def change_mediator(self, case):
        """Another mediator takes the mediation, with what is booked with the former one."""
        former = self.hosts[case]
        new = LAO_LIANG if former == QIAN else QIAN
        late = self.model.expired(self.now)
        mine = [
            one
            for one in self.model.plans
            if one.mediation == case
            and one.status in {"provisional", "confirmed"}
            and one not in late
            and one.end > self.now
            and former in one.people
        ]
        without, others = hosts_of(former), hosts_of(new)
        plans = [replace(one, people=one.people - without | others) for one in mine]
        clash = not all(self.model.is_free(one, self.now, without=mine) for one in plans)
        mediation = self.by_case[case]
        chosen = {"mediator": self.rooms.mediator_ids[new], "reason": "当事人另选"}
        more = {"mediation": mediation, "seen": self.rooms.row(mediation).version}
        if self.ask(AssignMediator, RuleBroken if clash else None, **more, **chosen) is not None:
            self.hosts[case] = new
            if mine:
                self.model.release(self.now)
            moved = [self.rooms.booking(one.id).moved_to_id for one in mine]
            for one in mine:
                one.status = "moved"
            self.settle(plans, moved)
        self.compare()

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


def test_random_weeks_of_bookings_are_as_a_plain_model_says(furnished):
    machine = type("OneWeek", (Booked,), {"rooms": furnished})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=5,
            phases=PHASES,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
