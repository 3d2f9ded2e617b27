"""The dispatchers' desk (分拨台): read, press a digit for the suggested unit, Enter."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desk.actions.dispatching import DispatchCase
from desk.queries.case_file import CaseFile
from desk.queries.clusters import proposals
from desk.queries.dispatch_day import DispatchDay, DispatchSheet, dispatch_day, dispatch_sheet
from desk.queries.dispatch_hints import DispatchHint
from desk.queries.dispatch_state import ProposalView
from desk.rules.chief_dispatch import Asked, Turn
from desk.rules.codes import AssignmentStatus, CaseStatus, ClockKind, Urgency
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError, StaleCase
from desk.rules.rights import deeds_now
from desk.rules.wording import choices
from desk.ui.case.deed_panel import OnCase
from desk.ui.desk import Desk
from desk.ui.keys import ActionKey, CaseKey, GlobalKey
from desk.ui.printing import papers_of
from desk.ui.scroll_column import scrolled
from desk.ui.start.brief_card import BriefCard
from desk.ui.start.clusters_card import ClustersCard
from desk.ui.start.dispatch_piles import next_due, piles, subtitle, told_in_brief
from desk.ui.start.face import Face, list_card
from desk.ui.start.standing import answers_to
from desk.ui.start.units_card import UnitsCard
from desk.ui.taking_back import TakingBack
from desk.ui.topics.opening import TopicOpening
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import EmptyState, SectionHead, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList, WorkRow

_EMPTY = "今天没有待分拨的诉求。新件会自动出现在这里。"
_SENT = "此件已派出，不用在这里选单位。"
_CHOOSE = "先按数字选一个单位，再按 Enter 分拨。"


class DispatchFace(Face):
    """The queue at the left, the case in the middle, the suggested units at the right."""

    name, title = "分拨", "分拨台"
    list_words = "待分拨的诉求，最先到期的在上"
    head_words = "待分拨"
    empty_words = _EMPTY
    advice = "选单位，再按 Enter"
    sets_level = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sheet: DispatchSheet | None = None
        self._last: int | None = None
        self._is_acting = False
        self.list = WorkList(self.list_words, desk.now)
        self.brief = BriefCard(ClockKind.DISPATCH)
        self.units = UnitsCard()
        self.clusters = ClustersCard()
        self._topics = TopicOpening(desk, self)
        self.taking_back = TakingBack(desk, self.bar)
        self.level = ChoiceChips("级别", [Choice(*c) for c in choices(Urgency)], numbered=False)
        self._build()
        self._connect()

    def load(self) -> None:
        """Read what waits to be dispatched, and what a unit wants to hand back."""
        self.desk.ask(dispatch_day, owner=self, done=self._show_day)

    def take_focus(self) -> None:
        """Put the focus on the queue: digits and Enter work there."""
        self.list.setFocus()
        self._ask_clusters()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit typed over the queue as the unit."""
        if self.list.hasFocus() and self.units.press(event.text()):
            return
        super().keyPressEvent(event)

    def dispatch(self) -> None:
        """Send the case to the chosen unit (直派), and show the next one."""
        sheet = self._sheet
        if sheet is None or self._is_acting:
            return
        request = self.request(sheet.file, self.units.value())
        if request is None:
            self.said.emit(_CHOOSE)
            self.units.setFocus()
            return

        def done(changes: Any) -> None:
            self._is_acting = False
            self._last = sheet.file.id
            self.said.emit(f"{sheet.file.seq:05} {changes.title}。")
            self.taking_back.ask_for(sheet.file.id)
            papers_of(self.desk).settle(sheet.file.id)
            self.list.setFocus()

        def failed(error: DeskError) -> None:
            self._is_acting = False
            self.said.emit(str(error))
            if isinstance(error, StaleCase):
                self.load()

        self._is_acting = True
        self.desk.act(request, owner=self, done=done, failed=failed)

    def request(self, file: CaseFile, unit: int | None) -> Any:
        """Return what sends the case to a unit; without one, what was proposed and waited for."""
        head = OnCase(**self.desk.by_me(), case=file.id, seen=file.version)
        state = file.dispatch
        if unit is None and _is_overdue_for_a_word(state.proposal):
            return DispatchCase(**head, **_plan(state.proposal), directly=True)
        if unit is None:
            return None
        level = self.level.value()
        return DispatchCase(
            **head,
            lead=unit,
            urgency=level if isinstance(level, Urgency) else file.urgency,
            is_complex=file.is_complex,
            directly=state.goes_directly,
        )

    def _build(self) -> None:
        self._head = SectionHead(self.head_words)
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        self._middle.addWidget(self.brief)
        self._middle.addWidget(EmptyState(self.empty_words))
        self._words = text_label("", "reading", wraps=True)
        self._level_box = QWidget()
        box = QVBoxLayout(self._level_box)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(text_label("级别", "label"))
        box.addWidget(self.level)
        self.brief.below.addWidget(self._words)
        self.brief.below.addWidget(self._level_box)
        left = list_card(self._head, self.list)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.columns.spacing())
        column.addWidget(self.units, 1)
        column.addWidget(self.clusters)
        self.add_columns([(left, 33), (middle, 50), (scrolled(right), 33)])

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _case: self._on_enter())
        self.list.passed.connect(self.list.go_on)
        self.units.confirmed.connect(self.dispatch)
        self.units.chosen.connect(self._offer)
        beat = QTimer(self, interval=1000)
        beat.timeout.connect(lambda: self.brief.watches.tick(self.desk.now()))
        beat.start()
        self.explain_with(self.brief.watches)
        self.taking_back.said.connect(self.said)
        self._topics.said.connect(self.said)
        self._topics.done.connect(self._ask_clusters)
        self.clusters.topic_asked.connect(self._topics.open_topic)
        KeyShortcut(CaseKey.TOPIC, self).pressed.connect(self.clusters.ask_first)
        self.clusters.page_asked.connect(partial(self.place_wanted.emit, "topics"))
        PaneWalk(self, [self.list, self.level, self.units, self.clusters, self.bar])

    def _ask_clusters(self) -> None:
        """Ask what may be a topic: on coming here, not with every change."""
        self.desk.ask(proposals, owner=self, done=self.clusters.show_proposals)

    def _show_day(self, day: DispatchDay) -> None:
        waits = (day.waiting, day.returning, day.requests)
        self.badge_changed.emit(sum(map(len, waits)))
        self.subtitle_changed.emit(subtitle(day))
        self._head.set_note(next_due(day, self.desk.now()))
        self.show_rows(piles(day, self.desk.now()))

    def show_rows(self, rows: Sequence[WorkRow]) -> None:
        """Show these lines; the case that was current stays so."""
        before = self.list.current_id()
        self.list.set_rows(rows)
        self._middle.setCurrentIndex(0 if rows else 1)
        self.units.setVisible(bool(rows))
        if before is not None and self.list.current_id() == before:
            self._ask(before)
        if not rows:
            self._sheet = None
            self._offer()

    def _on_chosen(self, case_id: int | None) -> None:
        self._sheet = None
        self.units.show_hints(())
        if case_id is not None:
            self._ask(case_id)

    def _ask(self, case_id: int) -> None:
        query = partial(dispatch_sheet, case_id=case_id)
        self.desk.ask(query, owner=self, done=self._show_sheet)

    def _show_sheet(self, sheet: DispatchSheet | None) -> None:
        if sheet is None or sheet.file.id != self.list.current_id():
            return
        is_other = self._sheet is None or self._sheet.file.id != sheet.file.id
        self._sheet = sheet
        self.brief.show_file(sheet.file, self.desk.now())
        words = told_in_brief(sheet.file)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        is_waiting = sheet.file.status is CaseStatus.RECEIVED
        self._level_box.setVisible(is_waiting and self.sets_level)
        if not is_waiting:
            self.units.rest(_SENT)
        elif is_other:
            self.level.set_value(sheet.file.urgency)
            self.units.show_hints(sheet.hints)
        self._offer()

    def _on_enter(self) -> None:
        is_waiting = self._sheet is not None and self._sheet.file.status is CaseStatus.RECEIVED
        if is_waiting:
            self.dispatch()
        else:
            self._open_case()

    def _is_returning(self) -> bool:
        parts = self._sheet.file.parts if self._sheet is not None else ()
        return any(part.status is AssignmentStatus.RETURNING for part in parts)

    def _offer(self) -> None:
        items = []
        if self._sheet is not None:
            items += self.offers(self._sheet.file)
            if not any(item.key == GlobalKey.OPEN_FILE for item in items):
                key = GlobalKey.OPEN_FILE
                items.append(ActionItem("打开案件卷", key, self._open_case, is_quiet=True))
        if self._last is not None:
            items.append(ActionItem("打印刚才的派单", GlobalKey.PRINT, self._print_last, "print"))
        self.bar.set_items(items)
        sheet = self._sheet
        can_choose = sheet is not None and sheet.file.status is CaseStatus.RECEIVED
        self.bar.set_note(self.advice if can_choose else "", key="1" if can_choose else "")

    def offers(self, file: CaseFile) -> list[ActionItem]:
        """Return what may be done to the case in the middle, the next step first."""
        opens = GlobalKey.OPEN_FILE
        if self._is_returning():
            return [ActionItem("看退回申请", opens, self._open_case, is_main=True)]
        answers = answers_to(self.desk, file, self.said.emit, self._open_case)
        if answers:
            return answers
        is_waiting = file.status is CaseStatus.RECEIVED
        if not (is_waiting and Deed.DISPATCH in deeds_now(file.stand, self.desk.person)):
            return [ActionItem("看案件、催办或改派", opens, self._open_case, is_main=True)]
        state = file.dispatch
        verb = "直派" if state.goes_directly else _verb(state.asked, self.units.hint())
        if _is_overdue_for_a_word(state.proposal):
            verb = "照拟直接派出"
        return [
            ActionItem(verb, GlobalKey.FINISH, self.dispatch, "dispatch", is_main=True),
            ActionItem("双派、加要求", ActionKey.DISPATCH, self._open_case),
        ]

    def _open_case(self) -> None:
        here = self.list.current_id()
        if here is not None:
            self.case_wanted.emit(here)

    def _print_last(self) -> None:
        if self._last is not None:
            papers_of(self.desk).print_case_paper(self._last, "dispatch-slip", owner=self)


def _verb(asked: Asked | None, hint: DispatchHint | None) -> str:
    """Return what Enter does with the chosen unit: sends the case, or lays it before somebody."""
    goes_out = asked is None if hint is None else hint.goes_out(asked)
    return "直派" if goes_out else "拟派"


def _is_overdue_for_a_word(proposal: ProposalView | None) -> bool:
    return proposal is not None and proposal.turn is Turn.DISPATCHER


def _plan(proposal: ProposalView | None) -> Mapping[str, Any]:
    return proposal.plan if proposal is not None else {}
