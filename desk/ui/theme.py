"""The look of the program (配色与字号): named colours, type sizes and heights, applied once.

Colours come from `resources/themes/*.toml`, the one stylesheet from `resources/themes/desk.qss`.
Nothing else in the program names a colour, a pixel size of type or a style.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from desk.rules.clock_faces import ClockState

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
THEMES = ("light", "dark", "contrast")

_UI_FONTS = ("NotoSansSC-Regular.*", "NotoSerifSC-Regular.ttf", "Rare*.ttf")
_FAMILIES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
)
_LARGER = 1.5  # points that “大字” adds: two pixels at 100 %
_BODY = 10.5
_registered: set[Path] = set()
_fonts: dict[tuple[float, bool], QFont] = {}  # by points and weight: painters ask a thousand times
_tinted = QTemporaryDir()


class Type(StrEnum):
    """The type sizes of the design language; the value is the QLabel's `role`."""

    CAPTION = "caption"  # smallest anywhere
    LABEL = "label"
    BODY = "body"
    INPUT = "input"  # fields and long reading
    SECTION = "section"
    TITLE = "title"
    PHONE = "phone"
    STOPWATCH = "stopwatch"
    ACROSS = "across"  # read from the other side of the counter
    ACROSS_NUMBER = "across_number"


_POINTS: Mapping[Type, float] = MappingProxyType(
    {
        Type.CAPTION: 9.0,
        Type.LABEL: 9.75,
        Type.BODY: _BODY,
        Type.INPUT: 11.25,
        Type.SECTION: 12.0,
        Type.TITLE: 15.0,
        Type.PHONE: 21.0,
        Type.STOPWATCH: 34.5,
        Type.ACROSS: 30.0,
        Type.ACROSS_NUMBER: 60.0,
    }
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Heights, radii and gaps in device-independent pixels, for the type size in use."""

    chip: int = 20
    clock_chip: int = 24
    filter: int = 30
    button: int = 36
    field: int = 38
    action: int = 40
    exit: int = 84
    row: int = 36
    row_compact: int = 30
    card: int = 118
    clocks_strip: int = 64
    top_bar: int = 52
    action_bar: int = 66
    status_line: int = 26
    text_line: int = 26
    navigation: int = 152
    navigation_folded: int = 56
    badge: int = 18
    icon: int = 18
    icon_small: int = 14
    margin: int = 16
    gutter: int = 12

    def scaled(self, factor: float) -> "Sizes":
        """Return the same sizes for larger type; the gaps stay."""
        grown = {f.name: round(getattr(self, f.name) * factor) for f in fields(self)}
        return Sizes(**{**grown, "margin": self.margin, "gutter": self.gutter})


@dataclass(frozen=True, slots=True)
class ClockColours:
    """Text and ground of one clock state."""

    text: QColor
    tint: QColor


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme: what painters, delegates and icons are handed."""

    name: str
    label: str
    window: QColor
    surface: QColor
    sunken: QColor
    line: QColor
    edge: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    on_accent: QColor
    accent_tint: QColor
    plum: QColor
    plum_tint: QColor
    nav: QColor
    nav_text: QColor
    nav_text2: QColor
    nav_sel: QColor
    column: QColor
    clocks: Mapping[ClockState, ClockColours]
    sizes: Sizes = Sizes()
    larger: float = 0.0

    def colour(self, token: str) -> QColor:
        """Return the colour of `token`: a field's name, or a clock state such as `over`.

        `over` and its like name the text colour on the state's own ground, except that for
        `over`, `bad` and `danger` the solid red itself is meant.
        """
        if token in {"over", "bad", "danger"}:
            return self.clocks[ClockState.OVER].tint
        if token in ClockState.__members__.values():
            return self.clocks[ClockState(token)].text
        found = getattr(self, token)
        if not isinstance(found, QColor):
            raise KeyError(token)
        return found

    def points(self, kind: Type) -> float:
        """Return the point size of `kind` for the type size in use."""
        return _POINTS[kind] + self.larger

    def font(self, kind: Type = Type.BODY, *, bold: bool = False) -> QFont:
        """Return the program's font in the size of `kind`; it is shared, and nobody changes it."""
        key = (self.points(kind), bold)
        if key not in _fonts:
            font = QFont(QApplication.font())
            font.setPointSizeF(key[0])
            font.setBold(bold)
            _fonts[key] = font
        return _fonts[key]


def load_tokens(name: str, *, large: bool = False, folder: Path = RESOURCES) -> Tokens:
    """Read the theme called `name`; `large` is the clerk's wish for larger type (大字)."""
    stored = tomllib.loads((folder / "themes" / f"{name}.toml").read_text(encoding="utf-8"))
    clocks = {
        ClockState(state): ClockColours(QColor(text), QColor(tint))
        for state, (text, tint) in stored["clocks"].items()
    }
    larger = _LARGER if large else 0.0
    return Tokens(
        name=name,
        label=stored["label"],
        **{token: QColor(value) for token, value in stored["colours"].items()},
        clocks=MappingProxyType(clocks),
        sizes=Sizes().scaled((_BODY + larger) / _BODY),
        larger=larger,
    )


class ThemeSwitch(QObject):
    """Remembers the theme in use and says when it changes.

    Signals:
        changed: another theme or type size is in use; what was painted must be painted again.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tokens: Tokens | None = None

    @property
    def tokens(self) -> Tokens:
        """The theme in use; the light one until another is applied."""
        if self._tokens is None:
            self._tokens = load_tokens("light")
        return self._tokens

    def use(self, tokens: Tokens) -> None:
        """Take `tokens` for everything painted from now on."""
        self._tokens = tokens
        self.changed.emit()


THEME = ThemeSwitch()


def tokens() -> Tokens:
    """Return the theme in use."""
    return THEME.tokens


def apply_theme(app: QApplication, name: str, *, large: bool = False) -> Tokens:
    """Give the whole program the theme called `name` and return its tokens."""
    return wear(app, load_tokens(name, large=large))


def wear(app: QApplication, chosen: Tokens) -> Tokens:
    """Give the whole program these colours and sizes."""
    if app.styleSheet() and chosen == THEME.tokens:
        return chosen  # every widget there is would be measured and painted anew for nothing
    register_fonts(RESOURCES / "fonts")
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(_font_of(chosen))
    _fonts.clear()
    app.setPalette(palette_of(chosen))
    app.setStyleSheet(stylesheet_of(chosen))
    THEME.use(chosen)
    return chosen


def register_fonts(folder: Path) -> None:
    """Make the bundled Chinese font, and the rare characters if they are there, known to Qt."""
    for pattern in _UI_FONTS:
        for path in sorted(folder.glob(pattern)):
            if path not in _registered and path.suffix.lower() in {".ttf", ".otf"}:
                _registered.add(path)
                QFontDatabase.addApplicationFont(str(path))


def _font_of(chosen: Tokens) -> QFont:
    font = QFont()
    font.setFamilies(list(_known_first(_FAMILIES)))
    font.setPointSizeF(chosen.points(Type.BODY))
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _known_first(families: Iterable[str]) -> Iterable[str]:
    known = set(QFontDatabase.families())
    return sorted(families, key=lambda family: family not in known)


def palette_of(chosen: Tokens) -> QPalette:
    """Return the palette for everything that the stylesheet does not reach."""
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, chosen.window),
        (role.Base, chosen.surface),
        (role.AlternateBase, chosen.sunken),
        (role.Button, chosen.surface),
        (role.Text, chosen.text),
        (role.WindowText, chosen.text),
        (role.ButtonText, chosen.text),
        (role.PlaceholderText, chosen.text3),
        (role.Highlight, chosen.accent),
        (role.Link, chosen.accent),
        (role.LinkVisited, chosen.accent),
        (role.Accent, chosen.accent),
        (role.HighlightedText, chosen.on_accent),
        (role.Mid, chosen.edge),
        (role.Dark, chosen.edge),
        (role.Light, chosen.surface),
        (role.Midlight, chosen.line),
        (role.ToolTipBase, chosen.text),
        (role.ToolTipText, chosen.surface),
    ):
        palette.setColor(target, colour)
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, chosen.text3)
    return palette


def stylesheet_of(chosen: Tokens, folder: Path = RESOURCES) -> str:
    """Return the one stylesheet of the program, made from its template."""
    template = Template((folder / "themes" / "desk.qss").read_text(encoding="utf-8"))
    words: dict[str, Any] = {
        f.name: getattr(chosen, f.name).name()
        for f in fields(chosen)
        if isinstance(getattr(chosen, f.name), QColor)
    }
    for state, colours in chosen.clocks.items():
        words[f"{state}_text"] = colours.text.name()
        words[f"{state}_tint"] = colours.tint.name()
    for kind in Type:
        words[f"pt_{kind}"] = f"{chosen.points(kind):g}pt"
    for f in fields(chosen.sizes):
        words[f"h_{f.name}"] = getattr(chosen.sizes, f.name)
    sizes = chosen.sizes
    words["h_field_inner"] = sizes.field - 2
    words["h_field_focused"] = sizes.field - 4
    words["h_button_inner"] = sizes.button - 2
    words["h_button_focused"] = sizes.button - 4
    words["accent_hover"] = mixed(chosen.accent, chosen.text, 0.18).name()
    words["scroll"] = mixed(chosen.edge, chosen.surface, 0.4).name()
    words["tick"] = _tinted_file("tick", chosen.on_accent, folder)
    words["arrow_down"] = _tinted_file("fold", chosen.text2, folder)
    return template.substitute(words)


def _tinted_file(name: str, colour: QColor, folder: Path) -> str:
    """Write an icon in its final colour: a stylesheet can only name files."""
    drawn = (folder / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    target = Path(_tinted.filePath(f"{name}-{colour.name()[1:]}.svg"))
    target.write_text(drawn.replace("currentColor", colour.name()), encoding="utf-8")
    return target.as_posix()


def say_state(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties of `widget` and let the stylesheet see what is new."""
    changed = {key: value for key, value in properties.items() if widget.property(key) != value}
    for key, value in changed.items():
        widget.setProperty(key, value)
    if not changed or not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # what was never shown is polished before it is
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return `one` with `share` of `other` mixed in: pressed and hovered grounds."""
    return QColor.fromRgbF(
        one.redF() * (1 - share) + other.redF() * share,
        one.greenF() * (1 - share) + other.greenF() * share,
        one.blueF() * (1 - share) + other.blueF() * share,
    )


def transparent() -> QColor:
    """Return a colour that paints nothing."""
    return QColor(Qt.GlobalColor.transparent)
