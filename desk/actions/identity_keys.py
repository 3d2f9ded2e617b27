"""The hall begins to encrypt with a key (启用证件号密钥), and seals what waited for one."""

from dataclasses import dataclass

from sqlalchemy import select

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.rights import require_hall
from desk.store.identities import begin_key, key_id_of, seal_waiting
from desk.store.identity_keys import known_key
from desk.store.models import IdentityKey
from desk.store.person_keys import key_ties
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class UseIdentityKey(Request):
    """Encrypt with the key of this fingerprint from now on; this desk must have it."""

    key_id: str


@action(UseIdentityKey, "setting.identity_key")
def use_identity_key(tx: Transaction, request: UseIdentityKey) -> Changes:
    """Begin with a key, or go on with the one in use, and seal the numbers that waited.

    Raises:
        NotAllowed: the person does not administer the hall.
        RuleBroken: this desk has no such key.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    key = known_key(request.key_id)
    if key is None:
        raise RuleBroken("本机没有这把证件号密钥，请先按恢复单输入恢复码。")
    if key_id_of(tx.session, tx.street_id) != key.id:
        begin_key(tx.session, tx.street_id, key)
        tx.session.flush()
    sealed = seal_waiting(tx.session, tx.street_id)
    key_ties(tx.session, tx.street_id)
    return Changes(f"启用证件号密钥 {key.id[:8]}，补加密 {sealed} 个", made={"sealed": sealed})


@dataclass(frozen=True, slots=True, kw_only=True)
class PutSheetAway(Request):
    """Say that the recovery sheet of the hall's key was printed and put away (已打印并封存)."""

    key_id: str


@action(PutSheetAway, "setting.key_sheet")
def put_sheet_away(tx: Transaction, request: PutSheetAway) -> Changes:
    """Remember who put the sheet away and when; saying it again after a new print moves the day.

    Raises:
        NotAllowed: the person does not administer the hall.
        RuleBroken: it is not the hall's key.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    row = tx.session.scalar(
        select(IdentityKey)
        .where(IdentityKey.street_id == tx.street_id, IdentityKey.key_id == request.key_id)
        .limit(1)
    )
    if row is None:
        raise RuleBroken("大厅用的不是这把密钥，请刷新后再试。")
    row.put_away_at, row.put_away_by = tx.now, tx.person.staff_id
    return Changes(f"证件号密钥 {row.key_id[:8]} 的恢复单已打印并封存")
