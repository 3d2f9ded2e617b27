"""One case from the counter to the archive, as the hall works every day."""

from desk.rules.codes import CaseStatus, HandlingResult, Resolution, Satisfaction
from desk.store.models import EventCase
from tests.actions.work import S


def test_a_case_goes_from_the_counter_to_the_archive(work):
    case = work.to(CaseStatus.ARCHIVED)

    found = work.case(case)
    assert found.status is S.ARCHIVED
    assert found.result is HandlingResult.SOLVED
    assert (found.resolution, found.satisfaction) == (Resolution.YES, Satisfaction.SATISFIED)
    assert found.was_contacted is True
    assert found.archive_number.startswith("青榕档〔")
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


def test_every_step_moves_the_version_and_the_history_names_the_last_one(work):
    case = work.register()
    seen = [work.case(case).version]
    for status in (S.DISPATCHED, S.HANDLING, S.SIGNING, S.CLOSED):
        work.to(status, case)
        seen.append(work.case(case).version)

    assert seen == sorted(set(seen))
    links = work.all(EventCase, case)
    assert max(link.version for link in links) == seen[-1]
    assert len(links) == len(work.history(case))
