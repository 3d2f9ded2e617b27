"""The two stopwatches of a case (秒表): which clocks they show, and how far each has run."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desk.queries.clock_rows import ClockRow
from desk.rules.clock_faces import ClockFacts, clock_face
from desk.rules.codes import ClockKind, SpanUnit
from desk.rules.moments import say_due, say_length, say_moment
from desk.ui.widgets.stopwatch import Stopwatch, StopwatchFace

_CALLS = (ClockKind.CONTACT, ClockKind.VERIFY)
_FROM_RECEPTION = frozenset({ClockKind.DISPATCH, *_CALLS, ClockKind.HANDLE})
_BY_DAYS = {SpanUnit.WORKING_DAY: "个工作日", SpanUnit.DAY: "天"}
_SHOWN = 2


def watched(
    clocks: Iterable[ClockRow], round_no: int, *, first: ClockKind | None = None
) -> list[ClockRow]:
    """Return the clocks to watch: 联系 and 核实 while one of them runs, else the next due.

    Args:
        first: the clock that this desk itself has to stop; it stands in front while it runs.
    """
    now = [row for row in clocks if row.round_no == round_no and row.facts.is_applicable]
    calls = [row for kind in _CALLS for row in now if row.kind is kind]
    own = [row for row in now if row.kind is first and row.is_running]
    if own:
        return [*own, *(row for row in calls if row.is_running)][:_SHOWN]
    if any(row.is_running for row in calls):
        return calls[:_SHOWN]
    running = [row for row in now if row.is_running and row.facts.due_at is not None]
    return sorted(running, key=_due)[:_SHOWN]


def stopwatch_face(row: ClockRow, now: datetime) -> StopwatchFace:
    """Return what the large clock shows."""
    facts = row.facts
    started, due = facts.started_at, facts.due_at
    word = "受理" if row.kind in _FROM_RECEPTION else "起算"
    return StopwatchFace(
        face=clock_face(facts, now),
        limit=_limit(facts),
        due=f"{say_due(due, seen_at=now)} 前" if due else "",
        started=f"{word} {say_moment(started, seen_at=now)}" if started else "",
        used=used_share(facts, now),
    )


def used_share(facts: ClockFacts, now: datetime) -> float:
    """Return how much of the time is used up: a half at `half_at`, four fifths at `near_at`."""
    if facts.started_at is None or facts.due_at is None:
        return 0.0
    at = facts.stopped_at or facts.paused_since or now
    marks = [(facts.started_at, 0.0)]
    if facts.half_at is not None and facts.near_at is not None:
        marks += [(facts.half_at, 0.5), (facts.near_at, 0.8)]
    marks.append((facts.due_at, 1.0))
    for (begin, low), (end, high) in pairwise(marks):
        if at <= end:
            whole = (end - begin).total_seconds()
            share = (at - begin).total_seconds() / whole if whole > 0 else 1.0
            return low + (high - low) * min(max(share, 0.0), 1.0)
    return 1.0


def _limit(facts: ClockFacts) -> str:
    if facts.started_at is None or facts.due_at is None:
        return ""
    if facts.unit in _BY_DAYS and facts.day_ends:
        return f"限 {len(facts.day_ends)} {_BY_DAYS[facts.unit]}"
    length: timedelta = facts.due_at - facts.started_at - facts.paused_total
    return f"限 {say_length(length)}"


def _due(row: ClockRow) -> datetime:
    assert row.facts.due_at is not None  # noqa: S101 - `watched` has looked
    return row.facts.due_at


class Watches(QWidget):
    """At most two large clocks, one above the other where there is little room; ticked outside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ClockRow] = []
        self._clocks: list[Stopwatch] = []
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)

    def minimumSizeHint(self) -> QSize:
        """Return the room of one clock: two of them stand above each other if they must."""
        found = super().minimumSizeHint()
        widest = max((clock.minimumSizeHint().width() for clock in self._clocks), default=0)
        return QSize(min(found.width(), widest), found.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the clocks where they have room."""
        super().resizeEvent(event)
        needed = sum(clock.minimumSizeHint().width() + 12 for clock in self._clocks) - 12
        ways = QBoxLayout.Direction
        wanted = ways.LeftToRight if event.size().width() >= needed else ways.TopToBottom
        if wanted is not self._layout.direction():
            self._layout.setDirection(wanted)

    def show_clocks(self, rows: list[ClockRow], now: datetime) -> None:
        """Show these clocks."""
        self._rows = rows
        while len(self._clocks) > len(rows):
            gone = self._clocks.pop()
            self._layout.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, row in enumerate(rows):
            face = stopwatch_face(row, now)
            if at < len(self._clocks):
                self._clocks[at].set_shown(face)
            else:
                self._clocks.append(Stopwatch(face, self))
                self._layout.addWidget(self._clocks[at], 1)
        self.setVisible(bool(rows))

    def tick(self, now: datetime) -> None:
        """Show the same clocks a moment later."""
        for row, clock in zip(self._rows, self._clocks, strict=True):
            clock.set_shown(stopwatch_face(row, now))

    def explanation(self, now: datetime) -> str:
        """Return the sentence that explains the first clock (F4)."""
        if not self._rows:
            return "这一件现在没有在走的时钟。"
        return clock_face(self._rows[0].facts, now).sentence

    def texts(self) -> list[str]:
        """Return what the clocks say."""
        return [clock.accessibleName() for clock in self._clocks]
