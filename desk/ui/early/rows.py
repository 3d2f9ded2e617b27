"""Findings and walks as lines of their lists (未诉先办、走访的单子)."""

from datetime import datetime

from desk.queries.early_actions import FindingRow
from desk.queries.visits import VisitRow
from desk.rules.early_action_codes import EarlyActionState, VisitState
from desk.rules.moments import day_of, say_moment
from desk.rules.wording import label
from desk.ui.work_list import WorkRow

S = EarlyActionState


def finding_row(row: FindingRow, now: datetime) -> WorkRow:
    """Return a finding as a line: what is due on top of its words."""
    marks = [row.community, label(row.way)]
    if row.concern is not None:
        marks.append(label(row.concern))
    if row.has_case:
        marks.append("已转诉求件")
    return WorkRow(
        row.id,
        row.situation.splitlines()[0],
        tag="该复看了" if row.is_due else label(row.state),
        corner=" · ".join(marks),
        note="　".join(part for part in (row.where, _when(row, now)) if part),
    )


def visit_row(row: VisitRow) -> WorkRow:
    """Return a walk as a line."""
    is_done = row.state is VisitState.DONE
    day = row.visited_on if is_done and row.visited_on else row.planned_on
    said = f"见到 {row.met}/{row.doors} 户，发现 {row.found} 条" if is_done else f"{row.doors} 户"
    return WorkRow(
        row.id,
        f"{label(row.kind)} {day.month} 月 {day.day} 日　{said}",
        tag=label(row.state),
        corner=row.community,
        note="　".join(part for part in (row.walkers, row.number) if part),
    )


def _when(row: FindingRow, now: datetime) -> str:
    if row.state is S.RESOLVED and row.recheck_on is not None:
        days = (row.recheck_on - day_of(now)).days
        return f"{row.recheck_on.month}-{row.recheck_on.day} 复看" if days > 0 else row.unit
    return f"{say_moment(row.found_at, seen_at=now)}　{row.unit}"
