"""The case file (案件卷): all of one case without a tab, and everything that may be done now."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desk.queries.case_file import CaseFile, case_file
from desk.queries.person_page import Asked
from desk.queries.place_page import site_of_case
from desk.rules.deeds import Deed
from desk.rules.moments import say_moment
from desk.rules.rights import may
from desk.ui.board.ticker import ticker_of
from desk.ui.case.case_page import CasePage, open_more
from desk.ui.case.case_work import CaseWork
from desk.ui.case.catching_up import CatchingUp
from desk.ui.case.contact_lines import contact_lines
from desk.ui.case.words import StepFilter, shown_clocks, timeline
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.looks import note_look
from desk.ui.presence import Presence
from desk.ui.preview import open_preview
from desk.ui.screen import Screen
from desk.ui.theme import say_state
from desk.ui.widgets.cards import EmptyState
from desk.ui.widgets.clocks_strip import StripCell
from desk.ui.widgets.composing import KeyShortcut, is_composing

_NOTHING_OPEN = "还没有打开案件。在看板上选一件按 Enter，或按 Ctrl+K 查找。"
_NOT_YOURS = "这一件已不归您查看（回避或保密）。如有疑问，请找信联办。"


class CaseScreen(Screen):
    """Shows one case at a version; what colleagues do is offered, never forced on the reader.

    Signals:
        paper_wanted: a paper is to be looked at; carries its id.
    """

    paper_wanted = Signal(object)

    title = "案件卷"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.file: CaseFile | None = None
        self._case_id: int | None = None
        self.page = CasePage(desk, self)
        self.work = CaseWork(desk, self.page)
        self.presence = Presence(desk, self)
        self._followed: object = None
        self._turns = CatchingUp(desk, lambda: (self._case_id, self.file), self)
        self._empty = EmptyState(_NOTHING_OPEN)
        self._build()
        self._connect()

    def category_id(self) -> int | None:
        """Return the category of the case that is shown."""
        return self.file.category_id if self.file is not None else None

    def open_case(self, case_id: int) -> None:
        """Show this case; what was being written about another is kept as a draft."""
        if case_id != self._case_id:
            self.page.host.close_panel()
            self.page.notice.put_away()
            self.page.bar.withdraw_undo()
            self.file, self._case_id = None, case_id
        self.reload()

    def arrive(self) -> None:
        """Read the case again, and put the keyboard where work goes on."""
        self.reload()
        self.setFocus()

    def help_page(self) -> str:
        """Return the handbook page about cases."""
        return "case"

    def reload(self) -> None:
        """Read the case as it is now."""
        if self._case_id is not None:
            query = partial(case_file, case_id=self._case_id)
            self.desk.ask(query, owner=self, done=self.show_file)

    def show_file(self, file: CaseFile | None) -> None:
        """Show a state of the case."""
        if file is None:
            self.file = None
            self.presence.leave()
            self._empty.set_sentence(_NOT_YOURS)
            self._stack.setCurrentWidget(self._empty)
            self.subtitle_changed.emit("")
            return
        if file.id != self._case_id:
            return  # answers a question about the case before
        if self.page.notice.offers_news:
            self.page.notice.put_away()
        self.file = file
        if self.isVisible():
            self.presence.open_case(file.id)
        self._note_look(file)
        self.page.host.hide_contact(file)
        person = self.desk.person
        self.page.show_case(
            file,
            may_correct=may(Deed.CORRECT, file.stand, person),
            may_reveal=may(Deed.REVEAL, file.stand, person),
            may_link=may(Deed.LINK_REPEAT, file.stand, person),
        )
        self.work.take_file(file)
        self._show_clocks()
        self._show_steps()
        self._stack.setCurrentWidget(self.page)
        read = say_moment(file.read_at, seen_at=file.read_at)
        self.subtitle_changed.emit(f"您看到的是第 {file.version} 版，{read} 最新")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put one layer away with Esc; without one the window goes back."""
        if event.key() == Qt.Key.Key_Escape and not is_composing() and self.page.close_layer():
            self.setFocus()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tick while it can be seen."""
        super().showEvent(event)
        ticker_of(self).ticked.connect(self._show_clocks, Qt.ConnectionType.UniqueConnection)
        if self.file is not None:
            self.presence.open_case(self.file.id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        ticker_of(self).ticked.disconnect(self._show_clocks)
        self.presence.leave()

    def _note_look(self, file: CaseFile) -> None:
        """Log that contact data is shown as own work; after a reason it is on record already."""
        data = file.contact_data
        if data is not None and not data.is_revealed and (data.name or data.phone or data.address):
            note_look(self.desk, file.id, "案件卷")

    def _build(self) -> None:
        say_state(self, ground="window")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.page)

    def _connect(self) -> None:
        page, work = self.page, self.work
        page.steps.filter_chosen.connect(self._show_steps)
        page.facts.hide_due.connect(self.reload)
        page.papers.case_wanted.connect(self.case_wanted)
        page.facts.case_wanted.connect(self.case_wanted)
        page.facts.person_asked.connect(self._on_person_asked)
        page.facts.site_asked.connect(self._on_site_asked)
        page.facts.whistle_asked.connect(self.whistle_wanted)
        page.facts.finding_asked.connect(self.finding_wanted)
        page.heading.mediation_wanted.connect(self.mediation_wanted)
        page.host.done.connect(lambda _panel, _changes: self.setFocus())
        page.host.caught_up.connect(self.show_file)
        page.host.opened.connect(self._follow_panel)
        self.presence.others_changed.connect(
            lambda others: page.others.show_others(others, self.desk.now())
        )
        work.said.connect(self.said)
        work.refused.connect(self.reload)
        work.revealed.connect(self.reload)
        work.paper_wanted.connect(self.paper_wanted)
        self.paper_wanted.connect(lambda paper: open_preview(self.desk, paper, self))
        self._turns.caught_up.connect(self.show_file)
        self._turns.told.connect(lambda words: page.notice.say(words, "点此更新", self.reload))
        self._turns.refused.connect(self.said)
        for key, handler in (
            (GlobalKey.FINISH, page.host.submit),
            (GlobalKey.NEXT_PANE, page.next_pane),
            (GlobalKey.PAPER_PREVIEW, work.preview),
            (GlobalKey.PERSON, self._on_person_asked),
            (GlobalKey.SITE, self._on_site_asked),
            (GlobalKey.MORE, partial(open_more, page.bar)),
        ):
            KeyShortcut(key, self).pressed.connect(handler)

    def _on_person_asked(self) -> None:
        if self._case_id is not None:
            self.person_wanted.emit(Asked(case=self._case_id), "案件卷")

    def _on_site_asked(self) -> None:
        if self._case_id is not None:
            query = partial(site_of_case, case_id=self._case_id)
            self.desk.ask(query, owner=self, done=lambda site: self.site_wanted.emit(*site))

    def _show_clocks(self) -> None:
        if self.file is not None:
            shown = shown_clocks(self.file, self.desk.now())
            self.page.strip.set_cells([StripCell(c.face, c.note, c.is_nearest) for c in shown])

    def _show_steps(self) -> None:
        if self.file is not None:
            wanted, now = self.page.steps.wanted(), self.desk.now()
            is_calls = wanted is StepFilter.CONTACTS
            lines = contact_lines(self.file, now) if is_calls else timeline(self.file, wanted, now)
            self.page.steps.set_lines(lines)

    def _follow_panel(self, panel: Any) -> None:
        """Let colleagues know what is being written here, from the first word on."""
        if panel is None:
            self.presence.write(None)
        elif panel is not self._followed:
            panel.form.edited.connect(lambda: self.presence.write(panel.deed))
        self._followed = panel
