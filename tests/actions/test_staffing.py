"""Staff in and out: logins, roles, passwords, and always one administrator."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.founding import StaffPlan
from desk.actions.staffing import (
    AddStaff,
    ChangePassword,
    ChangeStaff,
    EndStaff,
    ResetPassword,
)
from desk.door import change_password, enter
from desk.queries.start import start
from desk.rules.codes import Role
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import in_shanghai
from desk.store.models import Event, Staff, StaffRole, StaffSecret
from desk.store.people import person_of
from desk.store.signing_in import sign_in
from tests.actions.work import CHEN, GAO, LI, QIN, XU, ZHAO
from tests.small_hall import COMMAND_LINE, PASSWORD

FIRST = "fictional-7001"


def today(work):
    return in_shanghai(work.clock()).date()


def secret(work, staff):
    with Session(work.hall.engine) as session:
        return session.get(StaffSecret, staff)


def comes_in(work, login, password):
    """Whether somebody with this password comes in: over the network, where it is asked for."""
    url = work.hall.engine.url.render_as_string(hide_password=False)
    try:
        sign_in(url, login, password, clock=work.clock).close()
    except NotAllowed:
        return False
    return True


def seen(work):
    """What the window knows of whoever has just signed in."""
    return work.hall.sign_in(LI).read(start)


def roles(work, staff, on):
    with Session(work.hall.engine) as session:
        return person_of(session, session.get(Staff, staff), on).roles


def add(work, login="7101", name="新同事", roles=(Role.CLERK,), password=FIRST, unit="信联办"):
    plan = StaffPlan(login, name, "信联办", roles, password, "窗口 9", "13800000009")
    return work.ask(XU, AddStaff, staff=plan, unit=work.unit(unit)).made["staff"]


def test_a_new_colleague_can_sign_in_and_must_choose_a_password(own_work):
    work = own_work
    staff = add(work)

    assert roles(work, staff, today(work)) == {Role.CLERK}
    assert secret(work, staff).must_change is True
    assert comes_in(work, "7101", FIRST)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"login": "1001"}, "login"),
        ({"login": "工号七"}, "login"),
        ({"login": "  "}, "login"),
        ({"login": "7" * 41}, "login"),
        ({"name": " "}, "name"),
        ({"roles": ()}, "roles"),
        ({"password": "kurz"}, "password"),
        ({"password": "\ud800" * 9}, "password"),
    ],
)
def test_a_colleague_who_lacks_something_is_not_added(work, facts, field):
    with pytest.raises(RuleBroken) as refused:
        add(work, **facts)

    assert refused.value.field == field


def test_a_colleague_belongs_to_a_unit_that_exists(work):
    plan = StaffPlan("7002", "某人", "信联办", (Role.CLERK,), "fictional-7002")

    with pytest.raises(RuleBroken, match="不在单位表里"):
        work.ask(XU, AddStaff, staff=plan, unit=1)


def test_a_password_is_kept_to_the_letter(own_work):
    work = own_work
    password = " ｆｕｌｌ\u200bwidth "

    add(work, password=password)

    assert comes_in(work, "7101", password)
    assert not comes_in(work, "7101", password.strip())
    assert "width" not in repr(StaffPlan("1", "a", "b", (), password))


def test_who_leaves_keeps_his_history_but_no_access(own_work):
    work = own_work
    with pytest.raises(RuleBroken, match="离岗日期不能早于") as refused:
        work.ask(XU, EndStaff, staff=work.staff(LI), valid_to=today(work) - timedelta(days=9999))
    assert refused.value.field == "valid_to"

    changes = work.ask(XU, EndStaff, staff=work.staff(LI), valid_to=today(work))

    assert changes.title == "李敏离岗"
    with Session(work.hall.engine) as session:
        assert session.get(Staff, work.staff(LI)).valid_to == today(work)


def give(work, name, *roles, by=XU):
    """Let an administrator give somebody exactly these roles."""
    unit = work.hall.person(name).home_unit_id
    return work.ask(by, ChangeStaff, staff=work.staff(name), name=name, unit=unit, roles=roles)


def test_the_last_administrator_cannot_go_or_give_up_the_role(own_work):
    work = own_work
    last = work.staff(XU)
    with pytest.raises(RuleBroken, match="最后一名管理员"):
        work.ask(XU, EndStaff, staff=last, valid_to=today(work))
    with pytest.raises(RuleBroken, match="最后一名管理员"):
        give(work, XU, Role.CLERK)

    give(work, LI, Role.CLERK, Role.ADMINISTRATOR)
    work.hall.read_people()
    give(work, XU, Role.CLERK, by=LI)

    assert roles(work, last, today(work)) == {Role.CLERK}


def test_nobody_gives_himself_other_rights(work):
    own = work.hall.person(XU)
    for more, field in (
        ({"roles": (Role.ADMINISTRATOR, Role.DISPATCHER)}, "roles"),
        ({"roles": (Role.ADMINISTRATOR,), "unit": work.unit("纪工委")}, "unit"),
    ):
        facts = {"name": XU, "unit": own.home_unit_id} | more
        with pytest.raises(RuleBroken, match=r"自己的.*不能自己改") as refused:
            work.ask(XU, ChangeStaff, staff=own.staff_id, **facts)
        assert refused.value.field == field

    facts = {"name": XU, "unit": own.home_unit_id, "phone": "13800000041"}
    work.ask(XU, ChangeStaff, staff=own.staff_id, roles=(Role.ADMINISTRATOR,), **facts)


def test_who_makes_staff_is_not_who_checks_what_was_done(work):
    both = (Role.ADMINISTRATOR, Role.AUDITOR)
    with pytest.raises(RuleBroken, match="两个人担任"):
        give(work, GAO, *both)
    with pytest.raises(RuleBroken, match="两个人担任"):
        add(work, roles=both)


def test_roles_end_and_begin_on_their_day_and_can_come_back_the_same_day(own_work):
    work = own_work
    staff, yesterday = work.staff(CHEN), today(work) - timedelta(days=1)

    give(work, CHEN, Role.COMMUNITY, Role.FOLLOW_UP)
    assert roles(work, staff, today(work)) == {Role.COMMUNITY, Role.FOLLOW_UP}
    assert roles(work, staff, yesterday) == {Role.COMMUNITY}
    give(work, CHEN, Role.COMMUNITY)
    assert roles(work, staff, today(work)) == {Role.COMMUNITY}
    give(work, CHEN, Role.COMMUNITY, Role.FOLLOW_UP)

    assert roles(work, staff, today(work)) == {Role.COMMUNITY, Role.FOLLOW_UP}
    with Session(work.hall.engine) as session:
        rows = session.scalars(select(StaffRole).where(StaffRole.staff_id == staff)).all()
        assert len(rows) == 2


def changed(work, staff, **facts):
    known = {"name": "李敏芳", "unit": work.unit("城建办"), "roles": (Role.HANDLER,)}
    return work.ask(XU, ChangeStaff, staff=staff, **(known | facts))


def test_who_marries_or_moves_is_changed_and_the_history_shows_what_was_before(own_work):
    work = own_work
    staff = work.staff(LI)

    changes = changed(work, staff, phone="13800000031")

    assert changes.title == "更改人员 李敏芳"
    assert roles(work, staff, today(work)) == {Role.HANDLER}
    with Session(work.hall.engine) as session:
        row = session.get(Staff, staff)
        assert (row.login, row.name, row.unit_id) == ("1001", "李敏芳", work.unit("城建办"))
        assert (row.desk_name, row.phone) == (None, "13800000031")
        line = session.scalars(select(Event).where(Event.kind == "staff.changed")).one()
    before, after = line.payload["before"], line.payload["after"]
    assert (before["staff.name"], after["staff.name"]) == (LI, "李敏芳")
    assert before["staff.unit_id"] == work.unit("信联办")
    assert (before["staff.desk_name"], after["staff.desk_name"]) == ("窗口 1", None)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"name": " "}, "name"), ({"unit": 1}, "unit"), ({"roles": ()}, "roles")],
)
def test_a_change_that_leaves_somebody_without_something_is_refused(work, facts, field):
    with pytest.raises(RuleBroken) as refused:
        changed(work, work.staff(LI), **facts)

    assert refused.value.field == field


def test_an_administrator_sets_a_first_password_that_must_be_changed(own_work):
    work = own_work

    assert work.ask(XU, ResetPassword, staff=work.staff(ZHAO), password="fictional-neu").title

    assert comes_in(work, "2001", "fictional-neu")
    assert not comes_in(work, "2001", PASSWORD)
    assert secret(work, work.staff(ZHAO)).must_change is True


def test_everybody_changes_the_own_password(own_work):
    work = own_work
    for old, new, field in (
        ("falsch-falsch", "fictional-neu", "old"),
        (PASSWORD, PASSWORD, "new"),
        (PASSWORD, "kurz", "new"),
        (PASSWORD, "onlysmallletters", "new"),
        (PASSWORD, "fictional-1001", "new"),
    ):
        with pytest.raises(NotAllowed) as refused:
            work.ask(LI, ChangePassword, old=old, new=new)
        assert refused.value.field == field

    work.ask(LI, ChangePassword, old=PASSWORD, new="fictional-neu")

    work.hall.sign_in_again(LI, "fictional-neu")
    assert comes_in(work, "1001", "fictional-neu")
    assert secret(work, work.staff(LI)).must_change is False
    line = str(work.ask(LI, ChangePassword, old="fictional-neu", new=PASSWORD))
    assert PASSWORD not in line


def test_a_password_of_before_is_not_taken_again(own_work):
    work, now = own_work, PASSWORD
    for new in ("fictional-a1", "fictional-b2", "fictional-c3", "fictional-d4"):
        work.clock.forward(hours=1)
        work.ask(LI, ChangePassword, old=now, new=new)
        work.hall.sign_in_again(LI, new)
        now = new
    with pytest.raises(NotAllowed, match="最近用过"):
        work.ask(LI, ChangePassword, old=now, new="fictional-b2")
    work.ask(LI, ChangePassword, old=now, new="fictional-a1")  # three others came after it


def test_a_password_runs_out_and_is_changed_at_sign_in(own_work):
    work = own_work
    work.ask(LI, ChangePassword, old=PASSWORD, new="fictional-neu")
    work.hall.sign_in_again(LI, "fictional-neu")
    assert (seen(work).must_change, seen(work).password_words) == ("", "")
    work.clock.forward(days=80)
    assert "还有 10 天到期" in seen(work).password_words
    work.clock.forward(days=10)
    assert "到期了" in seen(work).must_change
    assert "至少 8 位" in seen(work).password_rules.hint


def test_who_has_chosen_a_password_goes_on_with_it(own_work):
    url = own_work.hall.engine.url.render_as_string(hide_password=False)
    entered = enter(url, "1001", PASSWORD)
    assert entered.start.must_change

    again = change_password(entered, PASSWORD, "fictional-neu")

    again.database.close()  # new connections are let in with the new password
    assert again.database.read(lambda reader: reader.person.name) == LI
    again.database.close()


@pytest.mark.parametrize("name", [LI, QIN])
def test_only_administrators_manage_staff(work, name):
    plan = StaffPlan("7009", "某人", "信联办", (Role.CLERK,), "fictional-7009")
    for request, facts in (
        (AddStaff, {"staff": plan, "unit": 1}),
        (EndStaff, {"staff": 1, "valid_to": today(work)}),
        (ChangeStaff, {"staff": 1, "name": "某人", "unit": 1, "roles": (Role.CLERK,)}),
        (ResetPassword, {"staff": 1, "password": "fictional-neu"}),
    ):
        with pytest.raises(NotAllowed, match="您的岗位不能做这一步"):
            work.ask(name, request, **facts)


@pytest.mark.parametrize("who", ["nobody", "built in"])
def test_nobody_and_the_built_in_staff_are_not_managed(work, who):
    staff = 1 if who == "nobody" else work.staff(COMMAND_LINE)
    for request, facts in (
        (EndStaff, {"valid_to": today(work)}),
        (ChangeStaff, {"name": "某人", "unit": 1, "roles": (Role.CLERK,)}),
        (ResetPassword, {"password": "fictional-neu"}),
    ):
        with pytest.raises(RuleBroken, match="找不到这名人员") as refused:
            work.ask(XU, request, staff=staff, **facts)
        assert refused.value.field == "staff"
