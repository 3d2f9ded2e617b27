import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.identity import (
    FieldState,
    fold_width,
    mask_id,
    mask_name,
    mask_phone,
    normalise_name,
    normalise_phone,
    phone_check,
    split_phones,
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张伟", "张*"),
        ("陈建国", "陈**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳", "欧*"),
        ("东方明", "东方*"),
        ("阿依古丽·买买提", "阿***·***"),
        ("𠮷田·阿依古丽", "𠮷*·****"),
        ("陈𫖯", "陈*"),
        ("葛\U000e0100明", "葛*"),
        ("John Smith", "J*** *****"),
        ("张", "*"),
        ("·", "·"),
        ("", ""),
    ],
)
def test_only_the_surname_of_a_masked_name_is_readable(name, masked):
    assert mask_name(name) == masked


@given(st.text(alphabet="张王李欧阳𠮷䶮·", min_size=2, max_size=8))
def test_a_mask_never_shows_more_than_two_characters(name):
    assert len(re.sub(r"[*·]", "", mask_name(name))) <= 2


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800000023", "138****0023"),
        ("0755-12345678", "0755-****5678"),
        ("0755-12345678-801", "0755-****5678-801"),
        ("1234567", "***4567"),
        ("+85291230000", "********0000"),
        ("12345", "****5"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_the_middle_of_a_masked_phone_is_hidden(phone, masked):
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("440300000000001234", "4403**********1234"),
        ("44030000000000123X", "4403**********123X"),
        ("E12345678", "E******78"),
        ("123", "***"),
    ],
)
def test_the_middle_of_a_masked_identity_number_is_hidden(number, masked):
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 张　伟 ", "张伟"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提﹒吐尔逊", "买买提·吐尔逊"),
        ("买买提‧吐尔逊", "买买提·吐尔逊"),
        ("买买提 · 吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("Ｊｏｈｎ   Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("陈𫖯", "陈𫖯"),
        ("﨑山", "﨑山"),
    ],
)
def test_names_are_spelt_one_way(typed, stored):
    assert normalise_name(typed) == stored
    assert normalise_name(stored) == stored


def test_only_full_width_characters_are_folded():
    assert fold_width("ＡＢ１２（），　²①㎡") == "AB12(), ²①㎡"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("138 0000 0023", "13800000023"),
        ("138-0000-0023", "13800000023"),
        ("+86 138-0000-0033", "13800000033"),
        ("0086 13800000033", "13800000033"),
        ("86-13800000033", "13800000033"),
        ("０１３８００００００１２", "13800000012"),
        ("１３８００００００１２", "13800000012"),
        ("13800000023.0", "13800000023"),
        ("0755 12345678", "075512345678"),
        ("0755-22345678", "0755-22345678"),
        ("(0755)22345678", "0755-22345678"),
        ("+86 755 2234 5678", "0755-22345678"),
        ("+86 10 62345678", "010-62345678"),
        ("075522345678转801", "0755-22345678-801"),
        ("0755-22345678-801", "0755-22345678-801"),
        ("010－62345678", "010-62345678"),
        ("021—6234567", "021-6234567"),
        ("+852 9123 0000", "+85291230000"),
    ],
)
def test_phones_are_spelt_one_way(typed, stored):
    assert normalise_phone(typed) == stored
    assert normalise_phone(stored) == stored


@pytest.mark.parametrize(
    "typed", ["", "  ", "13800000023", "0755-22345678", "0755-22345678-8", "+85291230000"]
)
def test_good_numbers_and_an_empty_field_pass_without_a_word(typed):
    check = phone_check(typed)
    assert (check.state, check.sentence) == (FieldState.OK, "")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("22345678", "没写区号"),
        ("12345", "服务号码"),
        ("110", "服务号码"),
        ("4008200000", "服务号码"),
        ("12000000000", "“120”不是常见的手机号段"),
    ],
)
def test_unusual_numbers_can_be_saved_after_a_look(typed, sentence):
    check = phone_check(typed)
    assert check.state is FieldState.DOUBTFUL
    assert sentence in check.sentence
    assert check.value == typed


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1380000002", "号码少一位，请核对；不留可空着。"),
        ("138000000", "号码少两位，请核对；不留可空着。"),
        ("138000000234", "号码多一位，请核对；不留可空着。"),
        ("1", "号码少 10 位，请核对；不留可空着。"),
        ("5550", "“5550”不像电话号码，请核对；不留可空着。"),
        ("07551", "“07551”不像电话号码，请核对；不留可空着。"),
        ("0755-2234567812345-1", "“07552234567812345‑1”不像电话号码"),
        ("13800O00023", "电话里有“O”，只写数字就行，请核对；不留可空着。"),
        ("²²²²²²²²²²²", "电话里有“²”"),
        ("13800000001/13800000002", "这里有两个号码，请把第二个填到备用电话。"),
        ("1380000000113800000002", "这里有两个号码"),
    ],
)
def test_wrong_numbers_are_explained_and_kept_as_typed(typed, sentence):
    check = phone_check(f" {typed} ")
    assert check.state is FieldState.WRONG
    assert sentence.replace("‑", "") in check.sentence
    assert check.value == typed


def test_a_field_with_several_phones_can_be_taken_apart():
    assert split_phones("13800000001、0755-22345678；13800000003") == (
        "13800000001",
        "0755-22345678",
        "13800000003",
    )
    assert split_phones("13800000001 13800000002") == ("13800000001", "13800000002")
    assert split_phones("138 0000 0001") == ("138 0000 0001",)
    assert split_phones(" / ") == ()


@given(st.text(max_size=30))
def test_whatever_is_typed_ends_in_a_state_and_is_never_emptied(typed):
    check = phone_check(typed)
    assert bool(check.value) == bool(typed.strip())
    assert check.state is FieldState.OK or check.sentence.endswith("。")
