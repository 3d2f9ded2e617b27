"""A year of whistles in the fictional street (吹哨报到; DOMAIN.md 8.2: 81 in half a year).

Written in bulk: 160 a year for a hall of 3,600 cases, nearly every unit came, 92.6 % were settled.
What stands open goes through the actions, one at each stage of the board.
"""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from desk.actions.whistle_arrivals import Arrival, RecordArrivals
from desk.actions.whistle_words import Call, WhistleWords
from desk.actions.whistle_work import (
    ConcludeWhistle,
    DivideWork,
    Duty,
    RateWhistle,
    RecordConsultation,
)
from desk.actions.whistles import RaiseWhistle, ReviewWhistle
from desk.demo.bulk import Row, put_rows
from desk.demo.index import Someone, StreetIndex, cases_since
from desk.demo.street import COMMUNITIES, estates
from desk.demo.whistle_texts import MATTERS, Matter
from desk.queries.whistles import whistle_file
from desk.rules.codes import CaseStatus, Purpose, Role, Satisfaction, UnitKind
from desk.rules.moments import day_of, in_shanghai
from desk.rules.numbering import NumberFormat, NumberKind, number_year
from desk.rules.whistle_codes import WhistleKind, WhistleResult, WhistleState
from desk.store.base import Base
from desk.store.database import Database
from desk.store.engine import WRITES
from desk.store.ids import new_id
from desk.store.models import Case, CaseUnit, Counter, Staff, Unit, UnitVersion
from desk.store.people import person_of

_PER_CASE = 160 / 3_600
_MOST = 8_000  # a demo of a million cases stays quick
_CAME, _IN_TIME, _RESOLVED, _PARTLY = 0.997, 0.94, 0.926, 0.05
_LINKED, _RECENT = 0.35, 2_000
_LEVELS = {"网格→社区": 25, "社区→街道": 60, "街道→区": 15}
_KINDS = {WhistleKind.KEY: 55, WhistleKind.ENFORCEMENT: 35, WhistleKind.EMERGENCY: 10}
_POSTS = ("负责人", "承办人", "队员")
_OUTSIDERS = ("何清", "陆远", "叶青", "方敏")
_MINUTES = {WhistleKind.KEY: 60, WhistleKind.ENFORCEMENT: 60, WhistleKind.EMERGENCY: 30}
# whoever comes has called before or after; nobody is called at night but in an emergency
_HOURS = (8, 17)


