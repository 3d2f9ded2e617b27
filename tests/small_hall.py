"""A small fictional hall for tests: a few units of 青榕街道 and one member of staff per role."""

from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from desk.rules.codes import Role, UnitKind
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.ids import new_id
from desk.store.models import Staff, StaffRole, Street, Unit, UnitVersion
from tests.clock import HandClock

STREET = "青榕街道"
COMMAND_LINE = "命令行"
SINCE = date(2026, 1, 1)

# Name of the unit, its kind, its parent.
UNITS = (
    (STREET, UnitKind.STREET, None),
    ("信联办", UnitKind.COORDINATION, STREET),
    ("党政综合办", UnitKind.SECTION, STREET),
    ("城建办", UnitKind.SECTION, STREET),
    ("综合行政执法队", UnitKind.ENFORCEMENT, STREET),
    ("纪工委", UnitKind.INSPECTION, STREET),
    ("榕东社区", UnitKind.COMMUNITY, STREET),
    ("榕东第1网格", UnitKind.GRID, "榕东社区"),
    ("南塘社区", UnitKind.COMMUNITY, STREET),
    ("南塘第1网格", UnitKind.GRID, "南塘社区"),
    ("区住建局", UnitKind.OUTSIDE, None),
)

# Login, name, unit, roles.
STAFF = (
    ("0001", COMMAND_LINE, "信联办", frozenset(Role)),
    ("1001", "李敏", "信联办", frozenset({Role.CLERK})),
    ("1002", "周航", "信联办", frozenset({Role.DISPATCHER})),
    ("1003", "吴芳", "信联办", frozenset({Role.FOLLOW_UP})),
    ("1004", "何平", "信联办", frozenset({Role.ARCHIVIST})),
    ("2001", "赵强", "城建办", frozenset({Role.HANDLER})),
    ("2002", "孙浩", "综合行政执法队", frozenset({Role.HANDLER})),
    ("3001", "陈静", "榕东社区", frozenset({Role.COMMUNITY})),
    ("3002", "梁燕", "南塘社区", frozenset({Role.COMMUNITY})),
    ("4001", "郑伟", STREET, frozenset({Role.LEADER})),
    ("4002", "王磊", STREET, frozenset({Role.CHIEF})),
    ("4003", "冯丽", "党政综合办", frozenset({Role.OFFICE})),
    ("5001", "秦岚", "纪工委", frozenset({Role.INSPECTOR})),
    ("6001", "许诺", "党政综合办", frozenset({Role.ADMINISTRATOR})),
    ("6002", "高远", "纪工委", frozenset({Role.AUDITOR})),
)


class SmallHall:
    """The hall in one database; units and people are asked for by the names above."""

    def __init__(self, engine: Engine, clock: HandClock) -> None:
        self.engine = engine
        self.clock = clock
        self.street_id = new_id()
        self._units = {name: new_id() for name, _, _ in UNITS}
        self._people = {row[1]: self._person(*row[1:]) for row in STAFF}
        with Session(engine) as session, session.begin():
            self._settle(session)

    def unit(self, name: str) -> int:
        """Return the id of a unit."""
        return self._units[name]

    def person(self, name: str) -> Person:
        """Return a member of staff as the rules see him."""
        return self._people[name]

    def sign_in(self, name: str) -> Database:
        """Return the database as this member of staff sees it, at the test's own time."""
        return Database(self.engine, self.person(name), clock=self.clock)

    def by(self, name: str) -> dict[str, Any]:
        """Return who asks and when, for a request: `RegisterCase(**hall.by("李敏"), …)`."""
        return {"made_by": self.person(name).staff_id, "happened_at": self.clock()}

    def _person(self, name: str, unit: str, roles: frozenset[Role]) -> Person:
        return Person(
            staff_id=new_id(),
            name=name,
            street_id=self.street_id,
            unit_ids=frozenset({self._units[unit]}),
            roles=roles,
            home_unit_id=self._units[unit],
            desk_name="窗口 1" if Role.CLERK in roles else "",
            is_built_in=name == COMMAND_LINE,
        )

    def _settle(self, session: Session) -> None:
        session.add(
            Street(
                id=self.street_id,
                name=STREET,
                city="岭湾市",
                district="滨河区",
                hall_name="青榕街道群众诉求服务大厅",
                population=None,
                is_demo=False,
            )
        )
        session.flush()
        session.add_all(
            Unit(
                id=self._units[name],
                street_id=self.street_id,
                kind=kind,
                successor_id=None,
                is_always_open=kind is UnitKind.ENFORCEMENT,
            )
            for name, kind, _ in UNITS
        )
        session.flush()
        session.add_all(self._unit_versions())
        for login, name, _, roles in STAFF:
            session.add(self._staff(login, self._people[name]))
            session.flush()
            session.add_all(self._role(self._people[name], role) for role in roles)

    def _unit_versions(self) -> list[UnitVersion]:
        return [
            UnitVersion(
                id=new_id(),
                street_id=self.street_id,
                unit_id=self._units[name],
                name=name,
                short_name=name.removesuffix("社区"),
                parent_id=self._units[parent] if parent else None,
                phone=None,
                address=None,
                households=None,
                position=position,
                valid_from=SINCE,
                valid_to=None,
            )
            for position, (name, _, parent) in enumerate(UNITS)
        ]

    def _staff(self, login: str, person: Person) -> Staff:
        return Staff(
            id=person.staff_id,
            street_id=self.street_id,
            login=login,
            name=person.name,
            unit_id=person.home_unit_id,
            desk_name=person.desk_name or None,
            phone=None,
            is_built_in=person.is_built_in,
            valid_from=SINCE,
            valid_to=None,
        )

    def _role(self, person: Person, role: Role) -> StaffRole:
        return StaffRole(
            id=new_id(),
            street_id=self.street_id,
            staff_id=person.staff_id,
            role=role,
            valid_from=SINCE,
            valid_to=None,
        )
