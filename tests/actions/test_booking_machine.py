"""Random bookings, moves, series and expiries: the hall says what a plain model says, always."""

from dataclasses import replace

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from desk.actions.booking_changes import CancelBooking, MoveBooking
from desk.actions.booking_ends import EndBooking, StartBooking
from desk.actions.booking_series import BookSeries, MoveSeries
from desk.actions.bookings import BookRoom, ConfirmBooking, ReleaseExpired
from desk.actions.mediation_parties import AddParty, ChangeParty, PartyFacts, RemoveParty
from desk.actions.mediation_people import AssignMediator
from desk.rules.bookings import SlotTaken
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import BookingPurpose, PartySide, RepeatRule
from desk.rules.moments import day_of
from tests.actions.booking_model import BUFFERS, DAY, HOLD
from tests.actions.booking_week import BookedWeek, hosts_of
from tests.actions.rooms import CAUCUS, LAO_LIANG, MENG, QIAN

PHASES = (Phase.explicit, Phase.generate)  # a failure is told as it was found, at once
ROOMS = [room for room in BUFFERS if room != CAUCUS]

times = st.tuples(
    st.integers(2, 4),  # Wednesday to Friday
    st.sampled_from([540, 570, 600, 630, 660, 705, 840, 870, 915, 960, 1020, 1065]),
    st.sampled_from([15, 30, 45, 60, 75]),
)
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


class Booked(BookedWeek):
    """One week of a hall; every step is a deed of the secretary."""

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
        is_its_day = day_of(self.moment(plan.start)) == day_of(self.rooms.clock())
        can = is_its_day if begins else plan.status == "running"
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
