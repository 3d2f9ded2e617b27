"""The layout of a mediation's file (调解卷): head, what it lacks, columns, or a panel."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.mediation_file import WholeMediation
from desk.ui.case.form_panel import FormPanel
from desk.ui.case.notice_line import NoticeLine
from desk.ui.desk import Desk
from desk.ui.mediation.deed_panel import MediationHost
from desk.ui.mediation.fact_cards import DisputeCard, DossierCard, PlanCard, scrolled
from desk.ui.mediation.heading import LacksBox, MediationHeading
from desk.ui.mediation.words import entries
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import Card
from desk.ui.widgets.timeline import Timeline

_DISPUTE, _STEPS, _SIDE, _PANEL = 40, 34, 32, 66


class MediationPage(QWidget):
    """What the file of a mediation looks like; it knows widgets, not what may be done.

    Args:
        host: the screen inside which the keys work.
    """

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__()
        self._desk, self._has_body = desk, False
        self.heading, self.lacks, self.notice = MediationHeading(), LacksBox(), NoticeLine()
        self.dispute = DisputeCard()
        self.steps, self.timeline = Card("办理过程"), Timeline()
        self.plan, self.dossier = PlanCard(), DossierCard()
        self.host = MediationHost(desk)
        self.bar = ActionBar(host)
        self._build()
        self.host.opened.connect(self._on_panel_opened)

    def show_file(self, file: WholeMediation, *, may_look: bool) -> None:
        """Show this state of the mediation."""
        now = self._desk.now()
        self.heading.show_file(file, now)
        self.dispute.show_file(file, may_look=may_look)
        self._has_body = file.body is not None
        self.lacks.setVisible(self._has_body)
        for part in (self.steps, self.side):
            part.setVisible(self._has_body and self.host.panel is None)
        if file.body is not None:
            self.lacks.show_sentences(file.body.lacks)
            self.timeline.set_entries(entries(file.body.steps, now))
            self.plan.show_file(file)
            self.dossier.show_file(file)

    def close_layer(self) -> bool:
        """Put the uppermost layer away; return whether there was one."""
        return self.host.close_layer() or self.notice.close_layer()

    def _build(self) -> None:
        gap = tokens().sizes.gutter
        column = QVBoxLayout()
        column.addWidget(self.timeline)
        self.steps.body.addWidget(scrolled(column), 1)
        side = QWidget()
        below = QVBoxLayout(side)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(gap)
        below.addWidget(self.plan, 1)
        below.addWidget(self.dossier, 1)
        self.side = side
        columns = QHBoxLayout()
        columns.setSpacing(gap)
        for part, share in (
            (self.dispute, _DISPUTE),
            (self.steps, _STEPS),
            (side, _SIDE),
            (self.host, _PANEL),
        ):
            columns.addWidget(part, share)
        for part in (self.dispute, self.steps, side, self.host):
            part.setMinimumWidth(200)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(self.heading)
        whole.addWidget(self.lacks)
        whole.addWidget(self.notice)
        whole.addLayout(columns, 1)

    def _on_panel_opened(self, panel: FormPanel[WholeMediation] | None) -> None:
        """Give a panel the place of steps and papers; a wide one all of it."""
        for part in (self.steps, self.side):
            part.setVisible(panel is None and self._has_body)
        self.dispute.setVisible(not self.host.wants_room)
