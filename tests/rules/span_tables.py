"""Tables of limits and their results, typed as data in `data/*.toml`."""

import json
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from desk.rules.calendar_files import read_calendar
from desk.rules.moments import SHANGHAI

DATA = Path(__file__).parent / "data"


def table(name: str) -> dict:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def calendars_of(suite: dict) -> dict:
    return {name: read_calendar(json.dumps(said)) for name, said in suite["calendars"].items()}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def pauses_of(said: list) -> list:
    return [(moment(a), moment(b)) for a, b in said]


def length(text: str) -> timedelta:
    hours, minutes, seconds = map(int, text.split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def window(text: str) -> tuple[datetime, datetime]:
    """Return what is written as `2006-01-02 09:00-17:00`."""
    day, _, hours = text.partition(" ")
    midnight = moment(day)
    start, end = (midnight + length(f"{part}:00") for part in hours.split("-"))
    return start, end
