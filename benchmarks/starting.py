"""How long it takes until the window is there, until somebody can sign in, and until he can work.

Run: python -m benchmarks.starting [--runs 5]; on one file and on a server that asks for passwords.
The alternative in the same run is the same start with everything imported before the window, as
programs usually do it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.server import Server, running_server
from desk.demo.build import build_demo

_WHAT = ("window shown", "sign-in possible", "Enter to first page")
_CASES = 120
_PASSWORDS = "local all all trust\nhost all hall_owner all trust\nhost all all all scram-sha-256\n"
_CHILD = """
import os, sys, time
BORN = time.time() - (time.clock_gettime(time.CLOCK_BOOTTIME)
    - int(open("/proc/self/stat").read().rsplit(") ", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK"))
if sys.argv[2] == "everything":
    import sqlalchemy.orm, alembic.command, psycopg, reportlab.pdfgen.canvas, openpyxl, pypinyin
    import desk.ui.main_window, desk.forms, desk.exchange.import_ledger
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desk.program import Program
from desk.ui.chinese import speak_chinese
from desk.ui.theme import apply_theme
app = QApplication(["case-desk"])
speak_chinese(app)
apply_theme(app, "light")
program = Program(sys.argv[1])
program.start()
seen = {}
def look():
    page = program.page
    if "shown" not in seen and program.frame.isVisible():
        program.frame.grab()
        seen["shown"] = time.time() - BORN
    if "possible" not in seen and page._said.isHidden() and "shown" in seen:
        seen["possible"] = time.time() - BORN
    if "entered" not in seen and "possible" in seen and not program.tasks.is_busy:
        page.login.set_text("1001")  # meanwhile he has typed his password
        page.password.set_text("qingrong1")
        page.password.setFocus()
        seen["entered"] = time.time()
        QTest.keyClick(page.password.edit, Qt.Key.Key_Return)
    elif program.window is not None and not program.tasks.is_busy:
        assert program.window.isVisible()
        program.frame.grab()
        print(seen["shown"], seen["possible"], time.time() - seen["entered"])
        timer.stop()
        program.stop()
        app.quit()
timer = QTimer()
timer.timeout.connect(look)
timer.start(5)
app.exec()
"""


def main() -> None:
    """Print medians of both ways and their ratio, on both engines."""
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        with _on_file(Path(folder)) as url:
            _measure("one file", url, folder, runs)
        with running_server() as server, _on_server(server) as url:
            _measure("server", url, folder, runs)


@contextmanager
def _on_file(folder: Path) -> Iterator[str]:
    url = f"sqlite:///{folder / 'hall.db'}"
    build_demo(url, cases=_CASES)
    yield url


@contextmanager
def _on_server(server: Server) -> Iterator[str]:
    """Give the address as a workstation has it: without a name, so that who signs in comes in."""
    build_demo(server.create("hall"), cases=_CASES)
    (server.folder / "data" / "pg_hba.conf").write_text(_PASSWORDS)
    with server.superuser() as connection:
        connection.execute("SELECT pg_reload_conf()")
    yield f"postgresql://127.0.0.1:{server.port}/hall"


def _measure(where: str, url: str, home: str, runs: int) -> None:
    _once(url, "window", home)  # warm the disk
    ours = [_once(url, "window", home) for _ in range(runs)]
    other = [_once(url, "everything", home) for _ in range(runs)]
    for index, what in enumerate(_WHAT):
        mine = statistics.median(run[index] for run in ours)
        theirs = statistics.median(run[index] for run in other)
        print(f"{where}, {what}: {mine:.2f} s; everything imported first: {theirs:.2f} s; "
              f"ratio {theirs / mine:.1f} ({runs} runs)")  # fmt: skip


def _once(url: str, way: str, home: str) -> tuple[float, ...]:
    """Start the program once; return the seconds of each of `_WHAT`."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "XDG_DATA_HOME": home,
        "XDG_CONFIG_HOME": home,
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
    }
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, url, way],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return tuple(float(part) for part in done.stdout.split())


if __name__ == "__main__":
    main()
