"""Which earlier cases are proposed, to whom, and in which words (DOMAIN.md 6.2, 9.4)."""

from functools import partial

import pytest

from desk.actions.intake import Appellant
from desk.actions.repeat_verdicts import SayNoRepeat, TakeBackNoRepeat
from desk.actions.set_aside import LinkRepeat
from desk.actions.topics import OpenTopic
from desk.queries.repeat_probe import AskedRepeat
from desk.queries.repeats import (
    repeat_candidates,
    repeats_of_case,
    said_no_repeats,
    text_frequencies,
)
from desk.rules.codes import Purpose
from desk.rules.repeats import Relation
from tests.actions.conftest import shared_hall
from tests.actions.work import CHEN, LI, LIANG, ZHAO, ZHOU, Work

__all__ = ["shared_hall"]

LIFT = "电梯停在半空，把人困住了，按铃没人应。请派人来修。"
AGAIN = "升降梯又停半空，困人，按铃还是没有人应。"
PERSON = ("13800000041", "陶静怡", "青榕花园 7 栋 401")


@pytest.fixture
def work(shared_hall):
    """Work in a hall where other cases lie too: each test has a place and a person of its own."""
    return Work(shared_hall, shared_hall.clock)


def bring(work, who=LI, *, person=PERSON, details=LIFT, place="青榕花园", **facts):
    phone, name, address = person
    facts = {
        "place": work.hall.place(place) if place else None,
        "category": work.hall.category("楼道漏电"),
    } | facts
    appellant = Appellant(name=name, phone=phone, address=address)
    return work.register(who, details=details, appellant=appellant, **facts)


def asked(work, *, person=PERSON, text=AGAIN, place="青榕花园", **facts):
    phone, name, address = person
    where = work.hall.place(place) if place else None
    return AskedRepeat(phone=phone, name=name, address=address, place=where, text=text, **facts)


def found(work, who, sought):
    answer = work.desk(who).read(partial(repeat_candidates, sought=sought))
    return {one.visit.id: one for one in answer}


def test_the_same_person_with_the_same_is_said_in_words(work):
    case = bring(work)
    one = found(work, ZHOU, asked(work))[case]
    assert one.relation is Relation.REPEAT
    assert one.words.startswith("同一电话，同一楼栋，说的是同一件事：")
    assert one.may_open


def test_without_a_number_name_and_place_do_and_one_wrong_digit_is_said(work):
    person = ("13800000042", "喻知秋", "青榕花园 9 栋 3")
    case = bring(work, person=person)
    by_name = found(work, ZHOU, asked(work, person=("", *person[1:])))[case]
    assert by_name.words.startswith("同名同地址，同一楼栋")
    nearly = found(work, ZHOU, asked(work, person=("13800000342", "", person[2])))[case]
    assert nearly.words.startswith("电话只差一位，请核对")
    other_name = found(work, ZHOU, asked(work, person=("13800000342", "裴然", "")))[case]
    assert other_name.relation is Relation.NEIGHBOUR


def test_who_wants_the_opposite_is_shown_as_such(work):
    case = bring(work, details="早市太吵，要求取缔早市。", person=("13800000043", "孟夏", ""))
    sought = asked(work, text="早市停了买菜不便，希望恢复早市。", person=("13800000044", "", ""))
    one = found(work, ZHOU, sought)[case]
    assert one.relation is Relation.OPPOSITE
    assert "要求相反" in one.words


def test_the_same_words_at_another_place_are_not_proposed(work):
    case = bring(work, person=("13800000046", "景行", ""))
    assert case not in found(work, ZHOU, asked(work, person=("", "", ""), place="码头新村"))


def test_a_case_out_of_the_window_is_not_proposed(work):
    case = bring(work, person=("13800000047", "杜若", ""))
    sought = asked(work, person=("13800000047", "杜若", ""))
    assert case in found(work, ZHOU, sought)
    work.clock.forward(days=91)
    assert case not in found(work, ZHOU, sought)


def test_of_a_case_kept_from_the_reader_only_number_day_unit_and_status_are_told(work):
    person = ("13800000048", "单于飞", "")
    case = bring(work, person=person, first_unit=work.unit("信联办"))
    one = found(work, LIANG, asked(work, person=person, text="另外的事情，别的话。"))[case]
    assert (one.may_open, one.words) == (False, "同一电话，同一小区")
    assert one.visit.number == work.case(case).number
    assert case not in found(work, LIANG, asked(work, person=("", "", "")))


def test_reports_mediations_and_cases_about_oneself_are_never_mentioned(work):
    person = ("13800000049", "祁连", "")
    kept = {
        bring(work, person=person, purpose=Purpose.REPORT),
        bring(work, person=person, purpose=Purpose.MEDIATION),
    }
    about_them = bring(work, person=person, accused_unit=work.unit("城建办"))
    assert not {*kept, about_them} & set(found(work, ZHAO, asked(work, person=person)))
    assert set(found(work, CHEN, asked(work, person=person))) & {*kept, about_them} == {about_them}


def test_what_is_no_repeat_is_not_proposed_again_to_the_pair_nor_to_the_person(work):
    person = ("13800000050", "桑榆", "")
    first, second = bring(work, person=person), bring(work, person=person, details=AGAIN)
    near = partial(repeats_of_case, case_id=second)
    assert first in {one.visit.id for one in work.desk(ZHOU).read(near)}

    work.ask(ZHOU, SayNoRepeat, second, other=first)

    assert first not in {one.visit.id for one in work.desk(ZHOU).read(near)}
    assert first not in found(work, ZHOU, asked(work, person=person))
    (said,) = work.desk(LI).read(partial(said_no_repeats, case_id=first))
    assert (said.other, said.who) == (second, ZHOU)

    work.ask(ZHOU, TakeBackNoRepeat, second, other=first)
    assert first in found(work, ZHOU, asked(work, person=person))
    assert work.desk(LI).read(partial(said_no_repeats, case_id=first)) == ()


def test_what_is_linked_already_is_not_proposed_in_the_case_file(work):
    person = ("13800000054", "柏舟", "")
    first, second = bring(work, person=person), bring(work, person=person, details=AGAIN)
    work.ask(ZHOU, LinkRepeat, second, earlier=first)
    for one, other in ((first, second), (second, first)):
        near = work.desk(ZHOU).read(partial(repeats_of_case, case_id=one))
        assert other not in {found.visit.id for found in near}


def test_a_case_that_is_handled_with_others_names_its_topic(work):
    person = ("13800000051", "池鱼", "")
    case = bring(work, person=person)
    request = OpenTopic(**work.hall.by(ZHOU), name="电梯困人", cases=(case,))
    topic = work.desk(ZHOU).carry_out(request).made["topic"]
    one = found(work, ZHOU, asked(work, person=person))[case]
    assert (one.topic, one.topic_name) == (topic, "电梯困人")


def test_how_rare_words_are_is_counted_in_what_the_reader_sees(work):
    bring(work, person=("13800000052", "阮青", ""), details="鼋头渚的石狮子倒了。")
    assert work.desk(ZHOU).read(text_frequencies).counts["石狮"] >= 1
    assert "石狮" not in work.desk(LIANG).read(text_frequencies).counts


def test_a_case_that_the_reader_may_not_see_has_no_neighbours_to_show(work):
    case = bring(work, person=("13800000053", "相里", ""), first_unit=work.unit("信联办"))
    assert work.desk(LIANG).read(partial(repeats_of_case, case_id=case)) == ()
