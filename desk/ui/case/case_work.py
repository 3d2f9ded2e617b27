"""What is done from a case file (办理): opens panels, acts at once where no words are needed."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions.handling import AcceptAssignment
from desk.actions.set_aside import LinkRepeat
from desk.actions.trail import IssueLookRecord
from desk.queries.case_file import CaseFile
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.rules.rights import may, may_in_hall
from desk.ui.attachments.on_case import CaseAttachments
from desk.ui.case.case_page import CasePage
from desk.ui.case.copy_panel import CopyPanel
from desk.ui.case.deed_panel import OnCase
from desk.ui.case.deeds import PANELS, Way, ways_now
from desk.ui.case.set_aside_panels import Reversible
from desk.ui.case.sign_panels import VersionsPanel
from desk.ui.case.words import has_ended, still_open
from desk.ui.desk import Desk
from desk.ui.keys import CaseKey, GlobalKey
from desk.ui.printing import papers_of
from desk.ui.taking_back import TakingBack
from desk.ui.widgets.action_bar import ActionItem

_MATTER_DEEDS = (Deed.ANSWER_MATTER, Deed.ASSIGN_MATTER)
_NO_PAPER = "这一件还没有文书。"


class CaseWork(QObject):
    """Offers and does the deeds on the case that the page shows.

    Signals:
        said: a sentence for the status line.
        paper_wanted: a paper is to be looked at; carries its id.
        refused: a deed without a panel was refused; the case should be read again.
        revealed: contact data may be shown now, or something was taken out; read the case again.
    """

    said = Signal(str)
    paper_wanted = Signal(object)
    refused = Signal()
    revealed = Signal()

    def __init__(self, desk: Desk, page: CasePage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._file: CaseFile | None = None
        self._matter_deed: Deed | None = None
        self.taking_back = TakingBack(desk, page.bar)
        self.attachments = CaseAttachments(desk, page, page.parentWidget() or page)
        self._connect()

    def take_file(self, file: CaseFile | None) -> None:
        """Offer what may be done to this state of a case."""
        self._file = file
        self.attachments.take_file(file)
        self.taking_back.show(None if file is None else file.dispatch.take_back)
        self.show_ways()

    def show_ways(self) -> None:
        """Fill “现在可以” from the table of rights."""
        file = self._file
        if file is None:
            self._page.bar.set_items([])
            return
        has_panel = self._page.host.panel is not None
        ways = ways_now(file, self._desk.person)
        items = [
            ActionItem(
                way.label, way.key, partial(self.do, way), is_main=way.is_next and not has_panel
            )
            for way in ways
        ]
        deeds = {way.deed for way in ways}
        self._matter_deed = next((deed for deed in _MATTER_DEEDS if deed in deeds), None)
        self._page.facts.offer_matters(is_offered=self._matter_deed is not None)
        if file.papers:
            items.append(ActionItem("打印", GlobalKey.PRINT, self.print_paper, "print"))
        if may(Deed.TAKE_OUT, file.stand, self._desk.person):
            key = CaseKey.COPY_OUT
            items.append(ActionItem("回填", key, self._copy_out, "export", is_quiet=True))
        if still_open(file):
            words = "还差什么才能归档" if has_ended(file) else "为什么不能办结"
            items.append(ActionItem(words, "", self._explain_open, is_quiet=True))
        if may_in_hall(Deed.TELL_LOOKS, self._desk.person):
            items.append(ActionItem("打印查询记录", "", self._print_looks, is_quiet=True))
        self._page.bar.set_items(items)

    def do(self, way: Way) -> None:
        """Begin a deed: most open a panel, accepting needs no words."""
        if self._file is None:
            return
        if way.deed is Deed.ACCEPT:
            self._act_at_once(AcceptAssignment(**self._head(self._file)))
        elif way.deed is Deed.CORRECT:
            self._page.facts.focus_first()
        else:
            self.open_panel(way.deed, way.option)

    def open_panel(self, deed: Deed, option: object = None) -> None:
        """Open the panel of a deed on the case as it is shown."""
        if self._file is not None:
            self._page.host.open(PANELS[deed], self._file, option)

    def _open_matter(self, matter: object) -> None:
        """Open what this person may do about a matter, with that one first."""
        if self._matter_deed is not None:
            self.open_panel(self._matter_deed, matter)

    def preview(self) -> None:
        """Ask for the preview of the paper that has the keyboard, else of the newest."""
        paper = self._page.papers.newest_paper()
        if paper is None:
            self.said.emit(_NO_PAPER)
        else:
            self.paper_wanted.emit(paper)

    def print_paper(self) -> None:
        """Print the paper that has the keyboard, else the newest."""
        paper = self._page.papers.newest_paper()
        if paper is None:
            self.said.emit(_NO_PAPER)
        else:
            papers_of(self._desk).print_paper(paper, owner=self)

    def _print_looks(self) -> None:
        """Print for a resident who asks: who looked at his contact data, and when."""
        if self._file is not None:
            request = IssueLookRecord(**self._desk.by_me(), case=self._file.id)
            printed = partial(papers_of(self._desk).print_paper, owner=self)
            self._desk.act(request, owner=self, done=lambda changes: printed(changes.made["paper"]))

    def _copy_out(self) -> None:
        """Offer the case in the words of other platforms."""
        if self._file is not None:
            self._page.host.open(CopyPanel, self._file)

    def _show_versions(self) -> None:
        if self._file is not None:
            self._page.host.open(VersionsPanel, self._file)

    def _connect(self) -> None:
        page = self._page
        page.facts.correction_asked.connect(lambda name: self.open_panel(Deed.CORRECT, name))
        page.facts.matter_asked.connect(self._open_matter)
        page.facts.reveal_asked.connect(lambda: self.open_panel(Deed.REVEAL))
        page.papers.paper_wanted.connect(self.paper_wanted)
        page.papers.versions_wanted.connect(self._show_versions)
        self.attachments.said.connect(self.said)
        self.attachments.told.connect(self.revealed)
        self.taking_back.said.connect(self.said)
        page.papers.attach_asked.connect(lambda: self.open_panel(Deed.ATTACH))
        page.papers.unlink_asked.connect(self._unlink)
        page.host.opened.connect(lambda _panel: self.show_ways())
        page.host.done.connect(self._on_done)

    def _head(self, file: CaseFile) -> OnCase:
        return OnCase(**self._desk.by_me(), case=file.id, seen=file.version)

    def _act_at_once(self, request: Any) -> None:
        self._desk.act(request, owner=self, done=self._on_acted, failed=self._on_refused)

    def _on_acted(self, changes: Any) -> None:
        number = changes.made.get("number") if "mediation" in changes.made else None
        self.said.emit(f"已转调解 {number}。" if number else f"{changes.title}，已记下。")

    def _on_refused(self, error: DeskError) -> None:
        self._page.notice.say(str(error))
        self.refused.emit()

    def _on_done(self, panel: Any, changes: Any) -> None:
        self._on_acted(changes)
        if isinstance(panel, Reversible):
            self._page.bar.offer_undo(panel.undo_words(), partial(self._undo, panel))
        if panel.deed is Deed.REVEAL:
            self.revealed.emit()  # the case itself did not change, so nothing else says so
        papers_of(self._desk).settle(panel.file.id)

    def _undo(self, panel: Reversible) -> None:
        if self._file is not None:
            self._act_at_once(panel.undo(self._head(self._file)))

    def _unlink(self) -> None:
        if self._file is not None:
            self._act_at_once(LinkRepeat(**self._head(self._file), earlier=None))

    def _explain_open(self) -> None:
        if self._file is not None:
            words = "要归档还差：" if has_ended(self._file) else "还不能办结："
            self._page.notice.say(words + "".join(still_open(self._file)))
