"""The record desk (笔录台): the record is written while people talk, the agreement beside it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desk.queries.mediation_file import WholeMediation
from desk.queries.record_desk import Sitting
from desk.rules.mediation_rights import MediationDeed, may_mediate
from desk.rules.moments import in_shanghai
from desk.ui.case.case_page import open_more
from desk.ui.desk import Desk
from desk.ui.drafts import drafts_of
from desk.ui.keys import GlobalKey
from desk.ui.mediation.record_keeping import RecordKeeping
from desk.ui.mediation.record_page import RecordPage
from desk.ui.mediation.record_work import RecordWork
from desk.ui.screen import Screen
from desk.ui.widgets.cards import EmptyState
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.conflict_view import Conflict, Keep
from desk.ui.widgets.panes import PaneWalk

_NO_SITTING = "没有正在进行的会次。请在“调解”里打开一件，按“开始调解”。"


class RecordScreen(Screen):
    """One sitting at a time; whatever is written stays on this workstation until it is saved."""

    title = "笔录台"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.file: WholeMediation | None = None
        self.page = RecordPage(desk, self)
        self.keeping = RecordKeeping(desk, self.page.record, self.page.draft)
        self.work = RecordWork(desk, self.page, self.keeping)
        self._empty = EmptyState(_NO_SITTING)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.page)
        self._connect()

    def open_sitting(self, mediation_id: int) -> None:
        """Show the sitting of this mediation that is under way."""
        self.keeping.save()
        self.work.choose(mediation_id)
        drafts = drafts_of(self.desk)
        if drafts.is_loaded:
            self.work.ask(self._show)
        else:
            drafts.loaded.connect(partial(self.work.ask, self._show))

    def arrive(self) -> None:
        """Put the keyboard behind the last word."""
        self.page.record.go_to_end()

    def help_page(self) -> str:
        """Return the handbook page on the record desk."""
        return "record"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put one layer away with Esc; without one, save and go back to the file."""
        if event.key() == Qt.Key.Key_Escape and not is_composing():
            if not self.page.close_layer():
                self.keeping.save(self._leave)
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save when the clerk goes elsewhere."""
        super().hideEvent(event)
        if self.keeping.has_more():
            self.keeping.save()

    def _connect(self) -> None:
        page, keeping, work = self.page, self.keeping, self.work
        page.speakers.wanted.connect(lambda who: page.record.say(who, self.desk.now()))
        page.record.speaker_changed.connect(page.speakers.mark)
        page.record.edited.connect(self._show_state)
        page.draft.edited.connect(self._show_state)
        keeping.saved.connect(self._on_saved)
        keeping.said.connect(page.notice.say)
        keeping.conflict.connect(self._on_conflict)
        work.said.connect(self.said)
        work.read.connect(self._on_read)
        work.ended.connect(self._leave)
        submit = KeyShortcut(GlobalKey.FINISH, self)
        submit.pressed.connect(page.host.submit)
        submit.setEnabled(False)  # while no panel is open, the key ends the sitting
        page.host.opened.connect(lambda panel: submit.setEnabled(panel is not None))
        page.host.opened.connect(self._on_panel)
        KeyShortcut(GlobalKey.KEEP_DRAFT, self).pressed.connect(keeping.save)
        KeyShortcut(GlobalKey.MORE, self).pressed.connect(partial(open_more, page.bar))
        PaneWalk(self, [page.record, page.draft, page.host, page.bar])

    def _show(self, sitting: Sitting) -> None:
        file, table = sitting
        if not self._on_read(sitting) or file is None or table is None:
            return
        settles = may_mediate(MediationDeed.SETTLE, file.stand, self.desk.person, file.read_at)
        if file.body is not None:
            self.keeping.take(table, file.body.content, writes_agreement=settles)
        self.page.draft.setEnabled(settles)
        if not self.page.record.rows and table.record is not None:
            self.page.record.say(table.record.mediator, self.desk.now())
        self.page.record.go_to_end()
        self._show_state()

    def _on_read(self, sitting: Sitting) -> bool:
        """Show head, speakers and ways; return whether a sitting is under way."""
        file, table = sitting
        if file is None or file.body is None or table is None or table.record is None:
            self.file = None
            self._stack.setCurrentWidget(self._empty)
            return False
        self.file = file
        self.page.show_sitting(table.record)
        self.keeping.follow_draft(table)
        self.work.show_ways(file)
        self.subtitle_changed.emit(file.head.number)
        self._stack.setCurrentWidget(self.page)
        return True

    def _on_panel(self, panel: object) -> None:
        if panel is None:
            self.page.record.go_to_end()  # whoever speaks next is waiting

    def _show_state(self) -> None:
        words = "写的内容已存在本机" if self.keeping.has_more() else ""
        self.page.show_saved(words)

    def _on_saved(self, at: Any) -> None:
        self.page.show_saved(f"已存 {in_shanghai(at):%H:%M}")

    def _on_conflict(self, sentence: str, conflict: Conflict, theirs: dict[str, Any]) -> None:
        def chosen(decisions: dict[str, Keep]) -> None:
            words = {name: theirs[name] for name, keep in decisions.items() if keep is Keep.THEIRS}
            self.keeping.choose(words)

        self.page.ask_which(sentence, conflict, chosen)

    def _leave(self) -> None:
        if self.file is not None:
            self.mediation_wanted.emit(self.file.id)
        else:
            self.place_wanted.emit("mediation")
