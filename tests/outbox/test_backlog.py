"""What a clerk saves is kept and told at once, whatever is still on its way to the server."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desk.actions.closing import CorrectCase
from desk.outbox.outbox import waits
from desk.outbox.turns import Turns
from desk.store.models import Case, Event

WAIT = 30.0  # until a thread must have come so far
FIRST, SECOND, THIRD = "一号楼漏水。", "二号楼漏水。", "三号楼漏水。"


@dataclass
class Stuck:
    """A sender whose first row waits for a number that somebody else holds."""

    case: int
    sending: threading.Thread
    free: Callable[[], None]


@pytest.fixture
def stuck(desk):
    """Let two intakes wait, and have the sender stuck with the first of them."""
    case = desk.outbox.carry_out(desk.intake("路灯不亮。")).made["case"]
    desk.cable.pull()
    for words in (FIRST, SECOND):
        desk.outbox.carry_out(desk.intake(words))
    desk.cable.plug_in()
    with desk.hall.engine.connect() as holder, desk.hall.engine.connect() as onlooker:
        street = {"street": desk.hall.person("李敏").street_id}
        holder.execute(text("SELECT next_number(:street, 'case', 2026)"), street)
        sending = threading.Thread(target=desk.sender.send_once)
        sending.start()
        until(onlooker, "SELECT count(*) FROM pg_locks WHERE NOT granted")

        def free():
            holder.rollback()
            sending.join(WAIT)
            assert not sending.is_alive()

        yield Stuck(case, sending, free)
        free()


def until(connection, question):
    """Ask the database until it says yes."""
    for _ in range(3000):
        if connection.scalar(text(question)):
            return
        threading.Event().wait(0.01)
    raise AssertionError(question)


def kept(desk):
    """Return what the history says of the cases, in its order."""
    with Session(desk.hall.engine) as session:
        return list(session.scalars(select(Event.kind).order_by(Event.place)))[-4:]


def test_a_save_behind_others_is_told_while_the_first_of_them_is_still_on_its_way(desk, stuck):
    saved = desk.outbox.carry_out(desk.intake(THIRD))
    assert stuck.sending.is_alive()  # nothing has moved, and still it is told
    assert waits(saved)
    rows = desk.journal.pending()
    assert [row.request().details for row in rows] == [FIRST, SECOND, THIRD]
    assert rows[-1].temporary == saved.made["number"]
    assert not rows[-1].maybe_sent
    stuck.free()
    desk.sender.send_once()
    with Session(desk.hall.engine) as session:
        assert list(session.scalars(select(Case.summary).order_by(Case.seq)))[1:] == [
            words.rstrip("。") for words in (FIRST, SECOND, THIRD)
        ]


def test_who_waits_for_an_answer_goes_before_the_next_that_waits_by_itself(desk, stuck):
    """Somebody stands before the clerk; nobody does before what is being sent up."""
    with Session(desk.hall.engine) as session:
        seen = session.get(Case, stuck.case).version
    correction = CorrectCase(
        **desk.hall.by("李敏"), case=stuck.case, seen=seen, summary="三单元路灯不亮", reason="写全"
    )
    with ThreadPoolExecutor(1) as clerk:
        answer = clerk.submit(desk.outbox.carry_out, correction)
        while not desk.sender.turns.is_wanted:
            stuck.sending.join(0.01)
        stuck.free()
        assert not waits(answer.result(WAIT))
    assert kept(desk) == ["case.registered", "case.registered", "case.corrected", "case.registered"]


def test_a_turn_that_does_not_come_is_not_waited_for():
    turns = Turns()
    with turns.of_queue(), ThreadPoolExecutor(1) as clerk:

        def ask():
            with turns.of_clerk(0.01) as is_mine:
                return is_mine

        assert clerk.submit(ask).result(WAIT) is False
    with turns.of_clerk(0.01) as is_mine:
        assert is_mine
    with turns.of_queue():
        assert not turns.is_wanted
