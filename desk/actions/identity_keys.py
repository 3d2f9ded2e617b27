"""The hall begins to encrypt with a key (启用证件号密钥), and changes it when others know it."""

from dataclasses import dataclass

from sqlalchemy import select

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.rights import require_hall
from desk.store.gate import amount
from desk.store.identities import (
    begin_key,
    key_ids_of,
    present_key,
    reseal,
    seal_waiting,
)
from desk.store.identity_keys import known_key
from desk.store.models import IdentityKey
from desk.store.person_keys import key_slots, key_ties
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_NOT_HERE = "本机没有这把证件号密钥，请先按恢复单输入恢复码。"
_BY_MAINTAINER = "共用服务器上由管机器的同事运行 identity-key --renew 换密钥。"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseIdentityKey(Request):
    """Encrypt with the key of this fingerprint from now on; this desk must have it."""

    key_id: str


@action(UseIdentityKey, "setting.identity_key")
def use_identity_key(tx: Transaction, request: UseIdentityKey) -> Changes:
    """Begin with a key, or go on with those in use, and seal the numbers that waited.

    Raises:
        NotAllowed: the person does not administer the hall.
        RuleBroken: this desk has no such key, or the hall has others.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    key, known = known_key(request.key_id), key_ids_of(tx.session, tx.street_id)
    if key is None:
        raise RuleBroken(_NOT_HERE)
    if known and key.id not in known:
        raise RuleBroken(
            f"大厅用的是密钥 {known[-1][:8]}，不是 {key.id[:8]}，没有改动。请找编号相同的恢复单。"
        )
    if not known:
        begin_key(tx.session, tx.street_id, key)
        tx.session.flush()
    sealed = seal_waiting(tx.session, tx.street_id)
    key_ties(tx.session, tx.street_id)
    return Changes(f"启用证件号密钥 {key.id[:8]}，补加密 {sealed} 个", made={"sealed": sealed})


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewIdentityKey(Request):
    """Encrypt with another key from now on, since the one in use may be known to others."""

    key_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResealNumbers(Request):
    """Encrypt some numbers anew that lie under an earlier key; go on behind the last one.

    Attributes:
        after: the owner behind whom it goes on, as it was answered before.
    """

    after: int = 0
    most: int = amount("每次几个", least=1, most=1000, default=200)


@action(RenewIdentityKey, "setting.identity_key_renewed")
def renew_identity_key(tx: Transaction, request: RenewIdentityKey) -> Changes:
    """Begin with a key that follows the one in use; what is sealed already stays readable.

    Raises:
        NotAllowed: the person does not administer the hall, or it is the shared server.
        RuleBroken: this desk lacks this key or an earlier one, or the hall has none to follow.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    tx.require_maintainer(_BY_MAINTAINER)
    key, earlier = known_key(request.key_id), key_ids_of(tx.session, tx.street_id)
    if key is None:
        raise RuleBroken(_NOT_HERE)
    if not earlier or key.id in earlier:
        raise RuleBroken("要换的必须是一把新密钥。还没有启用过密钥的大厅，请先启用。")
    _require_all(earlier)
    begin_key(tx.session, tx.street_id, key)
    tx.session.flush()
    key_slots(tx.session, tx.street_id)
    key_ties(tx.session, tx.street_id)
    return Changes(f"换证件号密钥：{earlier[-1][:8]} 换成 {key.id[:8]}")


@action(ResealNumbers, "setting.identity_resealed")
def reseal_numbers(tx: Transaction, request: ResealNumbers) -> Changes:
    """Encrypt the next numbers anew with the key in use, and say how many are left.

    Raises:
        NotAllowed: the person does not administer the hall, or it is the shared server.
        RuleBroken: this desk lacks one of the hall's keys.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    tx.require_maintainer(_BY_MAINTAINER)
    _require_all(key_ids_of(tx.session, tx.street_id))
    key = present_key(tx.session, tx.street_id)
    went = reseal(tx.session, tx.street_id, key, after=request.after, most=request.most)
    title = f"换证件号密钥：重新加密 {went.done} 个，还有 {went.left} 个"
    made = {"done": went.done, "left": went.left, "unreadable": went.unreadable}
    return Changes(title, made=made | ({} if went.last is None else {"last": went.last}))


def _require_all(key_ids: tuple[str, ...]) -> None:
    for one in key_ids:
        if known_key(one) is None:
            raise RuleBroken(
                f"本机没有大厅用过的密钥 {one[:8]}，没有改动。"
                "请先用 identity-key --enter 输入那一张恢复单上的恢复码。"
            )


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
