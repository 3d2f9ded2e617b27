"""The facts of a case (事实): every one can be reached by key, Enter corrects it with a trace."""

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.queries.case_views import PartView
from desk.rules.arrivals import arrival_words
from desk.rules.codes import AssignmentRole, AssignmentStatus
from desk.rules.looks import REVEALED_FOR
from desk.rules.moments import day_of, in_shanghai, say_moment
from desk.rules.topics import STATE_WORDS
from desk.rules.wording import label
from desk.ui.case.fact_row import Fact, FactRow, LongFactRow
from desk.ui.case.matter_rows import MattersSection
from desk.ui.case.reception_panels import reception_facts, visit_facts
from desk.ui.keys import GlobalKey
from desk.ui.theme import say_state
from desk.ui.whistles.words import whistle_note
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, rule, text_label

_GONE = frozenset({AssignmentStatus.RETURNED, AssignmentStatus.REPLACED})


class FactsCard(Card):
    """Who, where, by whom, what; contact data only for those whose work it is.

    Signals:
        correction_asked: Enter on a fact; carries its name.
        reveal_asked: someone else's contact data is wanted.
        hide_due: half a minute is over; the data must be hidden again.
        matter_asked: Enter on a matter; carries its id.
        case_wanted: another case of the same visit; carries its id.
        person_asked: the page of the appellant is wanted.
        site_asked: the page of the place is wanted.
        whistle_asked: a whistle that was raised for the case; carries its id.
        finding_asked: what was found before the case came of it; carries its id.
    """

    correction_asked = Signal(str)
    reveal_asked = Signal()
    hide_due = Signal()
    matter_asked = Signal(object)
    case_wanted = Signal(object)
    person_asked = Signal()
    site_asked = Signal()
    whistle_asked = Signal(object)
    finding_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("事实", note="改动留痕", parent=parent)
        inner = QWidget()
        say_state(inner, ground="clear")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self.body.addWidget(self._scroll, 1)
        self.rows: dict[str, Fact] = {}
        self._matters: MattersSection | None = None
        self._hide = QTimer(self, singleShot=True)
        self._hide.setInterval(int(REVEALED_FOR.total_seconds() * 1000))
        self._hide.timeout.connect(self.hide_due)

    def show_case(self, file: CaseFile, *, may_correct: bool, may_reveal: bool) -> None:
        """Show the facts; the one that had the keyboard keeps it."""
        focused = next((name for name, row in self.rows.items() if row.hasFocus()), "")
        at = self._scroll.verticalScrollBar().value()
        self._clear()
        if self.head is not None:
            self.head.set_note("按 Enter 更正，改动留痕" if may_correct else "改动留痕")
        self._add_person(file, may_correct=may_correct, may_reveal=may_reveal)
        self._add_units(file)
        self._add_topics(file)
        self._add_content(file, may_correct=may_correct)
        self._add_matters(file)
        self._column.addStretch()
        if focused in self.rows:
            self.rows[focused].setFocus()
        self._scroll.verticalScrollBar().setValue(at)
        revealed = file.contact_data is not None and file.contact_data.is_revealed
        if revealed and not self._hide.isActive():
            self._hide.start()
        elif not revealed:
            self._hide.stop()

    def focus_first(self) -> None:
        """Put the keyboard on the appellant (Alt+P)."""
        for row in self.rows.values():
            if row.focusPolicy() != Qt.FocusPolicy.NoFocus:
                row.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _add_person(self, file: CaseFile, *, may_correct: bool, may_reveal: bool) -> None:
        data = file.contact_data
        own = may_correct and data is not None
        name = data.name if data is not None and data.name else file.appellant_shown
        people = f"等 {file.headcount} 人" if file.headcount > 1 else ""
        row = self._row("name", "诉求人", f"{name}{people}", correctable=own)
        row.add(_link("一人一档", GlobalKey.PERSON, self.person_asked))
        if data is None:
            row = self._row("phone", "电话地址", file.sealed or "已隐去")
            may_reveal = may_reveal and (file.may_unseal or not file.sealed)
            if may_reveal and not file.is_anonymous:
                button = KeyButton("查看（写理由）", kind=ButtonKind.QUIET, parent=row)
                button.clicked.connect(self.reveal_asked)
                row.add(button)
            return
        phone = "、".join(filter(None, (data.phone, data.other_phone))) or "没有留"
        self._row("phone", "电话", phone, _called_today(file), correctable=own)
        self._row("address", "地址", data.address or file.place or "没有填", correctable=own)
        if data.guardian:
            self._row("guardian", "监护人", data.guardian)
        if data.site:
            self._row("site", "事发地", data.site)
        if file.needs:
            self._row("needs", "所需服务", "、".join(file.needs))

    def _add_units(self, file: CaseFile) -> None:
        if file.community:
            self._row("grid", "网格", f"{file.community} {file.grid}".rstrip())
        if file.place:
            row = self._row("place", "小区", file.place)
            row.add(_link("一地一档", GlobalKey.SITE, self.site_asked))
        if file.occurred:
            self._row("occurred", "事发时间", file.occurred)
        at = say_moment(file.received_at, seen_at=file.read_at)
        received = f"{at} {label(file.channel)}受理"
        first = " · ".join(part for part in (file.first_responder, file.first_unit) if part)
        self._row("responder", "首问人", first, received)
        if file.lead_unit:
            handler = f" · {file.handler}" if file.handler else ""
            self._row("lead", "主办", f"{file.lead_unit}{handler}", _lead_note(file))
        for part in file.parts:
            if part.role is not AssignmentRole.LEAD and part.status not in _GONE:
                self._row(f"part-{part.id}", label(part.role), part.unit, _part_note(part))
        self._row("category", "类别", file.category, label(file.purpose))
        if file.guided_to:
            to = " ".join(filter(None, (file.guided_to, file.guide_person, file.guide_phone)))
            self._row("guided", "引导到", to, _guide_note(file))

    def _add_topics(self, file: CaseFile) -> None:
        came, by_whom = visit_facts(file)
        if came:
            self._row("visit", "来访方式", came, by_whom)
        for at, (words, note) in enumerate(reception_facts(file)):
            self._row(f"reception-{at}", "领导接访", words, note)
        for topic in file.topics:
            side = "诉求相反，不算同一方" if topic.is_opposite else STATE_WORDS[topic.state]
            side += f" · 治理方案{label(topic.plan)}" if topic.plan is not None else ""
            self._row(f"topic-{topic.id}", "专题", topic.name, side)
        for one in file.whistles:
            row = self._row(f"whistle-{one.id}", "吹哨", one.number, whistle_note(one))
            row.add(self._opener(f"打开哨单 {one.number}", self.whistle_asked, one.id))
        for found in file.findings:
            words = f"{in_shanghai(found.found_at):%Y-%m-%d}{label(found.way)}发现"
            row = self._row(f"finding-{found.id}", "未诉先办", found.number, words)
            row.add(self._opener(f"打开 {found.number}", self.finding_asked, found.id))

    def _opener(self, name: str, asked: SignalInstance, which: int) -> KeyButton:
        button = KeyButton("打开", kind=ButtonKind.QUIET, parent=self)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: asked.emit(which))
        return button

    def _add_content(self, file: CaseFile, *, may_correct: bool) -> None:
        self._column.addSpacing(6)
        self._column.addWidget(rule())
        self._column.addSpacing(4)
        self._long("details", "诉求内容", file.details, correctable=may_correct)
        if file.request:
            self._long("request", "请求", file.request, correctable=False)
        if file.answer:
            self._long("answer", "答复", file.answer, correctable=False)

    def offer_matters(self, *, is_offered: bool) -> None:
        """Let Enter on a matter open it, or not."""
        if self._matters is not None:
            self._matters.offer(is_offered=is_offered)

    def _add_matters(self, file: CaseFile) -> None:
        self._matters = MattersSection(file)
        self._matters.matter_asked.connect(self.matter_asked)
        self._matters.case_wanted.connect(self.case_wanted)
        self._column.addWidget(self._matters)

    def _row(
        self, name: str, caption: str, words: str, note: str = "", *, correctable: bool = False
    ) -> FactRow:
        row = FactRow(name, caption, is_correctable=correctable)
        row.set_words(words, note)
        row.correction_asked.connect(self.correction_asked)
        self._column.addWidget(row)
        self.rows[name] = row
        return row

    def _long(self, name: str, caption: str, text: str, *, correctable: bool) -> None:
        self._column.addWidget(text_label(caption, "label"))
        row = LongFactRow(name, caption, is_correctable=correctable)
        row.set_words(text)
        row.correction_asked.connect(self.correction_asked)
        self._column.addWidget(row)
        self.rows[name] = row

    def _clear(self) -> None:
        self.rows = {}
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
            elif (inner := item.layout()) is not None:
                while (part := inner.takeAt(0)) is not None:
                    if (old := part.widget()) is not None:
                        old.hide()
                        old.deleteLater()


def _link(words: str, key: str, asked: SignalInstance) -> KeyButton:
    made = KeyButton(words, key, kind=ButtonKind.QUIET)
    made.clicked.connect(asked)
    return made


def _lead_note(file: CaseFile) -> str:
    lead = next(
        (p for p in file.parts if p.role is AssignmentRole.LEAD and p.status not in _GONE), None
    )
    return label(lead.status) if lead is not None else ""


def _part_note(part: PartView) -> str:
    """Return how far a supporting unit is, and how it ended for that unit (双派分开考核)."""
    state = label(part.status) if part.result is None else f"已反馈 {label(part.result)}"
    return " · ".join(filter(None, (part.team, state)))


def _called_today(file: CaseFile) -> str:
    today = day_of(file.read_at)
    calls = sum(day_of(contact.happened_at) == today for contact in file.contacts)
    return f"今天已联系 {calls} 次" if calls else ""


def _guide_note(file: CaseFile) -> str:
    """Say how somebody was sent on, and whether he is known to have arrived."""
    arrived = arrival_words(file.arrival)
    return " · ".join(filter(None, (label(file.guide_way) if file.guide_way else "", arrived)))
