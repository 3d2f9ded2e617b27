"""Requests: once is once, in line, and nothing half done; on both engines."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from desk.actions.closing import AddNote
from desk.actions.dispatching import DispatchCase
from desk.actions.founding import StaffPlan
from desk.actions.staffing import AddStaff
from desk.rules.codes import Role, Urgency
from desk.rules.errors import DatabaseAway, RuleBroken, StaleCase
from desk.rules.login_rules import CONNECTION_LIMIT
from desk.store.database import Database, ping, sorted_out
from desk.store.engine import make_engine
from desk.store.models import Assignment, Case, Event
from desk.store.requests import ACTIONS, Changes
from tests.actions.work import LI, XU, S
from tests.small_hall import PASSWORD

THREADS = 8
# of one login: the server still counts the two that the desk has just closed
OF_ONE_LOGIN = CONNECTION_LIMIT - 2


def count(work, table):
    with Session(work.hall.engine) as session:
        return session.scalar(select(func.count()).select_from(table))


def eight_at_work(work, role):
    """Add eight colleagues to 信联办, each with a login and a desk, and return their names."""
    names = [f"同事{number}" for number in range(1, THREADS + 1)]
    for number, name in enumerate(names, 1):
        plan = StaffPlan(f"81{number:02}", name, "信联办", (role,), PASSWORD)
        work.ask(XU, AddStaff, staff=plan, unit=work.unit("信联办"))
    work.hall.read_people()
    return names


def each_at_his_desk(work, requests):
    """Return the tasks of those who sit at different desks: (name, request) pairs."""
    desks = {name: work.desk(name) for name, _ in requests}
    return [partial(desks[name].carry_out, request) for name, request in requests]


def together(tasks, threads=THREADS):
    """Start all tasks at once and return what each returned or raised."""

    def tried(task):
        try:
            return task()
        except Exception as error:  # noqa: BLE001 - the test looks at what it was
            return error

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(tried, tasks))


def test_a_request_sent_twice_is_carried_out_once_and_answered_alike(work):
    request = work.intake()

    first = work.desk(LI).carry_out(request)
    second = work.desk(LI).carry_out(request)

    assert (second.title, second.cases, dict(second.made)) == (
        first.title,
        first.cases,
        dict(first.made),
    )
    assert count(work, Case) == 1


def test_the_same_request_eight_times_at_once_makes_one_case(work):
    request = work.intake()

    desk = work.desk(LI)
    at_once = OF_ONE_LOGIN if work.is_postgresql else THREADS

    answers = together([partial(desk.carry_out, request)] * THREADS, at_once)

    assert {answer.made["number"] for answer in answers} == {work.case(request.case).number}
    assert count(work, Case) == 1


def test_eight_different_dispatches_end_in_one_dispatch_and_seven_refusals(work):
    case = work.register()
    seen = work.case(case).version
    facts = {"case": case, "seen": seen, "lead": work.unit("城建办"), "urgency": Urgency.FAST}
    names = eight_at_work(work, Role.DISPATCHER)
    requests = [(name, DispatchCase(**work.hall.by(name), **facts)) for name in names]

    answers = together(each_at_his_desk(work, requests))

    assert sum(isinstance(answer, Changes) for answer in answers) == 1
    refused = [answer for answer in answers if isinstance(answer, StaleCase)]
    assert len(refused) == THREADS - 1
    assert all("直派 主办城建办" in str(answer) for answer in refused)
    assert count(work, Assignment) == 1


def test_eight_notes_at_once_are_all_kept(work):
    case = work.register()
    facts = {"case": case, "seen": 0, "note": "家里有老人"}
    names = eight_at_work(work, Role.CLERK)
    requests = [(name, AddNote(**work.hall.by(name), **facts)) for name in names]

    answers = together(each_at_his_desk(work, requests))

    assert all(isinstance(answer, Changes) for answer in answers), answers
    assert len(work.history(case)) == THREADS + 1


def test_eight_desks_at_once_take_numbers_without_gaps(work):
    requests = [(name, work.intake(name)) for name in eight_at_work(work, Role.CLERK) * 2]

    answers = together(each_at_his_desk(work, requests))

    assert all(isinstance(answer, Changes) for answer in answers), answers
    with Session(work.hall.engine) as session:
        assert sorted(session.scalars(select(Case.seq))) == list(range(1, THREADS * 2 + 1))
        places = sorted(session.scalars(select(Event.place)))
    assert places == list(range(1, len(places) + 1))


def test_a_broken_rule_leaves_no_trace(work):
    events = count(work, Event)

    with pytest.raises(RuleBroken):
        work.register(details=" ")
    with pytest.raises(RuleBroken):
        work.register(outside_number="1" * 61)

    assert (count(work, Event), count(work, Case)) == (events, 0)


def test_an_unexpected_database_error_is_not_swallowed(work):
    case = work.register()

    with pytest.raises(IntegrityError):
        work.register(case=case)


def test_a_change_slipped_in_between_reading_and_writing_is_noticed(work, monkeypatch):
    case = work.register()
    database = work.desk(LI)
    request = AddNote(**work.hall.by(LI), case=case, seen=0, note="甲")

    def slipped(tx, asked):
        found = tx.open_case(asked.case, None, "case.note")
        tx.session.connection().execute(
            text("UPDATE cases SET version = version + 1 WHERE id = :id"), {"id": found.id}
        )
        return Changes("批注", cases=(found.id,))

    monkeypatch.setitem(ACTIONS, AddNote, replace(ACTIONS[AddNote], carry_out=slipped))
    with pytest.raises(StaleCase, match="此件刚被更新"):
        database.carry_out(request)


def test_a_very_long_heading_of_a_history_line_is_cut_where_its_column_ends(work, monkeypatch):
    case = work.register()

    def wordy(tx, asked):
        return Changes("长" * 300, cases=(tx.open_case(asked.case, None, "case.note").id,))

    monkeypatch.setitem(ACTIONS, AddNote, replace(ACTIONS[AddNote], carry_out=wordy))
    work.ask(LI, AddNote, case, note="甲")

    assert work.history(case)[-1].title == "长" * 199 + "…"


def test_reading_asks_the_servers_clock_unless_a_test_sets_it(work):
    desk = work.desk(LI)
    assert desk.now() == work.clock()

    real = Database(work.hall.engine, work.hall.person(LI))
    assert real.now().tzinfo is not None
    assert real.read(lambda reader: reader.person.name) == LI
    real.close()
    assert real.read(lambda reader: reader.now) >= real.read(lambda reader: reader.now).replace(
        year=2000
    )


def test_a_database_that_is_away_says_so(tmp_path):
    engine = make_engine("postgresql://nobody@127.0.0.1:9/none")
    person = None
    database = Database(engine, person)

    for attempt in (database.now, lambda: ping(engine), lambda: database.read(lambda r: r)):
        with pytest.raises(DatabaseAway, match="连不上数据库"):
            attempt()
    with pytest.raises(DatabaseAway, match="只能以 sqlite"):
        make_engine("mysql://x/y")
    missing = make_engine(f"sqlite:///{tmp_path / 'no' / 'folder' / 'hall.db'}")
    with pytest.raises(DatabaseAway, match="打不开或不能写入"):
        ping(missing)


def test_a_request_that_finds_the_database_away_keeps_its_sentence(work):
    away = Database(make_engine("postgresql://nobody@127.0.0.1:9/none"), work.hall.person(LI))

    with pytest.raises(DatabaseAway, match="连不上数据库"):
        away.carry_out(work.intake())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("database is locked", "请再按一次"),
        ("canceling statement due to lock timeout", "请再按一次"),
        ("deadlock detected", "请再按一次"),
        ("database or disk is full", "磁盘已满"),
        ("could not extend file: No space left on device", "磁盘已满"),
        ("unable to open database file", "打不开或不能写入"),
        ("attempt to write a readonly database", "打不开或不能写入"),
        ("password authentication failed for user", "工号或密码不对"),
        ("server closed the connection unexpectedly", "连不上数据库"),
    ],
)
def test_every_failure_of_a_database_has_its_sentence(words, sentence):
    assert sentence in str(sorted_out(OperationalError("", {}, Exception(words))))


def test_a_whole_case_can_be_told_again_from_its_history(work):
    case = work.to(S.CLOSED)

    lines = work.history(case)
    assert all(line.made_by == line.sent_by for line in lines)
    changed = {key for line in lines for key in line.payload.get("after", {})}
    assert {"cases.status", "cases.satisfaction", "opinions.status", "papers.state"} <= changed
