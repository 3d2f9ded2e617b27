"""Exporting what a board shows (导出看板所列): masked, with a reason and a line of the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desk.actions.ledger_export import ON_BOARD
from desk.exchange.appeal_lines import appeal_rows_of
from desk.exchange.export_ledger import LedgerSheet, WantedLedger, sheet_of
from desk.queries.board_words import board_words
from desk.queries.case_board import BoardFilter, board_cases
from desk.queries.ledger_exports import export_alone
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.rules.rights import require_hall
from desk.store.database import Reader
from desk.store.models import ExportRequest
from desk.store.patience import takes_long
from desk.store.taken_out import approvals


@dataclass(frozen=True, slots=True)
class NeedsApproval:
    """More than one may take out alone: of which days how many, and how many that would be.

    Attributes:
        narrowed_to: the filter of the board, in words.
    """

    first_day: date
    last_day: date
    rows: int
    alone: int
    narrowed_to: str


@takes_long
def board_sheet(reader: Reader, wanted: BoardFilter, reason: str) -> LedgerSheet | NeedsApproval:
    """Return the cases of a board as they would go out now, always masked, if they may.

    What was approved holds for the same filter, for the days of the cases that were on the board
    then, and for no more cases than that; newer ones stay behind.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: no reason, or nothing to export.
    """
    require_hall(Deed.EXPORT, reader.person)
    if not reason.strip():
        raise RuleBroken("请写明导出的理由，会记入留痕并印在文件上。", field="reason")
    cases = board_cases(reader, wanted)
    if not cases:
        raise RuleBroken("看板上现在没有件，没有可以导出的。")
    days = [day_of(received_at) for received_at in cases.values()]
    first, last = min(days), max(days)
    alone, narrowed_to = export_alone(reader), board_words(reader, wanted)
    if len(cases) > alone:
        approved = _approved(reader, cases, narrowed_to)
        if approved is None:
            return NeedsApproval(first, last, len(cases), alone, narrowed_to)
        cases = _of_days(cases, approved)
        first, last = approved.first_day, approved.last_day
    asked = WantedLedger(first, last, reason, ON_BOARD, is_full=False, narrowed_to=narrowed_to)
    return sheet_of(reader, asked, appeal_rows_of(reader, list(cases)))


def _approved(
    reader: Reader, cases: Mapping[int, datetime], narrowed_to: str
) -> ExportRequest | None:
    granted = approvals(reader.person, reader.now, ON_BOARD).where(
        ExportRequest.narrowed_to == narrowed_to
    )
    return next(
        (
            one
            for one in reader.session.scalars(granted)
            if 0 < len(_of_days(cases, one)) <= one.rows
        ),
        None,
    )


def _of_days(cases: Mapping[int, datetime], one: ExportRequest) -> dict[int, datetime]:
    return {case: at for case, at in cases.items() if one.first_day <= day_of(at) <= one.last_day}
