"""The chain over the log finds what was edited, taken out or cut off, on both engines."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text

from desk.queries.health import chain_findings
from desk.store.chain import GENESIS, digest_of, link_hash, moment_text
from tests.actions.work import LI, S


@pytest.fixture
def tamper(work):
    """Change the log as somebody with the database's own rights could: without the guards."""

    def run(*statements):
        with work.hall.engine.begin() as connection:
            if work.is_postgresql:
                for table in ("events", "event_cases", "cases"):
                    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            else:
                names = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for name in connection.scalars(names).all():
                    connection.execute(text(f"DROP TRIGGER {name}"))
            for statement in statements:
                connection.execute(text(statement))

    return run


def sentences(work):
    return [finding.sentence for finding in work.desk(LI).read(chain_findings)]


def last(work):
    return len(work.desk(LI).read(lambda r: r.session.execute(text("SELECT id FROM events")).all()))


def test_an_honest_log_is_whole(work):
    work.to(S.CLOSED)

    assert sentences(work) == []


def test_edited_words_are_found(work, tamper):
    work.to(S.DISPATCHED)
    tamper("UPDATE events SET title = '什么也没有发生' WHERE place = 2")

    assert sentences(work) == ["第 2 条留痕的内容被改过。"]


@pytest.mark.parametrize(
    "change", ["made_by = (SELECT max(id) FROM staff)", "digest = repeat_x", "hash = repeat_x"]
)
def test_an_edited_link_is_found(work, tamper, change):
    work.to(S.DISPATCHED)
    change = change.replace("repeat_x", f"'{'f' * 64}'")
    tamper(f"UPDATE events SET {change}, salt = '' WHERE place = 2")

    assert sentences(work) == ["第 2 条留痕与前一条接不上。"]


def test_a_line_taken_out_of_the_middle_is_found(work, tamper):
    work.to(S.ACCEPTED)
    tamper(
        "DELETE FROM event_cases WHERE event_id = (SELECT id FROM events WHERE place = 3)",
        "DELETE FROM events WHERE place = 3",
    )

    assert sentences(work) == ["第 3 条留痕不见了。"]


def test_a_log_cut_off_at_its_end_is_found(work, tamper):
    work.to(S.ACCEPTED)
    end = last(work)
    tamper(
        f"DELETE FROM event_cases WHERE event_id = (SELECT id FROM events WHERE place = {end - 1})",
        f"UPDATE event_cases SET event_id = (SELECT id FROM events WHERE place = {end - 2}) "
        f"WHERE event_id = (SELECT id FROM events WHERE place = {end})",
        f"DELETE FROM events WHERE place >= {end - 1}",
    )

    assert f"留痕应有 {end} 条，实有 {end - 2} 条。" in sentences(work)


def test_a_lawful_erasure_of_the_words_leaves_the_chain_whole(work, tamper):
    work.to(S.ACCEPTED)
    tamper("UPDATE events SET payload = '{}', salt = '' WHERE place = 2")

    assert sentences(work) == []


def test_every_part_of_a_link_counts():
    at = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
    parts = [GENESIS, 1, 2, UUID(int=3), (4, 5, "clerk"), (at, at), "d" * 64]
    hashes = {link_hash(*parts)}
    for place, other in enumerate(
        ("1" * 64, 2, 3, UUID(int=4), (5, 5, "clerk"), (at, at.replace(hour=2)), "e" * 64)
    ):
        hashes.add(link_hash(*[*parts[:place], other, *parts[place + 1 :]]))

    assert len(hashes) == 8
    assert moment_text(at) == "2026-11-02T01:00:00.000000+00:00"
    assert digest_of("a", "k", "t", {"b": 1, "a": 2}, None) == digest_of(
        "a", "k", "t", {"a": 2, "b": 1}, None
    )
    assert digest_of("a", "k", "t", {}, None) != digest_of("b", "k", "t", {}, None)
