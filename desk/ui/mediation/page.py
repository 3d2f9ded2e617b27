"""The layout of a mediation's file (调解卷): head, what it lacks, columns, or a panel.

Where it is narrow, steps, plan and papers take turns in one column, and a panel has all the room.
"""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.mediation_file import WholeMediation
from desk.rules.moments import day_of
from desk.ui.case.notice_line import NoticeLine
from desk.ui.desk import Desk
from desk.ui.mediation.deed_panel import MediationHost
from desk.ui.mediation.fact_cards import DisputeCard, DossierCard, PlanCard, scrolled
from desk.ui.mediation.heading import LacksBox, MediationHeading
from desk.ui.mediation.words import entries
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import Card
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.timeline import Timeline

_DISPUTE, _STEPS, _SIDE, _PANEL = 40, 34, 32, 66
_NARROW = 5  # times the navigation: less has no room for three columns


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
        self._turns: dict[str, Card] = {
            "办理过程": self.steps,
            "排期、履行": self.plan,
            "文书、材料": self.dossier,
        }
        self.turn = ChoiceChips("看哪一栏", numbered=False, small=True)
        self._build()
        self.host.opened.connect(lambda _panel: self._arrange())
        self.turn.chosen.connect(lambda _name: self._arrange())

    def show_file(self, file: WholeMediation, *, may_look: bool) -> None:
        """Show this state of the mediation."""
        now = self._desk.now()
        self.heading.show_file(file, now)
        self.dispute.show_file(file, may_look=may_look)
        self._has_body = file.body is not None
        self.lacks.setVisible(self._has_body)
        self._arrange()
        if file.body is not None:
            if file.head.archived_at is None:
                self.lacks.show_sentences(file.body.lacks)
            else:
                number = file.head.dossier_number or file.head.number
                self.lacks.show_archived(number, day_of(file.head.archived_at))
            self.timeline.set_entries(entries(file.body.steps, now))
            self.plan.show_file(file)
            self.dossier.show_file(file)

    def close_layer(self) -> bool:
        """Put the uppermost layer away; return whether there was one."""
        return self.host.close_layer() or self.notice.close_layer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns take turns where there is no room for all of them."""
        super().resizeEvent(event)
        self._arrange()

    @property
    def is_narrow(self) -> bool:
        """Whether there is no room for three columns."""
        return self.width() < _NARROW * tokens().sizes.navigation

    def _build(self) -> None:
        gap = tokens().sizes.gutter
        column = QVBoxLayout()
        column.addWidget(self.timeline)
        self.steps.body.addWidget(scrolled(column), 1)
        side, around = QWidget(), QWidget()
        below, beside, turning = QVBoxLayout(side), QHBoxLayout(), QVBoxLayout(around)
        for upright in (below, turning):
            upright.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(gap)
        beside.setSpacing(gap)
        below.addWidget(self.plan, 1)
        below.addWidget(self.dossier, 1)
        self.turn.set_choices([Choice(name, name) for name in self._turns])
        self.turn.set_value(next(iter(self._turns)))
        beside.addWidget(self.steps, _STEPS)
        beside.addWidget(side, _SIDE)
        turning.addWidget(self.turn)
        turning.addLayout(beside, 1)
        self.side, self.around = side, around
        columns = QHBoxLayout()
        columns.setSpacing(gap)
        for part, share in (
            (self.dispute, _DISPUTE),
            (around, _STEPS + _SIDE),
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

    def _arrange(self) -> None:
        """Give a panel the place of steps and papers; a wide one, or in a narrow window, all."""
        is_narrow, has_panel = self.is_narrow, self.host.panel is not None
        self.dispute.setHidden(self.host.wants_room or (is_narrow and has_panel))
        self.around.setVisible(self._has_body and not has_panel)
        self.turn.setVisible(is_narrow)
        self.lacks.set_short(is_short=is_narrow)
        front = self._turns[str(self.turn.value())]
        for card in self._turns.values():
            card.setVisible(not is_narrow or card is front)
        self.side.setVisible(not is_narrow or front is not self.steps)
