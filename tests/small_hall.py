"""A small fictional hall for tests: some units of 青榕街道 and one member of staff per role."""

from collections.abc import Hashable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, event, insert, select, update
from sqlalchemy.orm import Session

from desk.actions.founding import (
    CategoryPlan,
    FoundStreet,
    LetterheadPlan,
    PlacePlan,
    StaffPlan,
    StreetPlan,
    UnitPlan,
)
from desk.rules.codes import Role, UnitKind
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.ids import new_id
from desk.store.models import Case, Category, EventCase, Place, Staff, Street, UnitVersion
from desk.store.people import person_of
from tests.clock import HandClock
from tests.postgres_server import ROOMS, SOCKETS
from tests.remembered_halls import HallMemory

STREET = "青榕街道"
COMMAND_LINE = "命令行"
PASSWORD = "fictional-2026"
PHONE = "13800000000"

SECTION, COMMUNITY, GRID = UnitKind.SECTION, UnitKind.COMMUNITY, UnitKind.GRID
UNITS = (
    UnitPlan(STREET, "街道", UnitKind.STREET),
    UnitPlan("信联办", "信联办", UnitKind.COORDINATION, STREET, PHONE),
    UnitPlan("党政综合办", "党政办", SECTION, STREET, PHONE),
    UnitPlan("城建办", "城建办", SECTION, STREET, PHONE),
    UnitPlan("综合行政执法队", "执法队", UnitKind.ENFORCEMENT, STREET, PHONE, is_always_open=True),
    UnitPlan("纪工委", "纪工委", UnitKind.INSPECTION, STREET, PHONE),
    UnitPlan("榕东社区", "榕东", COMMUNITY, STREET, PHONE, households=4000),
    UnitPlan("榕东第1网格", "榕东1", GRID, "榕东社区"),
    UnitPlan("南塘社区", "南塘", COMMUNITY, STREET, PHONE, households=3000),
    UnitPlan("南塘第1网格", "南塘1", GRID, "南塘社区"),
    UnitPlan("区住建局", "住建局", UnitKind.OUTSIDE, None, PHONE),
)
STAFF = (
    StaffPlan("1001", "李敏", "信联办", (Role.CLERK,), PASSWORD, "窗口 1"),
    StaffPlan("1002", "周航", "信联办", (Role.DISPATCHER,), PASSWORD),
    StaffPlan("1003", "吴芳", "信联办", (Role.FOLLOW_UP,), PASSWORD),
    StaffPlan("1004", "何平", "信联办", (Role.ARCHIVIST,), PASSWORD),
    StaffPlan("2001", "赵强", "城建办", (Role.HANDLER,), PASSWORD),
    StaffPlan("2002", "孙浩", "综合行政执法队", (Role.HANDLER,), PASSWORD),
    StaffPlan("3001", "陈静", "榕东社区", (Role.COMMUNITY,), PASSWORD),
    StaffPlan("3002", "梁燕", "南塘社区", (Role.COMMUNITY,), PASSWORD),
    StaffPlan("4001", "郑伟", STREET, (Role.LEADER,), PASSWORD),
    StaffPlan("4002", "王磊", STREET, (Role.CHIEF,), PASSWORD),
    StaffPlan("4003", "冯丽", "党政综合办", (Role.OFFICE,), PASSWORD),
    StaffPlan("5001", "秦岚", "纪工委", (Role.INSPECTOR,), PASSWORD),
    StaffPlan("6001", "许诺", "党政综合办", (Role.ADMINISTRATOR,), PASSWORD),
    StaffPlan("6002", "高远", "纪工委", (Role.AUDITOR,), PASSWORD),
    StaffPlan("7001", "钱惠", "信联办", (Role.MEDIATOR,), PASSWORD),
    StaffPlan("7002", "孟瑶", "信联办", (Role.SECRETARY,), PASSWORD),
    StaffPlan("7003", "顾敏", "信联办", (Role.DIRECTOR,), PASSWORD),
)
PLACES = (
    PlacePlan("青榕花园", "榕东社区", "榕东第1网格"),
    PlacePlan("码头新村", "南塘社区", "南塘第1网格"),
    PlacePlan("新桥路口", "南塘社区", is_border=True),
)
CATEGORIES = (
    CategoryPlan("物业与小区"),
    CategoryPlan("楼道漏电", "物业与小区", "城建办"),
    CategoryPlan("街面秩序"),
    CategoryPlan("占道经营", "街面秩序", "综合行政执法队"),
)
LETTERHEADS = (
    LetterheadPlan(
        body="street",
        issuer="青榕街道办事处",
        prefix="青榕",
        phone=PHONE,
        address="岭湾市滨河区青榕路1号",
        query_hint="可凭编号到大厅或致电查询",
    ),
    LetterheadPlan(
        body="committee",
        issuer="青榕街道人民调解委员会",
        prefix="青榕",
        phone=PHONE,
        address="岭湾市滨河区青榕路1号",
        query_hint="可凭卷号到大厅或致电查询",
    ),
)
PLAN = StreetPlan(
    name=STREET,
    city="岭湾市",
    district="滨河区",
    hall_name="青榕街道群众诉求服务大厅",
    units=UNITS,
    staff=STAFF,
    letterheads=LETTERHEADS,
    places=PLACES,
    categories=CATEGORIES,
)

