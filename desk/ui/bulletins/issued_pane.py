"""What was issued (已印发): its words, what has changed since, the paper as it went out."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desk.actions.bulletins import IssuePublicBulletin
from desk.queries.bulletins import (
    BulletinDifferences,
    BulletinFile,
    BulletinRow,
    bulletin_differences,
    bulletin_file,
)
from desk.rules.bulletin_changes import CHANGE_WORDS, say_changes
from desk.rules.bulletin_periods import short_days
from desk.rules.bulletin_words import SECTION_WORDS
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.rules.papers import BULLETIN, PUBLIC_BULLETIN
from desk.rules.rights import may_in_hall
from desk.rules.wording import label
from desk.ui.bulletins.pane import BulletinPane
from desk.ui.bulletins.sheet import BulletinSheet
from desk.ui.desk import Desk
from desk.ui.keys import BulletinKey, GlobalKey
from desk.ui.printing import papers_of
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import Card, text_label
from desk.ui.work_list import WorkList, WorkRow

_OTHER_SIGHT = "您和印发的人看得到的件不同（举报件），数字不在这里比，只列变化的件。"
_SAME = "数字与印发时一样。"


class IssuedPane(BulletinPane):
    """The list of what was issued, its words and changes in the middle, the paper at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "已印发的通报", parent)
        self._rows: Sequence[BulletinRow] = ()
        self._file: BulletinFile | None = None
        self._shows_public = self._is_acting = False
        self._may_issue = may_in_hall(Deed.ISSUE_BULLETIN, desk.person)
        self.since = text_label("", "reading", wraps=True)
        self.cases = WorkList("变化的件", desk.now)
        self.sheet = BulletinSheet(desk)
        changes = Card("自印发以来")
        changes.body.addWidget(self.since)
        changes.body.addWidget(self.cases, 1)
        self.lay_out(((changes, 34), (self.sheet, 56)), 28)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.cases.setFocus())
        self.cases.opened.connect(self.case_wanted)
        self.cases.chosen.connect(lambda _case: self.offered.emit())
        self.cases.passed.connect(self.cases.go_on)

    def show_bulletins(self, rows: Sequence[BulletinRow]) -> None:
        """Show what was issued, replaced versions too."""
        self._rows = [row for row in rows if not row.is_picture]
        self.head.set_note(f"{len(self._rows)} 份")
        before = self.list.current_id()
        self.list.set_rows([self._line(row) for row in self._rows])
        if before is not None and before == self.list.current_id():
            self._on_chosen(before)

    def items(self) -> list[ActionItem]:
        """Return what may be done with the chosen bulletin."""
        file = self._file
        if file is None:
            return []
        words = "打印公开版" if self._shows_public else "打印"
        found = [ActionItem(words, GlobalKey.PRINT, self.print_shown, "print", is_main=True)]
        if file.public_paper is not None:
            other = "看印发稿" if self._shows_public else "看公开版"
            found.append(ActionItem(other, BulletinKey.PUBLIC, self._turn, "eye"))
        if self._may_issue and file.row.replaced_by is None:
            if file.public_paper is None:
                make = self._make_public
                found.append(ActionItem("出公开版", BulletinKey.PUBLIC, make, "people"))
            found.append(ActionItem("按现在的数重新印发", "", self._again, "redo"))
        if self.cases.current_id() is not None:
            opens = self.cases.open_current
            found.append(ActionItem("打开案件卷", GlobalKey.OPEN_FILE, opens, is_quiet=True))
        return found

    def print_shown(self) -> None:
        """Print the paper that is on show."""
        if self._file is None:
            return
        row = self._file.row
        paper = row.public_paper if self._shows_public else row.paper
        if paper is not None:
            papers_of(self.desk).print_paper(paper, owner=self)

    def _line(self, row: BulletinRow) -> WorkRow:
        state = "已换新版" if row.replaced_by is not None else row.issued_by
        version = f"第 {row.revision} 版" if row.revision > 1 else ""
        left = "　".join(part for part in (row.number or "", version, state) if part)
        days = short_days(row.kind, row.first, row.last)
        return WorkRow(row.id, f"{label(row.kind)}　{days}", left=left)

    def _on_chosen(self, bulletin: int | None) -> None:
        self._file, self._shows_public = None, False
        self.since.setText("")
        self.cases.set_rows([])
        self.sheet.clear()
        self.offered.emit()
        if bulletin is None:
            return
        query = partial(bulletin_file, bulletin=bulletin)
        self.desk.ask(query, owner=self, done=self._show_file)
        changed = partial(bulletin_differences, bulletin=bulletin)
        done = partial(self._show_differences, bulletin)
        self.desk.ask(changed, owner=self, done=done)

    def _show_file(self, file: BulletinFile | None) -> None:
        if file is None or file.row.id != self.list.current_id():
            return
        self._file = file
        said = [
            "。".join((words, *file.sentences[section.value]))
            for section, words in SECTION_WORDS.items()
            if section.value in file.sentences
        ]
        self.sheet.pages.setAccessibleDescription("\n".join(said))
        self._show_sheet()
        self.offered.emit()

    def _show_sheet(self) -> None:
        assert self._file is not None  # noqa: S101 - shown only once it was read
        row = self._file.public_paper if self._shows_public else self._file.paper
        code = PUBLIC_BULLETIN if self._shows_public else BULLETIN
        self.sheet.head.set_text("公开版" if self._shows_public else "印发稿")
        if row is not None:
            self.sheet.show_row(code, row, at_once=True)

    def _show_differences(self, bulletin: int, found: BulletinDifferences | None) -> None:
        if found is None or bulletin != self.list.current_id():
            return
        figures = "\n".join(found.figures) if found.figures else _SAME
        told = figures if found.sees_as_much else _OTHER_SIGHT
        self.since.setText(f"{say_changes(found.changes)}\n{told}")
        rows = []
        for one in found.changes:
            rows.append(WorkRow(None, CHANGE_WORDS[one.kind], note=str(len(one.cases))))
            rows += [
                WorkRow(case, found.cases[case].number, left=found.cases[case].unit)
                for case in one.cases
            ]
        self.cases.set_rows(rows)

    def _turn(self) -> None:
        self._shows_public = not self._shows_public
        self._show_sheet()
        self.offered.emit()

    def _again(self) -> None:
        if self._file is not None:
            self.draft_wanted.emit(self._file.row.kind, self._file.row.first)

    def _make_public(self) -> None:
        if self._file is None or self._is_acting:
            return
        self._is_acting = True
        request = IssuePublicBulletin(**self.desk.by_me(), bulletin=self._file.row.id)
        self.desk.act(request, owner=self, done=self._on_public, failed=self._on_refused)

    def _on_public(self, changes: Any) -> None:
        self._is_acting = False
        self.said.emit(f"{changes.title}，请看过再发出。")

    def _on_refused(self, error: DeskError) -> None:
        self._is_acting = False
        self.said.emit(str(error))
