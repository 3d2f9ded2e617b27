"""Which ink stands on which ground (对比度): what widgets really paint, judged in every theme.

The walk wears a theme in which no two tokens have the same colour. What is painted then tells its
tokens, and one walk is enough to judge the light, the dark and the high contrast theme.
"""

import dataclasses
import random
from collections import Counter

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPaintDevice, QPaintEngine, QTransform
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QTextEdit,
    QWidget,
)

from desk.ui.theme import THEMES, ClockColours, load_tokens, mixed
from desk.ui.widgets.buttons import ButtonKind, KeyButton

TEXT, LARGE, EDGE = 4.5, 3.0, 3.0  # WCAG 2.2 AA: 1.4.3 and 1.4.11
_LARGE_POINTS, _LARGE_BOLD = 18.0, 14.0
_FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
_WHOLE = 255
_SHARES = (0.05, 0.12, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)  # that painters mix two tokens with
_SEEN = 0.6  # of a word's box: what is covered or scrolled away is not judged


def luminance(colour):
    """Return the relative luminance of WCAG 2."""

    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour.getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    """Return how much two colours differ, from 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def telling_theme():
    """Return the light theme in colours of which each is one token's alone."""
    light, dice = load_tokens("light"), random.Random(7)  # noqa: S311 - no secret

    def own():
        return QColor(*(dice.randrange(20, 236) for _part in range(3)))

    named = {name: own() for name in _colour_names(light)}
    clocks = {state: ClockColours(own(), own()) for state in light.clocks}
    return dataclasses.replace(light, name="telling", clocks=clocks, **named)


def _colour_names(look):
    return [f.name for f in dataclasses.fields(look) if isinstance(getattr(look, f.name), QColor)]


def _colours(look):
    """Return the colours of a theme in an order that is the same for each."""
    found = [(name, getattr(look, name)) for name in _colour_names(look)]
    for state in sorted(look.clocks):
        pair = look.clocks[state]
        found += [(f"{state}.text", pair.text), (f"{state}.tint", pair.tint)]
    return found


class _Ear(QPaintEngine):
    """Hears the words that are painted, and in which ink."""

    def __init__(self):
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.words, self._ink, self._way, self._share = [], QColor(), QTransform(), 1.0

    def begin(self, _device):
        self._ink, self._way, self._share = QColor(), QTransform(), 1.0
        return True

    def end(self):
        return True

    def type(self):
        return QPaintEngine.Type.User

    def updateState(self, state):
        if state.state() & QPaintEngine.DirtyFlag.DirtyPen:
            self._ink = QColor(state.pen().color())
        if state.state() & QPaintEngine.DirtyFlag.DirtyTransform:
            self._way = QTransform(state.transform())
        if state.state() & QPaintEngine.DirtyFlag.DirtyOpacity:
            self._share = state.opacity()

    def drawTextItem(self, at, item):
        if not item.text().strip():
            return
        high = item.ascent() + item.descent()
        box = QRectF(at.x(), at.y() - item.ascent(), item.width(), high)
        font = item.font()
        least = _LARGE_BOLD if font.bold() else _LARGE_POINTS
        wanted = LARGE if font.pointSizeF() >= least else TEXT
        place = self._way.mapRect(box).toAlignedRect()
        ink = QColor(self._ink)
        ink.setAlphaF(ink.alphaF() * self._share)
        self.words.append((item.text(), ink, place, wanted))


def _leave(_engine, *_what):
    """Take no notice of what is no word."""


for _name in ("Pixmap", "TiledPixmap", "Image", "Path", "Polygon", "Rects", "Lines", "Ellipse"):
    setattr(_Ear, f"draw{_name}", _leave)


class _Listening(QPaintDevice):
    """A sheet on which nothing is seen; what is written on it is heard."""

    def __init__(self, size):
        super().__init__()
        self.ear, self._size = _Ear(), size

    def paintEngine(self):
        return self.ear

    def metric(self, which):
        kind = QPaintDevice.PaintDeviceMetric
        return {
            kind.PdmWidth: self._size.width(),
            kind.PdmHeight: self._size.height(),
            kind.PdmWidthMM: self._size.width() // 4,
            kind.PdmHeightMM: self._size.height() // 4,
            kind.PdmNumColors: 2**31 - 1,
            kind.PdmDepth: 32,
            kind.PdmDevicePixelRatio: 1,
            kind.PdmDevicePixelRatioScaled: int(self.devicePixelRatioFScale()),
        }.get(which, 96)


