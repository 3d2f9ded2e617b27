"""Choosing one of few by a digit (选项条), and ticking with a key beside it (勾选)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk.ui.icons import paint_icon
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.flow_layout import FlowLayout
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import (
    edge,
    key_cap_width,
    paint_box,
    paint_focus,
    paint_key_cap,
    paint_text,
    text_width,
)

_BOX = 18.0
_PAD = 9.0
_GAP = 8.0
_NUMBERED = 9
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


def goes_on(event: QKeyEvent) -> bool:
    """Return whether Enter was pressed alone, which leads to the next field."""
    is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, _KEYPAD)
    return event.key() in _ENTER and is_plain and not is_composing()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of few things to choose from; `count` stands behind the label of a view."""

    id: object
    label: str
    count: int | None = None


class ChoiceChip(PaintedButton):
    """One choice: its number, its label and perhaps a count."""

    def __init__(self, choice: Choice, number: int, *, small: bool) -> None:
        super().__init__(choice.label)
        self.choice, self._number, self._is_small = choice, number, small
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.set_count(choice.count)

    def set_count(self, count: int | None) -> None:
        """Show another count behind the label."""
        self._count = "" if count is None else str(count)
        self.setAccessibleDescription(f"{count} 件" if count is not None else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for number, label and count in bold, so that nothing moves."""
        look = tokens()
        width = text_width(look.font(self._type, bold=True), self.text()) + 2 * _PAD + 4
        if self._number:
            width += _BOX + _GAP
        if self._count:
            width += text_width(look.font(self._type), self._count) + _GAP
        height = look.sizes.filter if self._is_small else look.sizes.button
        return QSize(round(width + 1), height)

    @property
    def _type(self) -> Type:
        return Type.LABEL if self._is_small else Type.BODY

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter once the choice holds."""
        if self.isChecked() and goes_on(event):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip; the chosen one is tinted and has a strong edge."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        is_on = self.isChecked()
        fill = look.accent_tint if is_on else look.surface
        if self.underMouse() and not is_on:
            fill = mixed(fill, look.text, 0.05)
        rim = edge(look.accent, 2.0) if is_on else edge(look.edge)
        paint_box(painter, area, fill, rim)
        left = area.left() + _PAD
        if self._number:
            box = QRectF(left, area.center().y() - _BOX / 2, _BOX, _BOX)
            paint_box(painter, box, look.accent if is_on else look.column, None, 3)
            ink = look.on_accent if is_on else look.text2
            paint_text(painter, box, str(self._number), look.font(Type.CAPTION), ink, _MIDDLE)
            left += _BOX + _GAP
        ink = look.accent if is_on else look.text
        font = look.font(self._type, bold=is_on)
        wide = text_width(look.font(self._type, bold=True), self.text())
        words = QRectF(left, area.top(), area.right() - left, area.height())
        paint_text(painter, words, self.text(), font, ink)
        if self._count:
            behind = words.adjusted(wide + _GAP, 0, 0, 0)
            paint_text(
                painter, behind, self._count, look.font(self._type), ink if is_on else look.text2
            )
        if self.hasFocus():
            paint_focus(painter, area.adjusted(2, 2, -2, -2) if is_on else area, look, 4)
        painter.end()


class ChoiceChips(QWidget):
    """A few choices of which one holds; digits and arrows choose while one has the focus.

    Args:
        numbered: whether digits choose; views without digits are `small`.

    Signals:
        chosen: another choice was made by the clerk; carries its id.
    """

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        choices: Sequence[Choice] = (),
        *,
        numbered: bool = True,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._numbered, self._small = numbered, small
        self._chips: list[ChoiceChip] = []
        self._value: object | None = None
        self.setAccessibleName(name)
        self._row = FlowLayout(self, gap=6 if small else 8)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; value and keyboard stay, as far as they can."""
        has_keyboard = any(chip.hasFocus() for chip in self._chips)
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        for at, choice in enumerate(choices):
            number = at + 1 if self._numbered and at < _NUMBERED else 0
            chip = ChoiceChip(choice, number, small=self._small)
            chip.installEventFilter(self)
            chip.clicked.connect(lambda _on=False, c=choice: self._choose(c))
            self._row.addWidget(chip)
            chip.show()  # the layout does so too late: what is hidden has no room and no keyboard
            self._chips.append(chip)
        if not any(choice.id == self._value for choice in choices):
            self._value = None
        self._show_value()
        stop = self.focusProxy()
        if has_keyboard and stop is not None:
            stop.setFocus()

    def value(self) -> object | None:
        """Return the id of the choice that holds."""
        return self._value

    def set_value(self, value: object | None) -> None:
        """Let another choice hold, without a signal."""
        self._value = value
        self._show_value()

    def set_count(self, choice_id: object, count: int | None) -> None:
        """Show how many stand behind a choice."""
        for chip in self._chips:
            if chip.choice.id == choice_id:
                chip.set_count(count)

    def chips(self) -> Sequence[ChoiceChip]:
        """Return the chips from left to right."""
        return tuple(self._chips)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose by digit and arrow."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self._numbered and self._choose_number(event.text()):
                return True
            if event.key() in _STEPS:
                return self._step(watched, _STEPS[Qt.Key(event.key())])
        return super().eventFilter(watched, event)

    def _choose_number(self, text: str) -> bool:
        if len(text) != 1 or text not in "123456789" or int(text) > len(self._chips):
            return False
        chip = self._chips[int(text) - 1]
        chip.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._choose(chip.choice)
        return True

    def _step(self, watched: QObject, by: int) -> bool:
        at = next((n for n, chip in enumerate(self._chips) if chip is watched), 0)
        chip = self._chips[(at + by) % len(self._chips)]
        chip.setFocus(Qt.FocusReason.TabFocusReason)
        self._choose(chip.choice)
        return True

    def _choose(self, choice: Choice) -> None:
        is_other = choice.id != self._value
        self._value = choice.id
        self._show_value()
        if is_other:
            self.chosen.emit(choice.id)

    def _show_value(self) -> None:
        """Check the chip that holds; only that one, or the first, is a stop of the Tab key."""
        held = next((c for c in self._chips if c.choice.id == self._value), None)
        stop = held or (self._chips[0] if self._chips else None)
        for chip in self._chips:
            chip.setChecked(chip is held)
            is_stop = chip is stop
            policy = Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(policy)
        if stop is not None:
            self.setFocusProxy(stop)


class CheckChip(PaintedButton):
    """A box to tick, with its words and the cap of its key."""

    def __init__(self, text: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._key = key
        self.setCheckable(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, as in every other field; the space bar ticks."""
        if goes_on(event):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the room for box, words and key."""
        look = tokens()
        width = _BOX + _GAP + text_width(look.font(Type.BODY), self.text()) + 8
        if self._key:
            width += key_cap_width(look, self._key) + _GAP
        return QSize(round(width + 1), max(look.sizes.filter, 24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, words and key."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        box = QRectF(area.left() + 3, area.center().y() - _BOX / 2, _BOX, _BOX)
        is_on = self.isChecked()
        fill = look.accent if is_on else look.surface
        paint_box(painter, box, fill, edge(look.accent if is_on else look.edge), 3)
        if is_on:
            paint_icon(painter, "tick", box.adjusted(2, 2, -2, -2), look.on_accent)
        ink = look.text if self.isEnabled() else look.text3
        left = box.right() + _GAP
        wide = text_width(look.font(Type.BODY), self.text())
        words = QRectF(left, area.top(), wide + 1, area.height())
        paint_text(painter, words, self.text(), look.font(Type.BODY), ink)
        if self._key:
            cap = key_cap_width(look, self._key)
            spot = QRectF(words.right() + _GAP, area.top(), cap, area.height())
            paint_key_cap(painter, spot, self._key, look)
        if self.hasFocus():
            paint_focus(painter, area, look, 4)
        painter.end()
