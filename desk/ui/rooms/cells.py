"""The cells of a week and of a mediator's month (周、月), made from what was read."""

from datetime import date, timedelta

from desk.queries.room_day import MonthView, WeekView
from desk.ui.rooms.cell_sheet import Cell
from desk.ui.rooms.week_strip import WEEKDAYS, say_weekday

Heads = tuple[tuple[tuple[Cell, ...], ...], tuple[str, ...], tuple[str, ...]]


def week_cells(week: WeekView, today: date) -> Heads:
    """Return rooms × days with their heads; all rooms that are in use on one of the days."""
    rooms = {room.id: room.name for day in week.days for room in day.rooms}
    rows = tuple(
        tuple(
            Cell(
                day.day,
                room,
                tuple(one for one in day.bookings if room in one.rooms),
                closed=day.closed_reason,
                is_today=day.day == today,
            )
            for day in week.days
        )
        for room in rooms
    )
    return rows, tuple(say_weekday(day.day) for day in week.days), tuple(rooms.values())


def month_cells(month: MonthView, today: date) -> Heads:
    """Return the weeks of a month, Monday first."""
    first = month.days[0].day
    empty = Cell(None, None)
    cells = [empty] * first.weekday()
    for one in month.days:
        note = "" if one.is_on_duty or one.closed_reason else "不当班"
        cells.append(
            Cell(
                one.day,
                None,
                one.bookings,
                f"{one.day.day}",
                note,
                one.closed_reason,
                is_today=one.day == today,
            )
        )
    cells += [empty] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))
    return weeks, tuple(f"周{word}" for word in WEEKDAYS), tuple("" for _ in weeks)


def month_after(day: date, by: int) -> date:
    """Return the first day of the month before or after."""
    first = day.replace(day=1)
    return (first - timedelta(days=1) if by < 0 else first + timedelta(days=32)).replace(day=1)
