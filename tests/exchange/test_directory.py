from datetime import date

import pytest

from desk.exchange.directory import COMMUNITIES, GRIDS, RESPONSIBLE, Directory, NamedUnit
from desk.rules.codes import UnitKind
from desk.rules.errors import RuleBroken

ON = date(2026, 8, 3)
BEFORE = date(2020, 1, 1)


def unit(unit_id, name, kind=UnitKind.SECTION, *, short="", parent=None, since=BEFORE, until=None):
    return NamedUnit(unit_id, kind, name, short or name, parent, since, until)


def directory(*units):
    return Directory(units, {"噪声": 1}, {(1, "广场舞"): 2}, {}, {"李敏": (7,), "王芳": (8, 9)})


def test_a_full_name_wins_over_a_short_one_of_another_unit():
    here = directory(unit(1, "城建办公室", short="城建"), unit(2, "城建"))
    assert here.unit("城建", RESPONSIBLE, ON) == 2


def test_a_short_name_of_two_units_asks_for_the_full_one():
    here = directory(unit(1, "绿化科"), unit(2, "绿化队"))
    with pytest.raises(RuleBroken, match="好几个单位"):
        here.unit("绿化", RESPONSIBLE, ON)
    assert here.unit("绿化队", RESPONSIBLE, ON) == 2


def test_a_name_means_the_unit_that_bore_it_on_the_day():
    here = directory(
        unit(1, "城管科", until=date(2026, 1, 1)), unit(2, "城管科", since=date(2026, 1, 1))
    )
    assert here.unit("城管科", RESPONSIBLE, date(2025, 6, 1)) == 1
    assert here.unit("城管科", RESPONSIBLE, ON) == 2


def test_a_name_of_former_times_still_finds_its_unit():
    here = directory(
        unit(1, "城管科", until=date(2026, 1, 1)), unit(1, "执法队", since=date(2026, 1, 1))
    )
    assert here.unit("城管科", RESPONSIBLE, ON) == 1
    assert here.name_of(1, date(2025, 6, 1)) == "城管科"
    assert here.name_of(1, ON) == "执法队"


def test_a_community_and_a_grid_are_not_mixed_up_with_other_units():
    here = directory(
        unit(1, "榕东社区", UnitKind.COMMUNITY),
        unit(2, "榕东第1网格", UnitKind.GRID, parent=1),
        unit(3, "榕西第1网格", UnitKind.GRID, parent=9),
    )
    assert here.unit("榕东", COMMUNITIES, ON) == 1
    assert here.grid("第1网格", 1, ON) == 2
    assert here.grid("榕西第1网格", 1, ON) == 3
    with pytest.raises(RuleBroken, match="网格"):
        here.unit("榕东", GRIDS, ON)
    with pytest.raises(RuleBroken, match="单位"):
        here.unit("榕东第1网格", RESPONSIBLE, ON)


def test_a_person_is_only_found_by_a_name_that_is_his_alone():
    here = directory()
    assert (here.person("李敏"), here.person("王芳"), here.person("老吴")) == (7, None, None)


def test_a_second_level_may_be_new_but_a_first_level_may_not():
    here = directory()
    assert here.category("噪声", "广场舞") == (2, "")
    assert here.category("噪声", "无人机") == (1, "无人机")
    assert here.category("噪声", "") == (1, "")
    with pytest.raises(RuleBroken, match="可填：噪声"):
        here.category("噪音", "")
