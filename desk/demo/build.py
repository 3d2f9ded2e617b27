"""Build the demo: the street, then any number of cases with everything that happened to them."""

import secrets
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy.orm import Session

from desk.actions.first_texts import first_texts
from desk.actions.founding import FoundStreet
from desk.demo.at_once import guards_aside, is_at_once, note_who_sees
from desk.demo.bulk import make_room, pour_rows, put_rows
from desk.demo.bulletins import live_bulletins
from desk.demo.committee import found_committee
from desk.demo.directory import directory_requests
from desk.demo.dispatch_scenes import live_dispatching, team_requests
from desk.demo.early_actions import TURNED, live_early_actions
from desk.demo.grids import live_grids
from desk.demo.index import StreetIndex, street_index
from desk.demo.last_mile import finish_last_mile, shelve
from desk.demo.leading import live_leading
from desk.demo.led_cases import live_led_cases
from desk.demo.letters import live_letters
from desk.demo.life import Life, command_id
from desk.demo.mediations import live_mediations
from desk.demo.notices import live_notices
from desk.demo.papers import issue_recent_papers
from desk.demo.photos import add_photos
from desk.demo.platform_forms import platform_requests
from desk.demo.proactive import live_proactive
from desk.demo.receptions import live_receptions
from desk.demo.roster import draw_up_roster
from desk.demo.rounds import live_rounds
from desk.demo.sample import LIVELY, Sampler
from desk.demo.shifts import live_shifts
from desk.demo.signing import set_areas
from desk.demo.steering import live_steering
from desk.demo.steps import live
from desk.demo.street import COMMUNITIES, PREFIX, demo_street, estates, seed_categories
from desk.demo.together import live_together
from desk.demo.visits import brought_by_same, in_same_visit
from desk.demo.waiting import live_waiting
from desk.demo.whistles import live_whistles
from desk.rules.errors import RuleBroken
from desk.rules.moments import SHANGHAI, in_utc
from desk.rules.rights import Person
from desk.store.base import Base
from desk.store.chain import GENESIS, digest_of, link_hash
from desk.store.database import Database
from desk.store.engine import WRITES, make_engine
from desk.store.ids import new_id
from desk.store.models import Case, ChainHead, Staff, Street
from desk.store.rate_marks import recount, uncounted
from desk.store.server_time import Clock
from desk.store.upgrade import upgrade

Progress = Callable[[int, int], None]
_CHUNK = 100  # each line of the log moves the head of the chain; a long transaction slows down
_CLOSING = time(17, 30)
# Parents before children; `cases` before all that name them (its own reference is deferred).
_ORDER = (
    "cases",
    "private_facts",
    "case_units",
    "matters",
    "outside_numbers",
    "case_search",
    "rounds",
    "assignments",
    "clocks",
    "contacts",
    "opinions",
    "sign_steps",
    "follow_ups",
    "follow_up_matters",
)
_FILLED = (*_ORDER, "events", "event_cases")


def build_demo(  # noqa: PLR0913 - each is one option of the command
    url: str,
    *,
    cases: int,
    seed: int = 1,
    until: date | None = None,
    per_day: int | None = None,
    now: datetime | None = None,
    progress: Progress = lambda _done, _all: None,
) -> None:
    """Fill the database at `url` with the fictional street and `cases` appeals.

    Args:
        per_day: how many appeals come in a day; about ten by default, as in a small street.
        until: the last day of reception, today by default; a past day ends at 17:30.
        now: the present moment; later steps have not happened yet.

    Raises:
        RuleBroken: the database already holds a street with cases.
    """
    real_now = now or datetime.now(UTC)
    today = real_now.astimezone(SHANGHAI).date()
    last = until or today
    end = real_now if last == today else datetime.combine(last, _CLOSING, SHANGHAI)
    upgrade(url)
    database = _founded(url, lambda: in_utc(end))
    try:
        sampler = _sampler(seed, per_day)
        written = cases - TURNED if cases >= LIVELY else cases
        aside = is_at_once(database.engine, written)
        with guards_aside(database.engine, _FILLED) if aside else nullcontext():
            _write_cases(database, sampler, written, in_utc(end), progress)
        if cases:
            issue_recent_papers(database)
            finish_last_mile(database)
            add_photos(database)
        if cases >= LIVELY:
            live_rounds(database, in_utc(end))
            _dispatch_today(database)
            _lived(database, live_together)
            _lived(database, live_waiting)
            _lived(database, live_notices)
            _lived(database, live_steering)
            _lived(database, live_leading)
            _lived(database, live_led_cases)
            _lived(database, live_grids)
            _lived(database, live_early_actions)
            _lived(database, live_whistles)
            live_shifts(database, in_utc(end))
            draw_up_roster(database)
            _lived(database, live_receptions)
            live_mediations(database, in_utc(end))
            _lived(database, live_letters)
            _lived(database, live_bulletins)
            _lived(database, live_proactive)
        _count_rows(database)
    finally:
        database.close()


