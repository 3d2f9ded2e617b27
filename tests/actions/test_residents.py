"""How many people live where is said with dates: past figures keep the number they had."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.residents import SetResidents
from desk.queries.rate_figures import period_report
from desk.queries.residents import resident_register
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rate_groups import GroupBy
from desk.store.models import ResidentCount
from tests.actions.work import XU, ZHAO, ZHOU

OLD, NEW, LATER = date(2026, 1, 1), date(2026, 11, 2), date(2026, 12, 1)


def say(work, residents, unit="榕东社区", start=NEW, by=XU):
    where = None if unit is None else work.unit(unit)
    return work.ask(by, SetResidents, unit=where, residents=residents, valid_from=start)


def numbers(work, unit="榕东社区"):
    with Session(work.hall.engine) as session:
        found = session.scalars(
            select(ResidentCount)
            .where(ResidentCount.unit_id == work.unit(unit))
            .order_by(ResidentCount.valid_from)
        )
        return [(row.residents, row.valid_from, row.valid_to) for row in found]


def listed(work, name):
    register = work.desk(XU).read(resident_register)
    return next(record for record in register.records if record.values["单位"] == name)


def test_a_new_number_ends_the_old_one_and_a_later_one_still_comes(own_work):
    assert listed(own_work, "榕东社区").note.endswith("还没有填")
    said = say(own_work, 12_000, start=OLD)
    assert said.title == "更改常住人口：榕东 12000 人，2026-01-01 起"
    say(own_work, 13_000, start=LATER)
    say(own_work, 12_500, start=NEW)
    assert numbers(own_work) == [
        (12_000, OLD, NEW),
        (12_500, NEW, LATER),
        (13_000, LATER, None),
    ]
    record = listed(own_work, "榕东社区")
    assert (record.values["常住人口"], record.hint) == ("12500", "以后：2026-12-01 起 13000 人。")

    say(own_work, 12_600, start=NEW)
    assert numbers(own_work)[1] == (12_600, NEW, LATER)
    assert say(own_work, None, start=LATER).title.endswith("榕东 不再计，2026-12-01 起")
    assert numbers(own_work)[2:] == []


def test_the_figures_of_a_period_take_the_number_of_its_last_day(own_work):
    own_work.register(place=own_work.hall.place("青榕花园"), community=own_work.unit("榕东社区"))
    say(own_work, 2_000, start=OLD)
    say(own_work, 4_000, start=date(2026, 11, 16))
    say(own_work, 10_000, unit=None, start=OLD)

    def people(last, by):
        query = partial(period_report, first=date(2026, 11, 1), last=last, by=by)
        report = own_work.desk(ZHOU).read(query)
        rows = {row["key"]: row["per_10000_people"] for row in report["rows"]}
        return report["total"]["per_10000_people"], rows.get("榕东")

    assert people(date(2026, 11, 15), GroupBy.COMMUNITY) == ("1.00", "5.00")
    assert people(date(2026, 11, 30), GroupBy.COMMUNITY) == ("1.00", "2.50")
    assert people(date(2026, 11, 30), GroupBy.GRID)[1] is None
    assert people(date(2026, 11, 30), GroupBy.UNIT)[1] is None


@pytest.mark.parametrize(
    ("asked", "sentence", "field"),
    [
        ({"unit": "城建办"}, "只填社区和网格", "unit"),
        ({"residents": 0}, "常住人口", "residents"),
        ({"residents": None}, "没有不同", "residents"),
    ],
)
def test_only_where_people_live_and_only_what_differs(work, asked, sentence, field):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        say(work, **({"residents": 100, "unit": "南塘社区"} | asked))
    assert refused.value.field == field


def test_only_administrators_say_how_many_live_where(work):
    with pytest.raises(NotAllowed):
        say(work, 100, by=ZHAO)
