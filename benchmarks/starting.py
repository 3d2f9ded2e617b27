"""How long it takes until the window is there, and until somebody can sign in.

Run: python -m benchmarks.starting [--runs 5]; the alternative in the same run is the same start
with everything imported before the window, as programs usually do it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from desk.demo.build import build_demo

_CHILD = """
import os, sys, time
BORN = time.time() - (time.clock_gettime(time.CLOCK_BOOTTIME)
    - int(open("/proc/self/stat").read().rsplit(") ", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK"))
if sys.argv[2] == "everything":
    import sqlalchemy.orm, alembic.command, psycopg, reportlab.pdfgen.canvas, openpyxl, pypinyin
    import desk.ui.main_window, desk.forms, desk.exchange.import_ledger
from PySide6.QtCore import QTimer
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
    if "shown" not in seen and program.frame.isVisible():
        program.frame.grab()
        seen["shown"] = time.time() - BORN
    if "shown" in seen and not program.tasks.is_busy:
        print(seen["shown"], time.time() - BORN)
        timer.stop()
        program.stop()
        app.quit()
timer = QTimer()
timer.timeout.connect(look)
timer.start(5)
app.exec()
"""


def main() -> None:
    """Print medians of both ways and their ratio."""
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'hall.db'}"
        build_demo(url, cases=300)
        _once(url, "window", folder)  # warm the disk
        ours = [_once(url, "window", folder) for _ in range(runs)]
        other = [_once(url, "everything", folder) for _ in range(runs)]
    for what, index in (("window shown", 0), ("sign-in possible", 1)):
        mine = statistics.median(run[index] for run in ours)
        theirs = statistics.median(run[index] for run in other)
        print(f"{what}: {mine:.2f} s; everything imported first: {theirs:.2f} s; "
              f"ratio {theirs / mine:.1f} ({runs} runs)")  # fmt: skip


def _once(url: str, way: str, home: str) -> tuple[float, float]:
    """Start the program once; return seconds until shown and until sign-in is possible."""
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
        timeout=60,
    )
    shown, usable = done.stdout.split()
    return float(shown), float(usable)


if __name__ == "__main__":
    main()
