"""How long a mediation may take and until when a court is asked are limits of the hall."""

from dataclasses import replace
from datetime import date

import pytest

from desk.actions.mediation_court import ApplyForConfirmation
from desk.actions.time_rules import EndTimeRule, SetTimeRule
from desk.rules.codes import ClockKind
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import ConfirmationKind
from desk.store.hall_rules import time_rules
from desk.store.models import Mediation
from tests.actions.mediations import Mediations
from tests.actions.test_mediation_after import settled
from tests.actions.work import XU
from tests.small_hall import STAFF

SECRETARY = next(plan.name for plan in STAFF if plan.login == "7002")
TODAY = date(2026, 11, 2)


@pytest.fixture
def work(hall, clock):
    return Mediations(hall, clock)


def limit_of(work, kind):
    """Return the row of a limit and the limit."""
    read = work.hall.sign_in(XU).read
    known = read(lambda reader: time_rules(reader.session, reader.person.street_id, TODAY))
    return next((row, rule) for row, rule in known.items() if rule.kind is kind)


def administer(work, request, **facts):
    return work.hall.sign_in(XU).carry_out(request(**work.hall.by(XU), **facts))


def due_on(work, mediation):
    read = work.hall.sign_in(SECRETARY).read
    return read(lambda reader: reader.session.get_one(Mediation, mediation).due_on)


def ask_court(work, mediation, on):
    facts = {"kind": ConfirmationKind.MONEY, "court": "滨河区人民法院", "applied_on": on}
    return work.mediate(SECRETARY, ApplyForConfirmation, mediation, **facts)


def test_a_hall_with_more_days_mediates_longer_and_one_without_has_no_last_day(work):
    assert due_on(work, work.lay()) == date(2026, 12, 2)
    row, rule = limit_of(work, ClockKind.MEDIATE)
    longer = replace(rule, value=48, source="街道办〔2026〕3 号")
    made = administer(work, SetTimeRule, rule=row, limit=longer, valid_from=TODAY).made["rule"]
    assert due_on(work, work.lay()) == date(2026, 12, 21)  # the twentieth is a Sunday

    administer(work, EndTimeRule, rule=made, valid_to=TODAY)
    assert due_on(work, work.lay()) is None


def test_the_court_is_asked_within_the_limit_and_at_any_time_without_one(work):
    mediation = settled(work)
    work.clock.set("2026-12-03 09:00")
    with pytest.raises(RuleBroken, match="最后一天是 2026-12-02，已经过了") as refused:
        ask_court(work, mediation, date(2026, 12, 3))
    assert "限 30 天，从协议生效起算，遇休息日顺延" in str(refused.value)

    row, _ = limit_of(work, ClockKind.CONFIRM)
    administer(work, EndTimeRule, rule=row, valid_to=date(2026, 12, 3))
    with pytest.raises(RuleBroken, match="最后一天是"):  # it was in force when it took effect
        ask_court(work, mediation, date(2026, 12, 3))
    late = settled(work)
    work.clock.set("2027-03-01 09:00")
    assert ask_court(work, late, date(2027, 3, 1)).made["confirmation"]
