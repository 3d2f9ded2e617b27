"""Counting running clocks anew in the background (重算时限): part by part, to be stopped anytime.

What was written stays; who begins again goes through all cases, and those that are right already
are not touched. Trying it out belongs to the page that asks; writing it is long work.
"""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.recomputing import RecomputeClocks
from desk.queries.time_rules import CountAnew, Part, cases_with_clocks, count_part
from desk.rules.codes import ClockKind
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.long_work import LongPlan, WorkDoor, works_of
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.work_row import OwnWork

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
    """Tries counting out on all cases on which clocks run, in parts; others get their turn between.

    Signals:
        moved: another part is done; carries what it came to so far.
        ended: all is counted, or it was stopped; carries what it came to.
        failed: it could not go on; carries the sentence.
    """

    moved = Signal(object)
    ended = Signal(object)
    failed = Signal(str)

    def __init__(self, desk: Desk, wanted: CountAnew, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._wanted = desk, wanted
        self._counted, self._after = Counted(), 0
        self._is_stopped = False

    def start(self) -> None:
        """Begin: count the cases first, then look at them."""
        query = partial(cases_with_clocks, kinds=self._wanted.kinds)
        self._desk.ask(query, owner=self, done=self._on_size, failed=self._on_failed)

    def stop(self) -> None:
        """Stop after the part that is under way."""
        self._is_stopped = True

    def _on_size(self, cases: int) -> None:
        self._counted = Counted(of=cases)
        self._next()

    def _next(self) -> None:
        query = partial(count_part, how=self._wanted, after=self._after)
        self._desk.ask(query, owner=self, done=self._on_part, failed=self._on_failed)

    def _on_part(self, part: Part) -> None:
        self._counted = self._counted.plus(part)
        self.moved.emit(self._counted)
        if part.after is None or self._is_stopped:
            self.ended.emit(self._counted)
            return
        self._after = part.after
        self._next()

    def _on_failed(self, error: DeskError) -> None:
        self.failed.emit(str(error))


def recount(door: WorkDoor, kinds: tuple[ClockKind, ...]) -> Counted:
    """Count all running clocks anew and write them; background work.

    Args:
        kinds: clocks of these kinds alone, by the limits of today; else all, each by its own.
    """
    door.begin_part("正在找在走的时限")
    wanted, after = CountAnew(kinds), 0
    counted = Counted(of=door.read(partial(cases_with_clocks, kinds=kinds)))
    door.begin_part("正在重算", counted.of)
    while not door.is_stopped:
        part = door.read(partial(count_part, how=wanted, after=after))
        if part.changed:
            request = RecomputeClocks(**door.by_me(), cases=part.changed, kinds=kinds)
            door.carry_out(request)
        counted = counted.plus(part)
        door.progress = replace(door.progress, done=counted.cases, of=counted.of)
        if part.after is None:
            break
        after = part.after
    return counted


def recounted_words(counted: Counted) -> str:
    """Return what counting anew came to, for the clerk."""
    moved = f"{counted.earlier + counted.later:,} 件的到期时间有变化"
    if counted.cases < counted.of:
        return (
            f"停在 {counted.cases:,} / {counted.of:,} 件，{moved}，都已存好。"
            "再按“全部重算”会接着核对。"
        )
    return f"已重算 {counted.cases:,} 件，{moved}。"


_KEY = "recount"
_PLAN = LongPlan("重算时限", _KEY, said=recounted_words, stopped="前面算好的都已存好，可以再来。")


class RecomputeBox(QWidget):
    """A button to count all anew; while that is under way, how far it is.

    Signals:
        said: a sentence for the clerk.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.words = text_label(
            "改过日历或规则以后，可以把在走的时限全部重算一遍。", "hint", wraps=True
        )
        self.begin = KeyButton("全部重算", icon="refresh")
        self.under_way = OwnWork(desk, _KEY)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.under_way)
        if not may_in_hall(Deed.RECOMPUTE, desk.person):
            self.words.setText(NOT_HERE)
            self.begin.setVisible(False)
        self.begin.clicked.connect(self._on_begin)
        works_of(desk.tasks).changed.connect(self._follow)
        self._follow()

    @property
    def is_running(self) -> bool:
        """Whether clocks are being counted now, begun here or elsewhere."""
        return self.under_way.is_running

    def start(self, kinds: tuple[ClockKind, ...] = ()) -> None:
        """Count all running clocks anew.

        Args:
            kinds: clocks of these kinds alone, by the limits of today; else all, each by its own.
        """
        if self.is_running:
            self.said.emit("正在重算，请等它做完，或先停下再来。")
            return
        self._desk.begin_long(
            _PLAN,
            partial(recount, kinds=kinds),
            owner=self,
            done=self._on_ended,
            failed=self._on_failed,
        )

    def _on_begin(self) -> None:
        self.start()

    def _follow(self) -> None:
        self.begin.setEnabled(not self.is_running)

    def _on_ended(self, counted: Counted) -> None:
        self.words.setText(recounted_words(counted))

    def _on_failed(self, error: DeskError) -> None:
        self.words.setText(f"{error}前面算好的都已存好，可以再按“全部重算”。")
