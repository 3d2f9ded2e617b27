"""Requests as plain JSON and back (留底格式): what the journal keeps must be read years later.

The shape is that of the dataclasses; their annotations say how a plain value is read. A text is
written in ASCII escapes, so that even half a character survives as it was typed.
"""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from desk.outbox.local_seal import opened, sealed
from desk.store.requests import ACTIONS, Request

PAYLOAD_VERSION = 1
Kind = TypeVar("Kind")


class UnknownPayload(ValueError):
    """A journal row that this version of the program cannot read."""


def write_request(request: Request) -> str:
    """Return a request as JSON, the identity numbers in it sealed."""
    return _text(sealed(_plain(request)))


def read_request(kind: str, payload: str, version: int = PAYLOAD_VERSION) -> Request:
    """Return the request that was written as JSON.

    Raises:
        UnknownPayload: a newer version of the program wrote it, or nothing of this name is known.
    """
    found = next((known for known in ACTIONS if known.__name__ == kind), None)
    if found is None or version > PAYLOAD_VERSION:
        raise UnknownPayload(kind)
    whole: Request = _read(found, opened(json.loads(payload)))
    return whole


def write_value(value: Any) -> str:
    """Return dataclasses, codes, moments and collections of them as JSON."""
    return _text(_plain(value))


def read_value(kind: type[Kind], text: str) -> Kind:
    """Return what was written of a dataclass; fields that it no longer has are left out."""
    found: Kind = _read(kind, json.loads(text))
    return found


def holds_secret(kind: Any) -> bool:
    """Return whether a request holds a password anywhere; such a one is never written down."""
    if _is_record(kind):
        hints = _hints(kind)
        return any(
            "as_typed" in part.metadata or holds_secret(hints[part.name]) for part in fields(kind)
        )
    return any(holds_secret(inner) for inner in get_args(kind) if inner is not Ellipsis)


def _text(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if _is_record(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value) if part.init}
    if isinstance(value, Mapping):
        return {str(_plain(name)): _plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, frozenset | set):
        return sorted(_plain(inner) for inner in value)
    return _plain_leaf(value)


def _is_record(value: Any) -> bool:
    return is_dataclass(value)


def _plain_leaf(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(hint: Any, plain: Any) -> Any:
    if plain is None or hint is Any:
        return plain
    origin = get_origin(hint)
    if origin is not None:
        whole: Callable[[Any, Any], Any] = _COLLECTIONS.get(origin, _read_mapping)
        return whole(hint, plain)
    if _is_record(hint):
        return _read_dataclass(hint, plain)
    read: Callable[[Any], Any] = _LEAVES.get(hint, hint)
    return read(plain)


def _read_dataclass(kind: Any, plain: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    parts = [part for part in fields(kind) if part.init and part.name in plain]
    return kind(**{part.name: _read(hints[part.name], plain[part.name]) for part in parts})


def _read_union(hint: Any, plain: Any) -> Any:
    (inner,) = (part for part in get_args(hint) if part is not NoneType)
    return _read(inner, plain)


def _read_tuple(hint: Any, plain: Iterable[Any]) -> Any:
    inner = get_args(hint)
    if len(inner) == 2 and inner[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        return tuple(_read(inner[0], part) for part in plain)
    return tuple(_read(kind, part) for kind, part in zip(inner, plain, strict=True))


def _read_set(hint: Any, plain: Iterable[Any]) -> Any:
    (inner,) = get_args(hint)
    return frozenset(_read(inner, part) for part in plain)


def _read_mapping(hint: Any, plain: Mapping[str, Any]) -> Any:
    made, inner = get_origin(hint), get_args(hint)
    key, value = (inner[0], inner[1]) if len(inner) > 1 else (inner[0], int)  # Counter[key]
    found = {_read(key, name): _read(value, part) for name, part in plain.items()}
    return found if made is Mapping else made(found)


_COLLECTIONS: Mapping[Any, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        Union: _read_union,
        UnionType: _read_union,
        tuple: _read_tuple,
        frozenset: _read_set,
    }
)
_LEAVES: Mapping[Any, Callable[[Any], Any]] = MappingProxyType(
    {
        datetime: datetime.fromisoformat,
        date: date.fromisoformat,
        time: time.fromisoformat,
        bytes: base64.b64decode,
    }
)
