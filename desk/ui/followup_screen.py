"""Ringing back (回访): whom to ring, what was done for him, and his own word by digits.

Digits answer the questions one after the other, Ctrl+Enter saves and brings the next call;
Alt+W notes that nobody answered.
"""

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk.actions.followup import MatterWord, RecordFollowUp
from desk.queries.followup_queue import (
    FollowUpCard,
    FollowUpRow,
    followup_card,
    followup_queue,
)
from desk.rules.calling import next_part
from desk.rules.codes import ContactResult, NextStep, Resolution
from desk.rules.errors import DeskError, StaleCase
from desk.rules.followup_advice import parted
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.followup.before_card import BeforeCard
from desk.ui.followup.call_card import CallCard
from desk.ui.keys import ActionKey, CaseKey, GlobalKey
from desk.ui.looks import note_look
from desk.ui.preview import open_preview
from desk.ui.printing import papers_of
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList, WorkRow

_EMPTY = "没有要打的电话。"


class FollowUpScreen(Screen):
    """The calls at the left, one call in the middle, what was said before at the right."""

    title = "回访"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._papers = papers_of(desk)
        self._rows: tuple[FollowUpRow, ...] = ()
        self._card: FollowUpCard | None = None
        self._last_saved: int | None = None
        self._is_saving = False
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Load the calls; the focus goes to the first question."""
        self._reload()
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on ringing back."""
        return "followup"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit typed over the list as the answer to the first open question."""
        digit = event.text()
        if self._card is not None and digit and digit in "123456789" and self.list.hasFocus():
            self.form.first_open().press(digit)
            return
        super().keyPressEvent(event)

    def save(self) -> None:
        """Record what the appellant said; the case is closed or goes round again."""
        answers = self.form.content()
        stars = tuple(answers.pop("stars"))
        said = tuple(
            MatterWord(matter, Resolution(answer), words)
            for matter, answer, words in answers.pop("matters")
            if answer is not None
        )
        answers.pop("call_back")
        answers["next_step"], answers["advice"] = parted(answers["next_step"])
        self._send(is_reached=True, stars=stars, matters=said, **answers)

    def note_no_answer(self, missed: ContactResult = ContactResult.NO_ANSWER) -> None:
        """Record that nobody was reached; the case stays in the list."""
        found = self.form.content()
        kept = {name: found[name] for name in ("over_reason", "wants_no_calls", "way")}
        later = self.form.extras.call_back_at()
        why = "号码打不通或不对，请核对。" if missed is ContactResult.WRONG_NUMBER else ""
        self._send(is_reached=False, missed=missed, suggestion=why, call_back_at=later, **kept)

    def give_up(self) -> None:
        """Close a case whose appellant could not be reached often enough; it stays unrated."""
        if self._card is not None:
            tries = len(self._card.attempts)
            self._send(is_reached=False, failed_calls=tries, next_step=NextStep.CLOSE)

    def _build(self) -> None:
        self.list = WorkList("要回访的诉求，最先到期的在上", self.desk.now)
        self._head = SectionHead("要打的电话")
        left = queue_card(self._head, self.list)
        self.call = CallCard(self.desk)
        self.form, self.phone = self.call.form, self.call.phone
        self.before = BeforeCard()
        self._empty = EmptyState(_EMPTY)
        self.bar = ActionBar(self)
        parts = ((left, 30), (self.call, 54), (self.before, 32))
        self._stack = lay_out_queue(self, parts, self._empty, self.bar)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _case: self.form.first_open().setFocus())
        self.list.passed.connect(self.list.go_on)
        self.desk.changed.connect(self._on_changed)
        KeyShortcut(GlobalKey.PAPER_PREVIEW, self).pressed.connect(self._preview)
        self.list.explain_in(self, self.said.emit)
        KeyShortcut(CaseKey.DO_NOT_CALL, self).pressed.connect(self.form.extras.no_calls.toggle)
        PaneWalk(self, [self.list, self.form, self.before.pages, self.bar])
        self._beat = QTimer(self, interval=20_000)
        self._beat.timeout.connect(lambda: self.call.tick(self.desk.now()))
        self._beat.start()

    def _reload(self) -> None:
        self.desk.ask(followup_queue, owner=self, done=self._show_queue)

    def _show_queue(self, rows: tuple[FollowUpRow, ...]) -> None:
        self._rows = rows
        self._head.set_note(f"{len(rows)} 件")
        self.badge_changed.emit(len(rows))
        self._stack.setCurrentIndex(0 if rows else 1)
        before = self.list.current_id()
        self.list.set_rows(_grouped(rows, self.desk.now()))
        if before is not None and self.list.current_id() == before:
            self._ask_card(before)
        if not rows:
            self._card = None
        self._offer()

    def _on_chosen(self, case_id: int | None) -> None:
        if self._card is not None and self._card.file.id == case_id:
            return  # chosen again by a refresh: what is being answered stays
        self._card = None
        self.call.clear()
        if case_id is not None:
            self._ask_card(case_id)

    def _ask_card(self, case_id: int) -> None:
        query = partial(followup_card, case_id=case_id)
        self.desk.ask(query, owner=self, done=self._show_card)

    def _show_card(self, card: FollowUpCard) -> None:
        file = card.file
        if file.id != self.list.current_id():
            return
        self._card = card
        self.call.show_call(card)
        self.before.show_case(file, self.desk.now())
        if card.contact.phone:
            note_look(self.desk, file.id, "回访")
        self._offer()

    def _offer(self) -> None:
        items = []
        if self._card is not None:
            open_case = partial(self.case_wanted.emit, self._card.file.id)
            wrong = partial(self.note_no_answer, ContactResult.WRONG_NUMBER)
            items = [
                ActionItem("存下，打下一个", GlobalKey.FINISH, self.save, "save", is_main=True),
                ActionItem("没接", ActionKey.NO_ANSWER, self.note_no_answer, "phone-off"),
                ActionItem("号码错", ActionKey.WRONG_NUMBER, wrong),
                ActionItem("打开案件卷", GlobalKey.OPEN_FILE, open_case, is_quiet=True),
            ]
            if not self._card.unrated_bar(self.desk.now()):
                items.insert(1, ActionItem("多次没接，办结", ActionKey.CLOSE, self.give_up))
        if self._last_saved is not None:
            items.append(ActionItem("打印刚才的登记表", GlobalKey.PRINT, self._print_last, "print"))
        self.bar.set_items(items)

    def _send(self, **answers: Any) -> None:
        card = self._card
        if card is None or self._is_saving:
            return
        request = RecordFollowUp(
            **self.desk.by_me(),
            case=card.file.id,
            seen=card.file.version,
            **{"failed_calls": len(card.attempts) + (not answers["is_reached"]), **answers},
        )

        def done(changes: Any) -> None:
            self._is_saving = False
            self.said.emit(f"{changes.title}。")
            if request.is_reached:
                self.call.saved(card.file.id)
                self._last_saved = card.file.id
                self._papers.settle(card.file.id)
            else:
                self.call.missed()
                self.list.go_on()
            self.list.setFocus()

        self._is_saving = True
        self.desk.act(request, owner=self, done=done, failed=self._refuse)

    def _refuse(self, error: DeskError) -> None:
        self._is_saving = False
        self.call.refuse(error)
        if isinstance(error, StaleCase):
            self._reload()

    def _preview(self) -> None:
        """Look at the opinion that the appellant was given."""
        papers = self._card.file.papers if self._card is not None else ()
        found = next((paper for paper in reversed(papers) if paper.code == "opinion-notice"), None)
        if found is None:
            self.said.emit("这一件没有意见书可看。")
        else:
            open_preview(self.desk, found.id, self)

    def _print_last(self) -> None:
        if self._last_saved is not None:
            self._papers.print_case_paper(self._last_saved, "followup-record", owner=self)

    def _on_changed(self, changes: Any, _who: object) -> None:
        if changes.cases and self.isVisible():
            self._reload()


def _grouped(rows: tuple[FollowUpRow, ...], now: datetime) -> list[WorkRow]:
    """Return the calls promised for today under their own head, then all others."""
    promised = [row for row in rows if row.promised_at is not None]
    others = [row for row in rows if row.promised_at is None]
    found: list[WorkRow] = []
    for head, group in (("今天答应的回电", promised), ("要回访的", others)):
        if group and promised:
            found.append(WorkRow(None, head, note=str(len(group))))
        found += [_work_row(row, now) for row in group]
    return found


def _work_row(row: FollowUpRow, now: datetime) -> WorkRow:
    promised = f"约 {say_moment(row.promised_at, seen_at=now)}" if row.promised_at else ""
    tries = f"已打 {len(row.attempts)} 次" if row.attempts else ""
    part = f"宜{next_part(row.attempts, now)}" if row.attempts else ""
    again = f"第 {row.round_no} 轮" if row.round_no > 1 else ""
    before = f"上次{label(row.verdict)}" if row.verdict and row.round_no > 1 else ""
    kind = "现场答复" if row.is_on_spot else row.unit
    words = (promised, f"{row.seq:05}", again, before, tries, part, kind)
    left = "　".join(part for part in words if part)
    return WorkRow(row.case_id, row.summary, left=left, facts=row.clock)
