"""Panes, the large clock, and characters that no font can draw."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.rules.clock_faces import ClockFace, ClockState
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.glyphs import spell_missing
from desk.ui.widgets.panes import PaneWalk
from desk.ui.widgets.stopwatch import Stopwatch, StopwatchFace
from tests.ui.widgets.keyboard import show


@pytest.fixture
def screen(qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    window.lines = [QLineEdit(), QLineEdit()]
    work, side, bar = QWidget(), QWidget(), QPushButton("分拨")
    inner = QVBoxLayout(work)
    for line in window.lines:
        inner.addWidget(line)
    window.side_button = QPushButton("关联")
    QVBoxLayout(side).addWidget(window.side_button)
    for pane in (work, side, bar):
        column.addWidget(pane)
    window.side, window.bar = side, bar
    window.walk = PaneWalk(window, [work, side, bar])
    show(qtbot, window)
    window.lines[1].setFocus()
    return window


def go_on(qtbot, screen):
    qtbot.keyClick(screen.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_tab_goes_round_and_comes_back_to_the_same_field(qtbot, screen):
    go_on(qtbot, screen)
    assert screen.side_button.hasFocus()
    go_on(qtbot, screen)
    assert screen.bar.hasFocus()
    go_on(qtbot, screen)
    assert screen.lines[1].hasFocus()


def test_a_hidden_pane_is_passed_over(qtbot, screen):
    screen.side.hide()
    go_on(qtbot, screen)
    assert screen.bar.hasFocus()


def test_a_character_without_glyph_shows_its_code_point():
    assert spell_missing("王\U00031350") == "王〔U+31350〕"
    assert spell_missing("张𠮷㐀 abc\n") == "张𠮷㐀 abc\n"
    assert spell_missing("葛\U000e0100") == "葛\U000e0100"  # a variant of a name


def test_labels_show_the_code_point_too(qtbot):
    label = text_label("王\U00031350")
    qtbot.addWidget(label)
    assert label.text() == "王〔U+31350〕"


@pytest.mark.parametrize("text", ["剩 3:24", "剩 23 时 42 分", "超 1 时 05 分"])
def test_the_large_clock_reads_out_time_and_deadline(qtbot, text):
    state = ClockState.OVER if text.startswith("超") else ClockState.OK
    face = ClockFace("联系", state, text, "联系：限 10 分钟。")
    watch = Stopwatch(StopwatchFace(face, "限 10 分钟", "09:49 前", "受理 09:39", 0.9))
    show(qtbot, watch, 300, 180)
    assert watch.accessibleName() == f"联系 {text}，09:49 前"
    assert not watch.grab().toImage().isNull()
