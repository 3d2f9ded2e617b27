"""The window around the pages: who finds what, where keys lead, what is said."""

from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desk.actions.administration import AddPlace
from desk.actions.founding import PlacePlan
from desk.actions.intake import RegisterCase
from desk.rules.card_bursts import CardFacts
from desk.rules.codes import Channel, Exit, Purpose, Sex
from desk.rules.errors import RuleBroken
from desk.ui.keys import GlobalKey, PlaceKey
from desk.ui.page_stack import take_card, takes_card
from desk.ui.pages import PAGES, pages_of
from desk.ui.scanner import Scanner, case_of


def labels(window):
    return [page.label for page in pages_of(window.desk.person)]


@pytest.mark.parametrize(
    ("name", "sees", "not_there"),
    [
        ("李敏", {"受理", "案件"}, {"审签", "管理"}),
        ("郑伟", {"审签", "受理", "管理"}, {"回访"}),
        ("许诺", {"管理"}, {"受理", "案件", "看板", "审签", "留痕"}),
        ("高远", {"留痕"}, {"受理", "案件", "管理"}),
    ],
)
def test_the_navigation_has_only_what_the_role_has(sqlite_hall, name, sees, not_there):
    found = {page.label for page in pages_of(sqlite_hall.person(name))}
    built = {page.label for page in PAGES if page.is_there}
    assert sees & built <= found
    assert not not_there & found


def test_the_first_page_is_open_and_its_name_stands_on_top(open_window):
    window = open_window("许诺")
    assert window.pages.page.label == "管理"
    assert window.pages.front.isVisible()


def test_a_key_leads_to_its_page_and_escape_leads_back(open_window, qtbot):
    window = open_window("李敏")
    pages = [page for page in pages_of(window.desk.person) if page.key.startswith("Alt+")]
    first = window.pages.page.name
    other = next(page for page in pages if page.name != first)
    QTest.keySequence(window, other.key)
    assert window.pages.page is other
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.pages.page.name == first


def test_a_page_of_another_role_does_not_open(open_window):
    window = open_window("李敏")
    before = window.pages.page
    QTest.keySequence(window, PlaceKey.ADMINISTRATION)
    assert window.pages.go("admin") is None
    assert window.pages.page is before


def test_the_status_line_shows_date_and_time(open_window):
    window = open_window("李敏")
    assert "本机数据" in window._status.text()
    assert "本机时间" in window._status._right.text()


def test_a_sentence_is_shown_and_kept_behind_the_bell(open_window):
    window = open_window("李敏")
    window.desk.tasks.said.emit("别的窗口正在保存，这一次没有存上。")
    assert [line.text for line in window.messages.bundle.lines()] == [
        "别的窗口正在保存，这一次没有存上。"
    ]
    window.messages.bundle.put_away()
    QTest.keySequence(window, GlobalKey.REMINDERS)
    assert [row.head for row in window.bell.rows()] == ["别的窗口正在保存，这一次没有存上。"]


def test_a_colleagues_change_reaches_every_page(open_window, sqlite_hall, qtbot):
    window = open_window("李敏")
    add = AddPlace(
        **sqlite_hall.by("许诺"),
        place=PlacePlan("新小区", "榕东社区"),
        community=sqlite_hall.unit("榕东社区"),
    )
    sqlite_hall.sign_in("许诺").carry_out(add)
    with qtbot.waitSignal(window.desk.changed) as heard:
        window._live.ask_now()
    changes, who = heard.args
    assert (changes.title, who) == ("增加小区 新小区", "许诺")


def test_the_navigation_counts_what_waits(open_window, sqlite_hall, qtbot):
    window = open_window("周航")
    button = window._navigation.button("board")
    assert button.count == 0
    request = RegisterCase(
        **sqlite_hall.by("李敏"),
        exit=Exit.TRANSFER,
        channel=Channel.VISIT,
        details="路灯不亮。",
        category=sqlite_hall.category("楼道漏电"),
        first_unit=sqlite_hall.unit("信联办"),
        purpose=Purpose.COMPLAINT,
    )
    sqlite_hall.sign_in("李敏").carry_out(request)
    window._live.ask_now()
    qtbot.waitUntil(lambda: button.count == 1)


def test_the_window_says_when_the_database_is_away_and_when_it_is_back(open_window):
    window = open_window("李敏")
    window._live._on_failure(RuleBroken("weg"))
    assert "连不上数据库，屏幕上是 09:00 的样子" in window._status.text()
    window._live.connected.emit(True)
    assert "本机数据" in window._status.text()


def test_the_navigation_folds_in_a_narrow_window(open_window):
    window = open_window("李敏")
    wide = window._navigation.width()
    window.resize(QSize(1100, 700))
    assert window._navigation.width() < wide / 2


def test_a_sleeping_window_asks_for_nothing(open_window, qtbot):
    window = open_window("李敏")
    window.rest()
    qtbot.waitUntil(lambda: not window.desk.tasks.is_busy)
    assert not window._live._timer.isActive()
    assert not window._clock.isActive()


def test_help_opens_the_page_of_where_one_is(open_window):
    window = open_window("许诺")
    window.open_help()
    assert window._help.current_page() == window.pages.front.help_page()
    window._help.open_page("keys")
    assert "Ctrl+K" in window._help._page.toPlainText()


@pytest.mark.parametrize(
    ("code", "case"),
    [
        ("CD1:42:receipt:7", 42),
        ("cd1：42：receipt：7", 42),
        ("CD1:42", 42),
        ("CD2:42:receipt", None),
        ("看CD1:42", None),
        ("", None),
    ],
)
def test_only_our_codes_are_taken_for_a_receipt(code, case):
    assert case_of(code) == case


def test_a_scanned_receipt_is_taken_out_of_the_text_and_opens_its_case(qtbot):
    field = QLineEdit("电梯坏了")
    qtbot.addWidget(field)
    field.show()
    qtbot.waitUntil(field.isActiveWindow)
    field.setFocus()
    scanner = Scanner(field)
    field.windowHandle().installEventFilter(scanner)
    with qtbot.waitSignal(scanner.scanned) as read:
        for letter in "CD1:42:receipt:7":
            QTest.keyClick(field.windowHandle(), letter)
        QTest.keyClick(field.windowHandle(), Qt.Key.Key_Return)
    assert read.args == [42]
    assert field.text() == "电梯坏了"


def test_ordinary_typing_is_left_alone(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitUntil(field.isActiveWindow)
    field.setFocus()
    scanner = Scanner(field)
    with qtbot.assertNotEmitted(scanner.scanned):
        for letter in "CD1 is no code":
            QTest.keyClick(field.windowHandle(), letter)
        QTest.keyClick(field.windowHandle(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: field.text() == "CD1 is no code")


def test_a_card_is_taken_by_the_form_in_front_and_elsewhere_says_where_to_go(qtbot, open_window):
    window = open_window("李敏")
    card = CardFacts("00000019900307068X", Sex.FEMALE, date(1990, 3, 7), "陈桂芳")
    with qtbot.waitSignal(window.pages.said) as said:
        take_card(window.pages, card)
    assert "F2" in said.args[0]
    assert not takes_card(window.pages)
    window.pages.go("intake")
    assert takes_card(window.pages)
    take_card(window.pages, card)
    assert window.pages.front.work.content()["name"] == "陈桂芳"
