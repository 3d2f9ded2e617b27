"""Administration (管理): units, addresses, categories, letterheads, settings, layouts.

Nothing is edited away: a changed row ends on a day and a new one begins (HOUSE.md decision 16).
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from desk.actions.booking_troubles import say_out_of_hours
from desk.actions.dated_rows import change_in_place, dated, renew, require_free, valid_row
from desk.actions.founding import (
    CategoryPlan,
    LetterheadPlan,
    PlacePlan,
    UnitPlan,
    add_unit_rows,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.opening_hours import say_week, week_of
from desk.rules.pinyin import initials
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import (
    Category,
    FormLayout,
    Letterhead,
    Place,
    Setting,
    Unit,
    UnitVersion,
)
from desk.store.open_spans import rewrite_open_spans
from desk.store.people import units_below
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUnit(Request):
    """Add a unit under a parent."""

    unit: UnitPlan
    parent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeUnit(Request):
    """Rename or move a unit from a day on; earlier cases keep the earlier name."""

    unit: int
    name: str = words("单位全称")
    short_name: str = words("单位简称")
    phone: str = words("办公电话", longest=40, default="")
    parent: int | None = None
    opening_hours: str | None = words("工作时间", longest=120, default=None)  # None: as they are
    is_always_open: bool | None = None  # None: as it is
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPlace(Request):
    """Add a housing estate or building."""

    place: PlacePlan
    community: int
    grid: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCategory(Request):
    """Add a category, at the top or below another."""

    category: CategoryPlan
    parent: int | None = None
    unit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireRow(Request):
    """Retire a place or category (停用): it is no longer offered, old cases keep it."""

    kind: str  # "place" or "category"
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLetterhead(Request):
    """Change a letterhead from today."""

    letterhead: LetterheadPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSetting(Request):
    """Set one setting of the hall from today. Made: {"then": which bookings must be moved now}."""

    key: str = words("设置", longest=60)
    value: Any = words("设置的值", Field.BODY)  # noqa: RUF009 - declares a field, as everywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLayout(Request):
    """Use the hall's own layout of a paper from today, or ours again with None."""

    code: str
    toml: str | None = words("版式", Field.BODY, default=None)


@action(AddUnit, "unit.added")
def add_unit(tx: Transaction, request: AddUnit) -> Changes:
    """Add a unit; its name must be free.

    Raises:
        RuleBroken: the name is taken, or its hours cannot be read.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    _require_names(tx, request.unit.name, request.unit.short_name)
    position = tx.session.scalar(select(func.count(UnitVersion.id))) or 0
    plan = replace(request.unit, opening_hours=_own_hours(request.unit.opening_hours))
    unit = add_unit_rows(tx, plan, request.parent, tx.today, position)
    return Changes(f"增加单位 {request.unit.name}", made={"unit": unit})


@action(ChangeUnit, "unit.changed")
def change_unit(tx: Transaction, request: ChangeUnit) -> Changes:
    """End the unit's present version and begin a new one.

    Raises:
        RuleBroken: a name is empty or another unit's, the unit would stand below itself, or its
            hours cannot be read.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    _require_names(tx, request.name, request.short_name, except_unit=request.unit)
    if request.parent in units_below(tx.session, request.unit, tx.today):
        raise RuleBroken("上级单位不能是它自己或它的下级。", field="parent")
    old = valid_row(tx, UnitVersion, UnitVersion.unit_id == request.unit, request.valid_from)
    tx.watch(old)
    fresh: dict[str, Any] = {
        "name": request.name,
        "short_name": request.short_name,
        "phone": request.phone or None,
        "parent_id": request.parent,
    }
    if request.opening_hours is not None:
        fresh["opening_hours"] = _own_hours(request.opening_hours)
    if request.is_always_open is not None:
        unit = tx.session.get_one(Unit, request.unit)
        change_in_place(tx, unit, {"is_always_open": request.is_always_open})
    renew(tx, old, request.valid_from, fresh)
    return Changes(f"更改单位 {request.name}，自 {request.valid_from:%Y-%m-%d} 起")


def _own_hours(text: str | None) -> str | None:
    return say_week(week_of(text, "opening_hours")) if text and text.strip() else None


