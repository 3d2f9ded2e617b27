"""Mediations (调解): one's own, those to examine, and all one may know of; the file beside them."""

from collections.abc import Callable, Mapping
from functools import partial
from math import ceil
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk.queries.mediation_file import WholeMediation, mediation_file
from desk.queries.mediation_list import MediationRow, mediation_list
from desk.ui.desk import Desk
from desk.ui.keys import ActionKey, GlobalKey, shown
from desk.ui.mediation.right import MediationRight
from desk.ui.mediation.words import list_rows
from desk.ui.mediation.work import MediationWork
from desk.ui.queue_page import lay_out_queue, queue_card
from desk.ui.screen import Screen
from desk.ui.widgets.cards import EmptyState, SectionHead
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList

_LIST, _FILE = 27, 100
_VIEWS: Mapping[str, Callable[[MediationRow], bool]] = MappingProxyType(
    {
        "我的": lambda row: row.is_mine,
        "待审查": lambda row: row.to_examine,
        "全部": lambda _row: True,
    }
)
_EMPTY: Mapping[str, str] = MappingProxyType(
    {
        "我的": "您手里还没有调解。请您做调解员、秘书或协助的，会自动出现在这里。",
        "待审查": "没有等着审查的申请。新登记的会自动出现在这里。",
        "全部": f"还没有调解。按 {shown(ActionKey.MEDIATE)} 登记一件，也可以在案件卷里转来。",
    }
)
_NAMES = tuple(_VIEWS)
_LOOKED = "查阅已记下，时间一到自动收起。"
_GONE = "这件调解已不归您查看。如有需要，请找调委会主任。"


