"""The roster of a month (值班表) as rows: for the screen, and for the sheet on the wall."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.roster import OnDuty, Post, duty_days, write_people
from desk.rules.working_days import Calendar
from desk.store.hall_rules import hall_calendar
from desk.store.models import DutyPost, DutyShift
from desk.store.models.hall import today_rows
from desk.store.paper_source import Row, Writing

WEEKDAYS = "一二三四五六日"
REST, WORKED = "休", "班"


def last_day_of_month(first: date) -> date:
    """Return the last day of the month of a day."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def post_of(row: DutyPost) -> Post:
    """Return what a stored post asks of the roster."""
    return Post(
        is_round_clock=row.is_round_clock,
        needs_night=row.needs_night,
        weekday=row.weekday,
        holiday_way=row.holiday_way,
    )


def on_duty_of(row: DutyShift) -> OnDuty:
    """Return a stored name as a cell shows it."""
    return OnDuty(row.person, row.part, row.is_lead)


def posts_on(session: Session, street_id: int, on: date) -> list[DutyPost]:
    """Return the posts of a day, in the order of the sheet."""
    return list(
        session.scalars(
            select(DutyPost)
            .where(DutyPost.street_id == street_id, today_rows(DutyPost, on))
            .order_by(DutyPost.position, DutyPost.id)
        )
    )


def present_shifts(
    session: Session, post_ids: Sequence[int], first: date, last: date
) -> list[DutyShift]:
    """Return who is on the roster from `first` to `last`; what was replaced is left out."""
    return list(
        session.scalars(
            select(DutyShift)
            .where(
                DutyShift.post_id.in_(post_ids),
                DutyShift.day.between(first, last),
                DutyShift.replaced_at.is_(None),
            )
            .order_by(DutyShift.day, DutyShift.id)
        )
    )


def day_mark(day: date, calendar: Calendar) -> str:
    """Return 休 for a working day off, 班 for a day of the weekend that is worked."""
    is_weekend = day.weekday() >= 5  # noqa: PLR2004 - Saturday
    if calendar.is_working_day(day) == is_weekend:
        return WORKED if is_weekend else REST
    return ""


def duty_roster_row(tx: Writing, first: date) -> Row:
    """Return posts across and the days of a month down, with who is there."""
    first = first.replace(day=1)
    last = last_day_of_month(first)
    calendar = hall_calendar(tx.session, tx.street_id, first)
    posts = posts_on(tx.session, tx.street_id, last)
    shifts = present_shifts(tx.session, [post.id for post in posts], first, last)
    cells: dict[tuple[int, date], list[OnDuty]] = {}
    for shift in shifts:
        cells.setdefault((shift.post_id, shift.day), []).append(on_duty_of(shift))
    needed = {post.id: set(duty_days(post_of(post), first, last, calendar)) for post in posts}
    days = [first + timedelta(days=n) for n in range(last.day)]
    return {
        "year": str(first.year),
        "month": str(first.month),
        "posts": [post.name for post in posts],
        "days": [
            {
                "day": f"{day.month}月{day.day}日",
                "weekday": f"周{WEEKDAYS[day.weekday()]}{day_mark(day, calendar)}",
                "at": [
                    write_people(cells.get((post.id, day), ()))
                    or ("" if day in needed[post.id] else "—")
                    for post in posts
                ],
            }
            for day in days
        ],
        "phones": "；".join(f"{post.name} {post.phone}" for post in posts if post.phone) or None,
    }
