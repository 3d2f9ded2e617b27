"""Random people do random deeds: no path loses a matter, a clock or an appellant (DOMAIN.md 6.1).

Every deed is tried on the real database and on the plain model of `life_model.py`: both must say
the same of whether it may be done, and of how every case then stands. At the end the history of
each case is folded back line by line and must give every version that was seen; that covers the
case's own row whole. Parts and clocks are compared with the model after each step.
"""

import shutil
from collections import Counter
from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.codes import CaseStatus, OpinionStatus, PaperState
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.engine import make_engine
from desk.store.models import (
    Assignment,
    Case,
    CaseUnit,
    Clock,
    Event,
    EventCase,
    FollowUp,
    Matter,
    Opinion,
    Paper,
)
from tests.actions.life_deeds import do, register
from tests.actions.life_model import PEOPLE, RULES, HallModel, may
from tests.actions.usual_life import EXITS, UNITS, USUAL
from tests.actions.work import Work
from tests.clock import HandClock
from tests.databases import FOUNDED_AT
from tests.small_hall import SmallHall

ABOUT = (
    (None, None),
    ("城建办", None),
    ("榕东社区", None),
    (None, "赵强"),
    (None, "周航"),
    (None, "郑伟"),
)
ASIDE = {"merged", "withdrawn"}
ENDED = ASIDE | {"archived", "guided"}
SIGNED = {"sealing", "delivering", "follow_up"}
PHASES = (Phase.explicit, Phase.generate)  # a failure is told as it was found, at once
MOST = 5  # cases at a time
BACK = ("unmerge", "unsign", "reinstate", "send_back", "decide_return", "revise")
KEPT = {"contact", "verify", "handle"}  # what was promised to the appellant
PASSING = {"version", "changed_at"}


