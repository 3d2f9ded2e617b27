"""The list of a reception day for the wall of the office (接访日安排表)."""

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from desk.rules.identity import mask_name, mask_phone
from desk.rules.moments import in_shanghai
from desk.rules.reception_codes import AppointmentState
from desk.rules.rights import Person
from desk.rules.wording import label
from desk.store.models import Appointment, Case, DutyPost, ReceptionCase, ReceptionDay
from desk.store.paper_source import Row
from desk.store.reception_rows import receivers_of
from desk.store.reception_sight import appointment_seen_by
from desk.store.roster_rows import WEEKDAYS
from desk.store.sight import seen_by

_EXPECTED = (AppointmentState.BOOKED, AppointmentState.CAME)


def reception_list_row(session: Session, person: Person, day: ReceptionDay) -> Row:
    """Return who comes when, and what is brought forward.

    Whatever is about one of our own units or people, or is a report, is on no such list: it is
    read by more people than may know of it (9.4). Names and numbers are masked.
    """
    leaders = "、".join(one.name for one in receivers_of(session, day.post_id, day.day))
    lines = [*_appointments(session, person, day), *_cases(session, person, day)]
    post = session.get_one(DutyPost, day.post_id)
    on = day.day
    return {
        "day": f"{on.year}年{on.month}月{on.day}日（周{WEEKDAYS[on.weekday()]}）",
        "hours": post.hours or "",
        "leader": leaders or "未排",
        "place": day.place,
        "lines": [{"n": n, **line} for n, line in enumerate(lines, 1)],
        "note": day.note,
    }


def _appointments(session: Session, person: Person, day: ReceptionDay) -> list[Row]:
    rows = session.scalars(
        select(Appointment)
        .where(
            Appointment.reception_day_id == day.id,
            Appointment.state.in_(_EXPECTED),
            Appointment.case_id.is_(None),
            Appointment.accused_unit_id.is_(None),
            Appointment.accused_staff_id.is_(None),
            appointment_seen_by(person),
        )
        .order_by(Appointment.starts_at, Appointment.seat)
    )
    return [
        {
            "at": f"{in_shanghai(row.starts_at):%H:%M}",
            "who": " ".join(filter(None, (mask_name(row.name or ""), mask_phone(row.phone or "")))),
            "matter": row.matter or "",
            "origin": "预约",
            "needs": "、".join(row.needs),
        }
        for row in rows
    ]


def _cases(session: Session, person: Person, day: ReceptionDay) -> list[Row]:
    rows = session.execute(
        select(ReceptionCase.origin, Case.number, Case.summary, Case.appellant_shown, Case.needs)
        .join(Case, Case.id == ReceptionCase.case_id)
        .where(
            ReceptionCase.reception_day_id == day.id,
            ReceptionCase.removed_at.is_(None),
            Case.is_secret == false(),
            Case.accused_unit_id.is_(None),
            Case.accused_staff_id.is_(None),
            seen_by(person),
        )
        .order_by(ReceptionCase.added_at, ReceptionCase.id)
    )
    return [
        {
            "at": "",
            "who": row.appellant_shown,
            "matter": f"{row.summary}（{row.number}）",
            "origin": label(row.origin),
            "needs": "、".join(row.needs),
        }
        for row in rows
    ]
