"""How much is over or near is seen in the title, on the task bar and beside the system's clock."""

import pytest
from PySide6.QtCore import QSize, Qt

from desk.program import Program
from desk.rules.tally import Tally
from desk.ui.frame import Frame
from desk.ui.tray import Tray, badge_icon
from tests.small_hall import STREET
from tests.ui.test_program import sign_in_first


def picture(tally):
    return badge_icon(tally).pixmap(QSize(64, 64)).toImage()


def test_the_icon_says_how_many_in_its_words_and_on_it(qtbot):
    frame = Frame()
    qtbot.addWidget(frame)
    tray = Tray(frame)
    assert tray.words() == "案台"

    tray.show_tally(Tally(over=2, near=3))
    assert tray.words() == "案台，2 件已超期，3 件将到期"

    tray.remove()
    assert tray.words() == "案台"


def test_near_over_and_many_look_different(qapp):
    shown = [picture(t) for t in (Tally(), Tally(0, 3), Tally(3, 0), Tally(4, 0), Tally(100, 0))]
    assert all(one != other for at, one in enumerate(shown) for other in shown[at + 1 :])
    assert picture(Tally(100, 0)) == picture(Tally(120, 5))  # 99+


def test_the_title_says_it_before_the_halls_name(qtbot):
    frame = Frame()
    qtbot.addWidget(frame)
    frame.set_tally(Tally(near=3))
    assert frame.windowTitle() == "（3 将到期）案台"
    frame.set_hall("青榕街道诉求服务大厅")
    assert frame.windowTitle() == "（3 将到期）青榕街道诉求服务大厅 — 案台"
    frame.set_tally(Tally())
    assert frame.windowTitle() == "青榕街道诉求服务大厅 — 案台"


def test_a_press_on_the_icon_brings_the_window_forward(qtbot):
    frame = Frame()
    qtbot.addWidget(frame)
    frame.setWindowState(Qt.WindowState.WindowMinimized)
    frame.come_forward()
    assert frame.isVisible()
    assert not frame.isMinimized()
    frame.come_forward()
    assert not frame.isMinimized()


def test_the_program_passes_the_figures_on_and_shows_none_while_it_is_locked(
    qtbot, sqlite_hall_url
):
    program = Program(sqlite_hall_url)
    program.tasks.broke.connect(lambda error: pytest.fail(str(error)))
    program.start()
    qtbot.waitUntil(lambda: not program.tasks.is_busy, timeout=30_000)
    sign_in_first(program, qtbot, "2001")

    program.window.reminders.counted.emit(Tally(over=1, near=2))
    assert program.frame.windowTitle().startswith(f"（1 超期，2 将到期）{STREET}")
    assert program._tray.words() == "案台，1 件已超期，2 件将到期"

    program.lock()
    assert program.frame.windowTitle().startswith(STREET)
    assert program._tray.words() == "案台"
    program.stop()
    program.frame.close()
    program.frame.deleteLater()
