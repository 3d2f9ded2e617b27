"""The plan on the page of topics (专题页上的治理方案): it takes the place of the cases."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, TopicKey
from desk.ui.proactive.card import LinesCard
from desk.ui.proactive.plan_desk import PlanDesk
from desk.ui.proactive.steps import ProactiveHost
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.composing import is_composing


class PlanSide(PlanDesk):
    """The cases of a topic and its plan, one in front of the other; the forms stand beside.

    Args:
        cases: the card of the cases; side: the form of the topic, which makes room for the plan.
        page: the page on which both stand; Esc there puts the open form away.
    """

    def __init__(self, desk: Desk, cases: QWidget, side: QWidget, page: QWidget) -> None:
        super().__init__(desk, ProactiveHost(desk), LinesCard(desk.now), page)
        self.is_on = False
        self._side, self._is_topic, self._keeps = side, False, False
        self.card.setAccessibleName("治理方案")
        self.middle = QWidget()
        self._stack = QStackedLayout(self.middle)
        self._stack.addWidget(cases)
        self._stack.addWidget(self.card)
        self.card.cases.opened.connect(lambda _key: self.open_line())
        self.card.cases.passed.connect(self.card.cases.go_on)
        self.card.cases.chosen.connect(lambda _key: self.offered.emit())
        self.host.opened.connect(lambda _panel: self.offered.emit())
        self.host.done.connect(lambda _panel, changes: self.done(changes))
        page.installEventFilter(self)

    def turn_on(self, is_on: bool) -> None:  # noqa: FBT001 - what a toggle says
        """Show the plan from now on, or the cases."""
        self.is_on = is_on

    def arrange(self, *, is_topic: bool, keeps: bool) -> None:
        """Put the plan in front, or the cases with the form of the topic.

        Args:
            is_topic: whether the list on the page is one of topics; keeps: whether the reader
                writes about what is in it.
        """
        self._is_topic, self._keeps = is_topic, keeps
        is_plan = self.is_on and is_topic
        self._stack.setCurrentIndex(1 if is_plan else 0)
        self._side.setVisible(keeps and not is_plan)
        if not is_plan and self.host.panel is not None:
            self.host.close_panel()

    def turn(self) -> None:
        """Go from the cases to the plan, or back."""
        self.turn_on(not self.is_on)
        self.arrange(is_topic=self._is_topic, keeps=self._keeps)
        self.offered.emit()

    def items_beside(self, others: Sequence[ActionItem]) -> list[ActionItem]:
        """Return what may be done with the plan or else with the topic, and the way between."""
        words = "看诉求" if self.is_on else "治理方案"
        turn = ActionItem(words, TopicKey.PLAN, self.turn, "table")
        return [*(self.items() if self.is_on else others), turn]

    def items(self) -> list[ActionItem]:
        """Return the open form's own action, or the next steps of the plan."""
        panel = self.host.panel
        if panel is None:
            return super().items()
        return [ActionItem(panel.verb, GlobalKey.FINISH, self.host.submit, "done", is_main=True)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the open form away with Esc; what was written in it is kept as a draft."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_out = event.key() == Qt.Key.Key_Escape and not is_composing()
            return is_out and self.host.close_layer()
        return super().eventFilter(watched, event)
