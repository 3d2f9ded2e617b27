"""How alike two appeals are, and whether they want opposite things."""

import pytest

from desk.rules.likeness import (
    Frequencies,
    features,
    frequencies,
    likeness,
    opposed,
    rarest,
    said_as,
    shared_words,
    wishes,
)

KNOWN = frequencies(
    ["电梯坏了，住户出不了门。", "路灯不亮，晚上看不见。", "垃圾没人收，味道很大。", "电梯停了。"]
)


def test_other_words_for_the_same_thing_count_as_the_same():
    assert "楼道灯" in features("声控灯拍手也没反应")
    assert features("垃圾没有运走") >= {"垃圾", "清运"}


def test_figures_and_what_is_said_in_every_appeal_say_nothing():
    assert features("请尽快处理，谢谢 138") == frozenset()
    assert features("3 号楼停水 5 天") == features("9 号楼停水 12 天")


def test_names_of_places_are_left_to_the_judgement_of_the_place():
    assert features("青榕花园漏水", without=["青榕花园", ""]) == {"漏水"}


def test_a_rare_word_says_more_than_a_common_one():
    assert KNOWN.weight("坡道") > KNOWN.weight("电梯") > 0
    assert rarest(frozenset({"电梯", "坡道"}), KNOWN, 1) == ("坡道",)
    assert Frequencies(1, {"路灯": 2}).weight("路灯") > 0


def test_the_same_words_are_wholly_alike_and_no_words_never():
    said = features("电梯坏了出不了门")
    assert likeness(said, said, KNOWN) == pytest.approx(1)
    assert likeness(said, frozenset(), KNOWN) == 0
    assert likeness(said, features("垃圾味道大"), KNOWN) == 0


def test_the_words_in_common_are_named_as_a_clerk_names_them():
    one, other = features("升降梯把人关在里面"), features("电梯困人，老人吓坏")
    assert shared_words(one, other, KNOWN) == ("困人", "电梯")
    assert shared_words(features("老人晚上摔倒"), features("夜里老人怕狗"), KNOWN) == ()


def test_every_way_of_saying_a_thing_can_be_looked_for():
    assert "违章建筑" in said_as("违建")
    assert said_as("电费") == ("电费",)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("早市太吵，要求取缔早市。", "早市一停买菜不方便，请恢复早市。"),
        ("要求取缔早市。", "不要取缔早市。"),
        ("一楼不同意加装电梯。", "希望尽快加装电梯。"),
        ("请把榕树移走。", "请保留榕树。"),
    ],
)
def test_who_wants_it_gone_and_who_wants_it_kept_want_opposite_things(mine, theirs):
    assert opposed(wishes(mine), wishes(theirs), 0, 99) is not None
    assert opposed(wishes(theirs), wishes(mine), 0, 99) is not None
    assert opposed(wishes(mine), wishes(mine), 100, 0) is None


def test_what_has_happened_is_no_wish():
    assert wishes("早市取缔了。") == ()
    assert wishes("早市被取缔，没处买菜。") == ()
    assert wishes("路灯不亮。") == ()


def test_wishes_about_different_things_are_not_opposed_unless_the_texts_are_alike():
    bench, gate = wishes("请拆除铁门。"), wishes("请恢复公交。")
    assert opposed(bench, gate, 10, 50) is None
    assert opposed(bench, gate, 60, 50) is not None
