"""Plans, gathered opinions and the three lists (治理清单): five lists on one page."""

from PySide6.QtWidgets import QWidget

from desk.queries.list_hits import ListHit, ListName
from desk.ui.desk import Desk
from desk.ui.proactive.card import LinesCard
from desk.ui.proactive.gathering_section import GatheringSection
from desk.ui.proactive.list_sections import DemandSection, ProjectSection, ResourceSection
from desk.ui.proactive.plan_section import PlanSection
from desk.ui.proactive.section import ListSection
from desk.ui.proactive.steps import ProactiveHost
from desk.ui.sections.screen import Parts, SectionScreen
from desk.ui.work_list import WorkList

# in which of the views of the page a line that was found stands
_WHERE = {
    ListName.OPINIONS: 1,
    ListName.DEMANDS: 2,
    ListName.RESOURCES: 3,
    ListName.PROJECTS: 4,
}


class ListsScreen(SectionScreen[ListSection]):
    """The list at the left, one line in the middle, the form of its next step at the right."""

    title = "治理清单"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        queue, card = WorkList("清单的各条", desk.now, tall=True), LinesCard(desk.now)
        card.setAccessibleName("选中的这一条")
        host = ProactiveHost(desk)
        super().__init__(desk, Parts(queue, card, host, (34, 46, 42), keeps_list=True), parent)
        around = (self, host, card)
        self._gatherings = GatheringSection(*around)
        self.begin(
            (
                PlanSection(*around),
                self._gatherings,
                DemandSection(*around),
                ResourceSection(*around),
                ProjectSection(*around),
            )
        )
        self.card.cases.chosen.connect(self._on_line)

    def open_found(self, hit: ListHit) -> None:
        """Show a line that was searched for, in the list where it stands."""
        self.choose_view(_WHERE[hit.where])
        self.section.load(hit.id)

    def help_page(self) -> str:
        """Return the handbook page on plans, opinions and lists."""
        return "proactive"

    def reads_on_arrival(self, at: int) -> bool:
        """Read all of them: each view says what waits there."""
        del at
        return True

    def on_opened(self, key: int | None) -> None:
        """Go on with Enter as the list says."""
        self.section.open_row(key)

    def on_line_opened(self, key: int) -> None:
        """Open a measure or an opinion."""
        self.section.open_line(key)

    def on_panel(self, panel: object) -> None:
        """Give a grid the room of the card, too."""
        self.card.setVisible(not self.host.wants_room)
        super().on_panel(panel)

    def _on_line(self, _key: int | None) -> None:
        if self.section is self._gatherings:
            self._gatherings.line_chosen()
        self.offer()
