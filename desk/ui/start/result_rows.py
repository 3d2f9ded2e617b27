"""Lines about what became of the cases that one was the first to hear (首问的件有了结果)."""

from collections.abc import Sequence
from datetime import datetime

from desk.queries.first_results import FirstResult
from desk.rules.moments import say_moment
from desk.ui.work_list import WorkRow

_HEAD = "您首问的件，有了结果"


def result_rows(found: Sequence[FirstResult], now: datetime) -> list[WorkRow]:
    """Return the lines under their heading, the latest first; nothing without any."""
    if not found:
        return []
    lines = [
        WorkRow(
            one.case_id,
            one.summary,
            left=f"{one.seq:05}　{say_moment(one.at, seen_at=now)} {one.words}",
        )
        for one in found
    ]
    return [WorkRow(None, _HEAD, note=str(len(found))), *lines]
