"""The log (留痕): what the auditor reads, the most sensitive first, and whether the chain holds.

Who sits there: the auditor, who opens no case and changes nothing. Leaders and the 纪工委 come
here when the chain does not fit, and see that part alone.
"""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk.actions.trail import IssueTrailList
from desk.queries.trail import (
    AskedTrail,
    Trail,
    TrailDay,
    audited_day,
    audited_lines,
    audited_people,
)
from desk.rules.deeds import Deed
from desk.rules.rights import may_in_hall
from desk.rules.trail import GROUP_WORDS, TrailGroup
from desk.ui.audit.chain_pane import ChainPane
from desk.ui.audit.trail_search import TrailSearch
from desk.ui.audit.trail_table import TrailTable
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.printing import papers_of
from desk.ui.screen import Screen
from desk.ui.scroll_column import side_column
from desk.ui.start.figures import Figure, FiguresCard
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.cards import Card
from desk.ui.widgets.panes import PaneWalk

_CHAIN = "留痕链"
_STEP = 200


class AuditScreen(Screen):
    """The table at the left, the day and the search at the right; the chain has its own view."""

    title = "留痕"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        reads = may_in_hall(Deed.AUDIT, desk.person)
        self._groups: tuple[TrailGroup, ...] = tuple(TrailGroup) if reads else ()
        self._view, self._most = 0, _STEP
        self._trail = Trail(())
        self.table = TrailTable("留痕")
        self.search = TrailSearch(desk.now)
        self.day = FiguresCard("今天", columns=2)
        self.chain = ChainPane(desk)
        self.bar = ActionBar(self)
        self._lay_out()
        self.search.asked.connect(self._ask_anew)
        self.chain.said.connect(self.said)
        PaneWalk(self, [self.table, self.search, self.chain, self.bar])

    def arrive(self) -> None:
        """Read the newest lines, and compare the chain with what was noted."""
        self.chain.look()
        if self._groups:
            self.desk.ask(audited_people, owner=self, done=self.search.offer)
            self.desk.ask(audited_day, owner=self, done=self._show_day)
        self._show_view()

    def views(self) -> tuple[str, ...]:
        """Return the parts of the log, and the chain."""
        return (*(GROUP_WORDS[group] for group in self._groups), _CHAIN)

    def chosen_view(self) -> int:
        """Return which part is shown."""
        return self._view

    def choose_view(self, index: int) -> None:
        """Show another part."""
        self._view, self._most = index, _STEP
        self._show_view()
        self.views_changed.emit()

    def help_page(self) -> str:
        """Return the handbook page on the log."""
        return "audit"

    def _lay_out(self) -> None:
        sizes = tokens().sizes
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self.table)
        lines = QWidget()
        row = QHBoxLayout(lines)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(sizes.gutter)
        row.addWidget(card, 5)
        row.addWidget(side_column(self.day, self.search), 2)
        self._stack = QStackedWidget()
        self._stack.addWidget(lines)
        self._stack.addWidget(self.chain)
        page = QVBoxLayout()
        page.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        page.addWidget(self._stack)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(page, 1)
        whole.addWidget(self.bar)

    def _group(self) -> TrailGroup | None:
        """Return the part of the log that is shown; None while the chain is."""
        return self._groups[self._view] if self._view < len(self._groups) else None

    def _show_view(self) -> None:
        is_chain = self._group() is None
        self._stack.setCurrentIndex(int(is_chain))
        if is_chain:
            self.subtitle_changed.emit("每条记录环环相扣，被改过、被删过都看得出来")
            self.chain.paper.edit.setFocus()
            self._offer()
        else:
            self._ask()
            self.table.setFocus()

    def _asked(self) -> AskedTrail:
        first, last = self.search.days()
        group = self._group() or TrailGroup.ALL
        return AskedTrail(group, self.search.staff(), first, last, self.search.number.text())

    def _ask_anew(self) -> None:
        self._most = _STEP
        self._ask()

    def _ask(self) -> None:
        asked = self._asked()
        query = partial(audited_lines, asked=asked, most=self._most)
        self.desk.ask(query, owner=self, done=partial(self._show_lines, asked))

    def _show_lines(self, asked: AskedTrail, trail: Trail) -> None:
        if asked != self._asked() or self._group() is None:
            return  # something else is looked for meanwhile
        self._trail = trail
        self.table.set_lines(trail.lines)
        more = "，还有更早的" if trail.has_more else ""
        shown = (
            f"{len(trail.lines)} 条{more}" if trail.lines else "没有查到，换个人员、日期或编号再找"
        )
        self.subtitle_changed.emit(shown)
        self._offer()

    def _show_day(self, day: TrailDay) -> None:
        self.day.show_figures(
            [Figure(day.counts[group], GROUP_WORDS[group]) for group in TrailGroup]
        )

    def _offer(self) -> None:
        if self._group() is None:
            words = "逐条核对一遍" if self._groups else "再核对一遍"
            check = ActionItem(words, GlobalKey.FINISH, self.chain.check, "verify", is_main=True)
            self.bar.set_items([check])
            return
        items = []
        if self._trail.has_more:
            items.append(ActionItem("看更早的", ListKey.LAST, self._show_more))
        if self._trail.lines:
            items.append(ActionItem("打印查到的", GlobalKey.PRINT, self._print, "print"))
        self.bar.set_items(items)

    def _show_more(self) -> None:
        self._most += _STEP
        self._ask()

    def _print(self) -> None:
        asked = self._asked()
        request = IssueTrailList(
            **self.desk.by_me(),
            group=asked.group,
            person=asked.person,
            first=asked.first,
            last=asked.last,
            number=asked.number,
        )
        self.desk.act(request, owner=self, done=self._on_issued)

    def _on_issued(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}。")
        papers_of(self.desk).print_paper(changes.made["paper"], owner=self)
