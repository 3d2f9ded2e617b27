"""How opinions stand in the list (待签清单): on whose desk, for how long, when signed."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from desk.queries.sign_queue import SignRow
from desk.rules.moments import say_length, say_moment
from desk.rules.sign_route import Stand
from desk.ui.signoff.paper_pane import Wanted
from desk.ui.work_list import WorkRow

TAG = "处理意见书"


def waiting_row(row: SignRow, now: datetime, *, is_marked: bool = False) -> WorkRow:
    """Return an opinion that waits for the reader: since when, how far its limit still is."""
    return WorkRow(
        row.case_id,
        row.summary,
        tag=_tag(row, is_marked=is_marked),
        corner=row.unit,
        note=where(row, now),
        face=row.face(now),
    )


def signed_row(row: SignRow, now: datetime) -> WorkRow:
    """Return an opinion that the reader has signed, and where it lies now if it is still going."""
    at = say_moment(row.signed_at or row.submitted_at, seen_at=now)
    note = f"{at} 签" if row.here is None else f"{at} 签，现在{where(row, now)}"
    return WorkRow(row.case_id, row.summary, tag=TAG, corner=row.unit, note=note)


def desk_rows(rows: Sequence[SignRow], now: datetime) -> list[WorkRow]:
    """Return everything that waits, desk by desk; the desk with the longest wait on top."""
    piles = [(whose, list(pile)) for whose, pile in groupby(sorted(rows, key=_whose), key=_whose)]
    piles.sort(key=lambda found: min(row.lies_since() for row in found[1]))
    lines: list[WorkRow] = []
    for whose, pile in piles:
        longest = say_length(max(now - min(row.lies_since() for row in pile), timedelta()))
        lines.append(WorkRow(None, f"{whose}处", note=f"{len(pile)} 份，最久 {longest}"))
        lines += [
            WorkRow(
                row.case_id,
                row.summary,
                tag=f"{row.seq:05}",
                corner=row.unit,
                note=f"已 {say_length(max(now - row.lies_since(), timedelta()))}",
                face=row.face(now),
            )
            for row in sorted(pile, key=SignRow.lies_since)
        ]
    return lines


def where(row: SignRow, now: datetime) -> str:
    """Say on whose desk an opinion lies, and for how long: “在郑伟处 1 天 6 时”."""
    waited = say_length(max(now - row.lies_since(), timedelta()))
    if row.here is None or row.stand is Stand.OWN:
        return f"在您处 {waited}" if row.here is not None else waited
    return f"在{row.here.whose}处 {waited}"


def next_wanted(rows: Sequence[SignRow], case_id: int) -> Wanted | None:
    """Return the paper after this one, to be rendered ahead."""
    at = next((n for n, row in enumerate(rows) if row.case_id == case_id), -1)
    if not 0 <= at < len(rows) - 1:
        return None
    return Wanted(rows[at + 1].case_id, rows[at + 1].version)


def in_order(rows: Sequence[SignRow], lines: Collection[WorkRow]) -> list[SignRow]:
    """Return the rows in the order in which they stand on the screen."""
    by_id = {row.case_id: row for row in rows}
    return [by_id[line.id] for line in lines if line.id in by_id]


def _whose(row: SignRow) -> str:
    return row.here.whose if row.here else ""


def _tag(row: SignRow, *, is_marked: bool) -> str:
    if is_marked:
        return "已选"
    if row.stand is Stand.DEPUTY:
        owner = row.here.owner if row.here else ""
        return f"代{owner}" if owner else "代签"
    return TAG
