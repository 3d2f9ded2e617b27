"""Long work (导入、导出、重算、装订、备份): how far it is, and how to stop it, on whatever page.

The one pattern for what may take longer than a few seconds:

    desk.begin_long(LongPlan("导出台账", key="export", said=words_of), work, owner=self, done=...)

`work` gets a `WorkDoor` and runs in a thread of its own kind (`Lane.LONG`), so nothing that the
window reads or saves waits for it. It tells through the door how far it is; where somebody has
stopped it, telling raises `NoLongerWanted`. The work belongs to the program, not to a page: it goes
on while pages come and go and while the screen is locked. Its end is said by the frame, in
`said`'s words; `done` and `failed` only bring the page up to date, as long as it is there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desk.clock import machine_now, steady_seconds
from desk.rules.errors import DeskError
from desk.rules.long_work import Progress, progress_words, short_words
from desk.rules.moments import in_shanghai
from desk.store.database import Changes, Database, NoLongerWanted, Reader, Request, Stop
from desk.ui.tasks import Tasks

__all__ = [
    "Database",
    "LongPlan",
    "LongWork",
    "LongWorks",
    "NoLongerWanted",
    "WorkDoor",
    "WorkState",
    "works_of",
]

Answer = TypeVar("Answer")
_LOOK_MS = 250
_WORKS = "works"
_WORTH_SAYING = 0.6  # seconds; what is shorter would only flicker
_KEPT = 8  # finished works that are still listed


class WorkState(StrEnum):
    """How a piece of long work stands."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LongPlan:
    """What long work is called, and what is said of its end.

    Attributes:
        key: the page finds its work again by it, and begins no second one meanwhile.
        said: makes the sentence for the clerk of what the work returned; none says nothing.
        stopped: what has become of it when it was stopped; none says nothing.
        unit: what is counted.
        changes: the work writes through `database` itself; all windows read anew after it.
    """

    title: str
    key: str
    said: Callable[[Any], str]
    stopped: str = "什么也没有改动，可以重新开始。"
    unit: str = "件"
    changes: bool = False


@dataclass(slots=True)
class WorkDoor:
    """What long work is given: the database, and a way to tell how far it is. For one thread.

    Attributes:
        by_me: the head of a request made now by whoever began it.
    """

    database: Database
    by_me: Callable[[], Any]
    unit: str = "件"
    stop: Stop = field(default_factory=Stop)
    progress: Progress = field(default_factory=Progress)
    may_stop: bool = True
    has_changed: bool = False
    is_broken: bool = False

    def read(self, query: Callable[[Reader], Answer]) -> Answer:
        """Read something; stopping the work ends the read."""
        return self.database.read(query, stop=self.stop)

    def carry_out(self, request: Request) -> Changes:
        """Carry out a request; all windows read anew when the work is over."""
        self.has_changed = True
        return self.database.carry_out(request)

    def begin_part(self, doing: str, of: int = 0, unit: str = "") -> None:
        """Say what is done next, and how much of it there is."""
        self._require_wanted()
        self.progress = Progress(0, of, doing, unit or self.unit, steady_seconds())

    def told(self, done: int, of: int | None = None) -> None:
        """Say how far this part is.

        Raises:
            NoLongerWanted: somebody has stopped the work.
        """
        self._require_wanted()
        now = self.progress
        much = now.of if of is None else of
        self.progress = Progress(done, much, now.doing, now.unit, now.since)

    def tell_part(self, doing: str, done: int, of: int, unit: str) -> None:
        """Say what is being done and how far that is, where one callback tells both."""
        if doing != self.progress.doing:
            self.begin_part(doing, of, unit)
        self.told(done, of)

    def past_stopping(self, doing: str, of: int = 0) -> None:
        """Say that from here on it is done to the end: the history has it already."""
        self.begin_part(doing, of)
        self.may_stop = False

    def do(self, work: Callable[["WorkDoor"], Answer]) -> Answer:
        """Do the work; note when it ended in a way that nobody foresaw."""
        try:
            return work(self)
        except DeskError:
            raise
        except Exception:
            self.is_broken = True
            raise

    @property
    def is_stopped(self) -> bool:
        """Whether somebody has stopped it, for work that tidies up by itself."""
        return self.stop.is_stopped

    def _require_wanted(self) -> None:
        if self.may_stop:
            self.stop.require_wanted()


