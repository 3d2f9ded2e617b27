"""Importing findings (导入未诉先办台账): each row one command, known again by its 编号."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import or_, select

from desk.actions.early_action_import import ImportFinding
from desk.actions.early_actions import FindingFacts
from desk.exchange.directory import COMMUNITIES
from desk.exchange.finding_row import FindingRow
from desk.exchange.import_run import ImportRun
from desk.exchange.ledgers import LedgerReading, Refusal, refusal_of
from desk.rules.codes import UnitKind
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of, in_utc
from desk.store.base import canonical_json
from desk.store.database import Database, Reader
from desk.store.models import EarlyAction
from desk.store.requests import Changes

_ANY = frozenset(UnitKind)
_BEFORE = "“{0}”早于发现时间，请核对"
_AHEAD = "“{0}”还没有到，请核对"


class FindingRun(ImportRun[FindingRow, ImportFinding]):
    """One run over a ledger of findings."""

    def __init__(self, database: Database, reading: LedgerReading, *, is_check: bool) -> None:
        super().__init__(database, reading, is_check=is_check)
        self._checked: dict[str, str] = {}
        self._new_categories: Counter[str] = Counter()

    def in_order(self, rows: Iterable[FindingRow]) -> list[FindingRow]:
        """Return the rows as the ledger has them."""
        return list(rows)

    def request_of(self, row: FindingRow) -> ImportFinding | Refusal:
        """Return the request for a row, or everything in it that does not fit."""
        faults = self._times(row)
        on = day_of(row.found_at)

        def find(heading: str, look: Callable[[], Any]) -> Any:
            try:
                return look()
            except RuleBroken as error:
                faults[heading] = str(error).rstrip("。")
                return None

        community = find("社区", lambda: self.directory.unit(row.community, COMMUNITIES, on))
        category = find("一级分类", lambda: self.directory.category(row.category, row.subcategory))
        unit = find("处置单位", lambda: self.directory.unit(row.unit, _ANY, on))
        grid = None
        if row.grid:
            grid = find("网格", lambda: self.directory.grid(row.grid, community, on))
        if faults:
            return refusal_of(row.row_number, faults)
        facts = FindingFacts(
            situation=row.situation,
            category=category[0],
            community=community,
            unit=unit,
            way=row.way,
            found_at=row.found_at,
            found_by=row.found_by,
            grid=grid,
            address=row.address,
            measure=row.measure,
            note=row.note,
            is_solved=_is_solved(row),
        )
        request = ImportFinding(
            made_by=self.made_by,
            happened_at=row.found_at,
            outside_number=row.outside_number,
            content_hash="",
            facts=facts,
            new_subcategory=category[1],
            resolved_at=row.resolved_at,
            rechecked_at=row.rechecked_at,
            linked=";".join(row.linked),
        )
        return replace(request, content_hash=_digest(request, row))

    def version_of(self, row: FindingRow) -> int | None:
        """Return the version of the finding that the row is about."""
        if row.outside_number in self._checked:
            return 0
        known = self._known(row)
        return None if known is None else known[0]

    def is_same(self, row: FindingRow, request: ImportFinding) -> bool:
        """Return whether the row says what was imported last, or is about one of our own."""
        if row.outside_number in self._checked:
            return self._checked[row.outside_number] == request.content_hash
        known = self._known(row)
        return known is not None and (not known[2] or known[1] == request.content_hash)

    def command_of(self, request: ImportFinding, version: int | None) -> UUID:
        """Return the command id: the same content twice is the same command."""
        street = self.database.person.street_id
        parts = (street, "finding", request.outside_number, request.content_hash, version)
        return uuid5(NAMESPACE_URL, "|".join(str(part) for part in parts))

    def happened_at(self, request: ImportFinding) -> datetime:
        """Return when it was found."""
        return request.happened_at

    def note(self, row: FindingRow, request: ImportFinding) -> None:
        """Remember categories that the hall did not have."""
        if request.new_subcategory:
            self._new_categories[f"{row.category}—{row.subcategory}"] += 1

    def checked(self, row: FindingRow, request: ImportFinding) -> None:
        """Remember a row that was only checked."""
        self._checked[row.outside_number] = request.content_hash

    def taken(self, row: FindingRow, changes: Changes) -> None:
        """Nothing is kept against the ledger that is worth a word."""
        del row, changes

    def gathered_hints(self) -> Iterable[str]:
        """Return what happened to several rows alike."""
        if self._new_categories:
            names = "、".join(f"{name}（{n} 件）" for name, n in self._new_categories.items())
            yield f"本厅原来没有的二级分类，已按台账新增：{names}。"

    def _times(self, row: FindingRow) -> dict[str, str]:
        """Return what is wrong with the moments of a row, by heading."""
        faults: dict[str, str] = {}
        if row.found_at > self.now:
            faults["发现时间"] = _AHEAD.format("发现时间")
        for heading, at in (("化解时间", row.resolved_at), ("复看时间", row.rechecked_at)):
            if at is not None and at < row.found_at:
                faults[heading] = _BEFORE.format(heading)
            elif at is not None and at > self.now:
                faults[heading] = _AHEAD.format(heading)
        if row.is_solved is False and (row.resolved_at or row.rechecked_at):
            faults["是否化解"] = "填的是“否”，却有化解或复看的时间，请核对"
        return faults

    def _known(self, row: FindingRow) -> tuple[int, str | None, bool] | None:
        def read(reader: Reader) -> tuple[int, str | None, bool] | None:
            found = reader.session.execute(
                select(EarlyAction.version, EarlyAction.content_hash, EarlyAction.is_imported)
                .where(
                    EarlyAction.street_id == reader.person.street_id,
                    or_(
                        EarlyAction.outside_number == row.outside_number,
                        EarlyAction.number == row.outside_number,
                    ),
                )
                .order_by(EarlyAction.outside_number != row.outside_number)
                .limit(1)
            ).one_or_none()
            return None if found is None else (found[0], found[1], found[2])

        return self.database.read(read)


def _is_solved(row: FindingRow) -> bool:
    """Return whether the row says so, or tells when."""
    if row.is_solved is None:
        return row.resolved_at is not None or row.rechecked_at is not None
    return row.is_solved


def _digest(request: ImportFinding, row: FindingRow) -> str:
    """Return a digest of all that the row says; categories count by name, instants as such."""
    said: dict[str, Any] = asdict(request.facts) | {
        name: getattr(request, name)
        for name in (part.name for part in fields(request))
        if name in {"outside_number", "resolved_at", "rechecked_at", "linked"}
    }
    said["category"] = (row.category, row.subcategory)
    plain = {
        name: in_utc(value).isoformat() if isinstance(value, datetime) else str(value)
        for name, value in said.items()
    }
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()
