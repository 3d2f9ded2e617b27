"""What stands around the work: navigation, head, foot, reminders, questions, paper."""

from datetime import datetime

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from desk.rules.moments import SHANGHAI
from desk.ui.keys import GlobalKey, PlaceKey
from desk.ui.widgets.bundle import Bundle, BundleLine
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import EmptyState, HintCard, SidePanel
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.fold_box import FoldBox
from desk.ui.widgets.navigation import Navigation, NavItem
from desk.ui.widgets.pages_view import PagesView
from desk.ui.widgets.status_line import Connection, StatusLine
from desk.ui.widgets.top_bar import TopBar
from desk.ui.widgets.verb_dialog import Verb, ask_verb
from tests.ui.widgets.keyboard import compose, show

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot):
    """A window with a navigation, a head and a line to write in."""
    made = QWidget()
    column = QVBoxLayout(made)
    made.navigation = Navigation(made, "青榕街道")
    made.navigation.set_items(
        [
            NavItem("home", "工作台", "home", PlaceKey.HOME),
            NavItem("board", "看板", "board", PlaceKey.BOARD),
            NavItem("duty", "值班", "duty", PlaceKey.DUTY, "综合"),
            NavItem("archives", "档案", "archive", GlobalKey.ARCHIVES, "综合"),
        ]
    )
    made.top = TopBar(made, "看板")
    made.line = QLineEdit()
    for part in (made.top, made.navigation, made.line):
        column.addWidget(part)
    show(qtbot, made, 1366, 600)
    made.line.setFocus()
    return made


def test_a_place_is_reached_by_key_from_anywhere(qtbot, window):
    with qtbot.waitSignal(window.navigation.chosen) as chosen:
        qtbot.keyClick(window.line, Qt.Key.Key_2, ALT)
    assert chosen.args == ["board"]


def test_alt_and_a_digit_belong_to_the_input_method_while_composing(qtbot, window):
    compose(window.line, "rong")
    with qtbot.assertNotEmitted(window.navigation.chosen):
        qtbot.keyClick(window.line, Qt.Key.Key_2, ALT)


def test_locking_and_handing_over_have_their_keys(qtbot, window):
    with qtbot.waitSignal(window.navigation.lock_asked):
        qtbot.keyClick(window.line, Qt.Key.Key_L, CTRL)
    with qtbot.waitSignal(window.navigation.hand_over_asked):
        qtbot.keyClick(window.line, Qt.Key.Key_F12)


def test_the_navigation_folds_where_the_window_is_narrow(window):
    window.navigation.follow(1279)
    assert window.navigation.width() == 56
    assert window.navigation.button("home").toolTip() == "工作台（Alt+1）"
    window.navigation.follow(1280)
    assert window.navigation.width() == 152


def test_a_role_with_fewer_places_loses_their_keys(qtbot, window):
    window.navigation.set_items([NavItem("home", "工作台", "home", PlaceKey.HOME)])
    with qtbot.assertNotEmitted(window.navigation.chosen):
        qtbot.keyClick(window.line, Qt.Key.Key_2, ALT)


def test_a_count_is_read_out_beside_the_key(window):
    window.navigation.set_count("board", 38)
    assert window.navigation.button("board").accessibleDescription() == "38 件，快捷键 Alt+2"


def test_a_folded_group_says_what_waits_in_it_and_its_keys_still_lead_there(qtbot, window):
    navigation, title = window.navigation, window.navigation.title("综合")
    navigation.set_count("duty", 3)
    navigation.set_count("archives", 2)
    with qtbot.waitSignal(navigation.wishes_changed) as kept:
        qtbot.mouseClick(title, Qt.MouseButton.LeftButton)
    assert kept.args == ["-综合"]
    assert not navigation.button("duty").isVisible()
    assert title.accessibleDescription() == "已收起，里面有 5 件，按右键展开"
    with qtbot.waitSignal(navigation.chosen) as chosen:
        qtbot.keyClick(window.line, Qt.Key.Key_9, ALT)
    assert chosen.args == ["duty"]
    assert "正在看的页在这一组" in title.accessibleDescription()

    navigation.set_wishes("+综合")
    assert navigation.button("duty").isVisible()
    assert "件" not in title.accessibleDescription()


