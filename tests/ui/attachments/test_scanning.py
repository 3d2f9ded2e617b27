"""Paper goes from the scanner into the case by Enter, page after page; nothing scanned is lost."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk.settings import load_settings
from desk.ui.scanning.scan_dialog import ScanDialog
from tests.ui.case_desk import CTRL, sit_at_case

PATIENCE_MS = 30_000


@pytest.fixture
def sitting(qtbot, life, desk_of, scanner):
    return sit_at_case(qtbot, life, desk_of, "赵强", life.at("handling"))


@pytest.fixture
def scanning(sitting):
    """The window that scans, opened from the attachments of a case by keys."""
    return Scanning(sitting)


class Scanning:
    def __init__(self, sitting):
        self.sitting = sitting
        sitting.alt("U")
        self.open()

    def open(self):
        self.sitting.press(Qt.Key.Key_Tab)
        self.sitting.press(Qt.Key.Key_Return)
        self.dialog = self.sitting.screen.window().findChild(ScanDialog)
        assert self.dialog is not None
        self.rest()

    def rest(self):
        """Wait until the scanner and the papers are at rest."""
        run, tasks = self.dialog.run, self.sitting.desk.tasks
        self.sitting.qtbot.waitUntil(
            lambda: not run.is_running and not tasks.is_busy, timeout=PATIENCE_MS
        )

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.sitting.qtbot.keyClick(self.dialog.focusWidget() or self.dialog, key, modifier)
        self.rest()

    def said(self):
        return self.dialog.side.said()


def kept(sitting):
    return [view.name for view in sitting.screen.file.attachments]


def pages_of(content):
    document = pdfium.PdfDocument(content)
    try:
        return [document[at].get_size() for at in range(len(document))]
    finally:
        document.close()


def test_two_pages_become_one_paper_of_the_case(scanning, sitting, scanner):
    scanner.set("br_x", "200")
    assert scanning.said() == "放好第 1 页，按回车扫描。"
    scanning.press(Qt.Key.Key_Return)
    assert scanning.said() == "放好第 2 页，按回车扫描。"
    scanning.press(Qt.Key.Key_Return)
    scanning.press(Qt.Key.Key_Return)
    assert scanning.dialog.page_count == 3
    assert scanning.dialog.pages.current_page() == 3
    scanning.press(Qt.Key.Key_Backspace, CTRL)
    folder = scanning.dialog.folder
    scanning.press(Qt.Key.Key_Return, CTRL)

    sitting.quiet()
    assert not folder.exists()
    (row,) = sitting.panel.rows
    assert row.facts().startswith("PDF，")
    sizes = pages_of(row.picked.content)
    assert len(sizes) == 2
    assert sizes[0] == pytest.approx((200 / 25.4 * 72, 200 / 25.4 * 72), abs=1)
    sitting.finish()
    (name,) = kept(sitting)
    assert name.startswith("扫描件 ")
    assert load_settings().page_scanner == "test:0"


def test_the_feeder_gives_all_its_sheets_and_then_says_that_it_is_empty(scanning, sitting):
    source = scanning.dialog.side.source
    source.chips()[0].setFocus()
    scanning.press(Qt.Key.Key_Right)
    scanning.dialog.side.scan.setFocus()
    scanning.press(Qt.Key.Key_Return)

    assert scanning.dialog.page_count == 10
    assert scanning.said() == "放好第 11 页，按回车扫描。"


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        ("SANE_STATUS_JAMMED", "取出卡住的纸"),
        ("SANE_STATUS_COVER_OPEN", "盖子没有盖好"),
        ("SANE_STATUS_IO_ERROR", "线插好没有"),
    ],
)
def test_a_page_that_goes_wrong_is_said_and_those_before_it_stay(scanning, scanner, status, advice):
    scanning.press(Qt.Key.Key_Return)
    scanner.set("read-status-code", f'"{status}"')
    scanning.press(Qt.Key.Key_Return)

    assert advice in scanning.said()
    assert scanning.dialog.page_count == 1
    scanner.set("read-status-code", '"Default"')
    scanning.press(Qt.Key.Key_Return)
    assert scanning.dialog.page_count == 2


def test_a_scanner_switched_on_late_is_found_by_looking_again(sitting, scanner):
    scanner.unplug()
    scanning = Scanning(sitting)
    assert "没有找到扫描仪" in scanning.said()
    assert not scanning.dialog.side.scan.isEnabled()

    (Path(scanner._folder) / "dll.conf").write_text("test\n")
    scanning.dialog.side.again.setFocus()
    scanning.press(Qt.Key.Key_Space)
    assert scanning.said() == "放好第 1 页，按回车扫描。"
    assert QApplication.focusWidget() is scanning.dialog.side.scan


def test_a_machine_without_the_program_says_what_to_do_instead(sitting, scanner):
    scanner.take_program_away()
    scanning = Scanning(sitting)
    assert "选文件…" in scanning.said()
    assert not scanning.dialog.side.scan.isEnabled()
    scanning.press(Qt.Key.Key_Escape)
    assert sitting.screen.window().findChild(ScanDialog) is None or not scanning.dialog.isVisible()


def test_leaving_in_the_middle_lets_the_scanner_go(scanning, scanner):
    scanner.set("read-delay", "true")
    scanner.set("read-delay-duration", "200000")
    scanner.set("read-limit", "true")
    run = scanning.dialog.run
    scanning.sitting.qtbot.keyClick(scanning.dialog.side.scan, Qt.Key.Key_Return)
    assert run.is_running
    folder = scanning.dialog.folder
    scanning.dialog.reject()
    assert not run.is_running
    scanning.sitting.qtbot.waitUntil(lambda: not folder.exists(), timeout=PATIENCE_MS)
