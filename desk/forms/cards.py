"""Set and draw cards that are hung up (公示卡、连心牌): one, two or four on a sheet of A4.

A card is read from some steps away, so its words are as large as they can be: where there are
many they are set smaller, down to what can still be read. What does not fit even then is refused.
On a card that is wider than high the code square stands at the right of the words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.units import mm

from desk.forms.breaking import Line, break_text, one_line
from desk.forms.definition import CardPart, CardsLayout
from desk.forms.fonts import FontSet, Role
from desk.forms.sheet import PAGE_HEIGHT, PAGE_WIDTH, Sheet
from desk.forms.writers import fill, text
from desk.rules.errors import RuleBroken

_LEADING: Final = 1.4
_CAPTION: Final = 0.62  # of the size of what it stands above
_FOOT: Final = 4 * mm
_FOOT_PT: Final = 9.0
_FOOT_ROOM: Final = 90 * mm
_STEP: Final = 0.95
_THIN, _FRAME = 0.5, 1.0
_NO_SCALE: Final = "a4"
_BESIDE: Final = 44  # mm that words leave at their right for a code square beside them
_STAND: Final = 3  # mm from a code square beside the words to what stands at the foot
_SMALLEST_CODE: Final = 20  # mm; a telephone reads no smaller one from a step away


@dataclass(frozen=True, slots=True)
class _Place:
    """How the cards of a size lie on a sheet, and how much smaller their words are."""

    across: int
    down: int
    scale: float


_PLACES: Final[Mapping[str, _Place]] = {
    "a4": _Place(1, 1, 1.0),
    "a5": _Place(1, 2, 0.68),
    "a6": _Place(2, 2, 0.5),
}


@dataclass(frozen=True, slots=True)
class _Room:
    """How wide a card is inside, and how much smaller its words are."""

    wide: float
    scale: float
    is_wide: bool  # wider than high


@dataclass(frozen=True, slots=True)
class SetPart:
    """A part whose words are broken into lines."""

    part: CardPart
    caption: str
    lines: tuple[Line, ...]
    pt: float
    payload: str
    side: float  # of a code square
    height: float


@dataclass(frozen=True, slots=True)
class SetCards:
    """Cards that are ready to be drawn."""

    layout: CardsLayout
    row: Mapping[str, Any]
    place: _Place
    foot: str
    cards: tuple[tuple[SetPart, ...], ...]


def set_cards(layout: CardsLayout, row: Mapping[str, Any], fonts: FontSet) -> SetCards:
    """Return the cards with all words broken into lines.

    Raises:
        RuleBroken: the words of one do not fit on it.
    """
    place = _PLACES.get(text(row.get("size")) or _NO_SCALE, _PLACES[_NO_SCALE])
    entries = row.get(layout.each)
    listed = entries if isinstance(entries, list | tuple) else ()
    found = [one for one in listed if isinstance(one, Mapping)]
    cards = [{**row, **one} for one in found] or [dict(row)]  # an empty form, to be filled by hand
    foot = one_line(fill(layout.foot, row))
    whole = tuple(_set(layout, one, place, fonts) for one in cards)
    return SetCards(layout, row, place, foot, whole)


def _set(
    layout: CardsLayout, card: Mapping[str, Any], place: _Place, fonts: FontSet
) -> tuple[SetPart, ...]:
    """Return the parts of one card in the largest size that fits."""
    wide, high = _inside(layout, place)
    scale = place.scale
    while True:
        room = _Room(wide, scale, is_wide=wide > high)
        parts = (_part(layout, part, card, fonts, room) for part in layout.parts)
        shown = tuple(part for part in parts if part is not None)
        if sum(part.height for part in shown) <= high:
            return shown
        if all(part.pt <= layout.least_pt for part in shown):
            raise RuleBroken("一块牌卡放不下这么多文字，请减少人员或服务事项，或选大一号的纸。")
        scale *= _STEP


def _inside(layout: CardsLayout, place: _Place) -> tuple[float, float]:
    """Return how much room there is inside the frame of a card."""
    page = layout.page
    wide = PAGE_WIDTH / place.across - (page.left_mm + page.right_mm + 12 * place.scale) * mm
    high = PAGE_HEIGHT / place.down - (page.top_mm + page.bottom_mm + 12 * place.scale) * mm
    return wide, high


def _part(
    layout: CardsLayout, part: CardPart, card: Mapping[str, Any], fonts: FontSet, room: _Room
) -> SetPart | None:
    """Return a part with its words in lines, or None where nothing is to be drawn."""
    pt = max(part.pt * room.scale, layout.least_pt)
    payload = text(card.get(part.key)) if part.kind == "code" else ""
    words = fill(part.words, card).strip()
    is_there = {"code": bool(payload), "rule": True, "words": bool(words)}[part.kind]
    if not is_there or (part.when and not card.get(part.when)):
        return None
    if part.kind == "code":
        side = max(part.mm * room.scale, _SMALLEST_CODE) * mm
        if room.is_wide:  # beside the words: what is below it would have no room
            return SetPart(part, "", (), pt, payload, side, 0)
    else:
        side = 0
    wide = room.wide - (_BESIDE * mm if room.is_wide and not part.centred else 0)
    lines = tuple(break_text(words, fonts.chains[_role(part)], pt, wide)) if words else ()
    height = part.gap_mm * room.scale * mm + len(lines) * pt * _LEADING + side
    if part.caption:
        height += _caption_pt(layout, pt) * _LEADING
    return SetPart(part, part.caption, lines, pt, payload, side, height)


def _role(part: CardPart) -> Role:
    return "heading" if part.bold else "song"


def _caption_pt(layout: CardsLayout, pt: float) -> float:
    return max(pt * _CAPTION, layout.least_pt)


def paint_cards(sheet: Sheet, form: SetCards) -> None:
    """Draw all cards, and the lines along which they are cut."""
    on_sheet = form.place.across * form.place.down
    pages = -(-len(form.cards) // on_sheet)
    for page in range(pages):
        for at, card in enumerate(form.cards[page * on_sheet : (page + 1) * on_sheet]):
            _paint(sheet, form, card, at)
        for line in _cuts(form.place):
            sheet.rule(*line, _THIN)
        left, right = 10 * mm, PAGE_WIDTH - 10 * mm
        sheet.foot(form.row.get("serial"), (page + 1, pages), left, right, _FOOT)
        wide = max(sheet.width(form.foot, "song", _FOOT_PT), 1)
        small = min(_FOOT_PT, _FOOT_PT * _FOOT_ROOM / wide)
        sheet.centred(form.foot, PAGE_WIDTH / 2, _FOOT, "song", small)
        sheet.end_page()


def _cuts(place: _Place) -> Iterator[tuple[float, float, float, float]]:
    if place.down > 1:
        yield 0, PAGE_HEIGHT / 2, PAGE_WIDTH, PAGE_HEIGHT / 2
    if place.across > 1:
        yield PAGE_WIDTH / 2, 0, PAGE_WIDTH / 2, PAGE_HEIGHT


def _paint(sheet: Sheet, form: SetCards, card: tuple[SetPart, ...], at: int) -> None:
    place, page = form.place, form.layout.page
    wide, high = PAGE_WIDTH / place.across, PAGE_HEIGHT / place.down
    left = (at % place.across) * wide + page.left_mm * mm
    low = PAGE_HEIGHT - (at // place.across + 1) * high + page.bottom_mm * mm
    inner_wide, inner_high = _inside(form.layout, place)
    pad = 6 * place.scale * mm
    sheet.frame(left, low, inner_wide + 2 * pad, inner_high + 2 * pad, _FRAME)
    span = (left + pad, inner_wide)
    y = low + pad + inner_high
    for part in (one for one in card if not one.part.at_foot):
        _paint_part(sheet, form, part, span, y)
        y -= part.height
    y = low + pad + sum(one.height for one in card if one.part.at_foot)
    for part in (one for one in card if one.part.at_foot):
        _paint_part(sheet, form, part, span, y)
        y -= part.height


def _paint_part(
    sheet: Sheet, form: SetCards, part: SetPart, span: tuple[float, float], top: float
) -> None:
    """Draw a part whose upper edge, with its gap, is at `top`."""
    x, wide = span
    kind, words = part.part.kind, len(part.lines) * part.pt * _LEADING
    y = top - part.height + words
    if part.caption:
        small = _caption_pt(form.layout, part.pt)
        sheet.text(part.caption, x, y + 0.35 * small, "song", small)
    if kind == "rule":
        sheet.rule(x, y, x + wide, y, _THIN)
    if kind == "code":
        is_beside = not part.height
        in_middle = part.part.centred and not is_beside
        spot = x + (wide - part.side) / 2 if in_middle else x + wide - part.side
        y += _STAND * mm if is_beside else 0
        sheet.code_square(part.payload, spot, y, part.side)
    role = _role(part.part)
    for line in part.lines:
        y -= part.pt * _LEADING
        base = y + 0.32 * part.pt
        if part.part.centred:
            sheet.centred(line.text, x + wide / 2, base, role, part.pt)
        else:
            sheet.text(line.text, x, base, role, part.pt)
