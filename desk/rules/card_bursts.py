"""What a reader types when an identity card is laid on it (身份证读卡器).

Readers that act as a keyboard send name, sex, nation, birth, address, number, authority and
validity, in an order and with separators that are set in the reader. So each part is known by
what it looks like, and sex and birth are taken from the number, which checks itself. The nation
is dropped: it is not asked for when an appeal is taken in.
"""

import re
from dataclasses import dataclass
from datetime import date

from desk.rules.codes import Sex
from desk.rules.id_cards import read_id_card
from desk.rules.identity import fold_width

_BETWEEN = re.compile(r"[\t\r\n|｜;；,，]+")
_SPACES = re.compile(r"\s+")
_CAPTION = re.compile(
    r"(?:姓名|性别|民族|出生日期|出生|住址|地址|公民身份号码|身份证号码?|证件号码|签发机关|有效期限?)"
    r"\s*[:：]\s*"
)
_NAME = re.compile(r"[^\W\d_a-zA-Z]{2,15}(?:[·•．.][^\W\d_a-zA-Z]{1,15})*")
_SEX = frozenset({"男", "女", "男性", "女性"})
_NATION = re.compile(r".{1,6}族")
_AUTHORITY = re.compile(r".*(?:公安局|分局|派出所|公安分处)")
_SHORTEST_ADDRESS = 6
_LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What was read from an identity card; name and address are empty where none was sent."""

    number: str
    sex: Sex
    born_on: date
    name: str = ""
    address: str = ""


def read_card(burst: str, *, today: date) -> CardFacts | None:
    """Return what a reader typed, or None where it is no identity card."""
    parts = _parts(burst)
    card = next(filter(None, (read_id_card(part, today=today) for part in parts)), None)
    if card is None:
        return None
    name = next((part for part in parts if _chinese(part) and part not in _SEX), "")
    name = name if _is_name(name) else ""
    addresses = [part for part in parts if part != name and _is_address(part)]
    return CardFacts(
        number=card.number,
        sex=card.sex,
        born_on=card.born_on,
        name=name,
        address=max(addresses, key=len, default=""),
    )


def _parts(burst: str) -> list[str]:
    """Return the parts without captions and padding; where only spaces are between, split there."""
    whole = burst.strip()
    between = _BETWEEN if _BETWEEN.search(whole) else _SPACES
    return [_CAPTION.sub("", part.strip(), count=1) for part in between.split(whole)]


def _is_name(part: str) -> bool:
    is_other = _NATION.fullmatch(part) or _AUTHORITY.fullmatch(part)
    return len(part) <= _LONGEST_NAME and not is_other and _NAME.fullmatch(part) is not None


def _is_address(part: str) -> bool:
    return _chinese(part) >= _SHORTEST_ADDRESS and not _AUTHORITY.fullmatch(part)


def _chinese(part: str) -> int:
    """Return how many of the signs are neither Latin nor full-width ones of a number."""
    return sum(not sign.isascii() for sign in fold_width(part))
