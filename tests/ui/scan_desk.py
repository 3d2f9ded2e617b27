"""Scans as a hall scanner lays them into the watched folder; a watch that is driven by looks."""

from desk.ui.last_mile.scan_watch import ScanWatch
from tests.exchange.scanner import as_file, printed, sheets


def scan_of(life, *cases, code="opinion-notice"):
    """Return one scan of papers of these cases, printed and laid on the glass."""
    pages = []
    for case in cases:
        pages += sheets(printed(code, case, life.papers(case)[code].id))
    return as_file(pages, "JPEG" if len(pages) == 1 else "PDF")


class Watching:
    """One desk with its folder; looks are taken when the test asks for them."""

    def __init__(self, qtbot, desk, folder):
        self.qtbot, self.desk, self.folder = qtbot, desk, folder
        self.watch = ScanWatch(desk)
        self.watch.folder = folder
        self.said = []
        desk.tasks.said.connect(self.said.append)

    def lay(self, name, content):
        """Let the scanner write a file."""
        file = self.folder / name
        file.write_bytes(content)
        return file

    def look(self, times=2):
        """Look until nothing is on its way; two looks must agree before a scan is taken."""
        for _ in range(times):
            self.watch.look()
            self.qtbot.waitUntil(lambda: not self.desk.tasks.is_busy and not self.watch._is_busy)

    def filed(self):
        """Return what lies in the folders of the days."""
        return sorted(path.name for path in (self.folder / "已归档").rglob("*") if path.is_file())

    def left(self):
        """Return what waits for somebody, with why."""
        return {scan.path.name: scan.reason for scan in self.watch.left}
