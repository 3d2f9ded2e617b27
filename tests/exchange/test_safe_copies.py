"""One copy a day by itself; old ones are thinned out, never the last of a week or month."""

from datetime import date, timedelta

import pytest

from desk.exchange.safe_copies import (
    copies,
    copy_now,
    daily_copy,
    days_to_keep,
    differences,
    restore_beside,
)
from desk.rules.errors import RuleBroken
from desk.settings import change_settings
from desk.store.backup import contents_of

TODAY = date(2026, 11, 22)


def test_the_first_start_of_a_day_makes_a_copy_and_the_second_none(sqlite_hall_url):
    report = daily_copy(sqlite_hall_url, TODAY)
    assert report.file.name == "hall-2026-11-22.db"
    assert daily_copy(sqlite_hall_url, TODAY) is None
    assert daily_copy(sqlite_hall_url, TODAY + timedelta(days=1)) is not None
    assert [copy.day for copy in copies(sqlite_hall_url)] == [date(2026, 11, 23), TODAY]


def test_a_second_copy_of_the_day_gets_a_name_of_its_own(sqlite_hall_url):
    names = [copy_now(sqlite_hall_url, TODAY).file.name for _ in range(3)]
    assert names == ["hall-2026-11-22.db", "hall-2026-11-22-2.db", "hall-2026-11-22-3.db"]


def test_copies_go_where_this_machine_says(sqlite_hall_url, tmp_path):
    change_settings(backup_folder=str(tmp_path / "other disk"))
    report = daily_copy(sqlite_hall_url, TODAY)
    assert report.file.parent == tmp_path / "other disk"


def test_seven_days_five_weeks_and_twelve_months_stay():
    days = {TODAY - timedelta(days=n) for n in range(500)}
    kept = days_to_keep(days, TODAY)
    assert {TODAY - timedelta(days=n) for n in range(7)} <= kept
    assert TODAY - timedelta(days=500) not in kept
    weeks = {day.isocalendar()[:2] for day in kept if day > TODAY - timedelta(days=35)}
    assert len(weeks) >= 5
    assert len({(day.year, day.month) for day in kept}) == 12
    assert len(kept) <= 7 + 5 + 12


def test_after_a_long_pause_nothing_is_lost_that_is_the_last_of_its_month():
    days = {date(2025, month, 3) for month in range(1, 13)} | {TODAY}
    kept = days_to_keep(days, TODAY)
    assert kept == {TODAY} | {date(2025, month, 3) for month in range(2, 13)}


def test_old_copies_go_when_a_new_one_is_there(sqlite_hall_url):
    for ago in range(30, -1, -1):
        daily_copy(sqlite_hall_url, TODAY - timedelta(days=ago))
    days = {copy.day for copy in copies(sqlite_hall_url)}
    assert days == days_to_keep(days, TODAY)
    assert len(days) < 16


def test_a_copy_says_how_it_differs_from_now(sqlite_hall, sqlite_hall_url):
    report = daily_copy(sqlite_hall_url, TODAY)
    contents, rows = differences(sqlite_hall_url, report.file)
    assert contents.rows == contents_of(sqlite_hall_url).rows
    assert {row.name for row in rows} >= {"诉求", "办理记录", "文书"}
    assert all(row.in_copy == row.now for row in rows)


def test_a_copy_is_restored_beside_the_database_in_use(sqlite_hall_url, tmp_path):
    report = daily_copy(sqlite_hall_url, TODAY)
    target = tmp_path / "restored.db"
    restored = restore_beside(report.file, target)
    assert restored.contents.rows == report.contents.rows
    with pytest.raises(RuleBroken, match="新文件"):
        restore_beside(report.file, target)
