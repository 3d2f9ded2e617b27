"""How values are written on paper: the named writers that a layout may choose from.

A value that does not fit its writer is printed as it is: paper never loses what it was given.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

_DIGITS: Final = "零一二三四五六七八九十"


def chinese_number(number: int) -> str:
    """Return 1 to 99 in Chinese, larger numbers in digits."""
    if not 0 < number < 100:  # noqa: PLR2004 the range of headings
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def text(value: Any) -> str:
    """Write a value as it is; lists are joined by 、 and None leaves room for handwriting."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(text(part) for part in value)
    return str(value)


def day(value: Any) -> str:
    """Write 2026年11月2日, without leading zeros (GB/T 9704)."""
    try:
        moment = date.fromisoformat(str(value)[:10])
    except ValueError:
        return text(value)
    return f"{moment.year}年{moment.month}月{moment.day}日"


def moment(value: Any) -> str:
    """Write 2026年11月2日 09:05."""
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError:
        return text(value)
    return f"{read.year}年{read.month}月{read.day}日 {read:%H:%M}"


def short_moment(value: Any) -> str:
    """Write 11月2日 09:05."""
    whole = moment(value)
    return whole.partition("年")[2] if re.match(r"\d{4}年", whole) else whole


def clock_time(value: Any) -> str:
    """Write 09:05."""
    whole_moment = moment(value)
    return (
        whole_moment.rpartition(" ")[2] if re.match(r"\d{4}年.* ", whole_moment) else whole_moment
    )


def whole(value: Any) -> str:
    """Write a number so that no line ends inside it."""
    return "\u2060".join(text(value))


def numbered(value: Any, between: str = "\n") -> str:
    """Write each entry of a list on a numbered line of its own."""
    if not isinstance(value, list | tuple):
        return text(value)
    if len(value) == 1:
        return text(value[0])
    return between.join(f"{number}.{text(part)}" for number, part in enumerate(value, 1))


def materials(value: Any) -> str:
    """Write what was handed in, e.g. 物业费收据2份（复印件）."""
    if not isinstance(value, list | tuple):
        return text(value)
    parts = []
    for part in value:
        if isinstance(part, Mapping):
            kind = f"（{text(part['kind'])}）" if part.get("kind") else ""
            parts.append(f"{text(part.get('name'))}{text(part.get('copies', 1))}份{kind}")
        else:
            parts.append(text(part))
    return "；".join(parts)


def masked_phone(value: Any) -> str:
    """Write a phone number with its middle hidden: 138****0012."""
    return re.sub(r"(?<=\d{3})\d{4}(?=\d{4}\b)", "****", text(value))


def masked_id(value: Any) -> str:
    """Write an identity number with all but its first six and last two signs hidden."""
    words = text(value)
    if len(words) < 10:  # noqa: PLR2004 too short to be one
        return words
    return words[:6] + "*" * (len(words) - 8) + words[-2:]


def money(value: Any) -> str:
    """Write an amount: 12,345.60元."""
    try:
        return f"{Decimal(str(value)):,.2f}元"
    except InvalidOperation:
        return text(value)


def stars(value: Any) -> str:
    """Write one to five stars: ★★★★☆."""
    if isinstance(value, int) and 0 < value <= 5:  # noqa: PLR2004 the scale
        return "★" * value + "☆" * (5 - value)
    return text(value)


Writer = Callable[[Any], str]
WRITERS: Final[Mapping[str, Writer]] = {
    "text": text,
    "date": day,
    "datetime": moment,
    "short-datetime": short_moment,
    "time": clock_time,
    "whole": whole,
    "numbered": numbered,
    "in-line": lambda value: numbered(value, "；"),
    "materials": materials,
    "masked-phone": masked_phone,
    "masked-id": masked_id,
    "money": money,
    "stars": stars,
    "item": lambda value: f"（{value}）" if value else "",
    "people": lambda value: f"{value}人" if value else "",
    "years": lambda value: f"{value}岁" if value is not None else "",
    "minutes": lambda value: f"{value}分钟" if value is not None else "",
    "pages": lambda value: f"{value}页" if value is not None else "",
    "times": lambda value: f"{value}次" if value is not None else "",
}


_BRACKETS: Final = str.maketrans("()", "（）")


def checks(value: Any, options: Sequence[str], detail: str = "") -> str:
    """Write all options as check boxes, ticked where chosen.

    A choice that is not among the options is added ticked, so that nothing is lost.
    """
    if isinstance(value, bool):
        chosen = ["是" if value else "否"]
    elif value is None:
        chosen = []
    else:
        chosen = list(value) if isinstance(value, list | tuple) else [str(value)]
    # Labels come with either kind of brackets; paper has full-width ones.
    chosen = [text(choice).translate(_BRACKETS) for choice in chosen]
    shown = [*options, *(choice for choice in chosen if choice not in options)]
    parts = [("☑" if option in chosen else "□") + option for option in shown]
    if detail and parts:
        parts[-1] += f"（{detail}）"
    return " ".join(parts)


def yes_with_detail(value: Any) -> str:
    """Write □否 ☑是（…） for a value that is either empty or the detail itself."""
    if not value:
        return "☑否 □是"
    return f"□否 ☑是（{text(value)}）"


_PLACEHOLDER: Final = re.compile(r"\{(\w+)(?::([\w-]+))?\}")


def placeholders(words: str) -> list[tuple[str, str]]:
    """Return the (key, writer) pairs that printed words ask for."""
    return [(key, writer or "text") for key, writer in _PLACEHOLDER.findall(words)]


def fill(words: str, row: Mapping[str, Any]) -> str:
    """Return printed words with their {key} and {key:writer} places filled from the row."""
    return _PLACEHOLDER.sub(lambda found: _filled(found, row), words)


def _filled(found: re.Match[str], row: Mapping[str, Any]) -> str:
    value = row.get(found[1])
    return "" if value is None else WRITERS[found[2] or "text"](value)
