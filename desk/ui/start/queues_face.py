"""The first leader's desk (一把手工作台): six counts on top, one queue, one case, few keys.

In the queue of requests Enter signs and the space bar looks on, as on 审签; elsewhere Enter opens.
What needs a word is written in the panel beside the case; nothing written there is lost.
"""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions.assessing import DecideAssessment
from desk.queries.case_file import CaseFile
from desk.queries.leader_queues import LeaderQueues, QueueRow, leader_queues
from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError, StaleCase
from desk.rules.leader_queues import QUEUE_WORDS, LeaderQueue
from desk.ui.case.assessment_panels import asked_words
from desk.ui.case.deed_panel import OnCase
from desk.ui.case.deeds import PANELS, Way, ways_now
from desk.ui.case.panel_host import PanelHost
from desk.ui.desk import Desk
from desk.ui.keys import CaseKey, GlobalKey, ListKey
from desk.ui.start.list_face import ListFace
from desk.ui.start.queue_tiles import QueueTiles, TileItem
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.work_list import WorkRow

Q = LeaderQueue
_GRAVE = frozenset({Q.DOUBLE_NO})
_EMPTY = "这一队现在没有件。按 1–6 看别的队，新件会自动出现。"
_AGREE, _REFUSE = "同意，看下一件", "不同意"
# what fits a queue, the usual thing first; whoever may not do it is not offered it
_FITTING: Mapping[LeaderQueue, tuple[Deed, ...]] = MappingProxyType(
    {
        Q.DOUBLE_NO: (Deed.SUPERVISE, Deed.LEADER_CALL, Deed.MARK_KEY),
        Q.KEY: (Deed.SUPERVISE, Deed.LEADER_CALL, Deed.MARK_KEY),
        Q.HARD: (Deed.SUPERVISE, Deed.LEADER_CALL, Deed.MARK_KEY),
        Q.TO_CALL: (Deed.LEADER_CALL, Deed.SUPERVISE),
        Q.TO_SIGN: (),
        Q.NOT_YES: (Deed.SUPERVISE, Deed.ASK_ASSESSMENT, Deed.LEADER_CALL),
    }
)


