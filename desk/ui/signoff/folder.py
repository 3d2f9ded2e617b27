"""Printing the folder of a leader who signs on paper (签批夹): the cover list, then every draft."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions.sign_folder import IssueSignFolder
from desk.queries.sign_desks import DeskView
from desk.rules.errors import DeskError
from desk.ui.desk import Desk
from desk.ui.printing import ReadyPaper, papers_of


class FolderPrint(QObject):
    """Prints one paper after the other, so that they come out in the order of the list.

    Signals:
        said: a sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._papers = desk, papers_of(desk)
        self._left: list[int] = []
        self._count = 0

    def print_folder(self, here: DeskView) -> None:
        """Issue the cover list of a desk and print it with the drafts that lie there."""
        request = IssueSignFolder(**self._desk.by_me(), leader=here.owner_id, role=here.role)
        self._desk.act(request, owner=self, done=self._on_issued, failed=self._on_failed)

    def _on_issued(self, changes: Any) -> None:
        self._left = list(changes.made["opinions"])
        self._count = len(self._left)
        self._papers.open(
            changes.made["paper"], owner=self, done=self._send, failed=self._on_failed
        )

    def _send(self, ready: ReadyPaper) -> None:
        self._papers.send_to_usual(ready, owner=self, done=self._on_taken)

    def _on_taken(self) -> None:
        if self._left:
            case = self._left.pop(0)
            self._papers.draft(case, owner=self, done=self._send, failed=self._on_failed)
        else:
            self.said.emit(f"签批夹：目录和 {self._count} 份送签稿已送去打印。")

    def _on_failed(self, error: DeskError) -> None:
        self._left = []
        self.said.emit(str(error))
