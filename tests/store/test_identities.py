"""Identity numbers are sealed in the database, whole on the page, and found only when whole."""

import base64
import json
import stat

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desk.actions.intake import Appellant
from desk.queries.papers import stored_paper
from desk.queries.search import find
from desk.rules.codes import IdKind
from desk.rules.errors import RuleBroken
from desk.store import identity_keys
from desk.store.frozen_rows import UNREADABLE, is_unreadable
from desk.store.identities import begin_key, hall_key, has_number, seal_waiting
from desk.store.identity_keys import HallKey, keep_key, key_folder, key_from_code, new_key
from desk.store.models import IdentityKey, IdentityNumber, Paper, PrivateFacts
from desk.store.models.numbered import PLAIN
from tests.actions.work import LI, ZHOU, Work

NUMBER, OTHER = "440900199003071238", "440900199003071246"


@pytest.fixture
def work(hall, clock):
    return Work(hall, clock)


def begin(work):
    """Give the hall a key, as the IT person does on a shared server."""
    with Session(work.hall.engine) as session, session.begin():
        return begin_key(session, work.hall.street_id, new_key())


def register(work, number=NUMBER, **more):
    him = Appellant(name="陈桂芳", phone="13800000023", id_kind=IdKind.ID_CARD, id_number=number)
    return work.register(LI, appellant=him, **more)


def kept(work, case):
    with Session(work.hall.engine) as session:
        return session.get(IdentityNumber, case)


def number_of(work, case):
    with Session(work.hall.engine) as session:
        return session.get(PrivateFacts, case).id_number


def whole_database(work):
    """Return every text in the database, as whoever steals a dump has it."""
    said = []
    with work.hall.engine.connect() as connection:
        for table in ("private_facts", "identity_numbers", "papers", "events", "case_search"):
            said += [str(row) for row in connection.execute(text(f"SELECT * FROM {table}"))]
    return "\n".join(said)


def test_a_number_is_nowhere_in_the_database_and_whole_where_it_is_read(work):
    begin(work)
    case = register(work)

    assert NUMBER not in whole_database(work)
    assert number_of(work, case) == NUMBER
    row = kept(work, case)
    assert (row.algorithm, len(row.blind_index)) == ("aes-256-gcm", 32)
    (sheet,) = work.papers(case, "intake-sheet")
    assert sheet.row["id_number"] == NUMBER


def test_the_exact_number_finds_its_case_and_a_part_of_it_finds_nothing(work):
    begin(work)
    case = register(work)

    def found(text):
        return {hit.id for hit in work.desk(ZHOU).read(lambda r: find(r, text)).cases}

    assert found(NUMBER) == {case}
    assert found(" 4409 0019 9003 0712 38") == {case}
    assert found(OTHER) == set()
    assert found(NUMBER[:14]) == set()


def test_a_hall_of_one_file_makes_its_key_itself_and_a_server_waits_for_one(work):
    case = register(work)

    if work.is_postgresql:
        assert kept(work, case).algorithm == PLAIN
        assert number_of(work, case) == NUMBER
        with Session(work.hall.engine) as session, session.begin():
            assert seal_waiting(session, work.hall.street_id) == 0
            assert session.scalars(
                select(PrivateFacts.case_id).where(
                    PrivateFacts.case_id.in_(
                        select(IdentityNumber.case_id).where(
                            has_number(session, work.hall.street_id, NUMBER)
                        )
                    )
                )
            ).all() == [case]
        begin(work)
        with Session(work.hall.engine) as session, session.begin():
            assert seal_waiting(session, work.hall.street_id) == 1
    assert kept(work, case).algorithm == "aes-256-gcm"
    assert number_of(work, case) == NUMBER


def test_a_cipher_that_was_moved_to_somebody_else_opens_nowhere(work):
    begin(work)
    mine, his = register(work), register(work, OTHER)
    with work.hall.engine.begin() as connection:
        cipher = kept(work, mine).cipher
        connection.execute(
            text("UPDATE identity_numbers SET cipher = :c WHERE owner_id = :o"),
            {"c": cipher, "o": his},
        )
    assert number_of(work, mine) == NUMBER
    assert number_of(work, his) is None


def test_a_desk_without_the_key_takes_in_appeals_and_reads_no_number(work, monkeypatch):
    begin(work)
    case = register(work)
    monkeypatch.setattr(identity_keys, "_KNOWN", {})
    for file in key_folder().glob("*.key"):
        file.rename(file.with_suffix(".away"))

    later = register(work, OTHER)

    assert kept(work, later).algorithm == PLAIN
    assert number_of(work, case) is None
    with Session(work.hall.engine) as session:
        paper = session.scalars(select(Paper).where(Paper.case_id == case)).first()
        assert paper.row["id_number"] == UNREADABLE
        assert is_unreadable(paper.row)
        paper_id = paper.id
    with pytest.raises(RuleBroken, match="没有证件号密钥"):
        work.desk(LI).read(lambda reader: stored_paper(reader, paper_id))


def test_a_changed_number_is_sealed_anew_and_an_empty_one_is_gone(work):
    begin(work)
    case = register(work)
    for number in (OTHER, ""):
        with Session(work.hall.engine) as session, session.begin():
            session.get(PrivateFacts, case).id_number = number
        assert number_of(work, case) == (number or None)
    assert kept(work, case) is None


def test_the_recovery_sheet_brings_the_key_back(monkeypatch):
    key = new_key()
    file = key_folder() / f"{key.id}.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    code = key.recovery_code()
    file.unlink()
    monkeypatch.setattr(identity_keys, "_KNOWN", {})
    assert identity_keys.known_key(key.id) is None

    keep_key(key_from_code(code.lower().replace("O", "0")))

    assert identity_keys.known_key(key.id) == key


@pytest.mark.parametrize("wrong", ["", "ABCD-EFGH", "!!!!", "last letter"])
def test_a_wrong_recovery_code_is_refused(wrong):
    code = new_key().recovery_code()
    with pytest.raises(RuleBroken, match="逐组核对"):
        key_from_code(
            f"{code[:-1]}{'A' if code[-1] != 'A' else 'B'}" if wrong == "last letter" else wrong
        )


def test_a_damaged_key_file_counts_as_none(monkeypatch):
    key = new_key()
    file = key_folder() / f"{key.id}.key"
    other = base64.b64encode(b"0" * 32).decode()
    for content in ("", json.dumps({"id": key.id, "key": other})):
        file.write_text(content)
        monkeypatch.setattr(identity_keys, "_KNOWN", {})
        assert identity_keys.known_key(key.id) is None


def test_two_streets_share_no_key(work):
    mine, other = begin(work), HallKey(b"1" * 32)
    assert mine.index(NUMBER) != other.index(NUMBER)
    with Session(work.hall.engine) as session:
        assert hall_key(session, work.hall.street_id) == mine
        assert session.scalars(select(IdentityKey.key_id)).all() == [mine.id]
