"""The log of this workstation (日志): what broke and where, never a word of a clerk or a person.

Log lines are written by the program itself and name types, places and ids only. The text of an
exception may quote what was typed, so it is left out: type and stack are enough to find the fault.
"""

import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

_SIZE, _FILES = 5 * 1024 * 1024, 10
_CRASHES = 1024 * 1024
_REPORTS = 20
_LOG = logging.getLogger("desk")
Broke = Callable[[BaseException], None]


def set_up_log(folder: Path) -> Path:
    """Write the log of this run into `folder`, oldest files first to go, and return the file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / "desk.log"
    handler = RotatingFileHandler(file, maxBytes=_SIZE, backupCount=_FILES, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(_is_ours)
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h, RotatingFileHandler)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return file


def catch_crashes(folder: Path, broke: Broke) -> IO[str]:
    """Log what nobody caught, in any thread, and hand it to `broke`; note even hard crashes.

    Returns:
        the open file into which Python writes its stacks when the process dies.
    """

    def on_exception(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log_error(error)
        broke(error)

    def on_thread_exception(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            log_error(args.exc_value)
            broke(args.exc_value)

    sys.excepthook = on_exception
    threading.excepthook = on_thread_exception
    crashes = _crash_file(folder).open("a", encoding="utf-8")
    faulthandler.enable(crashes)
    return crashes


def keep_report(folder: Path, report: str, at: datetime) -> Path | None:
    """Keep the report of a fault beside the log, the oldest ones first to go.

    Returns:
        the file; None where the disk takes nothing, for that must not be a second fault.
    """
    file = folder / f"report-{at:%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in sorted(folder.glob("report-*.txt"))[: 1 - _REPORTS]:
            old.unlink()
        file.write_text(report + "\n", encoding="utf-8")
    except OSError:
        return None
    return file


def log_error(error: BaseException) -> None:
    """Log where and as what an error arose, without its words."""
    _LOG.error("%s", without_words(error))


def without_words(error: BaseException) -> str:
    """Return type and stack of an error; messages and values, which may name people, are gone."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        kind = type(seen)
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        lines += [
            f"  {_inside(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__
    return "\n".join(lines)


def _crash_file(folder: Path) -> Path:
    """Return where hard crashes are noted; a long one makes room for a new one, as the log does."""
    file = folder / "crashes.log"
    if file.exists() and file.stat().st_size > _CRASHES:
        file.replace(folder / "crashes.log.1")
    return file


def _inside(path: str) -> str:
    """Return a path from the package on: the user's folders are nobody's business."""
    parts = Path(path).parts
    for root in ("desk", "site-packages", "tests"):
        if root in parts:
            return "/".join(parts[parts.index(root) :])
    return Path(path).name


def _is_ours(record: logging.LogRecord) -> bool:
    """Keep out other packages' chatter, which may hold statements with values."""
    return record.name.startswith("desk")
