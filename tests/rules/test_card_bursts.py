"""What readers of identity cards type, whatever order and separators were set in them."""

from datetime import date

import pytest

from desk.rules.card_bursts import CardFacts, read_card
from desk.rules.codes import Sex

TODAY = date(2026, 11, 2)
NUMBER = "00000019900307068X"  # of a region that no living person has
HOME = "青榕市榕东区青榕花园7栋2单元401"
WHOLE = CardFacts(NUMBER, Sex.FEMALE, date(1990, 3, 7), "陈桂芳", HOME)


@pytest.mark.parametrize(
    "burst",
    [
        f"陈桂芳\t女\t汉族\t19900307\t{HOME}\t{NUMBER}\t榕东公安分局\t20160101-20360101",
        f"陈桂芳\n女\n汉\n1990年3月7日\n{HOME}\n{NUMBER}\n",
        f"{NUMBER}|陈桂芳|女|汉|1990-03-07|{HOME}|榕东区公安局",
        f"陈桂芳   女 汉   19900307{' '}{HOME}   {NUMBER} 榕东公安分局 长期",
        f"姓名：陈桂芳；性别：女；住址：{HOME}；公民身份号码：{NUMBER.lower()}",
        f"陈桂芳，女，汉族，{HOME}，００００００１９９００３０７０６８Ｘ，",
    ],
)
def test_a_card_is_known_by_what_its_parts_look_like(burst):
    assert read_card(burst, today=TODAY) == WHOLE


def test_a_number_alone_says_sex_and_birth():
    assert read_card(f"{NUMBER}\n", today=TODAY) == CardFacts(NUMBER, Sex.FEMALE, date(1990, 3, 7))


def test_names_of_other_peoples_are_whole():
    card = read_card(f"阿依古丽·买买提\t女\t维吾尔\t{NUMBER}", today=TODAY)
    assert card is not None
    assert (card.name, card.address) == ("阿依古丽·买买提", "")


@pytest.mark.parametrize("burst", ["", "CD1:42:receipt:7", "陈桂芳\t女\t000000199003070681", "1"])
def test_other_bursts_are_no_cards(burst):
    assert read_card(burst, today=TODAY) is None


def test_what_stands_where_a_name_should_is_not_taken_for_one():
    card = read_card(f"榕东公安分局\t{NUMBER}\t长期", today=TODAY)
    assert card is not None
    assert (card.name, card.address) == ("", "")
