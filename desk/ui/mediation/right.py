"""What stands beside the list of mediations: a file, a form without one, or a sentence."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk.ui.desk import Desk
from desk.ui.mediation.ask_panel import AskPanel
from desk.ui.mediation.opening_panel import NewMediation, OpeningHost, OpeningPanel
from desk.ui.mediation.page import MediationPage
from desk.ui.widgets.cards import EmptyState


class MediationRight(QStackedWidget):
    """One of the three at a time; what is written in the form stays a draft when it is put away.

    Signals:
        registered: a mediation was opened; carries the Changes.
        found: a mediation that was asked for by its number may be read; carries its id.
        changed: another of the three is shown, or a panel opened or closed.
    """

    registered = Signal(object)
    found = Signal(object)
    changed = Signal()

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__()
        self.page, self.opening = MediationPage(desk, host), OpeningHost(desk)
        self._nothing = EmptyState("")
        for widget in (self._nothing, self.page, self.opening):
            self.addWidget(widget)
        self._behind: QWidget = self._nothing
        self.opening.opened.connect(self._on_opening)
        self.opening.done.connect(self._on_done)
        self.page.host.opened.connect(lambda _panel: self.changed.emit())

    @property
    def is_opening(self) -> bool:
        """Whether an application is being written, or a number asked for."""
        return self.opening.panel is not None

    @property
    def is_asking(self) -> bool:
        """Whether a number is asked for."""
        return isinstance(self.opening.panel, AskPanel)

    def begin(self) -> None:
        """Open the form of a new mediation."""
        self.opening.open(OpeningPanel, NewMediation())

    def ask_by_number(self, number: str = "") -> None:
        """Open the form in which a mediation is asked for by its number."""
        self.opening.open(AskPanel, NewMediation(), number or None)

    def show_page(self) -> None:
        """Show the file, behind a form that is being written."""
        self._show(self.page)

    def say(self, sentence: str) -> None:
        """Show a sentence where there is no file."""
        self._nothing.set_sentence(sentence)
        self._show(self._nothing)

    def submit(self) -> None:
        """Do what the open form or panel is about."""
        (self.opening if self.is_opening else self.page.host).submit()

    def close_layer(self) -> bool:
        """Put the uppermost layer away; return whether there was one."""
        return self.opening.close_layer() or self.page.close_layer()

    def _show(self, widget: QWidget) -> None:
        self._behind = widget
        if not self.is_opening:
            self.setCurrentWidget(widget)

    def _on_opening(self, panel: object) -> None:
        self.setCurrentWidget(self._behind if panel is None else self.opening)
        self.changed.emit()

    def _on_done(self, panel: object, changes: Any) -> None:
        if isinstance(panel, AskPanel):
            self.found.emit(changes.made["mediation"])
        else:
            self.registered.emit(changes)
