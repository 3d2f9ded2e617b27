"""Whatever is done to the log with all rights and no guards is found, on both engines.

Each test tampers inside a transaction that is never kept, as the superuser of a real server with
its triggers off, or with nothing but the file.
"""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import create_engine, insert, select, text, update
from sqlalchemy.event import listen
from sqlalchemy.orm import Session

from desk.queries.chain_health import chain_findings, chain_report, chain_state
from desk.rules.anchors import NEXT_STEP, Anchor, AnchorPlace, read_anchor, short_hash
from desk.rules.errors import NotAllowed
from desk.store.chain import GENESIS, digest_of, link_hash, moment_text
from desk.store.database import Reader
from desk.store.engine import WRITES, make_engine
from desk.store.models import ChainAnchor, ChainHead, Event
from tests.actions.conftest import shared_hall  # noqa: F401 - the fixture
from tests.actions.work import GAO, LI, S, Work
from tests.small_hall import COMMAND_LINE

MONDAY, FRIDAY = "2026-11-02 09:00", "2026-11-06 09:00"
FOUNDED, LAST = 1, 12  # lines: the founding, then three a day


@pytest.fixture(scope="module")
def log(shared_hall):  # noqa: F811 - a fixture
    """A log over a week; on every morning a case is taken in and moves on."""
    work = Work(shared_hall, shared_hall.clock)
    for day in (2, 3, 4, 5):
        shared_hall.clock.set(f"2026-11-{day:02} 09:00")
        case = work.to(S.ACCEPTED)
        work.notes = (*getattr(work, "notes", ()), noted(work))
    shared_hall.clock.set(FRIDAY)
    work.newest = case
    return work


def noted(work):
    """Return what a desk notes at sign-in."""
    head = work.desk(LI).read(chain_state).head
    day = work.clock().date()
    return Anchor(head.place, head.hash, AnchorPlace.DESK, day, work.clock())


@pytest.fixture(scope="module")
def evil(log, request):
    """Connections that no guard holds back."""
    url = log.hall.engine.url
    if log.is_postgresql:
        url = request.getfixturevalue("postgres").url(url.database, "postgres")
        off = {"options": "-c session_replication_role=replica"}
        engine = create_engine(url, connect_args=off)
    else:
        engine = make_engine(url).execution_options(**{WRITES: True})
        listen(engine, "connect", lambda one, _: one.execute("PRAGMA foreign_keys = OFF"))
    yield engine
    engine.dispose()


@pytest.fixture
def hand(log, evil):
    """A hand in the database: runs statements, and reads as the auditor what they leave."""
    with evil.connect() as connection, connection.begin() as transaction:
        if not log.is_postgresql:
            names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard%'"
            for name in connection.scalars(text(names)).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        yield Hand(log, connection)
        transaction.rollback()


class Hand:
    """Tampers, and says what the check finds."""

    def __init__(self, log, connection):
        self.log, self.connection = log, connection

    def do(self, *statements):
        for statement in statements:
            self.connection.execute(text(statement))

    def found(self, *noted):
        with Session(self.connection) as session:
            reader = Reader(session, self.log.hall.person(GAO), self.log.clock())
            report = chain_report(reader, noted=noted)
        return [finding.sentence for finding in report.findings]

    def seen_at_sign_in(self, *noted):
        with Session(self.connection) as session:
            reader = Reader(session, self.log.hall.person(LI), self.log.clock())
            return chain_state(reader, noted).is_broken

    def write_anew(self, begin, end=None):
        """Chain all lines anew from one on, in the order of their places, and fix the head."""
        rows = self.connection.execute(
            select(Event.__table__).where(Event.place >= begin - 1).order_by(Event.place)
        ).all()
        previous = rows[0].hash if begin > 1 else GENESIS
        for row in rows[1:] if begin > 1 else rows:
            digest = digest_of(row.salt, about(row), row.payload, row.result)
            people = (row.made_by, row.sent_by, row.session_user)
            times = (row.happened_at, row.recorded_at)
            fresh = link_hash(previous, row.place, row.id, row.command, people, times, digest)
            values = {"digest": digest, "previous_hash": previous, "hash": fresh}
            self.connection.execute(update(Event).where(Event.id == row.id).values(**values))
            previous = fresh
        self.connection.execute(
            update(ChainHead).values(place=end or rows[-1].place, hash=previous)
        )


