"""From a ledger's words to a request (台账行 → 导入请求): names become ids of this street."""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import fields, replace
from datetime import date, datetime

from desk.actions.ledger_request import ImportCase
from desk.exchange.appeal_row import AppealRow
from desk.exchange.directory import COMMUNITIES, RESPONSIBLE, Directory
from desk.exchange.ledger_map import LedgerMap
from desk.exchange.ledgers import Refusal, refusal_of
from desk.rules.codes import DispatchMode, Purpose, SourceLevel, UnitKind
from desk.rules.errors import RuleBroken
from desk.rules.identity import split_phones
from desk.rules.moments import day_of, in_utc

_NO_CONTENT = frozenset(
    {"made_by", "happened_at", "command", "case", "content_hash", "category", "new_subcategory"}
)


def request_of(
    row: AppealRow, directory: Directory, ledger: LedgerMap, made_by: int
) -> ImportCase | Refusal:
    """Return the request for a row, or the refusal naming every word that nobody here knows."""
    found = _Finder(row, directory, ledger)
    community = found.unit("community", row.community, COMMUNITIES)
    category, new_subcategory = found.category()
    first_unit = found.unit("first_unit", row.first_unit, RESPONSIBLE)
    lead = found.unit("lead_unit", row.lead_unit, RESPONSIBLE)
    supports = found.supports(lead)
    grid = found.grid(community)
    first_unit = first_unit or directory.coordination_office()
    if found.faults or first_unit is None:
        return found.refusal()
    phone, *others = split_phones(row.phone) or ("",)
    request = ImportCase(
        made_by=made_by,
        happened_at=row.received_at,
        platform=row.platform,
        outside_number=row.outside_number,
        content_hash="",
        channel=row.channel,
        category=category,
        new_subcategory=new_subcategory,
        details=row.details,
        urgency=row.urgency,
        received_at=row.received_at,
        first_unit=first_unit,
        title=row.title,
        source_level=row.source_level or SourceLevel.STREET,
        purpose=row.purpose or Purpose.OTHER,
        appellant=row.appellant,
        phone=phone,
        other_phone="/".join(others),
        address=row.address,
        community=community,
        grid=grid,
        is_complex=bool(row.is_complex),
        first_responder=directory.person(row.first_responder),
        first_responder_name=row.first_responder,
        mode=row.dispatch_mode or _mode(row, lead, supports),
        lead=lead,
        supports=supports,
        dispatched_at=row.dispatched_at,
        accepted_at=row.accepted_at,
        contacted_at=row.contacted_at,
        verified_at=row.verified_at,
        handled_at=row.handled_at,
        handle_until=row.handle_until,
        result=row.handling_result,
        opinion=row.opinion,
        opinion_at=row.opinion_at,
        followed_up_at=row.followed_up_at,
        followup_way=row.followup_way,
        was_contacted=row.was_contacted,
        resolution=row.resolution,
        satisfaction=row.satisfaction,
        discontent=row.discontent[0],
        discontent_note=row.discontent[1],
        counts_in_rates=row.counts_in_rates is not False,
        excluded_reason=row.excluded_reason,
        repeat_of=row.repeat_of,
        is_national=bool(row.is_national),
        tags=row.tags,
        note=row.note,
    )
    return replace(request, content_hash=_digest(request, row))


def _digest(request: ImportCase, row: AppealRow) -> str:
    """Return a digest of all that the row says, however it is spelled or ordered.

    Categories count by name, because the hall may only get them by this very import.
    """
    facts = {
        part.name: getattr(request, part.name)
        for part in fields(request)
        if part.name not in _NO_CONTENT
    }
    facts["categories"] = (row.category, row.subcategory)
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    """Write a moment so that the same instant always gives the same digest."""
    if isinstance(value, datetime):
        return in_utc(value).isoformat()
    raise TypeError(type(value).__name__)


def _mode(row: AppealRow, lead: int | None, supports: tuple[int, ...]) -> DispatchMode | None:
    """Return the mode that the units show; what nobody dispatched has none."""
    if lead is None or (row.dispatched_at is None and not supports):
        return None
    return DispatchMode.DOUBLE if supports else DispatchMode.DIRECT


class _Finder:
    """Finds what a row's words mean, and remembers what it could not find."""

    def __init__(self, row: AppealRow, directory: Directory, ledger: LedgerMap) -> None:
        self._row = row
        self._directory = directory
        self._ledger = ledger
        self._on: date = day_of(row.received_at)
        self.faults: dict[str, str] = {}

    def unit(self, field: str, word: str, kinds: Collection[UnitKind]) -> int | None:
        """Return the unit a cell names, or None for a blank one."""
        return self._try(field, word, lambda: self._directory.unit(word, kinds, self._on))

    def grid(self, community: int | None) -> int | None:
        """Return the grid the row names."""
        word = self._row.grid
        return self._try("grid", word, lambda: self._directory.grid(word, community, self._on))

    def supports(self, lead: int | None) -> tuple[int, ...]:
        """Return the supporting units, the lead left out."""
        units = [self.unit("support_units", word, RESPONSIBLE) for word in self._row.support_units]
        return tuple(dict.fromkeys(unit for unit in units if unit is not None and unit != lead))

    def category(self) -> tuple[int, str]:
        """Return the category, and the second level still to be added."""
        try:
            return self._directory.category(self._row.category, self._row.subcategory)
        except RuleBroken as error:
            self._fault("category", error)
            return 0, ""

    def refusal(self) -> Refusal:
        """Return the refusal with all that was not found."""
        if not self.faults:
            self.faults["首办部门"] = "本街道还没有信联办，请先在单位表中添上"
        return refusal_of(self._row.row_number, self.faults)

    def _try(self, field: str, word: str, find: Callable[[], int]) -> int | None:
        if not word:
            return None
        try:
            return find()
        except RuleBroken as error:
            self._fault(field, error)
            return None

    def _fault(self, field: str, error: RuleBroken) -> None:
        heading = self._ledger.heading_of(field)
        known = self.faults.get(heading)
        reason = str(error).rstrip("。")
        self.faults[heading] = f"{known}；{reason}" if known else reason
