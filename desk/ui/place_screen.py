"""One place across years (一地一档): what comes from there, and what helped the neighbours.

Who sits here: a clerk or a community worker who hears “我们小区又…” and wants to know whether it
is the third time this month, who works on it, and what helped last time.
"""

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desk.queries.early_actions import findings_at
from desk.queries.place_page import OpenThere, PlacePage, place_page
from desk.queries.whistles import whistles_of_place
from desk.rules.deeds import Deed
from desk.rules.moments import in_shanghai
from desk.rules.rights import may_in_hall
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.keys import CaseKey
from desk.ui.place.clusters import ClustersCard
from desk.ui.place.month_table import MonthTable
from desk.ui.place.neighbours import NeighboursCard
from desk.ui.place.numbered_card import NumberedCard, finding_lines, whistle_lines
from desk.ui.screen import Screen
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.cards import Card, EmptyState, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList, WorkRow

_NOTHING = "在受理表选定小区，或打开一件案件，再按 Ctrl+T 看一地一档。"
_UNKNOWN = "这件没有记到小区，没有一地一档。请先在地址里选小区。"


class PlaceScreen(Screen):
    """Figures at the left, the open ones below them, the neighbours' solved ones at the right."""

    title = "一地一档"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._place: int | None = None
        self._category: int | None = None
        self.page: PlacePage | None = None
        self.table = MonthTable("按月按类别")
        self.years = text_label("", "label", wraps=True)
        self.list = WorkList("在办的件", desk.now, tall=False)
        self.kinds = ChoiceChips("看哪一类", [], numbered=False, small=True)
        self.clusters = ClustersCard(may_open=may_in_hall(Deed.KEEP_TOPICS, desk.person))
        self.findings = NumberedCard("此处的未诉先办")
        self.whistles = NumberedCard("此处的哨单")
        self.neighbours = NeighboursCard()
        self._empty = EmptyState(_NOTHING)
        self._build()
        self._connect()

    def open_site(self, place: int | None, category: int | None) -> None:
        """Show a place; of whose solved cases the neighbours are told, a category may say."""
        self._place, self._category = place, category
        self.page = None
        self.list.set_rows([])
        self.reload()

    def arrive(self) -> None:
        """Read the page again; the keyboard is in the list of the open ones."""
        self.reload()
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on people and places."""
        return "people"

    def reload(self) -> None:
        """Read the page as it is now."""
        if self._place is None:
            self._stack.setCurrentIndex(1)
            return
        asked = (self._place, self._category)
        query = partial(place_page, place=asked[0], category=asked[1])
        self.desk.ask(query, owner=self, done=partial(self._show, asked))
        found = partial(findings_at, place=self._place)
        self.desk.ask(
            found, owner=self, done=lambda all_: self.findings.show_lines(finding_lines(all_))
        )
        called = partial(whistles_of_place, place_id=self._place)
        self.desk.ask(
            called, owner=self, done=lambda all_: self.whistles.show_lines(whistle_lines(all_))
        )

    def _build(self) -> None:
        sizes = tokens().sizes
        self._figures = Card("近 12 个月", note=" ")
        self._figures.body.addWidget(self.table)
        self._figures.body.addWidget(self.years)
        self._open = Card("在办", note=" ")
        self._open.body.addWidget(self.list, 1)
        left = QVBoxLayout()
        left.setSpacing(sizes.gutter)
        left.addWidget(self._figures)
        left.addWidget(self._open, 1)
        panel = QWidget()
        say_state(panel, ground="clear")
        right = QVBoxLayout(panel)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(sizes.gutter)
        right.addWidget(self.clusters)
        right.addWidget(self.findings)
        right.addWidget(self.whistles)
        right.addWidget(self.kinds)
        right.addWidget(self.neighbours)
        right.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName("类别和邻居的同类件")
        scroll.setWidget(panel)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        row.setSpacing(sizes.gutter)
        row.addLayout(left, 60)
        row.addWidget(scroll, 40)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(work)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentIndex(1)

    def _connect(self) -> None:
        self.list.opened.connect(self.case_wanted)
        self.list.passed.connect(self.list.go_on)
        self.neighbours.case_wanted.connect(self.case_wanted)
        self.findings.wanted.connect(self.finding_wanted)
        self.whistles.wanted.connect(self.whistle_wanted)
        self.kinds.chosen.connect(self._on_kind_chosen)
        self.clusters.topic_wanted.connect(self.topic_wanted)
        KeyShortcut(CaseKey.TOPIC, self).pressed.connect(self.clusters.go)
        PaneWalk(self, [self.list, self.clusters, self.kinds, self.neighbours])

    def _show(self, asked: tuple[int, int | None], page: PlacePage | None) -> None:
        if asked != (self._place, self._category):
            return
        self.page = page
        if page is None:
            self._empty.set_sentence(_UNKNOWN)
            self._stack.setCurrentIndex(1)
            return
        where = " · ".join(filter(None, (page.within, page.name, page.community)))
        said = f"共 {page.total} 件" + (f"，{page.still_open} 件在办" if page.still_open else "")
        self.subtitle_changed.emit(f"{where}　{said}")
        self.table.set_lines(page.months, page.lines)
        self.years.setText("　".join(f"{year} 年 {count} 件" for year, count in page.years))
        if self._open.head is not None:
            unseen = page.still_open - len(page.open)
            note = f"{page.still_open} 件" + (f"，{unseen} 件只显示件数" if unseen > 0 else "")
            self._open.head.set_note(note)
        if self._figures.head is not None:
            self._figures.head.set_note(page.name)
        self.list.set_rows([_row(one) for one in page.open])
        kinds = [Choice(line.category, line.name) for line in page.lines if line.category]
        self.kinds.set_choices(kinds)
        self.kinds.set_value(self._category or next((one.id for one in kinds), None))
        self.clusters.show_clusters(page.clusters)
        self.neighbours.show_neighbours(page.neighbours, page.category)
        self._stack.setCurrentIndex(0)

    def _on_kind_chosen(self, category: object) -> None:
        if isinstance(category, int):
            self._category = category
            self.reload()


def _row(one: OpenThere) -> WorkRow:
    wall = in_shanghai(one.received_at)
    return WorkRow(
        one.id,
        f"{wall.year} 年 {wall.month} 月 {wall.day} 日　{one.unit}",
        left=one.number,
        note=label(one.status),
    )
