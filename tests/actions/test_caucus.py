"""Caucus notes are read by their writer and the mediator alone, behind a second lock."""

from functools import partial

import pytest

from desk.actions.caucus import WriteCaucusNote
from desk.actions.staffing import ChangePassword
from desk.queries.caucus_notes import caucus_notes, open_second_lock
from desk.queries.mediation_file import mediation_file
from desk.queries.record_desk import record_table
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.mediation_codes import MediationStatus
from desk.store.engine import make_engine
from desk.store.models import CaucusNote
from tests.actions.mediations import CHEN_GUIFANG, GU, MENG, QIAN, Mediations
from tests.actions.work import LI, ZHENG
from tests.small_hall import COMMAND_LINE, PASSWORD, SmallHall

SECRET = "底线是八千元"


@pytest.fixture
def hall_work(shared_hall):
    shared_hall.clock.set("2026-11-02 09:00")
    return Mediations(shared_hall, shared_hall.clock)


@pytest.fixture
def noted(hall_work):
    """A mediation with one note of its mediator."""
    mediation = hall_work.lay(MediationStatus.MEDIATING)
    write(hall_work, mediation)
    return mediation


def write(work, mediation, who=QIAN, **more):
    """Write a note of a talk with the first party."""
    facts = {"party": work.parties(mediation)[0], "text": f"陈桂芳说{SECRET}。", "seen": 0}
    return work.mediate(who, WriteCaucusNote, mediation, **(facts | more))


def key(work, who, password=PASSWORD):
    """Return the key that somebody's password gives."""
    return work.desk(who).read(partial(open_second_lock, password=password))


def notes(work, mediation, who, opened=None):
    """Return what somebody reads with his own key."""
    query = partial(caucus_notes, mediation_id=mediation, key=opened or key(work, who))
    return work.desk(who).read(query)


def test_the_mediator_reads_his_notes_with_his_own_password(hall_work, noted):
    found = notes(hall_work, noted, QIAN)
    assert [(one.party, one.written_by) for one in found] == [(CHEN_GUIFANG, QIAN)]
    assert SECRET in found[0].text
    with pytest.raises(NotAllowed, match="密码不对") as refusal:
        key(hall_work, QIAN, "falsch-falsch")
    assert refusal.value.field == "password"


def test_secretary_director_and_everybody_else_read_nothing(hall_work, noted):
    assert notes(hall_work, noted, MENG) == ()
    assert notes(hall_work, noted, GU) == ()
    for who in (LI, ZHENG):
        with pytest.raises(NotAllowed, match="找不到这件调解"):
            notes(hall_work, noted, who)
    with pytest.raises(NotAllowed):
        notes(hall_work, 7, QIAN)
    with pytest.raises(NotAllowed, match="密码不对"):  # the command line has no password
        key(hall_work, COMMAND_LINE)


def test_what_the_director_notes_is_read_by_him_and_the_mediator(hall_work, noted):
    session = hall_work.sit(noted)
    write(hall_work, noted, GU, text="主任也谈过。", session=session)
    assert [one.text for one in notes(hall_work, noted, GU)] == ["主任也谈过。"]
    assert len(notes(hall_work, noted, QIAN)) == 2


def test_the_lock_falls_shut_after_five_minutes_and_opens_for_nobody_else(hall_work, noted):
    opened = key(hall_work, QIAN)
    with pytest.raises(NotAllowed, match="已锁上"):
        notes(hall_work, noted, GU, opened)
    hall_work.clock.forward(minutes=4)
    assert notes(hall_work, noted, QIAN, opened)
    hall_work.clock.forward(minutes=1)
    with pytest.raises(NotAllowed, match="背靠背笔记已锁上"):
        notes(hall_work, noted, QIAN, opened)


def test_a_note_is_in_no_history_no_record_and_no_file(hall_work, noted):
    line = hall_work.lines(noted)[-1]
    assert line.title == "写入背靠背笔记"
    told = [f"{one.title}{one.payload}{one.result}" for one in hall_work.lines(noted)]
    for who in (QIAN, MENG, GU):
        told.append(repr(hall_work.desk(who).read(partial(mediation_file, mediation_id=noted))))
        told.append(repr(hall_work.desk(who).read(partial(record_table, mediation_id=noted))))
    assert [one for one in told if SECRET in one] == []
    assert SECRET not in repr(WriteCaucusNote(**hall_work.hall.by(QIAN), mediation=1, seen=1,
                                              party=1, text=SECRET))  # fmt: skip
    assert SECRET in hall_work.rows(CaucusNote, noted)[0].text


def test_the_secretary_writes_none_and_nothing_empty_is_kept(hall_work, noted):
    with pytest.raises(NotAllowed):
        write(hall_work, noted, MENG)
    for change, field in (({"text": " "}, "text"), ({"party": 7}, "party")):
        with pytest.raises(RuleBroken) as refusal:
            write(hall_work, noted, **change)
        assert refusal.value.field == field


def test_a_password_that_was_changed_opens_from_then_on(own_work, clock):
    work = Mediations(own_work.hall, clock)
    work.ask(QIAN, ChangePassword, old=PASSWORD, new="fictional-2027")
    work.hall.sign_in_again(QIAN, "fictional-2027")
    with pytest.raises(NotAllowed):
        key(work, QIAN)
    assert key(work, QIAN, "fictional-2027").staff_id == work.staff(QIAN)


def test_on_a_server_it_is_the_password_of_ones_own_role(postgres_hall_url, clock):
    engine = make_engine(postgres_hall_url)
    desk = SmallHall(engine, clock).sign_in_again(QIAN, "fictional-server")
    assert desk.read(partial(open_second_lock, password="fictional-server"))
    with pytest.raises(NotAllowed):
        desk.read(partial(open_second_lock, password=PASSWORD))
    engine.dispose()
