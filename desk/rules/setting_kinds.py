"""How one value of a hall is written down and read back (设置的写法): numbers, switches, words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desk.rules.errors import RuleBroken
from desk.rules.opening_hours import say_week, week_of


@dataclass(frozen=True, slots=True)
class HallSetting:
    """One setting of the hall.

    Attributes:
        read: the value that words stand for; raises RuleBroken(field="value").
        show: the words for a value.
    """

    key: str
    label: str
    hint: str
    seed: Any
    read: Callable[[str], Any]
    show: Callable[[Any], str] = str


def whole(low: int, high: int, what: str) -> Callable[[str], int]:
    """Return what reads a whole number within bounds."""

    def read(text: str) -> int:
        plain = text.strip()
        if not (plain.isascii() and plain.isdecimal()) or not low <= int(plain) <= high:
            raise RuleBroken(f"{what}请写 {low} 到 {high} 之间的整数。", field="value")
        return int(plain)

    return read


def read_switch(text: str) -> bool:
    """Return whether it is on."""
    if text.strip() not in {"开", "关"}:
        raise RuleBroken("请写“开”或“关”。", field="value")
    return text.strip() == "开"


def show_switch(value: Any) -> str:
    """Return the word for on or off."""
    return "开" if value else "关"


def one_of(words: Mapping[str, str]) -> tuple[Callable[[str], str], Callable[[Any], str]]:
    """Return what reads and what shows one of a few words."""
    codes = {label: code for code, label in words.items()}

    def read(text: str) -> str:
        if text.strip() not in codes:
            raise RuleBroken(f"请写其中一种：{'、'.join(codes)}。", field="value")
        return codes[text.strip()]

    return read, lambda value: words.get(value, str(value))


def read_one_line(text: str) -> str:
    """Return a line that must not be empty."""
    if not text.strip():
        raise RuleBroken("请写明，不能空着。", field="value")
    return text.strip()


def read_week(text: str) -> str:
    """Return opening hours in their usual words."""
    return say_week(week_of(text))


def read_words(text: str) -> list[str]:
    """Return several words, at least one."""
    found = [word.strip() for word in text.replace("，", "、").split("、") if word.strip()]
    if not found:
        raise RuleBroken("至少写一项，几项之间用“、”隔开。", field="value")
    return found


def read_quiet(text: str) -> list[int]:
    """Return from which hour to which nobody is rung."""
    parts = text.replace("—", "-").replace("点", "").strip().split("-")
    if len(parts) != 2 or not all(p.strip().isascii() and p.strip().isdecimal() for p in parts):  # noqa: PLR2004
        raise RuleBroken("请写成 22-8，表示晚上 22 点到早上 8 点。", field="value")
    hours = [int(part) for part in parts]
    if any(hour > 23 for hour in hours):  # noqa: PLR2004 - hours of a day
        raise RuleBroken("钟点请写 0 到 23。", field="value")
    return hours
