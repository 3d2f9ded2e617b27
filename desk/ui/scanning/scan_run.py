"""One conversation with `scanimage` (扫描过程): asked, told how far it is, stopped, answered."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal

from desk.exchange.page_scanner import program, share_done, trouble_of

_PATIENCE_MS = 30_000  # a scanner in the network wakes up slowly; a page that moves has longer
_KILLED_AFTER_MS = 3_000
_KEPT = 4_000  # characters of what it said


class ScanRun(QObject):
    """Runs the program beside the window; one question at a time.

    Signals:
        moved: how much of the page is scanned, in percent.
        failed: it came to nothing; carries what to do next.
    """

    moved = Signal(int)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._done: Callable[[str], None] = _nobody
        self._answer, self._said = bytearray(), ""
        self._silence = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._silence.timeout.connect(self.stop)

    @property
    def is_running(self) -> bool:
        """Whether an answer is still to come."""
        return self._process is not None

    def ask(self, arguments: list[str], done: Callable[[str], None]) -> None:
        """Start the program; `done` gets what it answered once it has ended well."""
        self._done, self._said = done, ""
        self._answer.clear()
        process = QProcess(self)
        self._process = process
        process.readyReadStandardOutput.connect(self._on_answer)
        process.readyReadStandardError.connect(self._on_said)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._silence.start()
        process.start(program(), arguments)

    def stop(self) -> None:
        """Let the scanner end this page and be free for others; nothing waits for it."""
        process = self._process
        if process is not None:
            process.terminate()
            QTimer.singleShot(_KILLED_AFTER_MS, process, process.kill)

    def forget(self, then: Callable[[], object]) -> None:
        """End it for good, as nobody wants the answer any more; `then` comes when it is gone."""
        process, self._process = self._process, None
        self._silence.stop()
        if process is None:
            then()
            return
        for told in (process.readyReadStandardOutput, process.readyReadStandardError):
            told.disconnect()
        process.finished.disconnect()
        process.errorOccurred.disconnect()
        process.setParent(QCoreApplication.instance())  # it outlives the window for a moment

        def gone(_code: int, _status: QProcess.ExitStatus) -> None:
            then()
            process.deleteLater()

        process.finished.connect(gone)
        process.kill()

    def _on_answer(self) -> None:
        if self._process is not None:
            self._answer += self._process.readAllStandardOutput().data()

    def _on_said(self) -> None:
        if self._process is None:
            return
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        self._said = (self._said + said)[-_KEPT:]
        self._silence.start()
        share = share_done(self._said)
        if share:
            self.moved.emit(share)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end()
            self.failed.emit(trouble_of(""))

    def _on_finished(self, code: int, _status: QProcess.ExitStatus) -> None:
        self._on_answer()
        self._on_said()
        answer = self._answer.decode(errors="replace")
        self._end()
        if code == 0:
            self._done(answer)
        else:
            self.failed.emit(trouble_of(self._said))

    def _end(self) -> None:
        process, self._process = self._process, None
        self._silence.stop()
        if process is not None:
            process.deleteLater()


def taken_pages(folder: Path) -> list[bytes]:
    """Return the pages that lie in the folder, and take them away; background work."""
    pages = []
    for file in sorted(folder.glob("*.png")):
        pages.append(file.read_bytes())
        with contextlib.suppress(OSError):
            file.unlink()
    return pages


def _nobody(_answer: str) -> None:
    """Nobody waits for an answer."""
