"""The hall's calendar (工作日历): days of the street's own, and the yearly notice of holidays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desk.actions.booking_troubles import say_out_of_hours
from desk.actions.dated_rows import change_in_place
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.holiday_years import NamedDay, YearDays
from desk.rules.notice_input import Understood, say_days, understand
from desk.rules.opening_hours import hours_of, say_hours
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.hall_rules import known_years
from desk.store.ids import new_id
from desk.store.models import CalendarDay, CalendarNotice
from desk.store.open_spans import rewrite_open_spans
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_MOST_DAYS = 31
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCalendarDay(Request):
    """Let the street's hall differ on a day, or on several in a row.

    Attributes:
        last: the last of them; None for the one day.
        is_working: opened (加班开放、节假日轮值、改时段) or closed (本街道关闭).
        hours: from when to when it is open; empty for the usual hours.
    """

    day: date
    last: date | None = None
    is_working: bool
    hours: str = words("时段", longest=120, default="")
    reason: str = words("原因")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearCalendarDay(Request):
    """Let a day be again as the notice and the week have it."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportNotice(Request):
    """Take the holidays of a year from a notice or a calendar file; the newest of a year counts."""

    text: str = words("放假通知", Field.BODY)


@action(SetCalendarDay, "calendar.day_set")
def set_calendar_day(tx: Transaction, request: SetCalendarDay) -> Changes:
    """Write the street's own days.

    Raises:
        RuleBroken: the reason is missing, the hours cannot be read, or the days are too many.
    """
    require_hall(Deed.KEEP_LIMITS, tx.person)
    if not request.reason.strip():
        raise RuleBroken("请写明原因，以后查得到为什么这一天不一样。", field="reason")
    last = request.last or request.day
    if not request.day <= last < request.day + _MOST_DAYS * _ONE_DAY:
        raise RuleBroken(f"“到哪天”不能早于这一天，一次最多 {_MOST_DAYS} 天。", field="last")
    hours = None
    if request.is_working and request.hours.strip():
        hours = say_hours(hours_of(request.hours, "hours"))
    days = [request.day + n * _ONE_DAY for n in range((last - request.day).days + 1)]
    before = [_put(tx, day, request, hours) for day in days]
    then = _after_change(tx, request.day)
    done = "开放" if request.is_working else "关闭"
    return Changes(
        f"设本街道{done} {say_days(days)}",
        made={"then": then},
        detail=f"原因：{request.reason}。原来：{'；'.join(filter(None, before)) or '照日历'}。",
    )


@action(ClearCalendarDay, "calendar.day_cleared")
def clear_calendar_day(tx: Transaction, request: ClearCalendarDay) -> Changes:
    """Take a day of the street's own back.

    Raises:
        RuleBroken: it is none.
    """
    require_hall(Deed.KEEP_LIMITS, tx.person)
    row = _own_day(tx, request.day)
    if row is None:
        raise RuleBroken("这一天已经照日历了，不用恢复。请刷新后再看。", field="day")
    before = _said(row)
    tx.session.delete(row)
    then = _after_change(tx, request.day)
    said = say_days([request.day])
    return Changes(f"恢复照日历 {said}", made={"then": then}, detail=f"原来：{before}。")


@action(ImportNotice, "calendar.notice_imported")
def import_notice(tx: Transaction, request: ImportNotice) -> Changes:
    """Keep what a notice says of its year; the years are read once more, from the words.

    Raises:
        RuleBroken: it cannot be read.
    """
    require_hall(Deed.KEEP_LIMITS, tx.person)
    found = understand(request.text, known_years(tx.session, tx.street_id))
    for one in found:
        tx.add(_notice(tx, one))
    years = [one.days.year for one in found]
    then = _after_change(tx, date(min(years) - 1, 12, 1))
    said = "、".join(map(str, years))
    made: Mapping[str, object] = {"years": years, "then": then}
    return Changes(f"导入 {said} 年放假通知", made=made, detail=found[0].source)


def _put(tx: Transaction, day: date, request: SetCalendarDay, hours: str | None) -> str:
    """Write one day and return what it was before."""
    row = _own_day(tx, day)
    before = "" if row is None else f"{say_days([day])} {_said(row)}"
    fresh = {"is_working": request.is_working, "hours": hours, "reason": request.reason}
    key = {"street_id": tx.street_id, "day": day}
    if row is None:  # two administrators may write the same day at the same moment
        tx.add_unless_there(CalendarDay, {**key, **fresh})
        row = tx.session.get_one(CalendarDay, key, with_for_update=True)
    change_in_place(tx, row, fresh)
    return before


def _own_day(tx: Transaction, day: date) -> CalendarDay | None:
    key = {"street_id": tx.street_id, "day": day}
    return tx.session.get(CalendarDay, key, with_for_update=True)


def _said(row: CalendarDay) -> str:
    done = f"开放 {row.hours or '照常的时段'}" if row.is_working else "关闭"
    return f"{done}（{row.reason}）"


def _after_change(tx: Transaction, first: date) -> str:
    """Write the open quarters anew; return what has to be done about bookings."""
    rewrite_open_spans(tx, max(first, tx.today))
    return say_out_of_hours(tx)


def _notice(tx: Transaction, found: Understood) -> CalendarNotice:
    days: YearDays = found.days
    return CalendarNotice(
        id=new_id(),
        street_id=tx.street_id,
        year=days.year,
        source=found.source,
        holidays=[[one.day.isoformat(), one.name] for one in days.rest],
        shifts=[[one.day.isoformat(), one.name, _hours(one)] for one in days.worked],
        imported_by=tx.person.staff_id,
        imported_at=tx.now,
    )


def _hours(one: NamedDay) -> str:
    return say_hours(one.hours) if one.hours else ""