class LongWork(QObject):
    """One piece of long work, seen from the window.

    Signals:
        moved: it got further, or ended.
        ended: it is over, one way or the other.
    """

    moved = Signal()
    ended = Signal()

    def __init__(self, plan: LongPlan, door: WorkDoor, who: str, parent: QObject) -> None:
        super().__init__(parent)
        self.plan, self.who = plan, who
        self.state, self.sentence = WorkState.RUNNING, ""
        self._door, self.begun_at = door, steady_seconds()
        door.progress = Progress(unit=plan.unit, doing="在等前一项做完", since=self.begun_at)

    @property
    def is_running(self) -> bool:
        """Whether it is still under way."""
        return self.state is WorkState.RUNNING

    @property
    def is_quiet(self) -> bool:
        """Whether it is over and there is nothing to say of it: its page shows what came of it."""
        return not self.is_running and not self.sentence

    @property
    def may_stop(self) -> bool:
        """Whether it can be stopped now."""
        return self.is_running and self._door.may_stop and not self._door.is_stopped

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self._door.progress

    def words(self) -> str:
        """Return how far it is, or how it ended."""
        if not self.is_running:
            return self.sentence
        if self._door.is_stopped:
            return "正在停下，做完手上这一步就停。"
        return progress_words(self._door.progress, steady_seconds())

    def stop(self) -> None:
        """Stop it as soon as it can be stopped."""
        if self.may_stop:
            self._door.stop.stop()
            self.moved.emit()

    @property
    def has_changed(self) -> bool:
        """Whether it has written anything into the database."""
        return self._door.has_changed or self.plan.changes

    def finish(self, answer: object, at: datetime) -> str:
        """Note that it came to its end; return the sentence for the clerk."""
        was_stopped = self._door.is_stopped and self._door.may_stop
        state = WorkState.STOPPED if was_stopped else WorkState.DONE
        return self._end(state, self.plan.said(answer), at)

    def fail(self, error: DeskError, at: datetime) -> str:
        """Note that it was stopped, or could not go on; return the sentence for the clerk."""
        if self._door.is_stopped:
            stopped = self.plan.stopped
            said = f"“{self.plan.title}”已停下，{stopped}" if stopped else ""
            return self._end(WorkState.STOPPED, said, at)
        return self._end(WorkState.FAILED, f"“{self.plan.title}”没有做完：{error}", at)

    def look(self, at: datetime) -> None:
        """See how far it is; what broke is over (the crash dialog says the rest)."""
        if self._door.is_broken and self.is_running:
            self._end(WorkState.FAILED, f"“{self.plan.title}”没有做完：程序出错。", at)
        else:
            self.moved.emit()

    def _end(self, state: WorkState, sentence: str, at: datetime) -> str:
        self.state = state
        self.sentence = f"{in_shanghai(at):%H:%M} {sentence}" if sentence else ""
        self.moved.emit()
        self.ended.emit()
        return sentence


class LongWorks(QObject):
    """All long work of this program, running or lately ended; the newest first.

    Signals:
        changed: work began or ended.
        moved: some of it got further.
    """

    changed = Signal()
    moved = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(tasks)
        self.all: list[LongWork] = []
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        tasks.finishing.connect(self.stop_all)

    def running(self, key: str = "") -> list[LongWork]:
        """Return what is under way, all of it or what is known by `key`."""
        return [one for one in self.all if one.is_running and key in ("", one.plan.key)]

    def take(self, work: LongWork) -> None:
        """List work that has just begun."""
        self.all.insert(0, work)
        ended = [one for one in self.all if not one.is_running]
        for one in ended[_KEPT:]:
            self.all.remove(one)
            one.deleteLater()
        work.ended.connect(self._on_ended)
        self._timer.start()
        self.changed.emit()

    def stop_all(self) -> None:
        """Stop everything that can be stopped."""
        for one in self.running():
            one.stop()

    def short(self) -> str:
        """Return what the status line says; empty when nothing is under way."""
        now = steady_seconds()
        running = [one for one in self.running() if now - one.begun_at >= _WORTH_SAYING]
        if not running:
            return ""
        first = running[-1]
        return short_words(first.plan.title, first.progress, len(running) - 1)

    def _look(self) -> None:
        for one in self.running():
            one.look(machine_now())
        self.moved.emit()

    def _on_ended(self) -> None:
        if not self.running():
            self._timer.stop()
        for one in [one for one in self.all if one.is_quiet]:
            self.all.remove(one)
            one.deleteLater()
        self.changed.emit()


def works_of(tasks: Tasks) -> LongWorks:
    """Return the long work of a program, made when it is first asked for."""
    found = tasks.kept.get(_WORKS)
    if not isinstance(found, LongWorks):
        found = tasks.kept[_WORKS] = LongWorks(tasks)
    return found