def test_the_arrows_walk_through_the_navigation_and_fold_its_groups(qtbot, window):
    navigation, title = window.navigation, window.navigation.title("综合")
    archives = navigation.button("archives")
    archives.setFocus()
    qtbot.keyClick(archives, Qt.Key.Key_Left)
    assert title.hasFocus()
    qtbot.keyClick(title, Qt.Key.Key_Left)
    assert not archives.isVisible()
    qtbot.keyClick(title, Qt.Key.Key_Up)
    assert navigation.button("board").hasFocus()
    qtbot.keyClick(navigation.button("board"), Qt.Key.Key_End)
    assert title.hasFocus()
    qtbot.keyClick(title, Qt.Key.Key_Right)
    assert archives.isVisible()
    qtbot.keyClick(title, Qt.Key.Key_Right)
    assert navigation.button("duty").hasFocus()
    with qtbot.waitSignal(navigation.chosen) as chosen:
        qtbot.keyClick(navigation.button("duty"), Qt.Key.Key_Return)
    assert chosen.args == ["duty"]


def test_a_group_of_one_has_no_title(window):
    with pytest.raises(StopIteration):
        window.navigation.title("")
    window.navigation.set_items([NavItem("duty", "值班", "duty", PlaceKey.DUTY, "综合")])
    with pytest.raises(StopIteration):
        window.navigation.title("综合")


def test_where_room_is_short_the_last_opened_group_is_open_and_others_fold(qtbot):
    host = QWidget()
    navigation = Navigation(host, "青榕街道")
    column = QVBoxLayout(host)
    column.addWidget(navigation)
    navigation.set_items(
        NavItem(f"{group}{at}", f"第{at}页", "case", "", group)
        for group in ("办理", "调解", "综合")
        for at in range(4)
    )
    show(qtbot, host, 600, 700)
    assert all(navigation.title(group).is_open for group in ("办理", "调解", "综合"))
    host.resize(600, 600)
    qtbot.waitUntil(lambda: not navigation.title("综合").is_open)
    assert navigation.title("办理").is_open
    assert navigation.title("调解").is_open
    qtbot.mouseClick(navigation.title("综合"), Qt.MouseButton.LeftButton)
    assert navigation.title("综合").is_open
    assert not navigation.title("调解").is_open
    for group in ("办理", "综合"):
        last = navigation.button(f"{group}3")
        assert last.isVisible()
        assert last.height() >= 28
    host.resize(600, 700)
    qtbot.waitUntil(lambda: navigation.title("调解").is_open)


def test_a_role_has_its_own_groups_open_where_room_is_short(qtbot):
    host = QWidget()
    navigation = Navigation(host, "青榕街道")
    QVBoxLayout(host).addWidget(navigation)
    groups = ("窗口", "办理", "考评监督")
    items = [
        NavItem(f"{one}{at}", f"第{at}页", "case", "", one) for one in groups for at in (1, 2, 3)
    ]
    navigation.set_items(items, ("办理", "考评监督"))
    show(qtbot, host, 600, 560)
    assert [navigation.title(one).is_open for one in groups] == [False, True, True]


def test_search_and_help_open_by_key(qtbot, window):
    with qtbot.waitSignal(window.top.search_asked):
        qtbot.keyClick(window.line, Qt.Key.Key_K, CTRL)
    with qtbot.waitSignal(window.top.help_asked):
        qtbot.keyClick(window.line, Qt.Key.Key_F1)


def test_the_head_offers_the_views_of_the_screen(qtbot, window):
    window.top.set_views([Choice("all", "全部", 38), Choice("mine", "我的", 5)], "all")
    with qtbot.waitSignal(window.top.view_chosen) as chosen:
        qtbot.mouseClick(window.top.views.chips()[1], Qt.MouseButton.LeftButton)
    assert chosen.args == ["mine"]
    window.top.set_views([])
    assert not window.top.views.isVisible()


