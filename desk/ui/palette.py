"""Find anything from anywhere (查找, Ctrl+K): cases, papers, topics, what can be done here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from desk.queries.appointments import AppointmentRow, appointments_named
from desk.queries.early_actions import FindingRow, findings_named
from desk.queries.list_hits import ListHit, list_hits
from desk.queries.person_page import Asked
from desk.queries.search import CaseHit, Found, PaperHit, find
from desk.queries.topics import TopicHit, topics_named
from desk.queries.whistle_views import WhistleHit
from desk.queries.whistles import whistles_numbered
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.rules.identity import FieldState, phone_check
from desk.rules.marks import marks
from desk.rules.moments import in_shanghai
from desk.rules.rights import Person, may_in_hall
from desk.rules.same_person import FEWEST_DIGITS
from desk.rules.topics import STATE_WORDS
from desk.rules.wording import label
from desk.ui.desk import Desk, Stop
from desk.ui.palette_rows import PaletteRow
from desk.ui.scanner import case_of, paper_of
from desk.ui.search_box import SearchBox

_WIDTH = 640
ASK = "按编号查阅调解卷（写明理由）"
_COMMITTEES = "调字"  # stands in the number of every file of the committee
_HINT = (
    "可以输入编号、姓名、电话后四位、地址、诉求里的几个字、拼音或首字母（cgf）；空格隔开几样一起找。"
    "要做的事也在这里找，回执二维码可直接扫。"
)
_NOTHING = (
    "没有找到。只写一部分再试：姓名两个字、电话后四位、小区名、拼音首字母；"
    "您无权查看的诉求不会出现。"
)
_LOOKING = "正在查找…"
_SLOW_MS = 400
_BY_NUMBER = "编号"
_MOBILE = 11  # digits
Other = TopicHit | WhistleHit | FindingRow | ListHit | AppointmentRow
Topics = tuple[Other, ...]
Answer = tuple[Found, Topics]


@dataclass(frozen=True, slots=True)
class PaletteAction:
    """Something to do from here, found by its words."""

    label: str
    key: str
    carry_out: Callable[[], object]


class Palette(SearchBox):
    """Cases, papers, topics and things to do, found by a few words or by a scanned code.

    Signals:
        case_wanted: a case was chosen; carries its id.
        paper_wanted: a paper was chosen that belongs to no case; carries its id.
        mediation_asked: a mediation is to be asked for by a number; carries what was typed of it.
        person_wanted: the page of whoever has a number is wanted; carries whom, and from where.
        topic_wanted: a topic was chosen; carries its id.
        whistle_wanted: a whistle was chosen by its number; carries its id.
        finding_wanted: a finding was chosen; carries its id.
        line_wanted: a line of the lists was chosen; carries the ListHit.
        appointment_wanted: somebody who will come was chosen; carries the AppointmentRow.
    """

    case_wanted = Signal(object)
    paper_wanted = Signal(object)
    mediation_asked = Signal(str)
    person_wanted = Signal(object, str)
    topic_wanted = Signal(object)
    whistle_wanted = Signal(object)
    finding_wanted = Signal(object)
    line_wanted = Signal(object)
    appointment_wanted = Signal(object)

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host, "查找", _WIDTH)
        self._desk = desk
        self._actions: Sequence[PaletteAction] = ()
        self._asking: Stop | None = None  # the question whose answer is still to come
        self._typed = ""
        self._shown: list[int] = []  # cases; few other rows stand above them
        self._above = 0
        self._goes_on: int | None = None
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(partial(self.say, _LOOKING))
        self.list.leaves = self._leaves
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.say(_HINT)

    def offer(self, actions: Sequence[PaletteAction]) -> None:
        """Offer these things to do."""
        self._actions = actions

    def open_for(self, text: str = "", *, all_actions: bool = False) -> None:
        """Show the palette with `text` in its line, or with everything that can be done here."""
        self.appear(text)
        self.cleared()
        if all_actions:
            self.show_rows(self._fitting_actions(""))
            self.say("")
        if text:
            self.search(text)

    def cleared(self) -> None:
        """Say what can be found."""
        self._drop_question()
        self._shown, self._goes_on = [], None
        self.show_rows([])
        self.say(_HINT)

    def put_away(self) -> None:
        """Hide; nobody waits for an answer any more."""
        self._drop_question()
        super().put_away()

    def search(self, text: str) -> None:
        """Ask for cases and papers; a question about an older text is ended."""
        self._typed, self._goes_on = text, None
        self._ask(self._on_found)

    def on_enter(self) -> None:
        """Open a scanned case at once; otherwise take the chosen row."""
        typed = self.line.text()
        paper, case = paper_of(typed), case_of(typed)
        if paper is not None:
            self._leave_to(partial(self.paper_wanted.emit, paper))
        elif case is not None:
            self._leave_to(partial(self.case_wanted.emit, case))
        elif self._asking is None or self._typed != typed:
            super().on_enter()  # what stands there belongs to what was typed

    def choose(self, row: int) -> None:
        """Open the case or do the thing."""
        rows = self.rows()
        if 0 <= row < len(rows):
            self._leave_to(rows[row].carry_out)

    def _ask(self, done: Callable[[Found, Topics], None], before: int | None = None) -> None:
        self._drop_question()
        self._asking = asked = Stop()
        self._slow.start()

        def answered(answer: Answer) -> None:
            if self._is_newest(asked):
                done(*answer)

        def failed(error: DeskError) -> None:
            if self._is_newest(asked):
                self.show_rows([])
                self.say(str(error))

        query = partial(_look, text=self._typed, before=before)
        self._desk.ask(query, owner=self, done=answered, failed=failed, stop=asked)

    def _is_newest(self, asked: Stop) -> bool:
        """Return whether this is the answer that the box waits for; then it waits no longer."""
        if asked is not self._asking:
            return False
        self._asking = None
        self._slow.stop()
        return True

    def _drop_question(self) -> None:
        self._slow.stop()
        if self._asking is not None:
            self._asking.stop()
            self._asking = None

    def _on_found(self, found: Found, topics: Topics) -> None:
        rows = [self._paper_row(hit) for hit in found.papers]
        rows += _person_rows(self._typed, self._desk.person, self.person_wanted)
        rows += [_other_row(hit, self) for hit in topics]
        self._above, self._shown = len(rows), [hit.id for hit in found.cases]
        rows += [_case_row(hit, self.case_wanted) for hit in found.cases]
        rows += [*self._mediation_rows(self._typed), *self._fitting_actions(self._typed)]
        self.show_rows(rows)
        if found.cases:
            self.list.choose(self._above)
        self._show_more(found)
        if not rows:
            self.say(_NOTHING)

    def _leaves(self, here: int, there: int) -> bool:
        """Fetch older cases when the last one is left downwards; the next is chosen then."""
        last = self._above + len(self._shown)
        if self._goes_on is None or not here < last <= there:
            return False
        if self._asking is None:
            self._ask(self._on_older, self._goes_on)
        return True

    def _on_scrolled(self, value: int) -> None:
        at_end = 0 < value == self.list.verticalScrollBar().maximum()
        if at_end and self._goes_on is not None and self._asking is None:
            self._ask(self._on_older, self._goes_on)

    def _on_older(self, found: Found, _topics: Topics) -> None:
        fresh = [hit for hit in found.cases if hit.id not in self._shown]
        at = self._above + len(self._shown)
        self._shown += [hit.id for hit in fresh]
        self._show_more(found)
        if fresh:
            self.list.insert_rows(at, [_case_row(hit, self.case_wanted) for hit in fresh])
        elif found.is_more:
            self._ask(self._on_older, found.goes_on)

    def _show_more(self, found: Found) -> None:
        self._goes_on = found.goes_on
        shown = f"已列出最新的 {len(self._shown)} 件，按 ↓ 到底接着看更早的。"
        self.say(shown if found.is_more else "")

    def _leave_to(self, carry_out: Callable[[], object]) -> None:
        self.put_away()
        carry_out()

    def _paper_row(self, hit: PaperHit) -> PaletteRow:
        opens = partial(self.paper_wanted.emit, hit.id)
        if hit.case_id is not None:
            opens = partial(self.case_wanted.emit, hit.case_id)
        return PaletteRow(
            group="文书",
            head=hit.number,
            note="",
            why=f"{hit.title} · {_on(hit.issued_at)}",
            carry_out=opens,
        )

    def _mediation_rows(self, text: str) -> list[PaletteRow]:
        """Offer to ask for what looks like the number of a mediation, whether there is one or not.

        Its words alone offer it too: not everybody knows how such numbers look.
        """
        is_number = _COMMITTEES in text and any(sign.isdigit() for sign in text)
        has_words = all(word in ASK for word in text.split())
        if not may_in_hall(Deed.ASK_MEDIATION, self._desk.person) or not (is_number or has_words):
            return []
        asks = partial(self.mediation_asked.emit, text.strip() if is_number else "")
        return [PaletteRow("调解", ASK, "", "", carry_out=asks)]

    def _fitting_actions(self, text: str) -> list[PaletteRow]:
        words = text.lower().split()
        return [
            PaletteRow("动作", action.label, "", "", key=action.key, carry_out=action.carry_out)
            for action in self._actions
            if all(word in action.label.lower() for word in words)
        ]


def _other_row(hit: Other, box: Palette) -> PaletteRow:
    if isinstance(hit, WhistleHit):
        return _whistle_row(hit, box.whistle_wanted)
    if isinstance(hit, FindingRow):
        return _finding_row(hit, box.finding_wanted)
    if isinstance(hit, ListHit):
        opens = partial(box.line_wanted.emit, hit)
        return PaletteRow("治理清单", hit.title, hit.where, "", carry_out=opens)
    if isinstance(hit, AppointmentRow):
        return _appointment_row(hit, box.appointment_wanted)
    return _topic_row(hit, box.topic_wanted)


def _appointment_row(hit: AppointmentRow, wanted: SignalInstance) -> PaletteRow:
    at = in_shanghai(hit.starts_at)
    said = f"{at.month} 月 {at.day} 日 {at:%H:%M} {hit.with_whom or '窗口'}"
    return PaletteRow("预约", hit.who, said, hit.matter, carry_out=partial(wanted.emit, hit))


def _finding_row(hit: FindingRow, wanted: SignalInstance) -> PaletteRow:
    opens, seen = partial(wanted.emit, hit.id), hit.situation.splitlines()[0]
    return PaletteRow("未诉先办", hit.number, seen, hit.where, label(hit.state), carry_out=opens)


def _look(reader: Any, text: str, before: int | None) -> Answer:
    others: Topics = ()
    if before is None:
        others = (
            *topics_named(reader, text),
            *whistles_numbered(reader, text),
            *findings_named(reader, text),
            *list_hits(reader, text),
            *appointments_named(reader, text),
        )
    return find(reader, text, before=before), others


def _person_rows(text: str, person: Person, wanted: SignalInstance) -> list[PaletteRow]:
    """Offer the page of a person to whom a telephone number, or most of one, was typed."""
    number = text.strip()
    is_long = number.isdecimal() and len(number) >= FEWEST_DIGITS
    is_begun = number.startswith("1") and len(number) < _MOBILE  # the rest is still to come
    is_number = is_begun or phone_check(number).state is not FieldState.WRONG
    if not (is_long and is_number) or not may_in_hall(Deed.LINK_PEOPLE, person):
        return []
    opens = partial(wanted.emit, Asked(phone=number), "查找")
    return [PaletteRow("人", "一人一档", f"电话 {number}", "", carry_out=opens)]


def _topic_row(hit: TopicHit, wanted: SignalInstance) -> PaletteRow:
    opened = f"{_on(hit.opened_at)} 开"
    opens, mark = partial(wanted.emit, hit.id), STATE_WORDS[hit.state]
    return PaletteRow("专题", hit.name, opened, "", mark, carry_out=opens, words=hit.words)


def _whistle_row(hit: WhistleHit, wanted: SignalInstance) -> PaletteRow:
    opens, raised = partial(wanted.emit, hit.id), f"{_on(hit.raised_at)} {hit.site}"
    return PaletteRow("吹哨", hit.number, raised, "", label(hit.state), carry_out=opens)


def _case_row(hit: CaseHit, wanted: SignalInstance) -> PaletteRow:
    parts = (hit.appellant, hit.unit, _on(hit.received_at))
    return PaletteRow(
        group="案件",
        head=f"{hit.seq:05}",
        note=" · ".join(part for part in parts if part),
        why=_why(hit),
        mark=label(hit.status),
        carry_out=partial(wanted.emit, hit.id),
        words=hit.words,
    )


def _why(hit: CaseHit) -> str:
    """Return why a case was found and what it is about; what shows itself is not said twice."""
    if hit.why == _BY_NUMBER:
        return f"{hit.number} · {hit.piece}"
    is_seen = all(marks(hit.piece, [word]) for word in hit.words)
    return hit.piece if is_seen else f"{hit.why} · {hit.piece}"


def _on(moment: datetime) -> str:
    day = in_shanghai(moment)
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
