"""The nightly copy and the monthly drill: what is kept, what is checked, what everybody can see."""

from datetime import date, timedelta

import pytest

DATABASES = ("hall", "hall_two")


def runs(server):
    """Return what the server has written about its copies and drills, the newest first."""
    return server.ask(
        "SELECT kind, is_good, sentence FROM upkeep_runs ORDER BY happened_at DESC, id DESC"
    )


def copies(server):
    return sorted(path.name for path in server.backups.glob("hall-*.dump"))


@pytest.fixture(scope="module")
def copy(server):
    """Return the file of a copy that the nightly script has made."""
    server.run("backup-nightly.sh")
    return server.backups / copies(server)[-1]


def test_a_copy_is_checked_and_kept_from_others(server, copy):
    assert ("backup", True) in {line[:2] for line in runs(server)}
    for kind in (".dump", ".roles.sql", ".sha256"):
        assert copy.with_name(copy.stem + kind).stat().st_mode & 0o077 == 0
    assert "SCRAM-SHA-256$" in copy.with_name(copy.stem + ".roles.sql").read_text()
    assert [path.name for path in server.backups.glob(".part*")] == []


def test_the_newest_copy_is_restored_and_compared_and_the_hall_is_told(server, copy):
    said = server.run("restore-drill.sh").stdout
    assert "恢复演练通过：诉求 0 件，办理记录" in said
    assert runs(server)[0][:2] == ("drill", True)
    assert server.ask("SELECT datname FROM pg_database WHERE datname LIKE 'hall_drill%'") == []
    assert "本月已演练过" in server.run("restore-drill.sh", "--monthly").stdout


def test_a_copy_fills_an_empty_database_and_never_one_that_holds_something(server, copy):
    said = server.run("server-restore.sh", "--file", str(copy), "--database", "hall_two").stdout
    assert "已恢复并体检通过" in said
    both = [server.ask("SELECT max(place), max(hash) FROM events", one) for one in DATABASES]
    assert both[0] == both[1]
    assert "已有数据" in server.refused("server-restore.sh", "--file", str(copy))


def test_a_copy_with_one_changed_byte_does_not_pass(server, copy, tmp_path):
    tmp_path.chmod(0o755)
    spoiled = tmp_path / copy.name
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    spoiled.write_bytes(content)
    (tmp_path / f"{copy.stem}.sha256").write_bytes(copy.with_suffix(".sha256").read_bytes())
    assert "校验值不对" in server.refused("restore-drill.sh", "--file", str(spoiled))
    assert runs(server)[0][:2] == ("drill", False)


def test_a_copy_of_another_history_does_not_pass(server, copy):
    with server.administrator() as connection:
        connection.execute("SET session_replication_role = replica")
        head = connection.execute("SELECT max(place), max(hash) FROM events").fetchone()
        kept = connection.execute("SELECT hash FROM events WHERE place = %s", (head[0],)).fetchone()
        connection.execute("UPDATE events SET hash = repeat('0', 64) WHERE place = %s", (head[0],))
        said = server.refused("restore-drill.sh", "--file", str(copy))
        connection.execute("UPDATE events SET hash = %s WHERE place = %s", (kept[0], head[0]))
    assert "与现用的库对不上" in said
    assert server.ask("SELECT datname FROM pg_database WHERE datname LIKE 'hall_drill%'") == []


def test_of_two_years_the_last_days_weeks_and_months_stay(server, copy):
    today = date.fromisoformat(copy.name[5:15])
    for back in range(1, 730):
        day = today - timedelta(days=back)
        (server.backups / f"hall-{day}-023000.dump").touch()
    server.run("backup-nightly.sh")
    kept = {date.fromisoformat(name[5:15]) for name in copies(server)}
    week = {today - timedelta(days=back) for back in range(7)}
    assert week <= kept
    assert len({day.isocalendar()[:2] for day in kept if (today - day).days < 29}) == 5
    assert len({(day.year, day.month) for day in kept}) == 12
    assert len(kept) <= 7 + 5 + 12
    assert copy.exists()


def test_without_a_server_there_is_a_sentence(servers, server):
    options = ["--data", str(servers / "nowhere"), "--backups", str(servers / "none")]
    assert "没有在运行" in server.refused("backup-nightly.sh", *options)
