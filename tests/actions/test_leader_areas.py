"""Which leader answers for which unit: with dates, one leader at a time."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.leader_areas import EndLeaderArea, SetLeaderArea
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import LeaderArea
from tests.actions.work import WANG, XU, ZHAO, ZHENG

DAY, LATER, MUCH_LATER = date(2026, 11, 2), date(2026, 11, 9), date(2026, 12, 1)


def begin(work, leader=ZHENG, unit="城建办", start=DAY, last=None, by=XU):
    asked = {"leader": work.staff(leader), "unit": work.unit(unit)}
    return work.ask(by, SetLeaderArea, **asked, valid_from=start, last_day=last).made["area"]


def rows(work):
    with Session(work.hall.engine) as session:
        found = session.scalars(select(LeaderArea).order_by(LeaderArea.valid_from))
        return [(row.leader_id, row.valid_from, row.valid_to) for row in found]


def test_a_new_leader_begins_where_the_old_one_ends(own_work):
    begin(own_work)
    begin(own_work, WANG, start=LATER)

    zheng, wang = own_work.staff(ZHENG), own_work.staff(WANG)
    assert rows(own_work) == [(zheng, DAY, LATER), (wang, LATER, None)]


def test_two_leaders_never_answer_for_a_unit_on_one_day(own_work):
    first = begin(own_work, last=LATER)
    with pytest.raises(RuleBroken, match="已由郑伟包片") as refused:
        begin(own_work, WANG, start=LATER)
    assert refused.value.field == "valid_from"
    begin(own_work, WANG, start=MUCH_LATER)
    begin(own_work, WANG, unit="综合行政执法队")

    with pytest.raises(RuleBroken, match="已由王磊包片"):
        own_work.ask(XU, EndLeaderArea, area=first, last_day=None)
    own_work.ask(XU, EndLeaderArea, area=first, last_day=date(2026, 11, 20))
    assert (own_work.staff(ZHENG), DAY, date(2026, 11, 21)) in rows(own_work)


def test_an_area_that_ended_before_it_began_is_in_nobodys_way(own_work):
    first = begin(own_work)
    own_work.ask(XU, EndLeaderArea, area=first, last_day=date(2026, 11, 1))

    begin(own_work, WANG)

    assert len(rows(own_work)) == 2


def test_an_area_ends_on_a_day_that_can_be(own_work):
    first = begin(own_work)
    for asked in ({"area": first, "last_day": date(2026, 10, 1)}, {"area": 5, "last_day": DAY}):
        with pytest.raises(RuleBroken, match=r"截止日期|找不到"):
            own_work.ask(XU, EndLeaderArea, **asked)
    with pytest.raises(RuleBroken, match="截止日期") as refused:
        begin(own_work, unit="综合行政执法队", start=LATER, last=DAY)
    assert refused.value.field == "last_day"


def test_only_leaders_answer_for_units(own_work):
    for leader, unit, field in ((ZHAO, "城建办", "leader"), (ZHENG, "城建办", "unit")):
        asked = {"leader": own_work.staff(leader), "unit": own_work.unit(unit)}
        asked |= {"unit": 5} if field == "unit" else {}
        with pytest.raises(RuleBroken) as refused:
            own_work.ask(XU, SetLeaderArea, **asked, valid_from=DAY)
        assert refused.value.field == field
    with pytest.raises(RuleBroken, match="请从列表里选一位领导"):
        own_work.ask(XU, SetLeaderArea, leader=5, unit=own_work.unit("城建办"), valid_from=DAY)


def test_only_administrators_say_who_answers_for_what(own_work):
    with pytest.raises(NotAllowed):
        begin(own_work, by=ZHENG)
