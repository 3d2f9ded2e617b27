"""Pages are made ready in pauses, one after the other, and never while somebody types."""

import sys
from dataclasses import replace
from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desk.ui.loading_ahead import LoadingAhead
from desk.ui.pages import PAGES


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


def test_one_page_is_loaded_in_each_pause_until_none_is_left(qtbot, pages):
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    ahead = LoadingAhead(pages, field)
    assert len(ahead.waiting) == len(pages)
    ahead.load_next()
    assert [is_loaded(page) for page in pages] == [True, False, False]
    ahead.load_next()
    ahead.load_next()
    assert all(map(is_loaded, pages))
    assert ahead.waiting == ()
    ahead.load_next()  # nothing is left: nothing happens


def test_a_key_begins_the_pause_anew(qtbot, pages):
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    ahead = LoadingAhead(pages, field)
    timer = ahead._pause._timer
    qtbot.waitUntil(lambda: timer.remainingTime() < timer.interval() - 20)
    before = timer.remainingTime()
    qtbot.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert timer.remainingTime() > before
    assert len(ahead.waiting) == len(pages)


def test_what_is_loaded_already_is_not_loaded_again(qapp):
    for page in PAGES:
        import_module(page.home.partition(":")[0])
    assert LoadingAhead(PAGES, qapp).waiting == ()
