"""What of a log may leave the hall (日志遮盖): whatever might be about a person is crossed out.

The log is written without such words anyway (desk/logs.py); this is the second lock on the door.
"""

import re

MASK = "＊"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\w+://\S+"), MASK),  # addresses, with whatever password is in them
    (re.compile(r"\S+@\S+"), MASK),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"), MASK),  # addresses of machines
    (re.compile(r"(?<![\w.])(?:[A-Za-z]:)?[\\/](?:[^\\/\s\"':]+[\\/])+"), f"{MASK}/"),  # folders
    (re.compile(r"\d{5,}[Xx]?"), MASK),  # telephone and identity numbers, ids
    (re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]+"), MASK),  # names, addresses, matters
)


def masked_log(text: str) -> str:
    """Return log lines in which types, places and times are left, and nothing about people."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text
