"""The boards by keys alone: what burns is on top, figures equal the rows, nothing jumps."""

import re
from functools import partial

import pytest
from PySide6.QtCore import Qt

from desk.actions.dispatching import DispatchCase
from desk.actions.handling import AcceptAssignment
from desk.queries.case_board import Tag, Whose
from desk.rules.codes import CaseStatus, Channel, Exit, Urgency
from desk.ui.board.column_model import CLOCK, HEADS
from desk.ui.board.narrowing import Scope
from tests.ui.case_desk import CTRL, ESCAPE, RETURN, sit_at_board

DOWN, LEFT, RIGHT, ONE = Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_1


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Open the boards for a member of staff."""
    return partial(sit_at_board, qtbot, life, desk_of)


class News:
    """What the live news say: a colleague touched some cases."""

    def __init__(self, *cases, title="签收 城建办"):
        self.cases, self.title = cases, title

    def touches(self, case_id):
        return case_id in self.cases


def cards(board):
    """Return the running numbers on the cards, column by column."""
    return [
        [row.seq for row in column.list.cards.pages.rows] for column in board.page.columns.columns
    ]


def hear(board, *cases, who="赵强", title="签收 城建办"):
    """Let the board hear of a colleague's deed."""
    board.screen._on_changed(News(*cases, title=title), who)
    board.qtbot.waitUntil(lambda: not board.screen._soon.isActive())
    board.quiet()


def test_cases_stand_in_the_column_of_their_stage_and_the_heads_count_them(sit, life):
    life.register()
    life.at("handling")
    life.at("signing")
    life.at("sealing")

    board = sit("周航")

    assert cards(board) == [[1], [], [], [2], [3, 4], []]
    assert [c.counts()[0] for c in board.page.columns.columns] == [1, 0, 0, 1, 2, 0]
    assert board.screen.views() == ("我的 0", "本单位 4", "全部 4")


def test_figures_equal_the_rows_and_overdue_stands_on_top(sit, life):
    life.register()
    life.hall.clock.forward(minutes=12)  # ten minutes to call have passed
    life.register()

    board = sit("周航")

    assert cards(board)[0] == [1, 2]
    assert board.page.columns.columns[0].counts() == (2, 1)
    assert board.page.filters.late.number() == 1
    assert board.page.filters.new.number() == 2


def test_a_deed_kept_from_the_reader_does_not_make_every_board_read_anew(sit, life):
    shown = life.register()
    board = sit("周航")
    life.register()

    hear(board, 10**6, who="", title="")
    assert cards(board)[0] == [1]  # soon enough when something happens that it shows

    hear(board, shown, who="", title="")
    assert cards(board)[0] == [1, 2]


def test_arrows_walk_over_all_cards_and_enter_opens(qtbot, sit, life):
    life.register()
    second = life.register()
    handled = life.at("handling")
    board = sit("周航")

    board.press(DOWN)
    assert board.screen.current().id == second
    board.press(RIGHT)
    assert board.screen.current().id == handled
    with qtbot.waitSignal(board.screen.case_wanted) as wanted:
        board.press(RETURN)
    assert wanted.args == [handled]
    board.press(LEFT)
    assert board.screen.current().seq in {1, 2}


def test_a_digit_and_enter_dispatch_to_the_suggested_unit(sit, life):
    life.at("dispatched")
    case, following = life.register(), life.register()
    board = sit("周航")
    assert board.screen.work.hints()[0].reason == "同类 1 件中 1 件归城建办，没有退回"

    board.press(ONE)
    assert board.offered()[0] == "分拨给 城建办"
    board.press(RETURN)
    board.quiet()

    assert life.case(case).status is CaseStatus.DISPATCHED
    assert life.case(case).lead_unit_id == life.hall.unit("城建办")
    assert board.screen.current().id == following


def seconds_left(button):
    """Return for how many seconds the button says that it is there."""
    return int(re.search(r"还剩 (\d+) 秒", button.text()).group(1))


