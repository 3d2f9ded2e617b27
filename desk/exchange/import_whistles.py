"""Importing whistles (导入吹哨台账): each row one command, known again by its 哨单编号."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import or_, select

from desk.actions.whistle_import import ImportedUnit, ImportWhistle
from desk.exchange.import_run import ImportRun
from desk.exchange.ledgers import LedgerReading, Refusal, refusal_of
from desk.exchange.whistle_row import Moments, WhistleRow
from desk.rules.codes import Satisfaction, UnitKind
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.rules.whistle_codes import WhistleKind
from desk.rules.whistle_settings import LEVELS
from desk.rules.wording import label
from desk.store.base import canonical_json
from desk.store.database import Database, Reader
from desk.store.hall_rules import setting
from desk.store.models import Whistle
from desk.store.requests import Changes

_ANY = frozenset(UnitKind)
_RATINGS = {label(one): one for one in Satisfaction}


class WhistleRun(ImportRun[WhistleRow, ImportWhistle]):
    """One run over a ledger of whistles."""

    def __init__(self, database: Database, reading: LedgerReading, *, is_check: bool) -> None:
        super().__init__(database, reading, is_check=is_check)
        self._checked: dict[str, str] = {}
        self._missing: Counter[str] = Counter()
        self._levels: tuple[str, ...] = database.read(_levels)

    def in_order(self, rows: Iterable[WhistleRow]) -> list[WhistleRow]:
        """Return the rows as the ledger has them."""
        return list(rows)

    def request_of(self, row: WhistleRow) -> ImportWhistle | Refusal:
        """Return the request for a row, or everything in it that does not fit."""
        faults: dict[str, str] = {}
        on = day_of(row.raised_at)

        def find(heading: str, look: Callable[[], Any]) -> Any:
            try:
                return look()
            except RuleBroken as error:
                faults.setdefault(heading, str(error).rstrip("。"))
                return None

        if row.level not in self._levels:
            known = "、".join(self._levels)
            faults["吹哨级别"] = f"本厅没有“{row.level}”这一级，可填：{known}；要添请到“管理—设置”"
        caller = find("吹哨单位", lambda: self.directory.unit(row.caller_unit, _ANY, on))
        units: list[Any] = [
            find("被吹哨单位", partial(self.directory.unit, word, _ANY, on)) for word in row.units
        ]
        required = _each(row.required_at, len(units), "要求到场时间", faults, spread=True)
        arrived = _each(row.arrived_at, len(units), "各单位到场时间", faults, spread=False)
        if len(set(units)) != len(units) and None not in units:
            faults["被吹哨单位"] = "同一个单位写了两次"
        if faults:
            return refusal_of(row.row_number, faults)
        request = ImportWhistle(
            made_by=self.made_by,
            happened_at=row.raised_at,
            outside_number=row.outside_number,
            content_hash="",
            level=row.level,
            kind=row.kind or WhistleKind.KEY,
            caller_unit=caller,
            caller=row.caller_unit,
            raised_at=row.raised_at,
            matter=row.matter,
            units=tuple(map(ImportedUnit, units, required, arrived)),
            linked=row.linked,
            result=row.result,
            resolved_at=row.resolved_at,
            satisfaction=_RATINGS.get(row.rating),
            rating="" if row.rating in _RATINGS else row.rating,
            remark=row.remark,
        )
        return replace(request, content_hash=_digest(request))

    def version_of(self, row: WhistleRow) -> int | None:
        """Return the version of the whistle that the row is about."""
        if row.outside_number in self._checked:
            return 0
        known = self._known(row)
        return None if known is None else known[0]

    def is_same(self, row: WhistleRow, request: ImportWhistle) -> bool:
        """Return whether the row says what was imported last, or is about one of our own."""
        if row.outside_number in self._checked:
            return self._checked[row.outside_number] == request.content_hash
        known = self._known(row)
        return known is not None and (not known[2] or known[1] == request.content_hash)

    def command_of(self, request: ImportWhistle, version: int | None) -> UUID:
        """Return the command id: the same content twice is the same command."""
        street = self.database.person.street_id
        parts = (street, "whistle", request.outside_number, request.content_hash, version)
        return uuid5(NAMESPACE_URL, "|".join(str(part) for part in parts))

    def happened_at(self, request: ImportWhistle) -> datetime:
        """Return when it was raised."""
        return request.happened_at

    def note(self, row: WhistleRow, request: ImportWhistle) -> None:
        """Nothing is worth a hint before a row is taken."""
        del row, request

    def checked(self, row: WhistleRow, request: ImportWhistle) -> None:
        """Remember a row that was only checked."""
        self._checked[row.outside_number] = request.content_hash

    def taken(self, row: WhistleRow, changes: Changes) -> None:
        """Count the cases that nobody here knows by their numbers."""
        del row
        self._missing.update(changes.made.get("missing", ()))

    def gathered_hints(self) -> Iterable[str]:
        """Return what happened to several rows alike."""
        if self._missing:
            names = "、".join(self._missing)
            yield f"这些关联诉求在本厅找不到（或不能关联），哨单已导入、没有关联：{names}。"

    def _known(self, row: WhistleRow) -> tuple[int, str | None, bool] | None:
        def read(reader: Reader) -> tuple[int, str | None, bool] | None:
            found = reader.session.execute(
                select(Whistle.version, Whistle.content_hash, Whistle.is_imported)
                .where(
                    Whistle.street_id == reader.person.street_id,
                    or_(
                        Whistle.outside_number == row.outside_number,
                        Whistle.number == row.outside_number,
                    ),
                )
                .order_by(Whistle.outside_number != row.outside_number)
                .limit(1)
            ).one_or_none()
            return None if found is None else (found[0], found[1], found[2])

        return self.database.read(read)


def _levels(reader: Reader) -> tuple[str, ...]:
    today = day_of(reader.now)
    return tuple(setting(reader.session, reader.person.street_id, LEVELS, today))


def _each(
    moments: Moments | None, count: int, heading: str, faults: dict[str, str], *, spread: bool
) -> list[datetime | None]:
    """Return a moment for each unit; one alone may hold for all of them."""
    if moments is None:
        return [None] * count
    found = list(moments)
    if spread and len(found) == 1:
        return found * count
    if len(found) > count:
        faults[heading] = f"写了 {len(found)} 个时间，被吹哨单位只有 {count} 个，请按同样的次序写"
    return (found + [None] * count)[:count]


def _digest(request: ImportWhistle) -> str:
    """Return a digest of all that the row says, however it is spelled."""
    no_content = {"made_by", "happened_at", "command", "content_hash", "saved_at"}
    said = {
        name: str(getattr(request, name))
        for name in ImportWhistle.__dataclass_fields__
        if name not in no_content
    }
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()
