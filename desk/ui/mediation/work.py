"""What is done to the mediation on show (现在可以): panels from the table, looks with a reason."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.queries.mediation_file import WholeMediation
from desk.rules.deeds import Deed
from desk.rules.mediation_codes import MediationStatus
from desk.rules.mediation_rights import MediationDeed, may_mediate
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.keys import ActionKey, GlobalKey, MediationKey
from desk.ui.mediation.deed_panel import MediationPanel
from desk.ui.mediation.deeds import MediationWay, mediation_ways
from desk.ui.mediation.dossier_panels import ArchiveMediationPanel
from desk.ui.mediation.party_panels import ChangePartyPanel
from desk.ui.mediation.people_panels import LookPanel
from desk.ui.mediation.right import MediationRight
from desk.ui.mediation.whole_dossier import DossierSaver
from desk.ui.preview import open_preview
from desk.ui.printing import papers_of
from desk.ui.widgets.action_bar import ActionItem

_AWAY = "连不上数据库，现在只能看；写了一半的留在本机，连上后接着办。"
_NO_PAPER = "这一件还没有文书，请先出具。"


class MediationWork(QObject):
    """Offers and does the deeds on the mediation that the page shows.

    Signals:
        said: a sentence for the status line.
        read_again: the file has to be read again although nothing was changed.
        booking_wanted: a room is to be booked for it; carries its id.
        record_wanted: the record of a sitting is to be written; carries the mediation's id.
    """

    said = Signal(str)
    read_again = Signal()
    record_wanted = Signal(object)
    booking_wanted = Signal(object)

    def __init__(self, desk: Desk, right: MediationRight) -> None:
        super().__init__(right)
        self._desk, self._right, self._page = desk, right, right.page
        self._file: WholeMediation | None = None
        self._is_there = True
        right.changed.connect(self.offer)
        dispute = right.page.dispute
        dispute.party_asked.connect(self._open_party)
        dispute.look_asked.connect(partial(self._open, LookPanel))
        right.page.dossier.paper_wanted.connect(lambda paper: open_preview(desk, paper, right.page))
        right.page.host.done.connect(self._on_done)
        self._saver = DossierSaver(desk, right)
        self._saver.said.connect(self.said)

    def take_file(self, file: WholeMediation | None) -> None:
        """Show and offer what may be done to this state of a mediation."""
        self._file = file
        if file is not None:
            self._page.show_file(file, may_look=self._may_look(file))
        self.offer()

    def follow_connection(self, *, is_there: bool) -> None:
        """Offer nothing while the database is away."""
        self._is_there = is_there
        self.offer()

    def offer(self) -> None:
        """Fill “现在可以” from the table of rights."""
        file, items = self._file, []
        self._page.bar.set_lead("现在可以" if self._is_there else _AWAY)
        if not self._is_there:
            self._page.bar.set_items(())
            return
        if self._right.is_opening:
            kept = "收起" if self._right.is_asking else "收起，草稿留着"
            items.append(ActionItem(kept, "", self._put_away))
        elif file is not None:
            items += self._deeds(file, has_panel=self._page.host.panel is not None)
            items += self._papers(file)
        if may_in_hall(Deed.OPEN_MEDIATION, self._desk.person) and not self._right.is_opening:
            items.append(ActionItem("登记调解申请", ActionKey.MEDIATE, self._right.begin, "add"))
        if may_in_hall(Deed.ASK_MEDIATION, self._desk.person) and not self._right.is_opening:
            items.append(ActionItem("按编号查阅", "", self._right.ask_by_number))
        self._page.bar.set_items(items)

    def _deeds(self, file: WholeMediation, *, has_panel: bool) -> list[ActionItem]:
        items = [
            ActionItem(
                way.label,
                way.key,
                partial(self.do, way),
                way.icon,
                is_main=way.is_next and not has_panel,
            )
            for way in mediation_ways(file, self._desk.person)
        ]
        if self._may(MediationDeed.BOOK, file):
            items.insert(0, self._booking(file, is_main=not has_panel))
        if self._may_look(file):
            look = partial(self._open, LookPanel)
            items.append(ActionItem("写理由查看", "", look, is_main=not has_panel))
        return items

    def _papers(self, file: WholeMediation) -> list[ActionItem]:
        if file.body is None or not file.body.papers:
            return []
        items = [ActionItem("打印", GlobalKey.PRINT, self.print_paper, "print")]
        if self._may(MediationDeed.PAPER, file):
            items.append(ActionItem("整卷 PDF", "", partial(self._saver.ask, file), "print"))
        return items

    def _may(self, deed: MediationDeed, file: WholeMediation) -> bool:
        return may_mediate(deed, file.stand, self._desk.person, file.read_at)

    def do(self, way: MediationWay) -> None:
        """Open the panel of a deed, or the record desk."""
        if way.panel is not None:
            self._open(way.panel, way.option)
        elif self._file is not None:
            self.record_wanted.emit(self._file.id)

    def print_paper(self) -> None:
        """Print the paper that has the keyboard, else the newest."""
        paper = self._page.dossier.chosen_paper()
        if paper is None:
            self.said.emit(_NO_PAPER)
        else:
            papers_of(self._desk).print_paper(paper, owner=self)

    def preview(self) -> None:
        """Show the paper that has the keyboard, else the newest."""
        paper = self._page.dossier.chosen_paper()
        if paper is None:
            self.said.emit(_NO_PAPER)
        else:
            open_preview(self._desk, paper, self._page)

    def _booking(self, file: WholeMediation, *, is_main: bool) -> ActionItem:
        """Return the way to the rooms; the main one where it is the next step."""
        is_next = file.status is MediationStatus.ACCEPTED and bool(file.head.mediator)
        book = partial(self.booking_wanted.emit, file.id)
        return ActionItem("排期", MediationKey.BOOK, book, "calendar", is_main=is_main and is_next)

    def _open(self, panel: type[MediationPanel], option: object = None) -> None:
        if self._file is not None:
            self._page.host.open(panel, self._file, option)

    def _open_party(self, party: object) -> None:
        """Open all that is known of a party, where it may be changed."""
        if self._file is None or not self._may(MediationDeed.CORRECT, self._file):
            self.said.emit("当事人的信息现在不归您更改。")
            return
        self._open(ChangePartyPanel, party)

    def _put_away(self) -> None:
        self._right.close_layer()

    def _may_look(self, file: WholeMediation) -> bool:
        return file.body is None and self._may(MediationDeed.LOOK, file)

    def _on_done(self, panel: object, changes: Any) -> None:
        self.said.emit(f"{changes.title}，已记下。")
        if isinstance(panel, ArchiveMediationPanel):
            self._saver.keep(changes.made["paper"])
        if "session" in changes.made:
            self.record_wanted.emit(changes.mediations[0])
        if not changes.mediations:
            self.read_again.emit()  # a look changes nothing, so nothing else says so
