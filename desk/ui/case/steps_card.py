"""The history of a case as a card (办理过程): all steps, or only contacts, or only papers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from desk.ui.case.words import Line, StepFilter
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.timeline import Timeline, TimelineEntry

_FILTERS = (
    Choice(StepFilter.ALL, "全部"),
    Choice(StepFilter.CONTACTS, "联系"),
    Choice(StepFilter.PAPERS, "文书"),
)
_BESIDE_BAR = 8  # between words and scroll bar


class StepsCard(Card):
    """The timeline with its filter; reading it is never interrupted by a reload.

    Signals:
        filter_chosen: another choice of steps is wanted.
    """

    filter_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("办理过程", parent=parent)
        self._chips = ChoiceChips("办理过程看哪些", _FILTERS, numbered=False, small=True)
        self._chips.set_value(StepFilter.ALL)
        self._chips.setMinimumWidth(self._chips.sizeHint().width())
        self._chips.chosen.connect(lambda _value: self.filter_chosen.emit())
        if self.head is not None:
            self.head.add(self._chips)
        self._contacts = text_label("", "hint", wraps=True)
        self._contacts.hide()
        self.body.addWidget(self._contacts)
        self.timeline = Timeline()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("办理过程")
        self._scroll.setWidget(self.timeline)
        self._scroll.setViewportMargins(0, 0, _BESIDE_BAR, 0)
        self.body.addWidget(self._scroll, 1)

    def wanted(self) -> StepFilter:
        """Return which steps the clerk wants to see."""
        return StepFilter(str(self._chips.value()))

    def set_filter(self, wanted: StepFilter) -> None:
        """Choose which steps are shown."""
        self._chips.set_value(wanted)
        self.filter_chosen.emit()

    def set_contacts(self, words: str) -> None:
        """Say below the head how often the appellant was reached and met."""
        self._contacts.setText(words)
        self._contacts.setVisible(bool(words))

    def contacts(self) -> str:
        """Return what is said about contacts below the head."""
        return self._contacts.text()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these steps."""
        self.timeline.set_entries(
            TimelineEntry(
                time=line.time,
                verb=line.verb,
                who=line.who,
                details=line.details,
                is_now=line.is_now,
                is_quiet=line.is_quiet,
            )
            for line in lines
        )
