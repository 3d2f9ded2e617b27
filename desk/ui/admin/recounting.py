"""Counting running clocks anew in the background (重算时限): part by part, to be stopped anytime.

What was written stays; who begins again goes through all cases, and those that are right already
are not touched.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions.recomputing import RecomputeClocks
from desk.queries.time_rules import CountAnew, Part, cases_with_clocks, count_part
from desk.rules.codes import ClockKind
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label

# whoever only keeps the machine sees no cases, and so cannot say what becomes of them
NOT_HERE = "在办的件不变。要连在办的件一起改，请信联办或分管领导打开这一页，预览后按“全部重算”。"


@dataclass(frozen=True, slots=True)
class Counted:
    """What counting came to so far: cases looked at, of how many, and which limits move."""

    cases: int = 0
    of: int = 0
    earlier: int = 0
    over: int = 0
    later: int = 0

    def plus(self, part: Part) -> "Counted":
        """Return it with another part."""
        return Counted(
            self.cases + part.cases,
            max(self.of, self.cases + part.cases),
            self.earlier + part.earlier,
            self.over + part.over,
            self.later + part.later,
        )


def effect_words(counted: Counted, by: str = "规则") -> str:
    """Return what a change does to running cases: “现有 5 件的到期时间将变化：……”."""
    moved = counted.earlier + counted.later
    if not moved:
        return f"以此{by}，现有各件的到期时间都不变。"
    parts = []
    if counted.earlier:
        over = f"（其中 {counted.over:,} 件马上超期）" if counted.over else ""
        parts.append(f"{counted.earlier:,} 件变早{over}")
    if counted.later:
        parts.append(f"{counted.later:,} 件变晚")
    return f"以此{by}，现有 {moved:,} 件的到期时间将变化：{'，'.join(parts)}。"


class Recounting(QObject):
    """Goes through all cases on which clocks run, in parts; others get their turn between.

    Signals:
        moved: another part is done; carries what it came to so far.
        ended: all is done, or it was stopped; carries what it came to.
        failed: it could not go on; carries the sentence.
    """

    moved = Signal(object)
    ended = Signal(object)
    failed = Signal(str)

    def __init__(
        self, desk: Desk, wanted: CountAnew, *, writes: bool, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._wanted, self._writes = desk, wanted, writes
        self._counted, self._after = Counted(), 0
        self._is_stopped = False

    def start(self) -> None:
        """Begin: count the cases first, then look at them."""
        query = partial(cases_with_clocks, kinds=self._wanted.kinds)
        self._desk.ask(query, owner=self, done=self._on_size, failed=self._on_failed)

    def stop(self) -> None:
        """Stop after the part that is under way; what was written stays."""
        self._is_stopped = True

    def _on_size(self, cases: int) -> None:
        self._counted = Counted(of=cases)
        self._next()

    def _next(self) -> None:
        query = partial(count_part, how=self._wanted, after=self._after)
        self._desk.ask(query, owner=self, done=self._on_part, failed=self._on_failed)

    def _on_part(self, part: Part) -> None:
        if not (self._writes and part.changed):
            self._on_done(part)
            return
        request = RecomputeClocks(
            **self._desk.by_me(), cases=part.changed, kinds=self._wanted.kinds
        )
        done = partial(self._on_written, part)
        self._desk.act(request, owner=self, done=done, failed=self._on_failed)

    def _on_written(self, part: Part, _changes: object) -> None:
        self._on_done(part)

    def _on_done(self, part: Part) -> None:
        self._counted = self._counted.plus(part)
        self.moved.emit(self._counted)
        if part.after is None or self._is_stopped:
            self.ended.emit(self._counted)
            return
        self._after = part.after
        self._next()

    def _on_failed(self, error: DeskError) -> None:
        self.failed.emit(str(error))


class RecomputeBox(QWidget):
    """One line: how far recomputing is, a button to begin and one to stop.

    Signals:
        said: a sentence for the clerk.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Recounting | None = None
        self.words = text_label(
            "改过日历或规则以后，可以把在走的时限全部重算一遍。", "hint", wraps=True
        )
        self.begin = KeyButton("全部重算", icon="refresh")
        self.stop = KeyButton("停下", icon="close")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.begin)
        row.addWidget(self.stop)
        self.stop.setVisible(False)
        if not may_in_hall(Deed.RECOMPUTE, desk.person):
            self.words.setText(NOT_HERE)
            self.begin.setVisible(False)
        self.begin.clicked.connect(self._on_begin)
        self.stop.clicked.connect(self._on_stop)

    @property
    def is_running(self) -> bool:
        """Whether clocks are being counted now."""
        return self._job is not None

    def start(self, kinds: tuple[ClockKind, ...] = ()) -> None:
        """Count all running clocks anew.

        Args:
            kinds: clocks of these kinds alone, by the limits of today; else all, each by its own.
        """
        if self._job is not None:
            self.said.emit("正在重算，请等它做完，或先停下再来。")
            return
        self._job = Recounting(self._desk, CountAnew(kinds), writes=True, parent=self)
        self._job.moved.connect(self._on_moved)
        self._job.ended.connect(self._on_ended)
        self._job.failed.connect(self._on_failed)
        self.words.setText("正在找在走的时限。")
        self._offer(is_running=True)
        self._job.start()

    def _on_begin(self) -> None:
        self.start()

    def _on_moved(self, counted: Counted) -> None:
        self.words.setText(f"已重算 {counted.cases:,} / {counted.of:,} 件")

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.stop()
        self.stop.setEnabled(False)

    def _on_ended(self, counted: Counted) -> None:
        moved = f"{counted.earlier + counted.later:,} 件的到期时间有变化"
        if counted.cases < counted.of:
            said = (
                f"停在 {counted.cases:,} / {counted.of:,} 件，{moved}，都已存好。"
                "再按“全部重算”会接着核对。"
            )
        else:
            said = f"已重算 {counted.cases:,} 件，{moved}。"
        self._end(said)

    def _on_failed(self, sentence: str) -> None:
        self._end(f"{sentence}前面算好的都已存好，可以再按“全部重算”。")

    def _end(self, said: str) -> None:
        self.words.setText(said)
        self.said.emit(said)
        self._offer(is_running=False)
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

    def _offer(self, *, is_running: bool) -> None:
        self.begin.setVisible(not is_running)
        self.stop.setVisible(is_running)
        self.stop.setEnabled(is_running)
