"""Choosing, saving and sharing filters of the board by name (常用筛选), all by keys."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desk.actions.saved_filters import BeginWithFilter, PutFilterFirst, RemoveFilter, SaveFilter
from desk.queries.saved_filters import NamedFilter, NamedFilters, named_filters
from desk.rules.errors import DeskError
from desk.ui.board.ask_row import AskRow
from desk.ui.board.narrowing import Narrowing
from desk.ui.desk import Desk

_SHARED_HINT = "大家可用的，名称和条件同事都看得到，请不要写姓名、电话。"
_DIGITS = 9


class NamedFiltersMenu(QObject):
    """Offers the named filters of the board.

    Args:
        current: returns what the board is narrowed to now.
        ask: the line in which a name is asked for.

    Signals:
        chosen: a filter is to be used; carries its Narrowing.
        named: the filter in use has this name, or none.
        said: a sentence for the status line.
        find_asked: the board is to be searched by words.
    """

    chosen = Signal(object)
    named = Signal(str)
    said = Signal(str)
    find_asked = Signal()

    def __init__(
        self, desk: Desk, current: Callable[[], Narrowing], ask: AskRow, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._current, self._ask, self._over = desk, current, ask, parent
        self.offered = NamedFilters()
        self._removed: NamedFilter | None = None
        self._begins: Callable[[], None] | None = None

    def arrive(self, begin: Callable[[], None]) -> None:
        """Read what is offered; the first time the default is used before the board begins."""
        if self._begins is None:
            self._begins = begin
            self._desk.ask(named_filters, owner=self, done=self._on_first)
        else:
            begin()
            self.read()

    def read(self) -> None:
        """Read again what is offered."""
        self._desk.ask(named_filters, owner=self, done=self._on_read)

    def in_use(self) -> NamedFilter | None:
        """Return the filter that is exactly what the board is narrowed to now."""
        now = self._current()
        return next(
            (one for one in self.offered.filters if Narrowing.of_chosen(one.chosen) == now), None
        )

    def show_name(self) -> None:
        """Tell by which name the present filter goes."""
        used = self.in_use()
        self.named.emit(used.name if used is not None else "")

    def open_at(self, button: QWidget) -> None:
        """Open the menu below its button."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Return what can be chosen now; one's own first, digits choose."""
        menu = QMenu(self._over)
        menu.setAccessibleName("常用筛选")
        used = self.in_use()
        for number, one in enumerate(self.offered.filters, 1):
            digit = f"&{number} " if number <= _DIGITS else ""
            whose = f"（{one.whose}共享）" if one.whose else ""
            use = partial(self.chosen.emit, Narrowing.of_chosen(one.chosen))
            action = _add(menu, f"{digit}{one.name}{whose}", use)
            action.setCheckable(True)
            action.setChecked(one == used)
        menu.addSeparator()
        _add(menu, "在看板里查找…", self.find_asked.emit)
        if used is not None:
            self._add_deeds(menu, used)
        elif self._current().is_active:
            _add(menu, "把现在的条件存为常用…", self.ask_name)
        if self.offered.default is not None:
            _add(menu, "打开看板时不先筛选", partial(self._begin_with, None))
        if self._removed is not None:
            back = RemoveFilter(**self._desk.by_me(), filter=self._removed.id, brings_back=True)
            words = f"恢复刚删的“{self._removed.name}”"
            _add(menu, words, partial(self._do, back, "已恢复。"))
        return menu

    def ask_name(self) -> None:
        """Ask for the name under which the present filter is kept."""
        if not self._current().is_active:
            self.said.emit("现在没有任何筛选条件，先选好条件再存。")
            return
        self._ask.ask("筛选名称", "存", self._save, tick="大家可用", hint=_SHARED_HINT)

    def _add_deeds(self, menu: QMenu, used: NamedFilter) -> None:
        if self.offered.default != used.id:
            _add(menu, f"打开看板时先用“{used.name}”", partial(self._begin_with, used))
        if not used.is_own:
            return
        me = self._desk.by_me()
        share = SaveFilter(
            **me, filter=used.id, name=used.name, chosen=used.chosen, is_shared=not used.is_shared
        )
        words = "不再共享" if used.is_shared else "让大家可用"
        _add(menu, f"“{used.name}”{words}", partial(self._do, share, "已改好。"))
        first = PutFilterFirst(**me, filter=used.id)
        _add(menu, f"“{used.name}”置顶", partial(self._do, first, "已置顶。"))
        _add(menu, f"删除“{used.name}”", partial(self._remove, used))

    def _save(self, name: str, is_shared: bool) -> None:  # noqa: FBT001 - what AskRow gives
        request = SaveFilter(
            **self._desk.by_me(), name=name, chosen=self._current().as_chosen(), is_shared=is_shared
        )
        self._desk.act(request, owner=self, done=self._on_saved, failed=self._on_refused)

    def _on_saved(self, _changes: object) -> None:
        self._ask.put_away()
        self.said.emit("已存为常用筛选，按 F 就能选。")
        self.read()

    def _on_refused(self, error: DeskError) -> None:
        self._ask.refuse(str(error))

    def _remove(self, one: NamedFilter) -> None:
        self._removed = one
        request = RemoveFilter(**self._desk.by_me(), filter=one.id)
        self._do(request, f"已删除“{one.name}”，按 F 可以恢复。")

    def _begin_with(self, one: NamedFilter | None) -> None:
        request = BeginWithFilter(**self._desk.by_me(), filter=one.id if one else None)
        self._do(request, "记住了，下次打开看板就这样。")

    def _do(self, request: Any, said: str) -> None:
        if isinstance(request, RemoveFilter) and request.brings_back:
            self._removed = None

        def done(_changes: Any) -> None:
            self.said.emit(said)
            self.read()

        self._desk.act(request, owner=self, done=done)

    def _on_first(self, offered: NamedFilters) -> None:
        self._on_read(offered)
        default = offered.get(offered.default)
        if default is not None:
            self.chosen.emit(Narrowing.of_chosen(default.chosen))
        elif self._begins is not None:
            self._begins()

    def _on_read(self, offered: NamedFilters) -> None:
        self.offered = offered
        self.show_name()


def _add(menu: QMenu, words: str, done: Callable[[], object]) -> QAction:
    action = QAction(words, menu)
    action.triggered.connect(lambda _on=False: done())
    menu.addAction(action)
    return action