def about(row):
    return row.kind, row.title, row.desk_name, row.is_of_hall


def cut(from_place):
    gone = f"events WHERE place >= {from_place}"
    return (
        f"DELETE FROM event_cases WHERE event_id IN (SELECT id FROM {gone})",
        f"DELETE FROM {gone}",
    )


MONDAYS, TUESDAYS = "2026 年 11 月 2 日", "2026 年 11 月 3 日"


def test_an_honest_log_is_whole_and_fits_what_every_desk_noted(log, hand):
    assert hand.found(*log.notes) == []
    assert not hand.seen_at_sign_in(*log.notes)
    assert log.desk(COMMAND_LINE).read(chain_findings) == []
    assert log.notes[-1].place == LAST + 1


def test_the_first_line_of_a_day_writes_where_the_chain_stood(log):
    with Session(log.hall.engine) as session:
        rows = session.scalars(select(ChainAnchor).order_by(ChainAnchor.day)).all()
        assert [(row.day, row.place) for row in rows] == [
            (date(2026, 1, 5), 1),
            (date(2026, 11, 2), 4),
            (date(2026, 11, 3), 7),
            (date(2026, 11, 4), 10),
        ]
        assert [row.hash for row in rows[1:]] == [one.hash for one in log.notes[:-1]]
        assert {row.written_by for row in rows} == {log.staff(LI)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("title = '什么也没有发生'", "的内容被改过。"),
        ("payload = '{}'", "的内容被改过。"),
        ("desk_name = '别的窗口'", "的内容被改过。"),
        ("is_of_hall = NOT is_of_hall", "的内容被改过。"),
        ("made_by = (SELECT max(id) FROM staff)", "与前一条接不上。"),
        ("hash = previous_hash", "与前一条接不上。"),
        ("session_user = 'somebody'", "与前一条接不上。"),
        ("payload = '{}', salt = ''", "的内容被清空，没有依法删除的记录。"),
    ],
)
def test_an_edited_line_is_found(hand, change, said):
    change = change.replace("session_user", '"session_user"')
    hand.do(f"UPDATE events SET {change} WHERE place = 3")

    assert hand.found() == [f"第 3 条留痕（{MONDAYS}）{said}"]


def test_lines_taken_out_of_the_middle_are_found(hand):
    hand.do(
        "DELETE FROM event_cases WHERE event_id IN "
        "(SELECT id FROM events WHERE place BETWEEN 4 AND 5)",
        "DELETE FROM events WHERE place BETWEEN 4 AND 5",
    )

    assert f"第 4 条至第 5 条留痕不见了，在 {MONDAYS}与 {TUESDAYS}之间。" in hand.found()


def test_a_log_cut_off_at_its_end_is_found(hand):
    hand.do(*cut(LAST))

    assert f"留痕应有 {LAST + 1} 条，实有 {LAST - 1} 条。" in hand.found()
    assert hand.seen_at_sign_in()


def test_a_log_cut_off_with_a_head_to_match_is_found_by_a_desk(log, hand):
    hand.do(*cut(LAST), "DELETE FROM chain_anchors WHERE place > 7")
    hand.write_anew(LAST - 1)

    assert not [one for one in hand.found() if "接不上" in one or "应有" in one]
    wrong = hand.found(*log.notes)[0]
    assert wrong.startswith("这台电脑记的 2026 年 11 月 5 日的锚点是第 13 条")
    assert "库里没有这一条。第 10 条以前对得上；改动发生在第 11 条至第 13 条，在" in wrong
    assert hand.seen_at_sign_in(*log.notes)


def test_a_log_written_anew_is_found_by_what_was_noted_outside(log, hand):
    """Every hash fits every other, the database's own anchors too; only paper and desks know."""
    hand.do("UPDATE events SET title = '什么也没有发生' WHERE place = 6")
    hand.write_anew(6)
    for place in (7, 10):
        hand.do(
            "UPDATE chain_anchors SET hash = "
            f"(SELECT hash FROM events WHERE place = {place}) WHERE place = {place}"
        )
    paper = read_anchor(f"第 13 条 {short_hash(log.notes[-1].hash)}")

    assert hand.found() == []
    assert hand.seen_at_sign_in(*log.notes)
    (at_the_desk,) = hand.found(*log.notes)
    assert f"改动发生在第 5 条至第 7 条，在 {MONDAYS}与 {TUESDAYS}之间。" in at_the_desk
    assert hand.found(paper)[0].startswith("纸上记的锚点是第 13 条 ")
    assert hand.found(read_anchor(f"4:{log.notes[0].hash}")) == []


