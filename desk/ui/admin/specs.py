"""Which registers the page has (管理的登记册): columns, where from, and what saving asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desk.actions.administration import (
    AddCategory,
    AddPlace,
    AddUnit,
    ChangeUnit,
    RetireRow,
    SetLetterhead,
    SetSetting,
)
from desk.actions.founding import CategoryPlan, LetterheadPlan, PlacePlan, StaffPlan, UnitPlan
from desk.actions.staffing import AddStaff, ChangeStaff, EndStaff
from desk.exchange.organisation_rows import COLUMNS, Column, Sheet
from desk.queries import administration as registers
from desk.queries.administration import Load, Record, Register
from desk.rules.codes import Role, UnitKind
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.hall_settings import SETTINGS
from desk.rules.moments import day_of
from desk.rules.opening_hours import EXAMPLE
from desk.rules.wording import from_label
from desk.ui.desk import ByMe

Values = Mapping[str, str]
Save = Callable[[ByMe, Register, Record | None, Values], Any]
Retire = Callable[[ByMe, Record], Any]

_EFFECTIVE = Column("生效日期", "写作 2026-11-23；从那天零点起用", required=True)


@dataclass(frozen=True, slots=True)
class RegisterSpec:
    """One register: what the list and the form show, and what saving and retiring ask for.

    Attributes:
        fresh: the words on the button for a new line; none where lines are given.
        only_fresh: columns that only a new line fills in; later they are read only.
        retire_question: what is asked before a line is retired.
        columns_of: which column a request's field is about.
        deed: what somebody must be allowed to do to find this register.
    """

    label: str
    advice: str
    columns: tuple[Column, ...]
    load: Load
    save: Save
    fresh: str = ""
    only_fresh: tuple[str, ...] = ()
    retire: Retire | None = None
    retire_label: str = "停用"
    retire_question: str = ""
    deed: Deed = Deed.ADMINISTER
    columns_of: Mapping[str, str] = field(default_factory=dict)


def a_day(text: str, part: str = "valid_from") -> date:
    """Return the day that was written; raises RuleBroken."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise RuleBroken(f"日期“{text}”看不懂，请写作 2026-11-23。", field=part) from error


def an_id(register: Register, name: str, part: str) -> int | None:
    """Return what a chosen name stands for; raises RuleBroken for a name not in the list."""
    if not name:
        return None
    if name not in register.ids:
        raise RuleBroken(f"列表里没有“{name}”，请从列表里选一项。", field=part)
    return register.ids[name]


def _must_id(register: Register, name: str, part: str) -> int:
    found = an_id(register, name, part)
    if found is None:
        raise RuleBroken("这一栏必填，请从列表里选一项。", field=part)
    return found


def _save_unit(me: ByMe, register: Register, record: Record | None, values: Values) -> Any:
    parent = an_id(register, values["上级单位"], "parent")
    name, short = values["单位全称"], values["简称"] or values["单位全称"]
    if record is None:
        kind = from_label(UnitKind, values["类型"])
        plan = UnitPlan(
            name,
            short,
            kind,
            phone=values["办公电话"] or None,
            is_always_open=values["24 小时值守"] == "是",
            opening_hours=values["工作时间"] or None,
        )
        return AddUnit(**me, unit=plan, parent=parent)
    return ChangeUnit(
        **me,
        unit=record.id,
        name=name,
        short_name=short,
        phone=values["办公电话"],
        parent=parent,
        opening_hours=values["工作时间"],
        is_always_open=values["24 小时值守"] == "是",
        valid_from=a_day(values["生效日期"]),
    )


def _save_member(me: ByMe, register: Register, record: Record | None, values: Values) -> Any:
    words = [word for word in values["岗位"].split("、") if word]
    roles = tuple(from_label(Role, word) for word in words)
    unit = _must_id(register, values["单位"], "unit")
    ends = a_day(values["有效期至"], "valid_to") if values["有效期至"] else None
    if record is not None:
        return ChangeStaff(
            **me,
            staff=record.id,
            name=values["姓名"],
            unit=unit,
            roles=roles,
            desk_name=values["窗口"],
            phone=values["办公电话"],
            valid_to=ends,
        )
    plan = StaffPlan(
        login=values["工号"],
        name=values["姓名"],
        unit=values["单位"],
        roles=roles,
        password=values["初始密码"],
        desk_name=values["窗口"] or None,
        phone=values["办公电话"] or None,
        valid_to=ends,
    )
    return AddStaff(**me, staff=plan, unit=unit)


def _end_member(me: ByMe, record: Record) -> Any:
    return EndStaff(**me, staff=record.id, valid_to=day_of(me["happened_at"]))


def _save_place(me: ByMe, register: Register, _record: Record | None, values: Values) -> Any:
    community = _must_id(register, values["社区"], "community")
    grid = an_id(register, values["网格"], "grid")
    plan = PlacePlan(
        values["小区或楼栋"], values["社区"], values["网格"] or None, values["交界地段"] == "是"
    )
    return AddPlace(**me, place=plan, community=community, grid=grid)


