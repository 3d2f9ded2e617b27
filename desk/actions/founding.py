"""Founding a street (建立街道): the whole organisation in one command, from whatever plan.

The set-up screens, the organisation workbook and the demo street all end in one `FoundStreet`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.actions.residents import residents_from
from desk.rules.codes import Role, UnitKind
from desk.rules.deadlines import TimeRule
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.pinyin import initials
from desk.rules.residents import MOST_PEOPLE
from desk.rules.rights import require_hall
from desk.rules.rule_sets import FIRST_SETS, RULE_SETS
from desk.rules.text_gate import Field
from desk.store.gate import amount, as_typed, words
from desk.store.ids import new_id
from desk.store.models import (
    Category,
    Letterhead,
    Place,
    Setting,
    Staff,
    StaffRole,
    StaffSecret,
    Street,
    TimeRuleRow,
    Unit,
    UnitVersion,
)
from desk.store.pg_logins import kept_password, set_groups
from desk.store.requests import Changes, Request, action
from desk.store.signing_in import BUILT_IN_LOGIN
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit to be: its parent is named, units of the street itself have none."""

    name: str
    short_name: str
    kind: UnitKind
    parent: str | None = None
    phone: str | None = words("办公电话", longest=40, default=None)
    address: str | None = None
    households: int | None = amount("户数", most=10_000_000, default=None)
    residents: int | None = amount("常住人口", most=MOST_PEOPLE, default=None)
    is_always_open: bool = False
    opening_hours: str | None = words("工作时间", longest=120, default=None)  # none: the hall's


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """A member of staff to be."""

    login: str = words("工号", longest=40)
    name: str = words("姓名", Field.NAME)
    unit: str = words("单位")
    roles: tuple[Role, ...] = words("岗位")
    password: str = as_typed()
    desk_name: str | None = words("窗口", longest=40, default=None)
    phone: str | None = words("办公电话", longest=40, default=None)
    valid_to: date | None = None  # outside staff end by themselves (驻场第三方)


@dataclass(frozen=True, slots=True)
class PlacePlan:
    """A housing estate or building to be."""

    name: str
    community: str
    grid: str | None = None
    is_border: bool = False


@dataclass(frozen=True, slots=True)
class CategoryPlan:
    """A category to be; second-level ones name their parent."""

    name: str
    parent: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class LetterheadPlan:
    """Under whose name papers go out."""

    body: str
    issuer: str
    prefix: str = words("代字", longest=24)
    phone: str = words("电话")
    address: str = words("地址")
    query_hint: str = words("查询方式")


@dataclass(frozen=True, slots=True)
class StreetPlan:
    """A whole street to be."""

    name: str
    city: str
    district: str
    hall_name: str
    units: tuple[UnitPlan, ...]
    staff: tuple[StaffPlan, ...]
    letterheads: tuple[LetterheadPlan, ...]
    places: tuple[PlacePlan, ...] = ()
    categories: tuple[CategoryPlan, ...] = ()
    population: int | None = amount("人口", most=MOST_PEOPLE, default=None)
    is_demo: bool = False
    settings: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStreet(Request):
    """Found the street of an empty database; made by its built-in staff, who is created first."""

    plan: StreetPlan
    valid_from: date = date(2020, 1, 1)


