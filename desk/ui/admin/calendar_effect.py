"""What a changed calendar does to running limits (日历改了以后), and counting them anew."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desk.queries.time_rules import CountAnew
from desk.rules.deeds import Deed
from desk.rules.rights import may_in_hall
from desk.ui.admin.recounting import Counted, RecomputeBox, Recounting, effect_words
from desk.ui.desk import Desk
from desk.ui.widgets.cards import Card

_LOW = (16, 8, 16, 8)


class CalendarEffect(Card):
    """One line below the calendar: the effect is said first, the clerk decides."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._job: Recounting | None = None
        self.box = RecomputeBox(desk)
        self.body.setContentsMargins(*_LOW)
        self.body.addWidget(self.box)

    def count(self) -> None:
        """Count in the background what would change; nothing is written."""
        if self.box.is_running or not may_in_hall(Deed.RECOMPUTE, self._desk.person):
            return
        if self._job is not None:
            self._job.stop()  # the calendar has changed once more meanwhile
        self.box.words.setText("正在算在走的时限会怎样变。")
        self._job = Recounting(self._desk, CountAnew(), parent=self)
        self._job.ended.connect(partial(self._on_counted, self._job))
        self._job.failed.connect(partial(self._end, self._job))
        self._job.start()

    def _on_counted(self, job: Recounting, counted: Counted) -> None:
        more = "要照新日历走，请按“全部重算”。" if counted.earlier + counted.later else ""
        self._end(job, effect_words(counted, "日历") + more)

    def _end(self, job: Recounting, said: str) -> None:
        job.deleteLater()
        if job is self._job:
            self.box.words.setText(said)
            self._job = None
