"""The last pages of the help: which version this is, what changed, and whose work is in it."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QListWidget, QTextBrowser

from desk import __version__
from desk.ui.help_window import HelpWindow


@pytest.fixture
def window(qtbot):
    made = HelpWindow()
    qtbot.addWidget(made)
    return made


def shown(window):
    return window.findChild(QTextBrowser).toPlainText()


def follow(window, name):
    """Click a link of the page that is shown."""
    browser = window.findChild(QTextBrowser)
    assert f'href="{name}"' in browser.toHtml()
    browser.anchorClicked.emit(QUrl(name))


def test_about_says_the_version_and_leads_to_changes_and_licences(window):
    window.open_page("about")
    assert f"案台 {__version__}" in shown(window)
    follow(window, "changes.md")
    assert window.current_page() == "changes"
    assert shown(window).startswith("更新记录")
    window.open_page("about")
    follow(window, "licences.md")
    assert window.current_page() == "licences"


def test_every_licence_can_be_read_and_one_comes_back(window):
    window.open_page("licences")
    assert "PySide6_Essentials" in shown(window)
    assert "LGPL-3.0-only" in shown(window)
    follow(window, "licence-0.md")
    assert "Permission is hereby granted" in shown(window)
    follow(window, "licences.md")
    assert "LGPL-3.0-only" in shown(window)


def test_they_come_last(window):
    window.open_page("index")
    names = window.findChild(QListWidget)
    assert [names.item(names.count() - n).text() for n in (3, 2, 1)] == [
        "关于案台",
        "更新记录",
        "许可",
    ]
