"""What lies on the desk (文书、扫描件): the paper of the chosen line, or the scan."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk.exchange.scan_folder import LeftOver
from desk.queries.last_mile import WaitingPaper
from desk.ui.desk import Desk
from desk.ui.last_mile.scan_pane import ScanPane
from desk.ui.preview import open_preview
from desk.ui.signoff.paper_pane import PaperPane, Wanted


class MileMiddle(QStackedWidget):
    """Shows one of both; the paper as it was signed, or as it will be once it has its number."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row: WaitingPaper | None = None
        self.pane, self.scan = PaperPane(desk), ScanPane(desk)
        self.pane.pages.setAccessibleName("文书")
        self.addWidget(self.pane)
        self.addWidget(self.scan)

    def show_paper(self, row: WaitingPaper) -> None:
        """Show the paper of a line."""
        self._row = row
        self.setCurrentWidget(self.pane)
        is_issued = row.paper_id is not None
        self.pane.show_paper(Wanted(row.case_id, row.version, is_issued, row.paper_id), row.title)

    def show_scan(self, scan: LeftOver | None) -> None:
        """Show a scan."""
        self._row = None
        self.setCurrentWidget(self.scan)
        self.scan.show_scan(scan)

    def clear(self) -> None:
        """Show nothing."""
        self._row = None
        self.pane.clear()
        self.scan.show_scan(None)

    def preview(self) -> None:
        """Open the paper in the large preview (F9)."""
        if self._row is not None and self._row.paper_id is not None:
            open_preview(self._desk, self._row.paper_id, self)

    def print_shown(self) -> None:
        """Print the paper on show."""
        self.pane.print_shown()

    def fit_width(self) -> None:
        """Let the page fill its width again."""
        self.pane.pages.fit_width()
