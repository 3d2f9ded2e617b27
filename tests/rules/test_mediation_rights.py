"""Who may know of a mediation, read it and work on it (DOMAIN.md 6.5, 9.4)."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.rules.codes import Role
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.mediation_codes import MediationStatus
from desk.rules.mediation_life import MEDIATION_MOVES, require_mediation_move
from desk.rules.mediation_rights import (
    MediationDeed,
    MediationStand,
    is_kept_from,
    may_know_of,
    may_mediate,
    may_read_content,
    mediation_deeds_now,
    require_mediation,
)
from desk.rules.rights import Person

D, S = MediationDeed, MediationStatus
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MEDIATOR, SECRETARY, HELPER, CLERK, STRANGER = range(1, 6)


def person(staff_id, *roles, is_built_in=False):
    return Person(
        staff_id=staff_id,
        name="某人",
        street_id=1,
        unit_ids=frozenset({1}),
        roles=frozenset(roles),
        home_unit_id=1,
        is_built_in=is_built_in,
    )


def stand(status=S.MEDIATING, **more):
    facts = {
        "mediator_staff_id": MEDIATOR,
        "secretary_id": SECRETARY,
        "registered_by": CLERK,
        "helpers": frozenset({HELPER}),
    }
    return MediationStand(status=status, **(facts | more))


def test_the_content_belongs_to_mediator_secretary_helpers_and_the_director():
    for staff in (MEDIATOR, SECRETARY, HELPER):
        assert may_read_content(stand(), person(staff), NOW)
    assert may_read_content(stand(), person(9, Role.DIRECTOR), NOW)
    assert may_read_content(stand(), person(9, is_built_in=True), NOW)


@pytest.mark.parametrize(
    "role", [Role.LEADER, Role.CHIEF, Role.DISPATCHER, Role.MEDIATOR, Role.SECRETARY]
)
def test_others_who_oversee_know_how_it_ended_and_nothing_more(role):
    assert may_know_of(stand(), person(STRANGER, role), NOW)
    assert not may_read_content(stand(), person(STRANGER, role), NOW)


@pytest.mark.parametrize("role", [Role.CLERK, Role.HANDLER, Role.ADMINISTRATOR, Role.OUTSIDER])
def test_whoever_has_nothing_to_do_with_it_does_not_learn_that_it_exists(role):
    assert not may_know_of(stand(), person(STRANGER, role), NOW)
    with pytest.raises(NotAllowed, match="找不到这件调解"):
        require_mediation(D.SETTLE, stand(), person(STRANGER, role), NOW)


def test_an_application_is_read_by_every_secretary_and_by_who_took_it_in():
    applied = stand(S.APPLIED, mediator_staff_id=None, secretary_id=None)

    assert may_read_content(applied, person(STRANGER, Role.SECRETARY), NOW)
    assert may_read_content(applied, person(CLERK, Role.CLERK), NOW)
    assert not may_read_content(stand(), person(CLERK, Role.CLERK), NOW)


def test_a_reason_opens_the_content_for_a_while():
    looked = stand(looks_until={STRANGER: NOW + timedelta(minutes=30)})
    leader = person(STRANGER, Role.LEADER)

    assert may_read_content(looked, leader, NOW)
    assert not may_read_content(looked, leader, NOW + timedelta(minutes=30))
    assert may_mediate(D.LOOK, stand(), leader, NOW)


def test_all_of_the_halls_own_staff_may_give_a_reason():
    for role in (Role.CLERK, Role.INSPECTOR, Role.ARCHIVIST, Role.HANDLER, Role.DIRECTOR):
        assert may_mediate(D.LOOK, stand(), person(STRANGER, role), NOW)
    for role in (Role.OUTSIDER, Role.ADMINISTRATOR, Role.AUDITOR):
        assert not may_mediate(D.LOOK, stand(), person(STRANGER, role), NOW)


@pytest.mark.parametrize("about", [{"accused_unit_id": 1}, {"accused_staff_id": STRANGER}])
def test_whoever_must_keep_out_of_it_does_not_even_know_of_it(about):
    looked = stand(looks_until={STRANGER: NOW + timedelta(minutes=30)}, **about)
    for role in (Role.LEADER, Role.DIRECTOR, Role.CLERK):
        somebody = person(STRANGER, role)
        assert is_kept_from(looked, somebody)
        assert not may_read_content(looked, somebody, NOW)
        assert not may_know_of(looked, somebody, NOW)
        assert not may_mediate(D.LOOK, looked, somebody, NOW)
    assert may_read_content(looked, person(9, is_built_in=True), NOW)
    assert not is_kept_from(stand(accused_unit_id=7, accused_staff_id=7), person(STRANGER))


def test_only_the_mediator_writes_down_a_private_talk():
    assert may_mediate(D.CAUCUS, stand(), person(MEDIATOR), NOW)
    assert not may_mediate(D.CAUCUS, stand(), person(SECRETARY, Role.SECRETARY), NOW)
    assert not may_mediate(D.CAUCUS, stand(), person(HELPER), NOW)


def test_helpers_sit_in_and_file_but_do_not_decide():
    helper = person(HELPER)

    assert set(mediation_deeds_now(stand(), helper, NOW)) == {D.HOLD_SESSION, D.FILE}
    with pytest.raises(NotAllowed, match="不归您办理"):
        require_mediation(D.SETTLE, stand(), helper, NOW)


def test_a_step_is_offered_only_where_the_mediation_stands():
    mediator = person(MEDIATOR, Role.MEDIATOR)

    assert D.SETTLE in mediation_deeds_now(stand(), mediator, NOW)
    assert D.SETTLE not in mediation_deeds_now(stand(S.ACCEPTED), mediator, NOW)
    assert D.PERFORM in mediation_deeds_now(stand(S.SETTLED), mediator, NOW)
    require_mediation(D.SETTLE, stand(), mediator, NOW)


def test_the_director_and_the_command_line_may_do_what_the_state_allows():
    for somebody in (person(9, Role.DIRECTOR), person(9, is_built_in=True)):
        assert may_mediate(D.ASSIGN, stand(), somebody, NOW)
        assert not may_mediate(D.ARCHIVE, stand(), somebody, NOW)


def test_a_mediation_goes_only_where_its_life_leads():
    require_mediation_move(S.MEDIATING, S.SETTLED)
    with pytest.raises(RuleBroken, match="现在是“已归档”，不能直接转为“调解中”"):
        require_mediation_move(S.ARCHIVED, S.MEDIATING)
    assert MEDIATION_MOVES[S.ARCHIVED] == frozenset()
    assert set(MEDIATION_MOVES) == set(S)
