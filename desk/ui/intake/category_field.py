"""The category (类别): three suggestions by digit, everything else from a list."""

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.lookups import CategoryChoice
from desk.rules.suggestions import WordUse
from desk.ui.intake.category_guess import CategoryGuess, Guess
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import FieldState
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_PAUSE_MS = 250
_OTHER = "other"
_NOTE = "按内容推荐，到这一栏按数字键选用"


class CategoryField(QWidget):
    """Suggested categories as chips; “其他…” opens a list of all.

    Signals:
        chosen: another category holds; carries its id, or None.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("类别")
        self._all: dict[int, CategoryChoice] = {}
        self._guess = CategoryGuess(())
        self._guesses: list[Guess] = []
        self._text, self._value = "", 0
        self._after: QWidget | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._suggest)
        self._build()

    def set_categories(
        self,
        categories: Iterable[CategoryChoice],
        use: WordUse | None,
        places: Iterable[str] = (),
    ) -> None:
        """Choose among these; `use` tells what their cases were about, wherever it was."""
        known = list(categories)
        parents = {c.parent_id for c in known}
        self._all = {c.id: c for c in known}
        self._guess = CategoryGuess(known, use, places)
        self.picker.set_items(
            PickItem(c.id, c.path, c.pinyin) for c in known if c.id not in parents
        )
        self._suggest()

    def comes_after(self, widget: QWidget) -> None:
        """Name the field before: new chips would else be the last stops of the Tab key."""
        self._after = widget
        self._put_in_order()

    def follow(self, text: str) -> None:
        """Suggest by this text, a moment after the last stroke."""
        self._text = text
        self._timer.start()

    def value(self) -> int | None:
        """Return the category that holds."""
        return self._value or None

    def set_value(self, category: int | None) -> None:
        """Let a category hold that was chosen before."""
        self._value = category or 0
        self.picker.hide()
        self.picker.set_value(None)
        self._show_chips()
        self._say_problem("")

    def likeliest(self, text: str) -> int | None:
        """Return the category that fits a text best, for whoever has no time to choose."""
        guesses = self._guess.suggest(text)
        return guesses[0].category if guesses else None

    def path(self, category: int | None) -> str:
        """Return a category as it is shown."""
        return self._all[category].path if category in self._all else ""

    def set_state(self, state: FieldState) -> None:
        """Say what is wrong."""
        self._say_problem(state.sentence)

    def suggestions(self) -> list[str]:
        """Return what is suggested now."""
        return [guess.path for guess in self._guesses]

    def _build(self) -> None:
        name = text_label("类别", "label")
        self._note = text_label(_NOTE, "hint")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(name)
        head.addWidget(self._note)
        head.addStretch()
        self.chips = ChoiceChips("类别", parent=self)
        self.picker = PickerField("其他类别", hint="写几个字或拼音首字母", parent=self)
        self.picker.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.chips)
        layout.addWidget(self.picker)
        self.chips.chosen.connect(self._on_chip_chosen)
        self.picker.chosen.connect(self._on_picked)
        self.setFocusProxy(self.chips)

    def _suggest(self) -> None:
        self._guesses = list(self._guess.suggest(self._text))
        self._show_chips()

    def _show_chips(self) -> None:
        """Show the suggestions; what was chosen stays among them, and keeps its place."""
        offered = [guess.category for guess in self._guesses]
        if self._value and self._value not in offered:
            offered = [self._value, *offered][: max(len(offered), 1)]
        choices = [Choice(c, self._all[c].path) for c in offered if c in self._all]
        shown = [chip.choice for chip in self.chips.chips()]
        wanted = [*choices, Choice(_OTHER, "其他…")]
        if shown != wanted:
            had_focus = any(chip.hasFocus() for chip in self.chips.chips())
            self.chips.set_choices(wanted)
            self._put_in_order()
            if had_focus:
                self.chips.setFocus()
        self.chips.set_value(self._value or None)
        reason = next((g.reason for g in self._guesses if g.category == self._value), "")
        if not self._note.property("state"):
            self._note.setText(reason or _NOTE)

    def _put_in_order(self) -> None:
        before = self._after
        for chip in self.chips.chips():
            if before is not None:
                QWidget.setTabOrder(before, chip)
            before = chip

    def _on_chip_chosen(self, chosen: object) -> None:
        if chosen == _OTHER:
            self.chips.set_value(self._value or None)
            self.picker.show()
            self.picker.setFocus()
            self.picker.open_list()
            return
        if isinstance(chosen, int):
            self._hold(chosen)

    def _on_picked(self, chosen: object) -> None:
        if isinstance(chosen, int):
            self._hold(chosen)
            self.picker.hide()
            self.chips.setFocus()

    def _hold(self, category: int) -> None:
        self._value = category
        self._say_problem("")
        self._show_chips()
        self.chosen.emit(category)

    def _say_problem(self, sentence: str) -> None:
        self._note.setText(sentence or _NOTE)
        say_state(self._note, state="bad" if sentence else "")
