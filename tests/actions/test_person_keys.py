"""By whom time is held is told by nobody: keyed with the hall's key, whenever that began."""

import pytest

from desk.actions.identity_keys import UseIdentityKey
from desk.actions.mediators import SetMediatorTie
from desk.rules.booking_people import person_keys
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import TieKind
from desk.store import identity_keys
from desk.store.identity_keys import keep_key, new_key
from tests.actions.raw_words import told
from tests.actions.rooms import FIRST, GU, LAO_LIANG, QIAN, SECOND, Rooms
from tests.small_hall import COMMAND_LINE

HIS, OTHERS, AVOIDED = "13800000031", "13800000032", "13800000046"


@pytest.fixture
def rooms(own_work):
    found = Rooms(own_work.hall, own_work.clock)
    found.next_week()
    return found.furnish()


def digests(*phones):
    return [key.partition(":")[2] for phone in phones for key in person_keys(phone=phone)]


def test_no_bare_digest_is_left_once_the_hall_has_a_key(rooms):
    first = rooms.mediation((HIS, OTHERS), mediator=LAO_LIANG)
    rooms.book(FIRST, "09:00", "10:00", first, mediator=LAO_LIANG)
    avoids = {"mediator": rooms.mediator_ids[QIAN], "kind": TieKind.RELATIVE, "name": "张某甲"}
    rooms.ask(GU, SetMediatorTie, phone=AVOIDED, **avoids)
    marks = digests(HIS, OTHERS, AVOIDED)
    assert bool(told(rooms.hall, marks)) is rooms.is_postgresql  # one file begins with its key
    if rooms.is_postgresql:
        rooms.ask(COMMAND_LINE, UseIdentityKey, key_id=new_key().id)
    assert not {"mediator_ties"} & {table for table, _ in told(rooms.hall, marks)}

    second = rooms.mediation((HIS, "13800000045"), mediator=QIAN)
    with pytest.raises(RuleBroken, match="来的人里有一位"):
        rooms.book(SECOND, "09:30", "10:30", second, mediator=QIAN)
    with pytest.raises(RuleBroken, match="回避"):
        rooms.mediation((AVOIDED, "13800000047"), mediator=QIAN)

    rooms.book(SECOND, "15:00", "16:00")
    assert told(rooms.hall, marks) == set()
    with pytest.raises(RuleBroken, match="来的人里有一位"):
        rooms.book(SECOND, "09:30", "10:30", second, mediator=QIAN)


def test_a_desk_without_the_key_books_nobody_since_it_cannot_tell(rooms, monkeypatch):
    key = new_key()
    rooms.ask(COMMAND_LINE, UseIdentityKey, key_id=key.id)
    monkeypatch.setattr(identity_keys, "_KNOWN", {})
    (identity_keys.key_folder() / f"{key.id}.key").unlink()

    with pytest.raises(RuleBroken, match="本机没有装证件号密钥"):
        rooms.book(FIRST, "09:00", "10:00")

    keep_key(key)
    assert rooms.booked(FIRST, "09:00", "10:00")
