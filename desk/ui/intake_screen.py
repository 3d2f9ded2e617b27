"""首问首办受理, the counter: where an appeal is written down while somebody is talking.

Who sits here: a clerk who looks at the resident, not at the screen, one hand on the keyboard and
one on the papers that were pushed across: an identity card, photographs, an old receipt. So the
form asks six things in the order in which people tell them, brings back what is known, never
interrupts, and one key saves, numbers and prints.
Keys of a walk-in beyond its words: Enter after telephone, name and address, Tab after the words,
one digit for the category, F7: six strokes (counted by `tests/ui/test_intake_keystrokes.py`).
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.intake import IntakeHall, intake_hall
from desk.queries.papers import paper_of_case
from desk.queries.suggestions import word_use
from desk.rules.card_bursts import CardFacts
from desk.rules.codes import Exit
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.suggestions import WordUse
from desk.ui.desk import Desk
from desk.ui.intake.advice import Advice
from desk.ui.intake.dossiers import offer_dossiers
from desk.ui.intake.facing import Facing
from desk.ui.intake.facts import VIEWS, IntakeView, is_empty, lines_of
from desk.ui.intake.keeping import Keeping
from desk.ui.intake.repeat_lookups import RepeatLookups
from desk.ui.intake.saving import Saved, Saving, Sent
from desk.ui.intake.slip import print_slip
from desk.ui.intake.visits import Visits
from desk.ui.intake.work import IntakeWork
from desk.ui.keys import GlobalKey
from desk.ui.preview import open_preview
from desk.ui.printing import papers_of
from desk.ui.rolls import print_roll
from desk.ui.screen import Screen
from desk.ui.widgets.composing import KeyShortcut

RECEIPT = "intake-sheet"
_SHORT_NOTE = "20 秒快记来电"
_EMPTY = "表还是空的，先写下诉求内容。"
_PREVIEW_LATER = "这一件还存在本机，联网后才能预览；按 Ctrl+P 可以先打印暂存回执。"
_NOTHING_SAVED = "这次登录后还没有存过件，没有回执可打。"


class IntakeScreen(Screen):
    """The page 受理: one form after the other, several drafts at once.

    Signals:
        printed_wanted: a paper is being printed; carries the case id and the paper's code.
    """

    printed_wanted = Signal(object, str)

    title = "首问首办受理"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._hall: IntakeHall | None = None
        self._use: WordUse | None = None
        self._last: Saved | None = None
        self._visits = Visits()
        self._saving = Saving(desk, self)
        self.work = IntakeWork(desk.person, desk.now, self)
        self._keeping = Keeping(desk, self.work, self)
        self._advice = Advice(desk, self.work.sheet.form, self.work.side, self)
        self._repeats = RepeatLookups(desk, self)
        self.facing = Facing(self, self.work.content, self.said.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.work)
        self._connect()

    def arrive(self) -> None:
        """Take the hall as it is now; the caret stands in 电话, or where the clerk left."""
        self.desk.ask(intake_hall, owner=self, done=self._on_hall)
        if self._use is None:
            self.desk.ask(word_use, owner=self, done=self._on_words)
        left_at: QWidget | None = self.work.focusWidget()
        if left_at is None or is_empty(self.work.content()):
            self.work.go_first()
        else:
            left_at.setFocus()

    def views(self) -> tuple[str, ...]:
        """Return the ways in which an appeal arrives."""
        return tuple(VIEWS.values())

    def chosen_view(self) -> int:
        """Return which way is chosen."""
        return list(VIEWS).index(self.work.view)

    def choose_view(self, index: int) -> None:
        """Take the appeal as a visit, a call, a letter and so on."""
        self.work.set_view(list(VIEWS)[index])
        self.views_changed.emit()
        self._on_changed()

    def help_page(self) -> str:
        """Return the handbook page about intake."""
        return "intake"

    def begin(self, facts: Mapping[str, Any] | None = None) -> None:
        """Begin a form with what is known already; what was written stays as a draft."""
        self._keeping.keep()
        self._advice.forget()
        self._repeats.forget()
        self.work.set_short(is_short=False)
        self.work.write(facts or {})
        self._advice.follow()
        self._repeats.follow(self.work.content())
        self.views_changed.emit()
        self.facing.begin()
        self._keeping.show()
        self._keeping.keep()
        self.subtitle_changed.emit(self._visits.words(self.work.content()))
        self.work.go_first()

    def begin_short_call(self) -> None:
        """Begin the form of twenty seconds (Shift+F2): telephone, address, one paragraph."""
        self.begin({"view": IntakeView.CALL.value})
        self.work.set_short(is_short=True)

    def take_card(self, card: CardFacts) -> None:
        """Write what an identity card says (读卡器); the caret and the words stay as they are."""
        self.work.set_short(is_short=False)
        self.said.emit(self.work.sheet.take_card(card))

    def _connect(self) -> None:
        work = self.work
        work.changed.connect(self._on_changed)
        work.short_changed.connect(
            lambda is_short: self.subtitle_changed.emit(_SHORT_NOTE if is_short else "")
        )
        self._repeats.found.connect(work.side.repeat.show_found)
        work.side.repeat.case_wanted.connect(self.case_wanted)
        work.side.visitor.case_wanted.connect(self.case_wanted)
        offer_dossiers(self, work)
        self._keeping.wanted.connect(self.begin)
        work.side.keep_wanted.connect(self.begin)
        work.side.another_wanted.connect(self._on_another_wanted)
        work.foot.another_wanted.connect(self._on_another_wanted)
        work.foot.next_wanted.connect(self.begin)
        work.foot.exit_chosen.connect(self._take_exit)
        work.foot.print_wanted.connect(partial(self._print_receipt, is_asked=True))
        KeyShortcut(GlobalKey.PAPER_PREVIEW, self).pressed.connect(self._on_preview_wanted)
        self._saving.saved.connect(self._on_saved)
        self._saving.refused.connect(self._on_refused)
        if self.desk.uploads is not None:
            self.desk.uploads.arrived.connect(self._on_arrived)

    def _on_changed(self) -> None:
        content = self.work.content()
        if not is_empty(content):
            self.work.sheet.head.begin()
        self._repeats.follow(content)
        self._keeping.keep()
        self.facing.follow()

    def _take_exit(self, leave: Exit) -> None:
        """Save, number and print; first ask for what this exit needs besides."""
        work = self.work
        if is_empty(work.content()):
            work.foot.show_problem(_EMPTY)
            work.go_first()
            return
        if work.open_exit(leave):
            return
        problem = work.sheet.first_problem()
        if problem is not None:
            work.sheet.go_to(problem)
            return
        content = self._visits.joined(work.content())
        if work.is_short and content["category"] is None:
            content["category"] = work.sheet.form.category.likeliest(content["details"])
        self._keeping.put(content)
        lacking = self._saving.send(Sent(self._keeping.key(content), content, leave))
        if lacking is not None:
            work.sheet.show_problem(lacking.field or "", str(lacking))
            return
        # ready for the next person while this one is still being saved
        self._advice.forget()
        self._repeats.forget()
        self.work.set_short(is_short=False)
        self.work.write({"view": self.work.view.value})
        self.subtitle_changed.emit("")
        self.facing.begin()
        self.work.go_first()

    def _on_saved(self, saved: Saved) -> None:
        self._keeping.drafts.drop(saved.sent.key)
        self._last = saved
        self._visits.note(saved)
        self.facing.show_number(saved)
        said = saved.words
        matters = lines_of(saved.sent.content, "matters")
        self.work.foot.show_saved(said + (f"，{len(matters)} 个事项" if matters else ""))
        self._repeats.join_topic(saved)
        self._print_receipt(is_asked=False)

    def _on_refused(self, sent: Sent, error: DeskError) -> None:
        """Bring the form back as it was; whatever was begun meanwhile is a draft."""
        self.begin(sent.content)
        field = error.field if isinstance(error, RuleBroken) else None
        if not self.work.sheet.show_problem(field or "", str(error)):
            self.work.foot.show_problem(str(error))

    def _on_another_wanted(self) -> None:
        """Open a further form of the same person: the one being written, or the one just saved."""
        content = self.work.content()
        if is_empty(content):
            if self._last is None:
                return
            content = dict(self._last.sent.content)
        self.begin(self._visits.another(content))
        self.work.sheet.form.details.setFocus()

    def _on_preview_wanted(self) -> None:
        """Show what was saved last on paper: from there it can also be kept as PDF."""
        if self._last is None:
            self.said.emit(_NOTHING_SAVED)
            return

        def found(paper: int | None) -> None:
            if paper is not None:
                open_preview(self.desk, paper, self)

        if self._last.waits:
            self.said.emit(_PREVIEW_LATER)
            return
        query = partial(paper_of_case, case_id=self._last.case, code=RECEIPT)
        self.desk.ask(query, owner=self, done=found)

    def _print_receipt(self, *, is_asked: bool) -> None:
        saved = self._last
        if saved is None:
            self.said.emit(_NOTHING_SAVED)
            return
        self.printed_wanted.emit(saved.case, RECEIPT)
        if saved.waits and self._hall is not None:
            print_slip(self.desk, saved, self._hall, owner=self, is_asked=is_asked)
            return
        papers = papers_of(self.desk)
        papers.print_case_paper(saved.case, RECEIPT, owner=self, is_asked=is_asked)
        print_roll(self.desk, saved.case, owner=self)

    def _on_arrived(self, sent: Any) -> None:
        """Give the case saved last its own number, once the server has it."""
        last = self._last
        if last is not None and last.waits and sent.changes.made.get("case") == last.case:
            number = sent.changes.made["number"]
            self._last = replace(last, number=number, waits=False)
            self.work.foot.show_saved(f"{last.number} 已上传，正式编号 {number}")

    def _on_hall(self, hall: IntakeHall) -> None:
        if hall != self._hall:
            self._hall = hall
            self.facing.set_hall(hall.issuer)
            self.work.set_hall(hall, self._use)

    def _on_words(self, use: WordUse) -> None:
        self._use = use
        if self._hall is not None:
            self.work.sheet.form.category.set_categories(
                self._hall.categories, use, [p.name for p in self._hall.places]
            )
