"""Numbers of households in a building (户号): “2单元 101-604” is six floors with four doors each."""

import re

from desk.rules.errors import RuleBroken
from desk.rules.identity import fold_width

MOST = 400  # of one building
_BETWEEN = re.compile(r"[,，、;；\s]+")
_RANGE = re.compile(
    r"(?P<head>.*?)(?P<first>[0-9]{1,4})[-~至—](?P<last>[0-9]{1,4})(?P<tail>户|室)?"
)
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
            f"一栋最多 {MOST} 户，现在是 {len(found)} 户，请分几次走。", field="households"
        )
    return tuple(found)


def _expanded(part: str) -> list[str]:
    span = _RANGE.fullmatch(part)
    if span is None:
        if len(part) > 20 or not re.search("[0-9]", part):  # noqa: PLR2004 - a door's name
            raise RuleBroken(f"“{part}”看不出是哪一户。{_EXAMPLE}", field="households")
        return [part]
    head, first, last = span["head"], span["first"], span["last"]
    if len(first) != len(last) and len(last) < 3 or int(last) < int(first):  # noqa: PLR2004
        raise RuleBroken(f"“{part}”后面的户号比前面小。{_EXAMPLE}", field="households")
    if len(first) < 3:  # noqa: PLR2004 - no floor in it
        return [f"{head}{number:0{len(first)}}" for number in range(int(first), int(last) + 1)]
    floors = range(int(first[:-2]), int(last[:-2]) + 1)
    doors = range(int(first[-2:]), int(last[-2:]) + 1)
    if not doors:
        raise RuleBroken(f"“{part}”后面的门号比前面小。{_EXAMPLE}", field="households")
    return [f"{head}{floor}{door:02}" for floor in floors for door in doors]
