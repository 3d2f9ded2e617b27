"""The figures in the navigation count what this person sees, and nothing else."""

import pytest

from desk.actions.intake import RegisterCase
from desk.queries.waiting import waiting_counts
from desk.rules.codes import Channel, Exit, Purpose
from desk.rules.mediation_codes import MediationStatus
from tests.actions.mediations import GU, MENG, QIAN, Mediations


@pytest.fixture
def registered(hall):
    """Register two open cases, one of them a report about somebody."""
    for purpose in (Purpose.COMPLAINT, Purpose.REPORT):
        request = RegisterCase(
            **hall.by("李敏"),
            exit=Exit.TRANSFER,
            channel=Channel.VISIT,
            details="路灯不亮。",
            category=hall.category("楼道漏电"),
            first_unit=hall.unit("信联办"),
            purpose=purpose,
        )
        hall.sign_in("李敏").carry_out(request)


@pytest.mark.parametrize(
    ("name", "number"), [("李敏", 2), ("冯丽", 1), ("秦岚", 2), ("赵强", 0), ("许诺", 0)]
)
def test_everyone_counts_what_he_may_see(hall, registered, name, number):
    counts = hall.sign_in(name).read(waiting_counts)
    waiting = {"mediation": 0, "signoff": 0, "last_mile": 0, "followup": 0, "letters": 0}
    assert counts == {"board": number, **waiting}


@pytest.mark.parametrize(("name", "number"), [(QIAN, 1), (MENG, 2), (GU, 2), ("郑伟", 0)])
def test_mediations_are_counted_for_those_who_work_on_them(hall, clock, name, number):
    people = Mediations(hall, clock)
    people.lay()
    people.lay(MediationStatus.APPLIED)

    assert hall.sign_in(name).read(waiting_counts)["mediation"] == number
