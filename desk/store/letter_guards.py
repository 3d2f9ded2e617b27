"""What stays as it was said (表扬书、提醒函、约谈、荣誉): moves, and words that are written once.

Whoever corrects a letter revokes it and issues another one; the number is not used again.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from desk.rules.letters import MOVES as LETTER_MOVES
from desk.rules.talks import MOVES as TALK_MOVES

# on the paper that went out, or what somebody answers for
FIXED_OF_LETTERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "letters": (
            "street_id",
            "kind",
            "unit_id",
            "person",
            "facts",
            "problems",
            "due_on",
            "named_cases",
            "issued_by",
            "issued_at",
        ),
        "unit_talks": ("street_id", "unit_id", "month", "why", "figures"),
        "honours": (
            "street_id",
            "year",
            "kind",
            "unit_id",
            "person",
            "reason",
            "named_by",
            "named_at",
        ),
    }
)
# what is not there yet may be written, once
_ONCE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "letters": (
            "delivered_to",
            "delivered_by",
            "delivered_at",
            "measures",
            "responsible",
            "rectified_on",
            "rectified_by",
            "rectified_at",
            "revoked_by",
            "revoked_at",
            "revoke_note",
        ),
        "unit_talks": ("kept_on", "kept_note", "kept_by"),
        "honours": ("given_by", "withdrawn_by", "withdrawn_at", "withdraw_note"),
    }
)
_MOVES: tuple[tuple[str, str, Mapping[Any, frozenset[Any]]], ...] = (
    ("letters", "state", LETTER_MOVES),
    ("unit_talks", "decision", TALK_MOVES),
)


def letter_promises() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (name, table, event, condition under which it refuses, sentence)."""
    for table, column, moves in _MOVES:
        pairs = ", ".join(
            f"'{a.value}>{b.value}'" for a, ends in moves.items() for b in sorted(ends)
        )
        yield (
            f"{table}_move",
            table,
            "UPDATE",
            (
                f"NEW.{column} <> OLD.{column} AND "
                f"(OLD.{column} || '>' || NEW.{column}) NOT IN ({pairs})"
            ),
            "状态流转不允许",
        )
    for table, columns in _ONCE.items():
        changed = " OR ".join(
            f"(OLD.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})"
            for name in columns
        )
        yield f"{table}_once", table, "UPDATE", changed, "这些内容登记后不能更改"
