"""A real window in a process of its own: the board, then ten case files; how much memory it uses.

Run by `benchmarks.scale`: python -m benchmarks.scale_window URL LOGIN
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desk.demo.street import DEMO_PASSWORD
from desk.queries.case_board import BoardFilter, board_page
from desk.queries.start import start
from desk.store.signing_in import sign_in
from desk.ui.chinese import speak_chinese
from desk.ui.desk import Desk
from desk.ui.main_window import MainWindow
from desk.ui.tasks import Tasks
from desk.ui.theme import apply_theme

FILES, CALM, MOST = 10, 5, 400
_LOOK_MS = 20


def main() -> None:
    """Print the memory in MB after signing in, with the board, and after ten files."""
    app = QApplication(["case-desk"])
    speak_chinese(app)
    apply_theme(app, "light")
    tasks = Tasks()
    database = sign_in(sys.argv[1], sys.argv[2], DEMO_PASSWORD)
    window = MainWindow(Desk(database, tasks), database.read(start))
    window.resize(1366, 768)
    window.show()
    _rest(tasks)
    at_start = _memory()
    window.pages.go("board")
    _rest(tasks)
    window.grab()
    board = _memory()
    for row in database.read(lambda reader: board_page(reader, BoardFilter(), size=FILES)):
        window.pages.open_case(row.id)
        _rest(tasks)
        window.grab()
    print(json.dumps({"start": at_start, "board": board, "files": _memory()}), flush=True)
    window.rest()
    tasks.finish()
    os._exit(0)  # nothing of it is kept


def _rest(tasks: Tasks) -> None:
    """Let the window work until nothing has been under way for some looks."""
    loop, looks, calm = QEventLoop(), 0, 0

    def look() -> None:
        nonlocal looks, calm
        looks += 1
        calm = 0 if tasks.is_busy else calm + 1
        if calm >= CALM or looks >= MOST:
            loop.quit()

    _every(look, loop)


def _every(look: Callable[[], None], loop: QEventLoop) -> None:
    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(_LOOK_MS)
    loop.exec()
    timer.stop()


def _memory() -> float:
    """Return what this process uses of memory now, in MB."""
    facts = Path("/proc/self/status").read_text().split()
    return int(facts[facts.index("VmRSS:") + 1]) / 1024


if __name__ == "__main__":
    main()