@action(FoundStreet, "street.founded")
def found_street(tx: Transaction, request: FoundStreet) -> Changes:
    """Create the street with its units, staff, addresses, categories, letterheads and rules.

    Raises:
        RuleBroken: a plan row names something that is not there, or nobody may administer.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    plan, start = request.plan, request.valid_from
    if not any(Role.ADMINISTRATOR in staff.roles for staff in plan.staff):
        raise RuleBroken("至少要有一名管理员，否则以后没有人能增减人员。", field="staff")
    tx.add(
        Street(
            id=tx.street_id,
            name=plan.name,
            city=plan.city,
            district=plan.district,
            hall_name=plan.hall_name,
            is_demo=plan.is_demo,
        )
    )
    tx.add(*residents_from(tx, None, plan.population, start))
    units = _add_units(tx, plan, start)
    _add_staff(tx, plan, units, start)
    _add_places(tx, plan, units)
    _add_categories(tx, plan, units)
    for head in plan.letterheads:
        tx.add(_letterhead(tx, head, start))
    tx.add(*(time_rule_row(tx, rule, start) for name in FIRST_SETS for rule in RULE_SETS[name]))
    for key, value in (plan.settings or {}).items():
        tx.add(
            Setting(
                id=new_id(),
                street_id=tx.street_id,
                key=key,
                value=value,
                valid_from=start,
                valid_to=None,
            )
        )
    return Changes(f"建立街道 {plan.name}", made={"street": tx.street_id})


def _named(units: Mapping[str, int], name: str, what: str) -> int:
    if name not in units:
        raise RuleBroken(f"{what}写的单位“{name}”不在单位表里，请先在单位表中添上，或改正名称。")
    return units[name]


def _add_units(tx: Transaction, plan: StreetPlan, start: date) -> dict[str, int]:
    ids: dict[str, int] = {}
    for position, unit in enumerate(plan.units):
        if unit.name in ids:
            raise RuleBroken(f"单位“{unit.name}”写了两次，请删去一行。", field="units")
        parent = None if unit.parent is None else _named(ids, unit.parent, f"“{unit.name}”的上级")
        ids[unit.name] = add_unit_rows(tx, unit, parent, start, position)
    return ids


def add_unit_rows(
    tx: Transaction, unit: UnitPlan, parent: int | None, start: date, position: int
) -> int:
    """Insert a unit with its first version and return its id."""
    unit_id = new_id()
    tx.add(
        Unit(
            id=unit_id,
            street_id=tx.street_id,
            kind=unit.kind,
            successor_id=None,
            is_always_open=unit.is_always_open,
        )
    )
    tx.add(
        UnitVersion(
            id=new_id(),
            street_id=tx.street_id,
            unit_id=unit_id,
            name=unit.name,
            short_name=unit.short_name,
            parent_id=parent,
            phone=unit.phone,
            address=unit.address,
            households=unit.households,
            opening_hours=unit.opening_hours,
            position=position,
            valid_from=start,
            valid_to=None,
        )
    )
    tx.add(*residents_from(tx, unit_id, unit.residents, start))
    return unit_id


def _add_staff(tx: Transaction, plan: StreetPlan, units: Mapping[str, int], start: date) -> None:
    first = next(iter(units.values()))
    tx.add(
        Staff(
            id=tx.person.staff_id,
            street_id=tx.street_id,
            login=BUILT_IN_LOGIN,
            name="命令行",
            unit_id=first,
            desk_name=None,
            phone=None,
            is_built_in=True,
            valid_from=start,
            valid_to=None,
        )
    )
    for staff in plan.staff:
        add_staff_rows(tx, staff, _named(units, staff.unit, f"人员“{staff.name}”"), start)


def add_staff_rows(tx: Transaction, staff: StaffPlan, unit_id: int, start: date) -> int:
    """Insert a member of staff with roles, password and login, and return the id."""
    if not staff.login.isascii() or not staff.login.strip():
        raise RuleBroken(f"{staff.name}的工号只能用字母和数字，请改正。", field="login")
    staff_id = new_id()
    tx.add(
        Staff(
            id=staff_id,
            street_id=tx.street_id,
            login=staff.login,
            name=staff.name,
            unit_id=unit_id,
            desk_name=staff.desk_name,
            phone=staff.phone,
            is_built_in=False,
            valid_from=start,
            valid_to=staff.valid_to,
        )
    )
    tx.add(
        *(
            StaffRole(
                id=new_id(),
                street_id=tx.street_id,
                staff_id=staff_id,
                role=role,
                valid_from=start,
                valid_to=None,
            )
            for role in staff.roles
        )
    )
    # argon2 is slow on purpose; plans often repeat one password
    verifier = tx.once(
        ("password", staff.login if tx.is_shared else staff.password),
        lambda: kept_password(tx.session, staff.login, staff.password, staff.valid_to),
    )
    set_groups(tx.session, staff.login, staff.roles)
    tx.add(
        StaffSecret(
            staff_id=staff_id,
            street_id=tx.street_id,
            verifier=verifier,
            must_change=not _is_chosen(staff),
            changed_at=tx.now,
        ),
    )
    return staff_id


def _is_chosen(staff: StaffPlan) -> bool:
    """Return whether the person chose the password himself: only the founding administrator did."""
    return Role.ADMINISTRATOR in staff.roles


def _add_places(tx: Transaction, plan: StreetPlan, units: Mapping[str, int]) -> None:
    tx.add(
        *(
            Place(
                id=new_id(),
                street_id=tx.street_id,
                name=place.name,
                parent_id=None,
                community_id=_named(units, place.community, f"小区“{place.name}”"),
                grid_id=(_named(units, place.grid, f"小区“{place.name}”") if place.grid else None),
                is_border=place.is_border,
                pinyin=initials(place.name),
                valid_to=None,
            )
            for place in plan.places
        )
    )


def _add_categories(tx: Transaction, plan: StreetPlan, units: Mapping[str, int]) -> None:
    tops: dict[str, int] = {}
    for position, category in enumerate(plan.categories):
        category_id = new_id()
        if category.parent is None:
            tops[category.name] = category_id
        elif category.parent not in tops:
            raise RuleBroken(f"类别“{category.name}”的上级“{category.parent}”还没有，请先写上级。")
        tx.add(
            Category(
                id=category_id,
                street_id=tx.street_id,
                parent_id=tops[category.parent] if category.parent else None,
                name=category.name,
                pinyin=initials(category.name),
                unit_id=(
                    _named(units, category.unit, f"类别“{category.name}”")
                    if category.unit
                    else None
                ),
                position=position,
                valid_to=None,
            )
        )


def _letterhead(tx: Transaction, head: LetterheadPlan, start: date) -> Letterhead:
    return Letterhead(
        id=new_id(),
        street_id=tx.street_id,
        body=head.body,
        issuer=head.issuer,
        prefix=head.prefix,
        phone=head.phone,
        address=head.address,
        query_hint=head.query_hint,
        seal_mm=42,
        valid_from=start,
        valid_to=None,
    )


def time_rule_row(tx: Transaction, rule: TimeRule, start: date) -> TimeRuleRow:
    """Return a limit as a row of the hall, in force from a day on."""
    return TimeRuleRow(
        id=new_id(),
        street_id=tx.street_id,
        kind=rule.kind,
        unit=rule.unit,
        value=rule.value,
        start_event=rule.start_event,
        stop_event=rule.stop_event,
        urgency=rule.urgency,
        is_complex=rule.is_complex,
        channel=rule.channel,
        category_id=rule.category,
        is_again=rule.is_again,
        rollover=rule.rollover,
        pausable=rule.pausable,
        is_legal=rule.is_legal,
        most_days=rule.most_days,
        remind_value=rule.remind_value,
        remind_unit=rule.remind_unit,
        rule_set=rule.rule_set,
        source=rule.source,
        valid_from=start,
        valid_to=None,
    )
