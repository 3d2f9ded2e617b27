"""What falls due in mediations is told to those to whom their content belongs."""

from datetime import date

import pytest

from desk.actions.mediation_performance import FinishPerformance
from desk.queries.mediation_reminders import mediation_reminders
from desk.rules.mediation_codes import Performance
from tests.actions.mediations import GU, MENG, QIAN, Mediations
from tests.actions.test_mediation_after import apply, pay, settled


@pytest.fixture
def work(hall, clock):
    return Mediations(hall, clock)


def told(work, who=QIAN):
    return [one.due.words for one in work.desk(who).read(mediation_reminders)]


def test_an_instalment_is_said_until_it_is_paid_and_the_court_until_it_is_asked(work):
    mediation = settled(work, date(2026, 11, 9), date(2026, 12, 9))
    assert told(work) == ["第 1 期 1,000 元，11-09 到期，还有 7 天"]

    work.clock.set("2026-11-24 09:00")
    assert told(work) == [
        "第 1 期 1,000 元，已过 15 天",
        "司法确认要双方一起申请，12-02 到期，还有 8 天",
    ]
    pay(work, mediation, 1)
    apply(work, mediation, date(2026, 11, 24))
    assert told(work) == []


def test_the_follow_up_is_said_once_the_agreement_is_kept(work):
    mediation = settled(work)
    work.mediate(QIAN, FinishPerformance, mediation, performance=Performance.AT_ONCE)

    assert told(work, MENG) == told(work, GU) == ["回访，11-17 到期，还有 15 天"]


@pytest.mark.parametrize("who", ["郑伟", "李敏", "许诺"])
def test_others_are_told_nothing(work, who):
    settled(work, date(2026, 11, 9))

    assert told(work, who) == []