class QueuesFace(ListFace):
    """Six queues by their digits; what was done leaves its queue, and the next one is chosen."""

    name, title = "六个队列", "六个队列"
    list_name = "这一队的件"
    empty = _EMPTY

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.host = PanelHost(desk)
        self.tiles = QueueTiles(
            [TileItem(queue, words, queue in _GRAVE) for queue, words in QUEUE_WORDS.items()]
        )
        self.queue: LeaderQueue | None = None
        self._queues: LeaderQueues | None = None
        self._is_acting = False
        super().__init__(desk, parent)
        if Role.CHIEF in desk.person.seeing_roles:
            self.title = "一把手工作台"
        self._asked = text_label("", "reading", wraps=True)
        self._asked.hide()
        self.brief.below.addWidget(self._asked)
        self._lay_out()
        self.tiles.chosen.connect(self.show_queue)
        self.host.opened.connect(self._on_panel)
        self.host.done.connect(lambda _panel, changes: self._tell(changes))
        self.list.chosen.connect(lambda _case: self.host.close_panel())
        KeyShortcut(ListKey.OPEN, self.list).pressed.connect(self._on_enter)
        KeyShortcut(GlobalKey.FINISH, self.host).pressed.connect(self.host.submit)

    def load(self) -> None:
        """Read all six queues."""
        self.desk.ask(leader_queues, owner=self, done=self._show)

    def panes(self) -> list[QWidget]:
        """Return the counts, the list, the case, the panel and the actions."""
        return [self.tiles, self.list, self.brief, self.host, self.bar]

    def show_queue(self, queue: LeaderQueue) -> None:
        """Show another queue; the keyboard goes to its first case."""
        self.queue = queue
        self._fill()
        self.list.setFocus()

    def items(self) -> list[ActionItem]:
        """Offer the one or two things that fit the queue."""
        if self.file is None or self.queue is None:
            return []
        if self.queue is Q.TO_SIGN:
            return self._sign_items(self.file)
        fitting = _FITTING[self.queue]
        ways = {way.deed: way for way in ways_now(self.file, self.desk.person)}
        is_free = self.host.panel is None
        return [
            ActionItem(
                ways[deed].label,
                ways[deed].key,
                partial(self._open, ways[deed]),
                ways[deed].icon,
                is_main=is_free and at == 0,
            )
            for at, deed in enumerate(deed for deed in fitting if deed in ways)
        ]

    def on_file(self, file: CaseFile) -> None:
        """Show the case, and what is asked for about it."""
        super().on_file(file)
        self.host.hide_contact(file)
        pending = file.assessments.pending if self.queue is Q.TO_SIGN else None
        said = "\n".join(asked_words(pending, self.desk.now())) if pending is not None else ""
        self._asked.setText(said)
        self._asked.setVisible(bool(said))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a queue by its digit; Esc puts the panel away and keeps what was written."""
        if is_composing():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and self.host.close_layer():
            self.list.setFocus()
        elif not self.tiles.press(event.text()):
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        sizes = tokens().sizes
        self.columns.addWidget(self.host, 48)
        top = QVBoxLayout()
        top.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, 0)
        top.addWidget(self.tiles)
        whole = self.layout()
        if isinstance(whole, QVBoxLayout):
            whole.insertLayout(0, top)

    def _sign_items(self, file: CaseFile) -> list[ActionItem]:
        pending = file.assessments.pending
        if pending is None or not pending.is_mine:
            return []
        is_free = self.host.panel is None
        return [
            ActionItem(
                _AGREE, GlobalKey.FINISH if is_free else "", self.sign, "sign", is_main=is_free
            ),
            ActionItem(_REFUSE, CaseKey.ASSESS, self._refuse, "return"),
        ]

    def sign(self) -> None:
        """Agree to the request about the chosen case; the next one takes its place."""
        file = self.file
        if file is None or self._is_acting or self.host.panel is not None:
            return
        pending = file.assessments.pending
        if pending is None or not pending.is_mine:
            return
        self._is_acting = True
        head = OnCase(**self.desk.by_me(), case=file.id, seen=file.version)
        request = DecideAssessment(**head, is_passed=True)
        self.desk.act(request, owner=self, done=self._on_signed, failed=self._on_refused)

    def _on_signed(self, changes: Any) -> None:
        self._is_acting = False
        self._tell(changes)

    def _on_refused(self, error: DeskError) -> None:
        self._is_acting = False
        self.said.emit(str(error))
        if isinstance(error, StaleCase):
            self.load()

    def _refuse(self) -> None:
        """Open the panel with the refusal chosen: only its reason is missing."""
        if self.file is not None:
            panel = self.host.open(PANELS[Deed.DECIDE_ASSESSMENT], self.file)
            panel.form.fill({"is_passed": "no"})
            panel.form.entries["note"].focus()

    def _open(self, way: Way) -> None:
        if self.file is not None:
            self.host.open(PANELS[way.deed], self.file, way.option)

    def _on_enter(self) -> None:
        if self.queue is Q.TO_SIGN:
            self.sign()
        else:
            self.list.open_current()

    def _on_panel(self, panel: object) -> None:
        self.offer()
        if panel is None and self.isVisible():
            self.list.setFocus()

    def _tell(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}，已记下。")

    def _show(self, queues: LeaderQueues) -> None:
        self._queues = queues
        for queue, found in queues.queues.items():
            self.tiles.tile(queue).set_count(found.count)
        waiting = sum(found.count for found in queues.queues.values())
        self.badge_changed.emit(waiting)
        self.subtitle_changed.emit(f"{queues.area} · 六队共 {waiting} 件")
        if self.queue is None:  # the first that holds anything; later none is changed unasked
            self.queue = next((one for one in Q if queues.queues[one].count), Q.DOUBLE_NO)
        self._fill()

    def _fill(self) -> None:
        if self._queues is None or self.queue is None:
            return
        found = self._queues.queues[self.queue]
        self.tiles.set_current(self.queue)
        self.head.set_text(QUEUE_WORDS[self.queue])
        more = f"，先列 {len(found.rows)} 件" if found.count > len(found.rows) else ""
        self.head.set_note(f"{found.count} 件{more}")
        self.show_rows([_work_row(row) for row in found.rows])
        signs = self.queue is Q.TO_SIGN and found.count
        self.bar.set_note("列表里按 Enter 同意，空格看下一件" if signs else "")


def _work_row(row: QueueRow) -> WorkRow:
    facts = row.clock.facts if row.clock is not None else None
    left = "　".join(part for part in (f"{row.seq:05}", row.unit, row.why) if part)
    return WorkRow(row.case_id, row.summary, left=left, urgency=row.urgency, facts=facts)
