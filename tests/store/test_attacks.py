"""Whoever works on the shared database with a tool of his own gets no further than in the program.

The list is `attacks.py`; here is the hall on which it is tried: two streets in one database, cases
that are not everybody's, and every role's own login, and some that should not be there at all.
"""

import itertools
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.founding import FoundStreet, StaffPlan
from desk.actions.handover import WriteHandover
from desk.actions.ledger_export import AskExport, DecideExport, ExportLedger
from desk.actions.staffing import AddStaff, EndStaff
from desk.rules.codes import Purpose, Role
from desk.rules.mediation_rights import may_read_content
from desk.rules.rights import Person, may_see
from desk.store.base import Base
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.ids import new_id
from desk.store.mediation_access import mediation_stand
from desk.store.models import Mediation, Staff
from desk.store.people import person_of
from desk.store.row_rights import ROW_RIGHTS
from desk.store.upgrade import prepare_server
from tests.actions.mediations import QIAN, Mediations
from tests.actions.mediations import S as M
from tests.actions.test_caucus import write
from tests.actions.work import LI, SUN, XU, ZHAO, ZHENG, ZHOU, S
from tests.clock import HandClock
from tests.databases import FOUNDED_AT
from tests.small_hall import PASSWORD, PLAN, STAFF, SmallHall, own_login
from tests.store.attack import THEN
from tests.store.attacks import ATTACKS, ONLY_PROGRAM
from tests.store.attacks_on_mechanisms import lay_mechanisms

NOW = "2026-11-02 09:00"
OUTSIDER, ENDED, NOBODY = "驻场小林", "离岗的老黄", "nobody-of-the-hall"
PEOPLE = (*(staff.name for staff in STAFF), OUTSIDER, ENDED, NOBODY)
# no right, a rule of ours, a row that must be there or must not, not of this kind of table
REFUSALS = {"42501", "23514", "23503", "23505"}
PAGE = Path(__file__).parents[2] / "resources" / "handbook" / "protection.md"
VERIFIER = "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$" + "A" * 43 + "=:" + "B" * 43 + "="
LINE = """
INSERT INTO events (id, street_id, command, kind, title, is_of_hall, made_by, sent_by, desk_name,
  happened_at, recorded_at, payload, result, salt, digest, "session_user", place, previous_hash,
  hash)
VALUES (:line, :street, gen_random_uuid(), 'staff.changed', '更改人员', true, :me, :me, '',
  desk_now(), desk_now(), '{}', '{}', '', '', '', 0, '', '')
"""
_numbers = itertools.count(1)


def used_export(work):
    """Return an approved request of 周航 to take a ledger out, which he has used."""
    days = {"first_day": date(2026, 6, 1), "last_day": date(2026, 6, 30)}
    facts = {"kind": "诉求台账", **days, "reason": "半年总结", "rows": 501, "is_full": False}
    asked = work.ask(ZHOU, AskExport, **facts).made["export_request"]
    work.ask(ZHENG, DecideExport, export_request=asked, is_granted=True)
    work.ask(ZHOU, ExportLedger, **facts, content_hash="0" * 64)
    return asked


def handed_over(work):
    """Return what 李敏 left to 周航 at the end of a shift."""
    facts = {"to": work.staff(ZHOU), "note": "陈桂芳下午来取原件。"}
    return work.ask(LI, WriteHandover, **facts).made["handover"]


def lay_cases(work):
    """Return what the attacks are about, by name."""
    work.clock.set(NOW)
    people = Mediations(work.hall, work.clock)
    mediation = people.lay(M.MEDIATING)
    people.sit(mediation)
    write(people, mediation)
    work.ask(XU, SetSetting, key="restrict_after_years", value=0)  # what is archived is sealed
    outside = work.unit("综合行政执法队")
    return lay_mechanisms(work) | {
        "export": used_export(work),
        "handover": handed_over(work),
        "ordinary": work.to(S.DISPATCHED, lead="综合行政执法队"),
        "secret": work.register(SUN, purpose=Purpose.REPORT, first_unit=outside),
        "about": work.register(LI, accused_unit=work.unit("城建办")),
        "sealing": work.to(S.SEALING),
        "archived": work.to(S.ARCHIVED),
        "mediation": mediation,
        "street": work.hall.street_id,
        "unit": work.unit("城建办"),
        "other_unit": work.unit("纪工委"),
        "colleague": work.staff("吴芳"),
        "colleague_login": "1003",
        "chief": work.staff("王磊"),
        "auditor": work.staff("高远"),
        "verifier": VERIFIER,
    }


