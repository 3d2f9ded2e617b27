"""The plan on the page of topics (专题页上的治理方案): it takes the place of the cases."""

from PySide6.QtWidgets import QStackedLayout, QWidget

from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.proactive.card import LinesCard
from desk.ui.proactive.plan_desk import PlanDesk
from desk.ui.proactive.steps import ProactiveHost
from desk.ui.widgets.action_bar import ActionItem


class PlanSide(PlanDesk):
    """The cases of a topic and its plan, one in front of the other; the forms stand beside.

    Args:
        cases: the card of the cases.
    """

    def __init__(self, desk: Desk, cases: QWidget, page: QWidget) -> None:
        super().__init__(desk, ProactiveHost(desk), LinesCard(desk.now), page)
        self.is_on = False
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

    def turn_on(self, is_on: bool) -> None:  # noqa: FBT001 - what a toggle says
        """Show the plan from now on, or the cases."""
        self.is_on = is_on

    def show(self, *, is_on: bool) -> None:
        """Put the plan in front, or the cases."""
        self._stack.setCurrentIndex(1 if is_on else 0)
        if not is_on and self.host.panel is not None:
            self.host.close_panel()

    def close_layer(self) -> bool:
        """Put the open form away; say if there was one."""
        return self.host.close_layer()

    def items(self) -> list[ActionItem]:
        """Return the open form's own action, or the next steps of the plan."""
        panel = self.host.panel
        if panel is None:
            return super().items()
        return [ActionItem(panel.verb, GlobalKey.FINISH, self.host.submit, "done", is_main=True)]
