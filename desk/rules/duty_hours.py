"""When a mediator is on duty in a week (当班), as it is written and as it is kept.

Written “周一至周五 09:00-12:00；周六 14:00-18:00”; kept as {"0": "09:00-12:00", …}, Monday first.
Nothing written means the hall's opening hours.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import time
from itertools import groupby

from desk.rules.errors import RuleBroken

WEEKDAYS = "一二三四五六日"
_ENTRY = re.compile(r"周([一二三四五六日天](?:[至、,周一二三四五六日天])*)(.+)")
_HOURS = re.compile(r"\d{1,2}:\d{2}-\d{1,2}:\d{2}")


def read_duty(text: str) -> dict[str, str]:
    """Return the weekly hours that a text means.

    Raises:
        RuleBroken: it cannot be read; beside the field `duty`.
    """
    duty: dict[str, str] = {}
    for entry in filter(None, re.split(r"[;\n]", _plain(text))):
        found = _ENTRY.fullmatch(entry)
        if found is None:
            raise _unreadable(entry)
        hours = _hours(found[2], entry)
        duty |= {str(day): hours for day in _days(found[1], entry)}
    return {day: duty[day] for day in sorted(duty)}


def say_duty(duty: Mapping[str, str]) -> str:
    """Return weekly hours as they are written; days in a row with the same hours are one entry."""
    entries = []
    for hours, days in groupby(sorted(duty.items()), key=lambda item: item[1]):
        for run in _runs([int(day) for day, _ in days]):
            last = f"至周{WEEKDAYS[run[-1]]}" if len(run) > 1 else ""
            entries.append(f"周{WEEKDAYS[run[0]]}{last} {hours}")
    return "；".join(entries)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("星期", "周").replace("礼拜", "周")
    return re.sub(r"[ \t]", "", folded.replace("到", "至").replace("—", "-").replace("–", "-"))


def _days(words: str, entry: str) -> list[int]:
    days: list[int] = []
    for part in re.split("[、,]", words.replace("周", "").replace("天", "日")):
        first, _, last = part.partition("至")
        if len(first) != 1 or len(last or first) != 1:
            raise _unreadable(entry)
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        if end < start:
            raise _unreadable(entry)
        days += range(start, end + 1)
    return days


def _hours(words: str, entry: str) -> str:
    spans = re.split("[、,]", words)
    for span in spans:
        if not _HOURS.fullmatch(span):
            raise _unreadable(entry)
        try:
            start, end = (time.fromisoformat(part.zfill(5)) for part in span.split("-"))
        except ValueError as error:
            raise _unreadable(entry) from error
        if end <= start:
            raise _unreadable(entry)
    return ",".join(spans)


def _runs(days: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _unreadable(entry: str) -> RuleBroken:
    return RuleBroken(
        f"当班时间“{entry}”看不懂，请写成“周一至周五 09:00-12:00,14:00-18:00”，"
        "几条之间用“；”隔开。",
        field="duty",
    )
