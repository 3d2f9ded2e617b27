"""What may be told about whoever is at the counter (DOMAIN.md 6.2, 9.4)."""

from functools import partial

import pytest

from desk.actions.intake import Appellant, RegisterCase
from desk.queries.visitors import namesakes, visitor
from desk.rules.codes import CaseStatus, Channel, Exit, Purpose

PHONE, OTHER = "13800000023", "13800000045"
ADDRESS = "青榕花园 7 栋 2 单元 401"


@pytest.fixture
def register(hall):
    """Take in an appeal as one of the staff; returns its id."""

    def take_in(by="李敏", *, phone=PHONE, name="陈桂芳", address=ADDRESS, **facts):
        facts = {
            "exit": Exit.TRANSFER,
            "channel": Channel.VISIT,
            "details": "楼道灯座漏电。",
            "category": hall.category("楼道漏电"),
            "first_unit": hall.person(by).home_unit_id,
            "place": hall.place("青榕花园"),
        } | facts
        appellant = Appellant(name=name, phone=phone, address=address)
        request = RegisterCase(**hall.by(by), appellant=appellant, **facts)
        return hall.sign_in(by).carry_out(request).made["case"]

    return take_in


def seen(hall, who, phone=PHONE):
    return hall.sign_in(who).read(partial(visitor, phone=phone))


def test_an_earlier_visitor_comes_back_with_name_and_last_address(hall, register):
    register(exit=Exit.ON_SPOT, answer="已当面说明。")
    hall.clock.forward(days=2)
    last = register(address="青榕花园 9 栋 101")

    found = seen(hall, "李敏", "138 0000 0023")

    assert (found.times, found.open, found.others) == (2, 1, 0)
    assert (found.name, found.address) == ("陈桂芳", "青榕花园 9 栋 101")
    assert found.place == hall.place("青榕花园")
    assert [visit.status for visit in found.visits] == [CaseStatus.RECEIVED, CaseStatus.CLOSED]
    assert found.visits[0].id == last
    assert found.visits[0].unit == "信联办"


def test_a_stranger_has_no_visits(hall, register):
    register()
    assert seen(hall, "李敏", OTHER).times == 0
    assert seen(hall, "李敏", "").times == 0


def test_cases_of_others_are_counted_and_tell_nothing_else(hall, register):
    register()

    found = seen(hall, "梁燕")

    assert (found.times, found.others, found.visits) == (1, 1, ())
    assert (found.name, found.address, found.place) == ("", "", None)


def test_reports_and_mediations_are_not_even_counted(hall, register):
    register(purpose=Purpose.REPORT)
    register(purpose=Purpose.MEDIATION)

    assert seen(hall, "李敏").times == 0
    assert seen(hall, "秦岚").times == 0


def test_someone_a_case_is_about_learns_nothing_of_it(hall, register):
    register("周航", accused_unit=hall.unit("城建办"))
    register("周航", accused_staff=hall.person("李敏").staff_id)

    assert seen(hall, "赵强").times == 1
    assert seen(hall, "李敏").times == 1
    assert seen(hall, "周航").times == 2


def test_who_asked_for_secrecy_is_not_offered_by_name(hall, register):
    register(hides_appellant=True)

    found = seen(hall, "李敏")

    assert (found.times, found.name, found.address) == (1, "", "")
    assert hall.sign_in("李敏").read(partial(namesakes, name="陈桂芳")) == []


def test_a_name_alone_brings_tails_of_numbers_only(hall, register):
    register()
    register()
    register(phone=OTHER, place=None)
    register(phone="", place=None)

    found = hall.sign_in("李敏").read(partial(namesakes, name="陈 桂芳"))

    assert {(n.phone_tail, n.place, n.visits) for n in found} == {
        ("0023", "青榕花园", 2),
        ("0045", "", 1),
    }
    assert hall.sign_in("梁燕").read(partial(namesakes, name="陈桂芳")) == []