class WholeLife(RuleBasedStateMachine):
    """One hall with a few cases; every step is a deed of somebody."""

    open_hall = None  # set by the test: returns a small hall and what closes it

    def __init__(self):
        super().__init__()
        self.hall, self.close_hall = type(self).open_hall()
        self.hall.clock.set("2026-11-02 09:00")
        self.work = Work(self.hall, self.hall.clock)
        self.names = {self.hall.unit(name): name for name in (*UNITS, "党政综合办", "青榕街道")}
        self.staff = {self.hall.person(name).staff_id: name for name in PEOPLE}
        self.model = HallModel()
        self.ids = []
        self.seen = {}  # every version of every case that was looked at
        self.due = {}

    def teardown(self):
        try:
            with Session(self.hall.engine) as session:
                for case in self.ids:
                    self.fold_back(session, case)
        finally:
            self.close_hall()

    # deeds

    @precondition(lambda self: len(self.ids) < MOST)
    @rule(
        who=st.sampled_from(("李敏", "周航", "赵强", "陈静", "何平")),
        exit_=st.sampled_from(EXITS),
        is_secret=st.integers(0, 5).map(lambda dice: dice == 0),
        about=st.sampled_from((*[(None, None)] * 6, *ABOUT)),
        matters=st.integers(1, 2),
    )
    def somebody_comes(self, who, exit_, is_secret, about, matters):
        self.take_in(who, exit_, is_secret, about, matters)

    def take_in(self, who, exit_, is_secret=False, about=(None, None), matters=1):
        matters = 1 if exit_ == "on_spot" else matters
        facts = {"is_secret": is_secret, "about": about, "matters": matters}
        self.hall.clock.forward(seconds=20)
        before = len(self.model.cases)
        allowed = self.model.register("now", who, exit_, **facts)
        case, refused = outcome(lambda: register(self.work, who, exit_, **facts))
        assert allowed == (refused is None), f"{who} {exit_} {facts}: {refused}"
        if refused is not None:
            return
        assert len(self.model.cases) == before + 1
        self.model.cases[case] = self.model.cases.pop("now")
        self.ids.append(case)
        self.look()

    @precondition(lambda self: self.ids)
    @rule(data=st.data())
    def somebody_does_what_he_may(self, data):
        possible = {}
        for case in self.ids:
            for deed in RULES:
                for who in PEOPLE:
                    if may(deed, who, self.model.cases[case]):
                        possible.setdefault(deed, []).append((who, case))
        if possible:
            deed = data.draw(st.sampled_from(sorted(possible)))
            self.try_it(data, deed, *data.draw(st.sampled_from(possible[deed])))

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), steps=st.integers(1, 8))
    def a_case_goes_its_usual_way(self, data, steps):
        case = data.draw(st.sampled_from(self.ids))
        for _ in range(steps):
            told = self.model.cases[case]
            for deed in USUAL.get(told.status, ()):
                able = [who for who in PEOPLE if may(deed, who, told)]
                if able:
                    lead = "纪工委" if told.is_secret else "综合行政执法队"
                    more = {"lead": lead, "supports": ()} if deed == "dispatch" else {}
                    self.try_it(data, deed, able[0], case, more)

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), who=st.sampled_from(("周航", "周航", "秦岚")))
    def two_are_handled_together(self, data, who):
        into = data.draw(st.sampled_from(self.ids))
        if may("merge", who, self.model.cases[into]) and len(self.ids) < 2 * MOST:
            self.take_in("李敏", "transfer")  # a neighbour comes with the same thing
        self.try_it(data, "merge", who, self.ids[-1], {"into": into})

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), deed=st.sampled_from(BACK))
    def somebody_takes_something_back(self, data, deed):
        for case in self.ids:
            able = [who for who in PEOPLE if may(deed, who, self.model.cases[case])]
            if able:
                self.try_it(data, deed, data.draw(st.sampled_from(able)), case)
                return

    @precondition(lambda self: self.ids)
    @rule(
        data=st.data(),
        deed=st.sampled_from(sorted(RULES)),
        who=st.sampled_from(PEOPLE),
    )
    def somebody_tries_something(self, data, deed, who):
        self.try_it(data, deed, who, data.draw(st.sampled_from(self.ids)))

    def try_it(self, data, deed, who, case, more=None):
        more = self.particulars(data, deed) if more is None else more
        at = self.hall.clock.forward(seconds=data.draw(st.sampled_from((5, 50, 900))))
        before = self.model.cases[case].status
        allowed = self.model.do(deed, who, case, at, **more)
        said = f"{who} {deed} {more} {before} {vars(self.model.cases[case])}"
        _, refused = outcome(lambda: do(self.work, deed, who, case, **more))
        assert allowed == (refused is None), f"{said}: {refused}"
        if refused is None:
            self.look()

    def particulars(self, data, deed):
        unit = st.sampled_from(UNITS)
        wanted = {
            "dispatch": {"lead": unit, "supports": st.lists(unit, max_size=1).map(tuple)},
            "add_support": {"unit": unit},
            "drop_support": {"unit": unit},
            "decide_return": {"is_agreed": st.booleans()},
            "merge": {"into": st.sampled_from(self.ids)},
            "accuse": {"about": st.sampled_from(ABOUT)},
        }.get(deed, {})
        return {name: data.draw(one) for name, one in wanted.items()}

    # what holds after every step

    def look(self):
        with Session(self.hall.engine) as session:
            for case in self.ids:
                row = session.get(Case, case)
                self.seen.setdefault(case, {})[row.version] = _facts(row)
                self.stands_as_told(session, row)
                self.loses_no_clock(session, row)
                self.loses_no_matter(session, row)
                self.loses_no_appellant(session, row)

    def stands_as_told(self, session, row):
        told = self.model.cases[row.id]
        assert (row.status, row.round_no) == (told.status, told.round)
        assert self.names.get(row.lead_unit_id) == told.lead
        assert self.staff.get(row.handler_id) == told.handler
        parts = session.scalars(
            select(Assignment).where(
                Assignment.case_id == row.id, Assignment.round_no == row.round_no
            )
        )
        assert Counter(
            (self.names[part.unit_id], part.role == "lead", part.status.value) for part in parts
        ) == Counter((part.unit, part.is_lead, part.status) for part in told.parts)
        units = select(CaseUnit.unit_id).where(CaseUnit.case_id == row.id)
        assert {self.names[unit] for unit in session.scalars(units)} == told.involved

    def loses_no_clock(self, session, row):
        told = self.model.cases[row.id]
        query = select(Clock).where(Clock.case_id == row.id, Clock.round_no == row.round_no)
        clocks = [clock for clock in session.scalars(query) if clock.stopped_at is None]
        running = [clock for clock in clocks if clock.set_aside_at is None]
        own = [clock.kind.value for clock in running if clock.assignment_id is None]
        assert sorted(own) == sorted(told.promises), told.status
        if told.status in ASIDE:
            resting = [clock.kind.value for clock in clocks if clock.assignment_id is None]
            assert sorted(resting) == sorted(told.resting)
        if told.status in ENDED:
            assert not running
        gone = {
            part.id
            for part in session.scalars(select(Assignment).where(Assignment.case_id == row.id))
            if part.status in {"replaced", "returned"}
        }
        assert not [clock for clock in running if clock.assignment_id in gone]
        for clock in clocks:
            if clock.kind.value in KEPT and clock.assignment_id is None:
                key = (row.id, row.round_no, clock.kind)
                assert self.due.setdefault(key, clock.due_at) == clock.due_at
        earlier = select(Clock.id).where(
            Clock.case_id == row.id,
            Clock.round_no < row.round_no,
            Clock.stopped_at.is_(None),
            Clock.set_aside_at.is_(None),
            Clock.assignment_id.is_(None),
        )
        assert not session.scalars(earlier).all()

    def loses_no_matter(self, session, row):
        told = self.model.cases[row.id]
        matters = session.scalars(select(Matter).where(Matter.case_id == row.id)).all()
        assert len(matters) == told.matters
        assert all((matter.round_no or 1) <= row.round_no for matter in matters)
        if row.status not in SIGNED:
            return
        signed = session.scalars(
            select(Opinion)
            .where(Opinion.case_id == row.id, Opinion.status == OpinionStatus.SIGNED)
            .order_by(Opinion.revision)
        ).all()
        last = {opinion.round_no: opinion for opinion in signed}
        assert row.round_no in last
        for number in range(1, row.round_no + 1):
            own = {matter.id for matter in matters if (matter.round_no or 1) == number}
            items = last[number].items if number in last else None
            if items:
                assert own <= {item["matter"] for item in items}
            elif own:  # an opinion without items answers one matter, or all at once at the counter
                assert len(own) == 1 or row.exit == "on_spot"

    def loses_no_appellant(self, session, row):
        if row.status is not CaseStatus.ARCHIVED or row.exit == "guidance":
            return
        kinds = session.scalars(
            select(Event.kind)
            .join(EventCase, EventCase.event_id == Event.id)
            .where(EventCase.case_id == row.id)
            .order_by(EventCase.version)
        ).all()
        moves = [kind for kind in kinds if kind != "case.accused"]  # said at any time, also later
        if moves[-2] == "case.withdrawn" or row.exit == "on_spot":
            return
        notices = session.scalars(
            select(Paper.state).where(Paper.case_id == row.id, Paper.code == "opinion-notice")
        ).all()
        asked = select(FollowUp.id).where(FollowUp.case_id == row.id, FollowUp.is_reached)
        assert PaperState.DELIVERED in notices
        assert session.scalars(asked).all()

    # what holds at the end

    def fold_back(self, session, case):
        row = session.get(Case, case)
        now, seen = _facts(row), self.seen[case]
        lines = session.execute(
            select(EventCase.version, Event)
            .join(Event, Event.id == EventCase.event_id)
            .where(EventCase.case_id == case)
            .order_by(EventCase.version.desc())
        ).all()
        assert lines[0][0] == row.version
        assert len({version for version, _ in lines}) == len(lines)
        for version, line in lines:
            if version in seen:
                assert now == seen[version], line.kind
            now = {**now, **_before(line, case)}


