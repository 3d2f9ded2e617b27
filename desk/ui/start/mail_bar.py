"""What a unit was sent (本单位收到的), above its desk: the most urgent one with its one action."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions.letters import DeliverLetter
from desk.queries.unit_mail import MailStep, UnitMail, unit_mail
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.ui.desk import Desk
from desk.ui.icons import icon
from desk.ui.keys import LetterKey
from desk.ui.theme import tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.composing import KeyShortcut

_VERBS = {
    MailStep.SIGN: "签收",
    MailStep.ANSWER: "填整改反馈",
    MailStep.REPORT: "去报完成",
    MailStep.COME: "打开哨单",
    MailStep.DO: "打开哨单",
    MailStep.MEASURE: "去报进展",
}
_BY_THE_HOUR = frozenset({MailStep.COME, MailStep.DO})
_PAGES = {MailStep.ANSWER: "letters", MailStep.REPORT: "bulletins"}


class MailBar(QWidget):
    """One line; nothing where nothing waits, and for whoever answers for no unit.

    Signals:
        place_wanted: somebody goes where it is answered; carries the page's name.
        whistle_wanted: somebody opens a whistle that calls his unit; carries its id.
        topic_wanted: somebody opens a topic in whose plan his unit has a part; carries its id.
        said: a sentence for the status line.
    """

    place_wanted = Signal(str)
    whistle_wanted = Signal(object)
    topic_wanted = Signal(object)
    said = Signal(str)

    def __init__(self, desk: Desk, *, margin: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._mail: tuple[UnitMail, ...] = ()
        card = Card()
        card.body.setContentsMargins(12, 6, 8, 6)
        self.words = text_label("", "", wraps=True)
        mark = text_label("")
        side = tokens().sizes.icon
        mark.setPixmap(icon("document", "near").pixmap(side, side))
        self.button = KeyButton("签收", LetterKey.NEXT, kind=ButtonKind.QUIET)
        self.button.clicked.connect(self._on_pressed)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        card.body.addLayout(row)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(margin, tokens().sizes.gutter if margin else 0, margin, 0)
        whole.addWidget(card)
        self.hide()
        desk.changed.connect(self._on_changed)

    def bind(self, page: QWidget) -> None:
        """Let the key work anywhere on the page."""
        KeyShortcut(LetterKey.NEXT, page).pressed.connect(self._on_pressed)

    def look(self) -> None:
        """Ask what waits; who answers for no unit is not asked."""
        if may_in_hall(Deed.ANSWER_LETTER, self._desk.person):
            self._desk.ask(unit_mail, owner=self, done=self._show)

    def _show(self, mail: tuple[UnitMail, ...]) -> None:
        self._mail = mail
        if mail:
            self.words.setText(mail_words(mail, day_of(self._desk.now())))
            self.button.setText(_VERBS[mail[0].step])
            self.button.setEnabled(True)
        self.setVisible(bool(mail))

    def _on_pressed(self) -> None:
        if not self._mail or not self.button.isEnabled():
            return
        first = self._mail[0]
        if first.step in _PAGES:
            self.place_wanted.emit(_PAGES[first.step])
        elif first.step in _BY_THE_HOUR:
            self.whistle_wanted.emit(first.id)
        elif first.step is MailStep.MEASURE:
            self.topic_wanted.emit(first.id)
        else:
            self._sign(first)

    def _sign(self, first: UnitMail) -> None:
        self.button.setEnabled(False)
        me, name = self._desk.by_me(), self._desk.person.name
        at = me["happened_at"].replace(second=0, microsecond=0)  # moments are told to the minute
        request = DeliverLetter(**me, letter=first.id, to=name, at=at)
        self._desk.act(request, owner=self, done=self._on_signed, failed=self._on_refused)

    def _on_signed(self, changes: Any) -> None:
        self.said.emit(f"已签收：{changes.title}。")
        self.look()

    def _on_refused(self, error: DeskError) -> None:
        self.said.emit(str(error))
        self.look()

    def _on_changed(self, _changes: object, _who: object) -> None:
        page = self.parentWidget()
        if page is not None and page.isVisible():
            self.look()


def mail_words(mail: tuple[UnitMail, ...], today: date) -> str:
    """Say what is most urgent, until when, and how much more there is."""
    first = mail[0]
    until = ""
    if first.due_on is not None and first.step not in _BY_THE_HOUR:
        late = (today - first.due_on).days
        until = f"，{first.due_on:%m-%d} 前，" + (
            f"已过 {late} 天" if late > 0 else f"还有 {-late} 天"
        )
    more = f"；另有 {len(mail) - 1} 项" if len(mail) > 1 else ""
    return f"本单位收到：{first.words}{until}{more}。"
