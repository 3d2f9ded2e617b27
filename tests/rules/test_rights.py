"""Who may do what and who sees which case: recusal, secrecy, overseers, one's own part."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.codes import AssignmentRole, AssignmentStatus, CaseStatus, Role
from desk.rules.deeds import HALL_DEEDS, STEPS, Deed
from desk.rules.errors import NotAllowed
from desk.rules.rights import (
    KEEPERS_OF_SECRETS,
    OVERSEERS,
    CaseStand,
    Part,
    Person,
    deeds_now,
    is_recused,
    may,
    may_see,
    recused_units,
    require,
    require_hall,
)

S, R = CaseStatus, Role
FIRST, LEAD, SUPPORT, OTHER, ABOVE, BELOW = 1, 2, 3, 4, 5, 6
ME, SOMEBODY = 100, 101


def person(*roles, unit=LEAD, below=(), above=(), **more):
    facts = {"staff_id": ME, "name": "甲", "street_id": 9, "home_unit_id": unit}
    return Person(
        unit_ids=frozenset({unit, *below}),
        units_above=frozenset(above),
        roles=frozenset(roles),
        **(facts | more),
    )


def part(unit, role=AssignmentRole.LEAD, status=AssignmentStatus.ACCEPTED):
    return Part(unit, role, status)


def stand(status=S.HANDLING, *parts, **more):
    facts = {
        "first_unit_id": FIRST,
        "first_responder_id": SOMEBODY,
        "involved_units": frozenset({FIRST, LEAD, SUPPORT}),
    }
    parts = parts or (
        part(LEAD),
        part(SUPPORT, AssignmentRole.SUPPORT),
    )
    return CaseStand(status=status, parts=parts, **(facts | more))


@pytest.mark.parametrize("unit", [FIRST, LEAD, SUPPORT])
def test_whoever_was_once_involved_keeps_sight(unit):
    assert may_see(stand(), person(R.CLERK, unit=unit))
    assert may_see(stand(is_secret=True), person(R.CLERK, unit=unit))


def test_the_first_responder_keeps_sight_after_moving_to_another_unit():
    assert may_see(stand(first_responder_id=ME), person(R.HANDLER, unit=OTHER))


def test_a_foreign_unit_sees_nothing():
    assert not may_see(stand(), person(R.HANDLER, unit=OTHER))


def test_a_community_sees_what_its_grids_are_involved_in():
    case = stand(involved_units=frozenset({BELOW}))

    assert may_see(case, person(R.COMMUNITY, unit=OTHER, below=(BELOW,)))


@pytest.mark.parametrize("role", sorted(Role))
def test_overseers_see_all_that_is_not_secret_and_keepers_the_secret_too(role):
    assert may_see(stand(), person(role, unit=OTHER)) == (role in OVERSEERS)
    secret = stand(is_secret=True)
    assert may_see(secret, person(role, unit=OTHER)) == (role in KEEPERS_OF_SECRETS)


def test_the_command_line_sees_and_does_everything():
    built_in = person(is_built_in=True, unit=OTHER)

    assert may_see(stand(is_secret=True, accused_staff_id=ME), built_in)
    assert may(Deed.SIGN, stand(), built_in)
    require_hall(Deed.ADMINISTER, built_in)


def test_a_complaint_about_a_person_is_kept_from_him_whatever_his_role():
    case = stand(accused_staff_id=ME, first_responder_id=ME)

    assert is_recused(case, person(*Role))
    assert not may_see(case, person(*Role))


@pytest.mark.parametrize(
    "me",
    [
        person(R.HANDLER, unit=OTHER),
        person(R.COMMUNITY, unit=BELOW, above=(OTHER,)),
        person(R.COMMUNITY, unit=ABOVE, below=(OTHER,)),
        person(R.LEADER, unit=OTHER),
        person(R.LEADER, unit=BELOW, above=(OTHER,)),
    ],
)
def test_a_complaint_about_a_unit_is_kept_from_its_people(me):
    case = stand(accused_unit_id=OTHER, involved_units=frozenset(me.unit_ids))

    assert is_recused(case, me)
    assert not may_see(case, me)
    assert deeds_now(case, me) == ()


def test_a_leader_decides_about_a_complaint_against_a_unit_below_his_own():
    leader = person(R.LEADER, unit=ABOVE, below=(OTHER,))

    assert OTHER not in recused_units(leader)
    assert may_see(stand(accused_unit_id=OTHER), leader)
    assert may(Deed.DISPATCH, stand(S.RECEIVED, accused_unit_id=OTHER), leader)


@pytest.mark.parametrize("role", sorted(KEEPERS_OF_SECRETS))
@pytest.mark.parametrize(
    ("deed", "status"),
    [
        (Deed.DISPATCH, S.RECEIVED),
        (Deed.GRADE, S.RECEIVED),
        (Deed.SEAL, S.SEALING),
        (Deed.DELIVER, S.DELIVERING),
        (Deed.FOLLOW_UP, S.FOLLOW_UP),
        (Deed.ARCHIVE, S.CLOSED),
    ],
)
def test_the_keepers_of_secrets_move_a_report_through_the_hall(role, deed, status):
    me = person(role, unit=OTHER)

    assert may(deed, stand(status, is_secret=True), me)
    assert may(deed, stand(status, accused_staff_id=SOMEBODY), me)
    assert not may(deed, stand(status), me)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.deed.value)
def test_nobody_does_anything_without_the_role_or_in_another_status(step):
    roles = frozenset(Role) - step.roles - KEEPERS_OF_SECRETS
    for status in CaseStatus:
        assert not may(step.deed, stand(status), person(*roles))
    for status in frozenset(CaseStatus) - step.statuses:
        assert not may(step.deed, stand(status), person(*Role))


def test_leading_waiting_supporting_and_returning_are_told_apart():
    waiting = part(LEAD, status=AssignmentStatus.WAITING)
    returning = part(LEAD, status=AssignmentStatus.RETURNING)
    reported = part(SUPPORT, AssignmentRole.SUPPORT, AssignmentStatus.REPORTED)
    lead, support = person(R.HANDLER), person(R.COMMUNITY, unit=SUPPORT)

    assert may(Deed.ACCEPT, stand(S.DISPATCHED, waiting), lead)
    assert not may(Deed.ACCEPT, stand(S.ACCEPTED), lead)
    assert may(Deed.REPORT_SUPPORT, stand(), support)
    assert not may(Deed.REPORT_SUPPORT, stand(S.HANDLING, reported), support)
    assert not may(Deed.REPORT_SUPPORT, stand(), lead)
    assert may(Deed.FINISH, stand(), lead)
    assert not may(Deed.FINISH, stand(), support)
    dispatcher = person(R.DISPATCHER, unit=FIRST)
    assert may(Deed.DECIDE_RETURN, stand(S.DISPATCHED, returning), dispatcher)
    assert not may(Deed.DECIDE_RETURN, stand(S.DISPATCHED, waiting), dispatcher)


@pytest.mark.parametrize("gone", [AssignmentStatus.REPLACED, AssignmentStatus.RETURNED])
def test_a_unit_whose_part_was_taken_away_leads_no_more(gone):
    case = stand(S.HANDLING, part(LEAD, status=gone), part(SUPPORT))

    assert may_see(case, person(R.HANDLER))
    assert not may(Deed.FINISH, case, person(R.HANDLER))
    assert not may(Deed.CONTACT, case, person(R.HANDLER))
    assert may(Deed.FINISH, case, person(R.HANDLER, unit=SUPPORT))


def test_the_first_unit_may_still_call_and_correct_after_handing_over():
    me = person(R.CLERK, unit=FIRST)

    assert may(Deed.CONTACT, stand(S.ACCEPTED), me)
    assert may(Deed.CORRECT, stand(S.ACCEPTED), me)
    assert not may(Deed.VERIFY, stand(S.ACCEPTED), me)


def test_what_can_be_done_now_comes_in_the_order_of_a_cases_life():
    deeds = deeds_now(stand(S.RECEIVED), person(R.DISPATCHER, unit=FIRST))

    assert deeds[:2] == (Deed.DISPATCH, Deed.CONTACT)
    order = [step.deed for step in STEPS]
    assert list(deeds) == sorted(deeds, key=order.index)


def test_the_built_in_staff_is_offered_only_what_makes_sense_now():
    built_in = person(is_built_in=True, unit=OTHER)

    assert Deed.SIGN not in deeds_now(stand(S.RECEIVED), built_in)
    assert Deed.DISPATCH in deeds_now(stand(S.RECEIVED), built_in)
    assert Deed.FINISH not in deeds_now(stand(S.HANDLING), built_in)


def test_a_refusal_says_whether_it_is_sight_or_turn():
    with pytest.raises(NotAllowed, match="回避或保密"):
        require(Deed.NOTE, stand(), person(R.HANDLER, unit=OTHER))
    with pytest.raises(NotAllowed, match="现在不归您办理"):
        require(Deed.SIGN, stand(), person(R.HANDLER))
    require(Deed.FINISH, stand(), person(R.HANDLER))


@pytest.mark.parametrize("deed", sorted(HALL_DEEDS))
def test_deeds_of_the_hall_need_one_of_their_roles(deed):
    for role in HALL_DEEDS[deed]:
        require_hall(deed, person(role))
    with pytest.raises(NotAllowed, match="您的岗位不能做这一步"):
        require_hall(deed, person(*(frozenset(Role) - HALL_DEEDS[deed])))


def test_every_deed_stands_in_exactly_one_table():
    on_cases = [step.deed for step in STEPS]

    assert len(on_cases) == len(set(on_cases))
    assert set(on_cases) | set(HALL_DEEDS) == set(Deed)
    assert not set(on_cases) & set(HALL_DEEDS)


units = st.integers(1, 6)
people = st.builds(
    person,
    st.sampled_from(Role),
    st.sampled_from(Role),
    unit=units,
    below=st.lists(units, max_size=2),
    above=st.lists(units, max_size=2),
)
stands = st.builds(
    stand,
    st.sampled_from(CaseStatus),
    involved_units=st.frozensets(units),
    is_secret=st.booleans(),
    accused_unit_id=st.none() | units,
    accused_staff_id=st.sampled_from([None, ME, SOMEBODY]),
)


@given(stands, people)
def test_nobody_acts_on_what_he_may_not_see(case, me):
    if not may_see(case, me):
        assert deeds_now(case, me) == ()
    if is_recused(case, me):
        assert not may_see(case, me)


@given(stands, people)
def test_secrecy_and_complaints_never_widen_sight(case, me):
    plain = replace(case, is_secret=False, accused_unit_id=None, accused_staff_id=None)
    if may_see(replace(case, is_secret=False), me):
        assert may_see(plain, me)
