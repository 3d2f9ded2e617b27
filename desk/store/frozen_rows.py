"""Identity numbers within frozen papers (文书的数据行): sealed in the database, whole on the page.

A paper's row never changes, so the number is sealed into it as it was then; it is opened when the
row is read on a desk that has the key, and the reprint is the same to the byte.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from desk.store.base import canonical_json
from desk.store.identity_keys import HallKey, known_key

UNREADABLE = "（证件号码已加密，本机没有密钥）"
_FIELD, _ABOUT = "id_number", "papers:row:id_number"
_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
_SEALED = re.compile(r"⟦证件 ([0-9a-f]{16}) ([A-Za-z0-9+/=]+)⟧")
_LONGEST = 100_000  # what is longer is a file as text
_WITH: list[HallKey] = []


def seal_rows_with(key: HallKey | None) -> None:
    """Seal the numbers of papers that are saved next with this key; without one they stay."""
    _WITH[:] = [] if key is None else [key]


def holds_numbers(row: Any) -> bool:
    """Return whether a row has an identity number in it."""
    found: list[str] = []

    def note(name: str, text: str) -> str:
        if (name == _FIELD and text) or _NUMBER.search(text):
            found.append(text)
        return text

    _walk(row, note)
    return bool(found)


def sealed_row(row: Any, key: HallKey) -> Any:
    """Return a row with every identity number in it sealed."""

    def token(number: str) -> str:
        return f"⟦证件 {key.id} {key.seal(number, _ABOUT)}⟧"

    def seal(name: str, text: str) -> str:
        if len(text) > _LONGEST or _SEALED.search(text):
            return text
        if name == _FIELD and text:
            return token(text)
        return _NUMBER.sub(lambda found: token(found[0]), text)

    return _walk(row, seal)


def opened_row(row: Any, missing: str = UNREADABLE) -> Any:
    """Return a row with its numbers, as far as this desk has the key, else `missing`."""

    def whole(found: re.Match[str]) -> str:
        key = known_key(found[1])
        opened = key.open(found[2], _ABOUT) if key is not None else None
        return missing if opened is None else opened

    return _walk(row, lambda _name, text: _SEALED.sub(whole, text))


def is_unreadable(row: Any) -> bool:
    """Return whether a number in a row cannot be read on this desk."""
    return UNREADABLE in canonical_json(row)


class FrozenRow(TypeDecorator[Any]):
    """The data of a paper as canonical JSON, with sealed identity numbers in it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write it sealed."""
        if value is None:
            return None
        return canonical_json(sealed_row(value, _WITH[0]) if _WITH else value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Read it opened."""
        if value is None:
            return None
        row = json.loads(value)
        return opened_row(row) if "⟦证件 " in value else row


def _walk(value: Any, change: Callable[[str, str], str], name: str = "") -> Any:
    if isinstance(value, str):
        return change(name, value)
    if isinstance(value, dict):
        return {key: _walk(inner, change, key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(inner, change, name) for inner in value]
    return value