_COPIES: dict[tuple[Hashable, date], dict[str, Any]] = {}  # what is read of a street's first copy


def found_small_hall(engine: Engine, clock: HandClock) -> None:
    """Found the hall in an empty database, as the set-up of the program does."""
    founder = Person(
        staff_id=new_id(),
        name=COMMAND_LINE,
        street_id=new_id(),
        unit_ids=frozenset(),
        roles=frozenset(),
        home_unit_id=0,
        is_built_in=True,
    )
    request = FoundStreet(
        made_by=founder.staff_id, happened_at=clock(), plan=PLAN, valid_from=date(2020, 1, 1)
    )
    Database(engine, founder, clock=clock).carry_out(request)


class SmallHall:
    """The hall in one database; everything is asked for by the names above."""

    def __init__(self, engine: Engine, clock: HandClock) -> None:
        self.engine = engine
        self.clock = clock
        self.memory: HallMemory | None = None
        with Session(engine) as session:
            self._units = _ids(session, UnitVersion.name, UnitVersion.unit_id)
            self._places = _ids(session, Place.name, Place.id)
            self._categories = _ids(session, Category.name, Category.id)
        self._people: dict[str, Person] = {}
        self._logins: dict[str, str] = {}
        self._engines: dict[str, Engine] = {}
        self.read_people()
        self.street_id = self._people[COMMAND_LINE].street_id

    @classmethod
    def copied(cls, engine: Engine, clock: HandClock, *, template: Hashable = None) -> "SmallHall":
        """Return the hall in a copy that nobody has changed yet; all copies know the same names.

        Args:
            template: what it was copied from. None: its street says so, for which a SQLite file
                must be opened (9 ms).
        """
        if template is None:
            with Session(engine) as session:
                template = session.scalars(select(Street.id)).one()
        key = (template, clock().date())
        if key not in _COPIES:
            _COPIES[key] = vars(cls(engine, clock)) | {"engine": None, "clock": None}
        known = _COPIES[key]
        hall = cls.__new__(cls)
        people = dict(known["_people"])
        vars(hall).update(
            known | {"engine": engine, "clock": clock, "_people": people, "_engines": {}}
        )
        return hall

    def unit(self, name: str) -> int:
        """Return the id of a unit."""
        return self._units[name]

    def place(self, name: str) -> int:
        """Return the id of a housing estate."""
        return self._places[name]

    def category(self, name: str) -> int:
        """Return the id of a category."""
        return self._categories[name]

    def person(self, name: str) -> Person:
        """Return a member of staff as the rules see him."""
        return self._people[name]

    def read_people(self) -> None:
        """Read anew who has which roles and stands in for whom, as signing in again does."""
        with Session(self.engine) as session:
            everybody = session.scalars(select(Staff)).all()
            self._logins = {staff.name: staff.login for staff in everybody}
            self._people = {
                staff.name: person_of(session, staff, self.clock().date()) for staff in everybody
            }

    def forget_where_it_stood(self, case: int) -> None:
        """Leave a case as a ledger brings it: merged or withdrawn, nobody knows from where."""
        with Session(self.engine) as session:
            line = session.scalars(
                select(EventCase).where(EventCase.case_id == case).order_by(EventCase.version)
            ).all()[-1]
            version, event = line.version + 1, line.event_id
        facts = {"version": version, "set_aside_from": None, "merged_into_id": None}
        link = {"case_id": case, "version": version, "street_id": self.street_id}
        with self.engine.begin() as connection:
            connection.execute(insert(EventCase).values(**link, event_id=event))
            connection.execute(update(Case).where(Case.id == case).values(**facts))

    def sign_in(self, name: str) -> Database:
        """Return the database as this member of staff sees it, at the test's own time."""
        return Database(self._engine_of(name), self.person(name), clock=self.clock)

    def sign_in_again(self, name: str, password: str) -> Database:
        """Return the database after this member of staff has signed in with another password."""
        if self.engine.dialect.name != "sqlite":
            login = self._logins[name]
            self._engine_of(name)
            if name in self._engines:
                self._engines[name].dispose()
            self._engines[name] = own_login(self.engine, login, self.clock, password)
        return self.sign_in(name)

    def _engine_of(self, name: str) -> Engine:
        """Return the engine on which somebody works: on the server everybody logs in as himself."""
        if name == COMMAND_LINE or self.engine.dialect.name == "sqlite":
            return self.engine
        if not self._engines:
            event.listen(self.engine, "engine_disposed", lambda _engine: _close_all(self._engines))
        if name not in self._engines:
            self._engines[name] = as_login(self.engine, self._logins[name], self.clock)
        return self._engines[name]

    def by(self, name: str) -> dict[str, Any]:
        """Return who asks and when, for a request: `RegisterCase(**hall.by("李敏"), …)`."""
        return {"made_by": self.person(name).staff_id, "happened_at": self.clock()}


