"""The filters above the board (筛选栏) and the figures at their right."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QMenu, QWidget

from desk.queries.board_words import TAGS
from desk.queries.case_board import BoardCounts
from desk.queries.lookups import CategoryChoice, UnitChoice
from desk.rules.codes import UnitKind, Urgency
from desk.rules.wording import choices
from desk.ui.board.narrowing import SCOPES, Narrowing, Scope
from desk.ui.icons import icon
from desk.ui.keys import BoardKey
from desk.ui.theme import THEME, say_state, tokens
from desk.ui.widgets.buttons import FilterButton
from desk.ui.widgets.cards import text_label

_ANY = "不限"
_GAP = 8
_TITLES = {
    "scope": "只看",
    "urgency": "级别",
    "community": "社区",
    "category": "类别",
    "lead_unit": "承办",
    "tag": "标签",
}
Option = tuple[str, object, Sequence["Option"]]


class Figure(QWidget):
    """A figure with its name, and a shape where it means that something burns."""

    def __init__(self, name: str, mark: str = "", ink: str = "") -> None:
        super().__init__()
        self._name, self._mark_name, self._ink = name, mark, ink
        self._mark, self._number = QLabel(), text_label("0", "figure")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        if mark:
            row.addWidget(self._mark)
            say_state(self._number, state="bad" if ink == "over" else "warn")
        row.addWidget(text_label(name, "label"))
        row.addWidget(self._number)
        self._show_mark()
        THEME.changed.connect(self._show_mark)

    def set_number(self, number: int) -> None:
        """Show another number."""
        self._number.setText(str(number))
        self.setAccessibleName(f"{self._name} {number} 件")

    def number(self) -> int:
        """Return the number shown."""
        return int(self._number.text())

    def _show_mark(self) -> None:
        if self._mark_name:
            side = tokens().sizes.icon_small + 2
            self._mark.setPixmap(icon(self._mark_name, self._ink).pixmap(side, side))


class FilterBar(QWidget):
    """Six filters that combine, those that have a name, four figures.

    Signals:
        chosen: a part of the filter was changed; carries its name and value (a tag's value is
            a pair: the tag, and whether it is left out).
        layout_chosen: board or table; carries whether it is the table.
    """

    chosen = Signal(str, object)
    layout_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrowing = Narrowing()
        self._options: dict[str, Sequence[Option]] = {
            "scope": [(words, scope, ()) for scope, words in SCOPES.items()],
            "urgency": [(_ANY, None, ()), *((word, code, ()) for code, word in choices(Urgency))],
            "community": [],
            "category": [],
            "lead_unit": [],
            "tag": _tag_options(),
        }
        self._buttons = {name: FilterButton(title) for name, title in _TITLES.items()}
        self.named = FilterButton("常用筛选", "", key=BoardKey.NAMED_FILTERS)
        self.late = Figure("超期", "error", "over")
        self.soon = Figure("将到", "warning", "near")
        self.new, self.closed = Figure("今日新收"), Figure("今日办结")
        self._layout = FilterButton("看成", "看板")
        self._is_table = False
        self._build()
        self.show_narrowing(self._narrowing)
        self.setFocusProxy(self._buttons["scope"])

    def set_units(self, units: Iterable[UnitChoice]) -> None:
        """Offer the communities, and every unit that can lead."""
        known = list(units)
        skipped = {UnitKind.STREET, UnitKind.GRID}
        self._options["community"] = [
            (_ANY, None, ()),
            *((u.short_name, u.id, ()) for u in known if u.kind is UnitKind.COMMUNITY),
        ]
        self._options["lead_unit"] = [
            (_ANY, None, ()),
            *((u.short_name, u.id, ()) for u in known if u.kind not in skipped),
        ]
        self.show_narrowing(self._narrowing)

    def set_categories(self, categories: Iterable[CategoryChoice]) -> None:
        """Offer the categories; a whole branch can be chosen too."""
        known = list(categories)
        branches: list[Option] = []
        for top in known:
            if top.parent_id is not None:
                continue
            below: list[Option] = [(c.name, c.id, ()) for c in known if c.parent_id == top.id]
            whole: list[Option] = [(f"{top.name}（全部）", top.id, ()), *below]
            branches.append((top.name, top.id, whole if below else ()))
        self._options["category"] = [(_ANY, None, ()), *branches]
        self.show_narrowing(self._narrowing)

    def show_narrowing(self, narrowing: Narrowing) -> None:
        """Show what the board is narrowed to."""
        self._narrowing = narrowing
        for name, button in self._buttons.items():
            value = self._value(name)
            is_plain = value in (None, Scope.OPEN)
            words = _words(self._options[name], value) or _ANY
            button.set_value(words, active=not is_plain)

    def show_counts(self, counts: BoardCounts) -> None:
        """Show the figures."""
        self.late.set_number(counts.overdue)
        self.soon.set_number(counts.due_soon)
        self.new.set_number(counts.received_today)
        self.closed.set_number(counts.closed_today)

    def show_layout(self, *, is_table: bool) -> None:
        """Show whether cards or lines are seen."""
        self._is_table = is_table
        self._layout.set_value("表格" if is_table else "看板", active=False)

    def button(self, name: str) -> FilterButton:
        """Return the button of one part of the filter."""
        return self._buttons[name]

    def minimumSizeHint(self) -> QSize:
        """Need room for the filters; the figures stand below them where there is no more."""
        return QSize(self._filters.sizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the figures beside the filters, or below."""
        super().resizeEvent(event)
        both = self._filters.sizeHint().width() + self._figures.sizeHint().width() + _GAP
        ways = QBoxLayout.Direction
        self._rows.setDirection(ways.LeftToRight if both <= self.width() else ways.TopToBottom)

    def _build(self) -> None:
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(_GAP)
        self._filters, self._figures = QHBoxLayout(), QHBoxLayout()
        for name, button in self._buttons.items():
            button.clicked.connect(lambda _on=False, n=name: self._open(n))
            self._filters.addWidget(button)
        self._filters.addWidget(self.named)
        self._filters.addStretch()
        self._figures.addStretch()
        for figure in (self.late, self.soon, self.new, self.closed):
            self._figures.addWidget(figure)
            self._figures.addSpacing(4)
        self._figures.addWidget(self._layout)
        for row in (self._filters, self._figures):
            row.setSpacing(_GAP)
            self._rows.addLayout(row)
        self._layout.clicked.connect(lambda: self.layout_chosen.emit(not self._is_table))

    def _value(self, name: str) -> object:
        if name == "tag":
            tag = self._narrowing.tag
            return None if tag is None else (tag, self._narrowing.leaves_tag_out)
        value: object = getattr(self._narrowing, name)
        return value

    def _open(self, name: str) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(_TITLES[name])

        def choose(value: object) -> None:
            self.chosen.emit(name, value)

        _fill(menu, self._options[name], self._value(name), choose)
        button = self._buttons[name]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def _fill(
    menu: QMenu, options: Sequence[Option], value: object, choose: Callable[[object], None]
) -> None:
    for words, own, below in options:
        if below:
            _fill(menu.addMenu(words), below, value, choose)
            continue
        action = QAction(words, menu)
        action.setCheckable(True)
        action.setChecked(own == value)
        action.triggered.connect(lambda _on=False, v=own: choose(v))
        menu.addAction(action)


def _words(options: Sequence[Option], value: object) -> str:
    for words, own, below in options:
        if own == value:
            return words
        found = _words(below, value)
        if found:
            return found
    return ""


def _tag_options() -> list[Option]:
    return [
        (_ANY, None, ()),
        *((words, (tag, False), ()) for tag, words in TAGS.items()),
        *((f"不含{words}", (tag, True), ()) for tag, words in TAGS.items()),
    ]
