"""`check`: every kind of damage is named; an honest hall has nothing to name."""

import pytest
from sqlalchemy import text

from desk.actions.administration import SetSetting
from desk.actions.closing import AddNote
from desk.queries.chain_health import chain_findings
from desk.queries.clock_health import clock_findings
from desk.queries.health import (
    booking_findings,
    constraint_findings,
    stored_papers,
)
from desk.queries.number_health import number_findings
from desk.rules.moments import in_shanghai
from tests.actions.mediations import Mediations
from tests.actions.rooms import FIRST, Rooms
from tests.actions.work import LI, XU, S, Work
from tests.small_hall import COMMAND_LINE

TWICE = (("10:00", "11:00"), ("14:30", "15:30"))


@pytest.fixture
def work(hall, clock):
    return Work(hall, clock)


@pytest.fixture
def damage(work):
    """Change rows as somebody with the database's own rights could: without the guards."""

    def run(*statements):
        with work.hall.engine.begin() as connection:
            if work.is_postgresql:
                for table in (
                    "cases",
                    "clocks",
                    "counters",
                    "mediations",
                    "bookings",
                    "booking_slots",
                ):
                    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            else:
                connection.execute(text("PRAGMA defer_foreign_keys = ON"))
                names = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for name in connection.scalars(names).all():
                    connection.execute(text(f"DROP TRIGGER {name}"))
            for statement in statements:
                connection.execute(text(statement))

    return run


def found(work, look):
    return [finding.sentence for finding in work.desk(COMMAND_LINE).read(look)]


@pytest.mark.parametrize("look", [constraint_findings, number_findings, clock_findings])
def test_an_honest_hall_has_nothing_to_name(work, look):
    work.to(S.CLOSED)
    work.register()

    assert found(work, look) == []


def test_an_empty_hall_has_nothing_to_name(work):
    assert found(work, number_findings) == []
    assert work.desk(LI).read(stored_papers) == []


def test_a_counter_that_ran_ahead_is_named(work, damage):
    work.register()
    damage("UPDATE counters SET last = 5 WHERE kind = 'case'")

    assert found(work, number_findings) == [
        "2026 年的计数是 5，应为 1。",
        *(f"2026 年缺第 {seq} 号，留痕里没有取它的那一条。" for seq in range(2, 6)),
    ]


def test_a_burnt_number_is_named_with_the_line_that_burnt_it(work, damage):
    """Somebody with a tool of his own takes a number, and writes an honest line with it."""
    case = work.register()
    work.clock.forward(minutes=5)
    damage("UPDATE counters SET last = last + 1 WHERE kind = 'case'")
    work.ask(LI, AddNote, case, note="已电话告知")
    work.clock.forward(minutes=5)
    work.register()

    line = work.history(case)[-1]
    words = f"2026 年缺第 2 号，随留痕第 {line.place} 条取走（"
    assert found(work, number_findings)[-1] == (
        f"{words}{in_shanghai(line.recorded_at):%Y-%m-%d %H:%M} 李敏 {line.title}）。"
    )


def test_a_burnt_number_of_a_paper_is_named_with_the_lines_between_which_it_went(work, damage):
    case = work.to(S.CLOSED)
    damage("UPDATE counters SET last = last + 1 WHERE kind = 'opinion'")
    (opinion,) = work.papers(case, "opinion-notice")
    after = [one.place for one in work.history(case) if one.recorded_at > opinion.issued_at]

    assert found(work, number_findings) == [
        f"2026 年处理意见书缺第 2 号，在留痕第 {after[0]} 条到第 {after[-1]} 条之间取走。"
    ]


def test_a_missing_number_is_named(work, damage):
    work.register()
    case = work.register()
    damage(f"UPDATE cases SET seq = 9 WHERE id = {case}")

    assert found(work, number_findings) == [
        "2026 年应有 9 个编号，实有 2 个。",
        "2026 年的计数是 2，应为 9。",
        *(f"2026 年缺第 {seq} 号，留痕里没有取它的那一条。" for seq in range(2, 9)),
    ]


