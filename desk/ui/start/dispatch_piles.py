"""What lies on the dispatchers' desk, pile by pile (分拨台的几叠), in words."""

from datetime import datetime

from desk.queries.case_file import CaseFile
from desk.queries.desk_today import DayRow
from desk.queries.dispatch_day import DispatchDay, ProposedRow
from desk.rules.chief_dispatch import Asked, Turn
from desk.rules.codes import AssignmentRole, AssignmentStatus
from desk.rules.moments import say_due
from desk.rules.three_rates import say_met
from desk.rules.wording import label
from desk.ui.case.dispatch_words import CONFIDENTIAL, proposal_words, sent_back_words
from desk.ui.start.handler_face import work_row
from desk.ui.start.standing import WAITING, request_rows
from desk.ui.work_list import WorkRow

_WAITS_FOR = {
    Turn.CHIEF: "等一把手",
    Turn.DEPUTY: "请代理人",
    Turn.DISPATCHER: "可直接派出",
    Turn.KEEPERS: "等指定",
}


def piles(day: DispatchDay, now: datetime) -> list[WorkRow]:
    """Return the lines of the list; headings only where there is more than what waits."""
    returning = {row.case_id for row in day.returning}
    returning |= {row.case_id for row in day.requests}
    found = [
        ("申请退回", [work_row(row) for row in day.returning]),
        (WAITING, request_rows(day.requests, now)),
        ("待分拨", [work_row(row) for row in day.waiting]),
        ("待确认", [proposed_row(one, now) for one in day.proposed]),
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
    """Return a proposed dispatch as a line: whose word is waited for, and how long already."""
    row, proposal = one.row, one.proposal
    waited = max(0, int((now - proposal.proposed_at).total_seconds() // 60))
    facts = row.clock.facts if row.clock is not None else None
    return WorkRow(
        row.case_id,
        row.summary,
        left=f"{row.seq:05} {_WAITS_FOR[proposal.turn]} {waited} 分",
        urgency=row.urgency,
        facts=facts,
    )


def subtitle(day: DispatchDay) -> str:
    """Return the desk in one sentence, with how many appellants were met lately."""
    said = [
        (len(day.waiting), "件待分拨"),
        (len(day.returning), "件申请退回"),
        (len(day.requests), "件申请延期、挂账"),
        (len(day.proposed), "件待确认"),
    ]
    words = "，".join(f"{count} {what}" for count, what in said if count or what == "件待分拨")
    met = say_met(day.met, day.handled)
    return f"{words} · 近 30 天{met}" if met else words


def next_due(day: DispatchDay, now: datetime) -> str:
    """Return what falls due next on this desk (接下来)."""
    rows = (*day.waiting, *(one.row for one in day.proposed))
    coming = [row for row in rows if row.due_at is not None and row.due_at > now]
    if not coming:
        return ""
    first = min(coming, key=lambda row: row.due_at or now)
    return f"接下来 {first.seq:05}，{say_due(first.due_at or now, seen_at=now)} 前"


def told_in_brief(file: CaseFile) -> str:
    """Return what has been said about where the case belongs: proposed, sent back, asked back."""
    asked = [part for part in file.parts if part.status is AssignmentStatus.RETURNING]
    if asked:
        reason = label(asked[0].return_reason) if asked[0].return_reason else ""
        what = "申请退回" if asked[0].role is AssignmentRole.LEAD else "申请退回协办"
        return f"{asked[0].unit}{what}，{reason}：{asked[0].return_note}"
    state = file.dispatch
    if state.proposal is not None:
        return proposal_words(state.proposal, file)
    said = [sent_back_words(state)]
    if state.asked is Asked.KEEPERS:
        said.append(CONFIDENTIAL)
    return "".join(filter(None, said))


def _burning_row(row: DayRow) -> WorkRow:
    facts = row.clock.facts if row.clock is not None else None
    left = f"{row.seq:05} {row.unit}"
    return WorkRow(row.case_id, row.summary, left=left, urgency=row.urgency, facts=facts)
