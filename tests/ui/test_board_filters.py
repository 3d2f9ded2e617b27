"""The board by words and by named filters: found, kept, shared, taken back and exported."""

from functools import partial

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.ledger_export import DecideExport
from desk.queries.ledger_exports import asked_exports
from desk.rules.codes import Urgency
from desk.store.models import Event
from desk.ui.board.narrowing import Narrowing, Scope
from tests.actions.work import Work
from tests.ui.case_desk import RETURN, sit_at_board

CTRL, ESCAPE = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Escape


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Open the boards for a member of staff."""
    return partial(sit_at_board, qtbot, life, desk_of)


@pytest.fixture
def two(life):
    """One case about a lift and an urgent one about a lamp."""
    life.register(details="电梯停在半空。", name="曾国强", phone="13800000031")
    life.register(details="路灯不亮。", urgency=Urgency.URGENT)


def cards(board):
    """Return the numbers of the cases shown."""
    return [
        row.seq for column in board.page.columns.columns for row in column.list.cards.pages.rows
    ]


def choose(board, words):
    """Choose from the menu of named filters what begins so, as its key or the mouse does."""
    (action,) = [
        one for one in board.screen.named.menu().actions() if words in one.text().replace("&", "")
    ]
    action.trigger()
    board.quiet()


def offered(board):
    return [one.text() for one in board.screen.named.menu().actions() if one.text()]


def save(board, name, *, shared=False):
    """Give what is chosen a name."""
    board.screen.named.ask_name()
    ask = board.page.found.ask
    ask.line.setText(name)
    ask.tick.setChecked(shared)
    ask.button.click()
    board.quiet()


def type_words(board, words):
    board.page.found.begin()
    board.page.found.words.setText(words)
    QTest.keyClick(board.page.found.words, RETURN)
    board.quiet()


def test_words_narrow_the_board_and_the_figures_with_it(sit, two):
    board = sit("周航")
    badges = []
    board.screen.badge_changed.connect(badges.append)
    assert not board.page.found.isVisible()
    board.press(Qt.Key.Key_F, CTRL)
    assert board.page.found.words.hasFocus()
    for words, found in (("半空", [1]), ("zengguo", [1]), ("0031", [1]), ("灯 陈桂", [2])):
        type_words(board, words)
        assert cards(board) == found
        assert board.page.found.count() == "共 1 件"
    assert board.screen.views()[2] == "全部 1"
    type_words(board, "没有这样的")
    assert board.page.found.count() == "共 0 件"
    board.press(ESCAPE)
    board.quiet()
    assert cards(board) == [1, 2]
    assert badges == [2]  # not how many were found
    assert not board.page.found.isVisible()


def test_the_keyboard_goes_from_the_words_to_what_was_found_and_back_from_every_question(sit, two):
    board = sit("周航")
    type_words(board, "路灯")
    assert board.page.columns.current_row() is not None
    assert board.page.columns.columns[0].list.hasFocus()  # not one column further, which is empty
    board.screen.named.ask_name()
    ask = board.page.found.ask
    QTest.keyClick(ask.line, Qt.Key.Key_Tab)
    assert ask.tick.hasFocus()
    QTest.keyClick(ask.line, RETURN)
    board.quiet()
    assert "起个名字" in ask.hint.text()
    assert ask.line.hasFocus()
    QTest.keyClick(ask.line, ESCAPE)
    assert board.page.columns.columns[0].list.hasFocus()


def test_words_are_searched_a_moment_after_they_were_typed_and_with_the_other_filters(
    qtbot, sit, two
):
    board = sit("周航")
    board.screen.narrow("urgency", Urgency.URGENT)
    board.page.found.words.setText("电梯")
    qtbot.waitUntil(lambda: board.screen.narrowing.words == "电梯")
    board.quiet()
    assert board.page.found.count() == "共 0 件"


def test_a_filter_gets_a_name_and_is_chosen_by_its_digit_on_another_day(sit, two):
    board = sit("周航")
    board.screen.narrow("urgency", Urgency.URGENT)
    type_words(board, "路灯")
    save(board, "亮灯工程")
    assert board.page.found.count() == "“亮灯工程”共 1 件"

    later = sit("周航")
    assert offered(later)[0] == "&1 亮灯工程"
    choose(later, "1 亮灯工程")
    assert later.screen.narrowing == Narrowing(urgency=Urgency.URGENT, words="路灯")
    assert cards(later) == [2]


def test_a_name_or_a_condition_that_is_missing_is_said_beside_the_line(sit, two):
    board = sit("周航")
    said = []
    board.screen.said.connect(said.append)
    board.screen.named.ask_name()
    assert said == ["现在没有任何筛选条件，先选好条件再存。"]
    board.screen.narrow("scope", Scope.TODAY)
    save(board, "　")
    assert "起个名字" in board.page.found.ask.hint.text()
    QTest.keyClick(board.page.found.ask.line, ESCAPE)
    assert not board.page.found.ask.isVisible()
    assert board.screen.narrowing.scope is Scope.TODAY


def test_a_shared_filter_is_offered_to_colleagues_who_cannot_change_it(sit, two):
    board = sit("周航")
    board.screen.narrow("urgency", Urgency.URGENT)
    save(board, "全部紧急", shared=True)
    board.screen.narrow("urgency", Urgency.FAST)
    save(board, "只我看")

    colleague = sit("李敏")
    assert [one for one in offered(colleague) if one.startswith("&")] == ["&1 全部紧急（周航共享）"]
    choose(colleague, "全部紧急")
    assert not any("删除" in one or "置顶" in one for one in offered(colleague))
    choose(colleague, "打开看板时先用“全部紧急”")
    assert sit("李敏").screen.narrowing.urgency is Urgency.URGENT


def test_the_default_comes_first_until_it_is_given_up(sit, two):
    board = sit("周航")
    board.screen.narrow("urgency", Urgency.URGENT)
    save(board, "紧急")
    choose(board, "先用“紧急”")
    again = sit("周航")
    assert cards(again) == [2]
    choose(again, "打开看板时不先筛选")
    assert cards(sit("周航")) == [1, 2]


def test_what_was_deleted_comes_back_and_the_first_place_changes(sit, two):
    board = sit("周航")
    for name, urgency in (("甲", Urgency.FAST), ("乙", Urgency.URGENT)):
        board.screen.narrow("urgency", urgency)
        save(board, name)
    choose(board, "“乙”置顶")
    assert offered(board)[:2] == ["&1 乙", "&2 甲"]
    choose(board, "删除“乙”")
    assert offered(board)[0] == "&1 甲"
    choose(board, "恢复刚删的“乙”")
    assert offered(board)[:2] == ["&1 乙", "&2 甲"]
    choose(board, "“乙”让大家可用")
    assert "“乙”不再共享" in offered(board)


def test_what_the_board_shows_goes_out_masked_and_is_logged(sit, two, tmp_path, monkeypatch, life):
    board = sit("周航")
    type_words(board, "电梯")
    target = tmp_path / "看板.xlsx"
    monkeypatch.setattr(
        "desk.ui.board.board_export.choose_target",
        lambda _parent, _title, chosen, _kinds, **_name: chosen(target),
    )
    board.page.found._export.click()
    ask = board.page.found.ask
    ask.button.click()
    assert "先写一句" in ask.hint.text()
    ask.line.setText("周会用")
    ask.button.click()
    board.quiet()
    sheet = load_workbook(target).worksheets[0]
    text = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "曾**" in text
    assert "曾国强" not in text
    assert "13800000031" not in text
    assert "路灯" not in text
    with Session(life.hall.engine) as session:
        titles = session.scalars(select(Event.title)).all()
    assert "导出看板所列诉求 1 件（遮盖）" in titles


def test_more_than_one_may_take_out_alone_waits_for_a_second_word(
    sit, two, tmp_path, monkeypatch, life
):
    work = Work(life.hall, life.hall.clock)
    work.ask("许诺", SetSetting, key="export_alone_rows", value=1)
    board = sit("周航")
    monkeypatch.setattr(
        "desk.ui.board.board_export.choose_target",
        lambda _parent, _title, chosen, _kinds, **_name: chosen(tmp_path / "看板.xlsx"),
    )

    def export():
        board.page.found.export_asked.emit()
        board.page.found.ask.line.setText("周会用")
        board.page.found.ask.button.click()
        board.quiet()

    export()
    ask = board.page.found.ask
    assert "共 2 件，今天一个人还能导出 1 件" in ask.hint.text()
    assert (ask.button.text(), ask.line.text()) == ("申请批准", "周会用")
    ask.button.click()
    board.quiet()
    assert not ask.isVisible()
    asked = work.desk("郑伟").read(asked_exports)[0]
    assert (asked.kind, asked.rows, asked.reason) == ("看板所列诉求", 2, "周会用")
    assert asked.narrowed_to == "全街道的在办件"
    work.ask("郑伟", DecideExport, export_request=asked.id, is_granted=True)

    life.hall.clock.forward(days=1)
    life.register(details="后来的一件。")
    export()
    sheet = load_workbook(tmp_path / "看板.xlsx").worksheets[0]
    text = str(list(sheet.values))
    assert "路灯" in text
    assert "后来的一件" not in text


def test_nobody_exports_from_the_board_who_may_not(sit, two):
    found = sit("李敏").page.found
    assert not found._export.isVisibleTo(found)
    assert found._save.isVisibleTo(found)


def test_a_filter_of_an_older_program_loses_only_what_is_not_known_any_more():
    chosen = {"urgency": "urgent", "tag": "gone", "community": "x", "words": "灯", "more": "1"}
    assert Narrowing.of_chosen(chosen) == Narrowing(urgency=Urgency.URGENT, words="灯")
    whole = Narrowing(scope=Scope.SOON, community=7, leaves_tag_out=True, words="灯")
    assert Narrowing.of_chosen(whole.as_chosen()) == whole