def _count_rows(database: Database, *tables: str) -> None:
    """Let a server know at once how many rows there are; by itself it looks after a minute.

    Until then it plans for empty tables, and a trigger reads all lines of the log for each new one.
    """
    if database.engine.dialect.name == "postgresql":
        with database.engine.begin() as connection:
            connection.exec_driver_sql(f"ANALYZE {', '.join(tables)}")


def _founded(url: str, clock: Clock) -> Database:
    engine = make_engine(url)
    try:
        with Session(engine) as session:
            person, is_new = _who_builds(session)
        database = Database(engine, person, clock=clock)
        if is_new:
            founding = FoundStreet(made_by=person.staff_id, happened_at=clock(), plan=demo_street())
            database.carry_out(founding)
            _fill_library(database)
            found_committee(database)
    except Exception:
        engine.dispose()
        raise
    return database


def _fill_library(database: Database) -> None:
    """Give the street its answer library, its matter directory and who signs for which unit."""
    made_by, at = database.person.staff_id, database.now()
    with Session(database.engine) as session:
        street = street_index(session, database.person.street_id, at.date())
    for text in first_texts(made_by, at):
        database.carry_out(text)
    for matter in directory_requests(street, made_by, at):
        database.carry_out(matter)
    for form in platform_requests(made_by, at):
        database.carry_out(form)
    set_areas(database, street, at)


def _dispatch_today(database: Database) -> None:
    """Give the street its teams, and the dispatchers something to decide."""
    made_by, at = database.person.staff_id, database.now()
    with Session(database.engine) as session:
        street = street_index(session, database.person.street_id, at.date())
    requests = team_requests(street, made_by, at)
    teams = [database.carry_out(request).made["team"] for request in requests]
    live_dispatching(database, street, teams)


def _lived(database: Database, live: Callable[[Database, StreetIndex], None]) -> None:
    """Let a part of the street's life happen, in the street as it is by then."""
    with Session(database.engine) as session:
        street = street_index(session, database.person.street_id, database.now().date())
    live(database, street)


def _who_builds(session: Session) -> tuple[Person, bool]:
    """Return the built-in staff of the demo street, and whether it is still to be founded."""
    street = session.scalar(select(Street).limit(1))
    if session.scalar(select(func.count(Case.id))):
        raise RuleBroken("这个数据库里已有案件，演示数据只能放进没有案件的库。")
    if street is None:
        return _builder(new_id(), new_id()), True
    if not street.is_demo:
        raise RuleBroken("这个数据库已是别的街道，演示数据请另用一个库。")
    founder = session.scalars(select(Staff.id).where(Staff.is_built_in)).one()
    return _builder(street.id, founder), False


def _builder(street_id: int, staff_id: int) -> Person:
    return Person(
        staff_id=staff_id,
        name="命令行",
        street_id=street_id,
        unit_ids=frozenset(),
        roles=frozenset(),
        home_unit_id=0,
        is_built_in=True,
    )


def _sampler(seed: int, per_day: int | None) -> Sampler:
    categories: dict[str, tuple[str, ...]] = {}
    for plan in seed_categories(with_units=False):
        if plan.parent:
            categories[plan.parent] = (*categories.get(plan.parent, ()), plan.name)
    return Sampler(seed, {name: estates(name) for name in COMMUNITIES}, categories, per_day)