class Judge:
    """Looks at a window that wears the telling theme; a pair of tokens is judged once.

    Attributes:
        look: the theme that the window wears.
        heard: every word that was on the window at the last look.
    """

    def __init__(self):
        self.look, self.heard = telling_theme(), set()
        self._token = {colour.rgb(): at for at, (_n, colour) in enumerate(_colours(self.look))}
        self._names = [name for name, _colour in _colours(self.look)]
        self._themes = {name: [c for _n, c in _colours(load_tokens(name))] for name in THEMES}
        self._ratios, self._mixtures = {}, {}

    def poor(self, window):
        """Return what can hardly be read on the window as it is shown now."""
        seen, found = _Seen(window), set()
        self.heard.clear()
        for one in [window, *window.findChildren(QWidget)]:
            if one.isVisible() and one.isEnabled() and not one.visibleRegion().isEmpty():
                found |= set(self._poor_words(one, seen))
                found |= set(self._poor_edges(one, seen))
        return sorted(found)

    def _poor_words(self, one, seen):
        sheet = _Listening(one.size())
        one.render(sheet, QPoint(), one.visibleRegion(), QWidget.RenderFlag(0))
        shown = one.visibleRegion().boundingRect()
        self.heard.update(words for words, *_how in sheet.ear.words)
        for words, ink, box, wanted in sheet.ear.words:
            inside = box.intersected(shown)
            if inside.width() * inside.height() < _SEEN * box.width() * box.height():
                continue
            ground = seen.ground(one, inside)
            yield from self._judged(f"{_name(one)} “{words[:12]}”", ink, ground, wanted)

    def _poor_edges(self, one, seen):
        place = _edged(one)
        if place is None or place.left() < 0:
            return
        line = [seen.colour(one, QPoint(place.left() + x, place.center().y())) for x in range(4)]
        ground = seen.colour(one, QPoint(place.left() - 2, place.center().y()))
        if not one.visibleRegion().contains(QPoint(place.left(), place.center().y())):
            return
        known = [colour for colour in line if colour is not None and colour.rgb() in self._token]
        if ground is None or not known:
            return
        best = max(known, key=lambda colour: self._least(colour, ground))
        yield from self._judged(f"{_name(one)} 的边", best, ground, EDGE)

    def _judged(self, what, ink, ground, wanted):
        for theme, value in self._by_theme(ink, ground).items():
            if value < wanted:
                yield f"{what}: {self._pair(ink, ground)} {theme} {value:.2f} < {wanted}"

    def _least(self, ink, ground):
        return min(self._by_theme(ink, ground).values())

    def _by_theme(self, ink, ground):
        pair = ink.rgba(), ground.rgb()
        if pair not in self._ratios:
            one, other = self._made_of(ink), self._made_of(ground)
            self._ratios[pair] = (
                {"": 0.0}  # no colour of the theme: nobody knows what it is in another one
                if one is None or other is None
                else {
                    name: _blended(look, one, other, ink.alphaF())
                    for name, look in self._themes.items()
                }
            )
        return self._ratios[pair]

    def _made_of(self, colour):
        """Return the tokens that a colour is mixed of, and the second one's share."""
        if (at := self._token.get(colour.rgb())) is not None:
            return at, at, 0.0
        if not self._mixtures:
            own = [c for _name, c in _colours(self.look)]
            self._mixtures |= {
                mixed(one, other, share).rgb(): (at, beside, share)
                for share in _SHARES
                for at, one in enumerate(own)
                for beside, other in enumerate(own)
            }
        return self._mixtures.get(colour.rgb())

    def _pair(self, ink, ground):
        named = (
            self._names[at] if (at := self._token.get(colour.rgb())) is not None else colour.name()
            for colour in (ink, ground)
        )
        return " 在 ".join(named) + ("" if ink.alpha() == _WHOLE else f"（{ink.alphaF():.0%}）")


def _blended(look, ink, ground, alpha):
    """Return the ratio of two mixtures in one theme, where the ink lets some ground through."""
    over, under = (mixed(look[a], look[b], share) for a, b, share in (ink, ground))
    return ratio(mixed(under, over, alpha), under)


class _Seen:
    """The picture of a window: which colours are where."""

    def __init__(self, window):
        self._window = window
        self._picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        self._wide = self._picture.bytesPerLine() // 4
        self._dots = memoryview(self._picture.constBits()).cast("B").cast("I")

    def ground(self, one, box):
        """Return the colour that most of a box has; words cover less than half of theirs."""
        at = one.mapTo(self._window, box.topLeft())
        area = QRect(at, box.size()).intersected(self._picture.rect())
        dots = Counter()
        for row in range(area.top(), area.bottom() + 1):
            begin = row * self._wide + area.left()
            dots.update(self._dots[begin : begin + area.width()].tolist())
        return QColor.fromRgb(dots.most_common(1)[0][0])

    def colour(self, one, spot):
        """Return the colour of one dot of a widget; none outside the window."""
        at = one.mapTo(self._window, spot)
        return self._picture.pixelColor(at) if self._picture.rect().contains(at) else None


def _edged(one):
    """Return the box whose edge says where a control is; none for what needs no edge."""
    if one.parentWidget() is None or isinstance(one.parentWidget(), _FIELDS):
        return None
    if isinstance(one, QCheckBox | QRadioButton):
        option = QStyleOptionButton()
        one.initStyleOption(option)
        box = QStyle.SubElement.SE_CheckBoxIndicator
        if isinstance(one, QRadioButton):
            box = QStyle.SubElement.SE_RadioButtonIndicator
        return one.style().subElementRect(box, option, one)
    if isinstance(one, KeyButton):
        return None if one.kind is ButtonKind.QUIET else one.rect()
    if isinstance(one, QPushButton):
        return None if one.property("kind") == "quiet" or one.isFlat() else one.rect()
    if not isinstance(one, _FIELDS) or one.property("kind") == "bare":
        return None
    is_read = isinstance(one, QLineEdit | QPlainTextEdit | QTextEdit) and one.isReadOnly()
    return None if is_read else one.rect()


def _name(one):
    return f"{type(one.parentWidget()).__name__} > {type(one).__name__}"
