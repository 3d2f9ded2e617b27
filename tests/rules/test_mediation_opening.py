"""What is asked before a mediation is accepted, how long it may take, and who is named how."""

from datetime import date, datetime, timedelta

import pytest

from desk.rules.clock_faces import ClockState, clock_face
from desk.rules.codes import Role
from desk.rules.errors import RuleBroken
from desk.rules.id_cards import check_digit
from desk.rules.mediation_acceptance import (
    AcceptedParty,
    is_minor,
    missing_for_acceptance,
    require_acceptable,
    require_source,
)
from desk.rules.mediation_codes import (
    EntrustedBy,
    MediationSource,
    MediationStatus,
    PartyKind,
    PartySide,
)
from desk.rules.mediation_due import due_facts, require_longer
from desk.rules.mediation_exclusions import EXCLUSIONS, Exclusion, guidance_for, ticked
from desk.rules.mediation_next import next_step
from desk.rules.mediation_rights import MediationDeed, MediationStand, may_mediate
from desk.rules.moments import SHANGHAI
from desk.rules.party_names import some_name, some_names
from desk.rules.rights import Person

TODAY = date(2026, 11, 2)


def _id(first_17):
    return first_17 + check_digit(first_17)


APPLIED, PROACTIVE = MediationSource.APPLIED, MediationSource.PROACTIVE
PERSON, ORGANISATION = PartyKind.PERSON, PartyKind.ORGANISATION


def party(name="张春兰", side=PartySide.APPLICANT, **more):
    facts = {"kind": PERSON, "agreed_on": TODAY}
    return AcceptedParty(name=name, side=side, **(facts | more))


TWO = (party(), party("李国强", PartySide.RESPONDENT))


def test_two_sides_that_agree_can_be_accepted():
    assert missing_for_acceptance(TWO, APPLIED, TODAY) == ()
    require_acceptable(TWO, APPLIED, (), TODAY)


def test_one_side_alone_is_not_enough_even_with_a_third_party():
    missing = missing_for_acceptance((TWO[0], party("王芳", PartySide.THIRD)), APPLIED, TODAY)
    assert missing == ("当事人至少要有两方：申请人和被申请人各一方，请先补上。",)


def test_everybody_has_to_agree_unless_the_committee_takes_it_up_itself():
    silent = (TWO[0], party("李国强", PartySide.RESPONDENT, agreed_on=None))
    assert "李国强 还没有同意调解" in missing_for_acceptance(silent, APPLIED, TODAY)[0]
    assert missing_for_acceptance(silent, PROACTIVE, TODAY) == ()


@pytest.mark.parametrize(
    ("facts", "minor"),
    [
        ({"birth_year": 2009}, True),
        ({"birth_year": 2007}, False),
        ({"birth_year": 2008}, False),
        ({}, False),
        ({"birth_year": 2015, "kind": ORGANISATION}, False),
        ({"id_number": _id("44010120081103001")}, True),  # eighteen tomorrow
        ({"id_number": _id("44010120081102002")}, False),  # eighteen today
    ],
)
def test_who_is_under_eighteen_needs_a_guardian(facts, minor):
    one = party("小林", **facts)
    assert is_minor(one, TODAY) is minor
    missing = missing_for_acceptance((one, TWO[1]), APPLIED, TODAY)
    assert missing == (("小林 未满 18 周岁，请登记监护人。",) if minor else ())
    assert not missing_for_acceptance((party(has_guardian=True, **facts), TWO[1]), APPLIED, TODAY)


@pytest.mark.parametrize("one", Exclusion)
def test_each_of_the_five_exclusions_keeps_it_from_being_accepted(one):
    with pytest.raises(RuleBroken, match="不予受理") as refused:
        require_acceptable(TWO, APPLIED, (one,), TODAY)
    assert EXCLUSIONS[one].sentence in str(refused.value)
    assert guidance_for((one,)) == EXCLUSIONS[one].guidance
    assert ticked((one,))[one] is True
    assert sum(ticked((one,)).values()) == 1


