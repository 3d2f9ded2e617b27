"""The recovery sheet of the key of identity numbers (证件号密钥恢复单), and keys on this desk.

The code goes from the desk's key file onto paper and nowhere else: not into the database, not
into a file, not into the log.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from desk.rules.errors import RuleBroken
from desk.rules.moments import in_shanghai
from desk.store.identity_keys import HallKey, keep_key, key_from_code, known_key, new_key

_PER_LINE = 25  # five groups of four, read out at one breath
_NO_KEY = "本机没有这把密钥，不能打印恢复单。请到装好密钥的电脑上打印，或先输入恢复码。"
HOW_TO_USE = (
    "每台电脑各装一次：管理 · 证件号密钥 · 输入恢复码；或由管机器的同事运行 "
    "main.py identity-key --enter “恢复码”。换电脑、重装系统后照此再装。\n"
    "服务器和备份里只有密文，没有这把密钥。所有电脑上的密钥和两份恢复单都丢失时，"
    "已登记的证件号码再也读不出来；诉求、调解和其他内容不受影响。\n"
    "启封后重新装袋封口，并在“封存记录”里补记。"
)


def sheet_row(key_id: str | None, *, office: str, who: str, now: datetime) -> Mapping[str, Any]:
    """Return what the sheet says.

    Raises:
        RuleBroken: this desk lacks the key.
    """
    key = known_key(key_id)
    if key is None:
        raise RuleBroken(_NO_KEY)
    code = key.recovery_code()
    pieces = [code[at : at + _PER_LINE].strip("-") for at in range(0, len(code), _PER_LINE)]
    return {
        "number": key.id,
        "office": office,
        "serial": None,
        "qr": None,
        "seal_place": False,
        "filled_by": who,
        "checked_by": None,
        "filled_on": f"{in_shanghai(now):%Y-%m-%d}",
        "lines": [{"n": n, "code": piece} for n, piece in enumerate(pieces, 1)],
        "use": HOW_TO_USE,
    }


def install(code: str, wanted: str | None, earlier: Collection[str] = ()) -> str:
    """Keep the key of a sheet on this desk, the hall's or one of before, and return its id.

    Raises:
        RuleBroken: the code is wrong, or belongs to another key than the hall uses.
    """
    key: HallKey = key_from_code(code)
    if wanted is not None and key.id not in {wanted, *earlier}:
        raise RuleBroken(
            f"大厅用的是密钥 {wanted[:8]}，不是 {key.id[:8]}，没有改动。请找编号相同的恢复单。"
        )
    return keep_key(key).id


def make_key() -> str:
    """Make a key on this desk and return its id."""
    return new_key().id
