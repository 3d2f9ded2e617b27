"""Staff in and out (人员): logins, roles, passwords."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update

from desk.actions.founding import StaffPlan, add_staff_rows
from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.login_rules import PasswordRules, ends_on
from desk.rules.outside_staff import require_terms
from desk.rules.rights import TWO_PEOPLE, require_hall
from desk.rules.text_gate import Field
from desk.store.gate import as_typed, words
from desk.store.ids import new_id
from desk.store.models import Staff, StaffRole, StaffSecret, Unit
from desk.store.models.hall import today_rows
from desk.store.passwords import require_good_password, require_new_password
from desk.store.people import roles_of
from desk.store.pg_logins import end_login, is_login_taken, kept_password, set_groups
from desk.store.requests import Changes, Request, action
from desk.store.second_lock import is_own_password
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AddStaff(Request):
    """Add a member of staff with roles and a first password."""

    staff: StaffPlan
    unit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndStaff(Request):
    """End a member of staff's access from a day on; his history stays."""

    staff: int
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStaff(Request):
    """Change what is known of a member of staff and his roles; the login stays his for ever."""

    staff: int
    name: str = words("姓名", Field.NAME)
    unit: int
    roles: tuple[Role, ...]
    desk_name: str = words("窗口", longest=40, default="")
    phone: str = words("办公电话", longest=40, default="")
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword(Request):
    """Give a member of staff a new first password."""

    staff: int
    password: str = as_typed()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword(Request):
    """Change one's own password."""

    old: str = as_typed()
    new: str = as_typed()


@action(AddStaff, "staff.added")
def add_staff(tx: Transaction, request: AddStaff) -> Changes:
    """Add a member of staff; the login must be free.

    Raises:
        RuleBroken: login taken or not ASCII, or no role.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    _require_roles(request.staff.roles)
    require_terms(request.staff.roles, request.staff.valid_to, tx.today)
    _require_facts(tx, request.staff.name, request.unit)
    if is_login_taken(tx.session, request.staff.login):
        raise RuleBroken(f"工号 {request.staff.login} 已有人用，请换一个。", field="login")
    staff = add_staff_rows(tx, request.staff, request.unit, tx.today)
    return Changes(f"增加人员 {request.staff.name}", made={"staff": staff})


@action(EndStaff, "staff.ended")
def end_staff(tx: Transaction, request: EndStaff) -> Changes:
    """End a member of staff's access.

    Raises:
        RuleBroken: the last administrator would go.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    staff = _staff(tx, request.staff)
    if request.valid_to < staff.valid_from:
        raise RuleBroken(
            f"离岗日期不能早于到岗日期 {staff.valid_from:%Y-%m-%d}。", field="valid_to"
        )
    _require_administrator_left(tx, without=staff.id)
    tx.watch(staff)
    staff.valid_to = request.valid_to
    if request.valid_to <= tx.today:  # for a later day the server looks at the date itself
        end_login(tx.session, staff.login)
    return Changes(f"{staff.name}离岗")


