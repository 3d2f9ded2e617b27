"""A sitting is begun from the file by keys, and nobody is forgotten."""

import pytest
from PySide6.QtCore import Qt

from desk.rules.mediation_codes import MediationStatus
from desk.store.models import MediationInquiry, MediationSession
from desk.ui.mediation.inquiry_panel import InquiryPanel
from desk.ui.mediation.sitting_panels import AttendancePanel, StartSittingPanel
from tests.actions.mediations import CHEN_GUIFANG, COMPANY, QIAN
from tests.ui.mediation_desk import sit_at_mediations
from tests.ui.record_desk import mediations_of, sit_at_record

SPACE, TAB = Qt.Key.Key_Space, Qt.Key.Key_Tab


@pytest.fixture
def people(sqlite_hall):
    """Those who mediate in the hall of this test."""
    return mediations_of(sqlite_hall)


@pytest.fixture
def file_of(qtbot, sqlite_hall, desk_of):
    """Open a mediation for its mediator."""

    def open_file(mediation):
        desk = sit_at_mediations(qtbot, sqlite_hall, desk_of, QIAN, mediation)
        desk.quiet()
        return desk

    return open_file


def tick(desk, *boxes):
    """Tick boxes by Tab and space, wherever they stand in the sheet."""
    for box in boxes:
        for _ in range(40):
            if box.hasFocus():
                break
            desk.qtbot.keyClick(desk.focused(), TAB)
        assert box.hasFocus(), box.text()
        desk.qtbot.keyClick(box, SPACE)


def answer(desk, row, digit):
    """Go to the question about the mediator and answer it by its number."""
    for _ in range(40):
        if row.asked.isAncestorOf(desk.focused()):
            break
        desk.qtbot.keyClick(desk.focused(), TAB)
    desk.qtbot.keyClick(desk.focused(), getattr(Qt.Key, f"Key_{digit}"))


def test_a_sitting_begins_by_keys_once_everybody_signed_and_was_asked(people, file_of):
    mediation = people.lay()
    desk, wanted = file_of(mediation), []
    desk.screen.record_wanted.connect(wanted.append)
    desk.alt("X")
    desk.quiet()
    panel = desk.panel
    assert isinstance(panel, StartSittingPanel)
    desk.write("2F")
    first, second = panel._sheet.rows
    tick(desk, first._people[0], first.signed)
    answer(desk, first, 1)
    tick(desk, second._people[0])
    desk.finish()
    assert "安居物业公司 还没有在权利义务告知书上签名" in panel._sheet.sentence()
    assert people.rows(MediationSession, mediation) == []

    tick(desk, second.signed)
    answer(desk, second, 1)
    desk.finish()
    desk.quiet()
    session = people.rows(MediationSession, mediation)[0]
    assert [one["name"] for one in session.attended] == [CHEN_GUIFANG, COMPANY]
    assert people.mediation(mediation).status is MediationStatus.MEDIATING
    assert wanted == [mediation]
    assert "写笔录" in desk.offered()


def test_who_asks_for_another_mediator_holds_the_sitting_up_and_nothing_is_lost(people, file_of):
    mediation = people.lay()
    desk = file_of(mediation)
    desk.alt("X")
    desk.quiet()
    desk.write("2F")
    row = desk.panel._sheet.rows[0]
    tick(desk, row._people[0], row.signed)
    answer(desk, row, 2)
    desk.write("relatives")
    desk.finish()
    assert "申请调解员回避，请先更换调解员" in desk.panel._sheet.sentence()
    desk.press(Qt.Key.Key_Escape)
    desk.alt("X")
    desk.quiet()
    again = desk.panel._sheet.rows[0]
    assert (again.asked.value(), again.reason.text()) == (True, "relatives")
    assert people.rows(MediationSession, mediation) == []


def test_who_leaves_early_and_who_comes_late_stands_in_the_sheet(
    people, qtbot, sqlite_hall, desk_of
):
    mediation = people.lay()
    first, _second = people.parties(mediation)
    people.sit(mediation, parties=[first])
    desk = sit_at_record(qtbot, sqlite_hall, desk_of, QIAN, mediation)
    desk.ctrl("D")
    panel = desk.panel
    assert isinstance(panel, AttendancePanel)
    one, other = panel._sheet.rows
    tick(desk, one._people[0])  # goes
    tick(desk, other._people[0], other.signed)  # comes
    answer(desk, other, 1)
    desk.finish()
    desk.quiet()
    there = people.rows(MediationSession, mediation)[0].attended
    assert [(who["name"], who["left_at"] is None) for who in there] == [
        (CHEN_GUIFANG, False),
        (COMPANY, True),
    ]
    assert [chip.speaker.name for chip in desk.page.speakers.chips][:2] == [QIAN, COMPANY]


def test_an_inquiry_is_written_in_the_order_of_its_paper(people, file_of):
    mediation = people.lay()
    desk = file_of(mediation)
    desk.page.bar.press("调查记录")
    desk.quiet()
    assert isinstance(desk.panel, InquiryPanel)
    desk.write("Rongdong")
    desk.fill("asked", "He")
    desk.fill("text", "asked and answered")
    desk.finish()
    desk.quiet()
    row = people.rows(MediationInquiry, mediation)[0]
    assert (row.place, row.asked, row.text) == ("Rongdong", "He", "asked and answered")
    assert people.lines(mediation)[-1].kind == "mediation.inquired"
