"""The leader's five lines open the cases that they count, and Esc leads back."""

import pytest
from PySide6.QtCore import Qt

from desk.rules.codes import Urgency
from desk.ui.start_page import StartPage
from desk.ui.widgets.buttons import KeyButton


@pytest.fixture
def face(qtbot, life, desk_of):
    """Sit a leader down before two open cases, one of which waits for his signature."""
    life.at("signing")
    life.at("accepted", urgency=Urgency.URGENT)
    page = StartPage(desk_of("郑伟"))
    qtbot.addWidget(page)
    page.resize(1214, 690)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.arrive()
    qtbot.waitUntil(lambda: page.face.lines.texts() != [])
    yield page.face
    page.close()


def press(face, words):
    buttons = face.lines.findChildren(KeyButton)
    next(one for one in buttons if one.text() == words and one.isVisible()).click()


def test_a_line_opens_its_cases_and_esc_leads_back(qtbot, face):
    before = [row.id for row in face.list.rows()]

    press(face, "在办")
    qtbot.waitUntil(lambda: face.list.rows()[0].title == "在办")
    assert face.list.rows()[0].note == "2 件"
    assert face.list.hasFocus()
    press(face, "等您签")
    qtbot.waitUntil(lambda: face.list.rows()[0].title == "等您签")
    assert [row.note for row in face.list.rows()] == ["1 件", "待审签"]

    qtbot.keyClick(face.list, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: [row.id for row in face.list.rows()] == before)
    assert "回到今天要紧的" not in face.bar.labels()


def test_a_line_stays_open_while_the_hall_goes_on(qtbot, face, life):
    press(face, "今天受理")
    qtbot.waitUntil(lambda: face.list.rows()[0].note == "2 件")
    life.register()

    face.load()

    qtbot.waitUntil(lambda: face.list.rows()[0].note == "3 件")
