"""A card whose rows are made anew with every answer."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.ui.widgets.cards import Card


class RowsCard(Card):
    """A card with a column of rows; whoever makes one puts `rows` where they belong in `body`."""

    def __init__(self, head: str, *, note: str = " ", parent: QWidget | None = None) -> None:
        super().__init__(head, note=note, parent=parent)
        self.rows = QWidget(self)

    def fresh_rows(self, spacing: int = 4) -> QVBoxLayout:
        """Return an empty column in the place of the rows before."""
        at = self.body.indexOf(self.rows)
        self.body.removeWidget(self.rows)
        self.rows.hide()
        self.rows.deleteLater()
        self.rows = QWidget(self)
        column = QVBoxLayout(self.rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing)
        self.body.insertWidget(at, self.rows)
        return column
