"""Appointments and reception days in lines of the page 接访 (预约、接访的话)."""

from collections.abc import Sequence
from datetime import date

from desk.queries.appointments import AppointmentRow, CounterDay
from desk.queries.receptions import DayInCalendar, ReceptionRow
from desk.rules.moments import in_shanghai
from desk.rules.reception_codes import AppointmentState
from desk.rules.wording import label
from desk.ui.work_list import WorkRow

_CASES_HEAD = "接访的件"
_WEEKDAYS = "一二三四五六日"


def day_words(day: date) -> str:
    """Return a day as people say it: 11-05 周四."""
    return f"{day:%m-%d} 周{_WEEKDAYS[day.weekday()]}"


def book_words(day: date, leader: str) -> str:
    """Say which book it is: the counter's, or a leader's."""
    return f"{day_words(day)}　{f'{leader}接访' if leader else '窗口'}"


def counter_rows(days: Sequence[CounterDay], today: date) -> list[WorkRow]:
    """Return a line for each day of the counter's book; the place in the list is its id."""
    return [
        WorkRow(
            at,
            f"{day_words(one.day)}{'　今天' if one.day == today else ''}",
            left=f"{one.booked} 位预约" if one.booked else "还没有人约",
        )
        for at, one in enumerate(days)
    ]


def calendar_rows(days: Sequence[DayInCalendar], today: date) -> list[WorkRow]:
    """Return a line for each reception day; the reader's own are marked."""
    return [_calendar_row(at, one, today) for at, one in enumerate(days)]


def _calendar_row(at: int, one: DayInCalendar, today: date) -> WorkRow:
    mark = "　今天" if one.day == today else ""
    leader = one.leader or "还没有排人"
    counts = f"预约 {one.appointments} · 接访 {one.cases} 件"
    mine = "（您）" if one.is_mine else ""
    return WorkRow(at, f"{day_words(one.day)}　{leader}{mine}{mark}", left=one.place, note=counts)


def appointment_row(one: AppointmentRow) -> WorkRow:
    """Return the line of an appointment: the hour, who, what about."""
    at = f"{in_shanghai(one.starts_at):%H:%M}"
    state = "已受理" if one.case_id else label(one.state)
    moved = f"改过 {one.moved} 次" if one.moved else ""
    note = "　".join(filter(None, (one.number, "、".join(one.needs), moved)))
    return WorkRow(one.id, f"{one.who}　{one.matter}", tag=at, corner=state, note=note)


def reception_row(one: ReceptionRow) -> WorkRow:
    """Return the line of a case before a leader: what he decided, who does it until when."""
    corner = label(one.outcome) if one.outcome else "还没有登记"
    return WorkRow(
        one.id, one.summary, tag=label(one.origin), corner=corner, note=follow_words(one)
    )


def owed_row(one: ReceptionRow) -> WorkRow:
    """Return the line of what a leader told a unit to do."""
    late = "已过期" if one.is_late else "还没落实"
    head = f"{day_words(one.day)} {one.leader}"
    return WorkRow(one.id, one.summary, tag=head, corner=late, note=follow_words(one))


def follow_words(one: ReceptionRow) -> str:
    """Say who does it until when, and whether it is done."""
    if not one.follow_unit:
        return ""
    until = f" {one.follow_due:%m-%d} 前" if one.follow_due else ""
    done = "　已落实" if one.done_on else ""
    return f"{one.follow_unit}{until}{done}"


def day_rows(
    appointments: Sequence[AppointmentRow], cases: Sequence[ReceptionRow]
) -> list[WorkRow]:
    """Return the lines of a day: who comes, below it the cases; what was called off comes last."""
    coming = [one for one in appointments if one.state is not AppointmentState.CANCELLED]
    off = [one for one in appointments if one.state is AppointmentState.CANCELLED]
    rows = [appointment_row(one) for one in (*coming, *off)]
    if cases:
        rows.append(WorkRow(None, _CASES_HEAD, note=f"{len(cases)} 件"))
        rows += [reception_row(one) for one in cases]
    return rows
