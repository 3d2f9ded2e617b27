"""The hall sets its rules of assessment for months to come; past months keep theirs (考评规则)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from desk.actions.rate_rules import DropRateRules, SetRateRules
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rate_rules import SEED, plain_rules
from desk.store.rate_rules import hall_rate_rules
from tests.actions.work import LI, WANG, XU, ZHOU

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def put(work, who=ZHOU, **changed):
    facts = {"name": "十二月起", "valid_from": DECEMBER, "fairly": Decimal("0.8")}
    rules = replace(SEED, **(facts | changed))
    return work.ask(who, SetRateRules, value=plain_rules(rules))


def rules_of(work):
    with Session(work.hall.engine) as session:
        return hall_rate_rules(session, work.hall.street_id)


def test_rules_begin_with_a_month_and_the_months_before_keep_theirs(own_work):
    changes = put(own_work)
    assert changes.title == "更改考评规则“十二月起”，2026-12 起"
    assert changes.detail == "基本满意的系数：0.6 → 0.8"
    rules = rules_of(own_work)
    assert rules.on(date(2026, 11, 30)).fairly == Decimal("0.6")
    assert rules.on(DECEMBER).fairly == Decimal("0.8")


def test_a_set_is_changed_in_place_until_its_month_is_over(own_work):
    put(own_work, WANG, valid_from=NOVEMBER)
    put(own_work, valid_from=NOVEMBER, fairly=Decimal("0.7"))
    rules = rules_of(own_work)
    assert rules.on(NOVEMBER).fairly == Decimal("0.7")
    assert len(rules.sets) == 2


def test_a_past_month_is_never_counted_anew(work):
    with pytest.raises(RuleBroken, match="过去的月份") as refused:
        put(work, valid_from=date(2026, 10, 1))
    assert refused.value.field == "valid_from"


def test_rules_that_make_no_sense_or_change_nothing_are_refused(work):
    with pytest.raises(RuleBroken, match="系数") as refused:
        put(work, fairly=Decimal(2))
    assert refused.value.field == "fairly"
    with pytest.raises(RuleBroken, match="没有不同"):
        put(work, name=SEED.name, fairly=SEED.fairly)


def test_what_has_not_begun_can_be_taken_back(own_work):
    put(own_work)
    own_work.ask(ZHOU, DropRateRules, valid_from=DECEMBER)
    assert rules_of(own_work).sets == (SEED,)
    put(own_work, valid_from=NOVEMBER)
    for day in (NOVEMBER, DECEMBER):
        with pytest.raises(RuleBroken, match="还没有开始用"):
            own_work.ask(ZHOU, DropRateRules, valid_from=day)


@pytest.mark.parametrize("who", [LI, XU])
def test_neither_a_clerk_nor_who_keeps_the_machine_sets_them(work, who):
    with pytest.raises(NotAllowed):
        put(work, who)
