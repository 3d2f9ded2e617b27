"""Lists of the hall are looked at and printed like any paper, by those who may."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from sqlalchemy.orm import Session

from desk.actions.notices import IssueNotice
from desk.actions.papers import issue_for_hall
from desk.store.models import Event, PrintLine
from desk.store.transaction import Transaction
from desk.ui.page_stack import PageStack
from desk.ui.palette import Palette
from desk.ui.preview import PaperPreview
from desk.ui.scanner import Scanner, paper_of
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


@pytest.mark.parametrize(
    ("code", "paper"),
    [
        ("CD1:0:shift-handover:77", 77),
        ("cd1：0：seal-register：9", 9),
        ("CD1:42:receipt:7", None),
        ("CD1:0", None),
    ],
)
def test_a_scanned_list_is_told_from_a_receipt(code, paper):
    assert paper_of(code) == paper


def test_scanning_a_list_asks_for_the_list_and_not_for_a_case(qtbot):
    field = QLineEdit("接着写")
    qtbot.addWidget(field)
    field.show()
    qtbot.waitUntil(field.isActiveWindow)
    field.setFocus()
    scanner = Scanner(field)
    field.windowHandle().installEventFilter(scanner)
    with qtbot.assertNotEmitted(scanner.scanned), qtbot.waitSignal(scanner.paper_scanned) as read:
        for letter in "CD1:0:sign-folder:77":
            QTest.keyClick(field.windowHandle(), letter)
        QTest.keyClick(field.windowHandle(), Qt.Key.Key_Return)
    assert read.args == [77]
    assert field.text() == "接着写"


def test_a_list_is_found_again_by_its_number(qtbot, desk_of, handover):
    host = QWidget()
    qtbot.addWidget(host)
    palette = Palette(desk_of("赵强"), host)
    palette.open_for("青榕交班〔2026〕1号")
    qtbot.waitUntil(lambda: [row.head for row in palette.rows()] == ["青榕交班〔2026〕1号"])

    with qtbot.waitSignal(palette.paper_wanted) as wanted:
        palette.choose(0)
    assert wanted.args == [handover]


def test_a_list_typed_as_its_code_opens_at_once(qtbot, desk_of):
    host = QWidget()
    qtbot.addWidget(host)
    palette = Palette(desk_of("赵强"), host)
    palette.open_for("CD1:0:sign-folder:77")

    with qtbot.waitSignal(palette.paper_wanted) as wanted:
        palette.on_enter()
    assert wanted.args == [77]


def test_the_pages_open_a_list_above_whatever_is_shown(qtbot, desk_of, handover):
    pages = PageStack(desk_of("赵强"), ())
    qtbot.addWidget(pages)
    pages.show()

    pages.open_paper(handover)

    preview = pages.window().findChild(PaperPreview)
    qtbot.waitUntil(lambda: preview.pages.page_count() == 1)
