"""Temporary numbers (暂存号) of what was taken in while the server was away: T-4821-261122-003-26.

Station, day, number of that day, and two check digits. The check is ISO 7064 MOD 97-10: one wrong
digit and any two digits that changed places are found, so a number that was read over the telephone
is never mistaken for another one.
"""

import re
from datetime import date

from desk.rules.identity import fold_width

_SHAPE = re.compile(r"T-?(\d{4})-?(\d{6})-?(\d{3,6})-?(\d{2})", re.IGNORECASE)
_MODULUS = 97
STATIONS = 10_000


def temporary_number(station: int, day: date, seq: int) -> str:
    """Return the temporary number of the `seq`-th intake of a day at a workstation."""
    digits = (f"{station:04}", f"{day:%y%m%d}", f"{seq:03}")
    check = _MODULUS + 1 - int("".join(digits)) * 100 % _MODULUS
    return "-".join(("T", *digits, f"{check:02}"))


def alias_words(number: str) -> str:
    """Return what a number is called that a case had before its own."""
    return "原编号" if read_temporary_number(number) is None else "暂存号"


def read_temporary_number(text: str) -> str | None:
    """Return a typed temporary number as it is kept, or None if it is none or mistyped."""
    found = _SHAPE.fullmatch(re.sub(r"\s", "", fold_width(text)))
    if found is None or int("".join(found.groups())) % _MODULUS != 1:
        return None
    return "-".join(("T", *found.groups()))
