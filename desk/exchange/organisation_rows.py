"""The organisation as rows of text (组织表): the same for the set-up forms and for the workbook.

Every row is judged by itself and against the others; what is not right is refused with a
sentence, what is right becomes the plan of a street.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from desk.actions.founding import (
    CategoryPlan,
    LetterheadPlan,
    PlacePlan,
    StaffPlan,
    StreetPlan,
    UnitPlan,
)
from desk.rules.codes import Role, UnitKind
from desk.rules.errors import RuleBroken
from desk.rules.wording import choices, from_label, label

SHORTEST_PASSWORD = 8
_YES, _NO = {"是", "有", "1", "√", "true"}, {"", "否", "无", "0", "false"}
_SEPARATORS = str.maketrans(",,;;/ ", "、、、、、、")
Row = Mapping[str, str]
Made = TypeVar("Made")


class Sheet(StrEnum):
    """The tables of an organisation, in the order in which they are filled."""

    STREET = "街道"
    UNITS = "单位"
    STAFF = "人员"
    PLACES = "小区地址"
    CATEGORIES = "类别"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, or one field of a form."""

    name: str
    hint: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    many: bool = False
    lines: int = 0  # of a long text; 0 is one line to type into
    secret: bool = False
    source: Sheet | None = None  # the options are the names in this table


def _labels(table: type[StrEnum], *, without: Sequence[StrEnum] = ()) -> tuple[str, ...]:
    return tuple(words for code, words in choices(table) if code not in without)


