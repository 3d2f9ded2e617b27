"""Rows of the 督办单 and of the 催办通知书、书面通报: each fact once (DOMAIN.md 2.6)."""

from datetime import datetime, timedelta

from sqlalchemy import select

from desk.rules.assessment_codes import SupervisionGround, SupervisionState, UrgingWay
from desk.rules.codes import ClockKind
from desk.rules.moments import in_shanghai, say_due, say_length
from desk.rules.wording import label
from desk.store.models import Clock, LeaderArea, Staff, Supervision, Urging
from desk.store.models.hall import today_rows
from desk.store.paper_source import Row, Source, on_paper

_ENDED = {SupervisionState.CLOSED: "已销号", SupervisionState.REVOKED: "已撤销"}
_EVERYBODY = "各部门、各社区"


def supervision_notice(source: Source) -> Row:
    """Return the row of a supervision; without one, of the newest of the case."""
    row: Supervision = source.about or source.all(Supervision)[-1]
    limit = _limit(source)
    return {
        "unit": source.unit(row.unit_id) or "",
        "source": label(row.source),
        "outside_number": row.outside_number,
        "case_number": source.case.number,
        "matter": source.case.summary,
        "original_due": _due(limit.due_at) if limit else None,
        "over_by": _over_by(limit, row.issued_at),
        "grounds": [label(SupervisionGround(code)) for code in row.grounds],
        "requirement": row.requirement,
        "due_at": _due(row.due_at),
        "issued_by": source.staff(row.issued_by),
        "issued_on": on_paper(row.issued_at),
        "copied_to": row.copied_to,
        "taken": _signed(source, row.taken_by, row.taken_at),
        "report": row.report,
        "ended": _ended(source, row),
    }


def urging_slip(source: Source) -> Row:
    """Return the row of an urging on paper; without one, of the newest of the case."""
    on_file = [one for one in source.all(Urging) if one.paper_id is not None]
    row: Urging = source.about or on_file[-1]
    is_told_to_all = row.way is UrgingWay.CIRCULAR
    over = row.due_at is not None and row.due_at < row.made_at
    return {
        "title": label(row.way),
        "unit": source.unit(row.unit_id) or "",
        "case_number": source.case.number,
        "matter": source.case.summary,
        "due_at": _due(row.due_at) if row.due_at else None,
        "over_by": say_length(row.made_at - row.due_at) if over and row.due_at else None,
        "words": row.note,
        "explain_by": _due(row.explain_by) if row.explain_by else None,
        "issued_on": on_paper(row.made_at),
        "copied_to": _EVERYBODY if is_told_to_all else _leaders(source, row.unit_id),
    }


def _limit(source: Source) -> Clock | None:
    """Return the limit of handling in the present round; else the newest there was."""
    clocks: list[Clock] = [
        clock
        for clock in source.all(Clock)
        if clock.kind is ClockKind.HANDLE and clock.assignment_id is None and clock.is_applicable
    ]
    return clocks[-1] if clocks else None


def _over_by(limit: Clock | None, at: datetime) -> str | None:
    if limit is None:
        return None
    ended = min(limit.stopped_at or at, at)
    return say_length(ended - limit.due_at) if ended > limit.due_at else None


def _due(due_at: datetime) -> str:
    """Return a limit with its day, whenever it is read: “11月5日 09:05”."""
    said = say_due(due_at, seen_at=due_at - timedelta(days=2))
    return said.replace(" 年 ", "年").replace(" 月 ", "月").replace(" 日", "日")


def _signed(source: Source, staff: int | None, at: datetime | None) -> str | None:
    if staff is None or at is None:
        return None
    return f"{source.staff(staff)} {in_shanghai(at):%Y-%m-%d %H:%M}"


def _ended(source: Source, row: Supervision) -> str | None:
    if row.ended_at is None:
        return None
    note = f"。{row.end_note}" if row.end_note else ""
    who = source.staff(row.ended_by)
    return f"{_ENDED[row.state]}，{who} {in_shanghai(row.ended_at):%Y-%m-%d}{note}"


def _leaders(source: Source, unit_id: int) -> str:
    """Return who answers for the unit (分管领导), and who watches (督查组)."""
    names = source.tx.session.scalars(
        select(Staff.name)
        .join(LeaderArea, LeaderArea.leader_id == Staff.id)
        .where(LeaderArea.unit_id == unit_id, today_rows(LeaderArea, source.tx.today))
        .order_by(Staff.id)
    )
    return f"分管领导{'、'.join(names)}、督查组"