def outcome(deed):
    """Return what a deed gave, or why the hall refused it."""
    try:
        return deed(), None
    except (NotAllowed, RuleBroken) as refused:
        return None, refused


def _facts(row):
    names = [column.key for column in Case.__table__.columns if column.key not in PASSING]
    return {name: _instant(getattr(row, name)) for name in names}


def _before(line, case):
    """Return how the case's own columns stood before this line."""
    found = {}
    for key, value in (line.payload.get("before") or {}).items():
        table, _, name = key.partition(".")
        name, _, other = name.partition("@")
        whose = int(other) if other else line.result["cases"][0]
        if table == "cases" and whose == case:
            found[name] = _instant(value)
    return found


def _instant(value):
    if isinstance(value, str) and len(value) > 18 and value[10:11] == "T":
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value.timestamp()
    return value


def _run(opener, *, examples, steps):
    machine = type("OneHall", (WholeLife,), {"open_hall": staticmethod(opener)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            phases=PHASES,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_nothing_is_lost_whatever_people_do(sqlite_hall_template, tmp_path):
    def opener():
        file = tmp_path / "hall.db"
        shutil.copyfile(sqlite_hall_template, file)
        engine = make_engine(f"sqlite:///{file}")
        return SmallHall(engine, HandClock(FOUNDED_AT)), engine.dispose

    _run(opener, examples=14, steps=40)


@pytest.mark.unmeasured
def test_nothing_is_lost_on_the_shared_database_either(postgres, postgres_hall_template):
    def opener():
        name = postgres.create(postgres_hall_template)
        engine = make_engine(postgres.url(name))

        def close():
            engine.dispose()
            postgres.drop(name)

        return SmallHall(engine, HandClock(FOUNDED_AT)), close

    _run(opener, examples=3, steps=25)
