"""One call (这一通电话): the case, the number, and the form that is filled while talking."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desk.queries.followup_queue import FollowUpCard
from desk.rules.calling import CallBar, say_attempts
from desk.rules.errors import DeskError
from desk.rules.moments import say_moment
from desk.ui.case.matter_blocks import matters_now
from desk.ui.desk import Desk
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.followup.case_chips import CaseChips
from desk.ui.followup.form import FollowUpForm
from desk.ui.phone_panel import PhonePanel
from desk.ui.scroll_column import scrolled
from desk.ui.theme import say_state
from desk.ui.widgets.cards import Card, text_label

_KIND = "followup"


class CallCard(Card):
    """The middle of the page; what is answered here is kept until it is saved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._drafts = desk, drafts_of(desk)
        self._case: int | None = None
        self._card: FollowUpCard | None = None
        self._summary = text_label("", "title", wraps=True)
        self._about = text_label("", "label", wraps=True)
        self.phone, self.form = PhonePanel(), FollowUpForm(desk.now)
        self._chips = CaseChips()
        self._trouble = text_label("", "label", wraps=True)
        say_state(self._trouble, state="bad")
        self._trouble.hide()
        for widget in (self._summary, self._chips, self._about, self.phone, self._trouble):
            self.body.addWidget(widget)
        self._scroll = scrolled(self.form)
        self.body.addWidget(self._scroll, 1)
        self.form.reached.connect(self._bring_into_sight)
        self.form.changed.connect(self._keep)

    def clear(self) -> None:
        """Ask nothing: what is typed now must never reach another case."""
        self._case = self._card = None
        self.form.clear()
        self._trouble.hide()

    def show_call(self, card: FollowUpCard) -> None:
        """Show a call; answers kept earlier are there again, a refresh changes none."""
        file, now = card.file, self._desk.now()
        self._summary.setText(file.summary)
        received = say_moment(file.received_at, seen_at=now)
        unit, where = file.lead_unit or file.first_unit, file.place or file.community
        parts = (file.number, unit, f"{received} 受理", where)
        self._about.setText(" · ".join(part for part in parts if part))
        self._chips.show_case(file)
        if self._case != file.id:
            self.clear()
            self.form.ask_about(matters_now(file))
            kept = self._drafts.get(self._key(file.id))
            if kept is not None:
                self.form.fill(kept.content)
            self._case = file.id
        self._card = card
        self._show_phone(card)

    def chips(self) -> list[str]:
        """Return what the chips below the title say."""
        return self._chips.texts()

    def refuse(self, error: DeskError) -> None:
        """Say what is missing, beside its question where there is one."""
        if not self.form.refuse(error):
            self._trouble.setText(str(error))
            self._trouble.show()

    def saved(self, case_id: int) -> None:
        """Forget the answers of a case: they are on record now."""
        self._drafts.drop(self._key(case_id))

    def missed(self) -> None:
        """Forget what belonged to the call that reached nobody; answers given before stay."""
        self.form.extras.fill({})

    def _bring_into_sight(self, part: QWidget) -> None:
        """Scroll to what is asked next; it may have been unfolded just now."""
        show = partial(self._scroll.ensureWidgetVisible, part, 0, 12)
        QTimer.singleShot(0, self, show)

    def _show_phone(self, card: FollowUpCard) -> None:
        contact, now = card.contact, self._desk.now()
        other = f"另一电话 {contact.other_phone}" if contact.other_phone else ""
        guardian = f"监护人 {contact.guardian}" if contact.guardian else ""
        more = " · ".join(part for part in (other, guardian, contact.address) if part)
        self.phone.show_number(contact.phone, contact.name, more=more)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Say whether to ring now, after how many calls in vain, and when to try again."""
        if self._card is None:
            return
        advice = self._card.file.calling.advice(now)
        tried = self._tried(self._card, now)
        state = "ok" if advice.may_ring and not tried else "warn"
        said = f"{tried}{advice.sentence}"
        self.phone.advise(said, "" if advice.bar is CallBar.NO_NUMBER else state)
        self.form.extras.advise(advice)

    def _tried(self, card: FollowUpCard, now: datetime) -> str:
        """Return when nobody answered; after enough calls why the case is not given up yet."""
        tried = say_attempts(card.attempts, now)
        is_enough = len(card.attempts) >= card.giving_up.needed
        bar = card.unrated_bar(now) if is_enough else ""
        return bar or (f"{tried}。" if tried else "")

    def _key(self, case_id: int) -> str:
        return draft_key(_KIND, self._desk.person.staff_id, case_id)

    def _keep(self) -> None:
        if self._case is None:
            return
        key = self._key(self._case)
        if not self.form.is_empty():
            self._drafts.keep(key, _KIND, self._desk.person.staff_id, self.form.content())
        elif self._drafts.get(key) is not None:
            self._drafts.drop(key)
