"""The cards of a mediation's file (调解卷的卡片): parties and dispute, appointments, papers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from desk.queries.mediation_file import WholeMediation
from desk.queries.mediation_views import BookedView, InstalmentView, PartyView
from desk.rules.booking_troubles import TROUBLE_WORDS
from desk.rules.mediation_codes import PartySide
from desk.rules.mediation_papers import DOSSIER
from desk.rules.moments import say_moment
from desk.rules.money import show_amount
from desk.rules.wording import label
from desk.ui.case.fact_row import FactRow
from desk.ui.case.papers_card import PaperRow
from desk.ui.keys import MediationKey, shown
from desk.ui.mediation.words import (
    NEVER_READ,
    consent_words,
    due_words,
    outcome_words,
    paid_words,
    party_words,
    source_words,
)
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, rule, text_label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import StatusChip
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.focus_row import FocusRow

_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_TONES = {PartySide.APPLICANT: Tone.PLUM, PartySide.RESPONDENT: Tone.PAST}


class PartyCard(FocusRow):
    """One party: side, name, telephone, and whether he agreed; Enter opens all that is known.

    Signals:
        asked: the clerk wants to see or change it; carries its id.
    """

    asked = Signal(object)
    corner = 6

    def __init__(self, party: PartyView) -> None:
        super().__init__()
        self._id = party.id
        say_state(self, kind="inner")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(StatusChip(label(party.side), _TONES.get(party.side, Tone.PAST)))
        first.addWidget(text_label(party.name, "strong", wraps=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(2)
        column.addLayout(first)
        facts = (consent_words(party), party.phone, party.address)
        lines = ("　".join(filter(None, facts)), party_words(party))
        for line in filter(None, lines):
            column.addWidget(text_label(line, "caption", wraps=True))
        said = (label(party.side), party.name, *lines)
        self.setAccessibleName("，".join(word for word in said if word))
        self.setAccessibleDescription("按 Enter 查看和更改")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open it with Enter."""
        if event.key() in _PRESSES and not is_composing():
            self.asked.emit(self._id)
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open it by double click too."""
        self.asked.emit(self._id)
        super().mouseDoubleClickEvent(event)


class DisputeCard(Card):
    """Who with whom, about what, in whose hands; without the right to read only the head.

    Signals:
        party_asked: a party is to be opened; carries its id.
        case_wanted: the case it came from; carries its id.
        look_asked: the content is to be read with a reason.
    """

    party_asked = Signal(object)
    case_wanted = Signal(object)
    look_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("当事人与纠纷", parent=parent)
        self.rows = QVBoxLayout()
        self.body.addWidget(scrolled(self.rows), 1)

    def show_file(self, file: WholeMediation, *, may_look: bool) -> None:
        """Show this mediation."""
        empty(self.rows)
        if file.body is None:
            self._show_closed(may_look=may_look)
        else:
            self._show_content(file)
        self._show_head(file)
        self.rows.addStretch()

    def _show_closed(self, *, may_look: bool) -> None:
        self.rows.addWidget(text_label(NEVER_READ, "label", wraps=True))
        if may_look:
            look = KeyButton("写理由查看", kind=ButtonKind.PLAIN)
            look.clicked.connect(self.look_asked)
            line = QHBoxLayout()
            line.addWidget(look)
            line.addStretch()
            self.rows.addLayout(line)

    def _show_content(self, file: WholeMediation) -> None:
        body = file.body
        assert body is not None  # noqa: S101 - asked before
        for party in body.parties:
            row = PartyCard(party)
            row.asked.connect(self.party_asked)
            self.rows.addWidget(row)
        self.rows.addWidget(rule())
        self.rows.addWidget(text_label("纠纷简要情况", "caption"))
        self.rows.addWidget(_reading(body.content.facts))
        if body.content.requests:
            self.rows.addWidget(text_label("申请事项", "caption"))
            asked = [f"{at}. {line}" for at, line in enumerate(body.content.requests, start=1)]
            self.rows.addWidget(_reading("\n".join(asked)))
        if body.case is not None:
            button = KeyButton(f"来自 {body.case.number}", kind=ButtonKind.QUIET)
            button.setToolTip(body.case.summary)
            case_id = body.case.id
            button.clicked.connect(lambda: self.case_wanted.emit(case_id))
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch()
            self.rows.addLayout(line)

    def _show_head(self, file: WholeMediation) -> None:
        head = file.head
        helpers = file.body.helpers if file.body is not None else ()
        asked = "、".join(f"{one.name}（{label(one.role)}）" for one in helpers if not one.until)
        self.rows.addWidget(rule())
        for caption, words in (
            ("调解员", head.mediator or "还没有定"),
            ("秘书", head.secretary),
            ("协助", asked),
            ("社区", head.community),
            ("来源", source_words(head)),
            ("难易", label(head.difficulty)),
            ("申请", f"{head.received_on:%Y-%m-%d}　{head.registered_by} 登记"),
            ("期限", due_words(head)),
            ("结果", outcome_words(head)),
            ("不受理", file.body.refusal_reason if file.body is not None else ""),
        ):
            if words:
                row = FactRow(caption, caption, is_correctable=False)
                row.set_words(words)
                self.rows.addWidget(row)


def _instalment(row: InstalmentView) -> str:
    return f"第 {row.seq} 期　{show_amount(row.amount_fen)}　{row.due_on:%Y-%m-%d} 到期"


class PlanCard(Card):
    """Instalments, appointments and sittings (履行、排期与会次), the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("排期、会次与履行", parent=parent)
        self.rows = QVBoxLayout()
        self.body.addWidget(scrolled(self.rows), 1)

    def show_file(self, file: WholeMediation) -> None:
        """Show what was held and what is to come."""
        empty(self.rows)
        body, now = file.body, file.read_at
        lines: list[tuple[str, str]] = []
        if body is not None:
            lines += [(_instalment(one), paid_words(one)) for one in body.instalments]
            lines += [
                (
                    f"{say_moment(one.starts_at, seen_at=now)}　{one.room}",
                    _standing(one),
                )
                for one in reversed(body.bookings)
            ]
            lines += [
                (
                    f"第 {one.seq} 次调解　{say_moment(one.started_at, seen_at=now)}",
                    one.result or one.place,
                )
                for one in reversed(body.sittings)
            ]
        if not lines:
            said = f"还没有排期。定好调解员后按 {shown(MediationKey.BOOK)} 排期。"
            self.rows.addWidget(text_label(said, "hint", wraps=True))
        for first, second in lines:
            self.rows.addWidget(text_label(first, "label", wraps=True))
            self.rows.addWidget(text_label(second, "caption", wraps=True))
        self.rows.addStretch()


