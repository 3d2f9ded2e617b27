"""What a case file does with attachments (案卷附件): shows them, takes in what is dropped."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.queries.attachments import AttachmentView
from desk.queries.case_file import CaseFile
from desk.rules.deeds import Deed
from desk.rules.rights import may
from desk.ui.attachments.attach_panel import AttachPanel
from desk.ui.attachments.incoming import Incoming
from desk.ui.attachments.strip import in_story_order
from desk.ui.attachments.viewer import AttachmentViewer, open_viewer
from desk.ui.case.case_page import CasePage
from desk.ui.desk import Desk

_NOT_NOW = "这一件现在不能再加附件（已归档，或不归您办理）。"


class CaseAttachments(QObject):
    """Stands between the case page and the windows of attachments.

    Signals:
        said: a sentence for the status line.
        told: the history has a new line although the case did not change.
    """

    said = Signal(str)
    told = Signal()

    def __init__(self, desk: Desk, page: CasePage, screen: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page, self._screen = desk, page, screen
        self._file: CaseFile | None = None
        self.viewer: AttachmentViewer | None = None
        page.papers.attachment_wanted.connect(self.look_at)
        page.papers.both_wanted.connect(self.compare)
        self.incoming = Incoming(screen)
        self.incoming.came.connect(self.take_in)

    def take_file(self, file: CaseFile | None) -> None:
        """Go on with this state of a case."""
        self._file = file

    def look_at(self, view: AttachmentView) -> None:
        """Open the viewer at an attachment."""
        if self._file is not None:
            self._take(open_viewer(self._desk, self._file, view, self._screen))

    def compare(self) -> None:
        """Open the viewer with before and after side by side."""
        if self._file is not None and self._file.attachments:
            first = in_story_order(self._file.attachments)[0]
            self._take(open_viewer(self._desk, self._file, first, self._screen, is_both=True))

    def take_in(self, came: object) -> None:
        """Offer dropped or pasted files to the panel, if attachments may be added now."""
        file = self._file
        if file is None:
            return
        if may(Deed.ATTACH, file.stand, self._desk.person):
            self._page.host.open(AttachPanel, file, came)
        else:
            self.said.emit(_NOT_NOW)

    def _take(self, viewer: AttachmentViewer) -> None:
        self.viewer = viewer
        viewer.taking_out.recorded.connect(self.told)