def lay_other_street(hall):
    """Found a second street in the same database, with a case of its own; return both."""
    plan = replace(
        PLAN,
        name="海棠街道",
        staff=tuple(replace(one, login=f"b{one.login}") for one in STAFF),
        units=(
            replace(PLAN.units[0], name="海棠街道"),
            *(
                replace(unit, parent="海棠街道" if unit.parent == PLAN.name else unit.parent)
                for unit in PLAN.units[1:]
            ),
        ),
    )
    plan = replace(
        plan,
        staff=tuple(
            replace(one, unit="海棠街道" if one.unit == PLAN.name else one.unit)
            for one in plan.staff
        ),
    )
    nobody = frozenset()
    founder = Person(new_id(), "命令行", new_id(), nobody, nobody, 0, is_built_in=True)
    Database(hall.engine, founder, clock=hall.clock).carry_out(
        FoundStreet(made_by=founder.staff_id, happened_at=hall.clock(), plan=plan)
    )
    with Session(hall.engine) as session:
        staff = session.query(Staff).filter_by(login="b1001").one()
        clerk = person_of(session, staff, hall.clock().date())
        found = text("SELECT id FROM categories WHERE street_id = :s AND parent_id IS NOT NULL")
        category = session.scalars(found, {"s": clerk.street_id}).first()
    return clerk, category


class Town:
    """Two streets on one server, and everybody's way in."""

    def __init__(self, server, engine):
        self.server = server
        self.hall = SmallHall.copied(engine, HandClock(FOUNDED_AT))
        self.work = Mediations(self.hall, self.hall.clock)
        self.hall.clock.set(NOW)
        self._add_strangers()
        self.values = lay_cases(self.work)
        self._add_other_street()
        self._connections = {name: self._engine(name).connect() for name in PEOPLE}
        self._stranger = own_login(engine, "b1002", self.hall.clock).connect()
        self.values["backend"] = self._stranger.scalar(text("SELECT pg_backend_pid()"))
        self._stranger.rollback()  # who is idle within a transaction is sent away after a while

    def _add_strangers(self):
        for login, name in (("8001", OUTSIDER), ("8002", ENDED)):
            role = Role.OUTSIDER if name == OUTSIDER else Role.DISPATCHER
            plan = StaffPlan(login, name, "信联办", (role,), PASSWORD, valid_to=date(2027, 11, 2))
            self.work.ask(XU, AddStaff, staff=plan, unit=self.work.unit("信联办"))
        self.hall.read_people()
        today = self.hall.clock().date()
        self.work.ask(XU, EndStaff, staff=self.work.staff(ENDED), valid_to=today)
        with self.server.administrator() as all_rights:  # the IT person's mistakes
            all_rights.execute('ALTER ROLE "8002" LOGIN')
            all_rights.execute(f'DROP ROLE IF EXISTS "{NOBODY}"')
            all_rights.execute(f'CREATE ROLE "{NOBODY}" LOGIN')
            all_rights.execute(f'GRANT desk_staff, desk_dispatcher, desk_chief TO "{NOBODY}"')

    def _add_other_street(self):
        clerk, category = lay_other_street(self.hall)
        own = own_login(self.hall.engine, "b1001", self.hall.clock)
        request = replace(
            self.work.intake(LI, category=category, first_unit=clerk.home_unit_id),
            made_by=clerk.staff_id,
        )
        made = Database(own, clerk, clock=self.hall.clock).carry_out(request).made
        own.dispose()
        self.values |= {
            "foreign": made["case"],
            "other_street": clerk.street_id,
            "foreign_unit": clerk.home_unit_id,
            "foreign_login": "b1003",
        }
        with self.hall.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")

    def _engine(self, name):
        login = NOBODY if name == NOBODY else self.hall._logins[name]
        return own_login(self.hall.engine, login, self.hall.clock)

    def close(self):
        for connection in (*self._connections.values(), self._stranger):
            connection.close()
            connection.engine.dispose()
        with self.server.administrator() as all_rights:
            all_rights.execute(f'DROP ROLE "{NOBODY}"')

    def about(self, name):
        """Return what the attacks' names after a colon stand for, when somebody tries."""
        known = name != NOBODY
        me = {
            "me": self.hall.person(name).staff_id if known else 1,
            "login": self.hall._logins[name] if known else NOBODY,
            "line": 10_000 + 100 * next(_numbers),
        }
        return self.values | me

    def tried(self, name, attempt, *, with_line):
        """Return what became of an attempt; nothing, where it was refused or did nothing."""
        connection, values = self._connections[name], self.about(name)
        if ":colleague" in attempt and values["me"] == values["colleague"]:
            return None  # nobody is his own colleague
        statements = self._written(attempt).split(THEN)
        found = 0
        try:
            with connection.begin() as transaction:
                for statement in [LINE, *statements] if with_line else statements:
                    found = count_of(connection.execute(text(statement), values))
                if not found:
                    transaction.rollback()
        except DBAPIError as error:
            state = getattr(error.orig, "sqlstate", None)
            return None if state in REFUSALS else f"{state} {error.orig}: {attempt}"
        return f"{name} succeeded ({found}): {attempt}" if found else None

    def _written(self, attempt):
        hidden = {"id", "number", "seq", "year", "version", "seen_by"}
        columns = [one.name for one in Base.metadata.tables["cases"].columns]
        listed = ", ".join(f'"{one}"' for one in columns if one not in hidden)
        database = self.hall.engine.url.database
        return attempt.replace("_columns", listed).replace("{database}", database)

    def counted(self, name, query, **values):
        """Return the single number that a query gives somebody."""
        connection = self._connections[name]
        with connection.begin():
            return connection.scalar(text(query), values)