@action(ChangeStaff, "staff.changed")
def change_staff(tx: Transaction, request: ChangeStaff) -> Changes:
    """Change a member of staff from today; the history line keeps what was known of him before.

    Raises:
        RuleBroken: no name, unknown unit, no role, the last administrator would go, or somebody
            gives himself other rights.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    staff = _staff(tx, request.staff)
    _require_facts(tx, request.name, request.unit)
    _require_not_oneself(tx, staff, request)
    require_terms(request.roles, request.valid_to, tx.today)
    _give_roles(tx, staff.id, request.roles)
    tx.watch(staff)
    staff.name = request.name
    staff.unit_id = request.unit
    staff.desk_name = request.desk_name or None
    staff.phone = request.phone or None
    staff.valid_to = request.valid_to
    tx.session.flush()
    set_groups(tx.session, staff.login, request.roles)
    return Changes(f"更改人员 {staff.name}")


@action(ResetPassword, "staff.password_reset")
def reset_password(tx: Transaction, request: ResetPassword) -> Changes:
    """Give a member of staff a new first password; it must be changed at sign-in."""
    require_hall(Deed.ADMINISTER, tx.person)
    staff = _staff(tx, request.staff)
    rules = require_good_password(tx, staff, request.password, "password")
    _set_password(tx, staff, request.password, rules, must_change=True)
    # on a server that was set up anew from a copy, this is how logins come back
    set_groups(tx.session, staff.login, roles_of(tx.session, [staff.id], tx.today))
    return Changes(f"重设 {staff.name} 的密码")


@action(ChangePassword, "staff.password_changed")
def change_password(tx: Transaction, request: ChangePassword) -> Changes:
    """Change one's own password.

    Raises:
        NotAllowed: the old password is wrong, or the new one is too weak or not new.
    """
    if not is_own_password(tx.session, tx.person, request.old):
        raise NotAllowed("原密码不对，请再输一次。", field="old")
    if request.old == request.new:
        raise NotAllowed("新密码和原密码一样，请换一个。", field="new")
    me = tx.session.get_one(Staff, tx.person.staff_id)
    rules = require_good_password(tx, me, request.new, "new")
    require_new_password(tx, me, request.new, rules.kept)
    _set_password(tx, me, request.new, rules, must_change=False)
    return Changes("更改自己的密码")


def _staff(tx: Transaction, staff_id: int) -> Staff:
    staff = tx.session.get(Staff, staff_id)
    if staff is None or staff.street_id != tx.street_id or staff.is_built_in:
        raise RuleBroken("找不到这名人员，请刷新后再试。", field="staff")
    return staff


def _require_facts(tx: Transaction, name: str, unit_id: int) -> None:
    if not name.strip():
        raise RuleBroken("请写姓名。", field="name")
    tx.own(Unit, unit_id, "所选的单位不在单位表里，请重新选择。", field="unit")


def _require_not_oneself(tx: Transaction, staff: Staff, request: ChangeStaff) -> None:
    """Let nobody give himself rights: who keeps the machine looks at no content (DOMAIN.md 5.5)."""
    if staff.id != tx.person.staff_id:
        return
    if request.unit != staff.unit_id:
        raise RuleBroken("自己的单位不能自己改，请另一名管理员来改。", field="unit")
    if frozenset(request.roles) != tx.person.roles:
        if Role.ADMINISTRATOR not in request.roles:
            _require_administrator_left(tx, without=staff.id)
        raise RuleBroken("自己的岗位不能自己改，请另一名管理员来改。", field="roles")


def _require_roles(roles: tuple[Role, ...]) -> None:
    """Require a role, and that who makes staff is not who checks what was done (三权分立)."""
    if not roles:
        raise RuleBroken("请至少选一个岗位。", field="roles")
    if frozenset(roles) >= TWO_PEOPLE:
        raise RuleBroken("管理员和审计要由两个人担任，请只选一个。", field="roles")


def _give_roles(tx: Transaction, staff_id: int, roles: tuple[Role, ...]) -> None:
    _require_roles(roles)
    if Role.ADMINISTRATOR not in roles:
        _require_administrator_left(tx, without=staff_id)
    held = tx.session.scalars(
        select(StaffRole).where(StaffRole.staff_id == staff_id, today_rows(StaffRole, tx.today))
    ).all()
    for row in held:
        if row.role not in roles:
            row.valid_to = tx.today
    known = {row.role for row in held}
    tx.session.flush()
    for role in roles:
        if role not in known:
            _grant(tx, staff_id, role)


def _grant(tx: Transaction, staff_id: int, role: Role) -> None:
    row = tx.session.scalar(
        select(StaffRole).where(
            StaffRole.staff_id == staff_id,
            StaffRole.role == role,
            StaffRole.valid_from == tx.today,
        )
    )
    if row is not None:  # taken away and given back on one day
        row.valid_to = None
        return
    tx.add(
        StaffRole(
            id=new_id(),
            street_id=tx.street_id,
            staff_id=staff_id,
            role=role,
            valid_from=tx.today,
        )
    )


def _set_password(
    tx: Transaction, staff: Staff, password: str, rules: PasswordRules, *, must_change: bool
) -> None:
    until = ends_on(tx.today, rules, staff.valid_to)
    verifier = kept_password(tx.session, staff.login, password, until)
    tx.session.execute(
        update(StaffSecret)
        .where(StaffSecret.staff_id == staff.id)
        .values(verifier=verifier, must_change=must_change, changed_at=tx.now)
    )


def _require_administrator_left(tx: Transaction, *, without: int) -> None:
    others = tx.session.scalar(
        select(func.count(StaffRole.id))
        .join(Staff, Staff.id == StaffRole.staff_id)
        .where(
            Staff.street_id == tx.street_id,
            StaffRole.role == Role.ADMINISTRATOR,
            StaffRole.staff_id != without,
            today_rows(StaffRole, tx.today),
            today_rows(Staff, tx.today),
        )
    )
    if not others:
        raise RuleBroken("这是最后一名管理员，请先把管理员岗位交给别人。")
