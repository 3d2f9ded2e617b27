"""Print forms: a frozen row in, a PDF out, the same bytes every time (decision 10)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desk.forms.cards import paint_cards, set_cards
from desk.forms.definition import CardsLayout, Cell, GridLayout
from desk.forms.fonts import FontSet, font_set
from desk.forms.grid import set_grid
from desk.forms.grid_pen import paint_grid
from desk.forms.layouts import load_layout
from desk.forms.letter import paint_letter, set_letter
from desk.forms.sheet import Sheet
from desk.forms.writers import text
from desk.rules.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed form.

    Attributes:
        pdf: the document.
        pages: how many pages it has.
        missing: characters that no face can show; each stands on paper as a box with its code.
        layout_version: which layout set it; stored with the issued paper.
        font_set: which fonts set it; stored with the issued paper.
    """

    pdf: bytes
    pages: int
    missing: tuple[str, ...]
    layout_version: str
    font_set: str


@dataclass(frozen=True, slots=True)
class _SetForm:
    title: str
    version: str
    paint: Callable[[Sheet], None]


def render(
    code: str,
    row: Mapping[str, Any],
    *,
    layout: str | None = None,
    fonts_folder: Path | None = None,
) -> Paper:
    """Print one form.

    Args:
        code: which form, e.g. `intake-sheet`.
        row: what is to be printed, see `rows`.
        layout: the hall's own layout text; None takes the suggested one.
        fonts_folder: where the hall keeps its own fonts; they and the system's official faces
            are then preferred. None uses this program's fonts alone, so that the result
            depends on nothing but row and layout.

    Raises:
        RuleBroken: there is no such form, or the layout cannot be used.
    """
    fonts = font_set(fonts_folder)
    form = _set(code, row, layout, fonts)
    title = f"{form.title} {text(row.get('number'))}".strip()
    return _painted(title, [form], fonts)


def render_waiting_slip(row: Mapping[str, Any], *, fonts_folder: Path | None = None) -> Paper:
    """Print the receipt of an intake that waits at a desk: it bears the temporary number (暂存号).

    It is a slip and no paper of the hall: it has no row of its own, and the receipt that follows
    once the server has the case takes its place.
    """
    layout = load_layout("receipt", None)
    assert isinstance(layout, GridLayout)  # noqa: S101 - ours, and it is one
    waiting = replace(
        layout,
        bands=tuple(replace(band, cells=_without_promise(band.cells)) for band in layout.bands),
        title=f"{layout.title}（暂存）",
        above_right="暂存号：{number}",
        note="本件已受理并存在本机，正式编号以短信或回执为准；凭暂存号也能查到本件。",
    )
    fonts = font_set(fonts_folder)
    grid = set_grid(waiting, row, fonts)
    form = _SetForm(grid.title, waiting.version, lambda sheet: paint_grid(sheet, grid))
    return _painted(f"{grid.title} {text(row.get('number'))}".strip(), [form], fonts)


def _without_promise(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Say where the promised day will stand: it is counted by the server."""
    later = "以正式回执上写的为准"
    return tuple(replace(c, words=later) if "promised_by" in c.words else c for c in cells)


def render_batch(
    papers: Iterable[tuple[str, Mapping[str, Any]]],
    *,
    layouts: Mapping[str, str] | None = None,
    fonts_folder: Path | None = None,
) -> Paper:
    """Print many forms into one document, each with page numbers of its own.

    Raises:
        RuleBroken: the list is empty or names an unknown form.
    """
    fonts = font_set(fonts_folder)
    texts = layouts or {}
    forms = [_set(code, row, texts.get(code), fonts) for code, row in papers]
    if not forms:
        raise RuleBroken("没有选中要打印的文书，请先选择。", field="papers")
    return _painted(f"文书 {len(forms)} 份", forms, fonts)


def layout_version(code: str, layout: str | None = None) -> str:
    """Return the version of a layout text, as it is stored with each issued paper."""
    return load_layout(code, layout).version


def _set(code: str, row: Mapping[str, Any], layout: str | None, fonts: FontSet) -> _SetForm:
    chosen = load_layout(code, layout)
    if isinstance(chosen, GridLayout):
        grid = set_grid(chosen, row, fonts)
        return _SetForm(grid.title, chosen.version, lambda sheet: paint_grid(sheet, grid))
    if isinstance(chosen, CardsLayout):
        cards = set_cards(chosen, row, fonts)
        return _SetForm(chosen.title, chosen.version, lambda sheet: paint_cards(sheet, cards))
    letter = set_letter(chosen, row, fonts)
    return _SetForm(letter.title, chosen.version, lambda sheet: paint_letter(sheet, letter))


def _painted(title: str, forms: list[_SetForm], fonts: FontSet) -> Paper:
    sheet = Sheet(fonts, title)
    for form in forms:
        form.paint(sheet)
    versions = dict.fromkeys(form.version for form in forms)
    return Paper(
        pdf=sheet.finish(),
        pages=sheet.pages,
        missing=tuple(sheet.missing),
        layout_version=" ".join(versions),
        font_set=fonts.version,
    )
