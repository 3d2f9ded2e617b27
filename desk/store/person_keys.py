"""One person whatever the case, told by nobody (当事人防撞键): keyed with the hall's key.

`rules.booking_people` makes a digest of an identity or telephone number; a digest alone is undone
by trying all numbers. So slots and ties keep its keyed digest, as the blind index of identity
numbers is kept. What was written before the hall had a key is keyed when a desk that has it comes
by: the key goes over the digest, so that nobody's number is needed again. A key that follows goes
over what the one before it made, so that who has only the leaked one can undo nothing.
"""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desk.rules.booking_people import person_keys
from desk.rules.errors import RuleBroken
from desk.store.identities import hall_key, key_ids_of
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
    keys = _keys(session, street_id) or ()
    return tuple(_keyed(one, keys) for one in person_keys(id_number=id_number, phone=phone))


def kept_key(session: Session, street_id: int, kept: str | None) -> str | None:
    """Return the key of a tie as `keys_of` would write it today."""
    if kept is None:
        return None
    return _keyed(kept, _keys(session, street_id) or ())


def ready_to_know(session: Session, street_id: int) -> None:
    """See that this desk can tell whether somebody is expected elsewhere, before it books.

    Raises:
        RuleBroken: the hall has a key and this desk lacks it.
    """
    if _begun(session, street_id) is None:
        raise RuleBroken(_NO_KEY)
    key_slots(session, street_id)


def key_slots(session: Session, street_id: int) -> None:
    """Key what slots still have under fewer keys than the hall has."""
    keys = _begun(session, street_id)
    if keys:
        _key_slots(session, street_id, keys)


def key_ties(session: Session, street_id: int) -> int:
    """Key what ties still have as a bare digest, and return how many there were."""
    keys = _begun(session, street_id)
    if not keys:
        return 0
    rows = session.scalars(
        select(MediatorTie).where(
            MediatorTie.street_id == street_id,
            MediatorTie.person_key.not_like(f"%:{_MARK * len(keys)}%"),
        )
    ).all()
    for row in rows:
        row.person_key = _keyed(str(row.person_key), keys)
    return len(rows)


def _begun(session: Session, street_id: int) -> tuple[HallKey, ...] | None:
    hall_key(session, street_id)
    session.flush()  # a hall of one file may just have begun with its key
    return _keys(session, street_id)


def _keys(session: Session, street_id: int) -> tuple[HallKey, ...] | None:
    """Return every key of the hall, the newest last; None where this desk lacks one of them."""
    kept = key_ids_of(session, street_id)
    keys = tuple(key for one in kept if (key := known_key(one)) is not None)
    return keys if len(keys) == len(kept) else None


def _keyed(kept: str, keys: Sequence[HallKey]) -> str:
    """Return what is kept with the keys over it that are not yet, each with its mark."""
    kind, _, digest = kept.partition(":")
    before = len(digest) - len(digest.lstrip(_MARK))
    for at, key in enumerate(keys[before:], before + 1):
        digest = _MARK * at + key.digest(f"{kind}:{digest}")
    return f"{kind}:{digest}"


def _key_slots(session: Session, street_id: int, keys: Sequence[HallKey]) -> None:
    mine = BookingSlot.street_id == street_id
    bare = (
        mine,
        BookingSlot.resource.startswith(_PERSON),
        BookingSlot.resource.not_like(f"{_PERSON}%:{_MARK * len(keys)}%"),
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
                "resource": _PERSON + _keyed(row.resource.removeprefix(_PERSON), keys),
                "slot": row.slot,
                "booking_id": row.booking_id,
            }
            for row in rows
        ],
    )
