"""Every text of a request passes the input gate before anything is stored (RELIABILITY.md 6)."""

from dataclasses import field, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from desk.rules.errors import RuleBroken
from desk.rules.text_gate import Field, clean

Kind = TypeVar("Kind")


MOST = 100_000  # no count in a hall is larger; both engines can keep it


def words(label: str, kind: Field = Field.TITLE, *, longest: int | None = None, **more: Any) -> Any:
    """Declare a text field of a request: its label for the clerk, and how long it may be.

    Args:
        longest: the length of a column that is shorter than its kind of text.
    """
    return field(metadata={"gate": (kind, label, longest)}, **more)


def as_typed(**more: Any) -> Any:
    """Declare a secret (a password): it is kept to the letter, and never shown."""
    return field(repr=False, metadata={"as_typed": True}, **more)


def amount(label: str, least: int = 0, most: int = MOST, **more: Any) -> Any:
    """Declare a number field of a request: its label for the clerk, and what it may be."""
    return field(metadata={"amount": (label, least, most)}, **more)


def cleaned(asked: Kind) -> Kind:
    """Return the request with every text as it may be kept.

    Raises:
        RuleBroken: a text or number cannot be kept; the sentence names its field.
    """
    if not is_dataclass(asked) or isinstance(asked, type):
        return asked
    changed: dict[str, Any] = {}
    for part in fields(asked):
        if "as_typed" in part.metadata:
            continue
        old = getattr(asked, part.name)
        if "amount" in part.metadata and old is not None:
            _require_amount(old, part.name, *part.metadata["amount"])
        kind, label, longest = part.metadata.get("gate", (Field.TITLE, "这一栏", None))
        new = _cleaned_value(old, kind, label, part.name)
        if longest is not None and new is not None and len(new) > longest:
            raise RuleBroken(
                f"“{label}”最多 {longest} 字，现在是 {len(new)} 字，请删减后再存。"
                "您写的内容都还在。",
                field=part.name,
            )
        if new is not old:
            changed[part.name] = new
    return replace(asked, **changed) if changed else asked


def _require_amount(value: int, name: str, label: str, least: int, most: int) -> None:
    if not least <= value <= most:
        raise RuleBroken(f"“{label}”应在 {least} 到 {most} 之间，请改正后再存。", field=name)


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
