"""What a change of limits does to running cases (影响), said before it is made."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.queries.time_rules import CountAnew
from desk.rules.deeds import Deed
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.ui.admin.limit_changes import LimitChange
from desk.ui.admin.recounting import NOT_HERE, Counted, Recounting, effect_words
from desk.ui.desk import Desk
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.verb_dialog import Verb, ask_verb

_NEW, _RUNNING, _STAY = "new", "running", "stay"


class EffectQuestion(QWidget):
    """Counts in the background, then asks whether the change is for new cases only.

    Signals:
        busy: it counts, or no longer does.
        said: a sentence for the clerk.
        decided: the change is to be made; carries it, and whether it is also for what runs.
    """

    busy = Signal(bool)
    said = Signal(str)
    decided = Signal(object, bool)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()  # it only asks
        self._desk = desk
        self._job: Recounting | None = None

    def ask(self, change: LimitChange) -> None:
        """Ask about a change; one that begins later leaves alone what runs."""
        if self._job is not None:
            return
        if change.starts > day_of(self._desk.now()):
            self._ask(change, f"从 {change.starts:%Y-%m-%d} 起新起算的照此，在走的不变。")
            return
        if not may_in_hall(Deed.RECOMPUTE, self._desk.person):
            self._ask(change, NOT_HERE)
            return
        self._job = Recounting(self._desk, CountAnew(change.kinds, change.plan), parent=self)
        self._job.moved.connect(self._on_moved)
        self._job.ended.connect(partial(self._on_counted, change))
        self._job.failed.connect(self._on_failed)
        self.busy.emit(True)  # noqa: FBT003 - Qt's own
        self._job.start()

    def _on_moved(self, counted: Counted) -> None:
        self.said.emit(f"正在算现有的件会怎样变：{counted.cases:,} / {counted.of:,}")

    def _on_counted(self, change: LimitChange, counted: Counted) -> None:
        self._end()
        can_run = counted.earlier + counted.later > 0
        self._ask(change, effect_words(counted), can_run=can_run)

    def _on_failed(self, sentence: str) -> None:
        self._end()
        self.said.emit(sentence)

    def _end(self) -> None:
        assert self._job is not None  # noqa: S101 - it is what has ended
        self._job.deleteLater()
        self._job = None
        self.busy.emit(False)  # noqa: FBT003 - Qt's own

    def _ask(self, change: LimitChange, effect: str, *, can_run: bool = False) -> None:
        verbs = [Verb(_NEW, "只用于新件" if can_run else "保存", ButtonKind.MAIN)]
        if can_run:
            verbs.append(Verb(_RUNNING, "也用于在办件"))
        verbs.append(Verb(_STAY, "再看看"))
        words = f"{change.said}{effect}"
        ask_verb(self.window(), change.title, words, verbs, partial(self._on_verb, change))

    def _on_verb(self, change: LimitChange, verb: object) -> None:
        if verb != _STAY:
            self.decided.emit(change, verb == _RUNNING)
