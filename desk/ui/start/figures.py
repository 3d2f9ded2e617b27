"""Large figures with their words (今天的数): each may be pressed to see the cases behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label

_UNDER = 6  # the words above are a button and stand in by so much


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `state` colours it where it should worry (`bad`, `warn`)."""

    value: int | str
    words: str
    detail: str = ""
    state: str = ""


class FiguresCard(Card):
    """Figures in a grid: beside each other, or one line for each.

    Args:
        opens: whether the words of a figure are a button that shows the cases behind it.

    Signals:
        pressed: a figure was pressed; carries its place.
    """

    pressed = Signal(int)

    def __init__(self, head: str, *, columns: int = 4, opens: bool = False) -> None:
        super().__init__(head)
        self._columns, self._opens = columns, opens
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._cells: list[QWidget] = []
        self.body.addLayout(self._grid)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these figures."""
        for old in self._cells:
            old.hide()
            old.deleteLater()
        self._cells = []
        for at, figure in enumerate(figures):
            value = text_label(str(figure.value), "phone")
            say_state(value, state=figure.state)
            value.setAccessibleName(f"{figure.words} {figure.value}")
            words = self._words(figure, at)
            detail = text_label(figure.detail, "caption", wraps=True)
            detail.setParent(self)
            detail.setVisible(bool(figure.detail))
            if self._opens:
                detail.setIndent(_UNDER)
            self._place(at, value, words, detail)
            self._cells += [value, words, detail]

    def texts(self) -> list[str]:
        """Return the figures as they are read out."""
        names = [cell.accessibleName() for cell in self._cells if not isinstance(cell, KeyButton)]
        return [name for name in names if name]

    def _words(self, figure: Figure, at: int) -> QWidget:
        if not self._opens:
            return text_label(figure.words, wraps=True)
        button = KeyButton(figure.words, kind=ButtonKind.QUIET)
        button.setAccessibleName(f"{figure.words} {figure.value} 件，看是哪些")
        button.clicked.connect(lambda: self.pressed.emit(at))
        return button

    def _place(self, at: int, value: QWidget, words: QWidget, detail: QWidget) -> None:
        if self._columns == 1:  # one line for each, its detail below the words
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            said = QVBoxLayout()
            said.setSpacing(0)
            said.addWidget(words, 0, Qt.AlignmentFlag.AlignLeft)
            said.addWidget(detail)
            self._grid.addWidget(value, at, 0, right)
            self._grid.addLayout(said, at, 1)
            self._grid.setColumnStretch(1, 1)
            return
        row, column = divmod(at, self._columns)
        self._grid.addWidget(value, row * 3, column)
        self._grid.addWidget(words, row * 3 + 1, column)
        self._grid.addWidget(detail, row * 3 + 2, column)
        self._grid.setColumnStretch(column, 1)
