"""The machine of random lives (随机的一生): people do deeds to cases, and both halls must agree.

Every deed is tried on the real database and on the plain model of `life_model`: both must say the
same of whether it may be done, and of how every case then stands.
"""

from hypothesis import currently_in_test_context, event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Case
from tests.actions.life_checks import LifeChecks, Tables
from tests.actions.life_deeds import do, register
from tests.actions.life_model import HallModel
from tests.actions.life_people import LEADERS, PEOPLE
from tests.actions.life_replay import Replay, facts_of, fold_back
from tests.actions.life_rules import RULES, may, row_of
from tests.actions.life_shifts import Shifts
from tests.actions.life_turns import PaperTurns, Turns
from tests.actions.usual_life import EXITS, UNITS, USUAL
from tests.actions.work import Work

ABOUT = (
    (None, None),
    ("城建办", None),
    ("榕东社区", None),
    (None, "赵强"),
    (None, "周航"),
    (None, "郑伟"),
)
ANSWERS = ("arrived", "not_arrived", "not_yet", "unreached")
MOST = 4  # cases at a time
LONGEST_WAY = 12
WHOLE = 8  # every eighth look is at everything


class WholeLife(Shifts, Turns, PaperTurns, LifeChecks, RuleBasedStateMachine):
    """One hall with a few cases; every step is a deed of somebody."""

    open_hall = None  # set by the test: returns a small hall and what closes it
    reached = None  # where the test counts which deed was done from which step to which

    def __init__(self):
        super().__init__()
        self.hall, self.close_hall = type(self).open_hall()
        self.hall.clock.set("2026-11-02 09:00")
        self.work = Work(self.hall, self.hall.clock)
        self.names = {self.hall.unit(name): name for name in (*UNITS, "党政综合办", "青榕街道")}
        self.staff = {self.hall.person(name).staff_id: name for name in PEOPLE}
        self.model = HallModel()
        self.replay = Replay()
        self.ids = []
        self.seen = {}  # every version of every case that was looked at
        self.due, self.moved = {}, set()
        self.looks = 0

    def teardown(self):
        try:
            with Session(self.hall.engine) as session:
                tables = Tables(session)
                self.compare(tables, self.ids)
                self.replay.require_all(tables)
                for case in self.ids:
                    fold_back(session, case, self.seen[case])
        finally:
            self.close_hall()

    @initialize(asks_chief=st.integers(0, 2), by_office=st.booleans())
    def the_hall_has_its_ways(self, asks_chief, by_office):
        """A hall may ask its first leader, and may have its numbers from the 党政办."""
        self.model.asks_chief = asks_chief == 0
        self.model.numbers_by_office = by_office
        ways = {"chief_dispatch": self.model.asks_chief}
        ways |= {"opinion_number": "office"} if by_office else {}
        for key, value in ways.items():
            if value:
                self.work.ask("许诺", SetSetting, key=key, value=value)

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
        """Take somebody's appeal in."""
        matters = 1 if exit_ == "on_spot" else matters
        facts = {"is_secret": is_secret, "about": about, "matters": matters}
        self.hall.clock.forward(seconds=20)
        allowed = self.model.register("now", who, exit_, **facts)
        case, refused = outcome(lambda: register(self.work, who, exit_, **facts))
        assert allowed == (refused is None), f"{who} {exit_} {facts}: {refused}"
        if refused is not None:
            return
        self.model.cases[case] = self.model.cases.pop("now")
        self.ids.append(case)
        self.count("1", f"register {exit_}", "", self.model.cases[case].status)
        self.look()

    @precondition(lambda self: self.ids)
    @rule(data=st.data())
    def somebody_does_what_he_may(self, data):
        for _ in range(data.draw(st.integers(1, 4))):
            possible = {}
            for case in self.ids:
                for deed in RULES:
                    for who in self.able(deed, case):
                        possible.setdefault(deed, []).append((who, case))
            deed = data.draw(st.sampled_from(sorted(possible)))
            self.try_it(data, deed, *data.draw(st.sampled_from(possible[deed])))

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), steps=st.integers(1, 8))
    def a_case_goes_its_usual_way(self, data, steps):
        case = data.draw(st.sampled_from(self.ids))
        for _ in range(steps):
            if self.model.cases[case].status in {"guided", "merged", "withdrawn", "parked"}:
                break
            self.go_on(data, case)
        self.look()

    @precondition(lambda self: self.ids)
    @rule(
        data=st.data(),
        deed=st.sampled_from(sorted(RULES)),
        who=st.sampled_from(PEOPLE),
    )
    def somebody_tries_something(self, data, deed, who):
        self.try_it(data, deed, who, data.draw(st.sampled_from(self.ids)))

    # how a deed is done

    def able(self, deed, case):
        """Return who may do a deed to a case."""
        return [who for who in PEOPLE if may(deed, who, self.model.cases[case])]

    def go_on(self, data, case):
        """Let somebody do what usually comes next."""
        told = self.model.cases[case]
        for deed in USUAL.get(told.status, ()):
            able = self.able(deed, case)
            if able:
                lead = "纪工委" if told.is_confidential else "综合行政执法队"
                more = {"lead": lead, "supports": ()} if deed == "dispatch" else None
                who = told.handler if told.handler in able else able[0]
                self.try_it(data, deed, who, case, more, looks=False)

    def bring(self, data, *statuses):
        """Return a case that stands at one of these steps, brought there the usual way."""
        case = self.led_to(data, statuses)
        self.look()
        return case

    def led_to(self, data, statuses):
        """Lead a case there; the tour looks after each step of the usual way."""
        there = [one for one in self.ids if self.model.cases[one].status in statuses]
        if there:
            return data.draw(st.sampled_from(there))
        if len(self.ids) < 2 * MOST:
            self.take_in("李敏", "transfer", matters=data.draw(st.integers(1, 2)))
        case = self.ids[-1]
        for _ in range(LONGEST_WAY):
            if self.model.cases[case].status in statuses:
                return case
            self.go_on(data, case)
        return None

    def done(self, data, deed, case, more=None):
        """Do a deed where somebody may; return whether it was done."""
        able = [] if case is None else self.able(deed, case)
        return bool(able) and self.try_it(data, deed, data.draw(st.sampled_from(able)), case, more)

    def try_it(self, data, deed, who, case, more=None, *, looks=True):
        """Try a deed on both halls; return whether it was done."""
        more = self.particulars(data, deed) if more is None else more
        pause = 5 if data is None else data.draw(st.sampled_from((5, 50, 900)))
        at = self.hall.clock.forward(seconds=pause)
        before = self.model.cases[case].status
        stood = {one: told.status for one, told in self.model.cases.items()}
        allowed = self.model.do(deed, who, case, at, **more)
        said = f"{who} {deed} {more} {before} {vars(self.model.cases[case])}"
        _, refused = outcome(lambda: do(self.work, deed, who, case, **more))
        assert allowed == (refused is None), f"{said}: {refused}"
        if allowed:
            for one, told in self.model.cases.items():
                if one == case or told.status != stood[one]:
                    self.count(row_of(deed), deed, stood[one], told.status)
            if looks:
                self.look()
        return allowed

    def both_say(self, what, allowed, who, request, facts):
        """Ask for something that is about no one case; return what came of it, or None."""
        self.hall.clock.forward(seconds=20)
        changes, refused = outcome(lambda: self.work.ask(who, request, **facts))
        assert allowed == (refused is None), f"{who} {request.__name__} {facts}: {refused}"
        if allowed:
            self.count("9.5", what, request.__name__, "")
        return changes

    def count(self, row, deed, before, after):
        """Note for the statistics which move of 6.1 was made."""
        if currently_in_test_context():
            event(f"6.1 #{row} {deed} {before} → {after}")
        if self.reached is not None:
            self.reached[row, deed, before, after] += 1

    def particulars(self, data, deed):
        """Draw what somebody says with a deed."""
        unit = st.sampled_from(UNITS)
        flag, several = st.booleans(), st.integers(0, 3)
        wanted = {
            "accuse": {"about": st.sampled_from(ABOUT)},
            "add_support": {"unit": unit},
            "again": {"solved": st.integers(0, 1)},
            "answer_matter": {"nth": several},
            "arrive": {"answer": st.sampled_from(ANSWERS)},
            "ask_more": {
                "clock": st.sampled_from(("handle", "handle", "verify", "opinion")),
                "is_told": flag,
            },
            "ask_park": {"is_told": flag},
            "assign_matter": {"nth": several, "unit": unit},
            "decide_return": {"is_agreed": flag},
            "dispatch": {"lead": unit, "supports": st.lists(unit, max_size=1).map(tuple)},
            "drop_support": {"unit": unit},
            "grant": {"is_granted": flag},
            "link": {"earlier": st.sampled_from(self.ids)},
            "look_again": {"stays": flag},
            "merge": {"into": st.sampled_from(self.ids)},
            "pause": {"reason": st.sampled_from(("materials", "appraisal", "wished"))},
            "promise": {"reached": flag},
            "review": {"is_passed": flag},
            "sign_on_paper": {"signer": st.sampled_from(sorted(LEADERS)), "is_agreed": flag},
        }.get(deed, {})
        return {name: data.draw(one) for name, one in wanted.items()}

    def look(self):
        """Compare what the step changed; now and then, and at the end, everything."""
        self.looks += 1
        with Session(self.hall.engine) as session:
            versions = dict(session.execute(select(Case.id, Case.version)).all())
            cases = [one for one in self.ids if versions[one] not in self.seen.get(one, {})]
            is_whole = self.looks % WHOLE == 0
            tables = Tables(session, None if is_whole else cases)
            self.compare(tables, self.ids if is_whole else cases)
            self.replay.require_same(tables)

    def compare(self, tables, cases):
        """Raise AssertionError unless these cases stand as the model tells."""
        for case in cases:
            row = tables.case(case)
            self.seen.setdefault(case, {})[row.version] = facts_of(row)
            self.stands_as_told(tables, case)
            self.loses_no_clock(tables, case)
            self.loses_no_matter(tables, case)
            self.loses_no_promise(tables, case)
            self.loses_nothing_kept(tables, case)
            self.paper_is_as_told(tables, case)
            self.loses_no_appellant(tables, case)
            self.somebody_can_go_on(case)


def outcome(deed):
    """Return what a deed gave, or why the hall refused it."""
    try:
        return deed(), None
    except (NotAllowed, RuleBroken) as refused:
        return None, refused
