"""Lists of the hall are looked at and printed like any paper, by those who may."""

import pytest
from sqlalchemy.orm import Session

from desk.actions.notices import IssueNotice
from desk.actions.papers import issue_for_hall
from desk.store.models import Event, PrintLine
from desk.store.transaction import Transaction
from desk.ui.preview import PaperPreview
from tests.forms.hall_specimens import HALL_PAPERS


@pytest.fixture
def preview(qtbot, desk_of):
    """Open the preview of a stored paper for a member of staff."""

    def look(name, paper):
        window = PaperPreview(desk_of(name), paper)
        qtbot.addWidget(window)
        return window

    return look


@pytest.fixture
def handover(life):
    """The printed handover of 赵强."""
    with Session(life.hall.engine) as session, session.begin():
        tx = Transaction(session, life.hall.person("赵强"), life.hall.clock())
        row = HALL_PAPERS["shift-handover"]()
        return issue_for_hall(tx, "shift-handover", row, "青榕交班〔2026〕1号").id


def test_a_list_is_looked_at_and_printed_without_a_case(qtbot, life, preview, handover, pdf_queue):
    window = preview("赵强", handover)
    qtbot.waitUntil(lambda: window.printer.count() == 2 and window.pages.page_count() == 1)
    assert window.windowTitle() == "交接班表 青榕交班〔2026〕1号"
    assert window.copies.value() == 1
    window.printer.setCurrentIndex(1)
    window.print_now()
    qtbot.waitUntil(lambda: len(pdf_queue.papers()) == 1)

    def logged():
        with Session(life.hall.engine) as session:
            return session.query(PrintLine).filter_by(paper_id=handover).count() == 1

    qtbot.waitUntil(logged)
    with Session(life.hall.engine) as session:
        assert session.query(Event).filter_by(kind="private.looked").count() == 0


def test_a_list_is_closed_to_other_units(qtbot, preview, handover):
    window = preview("孙浩", handover)

    qtbot.waitUntil(lambda: "找不到这份文书" in window._said.text())
    assert window.pages.page_count() == 0
    assert not window._print.isEnabled()


def test_a_notice_is_printed_twice_unless_one_says_otherwise(qtbot, life, preview):
    case = life.at("handling")
    life.do("赵强", IssueNotice, case, code="acceptance-notice")

    window = preview("赵强", life.papers(case)["acceptance-notice"].id)

    qtbot.waitUntil(lambda: window.pages.page_count() == 1)
    assert window.copies.value() == 2