def count_of(result):
    """Return how many rows a statement gave or changed; NULLs, and a plain no, are none."""
    if result.returns_rows:
        return sum(any(value is not None and value is not False for value in row) for row in result)
    return result.rowcount


@pytest.fixture(scope="module")
def town(postgres, postgres_hall_template):
    name = postgres.create(postgres_hall_template)
    prepare_server(postgres.url(name))  # what belongs to a database is not copied with it
    engine = make_engine(postgres.url(name))
    town = Town(postgres, engine)
    yield town
    town.close()
    engine.dispose()
    postgres.drop(name)


@pytest.fixture(scope="module")
def file(sqlite_hall_template, tmp_path_factory):
    """One file with the same cases; returns its path and what the attacks are about."""
    copy = tmp_path_factory.mktemp("attacked") / "hall.db"
    shutil.copyfile(sqlite_hall_template, copy)
    engine = make_engine(f"sqlite:///{copy}")
    hall = SmallHall.copied(engine, HandClock(FOUNDED_AT))
    values = lay_cases(Mediations(hall, hall.clock))
    engine.dispose()
    return copy, values | {"me": hall.person(ZHOU).staff_id, "other_street": 1, "line": 9}


@pytest.mark.parametrize("attack", [one for one in ATTACKS if one.on_file], ids=lambda a: a.title)
def test_one_file_refuses_it_too(file, attack):
    """A tool that knows nothing of us opens the file; it does not even keep to foreign keys."""
    copy, values = file
    happened = []
    for attempt in attack.tries:
        with closing(sqlite3.connect(copy)) as connection:
            try:
                changed = [connection.execute(one, values).rowcount for one in attempt.split(THEN)]
            except sqlite3.IntegrityError:
                continue
            if changed[-1]:
                happened.append(attempt)
    assert happened == []


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.title)
def test_the_shared_database_refuses(town, attack):
    happened = [
        told
        for attempt in attack.tries
        for name in PEOPLE
        if name not in attack.but
        and (told := town.tried(name, attempt, with_line=attack.with_line))
    ]
    assert happened == []


def test_every_role_tries(town):
    roles = {role for name in PEOPLE[:-1] for role in town.hall.person(name).roles}
    assert roles == set(Role)


CASES = ("ordinary", "secret", "about", "sealing", "archived", "foreign")


def hidden_rows(town, name):
    """Return queries, one per table, that count the rows which somebody may not read."""
    about, person = town.about(name), None if name == NOBODY else town.hall.person(name)
    gone = name in {NOBODY, ENDED}
    hidden = [
        about[one]
        for one in CASES
        if gone or one == "foreign" or not may_see(town.work.stand(about[one]), person)
    ]
    with Session(town.hall.engine) as session:
        stand = mediation_stand(session, session.get(Mediation, about["mediation"]))
        reads = not gone and may_read_content(stand, person, town.hall.clock())
    street = 0 if gone else about["street"]
    for table, right in ROW_RIGHTS.items():
        columns = Base.metadata.tables[table].columns
        wheres = [f"street_id <> {street}"] if "street_id" in columns else []
        if hidden and "case_id" in columns and table not in {"open_cases", "papers"}:
            wheres.append(f"case_id IN ({', '.join(map(str, hidden))})")
        if not reads and "_CONTENT" in right.read and "mediation_id" in columns:
            wheres.append(f"mediation_id = {about['mediation']}")
        if table == "cases" and hidden:
            wheres.append(f"id IN ({', '.join(map(str, hidden))})")
        if wheres:
            yield table, f"SELECT count(*) FROM {table} WHERE {' OR '.join(wheres)}"