def as_login(engine: Engine, login: str, clock: HandClock) -> Engine:
    """Return an engine that is this login from the start of each transaction.

    To the server it is as if he had logged in himself, whatever his password is now, and the
    connection stays open for the next test.
    """
    folder = SOCKETS[engine.url.port or 0]
    url = engine.url.set(username="postgres", password=PASSWORD, host=folder)
    made = stay_open(make_engine(url), login)

    @event.listens_for(made, "begin")
    def _be_somebody(connection: Connection) -> None:
        connection.exec_driver_sql(
            f"SET SESSION AUTHORIZATION '{login}'; SET desk.now = '{clock().isoformat()}'"
        )

    return made


def stay_open(engine: Engine, who: str) -> Engine:
    """Let an engine's connections stay open for the next test, where its database is kept."""
    rooms = ROOMS.get((engine.url.port or 0, engine.url.database or ""))
    return engine if rooms is None else rooms.serve(engine, who)


def own_login(engine: Engine, login: str, clock: HandClock, password: str = PASSWORD) -> Engine:
    """Return an engine on which this login works, for whose server the test's own time is now."""
    folder = SOCKETS[engine.url.port or 0]  # where no password is asked
    url = engine.url.set(username=login, password=password, host=folder)
    own = make_engine(url)

    @event.listens_for(own, "begin")
    def _tell_time(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET desk.now = '{clock().isoformat()}'")

    return own


def _close_all(engines: dict[str, Engine]) -> None:
    while engines:
        engines.popitem()[1].dispose()


def _ids(session: Session, name: Any, key: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(select(name, key))}