def test_a_limit_that_was_moved_is_named(work, damage):
    case = work.register()
    damage("UPDATE clocks SET due_at = started_at WHERE kind = 'handle'")

    assert found(work, clock_findings) == [f"{work.case(case).number} 的一个时限与重新计算不一致。"]


@pytest.mark.parametrize("column", ["half_at", "near_at"])
def test_a_running_limit_that_changes_its_colour_at_another_moment_is_named(work, damage, column):
    case = work.register()
    damage(f"UPDATE clocks SET {column} = started_at WHERE kind = 'handle'")

    assert found(work, clock_findings) == [f"{work.case(case).number} 的一个时限与重新计算不一致。"]


def test_a_stopped_limit_is_compared_until_the_calendar_changes(work, damage):
    case = work.to(S.CLOSED)
    damage("UPDATE clocks SET due_at = started_at WHERE kind = 'handle'")
    assert found(work, clock_findings) == [f"{work.case(case).number} 的一个时限与重新计算不一致。"]

    work.clock.forward(days=1)
    work.ask(XU, SetSetting, key="opening_hours", value="08:30-12:00,13:00-17:00")

    assert found(work, clock_findings) == []


def test_a_row_that_points_nowhere_is_named_on_a_file(sqlite_hall, clock):
    work = Work(sqlite_hall, clock)
    case = work.register()
    with work.hall.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql(f"UPDATE matters SET unit_id = 5 WHERE case_id = {case}")
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")

    assert found(work, constraint_findings) == ["matters 表有一行指向不存在的记录。"]


def test_a_missing_number_of_a_mediation_is_named(work, damage):
    mediation = Mediations(work.hall, work.clock).lay()
    damage(f"UPDATE mediations SET seq = 3 WHERE id = {mediation}")

    said = found(work, number_findings)
    assert said[:2] == [
        "2026 年调解应有 3 个编号，实有 1 个。",
        "2026 年调解的计数是 1，应为 3。",
    ]
    assert [one.partition("，")[0] for one in said[2:]] == [
        "2026 年调解缺第 1 号",
        "2026 年调解缺第 2 号",
    ]
    assert found(work, chain_findings) == []


def test_a_booking_without_its_time_and_time_without_a_booking_are_named(work, damage):
    rooms = Rooms(work.hall, work.clock)
    rooms.furnish()
    first, second = (rooms.booked(FIRST, start, end) for start, end in TWICE)
    assert found(work, booking_findings) == []
    damage(
        f"DELETE FROM booking_slots WHERE booking_id = {first}",
        f"UPDATE bookings SET status = 'cancelled' WHERE id = {second}",
    )

    assert found(work, booking_findings) == [
        "1 个调解室预约没有占住时间。",
        "1 个已结束的调解室预约还占着时间。",
    ]


def test_bookings_that_do_not_fit_the_people_or_the_hours_are_named(work, damage):
    rooms = Rooms(work.hall, work.clock)
    rooms.furnish()
    first, _ = (
        rooms.booked(FIRST, f"1 {start}", f"1 {end}", rooms.mediation((phone, phone)))
        for (start, end), phone in zip(TWICE, ("13800000031", "13800000032"), strict=True)
    )
    assert found(work, booking_findings) == []
    damage(
        f"DELETE FROM booking_slots WHERE booking_id = {first} AND resource LIKE 'person:%'",
        "INSERT INTO calendar_days (street_id, day, is_working, reason) "
        f"VALUES ({work.hall.street_id}, '2026-11-03', FALSE, '停电')",
    )

    assert found(work, booking_findings) == [
        "1 个调解室预约占的不是当事人现在的时间。",
        "2 个调解室预约在开放时间之外，也没有批准加班，须改期。",
        "1 天的开放时间与日历不一致，请重新保存一次办公时间。",
    ]
