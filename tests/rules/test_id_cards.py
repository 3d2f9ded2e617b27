from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.codes import Sex
from desk.rules.id_cards import check_digit, id_card_check, read_id_card
from desk.rules.identity import FieldState

TODAY = date(2026, 11, 23)


def number(region: str = "000000", born: str = "19900228", order: str = "001") -> str:
    """A number of the region 000000, which no living person has."""
    first = region + born + order
    return first + check_digit(first)


def test_the_check_digit_of_the_standard_s_own_example():
    assert check_digit("11010519491231002") == "X"  # GB 11643-1999
    assert check_digit("44052418800101001") == "4"


def test_birth_and_sex_are_read_from_the_number():
    card = read_id_card(number(order="003"), today=TODAY)
    assert card is not None
    assert (card.born_on, card.sex) == (date(1990, 2, 28), Sex.MALE)
    woman = read_id_card(number(order="002"), today=TODAY)
    assert woman is not None
    assert woman.sex is Sex.FEMALE


def test_spelling_does_not_matter():
    plain = "11010519491231002X"
    typed = "110105 19491231－００２ｘ"
    card = read_id_card(typed, today=TODAY)
    assert card is not None
    assert card.number == plain
    assert id_card_check(typed, today=TODAY).value == plain


def test_an_empty_field_is_fine():
    assert id_card_check("  ", today=TODAY).state is FieldState.OK


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("11010519491231002", "身份证号应为 18 位，现在是 17 位，请核对；不填可空着。"),
        ("1101051949123100AX", "前 17 位应为数字"),
        ("11010519491231002²", "前 17 位应为数字"),
        ("110105194912310021", "最后一位校验码对不上"),
        (number(born="19910229"), "出生日期“19910229”不存在"),
        (number(born="18991231"), "出生日期“18991231”不合理"),
        (number(born="20261124"), "出生日期“20261124”不合理"),
    ],
)
def test_every_fault_has_its_sentence_and_the_text_is_kept(typed, sentence):
    check = id_card_check(f" {typed} ", today=TODAY)
    assert check.state is FieldState.WRONG
    assert sentence in check.sentence
    assert check.value == typed
    assert read_id_card(typed, today=TODAY) is None


def test_old_numbers_and_unknown_regions_are_only_doubtful():
    assert id_card_check("110105491231002", today=TODAY).state is FieldState.DOUBTFUL
    check = id_card_check(number(), today=TODAY)
    assert check.state is FieldState.DOUBTFUL
    assert "“00”不是省级地区代码" in check.sentence


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(place, change):
    good = "11010519491231002X"
    digit = (int(good[place]) + change) % 10
    bad = f"{good[:place]}{digit}{good[place + 1 :]}"
    assert id_card_check(bad, today=TODAY).state is FieldState.WRONG
