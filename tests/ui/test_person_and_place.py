"""Ctrl+R and Ctrl+T: who was here before, what comes from this place, and back to the form."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desk.actions.intake import Appellant
from desk.queries.person_page import Asked
from desk.rules.same_person import Group
from desk.ui.case_screen import CaseScreen
from desk.ui.page_stack import PageStack
from desk.ui.pages import pages_of, reached_pages_of
from desk.ui.palette import Palette
from desk.ui.person_screen import PersonScreen
from desk.ui.place_screen import PlaceScreen
from tests.actions.work import LI, S, Work
from tests.ui.intake_desk import CTRL, PHONE, Clerk

Key = Qt.Key
_PATIENCE_MS = 20_000


@pytest.fixture
def work(sqlite_hall):
    """Two of a family with one number; one of their cases is solved."""
    work = Work(sqlite_hall, sqlite_hall.clock)
    facts = {"place": work.hall.place("青榕花园"), "first_unit": work.unit("信联办")}
    for name in ("陈桂芳", "陈小军"):
        him = Appellant(name=name, phone=PHONE, address="青榕花园7栋2单元401")
        case = work.to(S.CLOSED, appellant=him, **facts)
        work.clock.forward(days=1)
    work.case_id = work.register(LI, appellant=him, **facts)
    work.closed_id = case
    return work


@pytest.fixture
def window(qtbot, work, desk_of):
    """The pages of a clerk, one behind the other."""
    desk = desk_of(LI)
    stack = PageStack(desk, reached_pages_of(desk.person))
    qtbot.addWidget(stack)
    stack.resize(1214, 690)
    with qtbot.waitExposed(stack):
        stack.show()
    stack.activateWindow()
    qtbot.waitUntil(stack.isActiveWindow)
    return stack


@pytest.fixture
def quiet(qtbot, window):
    def quiet():
        tasks = window._desk.tasks
        qtbot.waitUntil(lambda: not tasks.is_busy, timeout=_PATIENCE_MS)

    return quiet


@pytest.fixture
def clerk(qtbot, work, window, quiet):
    screen = window.go("intake")
    clerk = Clerk(qtbot, work.hall, window._desk, screen)
    qtbot.waitUntil(lambda: screen._hall is not None, timeout=_PATIENCE_MS)
    clerk.quiet()
    return clerk


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_before_the_number_is_whole_the_form_says_how_often_and_one_key_opens_the_page(
    clerk, window, quiet
):
    clerk.dial(PHONE[:6])
    clerk.quiet()
    assert clerk.side.visitor.isHidden()

    clerk.dial(PHONE[6])
    clerk.quiet()
    assert "来过 3 次，1 件在办" in clerk.side.visitor.head._note.text()
    assert clerk.form.name.text() == ""  # nobody is named before the number is whole

    press(Key.Key_R, CTRL)
    quiet()
    page = window.front
    assert isinstance(page, PersonScreen)
    assert [case.words for case in page.page.of(Group.UNSURE)] == ["电话，姓名不同"]

    window.back()
    quiet()
    assert clerk.form.phone.text() == PHONE[:7]
    assert QApplication.focusWidget() is clerk.form.phone.edit
    clerk.dial(PHONE[7:])
    clerk.quiet()
    assert clerk.form.name.text() == "陈小军"


def test_place_and_kind_bring_what_helped_the_neighbours(clerk, window, quiet, work):
    clerk.form.address.set_text("青榕花园")
    clerk.form.category.set_value(work.hall.category("楼道漏电"))
    clerk.screen._advice.follow()
    clerk.quiet()
    assert clerk.side.neighbours.answer() == (
        "" if clerk.form.address.place() is None else clerk.side.neighbours._answer.text()
    )
    press(Key.Key_T, CTRL)
    quiet()
    page = window.front
    assert isinstance(page, PlaceScreen)


def test_a_case_leads_to_its_person_and_its_place(window, quiet, work):
    window.open_case(work.case_id)
    quiet()
    assert isinstance(window.front, CaseScreen)
    press(Key.Key_T, CTRL)
    quiet()
    place = window.front.page
    assert (place.total, place.still_open) == (3, 1)
    assert place.neighbours[0].case == work.closed_id
    window.back()
    quiet()
    press(Key.Key_R, CTRL)
    quiet()
    assert {case.id for case in window.front.page.of(Group.SAME)} == {
        work.case_id,
        work.closed_id,
    }
    press(Key.Key_Return)
    quiet()
    assert isinstance(window.front, CaseScreen)


def test_who_is_the_same_is_said_by_a_letter_and_a_reason_and_taken_back(window, quiet, work):
    window.open_person(Asked(phone=PHONE), "受理")
    quiet()
    screen = window.front
    (unsure,) = screen.page.of(Group.UNSURE)
    screen.list.choose(unsure.id)
    press(Key.Key_Y)
    press(Key.Key_Return)
    quiet()
    refused = screen.decide.reason.state().sentence
    assert refused == "请写明怎么看出来的，例如当面核对了证件。"

    screen.decide.reason.set_text("当面核对了证件")
    press(Key.Key_Return)
    quiet()
    assert len(screen.page.of(Group.SAME)) == 3
    (said,) = screen.page.decisions
    assert (said.who, said.reason) == (LI, "当面核对了证件")

    screen.decisions._begin(said.id)
    press(Key.Key_Return)
    quiet()
    assert screen.decisions.reason.state().sentence == "请写明为什么撤回。"
    screen.decisions.reason.set_text("认错了")
    press(Key.Key_Return)
    quiet()
    assert len(screen.page.of(Group.UNSURE)) == 1
    assert not screen.page.decisions[0].stands


def test_a_number_that_nobody_gave_says_so_and_leaves_no_trace(window, quiet, work):
    window.open_person(Asked(phone="13800000099"), "受理")
    quiet()
    assert "没有找到" in window.front._empty._sentence.text()
    read = work.desk(LI).read
    looked = read(partial(_looks))
    assert looked == 0


def _looks(reader):
    rows = reader.session.connection().exec_driver_sql(
        "SELECT count(*) FROM events WHERE kind = 'person.looked'"
    )
    return rows.scalar_one()


def test_the_search_offers_the_page_for_most_of_a_number(qtbot, work, desk_of):
    box = Palette(desk_of(LI), host := QWidget())
    qtbot.addWidget(host)
    heard = []
    box.person_wanted.connect(lambda about, where: heard.append((about.phone, where)))
    box.open_for(PHONE[:7])
    qtbot.waitUntil(lambda: any(row.group == "人" for row in box.rows()), timeout=_PATIENCE_MS)
    box.choose(next(at for at, row in enumerate(box.rows()) if row.group == "人"))
    assert heard == [(PHONE[:7], "查找")]


def test_the_pages_are_reached_by_key_and_stand_in_no_list(window):
    person = window._desk.person
    assert {page.name for page in pages_of(person) if not page.is_listed} >= {"person", "place"}
