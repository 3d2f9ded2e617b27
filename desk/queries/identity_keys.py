"""How the hall's identity numbers are kept (证件号码的加密): which key, and what waits for it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from desk.rules.moments import in_shanghai
from desk.store.database import Reader
from desk.store.identities import key_ids_of
from desk.store.identity_keys import known_key
from desk.store.models import IdentityKey, IdentityNumber, Staff, Street
from desk.store.models.numbered import PLAIN


@dataclass(frozen=True, slots=True)
class KeyState:
    """Which key the hall seals with, whether this desk has it, and what is sealed.

    Attributes:
        earlier: the keys of before it; papers and backups of their time need them.
        lacks: which of these this desk lacks.
        left: how many numbers lie under one of these still.
    """

    key_id: str | None
    is_here: bool
    sealed: int
    waiting: int
    put_away_at: datetime | None = None
    put_away_by: str = ""
    office: str = ""
    earlier: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    left: int = 0

    @property
    def sheet_sentence(self) -> str:
        """Return in words whether the recovery sheet lies where it should."""
        if self.key_id is None:
            return "还没有密钥，不用打印恢复单。"
        if self.put_away_at is None:
            return "恢复单还没有打印并封存：电脑坏了、换了，已登记的证件号码就再也读不出来。"
        day = in_shanghai(self.put_away_at)
        return (
            f"恢复单已打印并封存（{day.year} 年 {day.month} 月 {day.day} 日 {self.put_away_by}）。"
        )

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
        if self.lacks:
            key += (
                f"还缺以前的密钥 {'、'.join(one[:8] for one in self.lacks)}，请输入那时的恢复码。"
            )
        left = f"，其中 {self.left} 个还在旧密钥下，请再运行一次 --renew" if self.left else ""
        return f"{key}已加密 {self.sealed} 个{waits}{left}。"


def identity_key_state(reader: Reader) -> KeyState:
    """Return how identity numbers are kept, as far as the reader may read them."""
    street = reader.person.street_id
    plain = IdentityNumber.algorithm == PLAIN
    keys = key_ids_of(reader.session, street)
    key_id = keys[-1] if keys else None
    old = ~plain & (IdentityNumber.key_id != (key_id or ""))
    every, waiting, left = reader.session.execute(
        select(func.count(), func.count().filter(plain), func.count().filter(old))
        .select_from(IdentityNumber)
        .where(IdentityNumber.street_id == street)
    ).one()
    here = known_key(key_id) is not None
    kept = reader.session.execute(
        select(IdentityKey.put_away_at, Staff.name)
        .outerjoin(Staff, Staff.id == IdentityKey.put_away_by)
        .where(IdentityKey.street_id == street, IdentityKey.key_id == (key_id or ""))
    ).first()
    at, by = (kept[0], kept[1] or "") if kept is not None else (None, "")
    office = reader.session.scalar(select(Street.hall_name).where(Street.id == street)) or ""
    lacks = tuple(one for one in keys[:-1] if known_key(one) is None)
    return KeyState(
        key_id,
        here,
        every - waiting,
        waiting,
        at,
        by,
        office,
        earlier=keys[:-1],
        lacks=lacks,
        left=left,
    )
