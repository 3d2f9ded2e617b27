"""When a mediator is on duty in a week (当班), as it is written and as it is kept.

Written “周一至周五 09:00-12:00；周六 14:00-18:00”; kept as {"0": "09:00-12:00", …}, Monday first.
Nothing written means the hall's opening hours.
"""

from collections.abc import Mapping
from itertools import groupby

from desk.rules.errors import RuleBroken
from desk.rules.opening_hours import WEEKDAYS, UnreadableHours, require_spans, week_entries


def read_duty(text: str) -> dict[str, str]:
    """Return the weekly hours that a text means.

    Raises:
        RuleBroken: it cannot be read; beside the field `duty`.
    """
    duty: dict[str, str] = {}
    try:
        for days, words in week_entries(text):
            duty |= dict.fromkeys(map(str, days), require_spans(words))
    except UnreadableHours as fault:
        raise RuleBroken(
            f"当班时间“{fault.entry}”看不懂，请写成“周一至周五 09:00-12:00,14:00-18:00”，"
            "几条之间用“；”隔开。",
            field="duty",
        ) from fault
    return {day: duty[day] for day in sorted(duty)}


def say_duty(duty: Mapping[str, str]) -> str:
    """Return weekly hours as they are written; days in a row with the same hours are one entry."""
    entries = []
    for hours, days in groupby(sorted(duty.items()), key=lambda item: item[1]):
        for run in _runs([int(day) for day, _ in days]):
            last = f"至周{WEEKDAYS[run[-1]]}" if len(run) > 1 else ""
            entries.append(f"周{WEEKDAYS[run[0]]}{last} {hours}")
    return "；".join(entries)


def _runs(days: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
