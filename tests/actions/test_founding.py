"""Founding a street: the whole organisation at once, or nothing and a sentence."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.actions.founding import (
    CategoryPlan,
    FoundStreet,
    PlacePlan,
    StaffPlan,
    UnitPlan,
)
from desk.rules.codes import Role, UnitKind
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rights import Person
from desk.rules.rule_sets import FIRST_SETS, RULE_SETS
from desk.store.database import Database
from desk.store.ids import new_id
from desk.store.models import Category, Setting, Staff, Street, TimeRuleRow, UnitVersion
from tests.small_hall import PLAN

ADMIN = StaffPlan("1", "管理", "街道", (Role.ADMINISTRATOR,), "fictional-1")
SMALL = replace(
    PLAN,
    units=(
        UnitPlan("街道", "街道", UnitKind.STREET),
        UnitPlan("社区", "社", UnitKind.COMMUNITY, "街道"),
    ),
    staff=(ADMIN,),
    places=(PlacePlan("小区", "社区"),),
    categories=(CategoryPlan("大类"), CategoryPlan("小类", "大类", "社区")),
    settings={"weights": [30, 35, 35]},
)


def found(engine, clock, plan, **person):
    facts = {"staff_id": new_id(), "name": "命令行", "street_id": new_id(), "unit_ids": frozenset()}
    facts |= {"roles": frozenset(), "home_unit_id": 0, "is_built_in": True}
    founder = Person(**(facts | person))
    database = Database(engine, founder, clock=clock)
    request = FoundStreet(made_by=founder.staff_id, happened_at=clock(), plan=plan)
    return database.carry_out(request)


def test_a_street_begins_with_its_units_people_addresses_and_limits(engine, clock):
    changes = found(engine, clock, SMALL)

    with Session(engine) as session:
        assert changes.made["street"] == session.scalars(select(Street.id)).one()
        assert session.scalar(select(func.count(UnitVersion.id))) == 2
        assert session.scalar(select(func.count(TimeRuleRow.id))) == sum(
            len(RULE_SETS[name]) for name in FIRST_SETS
        )
        assert session.scalars(select(Setting.value)).one() == [30, 35, 35]
        assert set(session.scalars(select(Staff.login))) == {"command-line", "1"}
        small = session.scalars(select(Category).where(Category.name == "小类")).one()
        assert session.get(Category, small.parent_id).name == "大类"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"staff": ()}, "至少要有一名管理员"),
        ({"units": (*SMALL.units, SMALL.units[0])}, "“街道”写了两次"),
        ({"units": (UnitPlan("科", "科", UnitKind.SECTION, "没有"),)}, "“没有”不在单位表里"),
        ({"staff": (replace(ADMIN, unit="没有"),)}, "“没有”不在单位表里"),
        ({"staff": (replace(ADMIN, login="一"),)}, "工号只能用字母和数字"),
        ({"staff": (replace(ADMIN, password="123"),)}, "密码至少"),
        ({"places": (PlacePlan("小区", "没有"),)}, "“没有”不在单位表里"),
        ({"places": (PlacePlan("小区", "社区", "没有"),)}, "“没有”不在单位表里"),
        ({"categories": (CategoryPlan("小类", "没有"),)}, "上级“没有”还没有"),
        ({"categories": (CategoryPlan("大类", None, "没有"),)}, "“没有”不在单位表里"),
    ],
)
def test_a_plan_with_a_mistake_founds_nothing(engine, clock, change, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        found(engine, clock, replace(SMALL, **change))

    with Session(engine) as session:
        assert session.scalar(select(func.count(Street.id))) == 0


def test_an_ordinary_person_founds_no_street(engine, clock):
    with pytest.raises(NotAllowed):
        found(engine, clock, SMALL, is_built_in=False, roles=frozenset({Role.CLERK}))
