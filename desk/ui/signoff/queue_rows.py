"""How opinions stand in the list (待签清单): time at this desk, or when they were signed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desk.queries.sign_queue import SignRow
from desk.rules.moments import say_length, say_moment
from desk.ui.signoff.paper_pane import Wanted
from desk.ui.work_list import WorkRow

TAG = "处理意见书"


def waiting_row(row: SignRow, now: datetime) -> WorkRow:
    """Return an opinion that waits: how long at this desk, how far its limit still is."""
    waited = say_length(max(now - row.submitted_at, timedelta()))
    return WorkRow(
        row.case_id,
        row.summary,
        tag=TAG,
        corner=row.unit,
        note=f"在您处 {waited}",
        face=row.face(now),
    )


def signed_row(row: SignRow, now: datetime) -> WorkRow:
    """Return an opinion that was signed."""
    at = say_moment(row.signed_at or row.submitted_at, seen_at=now)
    return WorkRow(row.case_id, row.summary, tag=TAG, corner=row.unit, note=f"{at} 签发")


def next_wanted(rows: Sequence[SignRow], case_id: int) -> Wanted | None:
    """Return the paper after this one, to be rendered ahead."""
    at = next((n for n, row in enumerate(rows) if row.case_id == case_id), -1)
    if not 0 <= at < len(rows) - 1:
        return None
    return Wanted(rows[at + 1].case_id, rows[at + 1].version)
