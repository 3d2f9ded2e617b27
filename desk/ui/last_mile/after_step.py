"""What follows a step on the page 文书: it is said, its papers are rendered, marked ones go on."""

from typing import Any

from PySide6.QtCore import QObject

from desk.ui.case.deed_panel import DeedPanel
from desk.ui.case.mile_fields import SealingPanel
from desk.ui.case.paper_panels import SealPanel
from desk.ui.last_mile.marking_screen import MarkingScreen
from desk.ui.printing import papers_of

_PROOF = "delivery-proof"


class AfterStep(QObject):
    """Seals the rest of what is marked the way the first was; prints the proof with each seal."""

    def __init__(self, page: MarkingScreen) -> None:
        super().__init__(page)
        self._page = page
        self._papers = papers_of(page.desk)
        self._prints_proof = False  # a notice has its own below the cut line
        page.run.did.connect(self._seal_done)
        page.run.over.connect(self._on_over)

    def done(self, panel: DeedPanel, changes: Any) -> None:
        """Go on after the step on the paper on show."""
        page = self._page
        page.said.emit(f"{changes.title}，已记下。")
        page.list.setFocus()
        if not isinstance(panel, SealingPanel):
            self._papers.settle(panel.file.id)
            return
        self._prints_proof = isinstance(panel, SealPanel)
        self._seal_done(panel.file.id)
        rows = [
            row
            for row in page.others(None)
            if row.is_notice is not self._prints_proof and row.case_id != panel.file.id
        ]
        page.run.marked.clear()
        if rows:
            page.run.go(rows, panel.like(), done_before=1)

    def _seal_done(self, case_id: int) -> None:
        """Render what was issued; the proof to be signed comes out with the opinion's seal."""
        self._papers.settle(case_id)
        if self._prints_proof:
            self._papers.print_case_paper(case_id, _PROOF, owner=self, is_asked=False)

    def _on_over(self, count: int, refused: str) -> None:
        self._page.said.emit(f"一共盖章 {count} 份。{refused}")