class _Year:
    """Draws whistles of the street, the same with the same seed."""

    def __init__(self, database: Database, street: StreetIndex, session: Session) -> None:
        self.street, self.now = street, database.now()
        self.random = Random(f"whistles {street.formats[NumberKind.CASE].template}")
        self.form: NumberFormat = street.formats[NumberKind.WHISTLE]
        self.numbers: dict[int, int] = {}
        self.workers: dict[int, Someone] = {
            one.unit_id: one for one in reversed(street.by_role[Role.COMMUNITY])
        }
        self.office = street.by_role[Role.DISPATCHER][0]
        self.outside: list[int] = list(
            session.scalars(
                select(Unit.id)
                .join(UnitVersion, UnitVersion.unit_id == Unit.id)
                .where(Unit.kind == UnitKind.OUTSIDE)
                .order_by(Unit.id)
            )
        )
        plain = (
            select(Case.id, Case.received_at)
            .where(
                Case.is_secret.is_(False),
                Case.accused_unit_id.is_(None),
                Case.accused_staff_id.is_(None),
                Case.purpose != Purpose.MEDIATION,
            )
            .order_by(Case.received_at.desc(), Case.id)
            .limit(_RECENT)
        )
        self.cases = [(row.id, row.received_at) for row in session.execute(plain)]
        self.rows: dict[str, list[Row]] = {
            name: [] for name in ("whistles", "whistle_cases", "whistle_units", "whistle_arrivals")
        }

    def draw(self, at: datetime) -> None:
        """Draw one whistle with what has become of it."""
        draw, street = self.random, self.street
        name = draw.choice(list(COMMUNITIES))
        community = street.units[f"{name}社区"]
        estate = draw.choice(estates(name))
        matter = draw.choice(MATTERS)
        kind = draw.choices([*_KINDS], [*_KINDS.values()])[0]
        level = draw.choices([*_LEVELS], [*_LEVELS.values()])[0]
        caller = self.office if level == "街道→区" else self.workers.get(community)
        caller = caller or next(iter(self.workers.values()))
        year = number_year(at)
        self.numbers[year] = seq = self.numbers.get(year, 0) + 1
        agreed = at + timedelta(minutes=draw.randint(2, 25))
        whistle: Row = {
            "id": new_id(),
            "street_id": street.street_id,
            "number": self.form.write(year, seq),
            "is_imported": False,
            "level": level,
            "kind": kind,
            "state": WhistleState.FILED,
            "caller_unit_id": caller.unit_id,
            "caller": caller.name,
            "raised_by": caller.id,
            "raised_at": at,
            "place_id": street.places[estate][0],
            "site": f"{estate}门口",
            "matter": matter.words,
            "steps_taken": matter.steps,
            "reviewed_by": self.office.id,
            "reviewed_at": agreed,
            "version": 5,
        }
        last = self._units(whistle, matter, agreed + timedelta(minutes=_MINUTES[kind]))
        whistle |= self._outcome(whistle, matter, last)
        self.rows["whistles"].append(whistle)
        self._cases(whistle)

    def _units(self, whistle: Row, matter: Matter, required: datetime) -> datetime:
        """Add the called units and who came; return when the last one was there."""
        draw, last = self.random, required
        units = [self.street.units[one] for one in matter.units if one in self.street.units]
        if whistle["level"] == "街道→区" and self.outside:
            units = [*units[:1], draw.choice(self.outside)]
        for place, unit in enumerate(units, start=1):
            on_time = draw.random() < _IN_TIME
            shift = -draw.randint(2, 25) if on_time else draw.randint(5, 40)
            arrived = required + timedelta(minutes=shift)
            came = draw.random() < _CAME
            row: Row = {
                "id": new_id(),
                "street_id": whistle["street_id"],
                "whistle_id": whistle["id"],
                "unit_id": unit,
                "place_in_list": place,
                "required_at": required,
                "called_at": whistle["reviewed_at"],
                "arrived_at": arrived if came else None,
            }
            self.rows["whistle_units"].append(row)
            if came:
                self._arrival(whistle, row, unit in self.outside)
                last = max(last, arrived)
        return last

    def _arrival(self, whistle: Row, unit: Row, is_outside: bool) -> None:  # noqa: FBT001
        handler = self.street.handler_of.get(unit["unit_id"])
        name = self.random.choice(_OUTSIDERS) if is_outside or handler is None else handler.name
        self.rows["whistle_arrivals"].append(
            {
                "id": new_id(),
                "street_id": whistle["street_id"],
                "whistle_id": whistle["id"],
                "whistle_unit_id": unit["id"],
                "name": name,
                "post": self.random.choice(_POSTS),
                "arrived_at": unit["arrived_at"],
                "is_from_paper": is_outside or self.random.random() < 0.3,
                "document": "现场签到表" if is_outside else None,
                "recorded_by": self.office.id if is_outside else whistle["raised_by"],
                "recorded_at": unit["arrived_at"] + timedelta(minutes=9),
            }
        )

    def _outcome(self, whistle: Row, matter: Matter, last: datetime) -> Row:
        draw = self.random
        ended = min(last + timedelta(hours=draw.expovariate(1 / 6)), self.now)
        chance = draw.random()
        result = WhistleResult.UNRESOLVED
        if chance < _RESOLVED:
            result = WhistleResult.RESOLVED
        elif chance < _RESOLVED + _PARTLY:
            result = WhistleResult.PARTLY
        is_resolved = result is WhistleResult.RESOLVED
        pleased = Satisfaction.SATISFIED if is_resolved else Satisfaction.FAIRLY
        rated = ended + timedelta(hours=draw.randint(1, 20))
        return {
            "consultation": matter.done,
            "consulted_by": whistle["raised_by"],
            "consulted_at": last,
            "result": result,
            "result_note": matter.done if is_resolved else "还要上一级协调，已报区里。",
            "resolved_at": ended if is_resolved else None,
            "concluded_by": whistle["raised_by"],
            "concluded_at": ended,
            "is_responsive": True,
            "satisfaction": pleased,
            "rated_by": whistle["raised_by"],
            "rated_at": min(rated, self.now),
            "filed_by": self.office.id,
            "filed_at": min(rated + timedelta(hours=20), self.now),
            "changed_at": min(rated + timedelta(hours=20), self.now),
        }

    def _cases(self, whistle: Row) -> None:
        if self.random.random() > _LINKED or not self.cases:
            return
        before = [case for case, at in self.cases[:60] if at <= whistle["raised_at"]]
        if before:
            self.rows["whistle_cases"].append(
                {
                    "whistle_id": whistle["id"],
                    "case_id": self.random.choice(before),
                    "street_id": whistle["street_id"],
                }
            )


def live_whistles(database: Database, street: StreetIndex) -> None:
    """Let units be called for as long as the street has cases; some whistles are open today."""
    with Session(database.engine) as session:
        count, first = cases_since(session)
        if first is None or not street.by_role.get(Role.COMMUNITY):
            return
        year = _Year(database, street, session)
    wanted = max(min(round(count * _PER_CASE), _MOST) - _LIVE, 0)
    last = database.now() - timedelta(days=2)
    for n in range(wanted):
        at = first + (last - first) * ((n + year.random.random()) / wanted)
        hour = year.random.randint(*_HOURS)
        day = in_shanghai(at).replace(hour=hour, minute=year.random.randint(0, 59), second=0)
        year.draw(max(day, first))
    writer = database.engine.execution_options(**{WRITES: True})
    with writer.begin() as connection:
        for name, rows in year.rows.items():
            put_rows(connection, name, rows)
        _count(connection, street.street_id, year.numbers)
    _today(database, street, year)


