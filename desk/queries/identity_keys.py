"""How the hall's identity numbers are kept (证件号码的加密): which key, and what waits for it."""

from dataclasses import dataclass

from sqlalchemy import func, select

from desk.store.database import Reader
from desk.store.identities import key_id_of
from desk.store.identity_keys import known_key
from desk.store.models import IdentityNumber
from desk.store.models.numbered import PLAIN


@dataclass(frozen=True, slots=True)
class KeyState:
    """Which key the hall seals with, whether this desk has it, and what is sealed."""

    key_id: str | None
    is_here: bool
    sealed: int
    waiting: int

    @property
    def sentence(self) -> str:
        """Return it as the command line says it."""
        if self.key_id is None:
            key = (
                "还没有启用证件号密钥。单机的大厅第一次登记证件号时自动生成；共用的用 --new 生成。"
            )
        elif self.is_here:
            key = f"证件号密钥 {self.key_id[:8]}，本机已装好。"
        else:
            key = f"证件号密钥 {self.key_id[:8]}，本机没有装，请用 --enter 输入恢复单上的恢复码。"
        waits = f"，{self.waiting} 个等着加密" if self.waiting else ""
        return f"{key}已加密 {self.sealed} 个{waits}。"


def identity_key_state(reader: Reader) -> KeyState:
    """Return how identity numbers are kept, as far as the reader may read them."""
    street = reader.person.street_id
    plain = IdentityNumber.algorithm == PLAIN
    every, waiting = reader.session.execute(
        select(func.count(), func.count().filter(plain))
        .select_from(IdentityNumber)
        .where(IdentityNumber.street_id == street)
    ).one()
    key_id = key_id_of(reader.session, street)
    here = known_key(key_id) is not None
    return KeyState(key_id, here, every - waiting, waiting)
