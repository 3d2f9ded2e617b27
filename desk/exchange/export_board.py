"""Exporting what a board shows (导出看板所列): masked, with a reason and a line of the log."""

from desk.actions.ledger_export import ON_BOARD
from desk.exchange.export_ledger import LedgerSheet
from desk.exchange.export_listed import Listed, NeedsApproval, listed_sheet, require_export
from desk.queries.board_words import board_words
from desk.queries.case_board import BoardFilter, board_cases
from desk.rules.errors import RuleBroken
from desk.store.database import Reader
from desk.store.patience import takes_long


@takes_long
def board_sheet(reader: Reader, wanted: BoardFilter, reason: str) -> LedgerSheet | NeedsApproval:
    """Return the cases of a board as they would go out now, always masked, if they may.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: no reason, or nothing to export.
    """
    require_export(reader, reason)
    cases = board_cases(reader, wanted)
    if not cases:
        raise RuleBroken("看板上现在没有件，没有可以导出的。")
    return listed_sheet(reader, Listed(ON_BOARD, board_words(reader, wanted), cases), reason)
