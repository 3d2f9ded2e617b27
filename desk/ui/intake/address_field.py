"""The address as it is told (地址): free words in which the hall's estates are recognised."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from desk.queries.lookups import PlaceChoice
from desk.ui.widgets.checked_field import Check, FieldState
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_HINT = "写小区名或拼音首字母，带出社区和网格"
_BORDER = "这里是交界地段，请先核实点位再定社区。"
_UNKNOWN = "没有认出小区；照样能保存，社区由信联办补上。"
Chips = Iterable[tuple[str, str]]


class AddressField(PickerField):
    """A field for any address; an estate found in it, or picked by its initials, is its value.

    `chosen` carries the id of the estate, or None.
    """

    stays_after_list = True  # building and door follow the estate

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("地址", numbered=False, parent=parent)
        self.set_beside(_HINT)
        self._places: dict[int, PlaceChoice] = {}
        self._items: dict[int, PickItem] = {}
        self._chips_of: Callable[[PlaceChoice], Chips] = lambda _place: ()

    def set_places(
        self, places: Iterable[PlaceChoice], chips_of: Callable[[PlaceChoice], Chips]
    ) -> None:
        """Offer these estates; `chips_of` says what each brings with it."""
        by_length = sorted(places, key=lambda place: -len(place.name))
        self._places = {place.id: place for place in by_length}
        self._items = {p.id: PickItem(p.id, p.name, p.pinyin) for p in by_length}
        self._chips_of = chips_of
        self.set_items(sorted(self._items.values(), key=lambda item: item.label))
        self._recognise(self.text())

    def place(self) -> PlaceChoice | None:
        """Return the estate that the address lies in."""
        wanted = self.value()
        return self._places.get(wanted) if isinstance(wanted, int) else None

    def _on_changed(self, text: str) -> None:
        self._recognise(text)
        if self._value is None and self.edit.hasFocus() and text.strip():
            self._show(self._list.matching(text))
        else:
            self.close_list()

    def _recognise(self, text: str) -> None:
        found = next((self._items[p.id] for p in self._places.values() if p.name in text), None)
        if found is self._value:
            return
        self._value = found
        place = self.place()
        self.set_chips(self._chips_of(place) if place is not None else ())
        self.chosen.emit(found.id if found is not None else None)

    def _take(self, item: PickItem | None) -> None:
        """Write the estate into the line; the clerk goes on with building and door."""
        self.close_list()
        if item is not None:
            self.edit.setText(item.label)
            self.close_list()

    def _show(self, items: Iterable[PickItem]) -> None:
        super()._show(items)
        if self._popup is not None and not self.text().strip().isascii():
            # words are an answer in themselves: Enter goes on and takes nothing from the list
            self._popup.setCurrentIndex(self._rows.index(-1))

    def _settle(self) -> None:
        """On leaving, initials that can mean one estate only become its name."""
        self.close_list()
        typed = self.text().strip()
        fitting = self._list.matching(typed) if typed and typed.isascii() else []
        if len(fitting) == 1:
            self._take(fitting[0])

    def _judge(self, text: str) -> FieldState:
        place = self.place()
        if place is not None and place.is_border:
            return FieldState(Check.WARN, _BORDER)
        if place is None and text.strip():
            return FieldState(Check.PLAIN, _UNKNOWN)
        return FieldState()
