"""A number that was copied does not stay in the clipboard."""

import pytest
from PySide6.QtGui import QGuiApplication

from desk.ui.clipboard_watch import ClipboardWatch, holds_number


@pytest.fixture
def watch(qtbot):
    made = ClipboardWatch(is_ours=lambda: True)
    yield made
    made.clear()
    made.deleteLater()


def copy(text):
    QGuiApplication.clipboard().setText(text)


def test_a_copied_number_is_gone_after_half_a_minute(watch, qtbot):
    copy("138 0000 0023")
    qtbot.waitUntil(watch.timer.isActive)
    assert watch.timer.interval() == 30_000
    watch.timer.setInterval(1)
    watch.timer.start()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")


def test_what_was_copied_since_stays(watch):
    copy("13800000023")
    copy("已更换线路")
    watch.clear()
    assert QGuiApplication.clipboard().text() == "已更换线路"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("440900199003071238", True),
        ("0755-1234 5678", True),
        ("青榕诉〔2026〕第00012号", False),
        ("2026-11-22 14:23", False),
    ],
)
def test_only_numbers_of_people_are_cleared(text, is_one):
    assert holds_number(text) is is_one
