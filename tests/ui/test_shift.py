"""F12: one hands over by a few keys, the other takes over; kept things come and go."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk.rules.codes import Exit
from desk.ui.keys import GlobalKey
from tests.actions.work import Work


@pytest.fixture
def work(sqlite_hall):
    return Work(sqlite_hall, sqlite_hall.clock)


@pytest.fixture
def shift(open_window, qtbot):
    """Return what opens the page of shifts as a member of staff."""

    def opened(name):
        window = open_window(name)
        QTest.keySequence(window, GlobalKey.HAND_OVER)
        page = window.pages.front
        assert page.title == "交班"
        qtbot.waitUntil(lambda: bool(page.bar.labels()))
        return page

    return opened


def test_a_shift_goes_over_with_a_name_a_word_and_one_key(shift, work, qtbot):
    case = work.register("李敏", exit=Exit.OWN_UNIT)
    page = shift("李敏")
    qtbot.waitUntil(lambda: case in page.cases.chosen())
    page.hand_over.to.set_value(work.staff("吴芳"))
    page.hand_over.note.set_text("下午三点约了物业。")
    page.bar.press("交班")
    qtbot.waitUntil(page.waiting.isVisible)
    assert work.case(case).handler_id == work.staff("李敏")

    after = shift("吴芳")
    qtbot.waitUntil(lambda: after.bar.labels()[0] == "接班")
    after.bar.press("接班")
    qtbot.waitUntil(lambda: case in after.cases.chosen())
    assert work.case(case).handler_id == work.staff("吴芳")
    assert after.recent.isVisible()


def test_nobody_is_handed_anything_without_a_name(shift, qtbot):
    page = shift("李敏")
    page.bar.press("交班")
    assert "接班的同事" in page.hand_over.to.state().sentence
    assert page.hand_over.to.edit.hasFocus() or page.hand_over.to.hasFocus()


def test_what_is_unticked_stays(shift, work, qtbot):
    first = work.register("李敏", exit=Exit.OWN_UNIT)
    second = work.register("李敏", exit=Exit.OWN_UNIT)
    page = shift("李敏")
    qtbot.waitUntil(lambda: {first, second} <= set(page.cases.chosen()))
    page.cases._chips[second].click()
    page.arrive()
    qtbot.waitUntil(lambda: first in page.cases.chosen())
    assert second not in page.cases.chosen()


def test_a_key_is_kept_and_given_back(shift, qtbot):
    page = shift("李敏")
    QTest.keySequence(page.window(), "Ctrl+Shift+K")
    page.keep.kind.chips.set_value("key")
    page.keep.name.set_text("活动室钥匙")
    QTest.mouseClick(page.keep._keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.items.chosen()) == 1)
    (item,) = page.items.chosen()
    page.items._rows[-1].findChildren(type(page.keep._away))[0].click()
    QTest.mouseClick(page.keep._give, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "交还给谁" in page.keep.to.state().sentence)
    page.keep.to.set_text("物业王经理")
    QTest.mouseClick(page.keep._give, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: item not in page.items.chosen())


def test_a_page_of_calls_says_when_there_is_none(shift, qtbot):
    page = shift("李敏")
    with qtbot.waitSignal(page.said) as said:
        page.bar.press("打印明天的回电")
    assert "不用打印" in said.args[0]
