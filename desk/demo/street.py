"""The fictional 青榕街道 (DOMAIN.md 8.1): its units, people, addresses; no real place or person."""

import tomllib
from pathlib import Path

from desk.actions.founding import (
    CategoryPlan,
    LetterheadPlan,
    PlacePlan,
    StaffPlan,
    StreetPlan,
    UnitPlan,
)
from desk.rules.codes import Role, UnitKind

STREET = "青榕街道办事处"
PREFIX = "青榕"  # 机关代字
DEMO_PASSWORD = "qingrong1"  # noqa: S105 - printed on the demo's own sign-in page
COMMUNITIES = {"榕东": 4, "榕西": 4, "南塘": 4, "北堤": 4, "书院": 3, "码头": 3, "新桥": 3}
_PEOPLE_OF_GRID = 3_400
_ESTATES = {
    "榕东": ("榕荫里小区", "塘边街"),
    "榕西": ("榕西花园", "青榕花园"),
    "南塘": ("南塘新村", "南塘路"),
    "北堤": ("北堤苑", "江堤一巷"),
    "书院": ("书香名邸", "书院路"),
    "码头": ("码头新村", "渡口街"),
    "新桥": ("幸福里", "新桥南街"),
}
CATEGORIES_FILE = Path(__file__).resolve().parents[2] / "resources" / "data" / "categories.toml"
_R = Role

_SECTIONS: tuple[tuple[str, UnitKind, str, bool], ...] = (
    ("信联办", UnitKind.COORDINATION, "0755-20000001", True),
    ("党政综合办", UnitKind.SECTION, "0755-20000003", True),
    ("党建办", UnitKind.SECTION, "0755-20000004", False),
    ("综合行政执法队", UnitKind.ENFORCEMENT, "0755-20000005", True),
    ("平安法治办", UnitKind.SECTION, "0755-20000006", False),
    ("城建办", UnitKind.SECTION, "0755-20000002", False),
    ("民政办", UnitKind.SECTION, "0755-20000007", False),
    ("公共服务办", UnitKind.SECTION, "0755-20000008", False),
    ("应急办", UnitKind.SECTION, "0755-20000009", True),
    ("城市更新办", UnitKind.SECTION, "0755-20000010", False),
    ("纪工委", UnitKind.INSPECTION, "0755-20000011", False),
    ("青榕街道人民调解委员会", UnitKind.COMMITTEE, "0755-20000012", False),
    ("老梁（劳模）工作室", UnitKind.STUDIO, "0755-20000013", False),
    ("燕姐工作室", UnitKind.STUDIO, "0755-20000014", False),
)
_OUTSIDE = (
    "区城管和综合执法局",
    "区信访局",
    "区住建局",
    "区市场监管局",
    "区公安分局",
    "区人社局",
)
# Each row: login, name, unit, roles, counter.
_STAFF: tuple[tuple[str, str, str, tuple[Role, ...], str | None], ...] = (
    ("1001", "李敏", "信联办", (_R.CLERK, _R.FOLLOW_UP), "窗口 2"),
    ("1002", "陈露", "信联办", (_R.CLERK, _R.FOLLOW_UP), "窗口 1"),
    ("1003", "何家辉", "信联办", (_R.CLERK,), "值班室"),
    ("1004", "周雅琴", "信联办", (_R.DISPATCHER, _R.CLERK, _R.ARCHIVIST), "信联办"),
    ("1005", "徐文静", "党政综合办", (_R.OFFICE,), None),
    ("1006", "张伟", "城建办", (_R.HANDLER,), None),
    ("1007", "赵强", "综合行政执法队", (_R.HANDLER,), None),
    ("1008", "林晓", "公共服务办", (_R.HANDLER,), None),
    ("1009", "孙立", "民政办", (_R.HANDLER,), None),
    ("1010", "郑海", "应急办", (_R.HANDLER,), None),
    ("1011", "周正", "平安法治办", (_R.HANDLER, _R.MEDIATOR), None),
    ("1012", "马丽", "城市更新办", (_R.HANDLER,), None),
    ("1013", "吴建国", STREET, (_R.LEADER,), None),
    ("1014", "高远", STREET, (_R.CHIEF,), None),
    ("1015", "宋清", "纪工委", (_R.INSPECTOR,), None),
    ("1016", "罗梅", "榕东社区", (_R.COMMUNITY,), None),
    ("1017", "何志强", "榕东第3网格", (_R.COMMUNITY,), None),
    ("1018", "邓小兰", "榕西社区", (_R.COMMUNITY,), None),
    ("1019", "谢志明", "南塘社区", (_R.COMMUNITY,), None),
    ("1020", "韩雪", "北堤社区", (_R.COMMUNITY,), None),
    ("1021", "曾国栋", "书院社区", (_R.COMMUNITY,), None),
    ("1022", "彭丽", "码头社区", (_R.COMMUNITY,), None),
    ("1023", "田野", "新桥社区", (_R.COMMUNITY,), None),
    ("1024", "梁伯", "老梁（劳模）工作室", (_R.MEDIATOR,), None),
    ("1025", "苏燕", "燕姐工作室", (_R.MEDIATOR, _R.SECRETARY), None),
    ("1026", "梁月华", "青榕街道人民调解委员会", (_R.SECRETARY,), "调委会"),
    ("1027", "顾明礼", "青榕街道人民调解委员会", (_R.DIRECTOR, _R.MEDIATOR), None),
    ("9001", "管理员", "党政综合办", (_R.ADMINISTRATOR,), None),
    ("9002", "审计员", "纪工委", (_R.AUDITOR,), None),
)


