"""The themes keep their promises: contrast, shape before colour, one place for every colour."""

import dataclasses
import re
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter, QPalette
from PySide6.QtWidgets import QLabel

from desk.rules.clock_faces import ClockFace, ClockState
from desk.ui import theme
from desk.ui.icons import icon, icon_names
from desk.ui.theme import THEMES, Type, apply_theme, load_tokens, stylesheet_of, tokens
from desk.ui.widgets.clock_paint import paint_clock_chip
from tests.ui.contrast import luminance, ratio


def painted(face, look):
    picture = QImage(160, 24, QImage.Format.Format_RGB32)
    picture.fill(look.surface)
    painter = QPainter(picture)
    paint_clock_chip(painter, QRectF(0, 0, 160, 24), face, look)
    painter.end()
    return picture.convertToFormat(QImage.Format.Format_Grayscale8)


def difference(one, other):
    """Return how many pixels differ clearly."""
    return sum(
        abs(QColor(one.pixel(x, y)).red() - QColor(other.pixel(x, y)).red()) > 40
        for x in range(one.width())
        for y in range(one.height())
    )


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_every_ground_it_stands_on(name):
    look = load_tokens(name)
    pairs = [
        (text, ground)
        for text in ("text", "text2", "text3", "accent")
        for ground in ("window", "surface", "sunken", "column")
    ]
    pairs += [
        ("on_accent", "accent"),
        ("accent", "accent_tint"),
        ("text", "accent_tint"),
        ("plum", "plum_tint"),
        ("on_accent", "plum"),
        ("nav_text", "nav"),
        ("nav_text", "nav_sel"),
        ("nav_text2", "nav"),
        ("nav_text2", "nav_sel"),
    ]
    poor = {
        pair: round(ratio(getattr(look, pair[0]), getattr(look, pair[1])), 2)
        for pair in pairs
        if ratio(getattr(look, pair[0]), getattr(look, pair[1])) < 4.5
    }
    assert poor == {}


@pytest.mark.parametrize("name", THEMES)
def test_every_clock_can_be_read_on_its_tint(name):
    look = load_tokens(name)
    assert {s for s, c in look.clocks.items() if ratio(c.text, c.tint) < 4.5} == set()
    assert set(look.clocks) == set(ClockState)


@pytest.mark.parametrize("name", THEMES)
def test_edges_of_controls_stand_out_from_every_ground(name):
    look = load_tokens(name)
    assert ratio(look.edge, look.surface) >= 3
    assert ratio(look.edge, look.window) >= 3
    assert ratio(look.accent, look.window) >= 3


@pytest.mark.parametrize(
    ("token", "light", "dark", "contrast"),
    [
        ("text", 16.3, 13.5, 21),
        ("text2", 8.0, 9.0, 21),
        ("text3", 5.7, 6.5, 16.5),
        ("accent", 7.0, 7.1, 10.2),
        ("plum", 7.3, 7.3, 11.7),
        ("edge", 3.5, 4.0, 21),
    ],
)
def test_the_ratios_are_those_of_the_design(token, light, dark, contrast):
    for name, wanted in zip(THEMES, (light, dark, contrast), strict=True):
        look = load_tokens(name)
        assert ratio(getattr(look, token), look.surface) == pytest.approx(wanted, abs=0.06)


@pytest.mark.parametrize("name", THEMES)
def test_chips_differ_when_painted_in_grey_and_even_without_any_colour(name, qapp):
    look = load_tokens(name)
    one = look.clocks[ClockState.WARN]
    plain = dataclasses.replace(look, clocks=dict.fromkeys(ClockState, one))
    for shades in (look, plain):
        chips = {s: painted(ClockFace("办理", s, "剩 1 时", ""), shades) for s in ClockState}
        for first, second in combinations(ClockState, 2):
            assert difference(chips[first], chips[second]) > 8, (first, second)


def test_only_an_overdue_clock_is_painted_on_a_solid_ground(qapp):
    look = load_tokens("light")
    solid = [s for s, c in look.clocks.items() if luminance(c.tint) < 0.5]
    assert solid == [ClockState.OVER]


@pytest.mark.parametrize("name", THEMES)
def test_the_stylesheet_is_complete(name):
    sheet = stylesheet_of(load_tokens(name))
    assert "$" not in sheet
    assert load_tokens(name).accent.name() in sheet
    for path in re.findall(r'url\("([^"]+)"\)', sheet):
        assert "currentColor" not in Path(path).read_text(encoding="utf-8")


def test_larger_type_makes_everything_that_holds_text_higher(qapp):
    usual, large = load_tokens("light"), load_tokens("light", large=True)
    assert large.points(Type.BODY) == usual.points(Type.BODY) + 1.5
    assert large.sizes.field > usual.sizes.field
    assert large.sizes.gutter == usual.sizes.gutter


def test_applying_a_theme_changes_palette_font_and_painters(qapp):
    apply_theme(qapp, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Base) == load_tokens("dark").surface
    assert tokens().name == "dark"
    assert qapp.font().pointSizeF() == 10.5
    assert qapp.style().name() in {"fusion", ""}  # a stylesheet wraps the style


def test_the_bundled_font_is_known_and_shows_chinese(qapp):
    assert "Noto Sans SC" in QFontDatabase.families()
    assert qapp.font().family() == "Noto Sans SC"


def test_labels_take_their_size_from_their_role(qtbot):
    label = QLabel("看板")
    qtbot.addWidget(label)
    theme.say_state(label, role="title")
    label.ensurePolished()
    assert label.font().pointSizeF() == 15
    assert label.font().bold()


def test_an_unknown_token_is_refused():
    with pytest.raises(KeyError):
        load_tokens("light").colour("label")


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_is_drawn_in_one_colour_on_the_grid(name, qapp):
    drawn = (theme.RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 20 20"' in drawn
    assert 'stroke-width="1.6"' in drawn
    assert "#" not in drawn
    picture = icon(name, "accent").pixmap(18, 18).toImage()
    inked = [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() > 128
    ]
    assert len(inked) > 6
    ink = picture.pixelColor(*max(inked, key=lambda at: picture.pixelColor(*at).alpha()))
    wanted = tokens().accent
    assert abs(ink.red() - wanted.red()) + abs(ink.blue() - wanted.blue()) < 30
