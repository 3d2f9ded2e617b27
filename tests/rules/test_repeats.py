"""Whether two appeals are one: person, place and matter, each judged and said apart."""

from dataclasses import replace

import pytest

from desk.rules.errors import RuleBroken
from desk.rules.likeness import frequencies
from desk.rules.repeats import (
    SEED_DAYS,
    SEED_LIMITS,
    SEED_WEIGHTS,
    MatterTie,
    PersonTie,
    PlaceTie,
    Relation,
    RepeatNumbers,
    Ties,
    appeal,
    building_of,
    judge,
    one_digit_off,
    read_limits,
    read_weights,
    show_limits,
    show_weights,
    unseen_words,
)

NUMBERS = RepeatNumbers(SEED_DAYS, SEED_WEIGHTS, **SEED_LIMITS)
KNOWN = frequencies(["垃圾没人收。", "路灯不亮。", "电梯坏了。", "漏水。", "下水道堵了。"] * 3)
LIFT, AGAIN = "电梯停运三天，老人下不了楼。", "升降梯还是坏了，老人没法下楼。"
BINS, MARKET = "垃圾桶满了没人清运。", "要求取缔早市。"
HERE, ALIKE_HERE = PlaceTie.PLACE, Ties(PersonTie.PHONE, PlaceTie.PLACE)


def judged(mine, theirs, ties, *, kinds=(None, None), numbers=NUMBERS):
    one, other = appeal(mine, category=kinds[0]), appeal(theirs, category=kinds[1])
    return judge(one, other, ties, KNOWN, numbers)


def test_person_place_and_matter_are_each_said():
    found = judged(LIFT, AGAIN, ALIKE_HERE)
    assert (found.relation, found.matter) == (Relation.REPEAT, MatterTie.SAME)
    assert found.words.startswith("同一电话，同一小区，说的是同一件事：")
    assert "电梯" in found.words


def test_the_same_person_with_something_else_is_no_repeat():
    assert judged(LIFT, BINS, ALIKE_HERE) is None


def test_the_same_person_with_the_same_kind_of_thing_is_a_repeat_unless_elsewhere():
    kinds = (7, 7)
    found = judged("不肯退我钱", "缺我两个月", ALIKE_HERE, kinds=kinds)
    assert found.words == "同一电话，同一小区，同一类别"
    assert judged("不肯退我钱", "缺我两个月", Ties(PersonTie.PHONE), kinds=kinds) is not None
    away = Ties(PersonTie.PHONE, PlaceTie.ELSEWHERE)
    assert judged("不肯退我钱", "缺我两个月", away, kinds=kinds) is None


def test_the_same_person_at_the_same_place_who_names_the_same_thing_is_a_repeat():
    mine = "电梯按钮失灵，把手伸进去才能打开，物业经理电话不接，业委会也不管，维保单位不露面。"
    found = judged(
        mine, "电梯里装了广告屏，声音很大，钱也不知道去了哪里，账目该给看一看。", ALIKE_HERE
    )
    assert (found.relation, found.matter) == (Relation.REPEAT, MatterTie.ALIKE)


def test_somebody_else_there_with_the_same_is_a_neighbour():
    found = judged(LIFT, AGAIN, Ties(PersonTie.NONE, PlaceTie.BUILDING))
    assert found.relation is Relation.NEIGHBOUR
    assert found.words.startswith("没看出是同一人，同一楼栋，说的是同一件事")


def test_the_same_words_elsewhere_are_nothing_and_from_nowhere_only_if_the_same():
    assert judged(LIFT, LIFT, Ties(place=PlaceTie.ELSEWHERE)) is None
    assert judged(LIFT, LIFT, Ties()).relation is Relation.NEIGHBOUR
    fewer = replace(NUMBERS, same=99)
    assert judged(LIFT, AGAIN, Ties(), numbers=fewer) is None


def test_one_wrong_digit_counts_where_place_and_words_agree():
    found = judged(LIFT, AGAIN, Ties(PersonTie.ONE_DIGIT, HERE))
    assert found.relation is Relation.REPEAT
    assert "电话只差一位，请核对" in found.words
    assert judged(LIFT, BINS, Ties(PersonTie.ONE_DIGIT, HERE)) is None


def test_the_opposite_is_related_and_never_the_same():
    found = judged(MARKET, "请恢复早市。", ALIKE_HERE, kinds=(7, 7))
    assert (found.relation, found.matter) == (Relation.OPPOSITE, MatterTie.OPPOSITE)
    assert found.words.endswith("要求相反：这件要“取缔”，那件要“恢复”")
    assert judged(MARKET, "请恢复早市。", Ties()) is None
    kept = judged("请不要取缔早市。", MARKET, Ties(place=HERE))
    assert "这件要“不取缔”" in kept.words


def test_what_is_worth_too_little_is_not_proposed():
    much = replace(NUMBERS, shown=100)
    assert judged(LIFT, AGAIN, Ties(place=HERE), numbers=much) is None


def test_of_a_case_that_is_kept_nothing_of_its_words_is_said():
    assert unseen_words(ALIKE_HERE, same_category=True) == "同一电话，同一小区，同一类别"
    assert unseen_words(Ties(PersonTie.PHONE), same_category=False) == "同一电话"


def test_a_number_with_one_wrong_digit_is_looked_for_where_it_is_a_mobile():
    near = one_digit_off("13800000023")
    assert "13800000024" in near
    assert len(near) == 90
    assert one_digit_off("0755-12345678") == one_digit_off("1380000002a") == ()


@pytest.mark.parametrize(
    ("address", "building"),
    [
        ("青榕花园 7 栋 2 单元", "7"),
        ("码头新村07号楼", "7"),
        ("A座 1203", "a"),
        ("站前街 15 号", ""),
    ],
)
def test_the_building_is_read_from_an_address(address, building):
    assert building_of(address) == building


def test_the_hall_writes_its_numbers_in_words():
    assert read_weights(show_weights(SEED_WEIGHTS)) == dict(SEED_WEIGHTS)
    assert read_limits("同一件事 40，相近 20、提示 5") == {"same": 40, "alike": 20, "shown": 5}
    assert show_limits(SEED_LIMITS) == "同一件事 25、相近 12、提示 8"


@pytest.mark.parametrize("text", ["", "相近 20", "同一件事 400、相近 2、提示 1", "别的 3"])
def test_numbers_that_cannot_be_read_are_refused(text):
    with pytest.raises(RuleBroken) as refused:
        read_limits(text)
    assert refused.value.field == "value"
