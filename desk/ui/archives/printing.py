"""Printing from the archive (打印): the contents of one file, or the list of many."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from desk.actions.archiving import IssueArchiveList
from desk.queries.archives import AskedShelf
from desk.ui.desk import Desk
from desk.ui.printing import papers_of


class ArchivePrinting(QObject):
    """Prints on this workstation's printer; `say` takes sentences for the status line."""

    def __init__(self, desk: Desk, say: Callable[[str], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._papers, self._say = desk, papers_of(desk), say

    def contents(self, case_id: int) -> None:
        """Print the 卷内目录 of a case."""
        self._papers.print_case_paper(case_id, "case-contents", owner=self)

    def shelf(self, asked: AskedShelf) -> None:
        """Issue the list of what the year and the box leave, and print it."""
        request = IssueArchiveList(**self._desk.by_me(), year=asked.year, box=asked.box)
        self._desk.act(request, owner=self, done=self._on_listed)

    def _on_listed(self, changes: Any) -> None:
        self._say(f"{changes.title}。")
        self._papers.print_paper(changes.made["paper"], owner=self)
