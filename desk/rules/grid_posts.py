"""Who may be named in a grid, and which number is hung up beside the name (网格队伍、三公开).

Only office numbers are hung up (DOMAIN.md 9.4); what somebody scored is for himself and the
secretary of his community alone.
"""

from datetime import date

from desk.rules.codes import Role, UnitKind
from desk.rules.contact_signs import is_private_number
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.grid_codes import GridPostKind
from desk.rules.rights import Person

MOST_HOUSEHOLDS = 5_000
OFFICE_ONLY = "对外公示只写办公电话，请不要写个人手机；空着就印网格或社区的电话。"


def require_post(kind: GridPostKind, unit: UnitKind, *, name: str, title: str) -> None:
    """Raise RuleBroken unless such a post may be in such a unit, and it is said who has it."""
    if kind is GridPostKind.SECRETARY and unit is not UnitKind.COMMUNITY:
        raise RuleBroken("社区书记请登记在社区，不在网格。", field="kind")
    if unit not in {UnitKind.COMMUNITY, UnitKind.GRID}:
        raise RuleBroken("请选一个社区或网格。", field="unit")
    if not name.strip():
        raise RuleBroken("请写姓名，或从人员里选。", field="name")
    if kind is GridPostKind.OTHER and not title.strip():
        raise RuleBroken("选“其他”时请写明怎么称呼，例如 小巷管家。", field="title")


def require_office_number(phone: str) -> None:
    """Raise RuleBroken for somebody's own mobile number."""
    if is_private_number(phone):
        raise RuleBroken(OFFICE_ONLY, field="phone")


def require_end(valid_from: date, last_day: date) -> None:
    """Raise RuleBroken unless somebody's last day is not before the first."""
    if last_day < valid_from:
        raise RuleBroken(f"最后一天不能早于上岗的 {valid_from:%Y-%m-%d}。", field="last_day")


def may_keep(person: Person, unit: int, community: int) -> bool:
    """Return whether the person writes who works in a grid or community of his own, or in all."""
    if person.is_built_in or Role.DISPATCHER in person.roles:
        return True
    return Role.COMMUNITY in person.roles and bool({unit, community} & person.unit_ids)


def require_secretary_named_by_other(person: Person, staff: int | None) -> None:
    """Raise NotAllowed where somebody names himself, or has no part in naming secretaries.

    Who is secretary reads what others scored: nobody gives himself that.
    """
    if Role.DISPATCHER not in person.roles and not person.is_built_in:
        raise NotAllowed("谁是社区书记由信联办登记，请告诉信联办。")
    if staff == person.staff_id:
        raise NotAllowed("不能把自己登记成社区书记，请由信联办另一位来办。")


def require_month(month: str, today: date) -> None:
    """Raise RuleBroken unless it is this month or an earlier one, written 2026-11."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise RuleBroken("月份请写成 2026-11。", field="month") from error
    if first > today:
        raise RuleBroken("这个月还没开始，过了再评。", field="month")
