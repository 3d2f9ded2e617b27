"""Who speaks now (说话人): one chip each with its key; whoever is written down is filled."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk.ui.keys import RecordKey, shown
from desk.ui.mediation.record_blocks import Speaker
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.flow_layout import FlowLayout
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import (
    edge,
    key_cap_width,
    paint_box,
    paint_key_cap,
    paint_text,
    text_width,
)

SPEAKER_KEYS = (
    RecordKey.SPEAKER_1,
    RecordKey.SPEAKER_2,
    RecordKey.SPEAKER_3,
    RecordKey.SPEAKER_4,
    RecordKey.SPEAKER_5,
    RecordKey.SPEAKER_6,
    RecordKey.SPEAKER_7,
)
_PAD = 10.0
_GAP = 8.0


class SpeakerChip(PaintedButton):
    """One speaker: name, role, key."""

    def __init__(self, speaker: Speaker, key: str) -> None:
        super().__init__(speaker.name)
        self.speaker, self._key = speaker, key
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(f"{speaker.role} {speaker.name}")
        if key:
            self.setAccessibleDescription(f"快捷键 {shown(key)}")

    def sizeHint(self) -> QSize:
        """Return the room for name in bold, role and key."""
        look = tokens()
        width = text_width(look.font(Type.BODY, bold=True), self.speaker.name) + 2 * _PAD + _GAP
        width += text_width(look.font(Type.LABEL), self.speaker.role)
        if self._key:
            width += key_cap_width(look, self._key) + _GAP
        return QSize(round(width + 2), look.sizes.button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name, role and key; the plum ground is that of mediation."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        is_on = self.isChecked()
        fill = look.plum_tint if is_on else look.surface
        if self.underMouse() and not is_on:
            fill = mixed(fill, look.text, 0.05)
        paint_box(painter, area, fill, edge(look.plum, 2.0) if is_on else edge(look.edge))
        font = look.font(Type.BODY, bold=is_on)
        wide = text_width(look.font(Type.BODY, bold=True), self.speaker.name)
        left = area.left() + _PAD
        spot = QRectF(left, area.top(), wide + 1, area.height())
        paint_text(painter, spot, self.speaker.name, font, look.plum if is_on else look.text)
        left += wide + _GAP
        small = look.font(Type.LABEL)
        role = text_width(small, self.speaker.role)
        spot = QRectF(left, area.top(), role + 1, area.height())
        paint_text(painter, spot, self.speaker.role, small, look.text2)
        if self._key:
            cap = key_cap_width(look, self._key)
            spot = QRectF(left + role + _GAP, area.top(), cap, area.height())
            paint_key_cap(painter, spot, self._key, look)
        painter.end()


class SpeakerRow(QWidget):
    """All who speak; a key or a press begins what one of them says next.

    Args:
        host: inside it the keys work, wherever the keyboard is.

    Signals:
        wanted: somebody speaks now; carries the name.
    """

    wanted = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__()
        self.chips: list[SpeakerChip] = []
        self._row = FlowLayout(self, gap=8)
        self.setAccessibleName("说话人")
        for at, key in enumerate(SPEAKER_KEYS):
            KeyShortcut(key, host).pressed.connect(lambda at=at: self._press(at))

    def show_speakers(self, speakers: Sequence[Speaker]) -> None:
        """Offer these people, in the order of their keys."""
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for at, speaker in enumerate(speakers):
            chip = SpeakerChip(speaker, SPEAKER_KEYS[at] if at < len(SPEAKER_KEYS) else "")
            chip.clicked.connect(lambda _on=False, name=speaker.name: self.wanted.emit(name))
            self._row.addWidget(chip)
            self.chips.append(chip)

    def mark(self, name: str) -> None:
        """Fill the chip of whoever's words are written now."""
        for chip in self.chips:
            chip.setChecked(chip.speaker.name == name)

    def _press(self, at: int) -> None:
        if at < len(self.chips) and self.isVisible():
            self.wanted.emit(self.chips[at].speaker.name)