def test_the_way_back_is_shown_with_its_key(qtbot, window):
    went = []
    window.top.set_back("回到看板", lambda: went.append(True))
    back = next(b for b in window.top.findChildren(KeyButton) if b.text() == "回到看板")
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert went == [True]


def test_the_status_line_says_what_is_kept_and_what_time_counts(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_parts("草稿 09:46:17 已存在本机", "")
    assert line.text() == "已连接 · 草稿 09:46:17 已存在本机"
    line.set_connection(Connection.AWAY, "未连接，已存本机")
    assert line.text().startswith("未连接，已存本机 · ")
    line.set_moment(datetime(2026, 11, 23, 1, 46, 18, tzinfo=SHANGHAI))
    assert "2026年11月23日 星期一  01:46:18  服务器时间" in {
        label.text() for label in line.findChildren(QLabel)
    }


def test_reminders_take_no_focus_and_stand_above_the_action_bar(qtbot, window):
    bundle = Bundle(window)
    bundle.add_lines([BundleLine("00402 剩 3 时 10 分", "今天签完仍不超期", "warn")])
    qtbot.waitUntil(bundle.isVisible)
    assert window.line.hasFocus()
    assert bundle.geometry().right() < window.width()
    assert bundle.geometry().bottom() <= window.height() - 66 - 26
    window.resize(1000, 500)
    qtbot.waitUntil(lambda: bundle.geometry().right() < 1000)


def test_reminders_never_lie_over_the_next_step(qtbot, window):
    button = KeyButton("核实", kind=ButtonKind.MAIN, parent=window)
    button.setGeometry(window.width() - 220, window.height() - 160, 200, 40)
    button.show()
    bundle = Bundle(window)
    bundle.add_lines([BundleLine("首次联系 接通，已记下。")])
    qtbot.waitUntil(bundle.isVisible)
    assert not bundle.geometry().intersects(button.geometry())
    assert window.rect().contains(bundle.geometry())


def test_five_lines_are_shown_and_the_rest_is_counted(qtbot, window):
    bundle = Bundle(window)
    bundle.add_lines([BundleLine(f"004{n:02} 将到") for n in range(7)])
    assert len(bundle.lines()) == 5
    assert "另有 2 条，都在铃铛里。" in {label.text() for label in bundle.findChildren(QLabel)}


def test_when_time_is_over_only_what_must_be_read_stays(window):
    bundle = Bundle(window)
    bundle.add_lines([BundleLine("将到"), BundleLine("已超", stays=True)])
    bundle._on_time_over()
    assert [line.text for line in bundle.lines()] == ["已超"]
    bundle.put_away()
    assert bundle.lines() == []


VERBS = [Verb("withdraw", "撤销登记", ButtonKind.DANGER), Verb("look", "再看看")]


def test_a_question_is_answered_with_a_verb(qtbot, window):
    answers = []
    dialog = ask_verb(window, "撤销登记？", "撤销后编号不再使用。", VERBS, answers.append)
    qtbot.waitUntil(dialog.isVisible)
    qtbot.mouseClick(dialog.button("withdraw"), Qt.MouseButton.LeftButton)
    assert answers == ["withdraw"]


def test_escape_and_enter_leave_everything_as_it_is(qtbot, window):
    answers = []
    for pressed in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        dialog = ask_verb(window, "撤销登记？", "撤销后编号不再使用。", VERBS, answers.append)
        qtbot.waitUntil(dialog.isVisible)
        qtbot.keyClick(dialog.focusWidget(), pressed)
    assert answers == ["look", "look"]


def test_a_folded_part_says_what_is_filled_in_and_opens_by_key(qtbot):
    host = QWidget()
    box = FoldBox("更多", GlobalKey.MORE, host)
    box.body.addWidget(QLineEdit())
    column = QVBoxLayout(host)
    column.addWidget(box)
    line = QLineEdit()
    column.addWidget(line)
    show(qtbot, host)
    line.setFocus()
    box.set_summary(["材料：照片 2"], ["证件"])
    with qtbot.waitSignal(box.opened) as opened:
        qtbot.keyClick(line, Qt.Key.Key_Down, ALT)
    assert opened.args == [True]
    assert box.is_open()
    assert line.hasFocus()
    box.set_open(is_open=False)
    assert not box.is_open()


def test_a_hint_offers_two_things_at_most(qtbot):
    hint = HintCard("可能是重复件", "同一电话、同一类别。")
    qtbot.addWidget(hint)
    pressed = []
    button = hint.add_button("关联为重复件", lambda: pressed.append(1))
    hint.add_button("不是重复件", list)
    with pytest.raises(ValueError, match="two buttons"):
        hint.add_button("再想想", list)
    button.click()
    assert pressed == [1]


def test_cards_of_advice_come_and_go(qtbot):
    panel = SidePanel()
    qtbot.addWidget(panel)
    hint = HintCard("可能是重复件")
    panel.add_card(hint)
    panel.show()
    assert hint.isVisible()
    panel.remove_card(hint)
    assert not hint.isVisible()


def test_an_empty_place_says_so_and_offers_one_button(qtbot):
    empty = EmptyState("还没有安排。", "新排期")
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.pressed):
        empty.button.click()