def _count(connection: Connection, street_id: int, numbers: dict[int, int]) -> None:
    table = Base.metadata.tables[Counter.__tablename__]
    for year, last in numbers.items():
        connection.execute(
            table.insert().values(
                street_id=street_id, kind=NumberKind.WHISTLE.value, year=year, last=last
            )
        )


# what stands open today: how far it has come
_STAGES = ("raised", "called", "late", "came", "settled", "rated")
_LIVE = len(_STAGES)


def _today(database: Database, street: StreetIndex, year: _Year) -> None:
    now = database.now()
    for n, stage in enumerate(_STAGES):
        name = list(COMMUNITIES)[n % len(COMMUNITIES)]
        matter = MATTERS[n % len(MATTERS)]
        community = street.units[f"{name}社区"]
        caller = year.workers.get(community) or next(iter(year.workers.values()))
        estate = estates(name)[0]
        since = now - timedelta(minutes=90 if stage == "late" else 40)
        required = now + timedelta(minutes=20 if stage in {"raised", "called"} else -25)
        units = [street.units[one] for one in matter.units if one in street.units]
        said = WhistleWords(
            level="社区→街道",
            kind=[*_KINDS][n % len(_KINDS)],
            caller=caller.name,
            place=street.places[estate][0],
            site=f"{estate}门口",
            matter=matter.words,
            steps_taken=matter.steps,
            units=tuple(Call(unit=unit, required_at=required) for unit in units),
        )
        head = {"made_by": caller.id, "happened_at": since}
        unit = caller.unit_id
        facts = {"caller_unit": unit, "said": said, "cases": _open_cases(database, unit)}
        whistle = _raised(database, caller, head, facts)
        if stage != "raised":
            _go_on(database, street, whistle, stage, units)


def _raised(
    database: Database, caller: Someone, head: dict[str, Any], request: dict[str, Any]
) -> int:
    """Raise one as whoever calls: what 信联办 raises needs no review."""
    with Session(database.engine) as session:
        staff = session.get_one(Staff, caller.id)
        person = person_of(session, staff, day_of(database.now()))
    own = Database(database.engine, person, clock=database.now)
    made: int = own.carry_out(RaiseWhistle(**head, **request)).made["whistle"]
    return made


def _go_on(
    database: Database, street: StreetIndex, whistle: int, stage: str, units: list[int]
) -> None:
    office = street.by_role[Role.DISPATCHER][0].id
    now = database.now()

    def by() -> dict[str, Any]:
        return {"made_by": office, "happened_at": now - timedelta(minutes=31), "whistle": whistle}

    def seen() -> dict[str, Any]:
        file = database.read(partial(whistle_file, whistle_id=whistle))
        assert file is not None  # noqa: S101 - just raised
        return by() | {"seen": file.version}

    database.carry_out(ReviewWhistle(**seen(), agrees=True))
    came = {"called": [], "late": units[:1]}.get(stage, units)
    if came:
        at = now - timedelta(minutes=30)
        arrivals = tuple(
            Arrival(unit=unit, name=_name(street, unit), post="承办人", at=at) for unit in came
        )
        database.carry_out(RecordArrivals(**by(), arrivals=arrivals))
    if stage in {"called", "late", "came"}:
        return
    words = "几家当场说清各自负责的一段，今天动手，三天后一起看。"
    database.carry_out(RecordConsultation(**seen(), words=words))
    duty = Duty(unit=units[0], matter="当天完成清理并拍照", due_at=now + timedelta(days=1))
    database.carry_out(DivideWork(**by(), duties=(duty,)))
    database.carry_out(
        ConcludeWhistle(
            **seen(), result=WhistleResult.RESOLVED, note="当天处理完毕，居民在场认可。",
            resolved_at=now - timedelta(minutes=5),
        )
    )  # fmt: skip
    if stage == "rated":
        content = Satisfaction.SATISFIED
        database.carry_out(RateWhistle(**seen(), is_responsive=True, satisfaction=content))


def _name(street: StreetIndex, unit: int) -> str:
    handler = street.handler_of.get(unit)
    return handler.name if handler is not None else _OUTSIDERS[0]


def _open_cases(database: Database, unit: int) -> tuple[int, ...]:
    """Return a case that a unit has a part in, if there is one that others may read of."""
    with Session(database.engine) as session:
        query = (
            select(Case.id)
            .join(CaseUnit, CaseUnit.case_id == Case.id)
            .where(
                CaseUnit.unit_id == unit,
                Case.status == CaseStatus.HANDLING,
                Case.is_secret.is_(False),
                Case.accused_unit_id.is_(None),
                Case.accused_staff_id.is_(None),
                Case.purpose != Purpose.MEDIATION,
            )
        )
        return tuple(session.scalars(query.order_by(Case.received_at.desc()).limit(1)))
