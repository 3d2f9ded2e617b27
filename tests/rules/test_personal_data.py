"""What is masked in a text, what counts as an identity number, and what becomes of a column."""

import pytest

from desk.rules.id_cards import looks_like_id
from desk.rules.identity import mask_address, mask_within
from desk.rules.personal_data import Fate, fate_of


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("青榕花园7栋502", "青榕花园***"),
        ("码头新村十二栋", "码头新村***"),
        ("三元里大道", "三元***"),
        ("", ""),
    ],
)
def test_an_address_is_shown_down_to_the_estate(address, shown):
    assert mask_address(address) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请打13800000023或0755-23456789", "请打138****0023或0755-****6789"),
        ("证件 440900199003071238。", "证件 4409**********1238。"),
        ("青榕诉〔2026〕第00012号，2026-11-02", "青榕诉〔2026〕第00012号，2026-11-02"),
    ],
)
def test_numbers_within_a_text_are_masked_and_nothing_else(text, shown):
    assert mask_within(text) == shown


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("4409 0019 9003 0712 3x", True), ("E00000000", True), ("13800000023", False), ("陈", False)],
)
def test_only_a_whole_number_is_looked_up_as_one(text, is_one):
    assert looks_like_id(text) is is_one


def test_a_column_is_erased_masked_kept_or_no_matter_of_persons():
    assert fate_of("cases", "details").fate is Fate.ERASE
    assert fate_of("cases", "appellant_shown").fate is Fate.MASK
    assert fate_of("staff", "name").fate is Fate.RETAIN
    assert fate_of("cases", "number") is None
    assert fate_of("rooms", "name") is None
