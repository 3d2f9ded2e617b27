"""Lines of the page 督办: who must act until when, and what has not moved for how long."""

from datetime import datetime

from desk.queries.silence import SilentCase
from desk.queries.steering_board import SteeringRow
from desk.rules.moments import say_due, say_moment
from desk.rules.supervising import silent_days
from desk.rules.wording import label
from desk.ui.work_list import WorkRow


def steering_row(row: SteeringRow, now: datetime) -> WorkRow:
    """Return a supervision with its limit, or an urging that is to be answered."""
    case, one = row.case, row.supervision
    if one is not None:
        number = one.outside_number or one.number
        left = f"{case.seq:05}　{one.unit}　{label(one.state)}　{number}"
        note = ""
        if one.ended_at is not None:
            note = f"{one.ended_by} {say_moment(one.ended_at, seen_at=now)}"
        return WorkRow(
            one.id, case.summary, left=left, note=note, facts=None if note else one.facts
        )
    asked = row.urging
    assert asked is not None  # noqa: S101 - a line is about one of the two
    until = f"　限 {say_due(asked.explain_by, seen_at=now)} 说明" if asked.explain_by else ""
    left = f"{case.seq:05}　{label(asked.way)}{until}"
    return WorkRow(asked.id, case.summary, left=left, urgency=case.urgency)


def silent_row(one: SilentCase, now: datetime) -> WorkRow:
    """Return an open case with how long nobody moved on it."""
    row = one.row
    facts = row.clock.facts if row.clock is not None else None
    left = f"{row.seq:05}　{row.unit}　{silent_days(one.moved_at, now)} 天没有动静"
    return WorkRow(row.case_id, row.summary, left=left, facts=facts)
