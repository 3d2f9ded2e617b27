"""One case in hand (手上这一件): its watches, the number to dial, four answers, the note."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.queries.case_views import ContactView
from desk.rules.codes import ContactResult, Urgency
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import say_moment
from desk.rules.rights import deeds_now
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.keys import ActionKey
from desk.ui.phone_panel import PhonePanel
from desk.ui.scroll_column import scrolled
from desk.ui.start.talks import Talks
from desk.ui.start.watches import Watches, watched
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.chips import LevelChip
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.text_area import TextArea

_KIND = "hand"
_SOON = timedelta(minutes=10)  # so long the moment of the press waits for its words
_ADVICE = "打完再按一下即可，时间自动记下。没人接也记一次，隔 10 分钟提醒您再打。"


class HandCard(Card):
    """The middle of the handler's desk.

    Signals:
        reached: somebody was rung; carries the ContactResult.
        verified: the facts were checked; carries the note.
    """

    reached = Signal(object)
    verified = Signal(str)

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__()
        self._desk, self._drafts = desk, drafts_of(desk)
        self._file: CaseFile | None = None
        self._pressed: tuple[int, datetime] | None = None  # 已核实, with nothing written yet
        self._buttons: dict[object, KeyButton] = {}
        self._build()
        self._connect(host)

    @property
    def file(self) -> CaseFile | None:
        """The case on show."""
        return self._file

    def show_file(self, file: CaseFile) -> None:
        """Show a case; a refresh of the same one leaves what is being written."""
        is_other = self._file is None or self._file.id != file.id
        self._file = file
        now = self._desk.now()
        self._level.set_level(file.urgency)
        self._summary.setText(file.summary)
        self._about.setText(_about(file, now))
        self._details.setText(file.details)
        self.talks.show_case(file, now)
        self.watches.show_clocks(watched(file.clocks, file.round.number), now)
        self._show_phone(now)
        self._offer()
        if is_other:
            kept = self._drafts.get(self._key(file.id))
            self.note.set_text(str(kept.content.get("note", "")) if kept else "")
            self.over_reason.set_text("")
            self.say_trouble("")
        self.setVisible(True)

    def clear(self) -> None:
        """Show no case."""
        self._file = None
        self.setVisible(False)

    def tick(self, now: datetime) -> None:
        """Let the watches run."""
        self.watches.tick(now)
        if now.second == 0:
            self._show_phone(now)

    def verified_at(self, now: datetime) -> datetime:
        """Return when the facts were checked: at the first press, if the words follow it soon."""
        if self._pressed is None or self._file is None or self._pressed[0] != self._file.id:
            return now
        return self._pressed[1] if now - self._pressed[1] <= _SOON else now

    def saved(self, case_id: int) -> None:
        """Forget the note of a case: it is on record now."""
        self._pressed = None
        self._drafts.drop(self._key(case_id))
        if self._file is not None and self._file.id == case_id:
            self.note.set_text("")

    def refuse(self, error: DeskError) -> None:
        """Say what was refused; the caret goes to the field that is meant.

        Where only the words were missing, the moment of the press is kept for them.
        """
        if isinstance(error, RuleBroken) and error.field == "over_reason":
            self.over_reason.show()
            self.over_reason.set_state(FieldState(Check.BAD, str(error)))
            self.over_reason.setFocus()
            return
        self.say_trouble(str(error))
        if isinstance(error, RuleBroken) and error.field == "note":
            at = self.verified_at(self._desk.now())
            if self._file is not None:
                self._pressed = (self._file.id, at)
            said = say_moment(at, seen_at=self._desk.now())
            self.say_trouble(f"{error}写好再按一次 {ActionKey.VERIFIED}，时间按 {said} 记。")
            self.note.setFocus()

    def say_trouble(self, sentence: str) -> None:
        """Say below the note why it was not recorded."""
        self._trouble.setText(sentence or "联系与核实各自停表，先做哪一个都可以。")
        say_state(self._trouble, state="bad" if sentence else "")

    def trouble(self) -> str:
        """Return what is said below the note."""
        return self._trouble.text()

    def answers(self) -> list[str]:
        """Return which of the four answers can be given now."""
        return [button.text() for button in self._buttons.values() if not button.isHidden()]

    def _build(self) -> None:
        self._level = LevelChip(Urgency.ROUTINE)
        self._summary = text_label("", "title", wraps=True)
        self._about = text_label("", "label", wraps=True)
        self.watches, self.phone = Watches(), PhonePanel()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._level)
        head.addWidget(self._summary, 1)
        self._level.setSizePolicy(
            self._level.sizePolicy().Policy.Fixed, self._level.sizePolicy().Policy.Fixed
        )
        self.over_reason = CheckedField("仍要打的理由", required=True)
        self.over_reason.hide()
        self._answer_row = QHBoxLayout()
        self._answer_row.setSpacing(12)
        self._advice = text_label(_ADVICE, "caption", wraps=True)
        self._details = text_label("", "reading", wraps=True)
        self.talks = Talks()
        self.note = TextArea("核实记录", lines=1, most=6)
        self._note_head = text_label("核实记录　边说边记，随时自动保存", "label")
        self._note_head.setBuddy(self.note)
        self._trouble = text_label("", "caption", wraps=True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._about)
        column.addWidget(self.watches)
        column.addWidget(self.phone)
        column.addWidget(self.over_reason)
        column.addLayout(self._answer_row)
        column.addWidget(self._advice)
        column.addWidget(text_label("诉求内容", "label"))
        column.addWidget(self._details)
        column.addWidget(self.talks)
        column.addWidget(self._note_head)
        column.addWidget(self.note)
        column.addWidget(self._trouble)
        column.addStretch()
        area: QScrollArea = scrolled(inner)
        self.body.addWidget(area)

    def _connect(self, host: QWidget) -> None:
        answers: tuple[tuple[object, str, str], ...] = (
            (ContactResult.REACHED, "接通了", ActionKey.REACHED),
            (ContactResult.NO_ANSWER, "没人接", ActionKey.NO_ANSWER),
            (ContactResult.WRONG_NUMBER, "号码错", ActionKey.WRONG_NUMBER),
            (Deed.VERIFY, "已核实", ActionKey.VERIFIED),
        )
        for answer, words, key in answers:
            kind = ButtonKind.MAIN if answer is ContactResult.REACHED else ButtonKind.PLAIN
            button = KeyButton(words, key, kind=kind)
            button.set_tall(tall=True)
            button.setSizePolicy(
                button.sizePolicy().Policy.Expanding, button.sizePolicy().verticalPolicy()
            )
            button.clicked.connect(self._answerer(answer))
            KeyShortcut(key, host).pressed.connect(self._answerer(answer))
            self._buttons[answer] = button
            self._answer_row.addWidget(button, 1)
        self.note.text_changed.connect(self._keep)

    def _answerer(self, answer: object) -> Callable[[], None]:
        def give() -> None:
            button = self._buttons[answer]
            if self._file is None or button.isHidden() or not button.isEnabled():
                return
            if isinstance(answer, ContactResult):
                self.reached.emit(answer)
            else:
                self.verified.emit(self.note.text().strip())

        return give

    def _offer(self) -> None:
        """Show only the answers that this person may give now."""
        if self._file is None:
            return
        deeds = deeds_now(self._file.stand, self._desk.person)
        for answer, button in self._buttons.items():
            needed = answer if isinstance(answer, Deed) else Deed.CONTACT
            button.setVisible(needed in deeds)
        may_write = Deed.VERIFY in deeds
        for widget in (self._note_head, self.note, self._trouble):
            widget.setVisible(may_write)
        self._advice.setVisible(Deed.CONTACT in deeds)

    def _show_phone(self, now: datetime) -> None:
        file = self._file
        contact = file.contact_data if file is not None else None
        if file is None or contact is None:
            self.phone.setVisible(False)
            self.over_reason.hide()
            return
        self.phone.setVisible(True)
        more = f"另一电话 {contact.other_phone}" if contact.other_phone else ""
        self.phone.show_number(contact.phone, contact.name, more=more)
        advice = file.calling.advice(now)
        if advice.may_ring:
            said, state = _earlier(file.contacts, now)
            self.phone.advise(f"{advice.sentence}{said}", state)
        else:
            self.phone.advise(advice.sentence, "warn" if advice.needs_reason else "")
        asks = advice.needs_reason and Deed.CONTACT in deeds_now(file.stand, self._desk.person)
        self.over_reason.setVisible(asks)

    def _key(self, case_id: int) -> str:
        return draft_key(_KIND, self._desk.person.staff_id, case_id)

    def _keep(self, text: str) -> None:
        if self._file is None:
            return
        key = self._key(self._file.id)
        if text.strip():
            self._drafts.keep(key, _KIND, self._desk.person.staff_id, {"note": text})
        elif self._drafts.get(key) is not None:
            self._drafts.drop(key)


def _about(file: CaseFile, now: datetime) -> str:
    received = say_moment(file.received_at, seen_at=now)
    taken = [part.accepted_at for part in file.parts if part.accepted_at is not None]
    accepted = f"{say_moment(min(taken), seen_at=now)} 签收" if taken else "还没有签收"
    where = " ".join(part for part in (file.community, file.place) if part)
    parts = (where, f"{received} 由 {file.first_responder} 受理", accepted)
    return " · ".join(part for part in parts if part)


def _earlier(contacts: tuple[ContactView, ...], now: datetime) -> tuple[str, str]:
    """Return what is said about earlier calls, and how."""
    if not contacts:
        return "还没有人联系过。", "ok"
    last = contacts[0]
    at = say_moment(last.happened_at, seen_at=now)
    who = f"{last.who}（{last.unit}）" if last.unit else last.who
    note = f"：{last.note}" if last.note else ""
    is_reached = last.result is ContactResult.REACHED
    return f"{at} {who} {label(last.result)}{note}", "" if is_reached else "warn"
