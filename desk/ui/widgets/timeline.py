"""What has happened to a case (办理过程): newest on top, one line for each step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desk.ui.theme import THEME, say_state, tokens
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.painting import edge

_RAIL = 26
_DOT = 5.5
_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One step.

    Attributes:
        time: when, as briefly as the day allows; both times only where they differ.
        verb: what was done (“首次联系 接通”).
        who: person and desk (“张伟 · 城建办”).
        details: further lines.
        is_now: where the case stands.
        is_quiet: done by a supporting unit, or a correction: a grey ring.
    """

    time: str
    verb: str
    who: str = ""
    details: Sequence[str] = field(default=())
    is_now: bool = False
    is_quiet: bool = False


class _Step(QWidget):
    """One step with its piece of the rail."""

    def __init__(self, entry: TimelineEntry, *, is_last: bool) -> None:
        super().__init__()
        self._entry, self._is_last = entry, is_last
        self.setAccessibleName(f"{entry.time} {entry.verb} {entry.who}".rstrip())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 14)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(1, _RAIL)
        grid.setColumnStretch(2, 1)
        self._time = text_label(entry.time, "label")
        self._time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._time.setMinimumWidth(self._time.fontMetrics().horizontalAdvance("00:00") + 14)
        grid.addWidget(self._time, 0, 0, 3 + len(entry.details), 1)
        self._verb = self._line(entry.verb, "strong" if entry.is_now else "body")
        grid.addWidget(self._verb, 0, 2)
        row = 1
        if entry.who:
            grid.addWidget(self._line(entry.who, "caption"), row, 2)
            row += 1
        for detail in entry.details:
            grid.addWidget(self._line(detail, "label"), row, 2)
            row += 1

    def time_width(self) -> int:
        """Return how wide the time is written."""
        return self._time.sizeHint().width()

    def set_time_width(self, width: int) -> None:
        """Take the width that all times of the timeline share."""
        self._time.setMinimumWidth(width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dot at the height of the verb and the rail below it."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = self._verb.geometry().left() - _RAIL / 2 - 1
        y = self._verb.geometry().center().y() + 1.0
        if not self._is_last:
            painter.setPen(edge(look.line, 2.0))
            painter.drawLine(QPointF(x, y + _DOT), QPointF(x, float(self.height()) + _DOT))
        painter.setPen(edge(look.edge, 2.0))
        if y > _DOT + 2 and self.y() > 0:
            painter.setPen(edge(look.line, 2.0))
            painter.drawLine(QPointF(x, 0), QPointF(x, y - _DOT))
        ink = look.edge if self._entry.is_quiet else look.accent
        painter.setPen(edge(ink, 2.0))
        painter.setBrush(ink if self._entry.is_now else look.surface)
        painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
        painter.end()

    def _line(self, text: str, role: str) -> QLabel:
        made = text_label(text, role, wraps=True)
        made.setTextInteractionFlags(_SELECTABLE)
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return made


class Timeline(QWidget):
    """All steps of a case; put it into a scroll area."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("办理过程")
        self._entries: tuple[TimelineEntry, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch()
        say_state(self, ground="clear")
        THEME.changed.connect(self.update)

    def set_entries(self, entries: Iterable[TimelineEntry]) -> None:
        """Show these steps, the newest first; unchanged ones keep their selection."""
        wanted = tuple(entries)
        if wanted == self._entries:
            return
        self._entries = wanted
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()
        steps: list[_Step] = []
        for at, entry in enumerate(wanted):
            step = _Step(entry, is_last=at == len(wanted) - 1)
            self._column.insertWidget(at, step)
            steps.append(step)
        widest = max((step.time_width() for step in steps), default=0)
        for step in steps:
            step.set_time_width(widest)  # so that the rail is one straight line

    def entries(self) -> tuple[TimelineEntry, ...]:
        """Return the steps from the newest."""
        return self._entries
