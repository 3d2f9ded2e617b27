"""One person across years (一人一档): opened from a form that is being written, gone with Esc.

Who sits here: a clerk with the telephone in her hand who wants to know one thing: was this person
here before, and is it still being worked on. So the list begins with the newest, says what it was
found by, and Enter opens a file.
"""

from functools import partial
from typing import Any

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desk.actions.people import LookAtPerson, SayWhoIsSame, TakeBackWhoIsSame
from desk.queries.person_page import Asked, PersonPage, person_page
from desk.rules.deeds import Deed
from desk.rules.rights import may_in_hall
from desk.rules.same_person import say_times
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.person.decide_card import DecideCard
from desk.ui.person.rows import person_rows
from desk.ui.person.side import DecisionsCard, MediationsCard
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.theme import say_state
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.cards import Card, EmptyState, SectionHead, SidePanel, text_label
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList

_NOBODY = "没有找到他以前来过的记录。按 Esc 回去接着写。"
_SEVERAL = "号码还没写完，有几位来过的人号码都这样开头。按 Esc 回去把号码写全，再按一次。"
_NOTHING_ASKED = "在受理表写下电话（七位以上）或姓名，或打开一件案件，再按 Ctrl+R 看一人一档。"
_SEALED = (
    "这里只有编号、日期、单位、状态和件数，内容要打开案件卷才看得到。"
    "举报、调解件和您要回避的件不在这里。看过这一页会留痕。"
)


class PersonScreen(Screen):
    """The person's cases at the left, who is whom at the right."""

    title = "一人一档"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._asked: Asked | None = None
        self._where = ""
        self._is_noted = False
        self.page = PersonPage()
        self.list = WorkList("来访和办理", desk.now)
        self.decide, self.decisions = DecideCard(), DecisionsCard()
        self.mediations = MediationsCard()
        self.bar = ActionBar(self)
        self._build()
        self._connect()

    def open_person(self, asked: Asked, where: str) -> None:
        """Show whoever the form or the case is about; that it was looked at is noted."""
        self._asked, self._where, self._is_noted = asked, where, False
        self.list.set_rows([])
        self.reload()

    def arrive(self) -> None:
        """Read the page again; the keyboard is in the list."""
        self.reload()
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on people and places."""
        return "people"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin to say who the chosen case is of, by one letter while the list has the keyboard."""
        letter = event.text().upper()
        if self.list.hasFocus() and letter in {ListKey.SAME_PERSON, ListKey.OTHER_PERSON}:
            self.decide.begin(is_same=letter == ListKey.SAME_PERSON)
            return
        super().keyPressEvent(event)

    def reload(self) -> None:
        """Read the page as it is now."""
        if self._asked is None:
            self._say_nothing(_NOTHING_ASKED)
            return
        query = partial(person_page, about=self._asked)
        self.desk.ask(query, owner=self, done=partial(self._show, self._asked))

    def _build(self) -> None:
        self._head = SectionHead("", note=" ")
        panel = SidePanel("认人")
        say_state(panel, ground="clear")
        sealed = Card("这一页看得到什么")
        sealed.body.addWidget(text_label(_SEALED, "label", wraps=True))
        for card in (self.decide, self.decisions, self.mediations, sealed):
            panel.add_card(card)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName("认人")
        scroll.setWidget(panel)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self._empty = EmptyState(_NOTHING_ASKED)
        parts = ((queue_card(self._head, self.list), 60), (side, 40))
        self._stack = lay_out_queue(self, parts, self._empty, self.bar)

    def _connect(self) -> None:
        self.list.opened.connect(self.case_wanted)
        self.list.chosen.connect(lambda _case: self._offer())
        self.list.passed.connect(self.list.go_on)
        self.decide.decided.connect(self._on_decided)
        self.decisions.taken_back.connect(self._on_taken_back)
        self.mediations.wanted.connect(self.mediation_wanted)
        PaneWalk(self, [self.list, self.decide, self.decisions, self.bar])

    def _show(self, asked: Asked, page: PersonPage) -> None:
        if asked is not self._asked:
            return
        self.page = page
        rows = person_rows(page)
        if not rows:
            self._say_nothing(_SEVERAL if page.still_several else _NOBODY)
            return
        self._note_look()
        self._head.set_text(page.shown or "没留姓名")
        said = say_times(page.times, page.still_open)
        self._head.set_note(said)
        self.subtitle_changed.emit(said)
        self.list.set_rows(rows)
        self.decisions.show_decisions(page.decisions, self.desk.now())
        self.mediations.show_mediations(page.mediations)
        self._stack.setCurrentIndex(0)
        self._offer()

    def _say_nothing(self, sentence: str) -> None:
        self.page = PersonPage()
        self._empty.set_sentence(sentence)
        self._stack.setCurrentIndex(1)
        self.subtitle_changed.emit("")
        self.bar.set_items([])

    def _note_look(self) -> None:
        if self._is_noted:
            return
        self._is_noted = True
        request = LookAtPerson(
            **self.desk.by_me(),
            where=self._where,
            case=self.page.cases[0].id if self.page.cases else None,
            times=self.page.times,
        )
        self.desk.act(request, owner=self, failed=lambda _error: None)

    def _offer(self) -> None:
        here = self.list.current_id()
        case = next((one for one in self.page.cases if one.id == here), None)
        may_say = may_in_hall(Deed.LINK_PEOPLE, self.desk.person)
        is_anchor = here == self.page.anchor or self.page.anchor is None or not may_say
        self.decide.show_case(case, is_anchor=is_anchor)
        opens, spoken = self.list.open_current, "打开案件卷，单子里按 Enter"
        key = GlobalKey.OPEN_FILE
        items = [ActionItem("打开案件卷", key, opens, "case", is_main=True, spoken=spoken)]
        self.bar.set_items(items if case is not None else [])

    def _on_decided(self, case: int, is_same: bool, reason: str) -> None:  # noqa: FBT001
        anchor = self.page.anchor
        if anchor is None:
            return
        request = SayWhoIsSame(
            **self.desk.by_me(), case=anchor, other=case, is_same=is_same, reason=reason
        )
        self.desk.act(
            request,
            owner=self,
            done=self._on_said,
            failed=lambda error: self.decide.refuse(str(error)),
        )

    def _on_taken_back(self, decision: int, reason: str) -> None:
        request = TakeBackWhoIsSame(**self.desk.by_me(), link=decision, reason=reason)
        self.desk.act(
            request,
            owner=self,
            done=self._on_said,
            failed=lambda error: self.decisions.refuse(str(error)),
        )

    def _on_said(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}。")
        self.decide.show_case(None, is_anchor=False)
        self.reload()
        self.list.setFocus()
