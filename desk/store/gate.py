"""Every text of a request passes the input gate before anything is stored (RELIABILITY.md 6)."""

from dataclasses import field, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from desk.rules.text_gate import Field, clean

Kind = TypeVar("Kind")


def words(label: str, kind: Field = Field.TITLE, **more: Any) -> Any:
    """Declare a text field of a request: its label for the clerk, and how long it may be."""
    return field(metadata={"gate": (kind, label)}, **more)


def cleaned(asked: Kind) -> Kind:
    """Return the request with every text as it may be kept.

    Raises:
        RuleBroken: a text cannot be kept; the sentence names its field.
    """
    if not is_dataclass(asked) or isinstance(asked, type):
        return asked
    changed: dict[str, Any] = {}
    for part in fields(asked):
        old = getattr(asked, part.name)
        kind, label = part.metadata.get("gate", (Field.TITLE, "这一栏"))
        new = _cleaned_value(old, kind, label, part.name)
        if new is not old:
            changed[part.name] = new
    return replace(asked, **changed) if changed else asked


def _cleaned_value(value: Any, kind: Field, label: str, name: str) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        tidy = clean(value, kind, label=label, field=name).text
        return value if tidy == value else tidy
    if isinstance(value, tuple):
        new = tuple(_cleaned_value(part, kind, label, name) for part in value)
        return value if all(a is b for a, b in zip(value, new, strict=True)) else new
    return cleaned(value)
