"""Ledgers under another platform's headings (来源对应): our maps, read through a saved form."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desk.exchange.ledger_map import Default, LedgerColumn, LedgerMap, known_maps, map_of_kind
from desk.queries.platform_forms import PlatformFormView, platform_forms
from desk.rules.platform_forms import FormLine
from desk.store.database import Reader


def all_maps(reader: Reader) -> tuple[LedgerMap, ...]:
    """Return the maps that come with the program, then those that the hall has made."""
    forms = platform_forms(reader, is_import=True)
    return (*known_maps(), *(map_of_form(form) for form in forms))


def map_of_form(form: PlatformFormView) -> LedgerMap:
    """Return the map that a saved form makes of the ledger that it is read into."""
    return source_map(form.name, form.kind, form.lines, form.fixed)


def source_map(
    source: str, kind: str, lines: Sequence[FormLine], fixed: Mapping[str, str]
) -> LedgerMap:
    """Return our map of a kind of ledger under the headings of a source.

    Every heading must be there for a file to be recognised; a column of ours that is not among
    the lines is not read, whatever it is called there.

    Args:
        fixed: what holds for every row, by our heading.
    """
    base = map_of_kind(kind, known_maps())
    theirs = {line.columns[0]: line.heading for line in lines}
    read = tuple(
        replace(column, heading=theirs[column.heading], also=(), required=True)
        for column in base.columns
        if column.heading in theirs
    )
    own = tuple(
        Default(_field_of(column), fixed[column.heading])
        for column in base.columns
        if column.heading in fixed
    )
    return replace(
        base,
        columns=read,
        unread=tuple(column for column in base.columns if column.heading not in theirs),
        defaults=(*own, *base.defaults),
        source=source,
    )


def needed(base: LedgerMap) -> tuple[str, ...]:
    """Return the headings of ours that must be mapped, or hold for the whole file."""
    given = {default.field for default in base.defaults}
    return tuple(
        column.heading
        for column in base.columns
        if column.required and _field_of(column) not in given
    )


def _field_of(column: LedgerColumn) -> str:
    return column.parts[0].field