def test_a_log_written_anew_with_old_anchors_is_found_without_a_desk(hand):
    hand.do("UPDATE events SET title = '什么也没有发生' WHERE place = 6")
    hand.write_anew(6)

    assert hand.found()[0].startswith("库里记的 2026 年 11 月 3 日的锚点是第 7 条 ")


def test_a_forged_line_in_the_middle_is_found(log, hand):
    rows = hand.connection.execute(
        select(Event.__table__).where(Event.place >= 5).order_by(Event.place.desc())
    ).all()
    for row in rows:
        hand.connection.execute(update(Event).where(Event.id == row.id).values(place=row.place + 1))
    forged = dict(rows[0]._mapping) | {"id": 1, "place": 5, "command": UUID(int=1)}
    hand.connection.execute(insert(Event).values(forged))

    assert "第 5 条留痕（2026 年 11 月 5 日）与前一条接不上。" in hand.found()

    hand.write_anew(5)
    assert hand.found()[0].startswith("库里记的 2026 年 11 月 3 日的锚点是第 7 条 ")
    assert log.notes[1].place == 7


def test_two_lines_that_changed_places_are_found(hand):
    for old, new in ((5, 99), (6, 5), (99, 6)):
        hand.do(f"UPDATE events SET place = {new} WHERE place = {old}")

    assert [one[:6] for one in hand.found()] == ["第 5 条留", "第 6 条留", "第 7 条留"]


def test_words_blanked_by_a_lawful_erasure_leave_the_chain_whole(log, hand):
    about_case = f"result LIKE '%\"cases\":[{log.newest}]%'"
    hand.do(
        f"UPDATE events SET payload = '{{}}', salt = '' WHERE place = 12 AND {about_case}",
        f"UPDATE events SET kind = 'private.erased' WHERE place = 13 AND {about_case}",
    )
    hand.write_anew(13)
    hand.connection.execute(update(ChainHead).values(place=13))

    assert hand.found() == []


def test_what_a_leader_has_explained_is_no_alarm_any_more(log, hand):
    hand.do(*cut(LAST), "DELETE FROM chain_anchors WHERE place > 7")
    reason = {"detail": "从昨晚的备份恢复过。"}
    values = {"kind": "chain.explained", "payload": reason, "recorded_at": log.clock()}
    hand.connection.execute(update(Event).where(Event.place == LAST - 1).values(**values))
    hand.write_anew(LAST - 1)

    assert not hand.seen_at_sign_in(*log.notes)
    (told,) = [one for one in hand.found(*log.notes) if one.startswith("这台电脑")]
    assert told.endswith("已说明：从昨晚的备份恢复过。")


def test_a_link_that_leads_to_no_line_is_found(hand):
    hand.do("UPDATE event_cases SET event_id = 1")

    assert f"{LAST} 次改动指向的留痕不见了。" in hand.found()


def test_only_the_auditor_reads_the_whole_log(log):
    with pytest.raises(NotAllowed, match="由审计核对"):
        log.desk(LI).read(chain_report)
    assert log.desk(LI).read(chain_findings) == []
    assert log.desk(GAO).read(chain_report).lines == LAST + 1
    assert "以前的备份和纸上的锚点" in NEXT_STEP


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
    said = ("k", "t", "d", True)
    assert digest_of("a", said, {"b": 1, "a": 2}, None) == digest_of(
        "a", said, {"a": 2, "b": 1}, None
    )
    others = [("l", "t", "d", True), ("k", "u", "d", True), ("k", "t", "e", True), (*said[:3], 0)]
    assert len({digest_of("a", one, {}, None) for one in [said, *others]}) == 5
    assert digest_of("a", said, {}, None) != digest_of("b", said, {}, None)
