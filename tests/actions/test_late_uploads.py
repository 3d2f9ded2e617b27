"""What a desk had to keep for the server (离线补录): flagged, found, and judged fairly."""

from datetime import date, timedelta

from desk.actions.closing import AddNote
from desk.queries.case_board import BoardFilter, board_page
from desk.queries.case_file import case_file
from desk.queries.rates import rated_cases
from desk.queries.search import find
from desk.rules.codes import CaseStatus, ClockKind
from desk.rules.temporary_numbers import temporary_number
from tests.actions.work import LI, WU, ZHOU

TEMPORARY = temporary_number(4821, date(2026, 11, 2), 1)
MISREAD = TEMPORARY.replace("4821", "4812")


def kept_since(work, **kept):
    """Register what was kept at a desk for so long; return the case."""
    asked = work.intake(LI, saved_at=work.clock())
    work.clock.forward(**kept)
    return asked, work.desk(LI).carry_out(asked).made["case"]


def file_of(work, case, name=ZHOU):
    return work.desk(name).read(lambda reader: case_file(reader, case))


def test_a_late_upload_is_flagged_and_counts_from_when_the_resident_came(work):
    asked, case = kept_since(work, hours=3)
    file = file_of(work, case)
    assert file.uploaded_at == work.clock()
    assert file.received_at == asked.happened_at
    assert file.recorded_at == asked.saved_at
    assert not file.is_backfilled
    assert "离线补录" in file.steps[-1].detail
    assert file.steps[-1].recorded_at - file.steps[-1].happened_at >= timedelta(hours=3)
    cards = work.desk(ZHOU).read(lambda reader: board_page(reader, BoardFilter()))
    assert [card.came_late for card in cards if card.id == case] == [True]


def test_what_came_at_once_is_not_late(work):
    asked = work.intake(LI, saved_at=work.clock())
    case = work.desk(LI).carry_out(asked).made["case"]
    file = file_of(work, case)
    assert file.uploaded_at is None
    assert "离线补录" not in file.steps[-1].detail


def test_a_case_is_found_by_every_number_it_ever_had(work):
    asked = work.intake(LI, temporary_number=TEMPORARY, former_number="青榕首〔2026〕00777号")
    case = work.desk(LI).carry_out(asked).made["case"]
    zhou = work.desk(ZHOU)
    for typed in (TEMPORARY, TEMPORARY.replace("-", "").lower(), "青榕首〔2026〕777号", "00777"):
        found = zhou.read(lambda reader, typed=typed: find(reader, typed))
        assert [hit.id for hit in found.cases] == [case], typed
    file = file_of(work, case)
    assert ("暂存号", TEMPORARY) in file.outside_numbers
    assert ("原编号", "青榕首〔2026〕00777号") in file.outside_numbers
    assert "编号更正" in file.steps[-1].detail
    assert zhou.read(lambda reader: find(reader, MISREAD)).cases == ()


def rated_on(work, day):
    (case,) = work.desk(WU).read(lambda reader: rated_cases(reader, day, day))
    return case


def test_a_limit_that_ran_out_before_the_server_knew_says_nothing_of_a_unit(work):
    """Dispatch within the day was missed by nobody: the desk was offline."""
    work.clock.set("2026-11-10 09:00")
    _asked, late = kept_since(work, hours=50)
    work.to(CaseStatus.DISPATCHED, late)
    rated = rated_on(work, date(2026, 11, 10))
    assert ClockKind.DISPATCH not in rated.on_time
    assert not rated.is_overdue


def test_a_limit_that_is_missed_afterwards_is_missed(work):
    work.clock.set("2026-11-17 09:00")
    _asked, case = kept_since(work, minutes=30)
    work.clock.forward(days=20)
    work.to(CaseStatus.DISPATCHED, case)
    rated = rated_on(work, date(2026, 11, 17))
    assert rated.on_time[ClockKind.DISPATCH] is False
    assert rated.is_overdue


def test_a_colleague_may_send_what_somebody_else_took_in(work):
    """It is 李敏's intake, whoever sat at her desk when the server came back."""
    asked = work.intake(LI, saved_at=work.clock())
    work.clock.forward(hours=1)
    case = work.desk(ZHOU).carry_out(asked).made["case"]
    file = file_of(work, case)
    assert (file.first_responder, file.recorder) == (LI, LI)
    assert (file.steps[-1].who, file.steps[-1].sent_by) == (LI, ZHOU)


def test_a_late_note_says_when_it_was_written(work):
    case = work.register()
    note = AddNote(**work.hall.by(LI), case=case, seen=1, note="已回电", saved_at=work.clock())
    work.clock.forward(minutes=40)
    work.desk(LI).carry_out(note)
    assert file_of(work, case).steps[0].detail.startswith("已回电\n离线补录：")
