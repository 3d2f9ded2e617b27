"""Change of shift (交班, F12): hand over, take over, and the calls promised for tomorrow."""

from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.call_list import IssueCallList
from desk.actions.handover import TakeOver, WithdrawHandover, WriteHandover
from desk.actions.keeping import GiveBack, KeepItem
from desk.queries.handover import (
    KeptThing,
    ShiftDesk,
    Written,
    shift_desk,
)
from desk.rules.codes import KeptKind
from desk.rules.errors import DeskError
from desk.rules.moments import day_of
from desk.ui.desk import Desk
from desk.ui.keys import ActionKey, CaseKey, GlobalKey
from desk.ui.printing import papers_of
from desk.ui.screen import Screen
from desk.ui.scroll_column import side_column
from desk.ui.shift.forms import HandOverCard, KeepCard
from desk.ui.shift.lines import call_line, case_line, item_line, support_line, watched_line
from desk.ui.shift.tick_list import TickList
from desk.ui.shift.waiting_card import RecentCard, WaitingCard
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar, ActionItem


class ShiftScreen(Screen):
    """At the left what is in one's hands, at the right to whom it goes."""

    title = "交班"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._waiting: tuple[Written, ...] = ()
        self.waiting = WaitingCard()
        self.cases = TickList("在办", "您手上没有在办的件。")
        self.supports = TickList("协办", "")
        self.mediations = TickList("调解，请代为留意", "")
        self.whistles = TickList("哨单，请代为留意", "")
        self.calls = TickList("答应的回电", "没有还没打的回电。")
        self.items = TickList("保管的原件、钥匙", "您没有替别人保管东西。")
        self.hand_over, self.keep, self.recent = HandOverCard(), KeepCard(), RecentCard()
        self.bar = ActionBar(self)
        self._build()
        self.waiting.take_asked.connect(self._take_over)
        self.waiting.withdraw_asked.connect(self._withdraw)
        self.hand_over.asked.connect(self._hand_over)
        self.keep.keep_asked.connect(self._keep)
        self.keep.give_back_asked.connect(self._give_back)
        self.recent.print_asked.connect(self._print)

    def arrive(self) -> None:
        """Read what is open; the keyboard goes where one chooses the colleague."""
        self.desk.ask(shift_desk, owner=self, done=partial(self._show, is_arriving=True))

    def help_page(self) -> str:
        """Return the handbook page about shifts."""
        return "shift"

    def _build(self) -> None:
        sizes = tokens().sizes
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        row.setSpacing(sizes.gutter)
        in_hand = (self.cases, self.supports, self.calls, self.items)
        row.addWidget(side_column(self.waiting, *in_hand, self.mediations, self.whistles), 3)
        row.addWidget(side_column(self.hand_over, self.keep, self.recent), 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(work, 1)
        whole.addWidget(self.bar)

    def _show(self, desk: ShiftDesk, *, is_arriving: bool = False) -> None:
        now = self.desk.now()
        self._waiting = desk.waiting
        self.waiting.show_written(desk.waiting, now)
        self.recent.show_written(desk.recent, now)
        wanted = self.case_wanted.emit
        self.cases.put([case_line(case, now, wanted) for case in desk.cases])
        self.supports.put([support_line(part, now, wanted) for part in desk.supports])
        self.mediations.put([watched_line(one) for one in desk.mediations])
        self.whistles.put([watched_line(one) for one in desk.whistles])
        for some in (self.supports, self.mediations, self.whistles):
            some.setVisible(some.has_lines)  # most people have none of these
        self.calls.put([call_line(call, now, wanted) for call in desk.calls])
        self.items.put([item_line(item, now, self.keep.give_back) for item in desk.items])
        self.hand_over.offer(desk.colleagues)
        mine = [one for one in desk.waiting if not one.is_mine]
        self.badge_changed.emit(len(mine))
        self.subtitle_changed.emit(
            f"{mine[0].from_name} 等着您接班" if mine else "双方确认后才算交清"
        )
        self._offer(can_take=bool(mine))
        if not is_arriving:
            return
        if mine:
            self.waiting.focus_first()
        else:
            self.hand_over.to.setFocus()

    def _offer(self, *, can_take: bool) -> None:
        items = [
            ActionItem("交班", GlobalKey.FINISH, self._hand_over, is_main=not can_take),
            ActionItem("打印明天的回电", GlobalKey.PRINT, self._print_calls, "print"),
            ActionItem("保管一件", CaseKey.KEEP_ITEM, self.keep.start, "add"),
        ]
        if can_take:
            first = next(one for one in self._waiting if not one.is_mine)
            take = partial(self._take_over, first.id)
            items.insert(0, ActionItem("接班", ActionKey.ACCEPT, take, "accept", is_main=True))
        self.bar.set_items(items)

    def _hand_over(self) -> None:
        to = self.hand_over.to.value()
        self.hand_over.to.close_list()
        if not isinstance(to, int):
            self.hand_over.ask_for_colleague()
            return
        self._act(
            WriteHandover(
                **self.desk.by_me(),
                to=to,
                note=self.hand_over.note.text(),
                cases=self.cases.chosen(),
                supports=self.supports.chosen(),
                calls=self.calls.chosen(),
                items=self.items.chosen(),
                mediations=self.mediations.chosen(),
                whistles=self.whistles.chosen(),
            ),
            self._on_handed_over,
            self.hand_over,
        )

    def _on_handed_over(self, changes: Any) -> None:
        self.hand_over.clear()
        self._on_done(changes, "请接班人登录后按 F12 接班，之前仍由您负责。")

    def _take_over(self, handover: object) -> None:
        assert isinstance(handover, int)  # noqa: S101 - our own signal
        self._act(TakeOver(**self.desk.by_me(), handover=handover), self._on_taken)

    def _on_taken(self, changes: Any) -> None:
        self._on_done(changes, "交接班表可以打印，双方签名。")
        self._print(changes.made["paper"])

    def _withdraw(self, handover: object) -> None:
        assert isinstance(handover, int)  # noqa: S101 - our own signal
        self._act(WithdrawHandover(**self.desk.by_me(), handover=handover), self._on_done)

    def _keep(self) -> None:
        kind = KeptKind(self.keep.kind.value() or KeptKind.OTHER)
        request = KeepItem(**self.desk.by_me(), kind=kind, name=self.keep.name.text())
        self._act(request, self._on_kept, self.keep)

    def _give_back(self, item: object) -> None:
        assert isinstance(item, KeptThing)  # noqa: S101 - our own signal
        request = GiveBack(**self.desk.by_me(), item=item.id, to=self.keep.to.text())
        self._act(request, self._on_kept, self.keep)

    def _on_kept(self, changes: Any) -> None:
        self.keep.keep()
        self._on_done(changes)

    def _print_calls(self) -> None:
        tomorrow = day_of(self.desk.now()) + timedelta(days=1)
        request = IssueCallList(**self.desk.by_me(), day=tomorrow)
        self._act(request, lambda changes: self._print(changes.made["paper"]))

    def _print(self, paper: object) -> None:
        if isinstance(paper, int):
            papers_of(self.desk).print_paper(paper, owner=self)

    def _act(self, request: Any, done: Any, card: HandOverCard | KeepCard | None = None) -> None:
        for each in (self.hand_over, self.keep):
            each.form.clear_sentences()
        failed = partial(self._on_refused, card)
        self.desk.act(request, owner=self, done=done, failed=failed)

    def _on_done(self, changes: Any, further: str = "") -> None:
        self.said.emit(f"{changes.title}。{further}")
        self._read()

    def _read(self) -> None:
        self.desk.ask(shift_desk, owner=self, done=self._show)

    def _on_refused(self, card: HandOverCard | KeepCard | None, error: DeskError) -> None:
        """Say it beside its field on the card where it was asked: both have one called “to”."""
        if card is None or not card.refuse(error):
            self.said.emit(str(error))  # somebody was quicker: show what is in one's hands now
            self._read()
