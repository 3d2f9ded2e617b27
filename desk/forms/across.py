"""Tables with a column for every entry of a list (横向展开), e.g. the rooms of a schedule."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import ceil
from typing import Any

from desk.forms.definition import Band, Cell


def across(band: Band, row: Mapping[str, Any]) -> Iterator[tuple[Band, dict[str, Any]]]:
    """Yield, for as many columns as fit beside each other, a plain list band and its row."""
    heads = _as_list(row.get(band.across))
    entries = row.get(band.each)
    lines = list(entries) if isinstance(entries, list | tuple) else []
    tables = max(ceil(len(heads) / band.most_across), 1)
    beside = max(ceil(len(heads) / tables), 1)  # eight rooms are four and four, not six and two
    for start in range(0, max(len(heads), 1), beside):
        shown = heads[start : start + beside]
        keys = [f"{band.across_key}{start + at}" for at in range(len(shown))]
        cells = [Cell(caption=str(head), key=key) for head, key in zip(shown, keys, strict=True)]
        table = [_line(band, line, keys, start) for line in lines]
        yield (
            replace(band, cells=(*band.cells, *cells), across=""),
            {**row, band.each: table if entries is not None else None},
        )


def _line(band: Band, line: Any, keys: list[str], start: int) -> dict[str, Any]:
    own = dict(line) if isinstance(line, Mapping) else {"entry": line}
    inside = _as_list(own.get(band.across_key))
    return own | {
        key: inside[start + at] if start + at < len(inside) else None for at, key in enumerate(keys)
    }


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value is None else [value]
