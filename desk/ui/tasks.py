"""Background work: saves, reads, PDFs and long work have their threads; the window never waits."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from desk.rules.errors import DeskError
from desk.ui.collector import collect_in_gui_thread


class Lane(StrEnum):
    """Where work runs; but for the last, a lane is one thread, so its work keeps its order."""

    SAVE = "save"  # what a clerk does: no read that takes long is in its way
    DATA = "data"  # what windows read
    PAPER = "paper"  # PDFs, printers, pictures, files
    LONG = "long"  # what takes minutes; two at a time, in no order


Failed = Callable[[DeskError], None]
_AT_ONCE = {Lane.LONG: 2}


@dataclass(frozen=True, slots=True)
class _Delivery:
    future: Future[Any]
    owner: QObject
    done: Callable[[Any], None]
    failed: Failed | None


class Tasks(QObject):
    """Runs work in background threads and brings the result back to the GUI thread.

    Work never touches a widget. When `owner` is gone by then, its result is dropped; a failure
    is reported all the same.

    Signals:
        said: a sentence meant for the clerk (the text of a DeskError).
        broke: an exception nobody expected; the crash dialog shows it.
        finishing: the program is about to end; whoever can stop early does.
    """

    said = Signal(str)
    broke = Signal(object)
    finishing = Signal()
    _came_back = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        collect_in_gui_thread()  # a lane must not collect widgets
        self._lanes = {
            lane: ThreadPoolExecutor(_AT_ONCE.get(lane, 1), thread_name_prefix=f"desk-{lane}")
            for lane in Lane
        }
        # what lives as long as it does: a child alone is not enough, Python may collect its half
        self.kept: dict[str, QObject] = {}
        self._under_way = 0
        # queued: work that is done at once must not come back before `run` does, when whoever
        # asked has not yet made ready for the answer
        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether any work has not come back yet."""
        return self._under_way > 0

    def run(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Failed | None = None,
        lane: Lane = Lane.DATA,
    ) -> None:
        """Do `work` in the background, then call `done` with its result.

        Args:
            failed: called with the DeskError instead of saying it, so that a form can put the
                sentence beside the field.
        """
        try:
            future = self._lanes[lane].submit(work)
        except RuntimeError:  # the program is about to end; nobody waits for this any more
            return
        self._under_way += 1
        future.add_done_callback(lambda f: self._came_back.emit(_Delivery(f, owner, done, failed)))

    def finish(self) -> None:
        """Wait for work that has started, and drop what has not."""
        self.finishing.emit()
        for executor in self._lanes.values():
            executor.shutdown(wait=True, cancel_futures=True)

    @Slot(object)
    def _deliver(self, delivery: _Delivery) -> None:
        self._under_way -= 1
        if delivery.future.cancelled():
            return
        error = delivery.future.exception()
        is_there = shiboken6.isValid(delivery.owner)
        if error is None:
            if is_there:
                delivery.done(delivery.future.result())
        elif isinstance(error, DeskError):
            if delivery.failed is not None and is_there:
                delivery.failed(error)
            else:
                self.said.emit(str(error))
        else:
            self.broke.emit(error)
