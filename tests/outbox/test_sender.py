"""What was taken in while the server was away reaches it, once, in order, whatever happens."""

from contextlib import closing
from datetime import timedelta

import pytest

from desk.actions.closing import AddNote
from desk.actions.dispatching import DispatchCase
from desk.outbox.journal import State
from desk.outbox.outbox import waits
from desk.outbox.sender import Sender
from desk.queries.case_file import case_file
from desk.rules.codes import Urgency
from desk.rules.errors import DatabaseAway, RuleBroken
from desk.rules.temporary_numbers import read_temporary_number


def test_with_the_server_there_a_case_gets_its_number_at_once(desk):
    changes = desk.outbox.carry_out(desk.intake())
    assert not waits(changes)
    assert desk.numbers() == [changes.made["number"]]
    assert desk.journal.pending() == []


def test_without_the_server_a_case_gets_a_temporary_number_and_later_its_own(desk):
    desk.cable.pull()
    first = desk.outbox.carry_out(desk.intake("一号楼漏水。"))
    second = desk.outbox.carry_out(desk.intake("二号楼漏水。"))
    assert waits(first)
    assert waits(second)
    temporary = [first.made["number"], second.made["number"]]
    assert [read_temporary_number(number) for number in temporary] == temporary
    assert len(set(temporary)) == 2
    assert desk.numbers() == []
    desk.cable.plug_in()
    result = desk.sender.send_once()
    assert [sent.changes.made["number"] for sent in result.done] == desk.numbers()
    assert [sent.row.temporary for sent in result.done] == temporary
    assert (desk.journal.pending(), result.is_away) == ([], False)


def test_what_may_not_wait_fails_at_once_and_is_never_sent_later(desk):
    case = desk.outbox.carry_out(desk.intake()).made["case"]
    desk.cable.pull()
    dispatch = DispatchCase(
        **desk.hall.by("周航"),
        case=case,
        seen=1,
        lead=desk.hall.unit("城建办"),
        urgency=Urgency.ROUTINE,
    )
    with pytest.raises(DatabaseAway):
        desk.outbox.carry_out(dispatch)
    assert desk.journal.pending() == []
    desk.cable.plug_in()
    desk.sender.send_once()
    assert desk.journal.get(dispatch.command).state is State.DROPPED
    assert dispatch.command not in desk.commands()


def test_the_answer_that_got_lost_is_found_out(desk):
    """The command went through, the desk never heard of it: it is told the same number again."""
    asked = desk.intake()
    row = desk.journal.put(asked, may_wait=True, now=desk.hall.clock())
    number = desk.database.carry_out(row.request()).made["number"]
    (sent,) = desk.sender.send_once().done
    assert sent.changes.made["number"] == number
    assert desk.numbers() == [number]
    note = AddNote(**desk.hall.by("李敏"), case=asked.case, seen=1, note="已电话告知")
    desk.journal.put(note, may_wait=False, now=desk.hall.clock())
    desk.database.carry_out(note)
    desk.sender.forget_connection()
    desk.sender.send_once()
    assert desk.journal.get(note.command).state is State.DONE


def test_what_a_rule_speaks_against_is_kept_with_its_text_and_holds_nobody_up(desk):
    desk.cable.pull()
    bad = desk.intake("写明哪天来过。", category=4711)
    desk.outbox.carry_out(bad)
    desk.outbox.carry_out(desk.intake("三号楼漏水。"))
    desk.cable.plug_in()
    result = desk.sender.send_once()
    assert [row.command for row, _error in result.refused] == [bad.command]
    assert len(desk.numbers()) == 1
    (row,) = desk.journal.at(State.REFUSED)
    assert row.as_typed().details == "写明哪天来过。"
    assert "类别" in row.last_error
    assert desk.sender.send_once().refused == []


def test_what_is_refused_while_the_clerk_waits_is_not_kept_twice(desk):
    bad = desk.intake(category=4711)
    with pytest.raises(RuleBroken) as refused:
        desk.outbox.carry_out(bad)
    assert refused.value.field == "category"
    assert desk.journal.at(State.REFUSED) == desk.journal.pending() == []


def test_a_restored_server_gets_the_day_again(desk, postgres):
    """Last night's copy knows nothing of today; the old number is kept beside the new one."""
    first, second = (desk.outbox.carry_out(desk.intake(text)).made for text in ("甲。", "乙。"))
    with closing(postgres.administrator(desk.database.engine.url.database)) as administrator:
        administrator.execute("SET session_replication_role = replica")
        administrator.execute("TRUNCATE cases, papers, event_cases CASCADE")
        administrator.execute("DELETE FROM events WHERE kind = 'case.registered'")
        administrator.execute("UPDATE counters SET last = 0")
    assert desk.numbers() == []
    desk.sender.forget_connection()
    result = desk.sender.send_once()
    assert [sent.row.official for sent in result.done] == [first["number"], second["number"]]
    assert len(desk.numbers()) == 2
    assert desk.journal.pending() == []


def test_a_colleague_at_the_same_desk_sends_what_waits_and_nothing_twice(desk, shared, tmp_path):
    """高远 may not take appeals in and knows nothing of this case: it stays for 李敏."""
    desk.cable.pull()
    asked = desk.intake()
    desk.outbox.carry_out(asked)
    desk.cable.plug_in()
    auditor = Sender(desk.journal, shared.sign_in("高远"))
    assert auditor.send_once().refused == []
    assert [row.command for row in desk.journal.pending()] == [asked.command]
    dispatcher = Sender(desk.journal, shared.sign_in("周航"))
    assert [sent.row.command for sent in dispatcher.send_once().done] == [asked.command]
    auditor.forget_connection()
    assert auditor.send_once().done == []  # he may not read the line, and still nothing is lost
    assert len(desk.numbers()) == 1


def test_moments_of_a_wrong_clock_are_put_right_once_the_server_is_met(desk):
    """The machine ran five hours ahead, and nobody could tell it so at eight in the morning."""
    wrong = desk.hall.clock() + timedelta(hours=5)
    asked = desk.intake(happened_at=wrong)
    desk.journal.put(asked, may_wait=True, now=wrong, on_machine_time=True)
    sender = Sender(desk.journal, desk.database, machine=lambda: wrong)
    sender.send_once()
    file = desk.database.read(lambda reader: case_file(reader, asked.case))
    assert file.received_at == desk.hall.clock()
    assert desk.journal.get(asked.command).skew_seconds == 5 * 3600


def test_moments_of_a_clock_that_was_set_right_meanwhile_are_never_later_than_now(desk):
    """A day ahead in the morning; somebody has set it by the time that the server is met."""
    wrong = desk.hall.clock() + timedelta(days=1)
    asked = desk.intake(happened_at=wrong)
    desk.journal.put(asked, may_wait=True, now=wrong, on_machine_time=True)
    (sent,) = Sender(desk.journal, desk.database, machine=desk.hall.clock).send_once().done
    assert sent.row.command == asked.command
    file = desk.database.read(lambda reader: case_file(reader, asked.case))
    assert file.received_at == desk.hall.clock()
