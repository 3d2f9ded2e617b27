"""Signing in: right, wrong, left, too new; a password of our own in a file, else the server's."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from desk.actions.founding import StaffPlan
from desk.actions.staffing import AddStaff, EndStaff
from desk.rules.codes import Role
from desk.rules.errors import DatabaseAway, NotAllowed, WrongVersion
from desk.rules.moments import in_shanghai
from desk.store.engine import make_engine
from desk.store.people import units_above, units_below
from desk.store.signing_in import has_street, sign_in, sign_in_built_in
from tests.actions.work import CHEN, LI, XU, ZHENG, Work
from tests.small_hall import PASSWORD, SmallHall

SERVERS_LOGIN = "signs_in"


@pytest.fixture
def own(sqlite_hall, clock):
    return Work(sqlite_hall, clock)


def test_the_right_password_opens_the_database_for_its_owner(own, sqlite_hall_url):
    database = sign_in(sqlite_hall_url, " 1001 ", PASSWORD, clock=own.clock)

    assert database.person.name == LI
    assert database.person.roles == {Role.CLERK}
    assert database.person.desk_name == "窗口 1"
    assert database.person.unit_ids == {own.unit("信联办")}
    database.close()


@pytest.mark.parametrize(
    ("login", "password", "field"),
    [
        ("1001", "falsch-falsch", "password"),
        ("1001", "", "password"),
        ("1001", "\ud800" * 9, "password"),
        ("9999", PASSWORD, "login"),
        ("command-line", PASSWORD, "login"),
        ("' OR 1=1 --", PASSWORD, "login"),
    ],
)
def test_a_wrong_login_or_password_says_the_same_sentence(
    own, sqlite_hall_url, login, password, field
):
    with pytest.raises(NotAllowed, match="工号或密码不对") as refused:
        sign_in(sqlite_hall_url, login, password, clock=own.clock)

    assert refused.value.field == field


def test_who_has_left_cannot_sign_in_from_that_day_on(own, sqlite_hall_url):
    leaves = in_shanghai(own.clock()).date() + timedelta(days=1)
    own.ask(XU, EndStaff, staff=own.staff(LI), valid_to=leaves)

    sign_in(sqlite_hall_url, "1001", PASSWORD, clock=own.clock).close()
    own.clock.forward(days=1)
    with pytest.raises(NotAllowed):
        sign_in(sqlite_hall_url, "1001", PASSWORD, clock=own.clock)


def test_the_command_line_acts_as_the_built_in_staff(hall, hall_url):
    database = sign_in_built_in(hall_url)

    assert database.person.is_built_in
    assert database.person.name == "命令行"
    database.close()
    assert has_street(hall_url)


def test_a_database_without_a_street_says_what_to_do(engine_url):
    assert not has_street(engine_url)
    with pytest.raises(NotAllowed, match="还没有街道"):
        sign_in_built_in(engine_url)


def test_a_database_of_an_older_version_opens_for_nobody(engine, engine_url):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '2020_x'"))

    for attempt in (
        lambda: sign_in_built_in(engine_url),
        lambda: has_street(engine_url),
        lambda: sign_in(engine_url.replace("hall_owner@", ""), "hall_owner", ""),
    ):
        with pytest.raises(WrongVersion, match="比本程序旧"):
            attempt()


def test_a_server_that_does_not_answer_says_so():
    for attempt in (
        lambda: sign_in("postgresql://x@127.0.0.1:9/none", "1001", "x"),
        lambda: sign_in_built_in("postgresql://x@127.0.0.1:9/none"),
    ):
        with pytest.raises(DatabaseAway, match="连不上数据库"):
            attempt()


@pytest.fixture
def clerks_login(postgres_hall_url, clock):
    """Add a clerk in the program, which makes his login on the server."""
    engine = make_engine(postgres_hall_url)
    work = Work(SmallHall(engine, clock), clock)
    plan = StaffPlan(SERVERS_LOGIN, "新同事", "信联办", (Role.CLERK,), PASSWORD)
    work.ask(XU, AddStaff, staff=plan, unit=work.unit("信联办"))
    engine.dispose()
    return postgres_hall_url


def test_on_a_server_the_password_is_that_of_the_clerks_own_login(clerks_login, clock):
    database = sign_in(clerks_login, SERVERS_LOGIN, PASSWORD, clock=clock)

    assert database.person.name == "新同事"
    role = database.read(lambda reader: reader.session.scalar(text("SELECT session_user")))
    assert role == SERVERS_LOGIN
    database.close()


@pytest.mark.parametrize(
    ("login", "password"),
    [(SERVERS_LOGIN, "falsch-falsch"), (SERVERS_LOGIN, ""), ("9999", PASSWORD)],
)
def test_on_a_server_a_wrong_login_or_password_says_the_same_sentence(
    clerks_login, clock, login, password
):
    with pytest.raises(NotAllowed, match="工号或密码不对") as refused:
        sign_in(clerks_login, login, password, clock=clock)

    assert refused.value.field == "password"


def test_a_role_of_the_server_that_is_no_member_of_staff_does_not_get_in(postgres_hall_url, clock):
    with pytest.raises(NotAllowed, match="工号或密码不对") as refused:
        sign_in(postgres_hall_url, "hall_owner", "", clock=clock)

    assert refused.value.field == "login"


def test_a_community_has_its_grids_below_and_a_grid_its_community_above(hall, clock):
    today = in_shanghai(clock()).date()
    community, grid = hall.unit("榕东社区"), hall.unit("榕东第1网格")
    with Session(hall.engine) as session:
        assert units_below(session, community, today) == {community, grid}
        assert units_above(session, grid, today) == {community}
        assert units_above(session, community, today) == frozenset()
        assert len(units_below(session, hall.unit("青榕街道"), today)) == 10
    assert hall.person(CHEN).unit_ids == {community, grid}
    assert hall.unit("青榕街道") not in hall.person(ZHENG).units_above
