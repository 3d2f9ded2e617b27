"""Topics (专题): what may be one, what is worked on, what is done, with cases and weeks."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desk.queries.clusters import Proposal, TopicBoard, topic_board
from desk.queries.lookups import units
from desk.queries.topics import TopicFile, TopicLine, topic_file, topic_lines
from desk.rules.clusters import Sign
from desk.rules.deeds import Deed
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.rules.topics import PlanOf, TopicState
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.proactive.plan_side import PlanSide
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.topics.offers import for_file, for_proposal
from desk.ui.topics.rows import ASIDE, CLOSED, OPEN, PROPOSED, rows_of
from desk.ui.topics.side import TopicSide
from desk.ui.topics.topic_card import TopicCard
from desk.ui.topics.work import TopicWork
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList

_EMPTY = (
    "现在没有可能的类案。同一地点、同一类别来的人多了，会自动出现在这里。",
    "没有在办的专题。到“可能的类案”里按 Shift+F7 开一个，或在案件卷里列入。",
    "还没有结了的专题。",
    "没有被记为“不是类案”的提示。",
)
_NONE_YET = (
    "来的件多，但户数还不到，或已有人记为“不是类案”。要开专题，请打开其中一件，按 Shift+F7。"
)


class TopicsScreen(Screen):
    """The list at the left, the topic in the middle, what is said about it at the right."""

    title = "专题"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._may_keep = may_in_hall(Deed.KEEP_TOPICS, desk.person)
        self._view = PROPOSED if self._may_keep else OPEN
        self._board = TopicBoard()
        self._sign: Sign | None = None
        self._file: TopicFile | None = None
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Read all of it; the keyboard is in the list."""
        self.desk.ask(units, owner=self, done=self.side.topic.offer_units)
        self._reload()
        self.list.setFocus()

    def views(self) -> tuple[str, ...]:
        """Return the lists with their counts; proposals for those who may open topics."""
        is_open = sum(1 for row in self._board.topics if row.state is TopicState.OPEN)
        said = (
            f"可能的类案 {len(self._board.proposals)}",
            f"在办 {is_open}",
            f"已结 {len(self._board.topics) - is_open}",
            f"不是类案 {len(self._board.aside)}",
        )
        return said if self._may_keep else said[OPEN:ASIDE]

    def chosen_view(self) -> int:
        """Return which list is on."""
        return self._view if self._may_keep else self._view - OPEN

    def choose_view(self, index: int) -> None:
        """Show another list."""
        self._view = index if self._may_keep else index + OPEN
        self._file = None
        self._show()
        self.views_changed.emit()
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on topics."""
        return "topics"

    def open_topic(self, wanted: int | Sign | PlanOf) -> None:
        """Show one topic, its plan, or the proposal of a sign, where it is one already."""
        self.plan.turn_on(isinstance(wanted, PlanOf))
        self._reload(then=wanted.topic if isinstance(wanted, PlanOf) else wanted)

    def _show_topic(self, topic_id: int) -> None:
        row = next((one for one in self._board.topics if one.id == topic_id), None)
        self._view = CLOSED if row is not None and row.state is TopicState.CLOSED else OPEN
        self._show()
        self.list.choose(topic_id)
        self.views_changed.emit()

    def _build(self) -> None:
        self._head = SectionHead("可能的类案")
        self.list = WorkList("专题和可能的类案", self.desk.now)
        self.card = TopicCard(self.desk.now)
        self.side = TopicSide()
        self.work = TopicWork(self.desk, self.side, self)
        self._empty = EmptyState("")
        self.bar = ActionBar(self)
        self.plan = PlanSide(self.desk, self.card, self.side, self)
        left = queue_card(self._head, self.list)
        parts = ((left, 32), (self.plan.middle, 52), (self.side, 30), (self.plan.host, 40))
        self._stack = lay_out_queue(self, parts, self._empty, self.bar)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.card.cases.setFocus())
        self.list.passed.connect(self.list.go_on)
        self.card.cases.opened.connect(self.case_wanted)
        self.card.cases.passed.connect(self.card.cases.go_on)
        self.card.cases.chosen.connect(lambda _case: self._offer())
        self.side.topic.edited.connect(self._offer)
        self.work.said.connect(self.said)
        self.work.done.connect(self._on_done)
        self.plan.offered.connect(self._offer)
        self.plan.said.connect(self.said)
        self.plan.changed.connect(self._on_done)
        self.desk.changed.connect(self._on_changed)
        walked = [self.list, self.card.cases, self.plan.card.cases, self.side, self.plan.host]
        PaneWalk(self, [*walked, self.bar])

    def _reload(self, then: int | Sign | None = None) -> None:
        self.desk.ask(topic_board, owner=self, done=partial(self._on_board, then=then))

    def _on_board(self, board: TopicBoard, then: int | Sign | None) -> None:
        self._board = board
        self.badge_changed.emit(len(board.proposals))
        if isinstance(then, Sign):
            self._view, self._sign = PROPOSED, then
            if all(one.sign != then for one in board.proposals):
                self.said.emit(_NONE_YET)
        elif then is not None:
            self._show_topic(then)
        self._show()
        self.views_changed.emit()

    def _on_done(self, topic: int | None) -> None:
        self._file = None
        self._reload(then=topic)
        self.list.setFocus()

    def _on_changed(self, changes: object, asker: object) -> None:
        del changes
        if asker is not self and self.isVisible():
            self._reload()

    def _show(self) -> None:
        rows, before, sign = (
            rows_of(self._board, self._view, self.desk.now()),
            self.list.current_id(),
            self._sign,
        )
        self._head.set_text(("可能的类案", "在办的专题", "已结的专题", "不是类案")[self._view])
        self._head.set_note(f"{len(rows)} 条")
        self._empty.set_sentence(_EMPTY[self._view])
        self._stack.setCurrentIndex(0 if rows else 1)
        self.card.setVisible(self._view != ASIDE)
        keeps = self._view != ASIDE and self._may_keep
        self.plan.arrange(is_topic=self._view in {OPEN, CLOSED}, keeps=keeps)
        self.list.set_rows(rows)
        if self._view == PROPOSED and sign is not None:
            again = next(
                (n for n, one in enumerate(self._board.proposals) if one.sign == sign), None
            )
            self.list.choose(again)
        if rows and before == self.list.current_id():
            self._on_chosen(before)
        self._offer()

    def _on_chosen(self, row: int | None) -> None:
        proposal = self._proposal()
        if proposal is not None:
            self._sign = proposal.sign
            self.side.show_proposal(proposal)
            wanted = (*proposal.cases, *proposal.opposite)
            query = partial(topic_lines, cases=wanted)
            self.desk.ask(query, owner=self, done=partial(self._show_lines, proposal))
        elif row is not None and self._view in {OPEN, CLOSED}:
            self.desk.ask(partial(topic_file, topic_id=row), owner=self, done=self._show_file)
        self._offer()

    def _show_lines(self, proposal: Proposal, lines: tuple[TopicLine, ...]) -> None:
        if proposal == self._proposal():
            self.card.show_proposal(proposal, lines, day_of(self.desk.now()))
            self._offer()

    def _show_file(self, file: TopicFile | None) -> None:
        if file is not None and file.id == self.list.current_id():
            self._file = file
            self.card.show_file(file)
            self.side.show_file(file)
            self.plan.load(file.id)
            self._offer()

    def _proposal(self) -> Proposal | None:
        at = self.list.current_id()
        is_one = self._view == PROPOSED and at is not None and at < len(self._board.proposals)
        return self._board.proposals[at] if is_one and at is not None else None

    def _offer(self) -> None:
        items: list[ActionItem] = []
        here, proposal = self.list.current_id(), self._proposal()
        if proposal is not None:
            items += for_proposal(proposal, self.work)
        elif self._view == ASIDE and here is not None:
            again = partial(self.work.restore, here)
            items.append(ActionItem("恢复提示", GlobalKey.FINISH, again, "restore", is_main=True))
        elif self._file is not None and self._file.id == here:
            others = for_file(self._file, self.card.cases.current_id(), self.work)
            items += self.plan.items_beside(others)
        if self.plan.is_on and self._file is not None:
            self.bar.set_items(items)
            return
        if self.card.cases.current_id() is not None and self._view != ASIDE:
            opens = self.card.cases.open_current
            items.append(ActionItem("打开案件卷", GlobalKey.OPEN_FILE, opens, is_quiet=True))
        self.bar.set_items(items)