def seed_categories(*, with_units: bool) -> tuple[CategoryPlan, ...]:
    """Return the first categories of a hall (DOMAIN.md 5.2); units only fit the demo street."""
    tree = tomllib.loads(CATEGORIES_FILE.read_text(encoding="utf-8"))["category"]
    found = []
    for top in tree:
        unit = top["unit"] if with_units else None
        found.append(CategoryPlan(top["name"], unit=unit))
        found += [CategoryPlan(child, parent=top["name"], unit=unit) for child in top["children"]]
    return tuple(found)


def demo_street() -> StreetPlan:
    """Return the plan of the fictional street."""
    return StreetPlan(
        name="青榕街道",
        city="岭湾市",
        district="滨河区",
        hall_name="青榕街道群众诉求服务大厅",
        population=25 * _PEOPLE_OF_GRID,
        is_demo=True,
        units=_units(),
        staff=tuple(
            StaffPlan(login, name, unit, roles, DEMO_PASSWORD, desk_name=desk)
            for login, name, unit, roles, desk in _STAFF
        ),
        letterheads=_letterheads(),
        places=tuple(_places()),
        categories=seed_categories(with_units=True),
    )


def _units() -> tuple[UnitPlan, ...]:
    units = [UnitPlan(STREET, "街道", UnitKind.STREET, phone="0755-20000000")]
    units += [
        UnitPlan(name, name, kind, STREET, phone, "青榕路 1 号", is_always_open=open_)
        for name, kind, phone, open_ in _SECTIONS
    ]
    for number, (name, grids) in enumerate(COMMUNITIES.items(), start=1):
        community = f"{name}社区"
        units.append(
            UnitPlan(
                community,
                community,
                UnitKind.COMMUNITY,
                STREET,
                f"0755-2000002{number}",
                f"{name}路 8 号",
                is_always_open=True,
                residents=sum(_people(grids)),
            )
        )
        units += [
            UnitPlan(
                f"{name}第{grid}网格",
                f"{name}第{grid}网格",
                UnitKind.GRID,
                community,
                f"0755-2000002{number}",
                households=200 + 17 * grid,
                residents=residents,
            )
            for grid, residents in enumerate(_people(grids), start=1)
        ]
    units += [UnitPlan(name, name, UnitKind.OUTSIDE, STREET) for name in _OUTSIDE]
    return tuple(units)


def _people(grids: int) -> list[int]:
    """Return how many people live in each grid of a community: 3,400 on the average."""
    return [_PEOPLE_OF_GRID + 60 * (2 * grid - grids - 1) for grid in range(1, grids + 1)]


def _places() -> list[PlacePlan]:
    return [
        PlacePlan(
            estate,
            f"{name}社区",
            f"{name}第{1 + 2 * position}网格",
            is_border=estate in {"塘边街", "渡口街"},
        )
        for name, estates in _ESTATES.items()
        for position, estate in enumerate(estates)
    ]


def _letterheads() -> tuple[LetterheadPlan, ...]:
    return (
        LetterheadPlan(
            "street",
            STREET,
            PREFIX,
            "0755-20000000",
            "岭湾市滨河区青榕路 1 号",
            "凭编号拨打 0755-20000001，或到大厅扫回执二维码",
        ),
        LetterheadPlan(
            "committee",
            "青榕街道人民调解委员会",
            PREFIX,
            "0755-20000012",
            "岭湾市滨河区青榕路 1 号",
            "凭卷号拨打 0755-20000012",
        ),
    )


def estates(community: str) -> tuple[str, ...]:
    """Return the housing estates of a community by its short name (“榕东”)."""
    return _ESTATES[community]
