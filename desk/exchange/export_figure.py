"""Exporting the cases behind a figure (导出统计所列): the same road as what a board shows."""

from desk.actions.ledger_export import ON_FIGURE
from desk.exchange.export_ledger import LedgerSheet
from desk.exchange.export_listed import Listed, NeedsApproval, listed_sheet, require_export
from desk.queries.figure_cases import Figure, figure_cases, figure_count, say_figure
from desk.rules.errors import RuleBroken
from desk.store.database import Reader
from desk.store.patience import takes_long


@takes_long
def figure_sheet(reader: Reader, asked: Figure, reason: str) -> LedgerSheet | NeedsApproval:
    """Return the cases that a figure counts as they would go out now, always masked, if they may.

    Raises:
        NotAllowed: the person may not export ledgers.
        RuleBroken: no reason, or nothing to export.
    """
    require_export(reader, reason)
    count = figure_count(reader, asked)
    if not count:
        raise RuleBroken("这个数字背后没有件，没有可以导出的。")
    cases = {one.id: one.received_at for one in figure_cases(reader, asked, size=count)}
    return listed_sheet(reader, Listed(ON_FIGURE, say_figure(asked), cases), reason)
