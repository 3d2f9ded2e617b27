"""The street's own days and the yearly notice: what they change, and what they refuse."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.actions.administration import ChangeUnit
from desk.actions.calendar import ClearCalendarDay, ImportNotice, SetCalendarDay
from desk.actions.recomputing import RecomputeClocks
from desk.actions.time_rules import SetTimeRule
from desk.queries.calendar import (
    DayMark,
    KnownYear,
    calendar_month,
    known_holiday_years,
    missing_notice,
)
from desk.rules.codes import ClockKind, SpanUnit
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import day_of, in_shanghai
from desk.rules.working_days import HALL_HOURS
from desk.store.hall_rules import hall_calendar, time_rules
from desk.store.models import Assignment, CalendarNotice, Clock, Event
from tests.actions.work import LI, XU, ZHOU, S
from tests.rules.notices import NOTICE_2027, NOTICES

HOLIDAY, SATURDAY, TUESDAY = date(2026, 10, 2), date(2026, 11, 7), date(2026, 11, 10)
MORNING = ((time(9), time(12)),)
MONTHS_OF_2026 = (21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23)


def hours(work, day):
    with Session(work.hall.engine) as session:
        return hall_calendar(session, work.hall.street_id, day).hours_on(day)


def last_line(work):
    with Session(work.hall.engine) as session:
        return session.scalars(select(Event).order_by(Event.place.desc()).limit(1)).one()


def month(work, year, number):
    return work.desk(XU).read(lambda reader: calendar_month(reader, date(year, number, 1)))


def views(work, *days):
    found = {one.day: one for one in month(work, days[0].year, days[0].month).days}
    return [(found[day].mark, found[day].name, found[day].hours) for day in days]


def test_the_months_of_2026_have_their_working_days(work):
    november = month(work, 2026, 11)
    assert november.counts == MONTHS_OF_2026
    assert november.week == "周一至周五 09:00-12:00,14:00-18:00"
    assert november.is_known
    assert november.known[0] == KnownYear(2026, "程序自带")
    assert [one.year for one in november.known] == list(range(2026, 2015, -1))


def test_a_month_names_its_holidays_and_the_days_worked_for_them(work):
    usual = "09:00-12:00,14:00-18:00"
    days = [date(2026, 9, day) for day in (19, 20, 21, 25)]
    assert views(work, *days) == [
        (DayMark.REST, "", ""),
        (DayMark.MOVED, "国庆节调休", usual),
        (DayMark.PLAIN, "", usual),
        (DayMark.HOLIDAY, "中秋节", ""),
    ]


def test_the_hall_opens_on_a_holiday_closes_on_a_working_day_and_goes_back_to_the_calendar(work):
    duty = {"day": HOLIDAY, "is_working": True, "hours": "9:00—12:00", "reason": "节假日轮值"}
    work.ask(XU, SetCalendarDay, **duty)
    assert hours(work, HOLIDAY) == MORNING
    assert views(work, HOLIDAY) == [(DayMark.OWN_OPEN, "节假日轮值", "09:00-12:00")]

    facts = {"is_working": False, "hours": "09:00-12:00", "reason": "停电检修"}
    work.ask(XU, SetCalendarDay, day=TUESDAY, last=date(2026, 11, 11), **facts)
    assert [hours(work, date(2026, 11, day)) for day in (9, 10, 11, 12)] == [
        HALL_HOURS, (), (), HALL_HOURS,
    ]  # fmt: skip
    assert views(work, TUESDAY) == [(DayMark.OWN_CLOSED, "停电检修", "")]
    line = last_line(work)
    assert line.title == "设本街道关闭 11 月 10 日（周二）至 11 日（周三），2 天"

    work.ask(XU, SetCalendarDay, day=TUESDAY, is_working=True, reason="提前修好")
    assert hours(work, TUESDAY) == HALL_HOURS
    for day in (HOLIDAY, TUESDAY, date(2026, 11, 11)):
        work.ask(XU, ClearCalendarDay, day=day)
    assert [hours(work, day) for day in (HOLIDAY, TUESDAY)] == [(), HALL_HOURS]
    with pytest.raises(RuleBroken, match="已经照日历了"):
        work.ask(XU, ClearCalendarDay, day=TUESDAY)


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"reason": " "}, "reason", "请写明原因"),
        ({"last": date(2026, 11, 6)}, "last", "不能早于这一天"),
        ({"last": date(2026, 12, 8)}, "last", "一次最多 31 天"),
        ({"hours": "上午"}, "hours", "看不懂"),
    ],
)
def test_a_day_that_is_not_told_wholly_is_refused_beside_its_field(work, facts, field, sentence):
    told = {"day": SATURDAY, "is_working": True, "reason": "加班开放", **facts}
    with pytest.raises(RuleBroken, match=sentence) as refused:
        work.ask(XU, SetCalendarDay, **told)
    assert refused.value.field == field
    assert hours(work, SATURDAY) == ()


def test_only_the_administrator_changes_the_calendar(work):
    for request, facts in (
        (SetCalendarDay, {"day": SATURDAY, "is_working": True, "reason": "加班"}),
        (ClearCalendarDay, {"day": SATURDAY}),
        (ImportNotice, {"text": NOTICE_2027}),
    ):
        with pytest.raises(NotAllowed):
            work.ask(LI, request, **facts)


def test_a_notice_ends_the_warning_and_its_newest_word_counts(own_work):
    work = own_work
    assert work.desk(ZHOU).read(missing_notice) == 2027
    january = month(work, 2027, 1)
    assert (january.is_known, january.missing, january.counts[0]) == (False, 2027, 21)

    changes = work.ask(XU, ImportNotice, text=NOTICE_2027)
    assert changes.title == "导入 2027 年放假通知"
    assert changes.made["years"] == [2027]
    assert work.desk(ZHOU).read(missing_notice) is None
    january = month(work, 2027, 1)
    assert (january.is_known, january.missing, january.counts[0]) == (True, None, 20)
    first = january.known[0]
    assert (first.year, first.imported_by, first.imported_at) == (2027, "许诺", work.clock())
    assert first.source == "国办发明电〔2026〕9号 关于2027年部分节假日安排的通知"
    assert views(work, date(2027, 2, 14))[0][:2] == (DayMark.MOVED, "春节调休")

    file = (
        '{"years": [2027], "holidays": ["2027-01-01"], "shifts": {"2027-01-03": ["09:00-12:00"]}}'
    )
    work.clock.forward(minutes=1)
    work.ask(XU, ImportNotice, text=file)
    assert views(work, date(2027, 1, 3)) == [(DayMark.MOVED, "节假日调休", "09:00-12:00")]
    assert hours(work, date(2027, 2, 14)) == ()
    known = work.desk(XU).read(known_holiday_years)
    assert [one.day for one in known[2027].worked] == [date(2027, 1, 3)]
    with Session(work.hall.engine) as session:
        assert session.scalar(select(func.count(CalendarNotice.id))) == 2


def test_a_notice_may_correct_a_year_the_program_brings(own_work):
    words = "关于调整2026年国庆节假期的通知\n一、10月1日至8日放假调休，共8天。10月11日上班。"
    own_work.ask(XU, ImportNotice, text=words)
    marks = [one[:2] for one in views(own_work, *(date(2026, 10, day) for day in (8, 10, 11)))]
    assert marks == [
        (DayMark.HOLIDAY, "国庆节"),
        (DayMark.REST, ""),
        (DayMark.MOVED, "国庆节调休"),
    ]
    assert hours(own_work, date(2026, 9, 20)) == ()
    assert hours(own_work, date(2026, 5, 9)) == HALL_HOURS
    own_work.ask(XU, ImportNotice, text=NOTICES[2026])
    assert month(own_work, 2026, 10).counts == MONTHS_OF_2026


def test_a_notice_with_a_wrong_weekday_brings_nothing(work):
    with pytest.raises(RuleBroken, match="星期不对") as refused:
        work.ask(XU, ImportNotice, text=NOTICE_2027.replace("1月1日（周五）", "1月1日（周四）"))
    assert refused.value.field == "text"
    assert work.desk(XU).read(missing_notice) == 2027


def begun_by(work, case, kind):
    return [clock for clock in work.all(Clock, case) if clock.kind is kind]


def set_rule(work, kind, **facts):
    """Change the limit of a kind for all cases, from today on."""
    with Session(work.hall.engine) as session:
        known = time_rules(session, work.hall.street_id, day_of(work.clock()))
        row, rule = next((key, one) for key, one in known.items() if one.kind is kind)
    changed = {"rule": row, "limit": replace(rule, **facts), "valid_from": day_of(work.clock())}
    work.ask(XU, SetTimeRule, **changed)


def test_a_post_round_the_clock_and_an_office_in_one_case_are_counted_each_by_its_own_hours(
    own_work,
):
    work = own_work
    set_rule(work, ClockKind.ACCEPT, value=30, unit=SpanUnit.WORKING_MINUTE)
    office, post = "榕东社区", "综合行政执法队"
    same = {"name": office, "short_name": "榕东", "parent": work.unit("青榕街道")}
    hours = "周一至周五 09:00-12:00,14:00-20:00"
    today = day_of(work.clock())
    work.ask(XU, ChangeUnit, unit=work.unit(office), **same, opening_hours=hours, valid_from=today)
    work.clock.set("2026-11-06 17:45")  # a Friday
    case = work.to(S.DISPATCHED, supports=(office, post))
    due = {}
    for clock in begun_by(work, case, ClockKind.ACCEPT):
        with Session(work.hall.engine) as session:
            unit = session.get_one(Assignment, clock.assignment_id).unit_id
        due[unit] = f"{in_shanghai(clock.due_at):%d %H:%M}"
        sent = in_shanghai(clock.started_at).minute  # some minutes before the hall closes
    on_time = {work.unit(office): f"06 18:{sent - 30:02}", work.unit(post): f"06 18:{sent - 30:02}"}
    assert due == on_time | {work.unit("城建办"): f"09 09:{sent - 30:02}"}


def test_a_limit_guessed_into_an_unknown_year_says_so_until_it_is_counted_with_its_notice(own_work):
    work = own_work
    work.clock.set("2026-12-30 10:00")
    case = work.to(S.OPINION)
    (before,) = begun_by(work, case, ClockKind.OPINION)
    assert (before.guessed_year, day_of(before.due_at)) == (2027, date(2027, 1, 4))

    work.ask(XU, ImportNotice, text=NOTICE_2027)
    work.ask(ZHOU, RecomputeClocks, cases=(case,))
    (after,) = begun_by(work, case, ClockKind.OPINION)
    assert (after.guessed_year, day_of(after.due_at)) == (None, date(2027, 1, 5))
    assert day_of(after.original_due_at) == date(2027, 1, 4)
