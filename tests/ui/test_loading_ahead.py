"""Pages are made ready in pauses, one after the other, and never while somebody types."""

import sys
from dataclasses import replace
from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desk.ui.loading_ahead import LoadingAhead
from desk.ui.pages import PAGES, reached_pages_of


@pytest.fixture
def pages(tmp_path, monkeypatch):
    """Three pages whose modules nobody has loaded yet."""
    monkeypatch.syspath_prepend(tmp_path)
    found = []
    for name in ("ahead_one", "ahead_two", "ahead_three"):
        (tmp_path / f"{name}.py").write_text("")
        monkeypatch.delitem(sys.modules, name, raising=False)
        found.append(replace(PAGES[0], name=name, home=f"{name}:Nothing"))
    return found


def is_loaded(page):
    return page.name in sys.modules


@pytest.fixture
def field(qtbot):
    """A window to wait in."""
    made = QLineEdit()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_in_each_pause_one_module_is_loaded_then_one_page_is_built(field, pages):
    built = []
    ahead = LoadingAhead(pages, built.append, field)
    assert len(ahead.waiting) == 2 * len(pages)
    ahead.go_on()
    assert [is_loaded(page) for page in pages] == [True, False, False]
    ahead.go_on()
    ahead.go_on()
    assert all(map(is_loaded, pages))
    assert (built, ahead.waiting) == ([], tuple(page.name for page in pages))
    for _page in pages:
        ahead.go_on()
    assert (built, ahead.waiting) == (pages, ())
    ahead.go_on()  # nothing is left: nothing happens
    assert built == pages


def test_a_key_begins_the_pause_anew(qtbot, field, pages):
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    ahead = LoadingAhead(pages, print, field)
    timer = ahead._pause._timer
    qtbot.waitUntil(lambda: timer.remainingTime() < timer.interval() - 20)
    before = timer.remainingTime()
    qtbot.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert timer.remainingTime() > before
    assert len(ahead.waiting) == 2 * len(pages)


def test_what_is_loaded_already_is_not_loaded_again(field):
    for page in PAGES:
        import_module(page.home.partition(":")[0])
    names = tuple(page.name for page in PAGES)
    assert LoadingAhead(PAGES, print, field).waiting == names


@pytest.mark.parametrize("name", ["李敏", "周航", "许诺"])
def test_what_is_built_ahead_reads_nothing_and_takes_no_focus(open_window, name):
    window = open_window(name)
    front, focus = window.pages.front, window.focusWidget()
    for page in reached_pages_of(window.desk.person):
        window.pages.make_ahead(page)
        assert not window.desk.tasks.is_busy, page.name
        window.pages.make_ahead(page)  # once is enough
    assert window.pages.count() == len(reached_pages_of(window.desk.person))
    assert (window.pages.front, window.focusWidget()) == (front, focus)
    assert window.pages.currentWidget() is front
