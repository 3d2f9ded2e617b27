"""A case is found by whatever one has of it, and only by those who may see it."""

from functools import partial

import pytest

from desk.actions.intake import Appellant, RegisterCase
from desk.queries.search import find
from desk.rules.codes import Channel, Exit, Purpose

PHONE = "13800000023"


@pytest.fixture
def number(hall):
    """Register one case and two others; return the number of the first."""
    made = _register(hall, "陈桂芳", PHONE, "榕荫里小区 7 栋 401", "电梯停在半空。")
    _register(hall, "梁老师", "13800000031", "码头新村 2 栋", "路灯不亮。")
    _register(hall, "某某", "13800000045", "新桥路口", "有人举报乱收费。", Purpose.REPORT)
    return made.made["number"]


def _register(hall, name, phone, address, details, purpose=Purpose.COMPLAINT):
    request = RegisterCase(
        **hall.by("李敏"),
        exit=Exit.TRANSFER,
        channel=Channel.VISIT,
        details=details,
        category=hall.category("楼道漏电"),
        first_unit=hall.unit("信联办"),
        appellant=Appellant(name=name, phone=phone, address=address),
        community=hall.unit("榕东社区"),
        purpose=purpose,
    )
    hall.clock.forward(minutes=1)
    return hall.sign_in("李敏").carry_out(request)


def found(hall, text, who="冯丽"):
    return hall.sign_in(who).read(partial(find, text=text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1", "编号"),
        ("00001", "编号"),
        ("2026-1", "编号"),
        ("0023", "电话含“0023”"),
        (PHONE, f"电话含“{PHONE}”"),
        ("陈桂", "诉求人含“陈桂”"),
        ("cgf", "诉求人含“cgf”"),
        ("榕荫里", "地址含“榕荫里”"),
        ("榕荫里 401", "地址含“榕荫里 401”"),
        ("半空", "内容含“半空”"),
    ],
)
def test_a_case_is_found_and_says_why(hall, number, text, why):
    hit = found(hall, text).cases[0]  # the case of exactly that number comes first
    assert (hit.number, hit.seq, hit.why) == (number, 1, why)


def test_the_full_number_finds_exactly_this_case(hall, number):
    (hit,) = found(hall, number).cases
    assert hit.number == number
    assert found(hall, number.replace("2026", "2025")).cases == ()


def test_few_digits_find_the_number_first_and_then_all_that_contains_them(hall, number):
    assert [hit.seq for hit in found(hall, "2").cases] == [2, 1]
    assert len(found(hall, "138").cases) == 2  # the reported one is secret


def test_the_newest_comes_first_and_more_is_said(hall, number):
    both = found(hall, "13800000")
    assert [hit.seq for hit in both.cases] == [2, 1]
    one = hall.sign_in("冯丽").read(partial(find, text="13800000", most=1))
    assert [hit.seq for hit in one.cases] == [2]
    assert one.is_more


def test_who_may_not_see_a_case_does_not_find_it(hall, number):
    assert found(hall, "榕荫里", who="赵强").cases == ()
    assert found(hall, number, who="赵强").cases == ()
    assert found(hall, "举报", who="冯丽").cases == ()
    assert len(found(hall, "举报", who="秦岚").cases) == 1


@pytest.mark.parametrize(
    "text", ["", "  ", "%", "_", "\\", "'; DROP TABLE cases; --", "〔", "\x00"]
)
def test_odd_input_finds_nothing_and_breaks_nothing(hall, number, text):
    assert found(hall, text).cases == ()