def test_ctrl_z_takes_the_dispatch_back_while_it_counts_down(qtbot, sit, life):
    life.at("dispatched")
    case, _following = life.register(), life.register()
    board = sit("周航")
    board.press(ONE)
    board.press(RETURN)
    board.quiet()
    assert board.offered()[0] == "撤回分拨"
    button = board.page.bar._buttons[0]
    before = seconds_left(button)
    with qtbot.waitSignal(board.page.bar._undo_timer.timeout):
        pass
    assert seconds_left(button) < before

    board.press(Qt.Key.Key_Z, CTRL)
    board.quiet()

    assert life.case(case).status is CaseStatus.RECEIVED
    assert board.screen.current().id == case
    assert "撤回分拨" not in board.offered()


def test_a_dispatch_that_was_accepted_meanwhile_is_not_taken_back(sit, life):
    case = life.register()
    board = sit("周航")
    board.press(ONE)
    board.press(RETURN)
    board.quiet()
    life.do("赵强", AcceptAssignment, case)

    board.press(Qt.Key.Key_Z, CTRL)
    board.quiet()

    assert life.case(case).status is CaseStatus.ACCEPTED


def test_escape_takes_a_choice_back_before_it_clears_filters(sit, life):
    case = life.register()
    board = sit("周航")
    board.screen.narrow("urgency", Urgency.FAST)
    board.quiet()
    board.press(ONE)

    board.press(ESCAPE)
    assert board.screen.work.picked is None
    assert board.screen.narrowing.is_active
    board.press(ESCAPE)
    board.quiet()

    assert not board.screen.narrowing.is_active
    assert life.case(case).status is CaseStatus.RECEIVED


def test_digits_do_nothing_for_those_who_do_not_dispatch(sit, life):
    case = life.register(first_unit=life.hall.unit("城建办"))
    board = sit("赵强")

    board.press(ONE)

    assert board.screen.work.picked is None
    assert life.case(case).status is CaseStatus.RECEIVED


def test_filters_combine(sit, life):
    life.register(urgency=Urgency.URGENT)
    life.register(channel=Channel.EARLY_ACTION)
    life.register(urgency=Urgency.URGENT, channel=Channel.EARLY_ACTION)
    board = sit("周航")

    board.screen.narrow("urgency", Urgency.URGENT)
    board.screen.narrow("tag", (Tag.EARLY_ACTION, True))
    board.quiet()

    assert cards(board)[0] == [1]
    assert board.page.filters.button("tag").accessibleName() == "标签 不含未诉先办"
    assert board.page.columns.columns[0].counts() == (1, 0)


def test_my_unit_sees_its_own_board(sit, life):
    life.at("handling")
    life.register()
    board = sit("周航")

    board.screen.choose_view(list(Whose).index(Whose.MINE))
    board.quiet()

    assert cards(board) == [[], [], [], [], [], []] or not board.page.columns.isVisible()
    assert board.page.filters.late.number() == 0


def test_a_colleagues_deed_moves_the_card_and_keeps_the_selection(sit, life):
    moved = life.at("dispatched")
    life.register()
    board = sit("周航")
    board.page.columns.select_case(moved)

    life.do("赵强", AcceptAssignment, moved)
    hear(board, moved)

    assert cards(board) == [[2], [], [1], [], [], []]
    assert board.screen.current().id == moved
    assert board.page.notice.sentence() == "00001 已由 赵强：签收 城建办。"


def test_scrolling_outlives_a_refresh(sit, life):
    for _ in range(9):
        life.register()
    board = sit("周航")
    bar = board.page.columns.columns[0].list.verticalScrollBar()
    bar.setValue(260)

    newest = life.register()
    hear(board, newest)

    assert len(cards(board)[0]) == 10
    assert bar.value() == 260


