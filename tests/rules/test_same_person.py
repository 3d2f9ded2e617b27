"""What matched, in words, and what people said of it (一人一档)."""

from desk.rules.same_person import Found, Group, Said, say_times, sort_cases


def groups(found, said=(), anchor=None):
    return [(one.found.case, one.group, one.words) for one in sort_cases(found, said, anchor)]


MOTHER = Found(1, False, 1, by_phone=True)
SON = Found(2, True, 2, by_phone=True)
NOBODY = Found(3, True, 3, by_phone=True, is_nameless=True)
MOVED = Found(4, False, 4, by_name=True)
ON_PAPER = Found(5, False, 5, by_identity=True, by_name=True)


def test_the_newest_of_the_number_is_the_person_and_all_else_is_asked_about():
    assert groups([MOTHER, SON, NOBODY, MOVED, ON_PAPER]) == [
        (1, Group.SAME, "电话"),
        (2, Group.UNSURE, "电话，姓名不同"),
        (3, Group.UNSURE, "电话，没留姓名"),
        (4, Group.UNSURE, "姓名+地址，电话不同"),
        (5, Group.SAME, "证件、姓名+地址"),
    ]


def test_the_page_of_a_case_is_that_of_its_person():
    assert [group for _, group, _ in groups([MOTHER, SON], anchor=2)] == [Group.UNSURE, Group.SAME]


def test_what_somebody_said_joins_also_through_others():
    said = [Said(1, 4, True), Said(4, 3, True), Said(1, 99, True)]
    assert groups([MOTHER, SON, NOBODY, MOVED], said) == [
        (1, Group.SAME, "电话"),
        (2, Group.UNSURE, "电话，姓名不同"),
        (3, Group.SAME, "已认定同一人"),
        (4, Group.SAME, "已认定同一人"),
    ]


def test_who_is_somebody_else_stands_apart_even_with_the_same_number():
    told = groups([MOTHER, SON, NOBODY], [Said(1, 2, False), Said(2, 3, False)])
    assert [group for _, group, _ in told] == [Group.SAME, Group.OTHER, Group.UNSURE]


def test_two_cases_of_one_facet_are_not_torn_apart():
    again = Found(7, False, 1, by_phone=True)
    assert {group for _, group, _ in groups([MOTHER, again], [Said(1, 7, False)])} == {Group.SAME}


def test_an_empty_page_has_no_groups():
    assert groups([]) == []


def test_how_often_somebody_was_here_is_one_sentence():
    assert say_times(0, 0) == ""
    assert say_times(3, 0) == "来过 3 次"
    assert say_times(4, 2) == "来过 4 次，2 件在办"
