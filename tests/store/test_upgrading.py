"""Upgrading a shared database while desks are open, and a desk whose program is the older one."""

import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from desk.actions.administration import SetSetting
from desk.rules.errors import DatabaseAway, ProgramTooOld, WrongVersion
from desk.rules.versions import TOO_OLD
from desk.store.engine import make_engine
from desk.store.fitting import newest_revision, require_current
from desk.store.signing_in import sign_in
from desk.store.upgrade import upgrade
from tests.small_hall import PASSWORD

NEXT = "29991231_next"
# tables of ours that are bound by no policy
UNGUARDED = """
SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
AND NOT (relforcerowsecurity AND EXISTS (SELECT FROM pg_policies WHERE tablename = c.relname))
"""
WAIT = 30.0  # until a thread must have come so far


@contextmanager
def open_transaction(url):
    """Give a connection that has read a case list and went to lunch without ending it."""
    engine = make_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM cases"))
        yield connection
    engine.dispose()


def say_version(engine, oldest):
    """Make the database what an upgrade to the next version leaves."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": NEXT})
        connection.execute(
            text("UPDATE schema_info SET version = :v, min_client = :o"), {"v": NEXT, "o": oldest}
        )


def test_an_upgrade_says_which_version_it_left(engine):
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT version, min_client FROM schema_info")).all()
    assert [row.version for row in rows] == [newest_revision()]
    assert rows[0].min_client <= newest_revision()


def test_who_reads_is_let_through_while_an_upgrade_waits_for_somebody_else(postgres_url):
    waiting, may_go_on = threading.Event(), threading.Event()

    def pause(_seconds):
        waiting.set()
        assert may_go_on.wait(WAIT)

    upgrading = threading.Thread(target=upgrade, args=(postgres_url,), kwargs={"pause": pause})
    with open_transaction(postgres_url), open_transaction(postgres_url) as desk:
        desk.rollback()
        upgrading.start()
        assert waiting.wait(WAIT)  # it has tried, and got out of the way
        desk.execute(text("SET statement_timeout = '2s'"))
        assert desk.execute(text("SELECT count(*) FROM cases")).scalar() == 0
        assert upgrading.is_alive()
        desk.rollback()
    may_go_on.set()
    upgrading.join(WAIT)
    assert not upgrading.is_alive()
    engine = make_engine(postgres_url)
    require_current(engine)
    engine.dispose()


def test_an_upgrade_that_never_gets_through_leaves_everything_as_it_was(postgres_url):
    tries = []
    with open_transaction(postgres_url), pytest.raises(DatabaseAway, match="原来的还能照常用"):
        upgrade(postgres_url, pause=tries.append, waits=(0.1, 0.2))
    assert tries == [0.1, 0.2]


def test_an_upgrade_that_was_cut_off_lets_nobody_sign_in_and_is_finished_by_the_next(postgres_url):
    """Somebody begins to read when the guards are renewed, and stays: the rest has to wait."""
    engine = make_engine(postgres_url)
    tries = []
    with open_transaction(postgres_url) as before, engine.connect() as late:

        def pause(seconds):
            tries.append(seconds)
            before.rollback()
            late.execute(text("SELECT count(*) FROM streets"))

        with pytest.raises(DatabaseAway, match="还差最后一步"):
            upgrade(postgres_url, pause=pause, waits=(0.1, 0.2))
        assert tries == [0.1, 0.1, 0.2]
    with pytest.raises(WrongVersion, match="正在升级"):
        require_current(engine)
    with engine.connect() as connection:
        assert connection.scalars(text(UNGUARDED)).all() == []
    upgrade(postgres_url)
    require_current(engine)
    engine.dispose()


def test_two_upgrades_do_not_meet(postgres_url):
    engine = make_engine(postgres_url)
    ended = []

    def second():
        upgrade(postgres_url)
        ended.append("second")

    with engine.connect() as first:
        first.execute(text("SELECT pg_advisory_lock(7326002)"))
        thread = threading.Thread(target=second)
        thread.start()
        waits = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        for _ in range(3000):
            if first.execute(waits).scalar():
                break
            thread.join(0.01)
        ended.append("first")
        first.execute(text("SELECT pg_advisory_unlock(7326002)"))
        first.commit()
    thread.join(WAIT)
    engine.dispose()
    assert ended == ["first", "second"]


def test_a_desk_one_version_behind_works_on_and_is_told(hall, hall_url):
    say_version(hall.engine, newest_revision())
    database = sign_in(hall_url, "6001", PASSWORD)
    assert "请今天下班前升级" in database.fit.banner
    database.carry_out(SetSetting(**hall.by("许诺"), key="lock_minutes", value=5))
    database.close()


def test_a_desk_too_far_behind_looks_and_sends_nothing(hall, hall_url):
    say_version(hall.engine, NEXT)
    database = sign_in(hall_url, "6001", PASSWORD)
    assert database.read(lambda reader: reader.person.name) == "许诺"
    with pytest.raises(ProgramTooOld, match=TOO_OLD):
        database.carry_out(SetSetting(**hall.by("许诺"), key="lock_minutes", value=5))
    database.close()


def test_a_newer_database_that_speaks_of_another_version_opens_for_nobody(hall, hall_url):
    with hall.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": NEXT})
    with pytest.raises(WrongVersion, match="数据库比本程序新"):
        sign_in(hall_url, "6001", PASSWORD)
