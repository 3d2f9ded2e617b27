"""One case from the counter to the archive, as the hall works every day."""

from desk.rules.codes import CaseStatus, HandlingResult, Resolution, Satisfaction
from tests.actions.work import S


def test_a_case_goes_from_the_counter_to_the_archive(work):
    case = work.to(CaseStatus.ARCHIVED)

    found = work.case(case)
    assert found.status is S.ARCHIVED
    assert found.result is HandlingResult.SOLVED
    assert (found.resolution, found.satisfaction) == (Resolution.YES, Satisfaction.SATISFIED)
    assert found.was_contacted is True
    assert found.archive_number == found.number
    assert found.next_clock is None
    assert found.next_due_at is None
    assert work.kinds(case) == [
        "case.registered",
        "case.dispatched",
        "case.accepted",
        "case.contacted",
        "case.verified",
        "case.handled",
        "opinion.written",
        "opinion.signed",
        "paper.sealed",
        "paper.delivered",
        "case.followed_up",
        "case.archived",
    ]


def test_every_step_moves_the_version_by_one(work):
    case = work.to(CaseStatus.CLOSED)

    assert work.case(case).version == len(work.history(case))