def _require_names(
    tx: Transaction, name: str, short_name: str, *, except_unit: int | None = None
) -> None:
    other = UnitVersion.unit_id.is_distinct_from(except_unit)
    require_free(tx, UnitVersion, (UnitVersion.name == name) & other, "单位", name)
    if not short_name.strip():
        raise RuleBroken("单位的简称还没有写，看板和派单要用它。", field="short_name")


@action(AddPlace, "place.added")
def add_place(tx: Transaction, request: AddPlace) -> Changes:
    """Add a housing estate or building; its name must be free."""
    require_hall(Deed.ADMINISTER, tx.person)
    plan = request.place
    require_free(tx, Place, Place.name == plan.name, "小区", plan.name)
    place = Place(
        id=new_id(),
        street_id=tx.street_id,
        name=plan.name,
        community_id=request.community,
        grid_id=request.grid,
        is_border=plan.is_border,
        pinyin=initials(plan.name),
    )
    tx.add(place)
    return Changes(f"增加小区 {plan.name}", made={"place": place.id})


@action(AddCategory, "category.added")
def add_category(tx: Transaction, request: AddCategory) -> Changes:
    """Add a category; its name must be free below its parent."""
    require_hall(Deed.ADMINISTER, tx.person)
    name = request.category.name
    same = (Category.name == name) & (Category.parent_id.is_not_distinct_from(request.parent))
    require_free(tx, Category, same, "类别", name)
    position = tx.session.scalar(select(func.count(Category.id))) or 0
    row = Category(
        id=new_id(),
        street_id=tx.street_id,
        parent_id=request.parent,
        name=name,
        pinyin=initials(name),
        unit_id=request.unit,
        position=position,
    )
    tx.add(row)
    return Changes(f"增加类别 {name}", made={"category": row.id})


@action(RetireRow, "row.retired")
def retire_row(tx: Transaction, request: RetireRow) -> Changes:
    """Stop offering a place or category.

    Raises:
        RuleBroken: it is not there.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    table: Any = {"place": Place, "category": Category}.get(request.kind)
    row = tx.session.get(table, request.row) if table else None
    if row is None or row.street_id != tx.street_id:
        raise RuleBroken("找不到要停用的一行，请刷新后再试。")
    tx.watch(row)
    row.valid_to = tx.today
    return Changes(f"停用 {row.name}")


@action(SetLetterhead, "letterhead.set")
def set_letterhead(tx: Transaction, request: SetLetterhead) -> Changes:
    """Use a changed letterhead from today."""
    require_hall(Deed.ADMINISTER, tx.person)
    plan = request.letterhead
    if plan.body not in {"street", "committee"}:
        raise RuleBroken("抬头只有街道和调委会两种。", field="body")
    if not plan.prefix.strip():
        raise RuleBroken("代字不能空，文号要用它。", field="prefix")
    old = valid_row(tx, Letterhead, Letterhead.body == plan.body, tx.today)
    tx.watch(old)
    fresh = {
        name: getattr(plan, name) for name in ("issuer", "prefix", "phone", "address", "query_hint")
    }
    renew(tx, old, tx.today, fresh)
    return Changes(f"更改抬头 {plan.issuer}")


@action(SetSetting, "setting.set")
def set_setting(tx: Transaction, request: SetSetting) -> Changes:
    """Set one setting from today.

    Raises:
        RuleBroken: opening hours that cannot be read; every intake would stumble over them.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    if request.key == "opening_hours":
        week_of(str(request.value))
    dated(tx, Setting, Setting.key == request.key, {"key": request.key, "value": request.value})
    then = ""
    if request.key == "opening_hours":
        rewrite_open_spans(tx, tx.today)
        then = say_out_of_hours(tx)
    return Changes("更改设置", made={"then": then}, detail=request.key)


@action(SetLayout, "layout.set")
def set_layout(tx: Transaction, request: SetLayout) -> Changes:
    """Use the hall's own layout of a paper from today, or ours again."""
    require_hall(Deed.ADMINISTER, tx.person)
    same = FormLayout.code == request.code
    values = {"code": request.code, "toml": request.toml} if request.toml else None
    dated(tx, FormLayout, same, values)
    return Changes("更改文书版式", detail=request.code)
