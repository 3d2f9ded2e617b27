"""Clocks, chips and the timeline of a case."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desk.rules.clock_faces import ClockFace, ClockState
from desk.rules.codes import Urgency
from desk.ui.theme import apply_theme
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import ClockChip, KeyCap, LevelChip, StatusChip
from desk.ui.widgets.clocks_strip import ClockCell, ClocksStrip, StripCell
from desk.ui.widgets.timeline import Timeline, TimelineEntry
from tests.ui.widgets.keyboard import show

NAMES = ["分拨", "联系", "核实", "办理", "意见书", "回访", "报到", "复核"]


def face(name, state=ClockState.OK, text="剩 1 时"):
    return ClockFace(name, state, text, f"{name}：限 1 小时，还{text}。")


@pytest.fixture
def strip(qtbot):
    window = QWidget()
    made = ClocksStrip(window)
    QVBoxLayout(window).addWidget(made)
    made.set_cells([StripCell(face(name), is_nearest=name == "核实") for name in NAMES[:6]])
    made.kept = show(qtbot, window, 1200, 100)
    return made


def test_the_six_cells_are_equal_and_in_order(strip):
    cells = strip.findChildren(ClockCell)
    assert [cell.cell.face.name for cell in cells] == NAMES[:6]
    widths = {cell.width() for cell in cells}
    assert max(widths) - min(widths) <= 1
    assert strip.height() == 64


def test_f4_explains_the_nearest_clock(qtbot, strip):
    with qtbot.waitSignal(strip.explain_asked) as asked:
        qtbot.keyClick(strip.window(), Qt.Key.Key_F4)
    assert asked.args[0].name == "核实"


def test_pressing_a_cell_explains_that_clock(qtbot, strip):
    cell = strip.findChildren(ClockCell)[3]
    with qtbot.waitSignal(strip.explain_asked) as asked:
        qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert asked.args[0].name == "办理"


def test_further_clocks_wait_behind_more(strip):
    strip.set_cells([StripCell(face(name)) for name in NAMES])
    assert len(strip.findChildren(ClockCell)) == 6
    assert [cell.face.name for cell in strip.cells()] == NAMES
    strip.set_cells([StripCell(face(name)) for name in NAMES[:3]])
    assert [cell.face.name for cell in strip.cells()] == NAMES[:3]


def test_a_cell_reads_out_name_time_and_rule(strip):
    cell = strip.findChildren(ClockCell)[0]
    assert cell.accessibleName() == "分拨 剩 1 时"
    assert "限 1 小时" in cell.accessibleDescription()


def test_a_chip_reads_out_what_it_shows(qtbot):
    chip = ClockChip(face("联系", ClockState.OVER, "超 12 分"))
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "联系 超 12 分"
    assert chip.toolTip().startswith("联系：")
    assert chip.sizeHint().height() == 24


def test_a_chip_grows_with_its_text(qtbot):
    chip = ClockChip(face("联系", text="剩 3:24"))
    qtbot.addWidget(chip)
    before = chip.sizeHint().width()
    chip.set_face(face("联系", text="剩 23 时 42 分"))
    assert chip.sizeHint().width() > before


def test_small_chips_are_as_high_as_the_design_says_in_both_sizes_of_type(qtbot, qapp):
    chips = [StatusChip("办理中"), StatusChip("已办结", Tone.PAST), LevelChip(Urgency.URGENT)]
    for chip in chips:
        qtbot.addWidget(chip)
    assert {chip.sizeHint().height() for chip in chips} == {20}
    apply_theme(qapp, "light", large=True)
    assert {chip.sizeHint().height() for chip in chips} == {23}


def test_levels_and_keys_have_names(qtbot):
    level, cap = LevelChip(Urgency.FAST), KeyCap("Return")
    qtbot.addWidget(level)
    qtbot.addWidget(cap)
    assert level.accessibleName() == "级别 快处"
    assert cap.accessibleName() == "按键 Enter"


STEPS = [
    TimelineEntry("09:40", "开始核实", "张伟 · 城建办", ["已约 09:50 看现场"], is_now=True),
    TimelineEntry("09:28", "首问受理", "李敏 · 窗口 2"),
]


@pytest.fixture
def timeline(qtbot):
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    made = Timeline()
    scroll.setWidget(made)
    made.set_entries(STEPS)
    show(qtbot, scroll)
    return made


def verbs(timeline):
    labels = [label for label in timeline.findChildren(QLabel) if label.isVisible()]
    known = {"开始核实", "首问受理", "签收"}
    found = [label for label in labels if label.text() in known]
    return [
        label.text() for label in sorted(found, key=lambda one: one.mapTo(timeline, one.pos()).y())
    ]


def test_the_newest_step_stands_on_top(qtbot, timeline):
    assert verbs(timeline) == ["开始核实", "首问受理"]
    timeline.set_entries([TimelineEntry("09:45", "签收"), *STEPS])
    qtbot.waitUntil(lambda: verbs(timeline) == ["签收", "开始核实", "首问受理"])


def test_the_text_of_a_step_can_be_selected(timeline):
    verb = next(label for label in timeline.findChildren(QLabel) if label.text() == "首问受理")
    assert verb.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_the_same_steps_again_keep_what_is_selected(timeline):
    verb = next(label for label in timeline.findChildren(QLabel) if label.text() == "首问受理")
    verb.setSelection(0, 2)
    timeline.set_entries(list(STEPS))
    assert verb.selectedText() == "首问"
