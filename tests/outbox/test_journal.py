"""What a desk has called saved is in its journal: after kill -9, on a full disk, a month later."""

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from desk.actions.closing import AddNote
from desk.outbox.journal import Journal, NotKept, State, journal_name
from desk.outbox.outbox import waits
from desk.rules.errors import DatabaseAway

ROOT = Path(__file__).parents[2]
TOO_LONG = "写得很长。" * 3000


def fill_disk(journal):
    """Let the journal's file grow no more: SQLite then says what it says on a full disk."""
    journal._link.execute("PRAGMA max_page_count = 1")


def test_what_was_called_saved_is_there_after_kill_9(tmp_path):
    file = tmp_path / "outbox" / "journal.db"
    program = [sys.executable, "-m", "tests.outbox.killed_desk", str(file)]
    desk = subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    said = [desk.stdout.readline().split()[1] for _ in range(20)]
    os.kill(desk.pid, signal.SIGKILL)
    desk.wait()
    desk.stdout.close()
    journal = Journal(file)
    kept = [row.temporary for row in journal.pending()]
    journal.close()
    assert said == kept[: len(said)]
    assert len(set(kept)) == len(kept)


def test_the_journal_is_safe_against_a_power_cut_and_other_users(desk):
    link = desk.journal._link
    assert link.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert link.execute("PRAGMA synchronous").fetchone() == (2,)
    file = Path(link.execute("PRAGMA database_list").fetchone()[2])
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_on_a_full_disk_the_server_is_asked_at_once_and_only_once(desk):
    fill_disk(desk.journal)
    asked = desk.intake(TOO_LONG)
    number = desk.outbox.carry_out(asked).made["number"]
    assert desk.outbox.carry_out(asked).made["number"] == number
    assert desk.numbers() == [number]


def test_on_a_full_disk_and_without_the_server_nothing_is_called_saved(desk):
    fill_disk(desk.journal)
    desk.cable.pull()
    with pytest.raises(DatabaseAway, match="未保存"):
        desk.outbox.carry_out(desk.intake(TOO_LONG))
    assert desk.journal.pending() == []


def test_a_disk_that_fills_up_after_sending_sends_the_same_thing_again(desk):
    row = desk.journal.put(desk.intake(), may_wait=True, now=desk.hall.clock())
    desk.journal._link.execute("PRAGMA query_only = ON")
    (first,) = desk.sender.send_once().done
    desk.journal._link.execute("PRAGMA query_only = OFF")
    (again,) = desk.sender.send_once().done
    assert again.changes.made == first.changes.made
    assert desk.journal.get(row.command).state is State.DONE


def test_what_was_typed_is_kept_beside_what_the_gate_made_of_it(desk):
    case = desk.outbox.carry_out(desk.intake()).made["case"]
    typed = "第一行\r\n第二行"
    note = AddNote(**desk.hall.by("李敏"), case=case, seen=1, note=typed)
    desk.outbox.carry_out(note)
    row = desk.journal.get(note.command)
    assert row.as_typed().note == typed
    assert row.request().note == "第一行\n第二行"


def test_what_was_done_is_kept_for_thirty_days_and_what_waits_for_ever(desk):
    now = desk.hall.clock()
    done = desk.intake("做完的。")
    waiting = desk.intake("还在等的。")
    for asked in (done, waiting):
        desk.journal.put(asked, may_wait=True, now=now)
    desk.journal.done(done.command, "号", now)
    desk.journal.prune(now + timedelta(days=29))
    assert desk.journal.get(done.command) is not None
    desk.journal.prune(now + timedelta(days=400))
    assert desk.journal.get(done.command) is None
    assert [row.command for row in desk.journal.pending()] == [waiting.command]


def test_numbers_begin_anew_each_day(desk):
    clock = desk.hall.clock
    numbers = []
    for day in ("2026-11-02 09:00", "2026-11-02 10:00", "2026-11-03 09:00"):
        clock.set(day)
        row = desk.journal.put(desk.intake(), may_wait=True, now=clock())
        numbers.append(row.temporary.rsplit("-", 1)[0])
    station = f"T-{desk.journal.station:04}"
    assert numbers == [f"{station}-261102-001", f"{station}-261102-002", f"{station}-261103-001"]


def test_a_file_that_is_no_journal_is_refused(tmp_path):
    file = tmp_path / "journal.db"
    file.write_bytes(b"not a database, but long enough to be looked at as one" * 20)
    with pytest.raises(NotKept):
        Journal(file)


def test_whoever_signs_in_shares_the_journal_of_one_database():
    here = "postgresql://1001:geheim@10.0.0.5:5432/hall"
    assert journal_name(here) == journal_name("postgresql+psycopg://1002@10.0.0.5/hall")
    assert journal_name(here) != journal_name("postgresql://1001@10.0.0.5:5432/other")


def test_a_command_that_waits_is_never_kept_twice(desk):
    asked = desk.intake()
    desk.cable.pull()
    first = desk.outbox.carry_out(asked)
    again = desk.outbox.carry_out(asked)
    assert waits(again)
    assert again.made == first.made
    with sqlite3.connect(desk.journal._link.execute("PRAGMA database_list").fetchone()[2]) as link:
        assert link.execute("SELECT count(*) FROM outbox").fetchone() == (1,)
    link.close()
