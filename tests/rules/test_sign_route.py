"""Whose desks an opinion passes, and who may sign there: for every street that can be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.codes import Role
from desk.rules.rights import Person
from desk.rules.sign_route import (
    ChiefSigns,
    RouteFacts,
    SignDesk,
    Stand,
    covers,
    may_still_undo,
    sign_route,
    signed_by,
    stand_at,
)

R = Role
ZHENG, QIAN, WANG, LIU, ZHOU = 1, 2, 3, 4, 5
AT = datetime(2026, 11, 2, 1, tzinfo=UTC)

people = st.sampled_from([ZHENG, QIAN, WANG, LIU])
facts_of_all_kinds = st.builds(
    RouteFacts,
    areas=st.lists(st.lists(people, max_size=2), max_size=3),
    chiefs=st.lists(st.sampled_from([WANG, LIU]), max_size=2, unique=True),
    recused=st.frozensets(people),
    is_hard=st.booleans(),
    is_urgent=st.booleans(),
)
wishes = st.sampled_from(list(ChiefSigns))


def person(*roles, staff=ZHOU, acts_for=(), acting=(), **more):
    return Person(
        staff_id=staff,
        name="甲",
        street_id=9,
        unit_ids=frozenset({7}),
        roles=frozenset(roles),
        home_unit_id=7,
        acts_for=frozenset(acts_for),
        acting_roles=frozenset(acting),
        **more,
    )


def route(areas, *, chiefs=(WANG,), signs=ChiefSigns.HARD, **more):
    desks = sign_route(RouteFacts(areas=areas, chiefs=chiefs, **more), signs)
    return [(desk.role, desk.signer_id) for desk in desks]


def test_the_leader_of_the_area_signs_alone_in_an_ordinary_case():
    assert route([[ZHENG], [QIAN]]) == [(R.LEADER, ZHENG)]


def test_where_nobody_answers_for_the_unit_its_parent_decides():
    assert route([[], [QIAN]]) == [(R.LEADER, QIAN)]


def test_where_nobody_answers_at_all_any_leader_signs():
    assert route([[], []]) == [(R.LEADER, None)]
    assert route([], is_hard=True) == [(R.LEADER, None), (R.CHIEF, WANG)]


@pytest.mark.parametrize(
    ("signs", "more", "wanted"),
    [
        (ChiefSigns.NEVER, {"is_hard": True, "is_urgent": True}, False),
        (ChiefSigns.HARD, {"is_hard": True}, True),
        (ChiefSigns.HARD, {"is_urgent": True}, False),
        (ChiefSigns.URGENT, {"is_urgent": True}, True),
        (ChiefSigns.URGENT, {"is_hard": True}, True),
        (ChiefSigns.URGENT, {}, False),
        (ChiefSigns.ALWAYS, {}, True),
    ],
)
def test_the_hall_decides_what_the_chief_signs_too(signs, more, wanted):
    found = route([[ZHENG]], signs=signs, **more)

    assert found == [(R.LEADER, ZHENG), (R.CHIEF, WANG)] if wanted else [(R.LEADER, ZHENG)]


def test_a_leader_whom_it_is_about_is_passed_over_and_the_chief_signs_in_addition():
    recused = frozenset({ZHENG})

    assert route([[ZHENG], [QIAN]], recused=recused) == [(R.LEADER, QIAN), (R.CHIEF, WANG)]
    assert route([[ZHENG]], recused=recused, signs=ChiefSigns.NEVER) == [(R.CHIEF, WANG)]


def test_a_chief_whom_it_is_about_does_not_sign():
    assert route([[ZHENG]], recused=frozenset({WANG}), is_hard=True) == [(R.LEADER, ZHENG)]


def test_where_all_are_concerned_any_other_leader_signs():
    assert route([[ZHENG]], recused=frozenset({ZHENG, WANG})) == [(R.LEADER, None)]


def test_a_chief_who_answers_for_the_unit_himself_signs_once():
    assert route([[WANG]], is_hard=True) == [(R.CHIEF, WANG)]


def test_of_two_chiefs_either_one_signs():
    found = route([[ZHENG]], chiefs=(WANG, LIU), is_hard=True)

    assert found == [(R.LEADER, ZHENG), (R.CHIEF, None)]


@given(facts_of_all_kinds, wishes)
def test_there_is_always_a_way_and_nobody_on_it_is_concerned(facts, signs):
    desks = sign_route(facts, signs)

    assert desks
    named = [desk.signer_id for desk in desks if desk.signer_id is not None]
    assert not set(named) & facts.recused
    assert len(set(named)) == len(named)
    assert sum(1 for desk in desks if desk.role is R.CHIEF) <= 1
    assert all(desk.role is not R.CHIEF for desk in desks[:-1])


@given(facts_of_all_kinds, wishes)
def test_whoever_is_named_answers_for_the_unit_or_is_the_chief(facts, signs):
    known = {leader for unit in facts.areas for leader in unit} | set(facts.chiefs)

    assert {desk.signer_id for desk in sign_route(facts, signs)} - {None} <= known


@given(facts_of_all_kinds, wishes, people)
def test_one_more_who_is_concerned_never_puts_him_on_the_way(facts, signs, somebody):
    more = RouteFacts(
        areas=facts.areas,
        chiefs=facts.chiefs,
        recused=facts.recused | {somebody},
        is_hard=facts.is_hard,
        is_urgent=facts.is_urgent,
    )

    assert somebody not in {desk.signer_id for desk in sign_route(more, signs)}


def test_only_whose_desk_it_is_and_his_deputy_sign_there():
    desk = SignDesk(R.LEADER, ZHENG)

    assert stand_at(desk, person(R.LEADER, staff=ZHENG)) is Stand.OWN
    assert stand_at(desk, person(R.DISPATCHER, acts_for=[ZHENG])) is Stand.DEPUTY
    assert stand_at(desk, person(R.LEADER, staff=QIAN)) is Stand.NOBODY
    assert stand_at(desk, person(is_built_in=True)) is Stand.OWN


def test_where_nobody_is_named_every_leader_signs_and_their_deputies():
    desk = SignDesk(R.LEADER)

    assert stand_at(desk, person(R.LEADER)) is Stand.ANY
    assert stand_at(desk, person(R.CHIEF)) is Stand.ANY
    assert stand_at(desk, person(R.HANDLER, acts_for=[ZHENG], acting=[R.LEADER])) is Stand.DEPUTY
    assert stand_at(desk, person(R.HANDLER)) is Stand.NOBODY
    assert stand_at(desk, person(is_built_in=True)) is Stand.ANY


def test_at_the_chiefs_desk_only_chiefs_sign():
    desk = SignDesk(R.CHIEF)

    assert stand_at(desk, person(R.CHIEF)) is Stand.ANY
    assert stand_at(desk, person(R.LEADER)) is Stand.NOBODY


def test_nobody_signs_the_same_paper_twice():
    assert covers(SignDesk(R.CHIEF, WANG), WANG, frozenset({R.CHIEF}))
    assert not covers(SignDesk(R.CHIEF, WANG), ZHENG, frozenset({R.LEADER}))
    assert covers(SignDesk(R.CHIEF), LIU, frozenset({R.CHIEF}))
    assert not covers(SignDesk(R.CHIEF), ZHENG, frozenset({R.LEADER}))


def test_a_deputys_signature_names_both():
    assert signed_by("郑伟") == "郑伟"
    assert signed_by("郑伟", "周航") == "郑伟（周航代）"


def test_a_signature_is_taken_back_within_the_hall_s_seconds_only():
    assert may_still_undo(AT, AT + timedelta(seconds=60), 60)
    assert not may_still_undo(AT, AT + timedelta(seconds=61), 60)
