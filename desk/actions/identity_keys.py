"""The hall begins to encrypt with a key (启用证件号密钥), and seals what waited for one."""

from dataclasses import dataclass

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.rights import require_hall
from desk.store.identities import begin_key, key_id_of, seal_waiting
from desk.store.identity_keys import known_key
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
