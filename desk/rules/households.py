"""Numbers of households in a building (户号): “101-604” is six floors with four doors each."""

import re

from desk.rules.errors import RuleBroken
from desk.rules.identity import fold_width

MOST = 400  # of one building
_BETWEEN = re.compile(r"[,，、;；\s]+")
_RANGE = re.compile(r"(.*?)([0-9]{1,4})[-~至—]([0-9]{1,4})[户室]?")
_FLOOR = 3  # digits of a door with its floor: 101, 1203
_LONGEST = 20
_EXAMPLE = "请写成 101-604（六层、每层四户）、1单元101-104 或 101、102。"


def households_of(text: str) -> tuple[str, ...]:
    """Return the households that are meant, each once, in the order of the walk.

    Raises:
        RuleBroken: a range cannot be read, or there are too many.
    """
    found: dict[str, None] = {}
    for part in _BETWEEN.split(fold_width(text).strip()):
        if part:
            found |= dict.fromkeys(_expanded(part))
        if len(found) > MOST:
            raise RuleBroken(
                f"一栋最多 {MOST} 户，写的户数超过了，请分几次走。", field="households"
            )
    return tuple(found)


def _expanded(part: str) -> list[str]:
    span = _RANGE.fullmatch(part)
    if span is None or len(span[2]) < _FLOOR <= len(span[3]):  # 2-301 is one door
        if len(part) > _LONGEST or not re.search("[0-9]", part):
            raise RuleBroken(f"“{part}”看不出是哪一户。{_EXAMPLE}", field="households")
        return [part]
    head, first, last = span.groups()
    if len(first) < _FLOOR:  # no floor in it
        numbers = [f"{number:0{len(first)}}" for number in range(int(first), int(last) + 1)]
    else:
        floors = range(int(first[:-2]), int(last[:-2] or 0) + 1)
        doors = range(int(first[-2:]), int(last[-2:]) + 1)
        numbers = [f"{floor}{door:02}" for floor in floors for door in doors]
    if not numbers:
        raise RuleBroken(f"“{part}”后面的户号比前面小。{_EXAMPLE}", field="households")
    return [head + number for number in numbers]
