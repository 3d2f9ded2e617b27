"""Databases of the fictional 青榕街道 with its organisation and without any case."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

import desk.actions.ledger_import  # noqa: F401 - registers the action
from desk.actions.founding import (
    CategoryPlan,
    FoundStreet,
    LetterheadPlan,
    StaffPlan,
    StreetPlan,
    UnitPlan,
)
from desk.rules.codes import Role, UnitKind
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.ids import new_id
from tests.clock import HandClock

STREET = "青榕街道"
GRIDS_OF = {"榕东": 4, "榕西": 4, "南塘": 4, "北堤": 4, "书院": 3, "码头": 3, "新桥": 3}
SECTIONS = ("城建办", "应急办", "民政办", "公共服务办", "城市更新办", "平安法治办")
CATEGORIES = {
    "市容环卫": "垃圾清运 流浪动物 油烟 公厕",
    "街面秩序": "占道经营 乱停放 共享单车 直播扰序",
    "噪声": "施工噪声 社会生活噪声 广场舞 空调外机",
    "物业与小区": "物业服务 停车 维修资金 电梯 消防通道 加装电梯",
    "房屋与城建": "漏水 违建 危房",
    "市政设施": "路面 路灯 井盖 供排水",
    "消费维权与市场监管": "预付卡 食品 价格",
    "劳动社保": "欠薪 工伤 社保",
    "民政与社会保障": "低保 养老 残疾",
    "治安与公共安全": "消防 养犬伤人",
    "邻里与家庭": "漏水占用 相邻 赡养",
}


def _units() -> tuple[UnitPlan, ...]:
    units = [
        UnitPlan(STREET, STREET, UnitKind.STREET),
        UnitPlan("信联办", "信联办", UnitKind.COORDINATION, STREET),
        UnitPlan("综合行政执法队", "执法队", UnitKind.ENFORCEMENT, STREET, is_always_open=True),
    ]
    units += [UnitPlan(name, name, UnitKind.SECTION, STREET) for name in SECTIONS]
    for name, grids in GRIDS_OF.items():
        community = f"{name}社区"
        units.append(UnitPlan(community, name, UnitKind.COMMUNITY, STREET))
        units += [
            UnitPlan(f"{name}第{n}网格", f"{name}{n}格", UnitKind.GRID, community)
            for n in range(1, grids + 1)
        ]
    return tuple(units)


def street_plan() -> StreetPlan:
    """Return the organisation of 青榕街道, as far as ledgers name it."""
    password = "Qing-rong-2026"
    people = (("1001", "李敏", Role.CLERK), ("1002", "周航", Role.DISPATCHER),
              ("6001", "许诺", Role.ADMINISTRATOR))  # fmt: skip
    return StreetPlan(
        name=STREET,
        city="岭湾市",
        district="滨河区",
        hall_name="青榕街道群众诉求服务大厅",
        units=_units(),
        staff=tuple(StaffPlan(login, n, "信联办", (r,), password) for login, n, r in people),
        letterheads=(
            LetterheadPlan("street", "青榕街道办事处", "青榕", "0755-00000000", "榕东路1号", "来厅"),
        ),
        categories=tuple(
            plan
            for top, seconds in CATEGORIES.items()
            for plan in (
                CategoryPlan(top),
                *(CategoryPlan(second, top) for second in seconds.split()),
            )
        ),
    )


@pytest.fixture
def found(clock: HandClock) -> Iterator[Callable[[str], Database]]:
    """Return a function that founds the street in an empty database."""
    engines: list[Engine] = []

    def found_street(url: str) -> Database:
        engine = make_engine(url)
        engines.append(engine)
        unit = new_id()
        person = Person(
            staff_id=new_id(),
            name="命令行",
            street_id=new_id(),
            unit_ids=frozenset({unit}),
            roles=frozenset(Role),
            home_unit_id=unit,
            is_built_in=True,
        )
        database = Database(engine, person, clock=clock)
        database.carry_out(
            FoundStreet(made_by=person.staff_id, happened_at=clock(), plan=street_plan())
        )
        return database

    yield found_street
    for engine in engines:
        engine.dispose()


@pytest.fixture
def street(engine_url: str, found: Callable[[str], Database]) -> Database:
    """Return the founded street on both engines, as the built-in 命令行 sees it."""
    return found(engine_url)


@pytest.fixture
def second_street(
    request: pytest.FixtureRequest, engine_url: str, found: Callable[[str], Database],
    sqlite_template: Path, tmp_path: Path,
) -> Iterator[Database]:  # fmt: skip
    """Return another database of the same engine with the same organisation and no case."""
    if engine_url.startswith("sqlite"):
        file = tmp_path / "second.db"
        file.write_bytes(sqlite_template.read_bytes())
        yield found(f"sqlite:///{file}")
        return
    server = request.getfixturevalue("postgres")
    name = server.create(request.getfixturevalue("postgres_template"))
    database = found(server.url(name))
    yield database
    database.close()
    server.drop(name)