def _standing(booking: BookedView) -> str:
    """Say how an appointment stands, and what must be done where it cannot stay."""
    if booking.trouble is None:
        return label(booking.status)
    return f"{label(booking.status)}，{TROUBLE_WORDS[booking.trouble]}"


class DossierCard(Card):
    """Papers and files of the dossier (文书与卷内材料).

    Signals:
        paper_wanted: a paper is to be looked at; carries its id.
    """

    paper_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("文书与卷内材料", parent=parent)
        self._papers: dict[int, PaperRow] = {}
        self.rows = QVBoxLayout()
        self.rows.setSpacing(2)
        self.body.addWidget(scrolled(self.rows), 1)

    def show_file(self, file: WholeMediation) -> None:
        """Show what there is by now."""
        empty(self.rows)
        body = file.body
        known = body.papers if body is not None else ()
        # a bound book stands first: what is printed without a choice is the newest, which is last
        papers = sorted(known, key=lambda one: one.code != DOSSIER)
        self._papers = {}
        files = body.files if body is not None else ()
        for paper in papers:
            row = PaperRow(paper.title, paper.number, label(paper.state))
            row.clicked.connect(lambda _on=False, key=paper.id: self.paper_wanted.emit(key))
            self.rows.addWidget(row)
            self._papers[paper.id] = row
        for one in files:
            self.rows.addWidget(text_label(f"{label(one.kind)}　{one.name}", "label", wraps=True))
        if not papers and not files:
            said = "还没有文书和材料。受理后先出申请书和权利义务告知书，请当事人签好扫回。"
            self.rows.addWidget(text_label(said, "hint", wraps=True))
        self.rows.addStretch()

    def chosen_paper(self) -> int | None:
        """Return the paper that has the keyboard, else the newest."""
        chosen = (key for key, row in self._papers.items() if row.hasFocus())
        return next(chosen, next(reversed(self._papers), None))


def scrolled(rows: QLayout) -> QScrollArea:
    """Return a part of a card that scrolls by itself."""
    inner = QWidget()
    say_state(inner, ground="clear")
    rows.setContentsMargins(0, 0, 6, 0)
    inner.setLayout(rows)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    return scroll


def empty(rows: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := rows.takeAt(0)) is not None:
        inside = item.layout()
        if inside is not None:
            empty(inside)
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()


def _reading(words: str) -> QWidget:
    made = text_label(words, "reading", wraps=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
