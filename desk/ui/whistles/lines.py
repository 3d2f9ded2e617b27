"""Lines typed quickly from a sign-in sheet (速录): unit, name, post, time, in one line each.

“执法队 高勇 中队长 0925”, or with the unit's number in the list: “1 高勇 0925”. What cannot be read
is said with the number of its line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.rules.errors import RuleBroken
from desk.ui.widgets.moment_text import read_moment

_COMMAS = str.maketrans({"，": " ", "、": " ", ",": " ", "\t": " ", "　": " "})
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Typed:
    """One line: which unit, further words, and a moment if one stands at the end."""

    unit: int
    words: tuple[str, ...]
    at: datetime | None


def read_lines(
    text: str,
    units: Sequence[tuple[int, str]],
    now: datetime,
    *,
    field: str,
    looks_back: bool,
) -> list[Typed]:
    """Return what stands in the lines.

    Args:
        units: ids and names; where there is only one, a line need not name it.
        looks_back: “周一” alone is the last Monday.

    Raises:
        RuleBroken: a line names no unit that may stand there.
    """
    return [
        _read(line, place, units, now, field=field, looks_back=looks_back)
        for place, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]


def _read(
    line: str,
    place: int,
    units: Sequence[tuple[int, str]],
    now: datetime,
    *,
    field: str,
    looks_back: bool,
) -> Typed:
    words = line.translate(_COMMAS).split()
    unit = _unit(words[0], units)
    if unit is not None:
        words = words[1:]
    elif len(units) == 1:
        unit = units[0][0]
    else:
        raise RuleBroken(
            f"第 {place} 行没看懂是哪个单位：“{words[0]}”。请写单位的简称或前面的序号。",
            field=field,
        )
    at = None
    for taken in (_LEAST, 1):
        said = " ".join(words[-taken:])
        at = read_moment(said, now, looks_back=looks_back) if len(words) >= taken else None
        if at is not None:
            words = words[:-taken]
            break
    return Typed(unit, tuple(words), at)


def _unit(word: str, units: Sequence[tuple[int, str]]) -> int | None:
    if word.isdecimal() and 1 <= int(word) <= len(units):
        return units[int(word) - 1][0]
    fitting = [unit for unit, name in units if word == name]
    fitting = fitting or [unit for unit, name in units if word in name or name in word]
    return fitting[0] if len(fitting) == 1 else None