@pytest.fixture
def paper(qapp):
    """Three sheets, each with a black bar of its own height."""
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    for page in range(3):
        if page:
            writer.newPage()
        painter.fillRect(0, 0, writer.width(), (page + 1) * 2000, Qt.GlobalColor.black)
    painter.end()
    buffer.close()
    return bytes(made.data())


@pytest.fixture
def later():
    """Work that waits until it is told to run, as it does in another thread."""
    return []


def test_paper_is_shown_page_by_page(qtbot, paper):
    view = PagesView()
    show(qtbot, view, 500, 600)
    view.setFocus()
    with qtbot.waitSignal(view.opened) as opened:
        view.show_pdf(paper)
    assert opened.args == [3]
    assert view.current_page() == 1
    with qtbot.waitSignal(view.page_changed) as changed:
        qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert changed.args == [2]
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_page() == 3
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.current_page() == 2


def test_paper_is_drawn_black_on_white_in_the_whole_width(qtbot, paper):
    view = PagesView()
    show(qtbot, view, 500, 600)
    view.show_pdf(paper)
    qtbot.waitUntil(lambda: 0 in view._pictures)
    shown = view.grab().toImage()
    assert shown.pixelColor(250, 80).lightness() < 40
    assert shown.pixelColor(250, 560).lightness() > 250
    wide = view._rects()[0].width()
    view.zoom(0.5)
    assert view._rects()[0].width() < wide
    qtbot.keyClick(view, Qt.Key.Key_0, CTRL)
    assert view._rects()[0].width() == wide


def test_a_late_paper_does_not_replace_the_one_asked_for_after_it(qtbot, paper, later):
    view = PagesView(lambda work, done: later.append((work, done)))
    show(qtbot, view, 500, 600)
    view.show_pdf(paper)
    view.clear()
    for work, done in later:
        done(work())
    assert view.page_count() == 0


def test_the_box_grows_with_every_line_that_joins(qtbot):
    window = QWidget()
    show(qtbot, window, 1000, 700)
    bundle = Bundle(window)
    bundle.add_lines([BundleLine("首次联系 没人接，已记下。")])
    qtbot.waitUntil(bundle.isVisible)
    one = bundle.height()
    bundle.add_lines([BundleLine("联系 接通，已记下。")])
    bundle.add_lines([BundleLine("核实，已记下。")])
    assert bundle.height() >= one + 30
    qtbot.wait(0)
    assert bundle.height() >= bundle.sizeHint().height()
