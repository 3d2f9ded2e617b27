"""Types into real intake windows and kills them: python -m tests.ui.draft_typist URL FOLDER COUNT.

Each window is a process of its own (forked before Qt is started, so that many of them take
seconds), drawn off screen. It tells every stroke to a pipe; at a random moment it gets kill -9.
"""

import json
import os
import random
import selectors
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk.queries.start import start
from desk.rules.moments import SHANGHAI
from desk.rules.pinyin import initials
from desk.rules.working_days import built_in_calendar
from desk.store.engine import make_engine
from desk.ui.desk import Desk
from desk.ui.intake_screen import IntakeScreen
from desk.ui.main_window import MainWindow
from desk.ui.tasks import Tasks
from desk.ui.theme import apply_theme
from tests.clock import HandClock
from tests.databases import FOUNDED_AT
from tests.small_hall import SmallHall

AT_ONCE = 6
SENTENCE = "七栋电梯从上周四晚上起反复停在三四层之间，昨天傍晚又困住一名带孩子的住户。"
TEXT = "13800000023\t" + SENTENCE * 12
EARLIEST, LATEST = 0.05, 1.9  # seconds after the first stroke


@dataclass
class Window:
    """One process that types."""

    pid: int
    folder: str
    strokes: list[tuple[float, int]] = field(default_factory=list)
    rest: bytes = b""
    kill_at: float | None = None


def type_for_ever(url: str, tell: int) -> None:
    """Open the program's window and write an appeal, one stroke after the other."""
    app = QApplication([])
    apply_theme(app, "light")
    hall = SmallHall(make_engine(url), HandClock(FOUNDED_AT.astimezone(SHANGHAI)))
    database = hall.sign_in("李敏")
    desk = Desk(database, Tasks())
    window = MainWindow(desk, database.read(start))
    screen = window.pages.go("intake")  # before the first page is made: nobody looks at that
    assert isinstance(screen, IntakeScreen)
    window.show()
    screen.arrive()
    written = [0]
    pace = random.Random(os.getpid())  # noqa: S311 - nobody guards anything with it

    def stroke() -> None:
        sign, target = TEXT[written[0]], QApplication.focusWidget()
        if target is None:  # the window is not in front yet
            QTimer.singleShot(10, stroke)
            return
        if sign == "\t":
            screen.work.sheet.form.details.setFocus()
        elif sign.isascii():
            QTest.keyClicks(target, sign)
        else:
            event = QInputMethodEvent()
            event.setCommitString(sign)
            QApplication.sendEvent(target, event)
        written[0] += 1
        os.write(tell, f"{time.monotonic()} {written[0]}\n".encode())
        if written[0] < len(TEXT):
            QTimer.singleShot(pace.randint(4, 30), stroke)

    QTimer.singleShot(0, stroke)
    app.exec()


def open_window(url: str, folder: Path) -> tuple[Window, int]:
    """Start one process; return it with the pipe on which it tells its strokes."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        os.environ["XDG_DATA_HOME"] = str(folder)
        try:
            type_for_ever(url, writing)
        finally:
            os._exit(1)  # only a kill ends it properly
    os.close(writing)
    return Window(pid, str(folder)), reading


def hear(window: Window, told: bytes, chance: random.Random) -> None:
    """Note the strokes of a window; after the first one, decide when it dies."""
    *lines, window.rest = (window.rest + told).split(b"\n")
    for line in lines:
        moment, count = line.split()
        window.strokes.append((float(moment), int(count)))
    if window.strokes and window.kill_at is None:
        window.kill_at = window.strokes[0][0] + chance.uniform(EARLIEST, LATEST)


def main(url: str, folder: str, count: int) -> None:
    """Keep a few windows open at a time until all have been killed; print what they did."""
    initials("字")  # its tables, and those of the calendar, are read once and not by each
    built_in_calendar()
    chance = random.Random(20261123)  # noqa: S311 - as above
    waiting = [Path(folder) / str(number) for number in range(count)]
    watch = selectors.DefaultSelector()
    while waiting or watch.get_map():
        while waiting and len(watch.get_map()) < AT_ONCE:
            window, pipe = open_window(url, waiting.pop())
            watch.register(pipe, selectors.EVENT_READ, window)
        for key, _ in watch.select(0.02):
            told = os.read(key.fd, 65536)
            hear(key.data, told, chance)
            if not told:  # it is gone, and everything it told has been heard
                watch.unregister(key.fd)
                os.close(key.fd)
                _, status = os.waitpid(key.data.pid, 0)
                died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
                said = {"folder": key.data.folder, "strokes": key.data.strokes, "killed_by": died}
                sys.stdout.write(json.dumps(said) + "\n")
        for key in list(watch.get_map().values()):
            due = key.data.kill_at
            if due is not None and time.monotonic() >= due:
                os.kill(key.data.pid, signal.SIGKILL)
                key.data.kill_at = float("inf")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
