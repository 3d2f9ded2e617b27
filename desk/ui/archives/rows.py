"""How cases stand in the lists of the archive (档案的单子): plain functions, no widgets."""

from collections.abc import Collection, Sequence
from datetime import datetime

from desk.queries.archives import ArchivedCase, EndedCase
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.work_list import WorkRow


def ended_rows(rows: Sequence[EndedCase], marked: Collection[int], now: datetime) -> list[WorkRow]:
    """Return the lines of what has ended; the note says the first thing that is missing."""
    return [_ended(row, now, is_marked=row.case_id in marked) for row in rows]


def archived_rows(rows: Sequence[ArchivedCase]) -> list[WorkRow]:
    """Return the lines of what lies in the archive."""
    return [
        WorkRow(
            row.case_id,
            row.summary,
            tag=row.archive_number or row.number,
            corner=row.unit,
            note=f"盒 {row.box_number}" if row.box_number else "没有盒号",
        )
        for row in rows
    ]


def _ended(row: EndedCase, now: datetime, *, is_marked: bool) -> WorkRow:
    missing = (*row.missing.hard, *row.missing.soft)
    more = f"等 {len(missing)} 项" if len(missing) > 1 else ""
    first = missing[0].rpartition(" 的")[2].rstrip("。") if missing else ""
    said = f"{first}{more}" if missing else "材料齐了"
    number = f"{row.seq:05}"
    return WorkRow(
        row.case_id,
        row.summary,
        tag=f"已选 {number}" if is_marked else number,
        corner=f"{label(row.status)} {say_moment(row.ended_at, seen_at=now)}",
        note=said,
    )
