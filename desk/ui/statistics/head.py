"""Which period, and by what it is kept apart (期间和分组), in one row where there is room."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desk.rules.rate_groups import GROUP_LABELS, GroupBy
from desk.ui.statistics.period import PeriodBar
from desk.ui.theme import tokens
from desk.ui.widgets.choice_chips import Choice, ChoiceChips

_GROUPS = (
    GroupBy.UNIT,
    GroupBy.COMMUNITY,
    GroupBy.GRID,
    GroupBy.CATEGORY,
    GroupBy.CHANNEL,
    GroupBy.LEVEL,
    GroupBy.FIRST_UNIT,
    GroupBy.SUPPORT,
)
_WIDE = 7  # times the navigation has room for both in one row


class StatisticsHead(QWidget):
    """The period above or beside the grouping; both always have a value once it has begun."""

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.period = PeriodBar(clock)
        self.grouping = ChoiceChips(
            "分组", [Choice(one, GROUP_LABELS[one]) for one in _GROUPS], numbered=False, small=True
        )
        self.grouping.set_value(GroupBy.UNIT)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens().sizes.gutter)
        self._row.addWidget(self.period)
        self._row.addWidget(self.grouping, 1)
        self.period.chips.chosen.connect(lambda _which: self._make_room())

    def by(self) -> GroupBy:
        """Return by what figures are kept apart."""
        found = self.grouping.value()
        assert isinstance(found, GroupBy)  # noqa: S101 - one of them is always on
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the grouping beside the period where there is room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        is_wide = self.width() > _WIDE * tokens().sizes.navigation
        beside = is_wide and not self.period.asks_for_days()
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
