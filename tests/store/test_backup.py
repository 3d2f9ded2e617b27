"""A copy is whole, is never written over, and comes back only into an empty database."""

import sqlite3
import threading

import pytest

from desk.actions.administration import AddPlace
from desk.actions.founding import PlacePlan
from desk.queries.lookups import places
from desk.rules.errors import DatabaseAway, RuleBroken, WrongVersion
from desk.store import pg_programs
from desk.store.backup import backup, contents_of, inspect_copy, restore
from desk.store.engine import make_engine
from desk.store.stopping import NoLongerWanted
from tests.databases import ENGINES
from tests.small_hall import PLACES, STREET, SmallHall


@pytest.fixture(params=ENGINES)
def pair(request, tmp_path):
    """Give a database with the small hall and a blank one of the same kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_hall_url"), f"sqlite:///{tmp_path / 'blank.db'}"
        return
    server = request.getfixturevalue("postgres")
    name = server.create()
    yield request.getfixturevalue("postgres_hall_url"), server.url(name)
    server.drop(name)


def test_a_copy_brings_everything_back(pair, clock, tmp_path):
    hall_url, blank_url = pair
    ending = "db" if hall_url.startswith("sqlite") else "dump"
    report = backup(hall_url, tmp_path / f"copy.{ending}")
    assert report.size > 0
    assert report.contents.street == STREET

    restored = restore(report.file, blank_url)
    assert restored.contents.rows == contents_of(hall_url).rows
    assert restored.contents.newest_at == report.contents.newest_at
    engine = make_engine(blank_url)
    hall = SmallHall(engine, clock)
    there = hall.sign_in("许诺")
    assert {place.name for place in there.read(places)} == {place.name for place in PLACES}
    # the restored database still guards itself and goes on with its chain
    there.carry_out(
        AddPlace(
            **hall.by("许诺"),
            place=PlacePlan("新小区", "榕东社区"),
            community=hall.unit("榕东社区"),
        )
    )
    engine.dispose()


def test_a_copy_never_covers_an_older_one(sqlite_hall_url, tmp_path):
    file = tmp_path / "copy.db"
    backup(sqlite_hall_url, file)
    before = file.read_bytes()
    with pytest.raises(RuleBroken, match="已经有了"):
        backup(sqlite_hall_url, file)
    assert file.read_bytes() == before


def test_a_copy_is_one_file_and_leaves_nothing_beside_it(sqlite_hall_url, tmp_path):
    folder = tmp_path / "copies"
    backup(sqlite_hall_url, folder / "copy.db")
    inspect_copy(folder / "copy.db")
    assert [file.name for file in folder.iterdir()] == ["copy.db"]


def test_a_copy_made_while_others_write_is_sound(sqlite_hall, sqlite_hall_url, tmp_path):
    stop = threading.Event()
    database = sqlite_hall.sign_in("许诺")
    made = []

    def write():
        while not stop.is_set():
            name = f"小区{len(made)}"
            database.carry_out(
                AddPlace(
                    **sqlite_hall.by("许诺"),
                    place=PlacePlan(name, "榕东社区"),
                    community=sqlite_hall.unit("榕东社区"),
                )
            )
            made.append(name)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        contents = [
            backup(sqlite_hall_url, tmp_path / f"copy{n}.db").contents.rows["events"]
            for n in range(5)
        ]
    finally:
        stop.set()
        writer.join()
    assert contents == sorted(contents)
    assert len(made) > 0


@pytest.mark.parametrize("doing", ["正在校验备份", "正在恢复", "正在校验恢复出来的数据库"])
def test_a_restore_can_be_given_up_at_any_step_and_leaves_nothing(
    sqlite_hall_url, tmp_path, monkeypatch, doing
):
    monkeypatch.setattr("desk.store.backup._LOOK", 50)
    copy, target = tmp_path / "copy.db", tmp_path / "new.db"
    backup(sqlite_hall_url, copy)
    heard = []

    def told(what, _done, _of):
        heard.append(what)
        if heard.count(doing) > (0 if doing == "正在恢复" else 1):  # while it lasts, not before
            raise NoLongerWanted

    with pytest.raises(NoLongerWanted):
        restore(copy, f"sqlite:///{target}", told)

    assert heard[-1] == doing
    assert list(tmp_path.glob("new.db*")) == []
    assert restore(copy, f"sqlite:///{target}").contents == inspect_copy(copy)


def test_nothing_is_restored_over_a_street(sqlite_hall_url, tmp_path):
    copy = backup(sqlite_hall_url, tmp_path / "copy.db").file
    with pytest.raises(RuleBroken, match=STREET):
        restore(copy, sqlite_hall_url)


def test_a_damaged_copy_is_refused_and_nothing_is_made(sqlite_hall_url, tmp_path):
    copy = backup(sqlite_hall_url, tmp_path / "copy.db").file
    page = 4096
    with copy.open("r+b") as file:
        for at in range(20, 60):
            file.seek(at * page)
            file.write(b"\xff" * 200)
    with pytest.raises((RuleBroken, DatabaseAway)):
        restore(copy, f"sqlite:///{tmp_path / 'new.db'}")
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 90])
def test_another_file_is_refused_with_a_sentence(tmp_path, content):
    file = tmp_path / "other.db"
    file.write_bytes(content)
    with pytest.raises(RuleBroken, match=r"other\.db"):
        restore(file, f"sqlite:///{tmp_path / 'new.db'}")


def test_a_copy_of_a_newer_program_is_refused(sqlite_hall_url, tmp_path):
    copy = backup(sqlite_hall_url, tmp_path / "copy.db").file
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '29990101_later'")
    connection.close()
    with pytest.raises(WrongVersion, match="升级"):
        restore(copy, f"sqlite:///{tmp_path / 'new.db'}")


def test_a_missing_database_is_not_copied(tmp_path):
    with pytest.raises(DatabaseAway, match="找不到"):
        backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db")


def test_a_password_never_reaches_the_list_of_processes(monkeypatch, tmp_path):
    seen = {}

    def run(command, **options):
        seen.update(command=command, secret=options["env"].get("PGPASSWORD"))
        raise SystemExit

    monkeypatch.setattr(pg_programs.subprocess, "run", run)
    with pytest.raises(SystemExit):
        pg_programs.dump("postgresql://clerk:geheim@127.0.0.1/hall", tmp_path / "copy.dump")
    assert "geheim" not in " ".join(seen["command"])
    assert seen["secret"] == "geheim"