def _save_category(me: ByMe, register: Register, _record: Record | None, values: Values) -> Any:
    top = values["上级类别"]
    parent = an_id(register, f"›{top}" if top else "", "parent")
    unit = an_id(register, values["建议承办单位"], "unit")
    plan = CategoryPlan(values["名称"], top or None, values["建议承办单位"] or None)
    return AddCategory(**me, category=plan, parent=parent, unit=unit)


def _save_letterhead(me: ByMe, _register: Register, record: Record | None, values: Values) -> Any:
    assert record is not None  # noqa: S101 - letterheads are given, none is new
    plan = LetterheadPlan(
        record.id,
        values["发文机关"],
        values["机关代字"],
        values["查询电话"],
        values["办公地址"],
        values["查询方式"],
    )
    return SetLetterhead(**me, letterhead=plan)


def _save_setting(me: ByMe, _register: Register, record: Record | None, values: Values) -> Any:
    assert record is not None  # noqa: S101 - settings are given, none is new
    value = SETTINGS[record.id].read(values["现在的值"])
    return SetSetting(**me, key=record.id, value=value)


def _retire(kind: str) -> Retire:
    return lambda me, record: RetireRow(**me, kind=kind, row=record.id)


_UNIT = {c.name: c for c in COLUMNS[Sheet.UNITS]}
_MEMBER = COLUMNS[Sheet.STAFF]

SPECS: tuple[RegisterSpec, ...] = (
    RegisterSpec(
        "单位",
        "改名或改上级从生效日期起算；以前的案件仍显示当时的名称。",
        (
            _UNIT["单位全称"], _UNIT["简称"], _UNIT["类型"], _UNIT["上级单位"],
            _UNIT["办公电话"], _UNIT["24 小时值守"],
            Column("工作时间", f"空着就按大厅的；例如 {EXAMPLE}", lines=2), _EFFECTIVE,
        ),
        registers.unit_register,
        _save_unit,
        fresh="新增单位",
        only_fresh=("类型",),
        columns_of={
            "name": "单位全称", "short_name": "简称", "parent": "上级单位",
            "opening_hours": "工作时间", "valid_from": "生效日期",
        },
    ),
    RegisterSpec(
        "人员",
        "岗位决定能看什么、能做什么。离岗的人不能再登录，做过的事都留着。",
        (
            *_MEMBER[:-1],
            Column("有效期至", "驻场第三方必填，最长一年；别人可空，例如 2026-12-31"),
            Column("初始密码", "第一次登录后必须更改", secret=True),
        ),
        registers.staff_register,
        _save_member,
        fresh="新增人员",
        only_fresh=("工号", "初始密码"),
        retire=_end_member,
        retire_label="离岗",
        retire_question="从今天起不能再登录；他手里的案件请另行改派。",
        columns_of={
            "login": "工号", "roles": "岗位", "unit": "单位", "password": "初始密码",
            "name": "姓名", "valid_to": "有效期至",
        },
    ),
    RegisterSpec(
        "小区地址",
        "受理时选小区就带出社区和网格。停用后不再出现，旧案件仍保留。",
        COLUMNS[Sheet.PLACES],
        registers.place_register,
        _save_place,
        fresh="新增小区",
        only_fresh=tuple(column.name for column in COLUMNS[Sheet.PLACES]),
        retire=_retire("place"),
        retire_question="停用后受理时不再出现，旧案件仍保留。",
        columns_of={"name": "小区或楼栋", "community": "社区", "grid": "网格"},
    ),
    RegisterSpec(
        "类别",
        "两级。停用后受理时不再出现，旧案件仍保留原来的类别。",
        (
            Column("上级类别", "一级类别空着", source=Sheet.CATEGORIES),
            Column("名称", required=True),
            Column("建议承办单位", source=Sheet.UNITS),
        ),
        registers.category_register,
        _save_category,
        fresh="新增类别",
        only_fresh=("上级类别", "名称", "建议承办单位"),
        retire=_retire("category"),
        retire_question="停用后受理时不再出现，旧案件仍保留原来的类别。",
        columns_of={"name": "名称", "parent": "上级类别", "unit": "建议承办单位"},
    ),
    RegisterSpec(
        "抬头",
        "文书用谁的名义、文号怎么开头。从今天起新出的文书用新抬头，已出的不变。",
        tuple(c for c in COLUMNS[Sheet.STREET][6:] if not c.name.startswith("调委会")),
        registers.letterhead_register,
        _save_letterhead,
        columns_of={"prefix": "机关代字"},
    ),
    RegisterSpec(
        "设置",
        "全厅共用，从今天起生效。",
        (Column("现在的值", required=True),),
        registers.setting_register,
        _save_setting,
        columns_of={"value": "现在的值"},
    ),
)  # fmt: skip
