"""Units with many appeals and a low rank are named for a talk; people decide (约谈)."""

import pytest

from desk.rules.errors import RuleBroken
from desk.rules.talks import TalkRule, UnitStanding, candidates, read_rule, show_rule

RULE = TalkRule(cases=10, last=2)


def named(*standings, rule=RULE):
    return [one.unit for one in candidates([UnitStanding(*one) for one in standings], rule)]


def test_many_appeals_and_a_low_rank_together_name_a_unit():
    assert named(("城建办", 40, 1), ("社会办", 12, 2), ("物业科", 9, 3), ("执法队", 30, 4)) == [
        "执法队"
    ]


def test_units_that_share_a_rank_are_named_together():
    assert named(("甲", 20, 1), ("乙", 20, 2), ("丙", 20, 2), ("丁", 20, 4)) == ["丁", "丙", "乙"]


def test_the_first_is_never_named_and_who_was_not_rated_has_no_rank():
    assert named(("甲", 20, 1), ("乙", 20, None)) == []
    assert named(("甲", 20, 1), ("乙", 20, 1)) == []
    assert named() == []
    assert named(("甲", 20, 1), ("乙", 20, 2), rule=TalkRule(10, 5)) == ["乙"]


def test_it_is_said_why():
    one = candidates([UnitStanding("甲", 3, 1), UnitStanding("乙", 20, 2, "81.20")], RULE)
    assert one[0].why == "当月 20 件，2 个单位中排第 2，得分 81.20"
    bare = candidates([UnitStanding("甲", 3, 1), UnitStanding("乙", 20, 2)], RULE)
    assert bare[0].why == "当月 20 件，2 个单位中排第 2"


def test_the_rule_is_written_in_words():
    value = read_rule("12 件，后 2 名")
    assert value == {"cases": 12, "last": 2}
    assert read_rule(show_rule(value)) == value
    for wrong in (
        "",
        "12",
        "12 件后 2 名 3",
        "0 件、后 3 名",
        "10 件、后 0 名",
        "１２ 件、后 ２ 名",
    ):
        with pytest.raises(RuleBroken):
            read_rule(wrong)
