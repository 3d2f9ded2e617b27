"""The next step of the paper on show (文书的下一步): a panel, the claim of a scan, the register."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk.queries.case_file import CaseFile
from desk.queries.last_mile import Station, WaitingPaper
from desk.rules.rights import may
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.case.form_panel import FormPanel
from desk.ui.case.mile_fields import SealingPanel
from desk.ui.case.notice_panels import DeliverNoticePanel, SealNoticePanel
from desk.ui.case.panel_host import PanelHost
from desk.ui.case.paper_panels import (
    DeliverPanel,
    GiveNumberPanel,
    ScanBackPanel,
    SealPanel,
)
from desk.ui.desk import Desk
from desk.ui.last_mile.claim_card import ClaimCard
from desk.ui.last_mile.register_card import RegisterCard
from desk.ui.widgets.cards import EmptyState

_PANELS: dict[Station, type[DeedPanel]] = {
    Station.NUMBER: GiveNumberPanel,
    Station.SEAL: SealPanel,
    Station.DELIVER: DeliverPanel,
    Station.SCAN: ScanBackPanel,
}
_OF_NOTICES: dict[Station, type[DeedPanel]] = {
    Station.SEAL: SealNoticePanel,
    Station.DELIVER: DeliverNoticePanel,
}
_CHOOSES: frozenset[type] = frozenset({SealNoticePanel, DeliverNoticePanel, ScanBackPanel})
_NOT_MINE = "这一步不归您办理，可以打开案件卷看看它现在在谁手里。"


class MileSide(QStackedWidget):
    """One of its cards at a time; a panel that is open for a paper stays while it is written in.

    Signals:
        done: the step was done; carries the panel and the Changes.
        register_toggled: the register of seals was opened or put away.
    """

    done = Signal(object, object)
    register_toggled = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.host = PanelHost(desk)
        self.claim, self.register = ClaimCard(desk), RegisterCard(desk)
        self._nobody = EmptyState("")
        for widget in (self._nobody, self.host, self.claim, self.register):
            self.addWidget(widget)
        self.host.done.connect(self.done)
        self.host.opened.connect(self._on_opened)
        self.register.close_asked.connect(self.close_register)
        self._is_for_scans = False

    @property
    def has_register(self) -> bool:
        """Whether the register is on show; it stays until it is put away."""
        return self.currentWidget() is self.register

    @property
    def panel(self) -> FormPanel[CaseFile] | None:
        """The panel of the next step, if there is one for this reader."""
        return self.host.panel

    def show_claim(self) -> None:
        """Ask whose scan it is."""
        self._is_for_scans = True
        if not self.has_register:
            self.setCurrentWidget(self.claim)

    def show_step(
        self, station: Station, row: WaitingPaper, file: CaseFile, list_: QWidget
    ) -> None:
        """Offer the next step of a paper; the keyboard stays in the list."""
        kind = _OF_NOTICES.get(station, _PANELS[station]) if row.is_notice else _PANELS[station]
        if not may(kind.deed, file.stand, self._desk.person):
            self.host.close_panel()
            self._nobody.set_sentence(_NOT_MINE)
            return
        had_keyboard = list_.hasFocus()
        panel = self.host.panel
        if panel is None or type(panel) is not kind or panel.file.id != file.id:
            self.host.open(kind, file, row.paper_id if kind in _CHOOSES else None)
        else:
            _keep_up(panel, file, row)
        if had_keyboard:
            list_.setFocus()

    def say_others(self, count: int) -> None:
        """Say how many papers are sealed together with the one on show."""
        if isinstance(self.panel, SealingPanel):
            words = f"连同另外 {count} 份一起盖章，印章和份数相同。" if count else ""
            self.panel.say(words, state="ok")

    def enter(self) -> None:
        """Seal at once; put the keyboard into every other form."""
        panel = self.panel
        if self.currentWidget() is self.claim:
            self.claim.begin()
        elif isinstance(panel, SealingPanel):
            panel.submit()
        elif panel is not None:
            panel.start()

    def finish(self) -> None:
        """Finish the form on show (Ctrl+Enter)."""
        if self.has_register:
            self.register.register()
        elif self.currentWidget() is self.claim:
            self.claim.host.submit()
        else:
            self.host.submit()

    def put_away(self) -> None:
        """Show no step."""
        self._is_for_scans = False
        self.host.close_panel()
        self._nobody.set_sentence("")

    def open_register(self) -> None:
        """Show the register of seals."""
        self.setCurrentWidget(self.register)
        self.register_toggled.emit()
        self.register.begin()

    def close_register(self) -> None:
        """Go back to what was there before the register."""
        step = self.host if self.panel is not None else self._nobody
        self.setCurrentWidget(self.claim if self._is_for_scans else step)
        self.register_toggled.emit()

    def _on_opened(self, panel: DeedPanel | None) -> None:
        if not self.has_register:
            self.setCurrentWidget(self.host if panel is not None else self._nobody)


def _keep_up(panel: FormPanel[CaseFile], file: CaseFile, row: WaitingPaper) -> None:
    """Mean the paper of the line that is on show now; what was written stays."""
    if panel.file.version != file.version:
        panel.take_file(file)
    if type(panel) in _CHOOSES and panel.option != row.paper_id:
        panel.take_option(row.paper_id)
