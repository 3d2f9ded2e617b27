"""Exporting what a screen lists (导出所列): masked, with a reason, counted and perhaps approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desk.exchange.appeal_lines import appeal_rows_of
from desk.exchange.export_ledger import LedgerSheet, WantedLedger, sheet_of
from desk.queries.ledger_exports import export_alone
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.rules.rights import require_hall
from desk.store.database import Reader
from desk.store.models import ExportRequest
from desk.store.taken_out import approvals


@dataclass(frozen=True, slots=True)
class NeedsApproval:
    """More than one may take out alone: of which days how many, and how many that would be.

    Attributes:
        narrowed_to: what was listed, in words.
    """

    first_day: date
    last_day: date
    rows: int
    alone: int
    narrowed_to: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Cases as a screen lists them, with the moment of their reception.

    Attributes:
        kind: whose list it is (看板所列诉求、统计所列诉求).
        narrowed_to: what it is narrowed to, in words: that is what a second person approves.
    """

    kind: str
    narrowed_to: str
    cases: Mapping[int, datetime]


def require_export(reader: Reader, reason: str) -> None:
    """Refuse whoever may not export, or does not say why, before anything is read.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: no reason was given.
    """
    require_hall(Deed.EXPORT, reader.person)
    if not reason.strip():
        raise RuleBroken("请写明导出的理由，会记入留痕并印在文件上。", field="reason")


def listed_sheet(reader: Reader, listed: Listed, reason: str) -> LedgerSheet | NeedsApproval:
    """Return the cases of a list as they would go out now, always masked, if they may.

    What was approved holds for the same list, for the days of the cases that were on it then, and
    for no more cases than that; newer ones stay behind.
    """
    cases = listed.cases
    days = [day_of(received_at) for received_at in cases.values()]
    first, last = min(days), max(days)
    alone = export_alone(reader)
    if len(cases) > alone:
        approved = _approved(reader, listed)
        if approved is None:
            return NeedsApproval(first, last, len(cases), alone, listed.narrowed_to)
        cases = _of_days(cases, approved)
        first, last = approved.first_day, approved.last_day
    asked = WantedLedger(
        first, last, reason, listed.kind, is_full=False, narrowed_to=listed.narrowed_to
    )
    return sheet_of(reader, asked, appeal_rows_of(reader, list(cases)))


def _approved(reader: Reader, listed: Listed) -> ExportRequest | None:
    granted = approvals(reader.person, reader.now, listed.kind).where(
        ExportRequest.narrowed_to == listed.narrowed_to
    )
    return next(
        (
            one
            for one in reader.session.scalars(granted)
            if 0 < len(_of_days(listed.cases, one)) <= one.rows
        ),
        None,
    )


def _of_days(cases: Mapping[int, datetime], one: ExportRequest) -> dict[int, datetime]:
    return {case: at for case, at in cases.items() if one.first_day <= day_of(at) <= one.last_day}
