"""The archiving of the case on show (归档栏): the same panel as on the case itself."""

from PySide6.QtWidgets import QWidget

from desk.queries.case_file import CaseFile
from desk.rules.deeds import Deed
from desk.rules.rights import may
from desk.ui.case.archive_panel import ArchivePanel
from desk.ui.case.panel_host import PanelHost
from desk.ui.desk import Desk


class ArchiveSide(PanelHost):
    """Keeps the keyboard in the list while other cases are looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._person = desk.person
        self._box = ""  # into which the last one went: the next lies on top of it

    def show_file(self, file: CaseFile, list_: QWidget) -> None:
        """Offer to archive a case, to whoever may."""
        if not may(Deed.ARCHIVE, file.stand, self._person):
            self.close_panel()
            return
        had_keyboard = list_.hasFocus()
        if self.panel is None or self.panel.file.id != file.id:
            self.open(ArchivePanel, file)
            if isinstance(self.panel, ArchivePanel):
                self.panel.suggest_box(self._box)
        elif self.panel.file.version != file.version:
            self.panel.take_file(file)
        if had_keyboard:
            list_.setFocus()

    def keep_box(self, box: str) -> None:
        """Offer the box of what was archived last to the next one."""
        self._box = box

    def say_others(self, count: int) -> None:
        """Say how many cases are archived together with the one on show."""
        if self.panel is not None:
            words = f"连同另外 {count} 件一起归档，放在同一盒。" if count else ""
            self.panel.say(words, state="ok")
