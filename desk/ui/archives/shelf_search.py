"""Finding in the archive (查档): by year, by box, by number or words of the heading."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.archives import AskedShelf, Shelf
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_PAUSE_MS = 250
_ALL = 0


class ShelfSearch(QWidget):
    """Three fields above the list; it asks again as soon as one of them rests.

    Signals:
        asked: something else is looked for.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = CheckedField("归档号、编号或标题")
        self.year = PickerField("年份", hint="")
        self.box = PickerField("盒号", hint="")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        for field in (self.words, self.year, self.box):
            column.addWidget(field)
        self._rest = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._rest.timeout.connect(self.asked)
        self.words.changed.connect(lambda _words: self._rest.start())
        for picker in (self.year, self.box):
            picker.chosen.connect(lambda _value: self._rest.start())

    def content(self) -> AskedShelf:
        """Return what is looked for."""
        year, box = self.year.value(), self.box.value()
        return AskedShelf(
            year=int(str(year)) if year else None,
            box=str(box) if box else "",
            words=self.words.text(),
        )

    def offer(self, shelf: Shelf) -> None:
        """Offer the years and boxes that are there."""
        years = [PickItem(_ALL, "所有年份"), *(PickItem(y, f"{y} 年") for y in shelf.years)]
        boxes = [PickItem(_ALL, "所有盒"), *(PickItem(box, box) for box in shelf.boxes)]
        for picker, items in ((self.year, years), (self.box, boxes)):
            chosen = picker.value()
            picker.set_items(items)
            picker.set_value(chosen or _ALL)