@pytest.mark.parametrize("name", PEOPLE)
def test_no_table_shows_what_is_not_his(town, name):
    queries = dict(hidden_rows(town, name))
    asked = ", ".join(f"({query}) AS {table}" for table, query in queries.items())
    connection = town._connections[name]
    with connection.begin():
        row = connection.execute(text(f"SELECT {asked}")).one()
    assert {table: n for table, n in row._asdict().items() if n} == {}
    assert len(queries) > 60


def test_whose_work_it_is_does_read_it(town):
    """The same questions find something where they may: else all of the above proved nothing."""
    values = town.values
    for name, case in ((SUN, "ordinary"), (SUN, "secret"), (LI, "about"), (ZHAO, "sealing")):
        query = "SELECT count(*) FROM private_facts WHERE case_id = :case"
        assert town.counted(name, query, case=values[case]) == 1, name
    query = "SELECT count(*) FROM caucus_notes WHERE mediation_id = :mediation"
    assert town.counted(QIAN, query, mediation=values["mediation"]) == 1


def test_a_line_says_who_and_when_whatever_it_was_told(town):
    values = town.about(ZHOU)
    forged = LINE.replace("'', 0, '', '')", "'6001', 7, 'x', 'x')").replace(
        "desk_now(), desk_now()", "'2020-01-01', '2020-01-01'"
    )
    connection = town._connections[ZHOU]
    with connection.begin() as attempt:
        connection.execute(text(forged), values)
        line = connection.execute(
            text('SELECT "session_user", place, hash, recorded_at FROM events WHERE id = :line'),
            values,
        ).one()
        attempt.rollback()
    assert line[0] == "1002"
    assert line.place > 7
    assert len(line.hash) == 64
    assert abs(line.recorded_at - town.hall.clock()) < timedelta(seconds=1)


def test_who_only_looks_writes_nothing(town):
    """A look with a reason opens the file for reading and for nothing else."""
    look = (
        "INSERT INTO mediation_looks (id, street_id, mediation_id, staff_id, reason, looked_at, "
        "until) VALUES (:line + 1, :street, :mediation, :me, '查阅', desk_now(), "
        "desk_now() + interval '5 minutes')"
    )
    for change in (
        "UPDATE mediation_contents SET facts = 'x' WHERE mediation_id = :mediation",
        "UPDATE mediations SET secretary_id = :me, version = version + 1 WHERE id = :mediation",
        (
            "INSERT INTO caucus_notes "
            "(id, street_id, mediation_id, party_id, text, written_by, written_at) "
            "SELECT :line + 2, street_id, mediation_id, party_id, 'x', :me, written_at "
            "FROM caucus_notes WHERE mediation_id = :mediation"
        ),
    ):
        assert town.tried(ZHAO, f"{look}{THEN}{change}", with_line=True) is None
    assert town.tried(ZHAO, f"{look}{THEN}SELECT facts FROM mediation_contents", with_line=True)


def test_an_administrator_is_named_for_what_he_changes_by_himself(town):
    """He may give rights, to others and with a line in the log (decision 4)."""
    reset = "SELECT adm.set_login(:colleague_login, :verifier, NULL)"
    assert town.tried(XU, reset, with_line=False) is None
    assert town.tried(XU, reset, with_line=True)
    for name in (LI, ZHOU, OUTSIDER):
        assert town.tried(name, reset, with_line=True) is None


def test_the_handbook_lists_every_attack_and_what_the_program_alone_keeps():
    page = PAGE.read_text()
    server, file = "✔", {True: "✔", False: "只有程序", None: "没有登录，谁拿到文件谁全有"}
    missing = [
        row
        for attack in ATTACKS
        if (row := f"| {attack.title} | {server} | {file[attack.on_file]} |") not in page
    ]
    assert missing == []
    assert [one for one in ONLY_PROGRAM if f"- {one}" not in page] == []
