"""Which column of a ledger means which field (列名对应).

This is data, so that other platforms can be added: the maps lie in
`resources/data/ledger_maps`, one TOML file for each kind of ledger.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from desk.exchange.workbook import UnreadableWorkbook, heading_key

MAPS = Path(__file__).resolve().parents[2] / "resources" / "data" / "ledger_maps"


@dataclass(frozen=True, slots=True)
class Part:
    """Where the text of a cell, or a piece of it, goes; a label stays in front of it."""

    field: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column of a ledger, under all the headings it is known by.

    Attributes:
        values: words of the ledger, each with ours.
        written: our codes, each with the ledger's word where that is not our label.
    """

    heading: str
    parts: tuple[Part, ...]
    also: tuple[str, ...] = ()
    required: bool = False
    split: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> frozenset[str]:
        """Return the headings in the form in which headings are compared."""
        return frozenset(heading_key(heading) for heading in (self.heading, *self.also))


@dataclass(frozen=True, slots=True)
class Default:
    """What holds where a ledger says nothing; the tag marks it for a second look."""

    field: str
    value: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """A field that is read out of another one, such as the day inside a ticket's number."""

    field: str
    source: str
    pattern: str
    template: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class LedgerMap:
    """One kind of ledger: its columns in order, its defaults, what it derives.

    Attributes:
        shape: what a row of it is, an appeal or a mediation.
        unread: columns that a source does not have; they keep their names.
        source: the platform whose own headings these are; empty for ours.
    """

    kind: str
    columns: tuple[LedgerColumn, ...]
    shape: str = "appeal"
    defaults: tuple[Default, ...] = ()
    derived: tuple[Derived, ...] = ()
    unread: tuple[LedgerColumn, ...] = ()
    source: str = ""

    def heading_of(self, field_name: str) -> str:
        """Return the heading under which a clerk finds `field_name`."""
        sources = {derived.field: derived.source for derived in self.derived}
        wanted = {field_name, sources.get(field_name, field_name)}
        for column in (*self.columns, *self.unread):
            if any(part.field in wanted for part in column.parts):
                return column.heading
        return field_name


@dataclass(frozen=True, slots=True)
class Recognised:
    """A header matched against a map: where each column stands, and what is left over."""

    ledger: LedgerMap
    places: tuple[tuple[int, LedgerColumn], ...]
    extra: tuple[str, ...]


def parse_map(toml: str) -> LedgerMap:
    """Return the map written in `toml`."""
    data = tomllib.loads(toml)
    return LedgerMap(
        kind=data["kind"],
        columns=tuple(_column(column) for column in data["columns"]),
        shape=data.get("shape", "appeal"),
        defaults=tuple(Default(**default) for default in data.get("defaults", ())),
        derived=tuple(
            Derived(source=derived.pop("from"), **derived) for derived in data.get("derived", ())
        ),
    )


@cache
def known_maps() -> tuple[LedgerMap, ...]:
    """Return the maps that come with the program, in the order of their names."""
    return tuple(parse_map(path.read_text("utf-8")) for path in sorted(MAPS.glob("*.toml")))


def map_of_kind(kind: str, maps: Sequence[LedgerMap] | None = None) -> LedgerMap:
    """Return the map for a kind of ledger.

    Raises:
        UnreadableWorkbook: no such kind; the sentence lists the known ones.
    """
    known = known_maps() if maps is None else maps
    for ledger in known:
        if ledger.kind == kind:
            return ledger
    kinds = "、".join(ledger.kind for ledger in known)
    raise UnreadableWorkbook(f"不认识“{kind}”这种台账，可选：{kinds}。")


def recognise(header: Sequence[str], maps: Sequence[LedgerMap]) -> Recognised:
    """Match a header, in any order of columns, against the map that fits it best.

    Raises:
        UnreadableWorkbook: a required column is missing or appears twice.
    """
    if not any(header):
        raise UnreadableWorkbook("工作表是空的：第 1 行应为表头，下面是台账内容。")
    matches = [_match(header, ledger) for ledger in maps]
    best = max(matches, key=_fitness)
    missing = _missing(best)
    if missing and len(maps) > 1 and not best.places:
        kinds = "、".join(ledger.kind for ledger in maps)
        raise UnreadableWorkbook(
            f"看不出这是哪种台账：第 1 行应为表头，可识别的有{kinds}。没有导入任何内容。"
        )
    if missing:
        raise UnreadableWorkbook(
            f"按“{best.ledger.kind}”检查，第 1 行的表头缺少必填列：{'、'.join(missing)}。"
            "没有导入任何内容，请补上这些列后再导入。"
        )
    _refuse_twins(best)
    return best


def _fitness(match: Recognised) -> tuple[bool, int, bool]:
    """Return how well a header fits; where two fit alike, what the hall has set up itself."""
    return not _missing(match), len(match.places), bool(match.ledger.source)


def _column(data: Mapping[str, Any]) -> LedgerColumn:
    if "parts" in data:
        parts = tuple(Part(**part) for part in data["parts"])
    else:
        parts = (Part(data["field"], data.get("label", "")),)
    return LedgerColumn(
        heading=data["heading"],
        parts=parts,
        also=tuple(data.get("also", ())),
        required=data.get("required", False),
        split=data.get("split", ""),
        written=data.get("written", {}),
        values={heading_key(word): known for word, known in data.get("values", {}).items()},
    )


def _match(header: Sequence[str], ledger: LedgerMap) -> Recognised:
    places: list[tuple[int, LedgerColumn]] = []
    others: list[tuple[int, str]] = []
    own = {heading_key(column.heading): column for column in ledger.columns}
    for index, heading in enumerate(header):
        column = own.get(heading_key(heading))
        if column is not None:
            places.append((index, column))
        elif heading_key(heading):
            others.append((index, heading))
    extra: list[str] = []
    for index, heading in others:  # another name counts only where the proper one is absent
        found = {column.heading for _, column in places}
        key = heading_key(heading)
        column = next((c for c in ledger.columns if key in c.keys and c.heading not in found), None)
        if column is None:
            extra.append(heading)
        else:
            places.append((index, column))
    return Recognised(ledger, tuple(places), tuple(extra))


def _missing(match: Recognised) -> tuple[str, ...]:
    present = {column.heading for _, column in match.places}
    return tuple(
        column.heading
        for column in match.ledger.columns
        if column.required and column.heading not in present
    )


def _refuse_twins(match: Recognised) -> None:
    seen: set[str] = set()
    for _, column in match.places:
        if column.heading in seen:
            raise UnreadableWorkbook(
                f"表头里有两列都是“{column.heading}”，分不清用哪一列。请删去一列再导入。"
            )
        seen.add(column.heading)
