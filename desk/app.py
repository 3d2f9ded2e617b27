"""Where everything is put together (启动): the window, or a subcommand."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

_WINDOW_OPTIONS = {"--demo", "--database"}
_BROKEN_QT = "6.12.0"
_REFUSED = (
    "这一版 PySide6（6.12.0）在 Python 3.11 上会让程序中途退出。请重新运行 start.sh，装回 6.11。"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or carry out a subcommand; return the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    if wants_window(given):
        return open_window(given)
    from desk.cli import run  # noqa: PLC0415 - a window does not need the command line

    return run(given)


def wants_window(given: Sequence[str]) -> bool:
    """Return whether there is no subcommand: only options of the window."""
    rest = list(given)
    while rest:
        word = rest.pop(0)
        name, _, value = word.partition("=")
        if name not in _WINDOW_OPTIONS:
            return False
        if name == "--database" and not value and rest:
            rest.pop(0)
    return True


def open_window(given: Sequence[str]) -> int:
    """Open the program and run it until its window is closed."""
    options = _options(given)
    prefer_known_input_method()
    from PySide6 import __version__ as qt_version  # noqa: PLC0415 - after the variables above

    if is_broken(qt_version, sys.version_info[:2]):
        print(_REFUSED, file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return 3
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - see above
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - see above

    from desk.logs import catch_crashes, set_up_log  # noqa: PLC0415 - see above
    from desk.program import Program  # noqa: PLC0415 - see above
    from desk.settings import chosen_database, data_folder  # noqa: PLC0415 - see above
    from desk.ui.appearance import apply_settings  # noqa: PLC0415 - see above
    from desk.ui.chinese import speak_chinese  # noqa: PLC0415 - see above

    app = QApplication(sys.argv[:1])
    app.setApplicationName("case-desk")
    app.setApplicationDisplayName("案台")
    app.setDesktopFileName("case-desk")
    speak_chinese(app)
    apply_settings()
    set_up_log(data_folder() / "logs")
    program = Program(chosen_database(options.database), is_demo=options.demo)
    crashes = catch_crashes(data_folder() / "logs", program.tasks.broke.emit)
    program.frame.fit_screen()
    program.start()
    if os.name == "posix":
        signal.signal(signal.SIGTERM, lambda *_: app.quit())
        awake = QTimer(app, interval=500)  # lets Python see the signal
        awake.timeout.connect(lambda: None)
        awake.start()
    try:
        return app.exec()
    finally:
        program.stop()
        crashes.close()


def prefer_known_input_method() -> None:
    """Use ibus where fcitx is asked for but Qt has no such plugin: fcitx5 speaks ibus too."""
    if not os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        return
    from PySide6.QtCore import QLibraryInfo  # noqa: PLC0415 - reads no variable yet

    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    if not list((plugins / "platforminputcontexts").glob("*fcitx*")):
        os.environ["QT_IM_MODULE"] = "ibus"


def is_broken(qt_version: str, python: tuple[int, int]) -> bool:
    """Return whether this PySide6 kills this Python (it loses a reference of None per call)."""
    return qt_version == _BROKEN_QT and python < (3, 12)


def _options(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="case-desk", description="案台：街道群众诉求服务大厅")
    parser.add_argument("--demo", action="store_true", help="在用完即弃的库上打开演示街道")
    parser.add_argument("--database", metavar="URL", help="数据库地址")
    return parser.parse_args(list(given))
