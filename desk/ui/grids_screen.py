"""Grids (网格): who works there, how it stands, cards and signs, the month of each."""

from PySide6.QtWidgets import QWidget

from desk.ui.desk import Desk
from desk.ui.grids.sections import EvaluationSection, GridSection, ListSection
from desk.ui.sections.card import ReadingCard
from desk.ui.sections.screen import Parts, SectionScreen
from desk.ui.sections.section import Section
from desk.ui.sections.step_panel import StepHost
from desk.ui.work_list import WorkList


class GridsScreen(SectionScreen[Section]):
    """The list at the left, one grid or month in the middle, the form at the right."""

    title = "网格"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        card = ReadingCard(desk.now)
        card.cases.setAccessibleName("这个网格的诉求和未诉先办")
        parts = Parts(WorkList("网格", desk.now), card, StepHost(desk), (32, 44, 40))
        super().__init__(desk, parts, parent)
        around = (self, self.host, self.card)
        self.grids = GridSection(*around)
        self.begin((self.grids, EvaluationSection(*around), ListSection(*around)))

    def help_page(self) -> str:
        """Return the handbook page on grids."""
        return "grids"

    def on_line_opened(self, key: int) -> None:
        """Open a case; a finding leads to the case that it became, else to the page of findings."""
        if key > 0:
            self.case_wanted.emit(key)
            return
        finding = next((one for one in self.grids.findings if one.id == -key), None)
        if finding is not None and finding.case is not None:
            self.case_wanted.emit(finding.case)
        else:
            self.place_wanted.emit("early_actions")