class MediationScreen(Screen):
    """The list at the left, one mediation at the right; what may be done at the foot."""

    title = "调解"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.file: WholeMediation | None = None
        self._rows: tuple[MediationRow, ...] = ()
        self._view, self._has_chosen = 0, False
        self._wanted: int | None = None
        self._asked_for: int | None = None
        self._until = QTimer(self, singleShot=True)
        self.list = WorkList("调解", desk.now, tall=True)
        self.right = MediationRight(desk, self)
        self.page = self.right.page
        self.work = MediationWork(desk, self.right)
        self._build()
        self._connect()

    def arrive(self) -> None:
        """Read the list; the keyboard goes there."""
        self.reload()
        if self.right.is_opening:
            self.right.begin()
        else:
            self.list.setFocus()

    def views(self) -> tuple[str, ...]:
        """Return the three views with their counts."""
        return tuple(f"{name} {len(_of(self._rows, name))}" for name in _NAMES)

    def chosen_view(self) -> int:
        """Return which view is on."""
        return self._view

    def choose_view(self, index: int) -> None:
        """Show another view."""
        self._view, self._has_chosen = index, True
        self._show_list()
        self.list.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on mediations."""
        return "mediation"

    def open_mediation(self, mediation_id: int) -> None:
        """Show this mediation, in the view of all."""
        self._wanted = self._asked_for = mediation_id
        self._view, self._has_chosen = _NAMES.index("全部"), True
        self.reload()

    def ask_by_number(self, number: str = "") -> None:
        """Open the form in which a mediation is asked for by its number and a reason."""
        self.right.ask_by_number(number)

    def reload(self) -> None:
        """Read the list again."""
        query = partial(mediation_list, mediation_id=self._asked_for)
        self.desk.ask(query, owner=self, done=self._show_rows)

    def follow_connection(self, *, is_there: bool) -> None:
        """Offer nothing that cannot wait, while the database is away; panels stay as they are."""
        self.work.follow_connection(is_there=is_there)
        if is_there:
            self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put one layer away with Esc; without one the window goes back."""
        if event.key() == Qt.Key.Key_Escape and not is_composing() and self.right.close_layer():
            self.list.setFocus()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        self._head = SectionHead("调解")
        self._empty = EmptyState("")
        left = queue_card(self._head, self.list)
        parts = ((left, _LIST), (self.right, _FILE))
        self._left = left
        self._stack = lay_out_queue(self, parts, self._empty, self.page.bar)

    def _connect(self) -> None:
        right, page = self.right, self.page
        self.list.chosen.connect(self._ask)
        self.list.opened.connect(lambda _id: page.dispute.focusNextChild())
        self.list.passed.connect(self.list.go_on)
        page.dispute.case_wanted.connect(self.case_wanted)
        page.host.caught_up.connect(self._show_file)
        page.host.done.connect(lambda _panel, _changes: self.list.setFocus())
        right.changed.connect(self._make_room)
        right.registered.connect(
            lambda changes: self._go_on(changes.made["mediation"], _registered(changes))
        )
        right.found.connect(lambda found: self._go_on(found, _LOOKED))
        self._until.timeout.connect(self.reload)
        self.work.said.connect(self.said)
        self.work.booking_wanted.connect(self.booking_wanted)
        self.work.record_wanted.connect(self.record_wanted)
        self.work.read_again.connect(self.reload)
        self.desk.changed.connect(self._on_changed)
        KeyShortcut(GlobalKey.PAPER_PREVIEW, self).pressed.connect(self.work.preview)
        self.list.explain_in(self, self.said.emit)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(right.submit)
        PaneWalk(self, [self.list, right, page.bar])

    def _show_rows(self, rows: tuple[MediationRow, ...]) -> None:
        self._rows = rows
        if not self._has_chosen and not _of(self._rows, _NAMES[self._view]):
            full = (at for at, name in enumerate(_NAMES) if _of(self._rows, name))
            self._view = next(full, self._view)
        self.badge_changed.emit(sum(row.may_read and row.is_open for row in rows))
        self._show_list()

    def _show_list(self) -> None:
        name, before = _NAMES[self._view], self.list.current_id()
        rows = _of(self._rows, name)
        self._head.set_text(name)
        self._head.set_note(f"{len(rows)} 件")
        self._empty.set_sentence(_EMPTY[name])
        self.list.set_rows(list_rows(rows))
        if self._wanted is not None:
            self.list.choose(self._wanted)
            self._wanted = None
        if not rows:
            self.work.take_file(None)
        elif before == self.list.current_id():
            self._ask(before)
        self._make_room()
        self.views_changed.emit()

    def _make_room(self) -> None:
        """Give a wide panel the place of the list; say in words that there is nothing."""
        self._left.setVisible(not (self.right.is_opening or self.page.host.wants_room))
        has_work = bool(_of(self._rows, _NAMES[self._view])) or self.right.is_opening
        self._stack.setCurrentIndex(0 if has_work else 1)

    def _ask(self, mediation_id: int | None) -> None:
        """Read the chosen mediation; a panel that is open for another one is kept as a draft."""
        if mediation_id is None:
            return
        if self.file is not None and self.file.id != mediation_id:
            self.page.host.close_panel()
        query = partial(mediation_file, mediation_id=mediation_id)
        self.desk.ask(query, owner=self, done=self._show_file)

    def _show_file(self, file: WholeMediation | None) -> None:
        self._until.stop()
        if file is None:
            self.file = None
            self.right.say(_GONE)
        elif file.id == self.list.current_id():
            self.file = file
            self.right.show_page()
            if file.look_until is not None:  # what was opened with a reason closes by itself
                self._until.start(ceil((file.look_until - file.read_at).total_seconds() * 1000))
        else:
            return  # answers a question about the one before
        self.work.take_file(self.file)

    def _on_changed(self, changes: Any, _who: object) -> None:
        if changes.mediations or not changes.cases:
            self.reload()

    def _go_on(self, mediation_id: int, sentence: str) -> None:
        """Say what was done without a file, and go on with the file that it led to."""
        self.said.emit(sentence)
        self.open_mediation(mediation_id)
        self.list.setFocus()


def _of(rows: tuple[MediationRow, ...], name: str) -> list[MediationRow]:
    return [row for row in rows if _VIEWS[name](row)]


def _registered(changes: Any) -> str:
    return f"已登记 {changes.made['number']}。问过双方后可以受理。"
