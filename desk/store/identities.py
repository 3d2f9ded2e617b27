"""Identity numbers (证件号码) are sealed as they are saved, and found without being read.

A number stays “plain” only while no desk with the key has saved it, so that no intake is ever
refused for want of a key; `seal_waiting` seals what waits, and `check` counts it.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, event, func, inspect, or_, select
from sqlalchemy.orm import Session

from desk.rules.errors import RuleBroken
from desk.rules.id_cards import normalise_id
from desk.store.frozen_rows import holds_numbers, seal_rows_with
from desk.store.identity_keys import AES_GCM, HallKey, known_key, new_key
from desk.store.ids import new_id
from desk.store.looked_up import once
from desk.store.models import IdentityKey, IdentityNumber, Paper
from desk.store.models.numbered import PLAIN, HasNumber, about, opened


def hall_key(session: Session, street_id: int) -> HallKey | None:
    """Return the key of the hall; None where this desk lacks it.

    A hall of one file gets its key with its first number; on a shared server the IT person makes
    it, since every desk needs the same one.
    """
    kept = key_id_of(session, street_id)
    if kept is not None:
        return known_key(kept)
    if session.get_bind().dialect.name != "sqlite":
        return None
    return begin_key(session, street_id, new_key())


def present_key(session: Session, street_id: int) -> HallKey:
    """Return the key of the hall.

    Raises:
        RuleBroken: the hall has none yet, or this desk lacks it.
    """
    key = hall_key(session, street_id)
    if key is None:
        raise RuleBroken("大厅还没有启用证件号密钥，没有要换的。")
    return key


def key_id_of(session: Session, street_id: int) -> str | None:
    """Return the fingerprint of the key that the hall seals with; None before its first."""
    return next(reversed(key_ids_of(session, street_id)), None)


def key_ids_of(session: Session, street_id: int) -> tuple[str, ...]:
    """Return the fingerprints of all keys that the hall ever sealed with, the newest last."""
    known = select(IdentityKey.key_id).where(IdentityKey.street_id == street_id)

    def read() -> tuple[str, ...]:
        with session.no_autoflush:
            return tuple(session.scalars(known.order_by(IdentityKey.id)))

    return once(session, ("identity keys", street_id), read, of=(IdentityKey,))


def begin_key(session: Session, street_id: int, key: HallKey) -> HallKey:
    """Let the hall seal with this key from now on."""
    session.add(IdentityKey(id=new_id(), street_id=street_id, key_id=key.id, algorithm=AES_GCM))
    return key


def seal(kept: IdentityNumber, key: HallKey | None) -> None:
    """Seal a number that is plain; without a key it waits."""
    if key is None or kept.algorithm != PLAIN:
        return
    number = kept.cipher
    kept.algorithm, kept.key_id = AES_GCM, key.id
    kept.cipher, kept.blind_index = key.seal(number, about(kept.owner_id)), key.index(number)


def seal_waiting(session: Session, street_id: int) -> int:
    """Seal the numbers that waited for a desk with the key, and return how many."""
    waiting = session.scalars(
        select(IdentityNumber).where(
            IdentityNumber.street_id == street_id, IdentityNumber.algorithm == PLAIN
        )
    ).all()
    key = hall_key(session, street_id) if waiting else None
    for kept in waiting:
        seal(kept, key)
    return len(waiting) if key is not None else 0


@dataclass(frozen=True, slots=True)
class Resealed:
    """How far the change to another key went.

    Attributes:
        done: how many were encrypted anew this time.
        last: behind this owner it goes on; None where nothing is left.
        left: how many behind it are under an earlier key still.
        unreadable: how many of this time no key opens; they stay as they are.
    """

    done: int
    last: int | None
    left: int
    unreadable: int


def reseal(session: Session, street_id: int, key: HallKey, *, after: int, most: int) -> Resealed:
    """Encrypt the next numbers under this key that lie under an earlier one (换密钥)."""
    earlier = and_(
        IdentityNumber.street_id == street_id,
        IdentityNumber.algorithm != PLAIN,
        IdentityNumber.key_id != key.id,
    )
    some = session.scalars(
        select(IdentityNumber)
        .where(earlier, IdentityNumber.owner_id > after)
        .order_by(IdentityNumber.owner_id)
        .limit(most)
        .with_for_update()
    ).all()
    done = 0
    for kept in some:
        number = opened(kept)
        if number is not None:
            kept.algorithm, kept.cipher = PLAIN, number
            seal(kept, key)
            done += 1
    session.flush()
    last = some[-1].owner_id if some else None
    behind = select(func.count()).where(earlier, IdentityNumber.owner_id > (last or 0))
    left = (session.scalar(behind) or 0) if last is not None else 0
    return Resealed(done, last if left else None, left, len(some) - done)


def has_number(session: Session, street_id: int, number: str) -> ColumnElement[bool]:
    """Return the condition on `identity_numbers` that it is exactly this number."""
    keys = [known_key(one) for one in key_ids_of(session, street_id)]
    plain = (IdentityNumber.algorithm == PLAIN) & (IdentityNumber.cipher == normalise_id(number))
    sealed = [IdentityNumber.blind_index == key.index(number) for key in keys if key is not None]
    return or_(plain, *sealed)


def watch_sessions() -> None:
    """Seal from now on whatever any session saves."""
    if not event.contains(Session, "before_flush", _seal_what_is_saved):
        event.listen(Session, "before_flush", _seal_what_is_saved)


def _seal_what_is_saved(session: Session, _context: object, _instances: object) -> None:
    changed = [*session.new, *session.dirty]
    holders = [row for row in changed if isinstance(row, HasNumber) and row.has_pending_number]
    numbers = [row for row in holders if row.pending_number]
    papers = [row for row in changed if isinstance(row, Paper) and holds_numbers(row.row)]
    streets = [row.street_id for row in numbers] + [row.street_id for row in papers]
    key = hall_key(session, streets[0]) if streets else None
    seal_rows_with(key)
    for row in holders:
        _save(session, row, key)


def _save(session: Session, row: HasNumber, key: HallKey | None) -> None:
    kept = None
    if not inspect(row).pending:
        with session.no_autoflush:
            kept = session.get(IdentityNumber, row.owner_id)
    number = normalise_id(row.pending_number)
    row.number_saved()
    if kept is not None and not number:
        session.delete(kept)
    if not number:
        return
    if kept is None:
        mediation_id = getattr(row, "mediation_id", None)
        kept = IdentityNumber(
            owner_id=row.owner_id,
            street_id=row.street_id,
            owner=row.owner_kind,
            case_id=None if mediation_id else row.owner_id,
            mediation_id=mediation_id,
        )
        session.add(kept)
    kept.algorithm, kept.key_id, kept.cipher, kept.blind_index = PLAIN, None, number, None
    seal(kept, key)
