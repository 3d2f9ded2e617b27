"""Small words with a ground of their own (状态、级别、时限、按键): chips and key caps."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk.rules.clock_faces import ClockFace
from desk.rules.codes import Urgency
from desk.rules.wording import label
from desk.ui.keys import shown
from desk.ui.theme import tokens
from desk.ui.widgets.chip_paint import (
    Tone,
    chip_size,
    level_chip_size,
    paint_chip,
    paint_level_chip,
)
from desk.ui.widgets.clock_paint import clock_chip_size, paint_clock_chip
from desk.ui.widgets.painted import Painted
from desk.ui.widgets.painting import key_cap_width, paint_key_cap


class StatusChip(Painted):
    """A status in at most six characters; accent for now, grey for what is past."""

    def __init__(
        self, text: str, tone: Tone = Tone.NOW, *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self.set_status(text, tone)

    def set_status(self, text: str, tone: Tone = Tone.NOW) -> None:
        """Show another status."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return what the chip says."""
        return self._text

    def sizeHint(self) -> QSize:
        """Return the room the words need."""
        return chip_size(self._text, tokens(), self._icon).toSize() + QSize(1, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        size = self.sizeHint()
        area = self.area()
        area.setWidth(min(size.width(), area.width()))
        paint_chip(painter, area, self._text, self._tone, tokens(), self._icon)
        painter.end()


class LevelChip(Painted):
    """The level of a case: 紧急 solid, 快处 outlined, 常态 grey."""

    def __init__(self, urgency: Urgency, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_level(urgency)

    def set_level(self, urgency: Urgency) -> None:
        """Show another level."""
        self._urgency = urgency
        self.setAccessibleName(f"级别 {label(urgency)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room the word needs."""
        return level_chip_size(self._urgency, tokens()).toSize() + QSize(1, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the level."""
        painter = QPainter(self)
        area = self.area()
        area.setWidth(min(self.sizeHint().width(), area.width()))
        paint_level_chip(painter, area, self._urgency, tokens())
        painter.end()


class ClockChip(Painted):
    """One clock: shape, name and time; the tooltip says the rule in one sentence."""

    def __init__(self, face: ClockFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face: ClockFace | None = None
        self.set_face(face)

    @property
    def face(self) -> ClockFace:
        """What the chip shows."""
        assert self._face is not None  # noqa: S101 - set in the constructor
        return self._face

    def set_face(self, face: ClockFace) -> None:
        """Show another face; nothing is painted again when nothing has changed."""
        if face == self._face:
            return
        self._face = face
        self.setAccessibleName(f"{face.name} {face.text}")
        self.setToolTip(face.sentence)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that shape, name and time need."""
        return clock_chip_size(self.face, tokens()).toSize() + QSize(1, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip over the whole width."""
        painter = QPainter(self)
        paint_clock_chip(painter, self.area(), self.face, tokens())
        painter.end()


class KeyCap(Painted):
    """A key as it stands on the keyboard."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(f"按键 {shown(key)}")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Return the room the key's name needs."""
        look = tokens()
        return QSize(round(key_cap_width(look, self._key) + 0.5), look.sizes.badge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = QPainter(self)
        area = self.area()
        area.setWidth(min(self.sizeHint().width(), area.width()))
        paint_key_cap(painter, area, self._key, tokens())
        painter.end()
