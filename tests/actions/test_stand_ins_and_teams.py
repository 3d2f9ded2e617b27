"""Who stands in for a leader, and which teams there are: kept by the administrator, with dates."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from desk.actions.stand_ins import EndDeputy, SetDeputy
from desk.actions.teams import EndTeam, SetTeam
from desk.queries.stand_in_register import deputy_register, team_register
from desk.queries.support_options import support_options
from desk.rules.codes import Role
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Deputy, Team
from tests.actions.work import LI, WANG, XU, ZHENG, ZHOU


@pytest.fixture
def work(own_work):
    """A hall of the test's own."""
    return own_work


def set_team(work, name="应急抢修一队", who=XU, **more):
    facts = {"name": name, "kind": "应急抢修", "unit": work.unit("综合行政执法队")}
    return work.ask(who, SetTeam, **(facts | more))


def set_deputy(work, principal=WANG, deputy=ZHENG, who=XU, **more):
    facts = {"valid_from": date(2026, 11, 2), "last_day": date(2026, 11, 6)} | more
    facts |= {"principal": work.staff(principal), "deputy": work.staff(deputy)}
    return work.ask(who, SetDeputy, **facts)


def rows(work, table):
    with Session(work.hall.engine) as session:
        return session.query(table).order_by(table.id).all()


def test_a_team_is_added_changed_and_ended(work):
    team = set_team(work, phone="13800000031", note="24 小时").made["team"]
    record = work.desk(LI).read(team_register).records[0]
    assert (record.id, record.label) == (team, "应急抢修一队")
    assert record.values["所在单位"] == "综合行政执法队"

    set_team(work, "应急抢修队", team=team)
    work.clock.forward(days=1)
    set_team(work, "抢修队", team=rows(work, Team)[0].id)
    assert [row.name for row in rows(work, Team)] == ["应急抢修队", "抢修队"]
    newest = rows(work, Team)[1]
    assert [one.name for one in work.desk(ZHOU).read(support_options).teams] == ["抢修队"]

    changes = work.ask(XU, EndTeam, team=newest.id)
    assert changes.title == "停用队伍 抢修队"
    assert work.desk(ZHOU).read(support_options).teams == ()


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"name": " "}, "name", "队伍的名称还没有写"),
        ({"unit": 7}, "unit", "请从列表里选队伍所在的单位"),
        ({"team": 7}, None, "找不到这支队伍"),
    ],
)
def test_what_is_no_team(work, more, field, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        set_team(work, **more)
    assert refused.value.field == field


def test_two_teams_have_two_names(work):
    set_team(work)
    with pytest.raises(RuleBroken, match="已经有了"):
        set_team(work)


def test_who_stands_in_sees_and_does_what_the_other_could(work):
    changes = set_deputy(work, reason="外出学习")
    work.hall.read_people()

    assert changes.title == "王磊由郑伟代理"
    assert work.hall.person(ZHENG).acting_roles == {Role.CHIEF}
    record = work.desk(XU).read(deputy_register).records[0]
    assert (record.label, record.values["截止日期"]) == ("王磊　由 郑伟 代理", "2026-11-06")

    work.clock.set("2026-11-07 09:00")
    work.hall.read_people()
    assert work.hall.person(ZHENG).acting_roles == frozenset()


def test_standing_in_ends_earlier_or_goes_on(work):
    row = set_deputy(work).made["deputy"]
    with pytest.raises(RuleBroken, match="截止日期不能早于开始日期"):
        work.ask(XU, EndDeputy, row=row, last_day=date(2026, 10, 1))

    work.ask(XU, EndDeputy, row=row, last_day=None)
    assert rows(work, Deputy)[0].valid_to is None
    work.ask(XU, EndDeputy, row=row, last_day=date(2026, 11, 1))
    assert work.desk(XU).read(deputy_register).records == ()
    with pytest.raises(RuleBroken, match="找不到这一行代理"):
        work.ask(XU, EndDeputy, row=7, last_day=None)


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"deputy": WANG}, "deputy", "不能由本人代理本人"),
        ({"principal": LI}, "principal", "李敏不是分管领导或主要领导"),
        ({"last_day": date(2026, 11, 1)}, "last_day", "截止日期不能早于开始日期"),
    ],
)
def test_who_cannot_stand_in(work, more, field, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        set_deputy(work, **more)
    assert refused.value.field == field


def test_the_same_two_do_not_stand_twice_on_one_day(work):
    set_deputy(work)
    for more in ({}, {"valid_from": date(2026, 11, 6), "last_day": None}):
        with pytest.raises(RuleBroken, match="这些日子里已经由他代理"):
            set_deputy(work, **more)
    set_deputy(work, valid_from=date(2026, 11, 7), last_day=None)
    set_deputy(work, valid_from=date(2026, 10, 20), last_day=date(2026, 11, 1))


def test_somebody_unknown_stands_in_for_nobody(work):
    with pytest.raises(RuleBroken, match="请从列表里选一位同事"):
        work.ask(XU, SetDeputy, principal=7, deputy=8, valid_from=date(2026, 11, 2))


def test_the_administrator_does_not_let_himself_stand_in(work):
    with pytest.raises(RuleBroken, match="另一名管理员") as refused:
        set_deputy(work, deputy=XU)
    assert refused.value.field == "deputy"


def test_only_the_administrator_keeps_them(work):
    team, row = set_team(work).made["team"], set_deputy(work).made["deputy"]
    asked = (
        lambda: set_team(work, "另一队", who=ZHOU),
        lambda: set_deputy(work, who=ZHOU),
        lambda: work.ask(ZHOU, EndTeam, team=team),
        lambda: work.ask(ZHOU, EndDeputy, row=row, last_day=None),
    )
    for ask in asked:
        with pytest.raises(NotAllowed):
            ask()