def test_further_pages_are_read_by_scrolling(qtbot, sit, life, monkeypatch):
    monkeypatch.setattr("desk.queries.case_board.PAGE", 4)
    monkeypatch.setattr("desk.ui.board.column_model.PAGE", 4)
    monkeypatch.setattr(
        "desk.queries.case_board.board_page.__kwdefaults__", {"after": None, "size": 4}
    )
    for _ in range(9):
        life.register()
    board = sit("周航")
    cards_list = board.page.columns.columns[0].list

    for _ in range(3):
        cards_list.scrollToBottom()
        board.quiet()
        qtbot.wait(0)

    assert cards(board)[0] == list(range(1, 10))
    assert board.page.columns.columns[0].counts()[0] == 9


def test_each_clock_ticks_and_only_its_chip_is_painted_again(qtbot, sit, life):
    life.register()
    board = sit("周航")
    column = board.page.columns.columns[0].list
    board.desk.set_time(life.hall.clock())
    board.page.repaint_clocks()
    painted = []
    column.viewport().update = painted.append
    life.hall.clock.forward(seconds=30)
    board.desk.set_time(life.hall.clock())

    board.page.repaint_clocks()
    board.page.repaint_clocks()

    whole = column.visualRect(column.cards.index(0, 0))
    assert painted
    assert all(whole.contains(rect) and rect != whole for rect in painted)


def test_the_table_shows_the_same_rows_with_the_same_case_selected(sit, life):
    life.register()
    second = life.register()
    board = sit("周航")
    board.press(DOWN)

    board.screen.show_layout(is_table=True)
    board.quiet()

    lines = board.page.table.lines
    assert lines.rowCount() == 2
    assert board.screen.current().id == second
    assert HEADS[CLOCK] == "时限"
    assert lines.data(lines.index(0, CLOCK)).startswith("联系 剩 ")


def test_the_table_also_finds_what_is_closed_and_not_archived(sit, life):
    life.register(exit=Exit.ON_SPOT, answer="已当场断电。")
    life.register()
    board = sit("何平")

    board.screen.narrow("scope", Scope.CLOSED)
    board.quiet()

    assert [c.name for c in board.page.columns.columns] == ["已办结待归档"]
    assert cards(board) == [[1]]


def test_dispatching_with_everything_happens_in_a_panel_beside_the_cards(sit, life):
    case = life.register()
    board = sit("周航")

    board.alt("F")
    board.press(ONE)
    board.choose("urgency", 1)
    board.finish()
    board.quiet()

    assert life.case(case).urgency is Urgency.URGENT
    assert life.case(case).status is CaseStatus.DISPATCHED
    assert board.panel is None


def test_someone_quicker_is_named_and_nothing_is_dispatched_twice(sit, life):
    case = life.register()
    board = sit("周航")
    board.press(ONE)
    life.do("周航", DispatchCase, case, lead=life.hall.unit("榕东社区"), urgency=Urgency.FAST)

    board.press(RETURN)
    board.quiet()

    assert "刚有变化" in board.page.notice.sentence()
    assert life.case(case).lead_unit_id == life.hall.unit("榕东社区")
    assert cards(board)[1] == [1]


def test_f4_explains_the_selected_clock(sit, life):
    life.register()
    board = sit("周航")

    board.press(Qt.Key.Key_F4)

    assert board.page.notice.sentence().startswith("联系：限 10 分钟，从受理起算；")


def test_digits_work_while_the_chinese_input_mode_is_on(sit, life):
    life.register()
    board = sit("周航")
    cards_list = board.page.columns.columns[0].list

    assert not cards_list.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert not cards_list.cards.flags(cards_list.cards.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_a_card_can_be_read_out(sit, life):
    life.register(summary="楼道漏电")
    board = sit("周航")
    model = board.page.columns.columns[0].list.cards

    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)

    assert spoken.startswith("00001 快处 楼道漏电 榕东 联系 剩 ")
