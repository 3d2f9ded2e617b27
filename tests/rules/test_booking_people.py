"""Whether two parties are one person, from what two cases happen to know of them."""

from desk.rules.booking_people import person_key, person_keys

NUMBER, PHONE = "00000019500101001X", "13800000031"


def test_the_same_person_has_the_same_key_however_it_was_typed():
    assert person_key(id_number=" ００００００19500101001x ") == person_key(id_number=NUMBER)
    assert person_key(phone="+86 138-0000-0031") == person_key(phone=PHONE)


def test_one_case_knows_the_number_and_another_only_the_phone():
    both = person_keys(id_number=NUMBER, phone=PHONE)
    assert set(person_keys(phone=PHONE)) < set(both)
    assert person_key(id_number=NUMBER, phone=PHONE) == both[0]


def test_nobody_is_known_by_nothing_and_no_number_can_be_read_from_a_key():
    assert person_key(id_number=" ", phone=None) is None
    assert PHONE not in (person_key(phone=PHONE) or "")
