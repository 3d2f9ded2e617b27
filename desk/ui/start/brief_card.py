"""One case in brief (这一件): where it is now, in one sentence, and what it is about."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.rules.arrivals import arrival_words
from desk.rules.codes import CaseStatus, ClockKind
from desk.rules.lifecycle import OPEN
from desk.rules.moments import say_due, say_moment
from desk.rules.wording import label
from desk.ui.case.extension_panels import request_words
from desk.ui.case.pause_panels import pause_hint
from desk.ui.scroll_column import scrolled
from desk.ui.start.watches import Watches, watched
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.chips import LevelChip


def where_now(file: CaseFile, now: datetime) -> str:
    """Say in whose hands a case is and what is due next (“现在在谁手里、今天谁该打电话”)."""
    unit = file.lead_unit or file.first_unit
    who = f"{unit} {file.handler}".strip() if file.lead_unit else unit
    if file.status is CaseStatus.GUIDED:
        return f"这一件已引导到 {file.guided_to}，{arrival_words(file.arrival)}。"
    if file.status not in OPEN:
        return f"这一件{label(file.status)}，最后在 {who} 手里。"
    running = [
        row
        for row in file.clocks
        if row.is_running
        and row.facts.is_applicable
        and row.facts.paused_since is None
        and row.facts.due_at is not None
    ]
    if not running:
        return f"现在在 {who} 手里，{label(file.status)}。"
    first = min(running, key=lambda row: row.facts.due_at or now)
    due = first.facts.due_at or now
    verb = "已超" if due < now else "应在"
    until = f"{label(first.kind)}{verb} {say_due(due, seen_at=now)}"
    return f"现在在 {who} 手里，{label(file.status)}；{until}{'' if due < now else ' 前完成'}。"


def still_words(file: CaseFile, now: datetime) -> str:
    """Say what more time is asked for, and why the case stands still; empty: neither."""
    pending = file.extensions.pending
    asked = request_words(pending, now) if pending is not None else []
    return "\n".join(filter(None, (*asked, pause_hint(file, now))))


class BriefCard(Card):
    """Level, heading, where it is now, its watches and its words; `below` takes what else.

    Args:
        first: the clock that this desk has to stop.
    """

    def __init__(self, first: ClockKind | None = None) -> None:
        super().__init__()
        self._first = first
        self._level: LevelChip | None = None
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self._summary = text_label("", "title", wraps=True)
        self._head.addWidget(self._summary, 1)
        self._about = text_label("", "label", wraps=True)
        self._where = text_label("", "reading", wraps=True)
        self._still = text_label("", "reading", wraps=True)
        self.watches = Watches()
        self._details = text_label("", "reading", wraps=True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head)
        for widget in (self._about, self._where, self._still, self.watches):
            column.addWidget(widget)
        self.below = QVBoxLayout()
        self.below.setSpacing(8)
        column.addLayout(self.below)
        column.addWidget(text_label("诉求内容", "label"))
        column.addWidget(self._details)
        column.addStretch()
        self.body.addWidget(scrolled(inner))

    def show_file(self, file: CaseFile, now: datetime) -> None:
        """Show a case."""
        if self._level is None:
            self._level = LevelChip(file.urgency)
            fixed = self._level.sizePolicy().Policy.Fixed
            self._level.setSizePolicy(fixed, fixed)
            self._head.insertWidget(0, self._level)
        self._level.set_level(file.urgency)
        self._summary.setText(file.summary)
        received = say_moment(file.received_at, seen_at=now)
        place = " ".join(part for part in (file.community, file.place) if part)
        parts = (file.number, label(file.channel), f"{received} 受理", place, file.category)
        self._about.setText(" · ".join(part for part in parts if part))
        self._where.setText(where_now(file, now))
        self._still.setText(still_words(file, now))
        self._still.setVisible(bool(self._still.text()))
        self._details.setText(file.details)
        clocks = watched(file.clocks, file.round.number, first=self._first)
        self.watches.show_clocks(clocks, now)

    def still(self) -> str:
        """Return what is said about more time and standing still."""
        return self._still.text()

    def where(self) -> str:
        """Return the sentence on where the case is."""
        return self._where.text()