def _write_cases(
    database: Database, sampler: Sampler, count: int, now: datetime, progress: Progress
) -> None:
    if not count:
        return
    with Session(database.engine) as session:
        street = street_index(session, database.person.street_id, now.date())
    moments = [at for at in sampler.moments(count, now.astimezone(SHANGHAI).date()) if at <= now]
    missing = count - len(moments)  # drawn for later today: they came in the hours before instead
    moments += [now - timedelta(hours=20) * ((n + 1) / (missing + 1)) ** 3 for n in range(missing)]
    moments.sort()
    numbers: dict[int, int] = {}
    archived: dict[int, int] = {}
    writer = database.engine.execution_options(**{WRITES: True})
    at_once = is_at_once(database.engine, count)
    for start in range(0, count, _CHUNK):
        lives: list[Life] = []
        for at in moments[start : start + _CHUNK]:
            year = at.astimezone(SHANGHAI).year
            numbers[year] = numbers.get(year, 0) + 1
            appeal = sampler.appeal(at)
            before = lives[-1] if lives and in_same_visit(appeal, lives[-1]) else None
            if before is not None:
                appeal = brought_by_same(appeal, before)
            same_visit = before.id if before is not None else None
            life = Life(appeal, street, numbers[year], now, same_visit=same_visit)
            live(life)
            shelve(life, archived, PREFIX)
            lives.append(life)
        with writer.begin() as connection:
            make_room(connection)
            with nullcontext() if at_once else uncounted(connection):
                _insert(connection, lives, database.person.street_id, at_once=at_once)
            _count(connection, database.person.street_id, "case", numbers)
            _count(connection, database.person.street_id, "archive", archived)
        if (start // _CHUNK + 1).bit_count() == 1:  # 1, 2, 4 … parts: few are enough
            _count_rows(database, *_FILLED)
        progress(min(start + _CHUNK, count), count)
    with writer.begin() as connection:
        recount(connection)


def _insert(connection: Connection, lives: list[Life], street_id: int, *, at_once: bool) -> None:
    put = pour_rows if at_once else put_rows
    for name in _ORDER:
        if at_once and name == "case_search":
            note_who_sees(connection, [life.id for life in lives])
        put(connection, name, [row for life in lives for row in life.rows.get(name, [])])
    events, links = _history(connection, lives, street_id, at_once=at_once)
    put(connection, "events", events)
    put(connection, "event_cases", links)


def _history(
    connection: Connection, lives: list[Life], street_id: int, *, at_once: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the lines of the log in the order in which things happened, chained."""
    place, previous = _head(connection, street_id)
    steps = sorted(
        (
            (step.at, life, version, step)
            for life in lives
            for version, step in enumerate(life.events, start=1)
        ),
        key=lambda found: (found[0], found[1].id, found[2]),
    )
    events, links = [], []
    for at, life, version, step in steps:
        place += 1
        line = _line(life, version, step, place, previous)
        previous = line["hash"]
        events.append(line)
        links.append(
            {
                "case_id": life.id,
                "version": version,
                "street_id": street_id,
                "event_id": line["id"],
            }
        )
        del at
    if at_once or connection.dialect.name == "sqlite":
        head = Base.metadata.tables["chain_heads"]
        connection.execute(
            head.update().where(head.c.street_id == street_id).values(place=place, hash=previous)
        )
    return events, links


def _line(life: Life, version: int, step: Any, place: int, previous: str) -> dict[str, Any]:
    salt = secrets.token_hex(16)
    payload = {"detail": step.detail, "before": {}, "after": {}}
    result = {"title": step.title, "cases": [life.id], "mediations": [], "made": {}}
    line_id, command = new_id(), command_id(life.id, version)
    about = (step.kind, step.title, step.who.desk_name, False)
    digest = digest_of(salt, about, payload, result)
    return {
        "id": line_id,
        "street_id": life.street.street_id,
        "command": command,
        "kind": step.kind,
        "title": step.title,
        "is_of_hall": False,
        "made_by": step.who.id,
        "sent_by": step.who.id,
        "desk_name": step.who.desk_name,
        "happened_at": step.at,
        "recorded_at": step.at,
        "payload": payload,
        "result": result,
        "salt": salt,
        "digest": digest,
        "session_user": "",
        "place": place,
        "previous_hash": previous,
        "hash": link_hash(
            previous,
            place,
            line_id,
            command,
            (step.who.id, step.who.id, ""),
            (step.at, step.at),
            digest,
        ),
    }


def _head(connection: Connection, street_id: int) -> tuple[int, str]:
    row = connection.execute(
        select(ChainHead.place, ChainHead.hash).where(ChainHead.street_id == street_id)
    ).first()
    return (row.place, row.hash) if row else (0, GENESIS)


def _count(connection: Connection, street_id: int, kind: str, numbers: dict[int, int]) -> None:
    """Bring the counters of a kind of number to the last number used."""
    counters = Base.metadata.tables["counters"]
    for year, last in numbers.items():
        key = {"street_id": street_id, "kind": kind, "year": year}
        same = (counters.c.street_id == street_id) & (counters.c.kind == kind)
        same &= counters.c.year == year
        known = connection.scalar(select(counters.c.last).where(same))
        if known is None:
            connection.execute(insert(counters), {**key, "last": last})
            continue
        rises = counters.update().where(same).values(last=bindparam("one_more"))
        # the guard lets a counter rise by one only
        several = [{"one_more": value} for value in range(known + 1, last + 1)]
        if several:
            connection.execute(rises, several)
