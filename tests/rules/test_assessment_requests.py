"""A request about the assessment of a case goes from desk to desk and says why (剔除、差评申诉)."""

import pytest

from desk.rules.assessment_codes import ExclusionReason, RequestKind, RequestState
from desk.rules.assessment_requests import (
    DESK_ROLES,
    PENDING,
    Rating,
    RequestDesk,
    lies_with,
    next_state,
    require_exclusion,
    require_new_rating,
    require_note,
)
from desk.rules.codes import Resolution, Role, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.rights import Person

S = RequestState
FACTS = "现场照片三张，产权证显示不在本辖区。"


def way(kind):
    """Return the desks that a request passes when all agree."""
    states = [S.UNIT]
    while states[-1] in PENDING:
        states.append(next_state(kind, states[-1]))
    return states


def test_an_exclusion_is_signed_by_unit_area_chief_and_checked_by_the_office():
    assert way(RequestKind.EXCLUDE) == [S.UNIT, S.AREA, S.CHIEF, S.OFFICE, S.GRANTED]


def test_an_appeal_against_a_rating_needs_no_chief():
    assert way(RequestKind.RATE_AGAIN) == [S.UNIT, S.AREA, S.OFFICE, S.GRANTED]


def test_every_desk_has_somebody_who_sits_at_it():
    assert set(DESK_ROLES) == PENDING


@pytest.mark.parametrize("state", [S.GRANTED, S.REFUSED, S.WITHDRAWN, S.REVOKED])
def test_what_was_decided_is_not_signed_again(state):
    with pytest.raises(RuleBroken, match="不用再签"):
        next_state(RequestKind.EXCLUDE, state)


def test_an_exclusion_names_a_reason_that_counts_and_its_facts():
    allowed = {ExclusionReason.ELSEWHERE, ExclusionReason.IN_COURT}
    require_exclusion([ExclusionReason.ELSEWHERE], allowed, FACTS)
    with pytest.raises(RuleBroken, match="至少勾一条"):
        require_exclusion([], allowed, FACTS)
    with pytest.raises(RuleBroken, match="“不合理诉求”不能作为剔除理由"):
        require_exclusion([ExclusionReason.UNREASONABLE], allowed, FACTS)
    with pytest.raises(RuleBroken, match="事实和证据"):
        require_exclusion([ExclusionReason.ELSEWHERE], allowed, "　同意　")


def test_an_appeal_says_what_the_rating_is_now():
    old = Rating(True, Resolution.NO, Satisfaction.DISSATISFIED)
    new = Rating(True, Resolution.YES, Satisfaction.SATISFIED)
    require_new_rating(old, new, FACTS)
    for unsaid in (
        Rating(True, None, Satisfaction.SATISFIED),
        Rating(True, Resolution.YES, None),
        Rating(True, Resolution.YES, Satisfaction.NOT_RATED),
    ):
        with pytest.raises(RuleBroken, match="现在的评价"):
            require_new_rating(old, unsaid, FACTS)
    with pytest.raises(RuleBroken, match="与原来的一样"):
        require_new_rating(old, old, FACTS)


def test_a_rating_is_said_in_words():
    assert (
        Rating(True, Resolution.NO, Satisfaction.DISSATISFIED).words() == "联系过、未解决、不满意"
    )
    assert Rating(None, None, None).words() == "未问联系"


def test_whoever_refuses_says_why():
    require_note(is_passed=True, note="")
    require_note(is_passed=False, note="缺少产权证明")
    with pytest.raises(RuleBroken, match="写明理由"):
        require_note(is_passed=False, note=" ")


def staff(*roles, **facts):
    unit = {"unit_ids": frozenset({3}), "home_unit_id": 3}
    return Person(staff_id=7, name="甲", street_id=1, roles=frozenset(roles), **unit, **facts)


@pytest.mark.parametrize(
    ("desk", "who", "is_his"),
    [
        ({"state": S.UNIT}, staff(Role.HANDLER), True),
        ({"state": S.UNIT, "asked_by": 7}, staff(Role.HANDLER), False),
        ({"state": S.UNIT, "unit_id": 4}, staff(Role.HANDLER), False),
        ({"state": S.UNIT}, staff(Role.FOLLOW_UP), False),
        ({"state": S.AREA}, staff(Role.LEADER), True),
        ({"state": S.AREA, "leader_id": 9}, staff(Role.LEADER), False),
        ({"state": S.AREA, "leader_id": 9}, staff(Role.CHIEF), True),
        ({"state": S.CHIEF}, staff(Role.LEADER), False),
        ({"state": S.OFFICE}, staff(Role.DISPATCHER), True),
        ({"state": S.OFFICE, "is_secret": True}, staff(Role.DISPATCHER), False),
        ({"state": S.OFFICE, "is_secret": True}, staff(Role.INSPECTOR), True),
        ({"state": S.CHIEF}, staff(is_built_in=True), True),
        ({"state": S.GRANTED}, staff(is_built_in=True), False),
    ],
)
def test_a_request_lies_with_whoever_is_to_sign_it_next(desk, who, is_his):
    facts = {"unit_id": 3, "asked_by": 8} | desk
    assert lies_with(RequestDesk(**facts), who) is is_his
