"""Ctrl+J: texts to answer with are found, read whole, and inserted where the caret was."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import delete

from desk.actions.answer_library import EndLibraryText, SetLibraryText
from desk.rules.codes import LibraryKind
from desk.ui.answer_box import AnswerBox
from desk.ui.widgets.text_area import TextArea


@pytest.fixture
def texts(sqlite_hall):
    """Fill the library with one text of each kind and one that has ended."""

    def put(title, body, kind=LibraryKind.STANDARD, source="", start=date(2024, 1, 1)):
        request = SetLibraryText(
            **sqlite_hall.by("周航"),
            kind=kind,
            title=title,
            body=body,
            source=source,
            valid_from=start,
        )
        return sqlite_hall.sign_in("周航").carry_out(request).made["text"]

    put("噪声已劝阻", "已到场劝阻，三日内复查。")
    put(
        "工资按月支付",
        "工资应当按月支付。",
        LibraryKind.STATUTE,
        "《劳动法》第五十条（引用前请核对现行文本）",
    )
    ended = put("旧口径", "原来的噪声说法。")
    sqlite_hall.sign_in("周航").carry_out(EndLibraryText(**sqlite_hall.by("周航"), text=ended))


@pytest.fixture
def page(qtbot, texts, desk_of):
    """Open a window with two fields to write in, and the box above it."""
    host = QWidget()
    host.area, host.line = TextArea("处理意见"), QLineEdit()
    column = QVBoxLayout(host)
    column.addWidget(host.area)
    column.addWidget(host.line)
    host.resize(1000, 700)
    qtbot.addWidget(host)
    host.box = AnswerBox(desk_of("李敏"), host)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    host.area.setFocus()
    return host


def open_and_find(qtbot, page, words, title):
    page.box.open_for(None)
    page.box.line.setText(words)
    qtbot.waitUntil(lambda: [row.head for row in page.box.rows()] == [title])


def test_a_text_found_by_its_letters_is_inserted_at_the_caret(qtbot, page):
    page.area.setPlainText("经核实：")
    cursor = page.area.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    page.area.setTextCursor(cursor)
    open_and_find(qtbot, page, "zsyqz", "噪声已劝阻")
    assert "三日内复查" in page.box.shown_text()
    QTest.keyClick(page.box.line, Qt.Key.Key_Return)
    assert page.area.toPlainText() == "经核实：已到场劝阻，三日内复查。"
    assert page.area.hasFocus()
    assert page.box.isHidden()


def test_a_statute_is_inserted_with_its_source(qtbot, page):
    page.line.setFocus()
    open_and_find(qtbot, page, "工资", "工资按月支付")
    QTest.keyClick(page.box.line, Qt.Key.Key_Return)
    assert page.line.text() == "《劳动法》第五十条规定：“工资应当按月支付。”"


def test_what_no_longer_holds_is_shown_but_not_inserted(qtbot, page):
    open_and_find(qtbot, page, "旧口径", "旧口径")
    assert page.box.rows()[0].mark == "已失效"
    QTest.keyClick(page.box.line, Qt.Key.Key_Return)
    assert "不能插入" in page.box._said.text()
    assert page.area.toPlainText() == ""
    assert not page.box.isHidden()


def test_without_a_field_the_texts_can_be_read(qtbot, page):
    page.setFocus()
    open_and_find(qtbot, page, "劝阻", "噪声已劝阻")
    QTest.keyClick(page.box.line, Qt.Key.Key_Return)
    assert "请先把光标放到要写的地方" in page.box._said.text()
    QTest.keyClick(page.box.line, Qt.Key.Key_Escape)
    assert page.box.isHidden()


def test_nothing_found_says_what_to_do(qtbot, page):
    page.box.open_for(None)
    page.box.line.setText("火星")
    qtbot.waitUntil(lambda: "没有找到" in page.box._said.text())
    assert page.box.rows() == ()


def test_the_box_is_put_away_when_the_panel_in_which_it_was_opened_has_gone(qtbot, page):
    open_and_find(qtbot, page, "劝阻", "噪声已劝阻")
    QTest.keyClick(page.box.line, Qt.Key.Key_Return)
    delete(page.area)
    page.box.put_away()  # as the screen is locked later

    page.line.setFocus()
    open_and_find(qtbot, page, "劝阻", "噪声已劝阻")
    delete(page.line)
    page.box.choose(0)
    assert "请先把光标放到要写的地方" in page.box._said.text()
    page.box.put_away()
    assert page.box.isHidden()


def test_once_more_ctrl_j_looks_at_past_answers_of_all_categories(qtbot, page, sqlite_hall):
    page.box.open_for(sqlite_hall.category("楼道漏电"))
    assert page.box.wider.isVisible()
    assert not page.box.wider.isChecked()
    page.box.open_for(sqlite_hall.category("楼道漏电"))
    assert page.box.wider.isChecked()
    page.area.setFocus()
    page.box.put_away()
    page.box.open_for(None)  # no case is open: they are of all categories anyway
    assert not page.box.wider.isVisible()