# The street and its letterhead are one row of many columns; on the sheet they stand below each
# other, which is easier to fill.
COLUMNS: Mapping[Sheet, tuple[Column, ...]] = {
    Sheet.STREET: (
        Column("街道名称", "例如：青榕街道", required=True),
        Column("城市", "例如：岭湾市", required=True),
        Column("区县", "例如：滨河区", required=True),
        Column("大厅名称", "登录页和文书上显示，空着就写“某某街道群众诉求服务大厅”"),
        Column("人口", "常住人口，可空"),
        Column("统一初始密码", "人员第一次登录要用，登录后必须更改；至少 8 位", secret=True),
        Column("发文机关", "文书落款，例如：青榕街道办事处", required=True),
        Column("机关代字", "文号开头，例如：青榕", required=True),
        Column("查询电话", "印在回执上", required=True),
        Column("办公地址", "印在文书上", required=True),
        Column("查询方式", "例如：凭编号来电或扫码查询"),
        Column("调委会名称", "有人民调解委员会时填写"),
        Column("调委会代字", "与街道的代字不能相同"),
    ),
    Sheet.UNITS: (
        Column("单位全称", required=True),
        Column("简称", "列表里显示，空着就用全称"),
        Column("类型", required=True, options=_labels(UnitKind), hint="信联办须有一个"),
        Column("上级单位", "街道本身和区直单位空着", source=Sheet.UNITS),
        Column("办公电话"),
        Column("户数", "社区、网格填写，可空"),
        Column("24 小时值守", options=("是", "否")),
        Column("常住人口", "社区、网格填写，可空；用来算万人诉求比"),
    ),
    Sheet.STAFF: (
        Column("工号", "字母和数字，登录用", required=True),
        Column("姓名", required=True),
        Column("单位", required=True, source=Sheet.UNITS),
        Column("岗位", "可选几个", required=True, options=_labels(Role), many=True),
        Column("窗口", "例如：窗口 2"),
        Column("办公电话"),
        Column("初始密码", "空着就用统一初始密码；管理员必须单写", secret=True),
    ),
    Sheet.PLACES: (
        Column("小区或楼栋", required=True),
        Column("社区", required=True, source=Sheet.UNITS),
        Column("网格", source=Sheet.UNITS),
        Column("交界地段", "受理时提醒先核实点位", options=("是", "否")),
    ),
    Sheet.CATEGORIES: (
        Column("一级类别", required=True),
        Column("二级类别"),
        Column("建议承办单位", source=Sheet.UNITS),
    ),
}
KEY_OF: Mapping[Sheet, str] = {sheet: columns[0].name for sheet, columns in COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken in, and why."""

    sheet: Sheet
    row: int  # as it is counted on the sheet or in the list
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What became of the rows.

    Attributes:
        plan: the street, or None while something essential is missing.
        missing: sentences about what the street still lacks.
    """

    plan: StreetPlan | None
    refused: tuple[Refused, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class Organisation:
    """All rows, each with its number; `street` is the one row of the street."""

    street: dict[str, str] = field(default_factory=dict)
    rows: dict[Sheet, list[dict[str, str]]] = field(
        default_factory=lambda: {sheet: [] for sheet in Sheet if sheet is not Sheet.STREET}
    )
    numbers: dict[Sheet, list[int]] = field(default_factory=dict)

    def number(self, sheet: Sheet, at: int) -> int:
        """Return how the row is counted where it came from."""
        known = self.numbers.get(sheet, [])
        return known[at] if at < len(known) else at + 1

    def names(self, sheet: Sheet) -> list[str]:
        """Return what the rows of a table are called."""
        return [row.get(KEY_OF[sheet], "") for row in self.rows.get(sheet, [])]


def planned(organisation: Organisation) -> Planned:
    """Return the plan of the street with every row that was refused, and what is missing."""
    judge = _Judge(organisation)
    units = judge.all(Sheet.UNITS, judge.unit)
    units = judge.without_circles(units)
    judge.units = {unit.name for unit in units}
    staff = judge.all(Sheet.STAFF, judge.member)
    places = judge.all(Sheet.PLACES, judge.place)
    categories = judge.all(Sheet.CATEGORIES, judge.category)
    missing = [*judge.street_missing(), *_missing(units, staff)]
    plan = None
    if not missing:
        plan = judge.street_plan(units, staff, places, _tops_first(categories))
    return Planned(plan, tuple(judge.refused), tuple(missing))


def _missing(units: Sequence[UnitPlan], staff: Sequence[StaffPlan]) -> list[str]:
    kinds = {unit.kind for unit in units}
    found = []
    if UnitKind.COORDINATION not in kinds:
        found.append(f"单位里还没有“{label(UnitKind.COORDINATION)}”，分拨要由它来做。")
    if UnitKind.COMMUNITY not in kinds:
        found.append("单位里还没有社区，地址要归到社区。")
    if not any(Role.ADMINISTRATOR in member.roles for member in staff):
        found.append("人员里还没有管理员，以后没有人能增减人员。")
    return found


def _tops_first(categories: Sequence[CategoryPlan]) -> list[CategoryPlan]:
    tops: dict[str, CategoryPlan] = {}
    for category in categories:
        if category.parent is None:
            tops[category.name] = category
        else:
            tops.setdefault(category.parent, CategoryPlan(category.parent))
    seconds = {(c.parent, c.name): c for c in categories if c.parent is not None}
    return [*tops.values(), *seconds.values()]


class _Judge:
    """Judges rows one by one and remembers what it refused."""

    def __init__(self, organisation: Organisation) -> None:
        self._all = organisation
        self.refused: list[Refused] = []
        self.units = set(organisation.names(Sheet.UNITS))
        self._seen: dict[Sheet, set[str]] = {sheet: set() for sheet in Sheet}

    def all(self, sheet: Sheet, one: Callable[[Row], Made]) -> list[Made]:
        """Return what became of the rows of a table."""
        made = []
        for at, row in enumerate(self._all.rows.get(sheet, [])):
            name = row.get(KEY_OF[sheet], "")
            try:
                self._require(sheet, row)
                if sheet is not Sheet.CATEGORIES:
                    self._require_new(sheet, name)
                made.append(one(row))
            except RuleBroken as error:
                number = self._all.number(sheet, at)
                self.refused.append(Refused(sheet, number, name, str(error)))
        return made

    def unit(self, row: Row) -> UnitPlan:
        """Return a unit."""
        name, parent = row["单位全称"], row.get("上级单位", "")
        if parent and (parent not in self.units or parent == name):
            raise RuleBroken(f"上级单位“{parent}”不在单位表里。")
        return UnitPlan(
            name=name,
            short_name=row.get("简称") or name,
            kind=from_label(UnitKind, row["类型"]),
            parent=parent or None,
            phone=row.get("办公电话") or None,
            households=_number(row.get("户数", ""), "户数"),
            residents=_number(row.get("常住人口", ""), "常住人口"),
            is_always_open=_yes(row.get("24 小时值守", ""), "24 小时值守"),
        )

    def without_circles(self, units: Sequence[UnitPlan]) -> list[UnitPlan]:
        """Return the units, parents before children; those that hang on no street are refused."""
        ordered: list[UnitPlan] = []
        rest = list(units)
        while rest:
            known = {unit.name for unit in ordered}
            ready = [unit for unit in rest if unit.parent is None or unit.parent in known]
            if not ready:
                break
            ordered += ready
            rest = [unit for unit in rest if unit not in ready]
        names = self._all.names(Sheet.UNITS)
        for unit in rest:
            number = self._all.number(Sheet.UNITS, names.index(unit.name))
            reason = f"上级单位“{unit.parent}”没有通过，或上级绕成了一圈。"
            self.refused.append(Refused(Sheet.UNITS, number, unit.name, reason))
        return ordered

    def member(self, row: Row) -> StaffPlan:
        """Return a member of staff."""
        login, password = row["工号"], row.get("初始密码", "")
        if not (login.isascii() and login.isalnum()):
            raise RuleBroken("工号只能用字母和数字。")
        self._require_unit(row["单位"])
        said = [word for word in row["岗位"].translate(_SEPARATORS).split("、") if word]
        roles = tuple(dict.fromkeys(from_label(Role, word) for word in said))
        if not password and Role.ADMINISTRATOR in roles:
            raise RuleBroken("管理员的初始密码请单独写，不用统一的。")
        password = password or self._all.street.get("统一初始密码", "")
        if len(password) < SHORTEST_PASSWORD:
            raise RuleBroken(f"初始密码至少 {SHORTEST_PASSWORD} 位（也可以填统一初始密码）。")
        return StaffPlan(
            login=login,
            name=row["姓名"],
            unit=row["单位"],
            roles=roles,
            password=password,
            desk_name=row.get("窗口") or None,
            phone=row.get("办公电话") or None,
        )

    def place(self, row: Row) -> PlacePlan:
        """Return a housing estate or building."""
        self._require_unit(row["社区"])
        if row.get("网格"):
            self._require_unit(row["网格"])
        border = _yes(row.get("交界地段", ""), "交界地段")
        return PlacePlan(row["小区或楼栋"], row["社区"], row.get("网格") or None, border)

    def category(self, row: Row) -> CategoryPlan:
        """Return a category."""
        unit = row.get("建议承办单位") or None
        if unit:
            self._require_unit(unit)
        top, second = row["一级类别"], row.get("二级类别", "")
        self._require_new(Sheet.CATEGORIES, f"{top}›{second}", f"{top} {second}".strip())
        return CategoryPlan(second or top, top if second else None, unit)

    def street_missing(self) -> list[str]:
        """Return what the street itself still lacks."""
        street = self._all.street
        found = [
            f"街道：还没有填“{column.name}”。"
            for column in COLUMNS[Sheet.STREET]
            if column.required and not street.get(column.name)
        ]
        try:
            _number(street.get("人口", ""), "人口")
        except RuleBroken as error:
            found.append(f"街道：{error}")
        committee = street.get("调委会名称"), street.get("调委会代字")
        if any(committee) and not all(committee):
            found.append("街道：调委会的名称和代字要一起填，或都空着。")
        elif committee[1] and committee[1] == street.get("机关代字"):
            found.append("街道：调委会的代字不能与街道的相同，两家的文号不能混用。")
        return found

    def street_plan(
        self,
        units: Sequence[UnitPlan],
        staff: Sequence[StaffPlan],
        places: Sequence[PlacePlan],
        categories: Sequence[CategoryPlan],
    ) -> StreetPlan:
        """Return the whole street."""
        street = self._all.street
        return StreetPlan(
            name=street["街道名称"],
            city=street["城市"],
            district=street["区县"],
            hall_name=street.get("大厅名称") or f"{street['街道名称']}群众诉求服务大厅",
            population=_number(street.get("人口", ""), "人口"),
            units=tuple(units),
            staff=tuple(staff),
            letterheads=tuple(self._letterheads(street)),
            places=tuple(places),
            categories=tuple(categories),
        )

    def _letterheads(self, street: Row) -> list[LetterheadPlan]:
        phone, address = street["查询电话"], street["办公地址"]
        hint = street.get("查询方式") or f"凭编号致电 {phone} 或到大厅查询"
        made = [
            LetterheadPlan("street", street["发文机关"], street["机关代字"], phone, address, hint)
        ]
        if street.get("调委会名称"):
            made.append(
                LetterheadPlan(
                    "committee", street["调委会名称"], street["调委会代字"], phone, address, hint
                )
            )
        return made

    def _require(self, sheet: Sheet, row: Row) -> None:
        for column in COLUMNS[sheet]:
            if column.required and not row.get(column.name):
                raise RuleBroken(f"还没有填“{column.name}”。")

    def _require_new(self, sheet: Sheet, key: str, shown: str = "") -> None:
        if key in self._seen[sheet]:
            raise RuleBroken(f"“{shown or key}”写了两次，请删去一行。")
        self._seen[sheet].add(key)

    def _require_unit(self, name: str) -> None:
        if name not in self.units:
            raise RuleBroken(f"单位“{name}”不在单位表里，或那一行没有通过。")


def _number(text: str, name: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise RuleBroken(f"“{name}”要写整数，现在是“{text}”。")
    return int(text)


def _yes(text: str, name: str) -> bool:
    word = text.strip().lower()
    if word not in _YES | _NO:
        raise RuleBroken(f"“{name}”请写“是”或“否”，现在是“{text}”。")
    return word in _YES
