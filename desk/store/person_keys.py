"""One person whatever the case, told by nobody (当事人防撞键): keyed with the hall's key.

`rules.booking_people` makes a digest of an identity or telephone number; a digest alone is undone
by trying all numbers. So slots and ties keep its keyed digest, as the blind index of identity
numbers is kept. What was written before the hall had a key is keyed when a desk that has it comes
by: the key goes over the digest, so that nobody's number is needed again.
"""

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desk.rules.booking_people import person_keys
from desk.rules.errors import RuleBroken
from desk.store.identities import hall_key, key_id_of
from desk.store.identity_keys import HallKey, known_key
from desk.store.models import BookingSlot, MediatorTie

_PERSON, _MARK = "person:", "k"
_NO_KEY = (
    "本机没有装证件号密钥，核对不了当事人是不是同时在别处调解。"
    "请管机器的同事在本机运行 identity-key --enter，或换一台电脑排期。"
)


def keys_of(
    session: Session, street_id: int, *, id_number: str | None = None, phone: str | None = None
) -> tuple[str, ...]:
    """Return the keys by which somebody is known in slots and ties, the surest first."""
    key = known_key(key_id_of(session, street_id))
    return tuple(_keyed(one, key) for one in person_keys(id_number=id_number, phone=phone))


def kept_key(session: Session, street_id: int, kept: str | None) -> str | None:
    """Return the key of a tie as `keys_of` would write it today."""
    if kept is None:
        return None
    return _keyed(kept, known_key(key_id_of(session, street_id)))


def ready_to_know(session: Session, street_id: int) -> None:
    """See that this desk can tell whether somebody is expected elsewhere, before it books.

    Raises:
        RuleBroken: the hall has a key and this desk lacks it.
    """
    key = _begun(session, street_id)
    if key is None and key_id_of(session, street_id) is not None:
        raise RuleBroken(_NO_KEY)
    if key is not None:
        _key_slots(session, street_id, key)


def key_ties(session: Session, street_id: int) -> int:
    """Key what ties still have as a bare digest, and return how many there were."""
    key = _begun(session, street_id)
    if key is None:
        return 0
    rows = session.scalars(
        select(MediatorTie).where(
            MediatorTie.street_id == street_id, MediatorTie.person_key.not_like(f"%:{_MARK}%")
        )
    ).all()
    for row in rows:
        row.person_key = _keyed(str(row.person_key), key)
    return len(rows)


def _begun(session: Session, street_id: int) -> HallKey | None:
    key = hall_key(session, street_id)
    session.flush()  # a hall of one file may just have begun with its key
    return key


def _keyed(plain: str, key: HallKey | None) -> str:
    kind, _, digest = plain.partition(":")
    if key is None or digest.startswith(_MARK):
        return plain
    return f"{kind}:{_MARK}{key.digest(plain)}"


def _key_slots(session: Session, street_id: int, key: HallKey) -> None:
    mine = BookingSlot.street_id == street_id
    bare = (
        mine,
        BookingSlot.resource.startswith(_PERSON),
        BookingSlot.resource.not_like(f"{_PERSON}%:{_MARK}%"),
    )
    rows = session.execute(
        select(BookingSlot.resource, BookingSlot.slot, BookingSlot.booking_id).where(*bare)
    ).all()
    if not rows:
        return
    session.execute(delete(BookingSlot).where(*bare))
    session.execute(
        insert(BookingSlot),
        [
            {
                "street_id": street_id,
                "resource": _PERSON + _keyed(row.resource.removeprefix(_PERSON), key),
                "slot": row.slot,
                "booking_id": row.booking_id,
            }
            for row in rows
        ],
    )
