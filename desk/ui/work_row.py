"""One piece of long work in a line (进度行): name, bar, how long still, a button to stop it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desk.ui.desk import Desk
from desk.ui.long_work import LongWork, WorkState, works_of
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label

_STEPS = 1000
_STATE_MARKS = {
    WorkState.RUNNING: "",
    WorkState.DONE: "做完了",
    WorkState.STOPPED: "已停下",
    WorkState.FAILED: "没有做完",
}


class WorkRow(QWidget):
    """Shows one piece of work until it is shown another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work: LongWork | None = None
        self._title, self._state = text_label("", "strong"), text_label("", "hint")
        self._words = text_label("", "hint", wraps=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.stop = KeyButton("停下", icon="close")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._state, 1)
        head.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._words)
        self.stop.clicked.connect(self._on_stop)
        self.hide()

    def show_work(self, work: LongWork | None) -> None:
        """Follow a piece of work; None hides the line."""
        if self.work is not None and self.work is not work:
            self.work.moved.disconnect(self._show)
        if work is not None and work is not self.work:
            work.moved.connect(self._show)
            work.destroyed.connect(self._on_gone)
        self.work = work
        self.setVisible(work is not None)
        self._show()

    def words(self) -> str:
        """Return how far it is, as it stands there."""
        return self._words.text()

    def _show(self) -> None:
        work = self.work
        if work is None:
            return
        share = work.progress.share
        self._title.setText(work.plan.title)
        self._state.setText(_STATE_MARKS[work.state])
        self._words.setText(work.words())
        self._bar.setVisible(work.is_running)
        self._bar.setRange(0, 0 if share is None else _STEPS)
        self._bar.setValue(0 if share is None else round(share * _STEPS))
        self._bar.setAccessibleName(f"{work.plan.title}的进度")
        self._bar.setAccessibleDescription(work.words())
        self.stop.setVisible(work.is_running)
        self.stop.setEnabled(work.may_stop)
        self.stop.setAccessibleName(f"停下{work.plan.title}")

    def _on_stop(self) -> None:
        if self.work is not None:
            self.work.stop()

    def _on_gone(self) -> None:
        self.work = None


class OwnWork(WorkRow):
    """The line on a page for its own kind of work: there as long as some is under way."""

    def __init__(self, desk: Desk, *keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._works, self._keys = works_of(desk.tasks), keys
        self._works.changed.connect(self.follow)
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), self.sizePolicy().Policy.Maximum)
        self.follow()

    @property
    def is_running(self) -> bool:
        """Whether work of this kind is under way."""
        return any(self._works.running(key) for key in self._keys)

    def follow(self) -> None:
        """Show what is under way now."""
        running = [one for key in self._keys for one in self._works.running(key)]
        self.show_work(running[0] if running else None)
