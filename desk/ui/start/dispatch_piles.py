"""What lies on the dispatchers' desk, pile by pile (分拨台的几叠), in words."""

from collections.abc import Sequence
from datetime import datetime

from desk.queries.desk_today import DayRow
from desk.queries.dispatch_day import DispatchDay, ProposedRow
from desk.rules.chief_dispatch import Turn
from desk.rules.moments import say_due, say_moment
from desk.ui.start.handler_face import work_row
from desk.ui.work_list import WorkRow

_WAITS_FOR = {
    Turn.CHIEF: "等一把手",
    Turn.DEPUTY: "请代理人",
    Turn.DISPATCHER: "可直接派出",
}


def piles(day: DispatchDay, now: datetime) -> list[WorkRow]:
    """Return the lines of the list; headings only where there is more than what waits."""
    returning = {row.case_id for row in day.returning}
    found = [
        ("申请退回", [work_row(row) for row in day.returning]),
        ("待分拨", [work_row(row) for row in day.waiting]),
        ("待一把手确认", [proposed_row(one, now) for one in day.proposed]),
        (
            "快到期、已超期",
            [_burning_row(row) for row in day.burning if row.case_id not in returning],
        ),
    ]
    filled = [(head, rows) for head, rows in found if rows]
    if [head for head, _ in filled] == ["待分拨"]:
        return filled[0][1]
    lines: list[WorkRow] = []
    for head, rows in filled:
        lines.append(WorkRow(None, head, note=str(len(rows))))
        lines += rows
    return lines


def proposed_row(one: ProposedRow, now: datetime) -> WorkRow:
    """Return a proposed dispatch as a line: to whom, since when, whose word is waited for."""
    row, proposal = one.row, one.proposal
    since = say_moment(proposal.proposed_at, seen_at=now)
    facts = row.clock.facts if row.clock is not None else None
    return WorkRow(
        row.case_id,
        row.summary,
        left=f"{row.seq:05} 拟{proposal.lead} {since}起{_WAITS_FOR[proposal.turn]}",
        urgency=row.urgency,
        facts=facts,
    )


def subtitle(day: DispatchDay, now: datetime) -> str:
    """Return the desk in one sentence, with what falls due next."""
    said = [
        (len(day.waiting), "件待分拨"),
        (len(day.returning), "件申请退回"),
        (len(day.proposed), "件待一把手确认"),
        (len(day.burning), "件快到期或已超期"),
    ]
    words = [f"{count} {what}" for count, what in said if count or what == "件待分拨"]
    return "，".join(words) + _next_due((*day.waiting, *(one.row for one in day.proposed)), now)


def _next_due(rows: Sequence[DayRow], now: datetime) -> str:
    coming = [row for row in rows if row.due_at is not None and row.due_at > now]
    if not coming:
        return ""
    first = min(coming, key=lambda row: row.due_at or now)
    return f"；接下来 {first.seq:05} 在 {say_due(first.due_at or now, seen_at=now)} 前"


def _burning_row(row: DayRow) -> WorkRow:
    facts = row.clock.facts if row.clock is not None else None
    left = f"{row.seq:05} {row.unit}"
    return WorkRow(row.case_id, row.summary, left=left, urgency=row.urgency, facts=facts)