def test_what_is_missing_is_said_at_once():
    with pytest.raises(RuleBroken, match="两方") as refused:
        require_acceptable((party(agreed_on=None),), APPLIED, (), TODAY)
    assert refused.value.field == "parties"
    assert "同意" in str(refused.value)


def test_what_is_entrusted_says_by_whom():
    require_source(MediationSource.ENTRUSTED, EntrustedBy.COURT)
    require_source(APPLIED, None)
    for source, by in ((MediationSource.ENTRUSTED, None), (APPLIED, EntrustedBy.COURT)):
        with pytest.raises(RuleBroken, match="谁委托的"):
            require_source(source, by)


def test_the_chip_of_the_thirty_days_changes_with_what_is_left():
    facts = due_facts(TODAY, date(2026, 12, 2))
    start = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)

    def state(days):
        return clock_face(facts, start + timedelta(days=days)).state

    assert [state(days) for days in (1, 16, 28, 31)] == [
        ClockState.OK,
        ClockState.WARN,
        ClockState.NEAR,
        ClockState.OVER,
    ]
    assert clock_face(facts, start + timedelta(days=20)).text == "剩 10 天"
    assert clock_face(due_facts(None, None), start).state is ClockState.WAIT
    ended = due_facts(TODAY, date(2026, 12, 2), date(2026, 11, 9))
    assert clock_face(ended, start + timedelta(days=99)).state is ClockState.STOP


def test_an_extension_leads_to_a_later_day_within_half_a_year():
    require_longer(date(2026, 12, 2), date(2026, 12, 20))
    for day in (date(2026, 12, 2), date(2026, 11, 30)):
        with pytest.raises(RuleBroken, match="晚于"):
            require_longer(date(2026, 12, 2), day)
    with pytest.raises(RuleBroken, match="180 天"):
        require_longer(date(2026, 12, 2), date(2027, 12, 20))


def test_boards_name_people_by_surname_and_organisations_not_at_all():
    assert some_name("张春兰") == "张某"
    assert some_name("欧阳海") == "欧阳某"
    assert some_name("李") == "某人"
    assert some_name("青榕物业服务有限公司", ORGANISATION) == "某单位"
    three = (("张春兰", PERSON), ("李国强", PERSON), ("青榕物业", ORGANISATION))
    assert some_names(three[:2], is_private=False) == "张某、李某"
    assert some_names(three, is_private=False) == "张某、李某等 3 方"
    assert some_names(three, is_private=True) == "不公开"


def test_a_list_says_what_comes_next():
    said = {status: next_step(status, has_mediator=True, unready=0) for status in MediationStatus}
    assert said[MediationStatus.ACCEPTED] == "请排期"
    assert said[MediationStatus.ARCHIVED] == ""
    assert next_step(MediationStatus.APPLIED, has_mediator=False, unready=2) == "等 2 方同意"
    assert next_step(MediationStatus.ACCEPTED, has_mediator=False, unready=0) == "请定调解员"


def somebody(staff_id, *roles):
    return Person(
        staff_id=staff_id,
        name="某人",
        street_id=1,
        unit_ids=frozenset(),
        roles=frozenset(roles),
        home_unit_id=1,
    )


NOW = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)
CLERK, SECRETARY = somebody(3, Role.CLERK), somebody(4, Role.SECRETARY)


@pytest.mark.parametrize("deed", [MediationDeed.CORRECT, MediationDeed.FILE, MediationDeed.PAPER])
def test_whoever_took_it_in_and_any_secretary_prepare_it_until_it_is_accepted(deed):
    applied = MediationStand(MediationStatus.APPLIED, None, None, registered_by=3)
    accepted = MediationStand(MediationStatus.ACCEPTED, None, None, registered_by=3)
    for person in (CLERK, SECRETARY):
        assert may_mediate(deed, applied, person, NOW)
        assert not may_mediate(deed, accepted, person, NOW)
    assert not may_mediate(deed, applied, somebody(9, Role.CLERK), NOW)
