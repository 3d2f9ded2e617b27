"""Plans of topics (治理方案): the most pressing first, each with its measures."""

from typing import Any

from desk.queries.topic_plans import PlanRow, plan_board
from desk.rules.moments import day_of
from desk.rules.proactive_codes import PlanState
from desk.rules.topics import PlanOf
from desk.ui.proactive.card import LinesCard
from desk.ui.proactive.plan_desk import PlanDesk
from desk.ui.proactive.plan_words import plan_row
from desk.ui.proactive.section import ListSection
from desk.ui.proactive.steps import ProactiveHost
from desk.ui.screen import Screen
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow


class PlanSection(ListSection):
    """The plans that the reader knows of."""

    def __init__(self, page: Screen, host: ProactiveHost, card: LinesCard) -> None:
        super().__init__(page, host, card)
        self._plans: tuple[PlanRow, ...] = ()
        self._is_read = False
        self.plan = PlanDesk(self.desk, host, card, page)
        self.plan.said.connect(page.said)
        self.plan.offered.connect(self.offered)
        self.plan.changed.connect(self.load)

    def view(self) -> str:
        """Return how many are not confirmed yet."""
        if not self._is_read:
            return "治理方案"
        return f"治理方案 {sum(one.state is not PlanState.CONFIRMED for one in self._plans)}"

    def head(self) -> tuple[str, str]:
        """Return how many there are."""
        return "治理方案", f"{len(self._plans)} 个"

    def empty(self) -> str:
        """Say where plans come from."""
        return "还没有治理方案。到“专题”里选一个在办的专题，按“治理方案”立方案。"

    def load(self, then: int | None = None) -> None:
        """Read the plans."""

        def came(plans: tuple[PlanRow, ...]) -> None:
            self._plans, self._is_read = plans, True
            self.fresh.emit(then)

        self.desk.ask(plan_board, owner=self, done=came)

    def rows(self) -> list[WorkRow]:
        """Return the lines."""
        today = day_of(self.desk.now())
        return [plan_row(one, today) for one in self._plans]

    def show(self, key: int | None) -> None:
        """Show a plan with its measures."""
        if key is None:
            self.lines_card.show_lines("治理方案", "", [("", self.empty())])
        self.plan.load(key)

    def leave(self) -> None:
        """Wait for no plan any more."""
        self.plan.load(None)

    def items(self, key: int | None) -> list[ActionItem]:
        """Return the next steps, and the way to the topic."""
        items = self.plan.items() if self.plan.file is not None else []
        if key is not None:

            def go() -> None:
                self.page.topic_wanted.emit(PlanOf(key))

            items.append(ActionItem("打开专题", "", go, "link", is_quiet=True))
        return items

    def open_line(self, key: int | None) -> None:
        """Report the chosen measure."""
        del key
        self.plan.open_line()

    def done(self, changes: Any, said: str = "") -> None:
        """Say what was done, and stay with the plan."""
        self.page.said.emit(said or f"{changes.title}。")
        here = self.plan.file.id if self.plan.file is not None else None
        self.load(changes.made.get("topic", here))
