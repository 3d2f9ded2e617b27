"""What a desk keeps for itself tells no identity number to whoever copies it."""

from datetime import UTC, datetime

import pytest

from desk.actions.intake import Appellant, RegisterCase
from desk.outbox.journal import Journal
from desk.outbox.local_seal import opened, sealed
from desk.rules.codes import Channel, Exit
from desk.store import identity_keys
from desk.store.identity_keys import desk_key, key_folder
from desk.ui.drafts import Draft, DraftFiles

NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
NUMBER, SPOUSE = "440900199003071238", "44090019900307124X"
SAID = f"爱人的证件 {SPOUSE}，手机 13800000023。"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A desk of its own, without any key yet."""
    monkeypatch.setattr(identity_keys, "_KNOWN", {})
    monkeypatch.setattr(identity_keys, "settings_file", lambda: tmp_path / "settings" / "desk.ini")
    return tmp_path


def request():
    return RegisterCase(
        made_by=7,
        happened_at=NOW,
        exit=Exit.TRANSFER,
        channel=Channel.HOTLINE,
        details=SAID,
        category=1,
        first_unit=2,
        appellant=Appellant(name="陈桂芳", id_number=NUMBER),
    )


def bytes_of(folder):
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def kept(desk):
    journal = Journal(desk / "outbox" / "one.db")
    row = journal.put(request(), may_wait=True, now=NOW)
    journal.close()
    again = Journal(desk / "outbox" / "one.db")
    found = again.get(row.command)
    again.close()
    return found


def test_the_journal_holds_no_number_and_gives_it_back_whole(desk):
    row = kept(desk)

    assert row.request().appellant.id_number == NUMBER
    assert row.request().details == SAID
    said = bytes_of(desk / "outbox")
    assert b"RegisterCase" in said
    assert NUMBER.encode() not in said
    assert SPOUSE.encode() not in said
    assert desk_key().id == desk_key().id
    assert not list((desk / "outbox").glob("*.key"))


def test_an_intake_outlives_the_key_of_its_desk(desk, monkeypatch):
    row = kept(desk)
    monkeypatch.setattr(identity_keys, "_KNOWN", {})
    for file in key_folder().iterdir():
        file.unlink()

    found = row.request()

    assert (found.appellant.name, found.appellant.id_number) == ("陈桂芳", "")
    assert found.details == "爱人的证件 ，手机 13800000023。"
    assert desk_key()


def test_a_draft_holds_no_number_either(desk):
    draft = Draft("intake:7:", "intake", 7, {"id_number": "4409001990", "details": SAID}, NOW)
    files = DraftFiles(desk / "drafts")

    files.write(draft)

    said = bytes_of(desk / "drafts")
    assert b"13800000023" in said
    assert SPOUSE.encode() not in said
    assert b"4409001990" not in said
    assert files.read_all() == [draft]


def test_where_no_key_can_be_made_all_is_kept_as_it_is(desk):
    (desk / "settings").write_text("a file where the folder should be")

    assert sealed({"id_number": NUMBER}) == {"id_number": NUMBER}
    assert opened({"id_number": NUMBER}) == {"id_number": NUMBER}
