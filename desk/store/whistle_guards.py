"""What of a whistle never changes (吹哨单), whichever program writes it.

Who called, when and under which number; who came when; whom a unit was called after 信联办 agreed
is not taken off the list again, so that the rate of responses cannot be mended.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from desk.rules.whistling import MOVES

FIXED_OF_WHISTLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "whistles": (
            "street_id",
            "number",
            "caller_unit_id",
            "raised_by",
            "raised_at",
            "is_imported",
        ),
        "whistle_cases": ("street_id", "whistle_id", "case_id"),
        "whistle_units": ("street_id", "whistle_id", "unit_id"),
        "whistle_arrivals": (
            "street_id",
            "whistle_id",
            "whistle_unit_id",
            "name",
            "post",
            "arrived_at",
            "document",
            "sha256",
            "recorded_by",
            "recorded_at",
        ),
        "whistle_duties": ("street_id", "whistle_id", "unit_id", "matter", "made_by", "made_at"),
    }
)
WHISTLE_TABLES = tuple(FIXED_OF_WHISTLES)


def whistle_promises() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (name, table, event, condition under which it refuses, sentence)."""
    pairs = ", ".join(f"'{a.value}>{b.value}'" for a, ends in MOVES.items() for b in sorted(ends))
    yield (
        "whistles_move",
        "whistles",
        "UPDATE",
        f"NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN ({pairs})",
        "状态流转不允许",
    )
    yield (
        "whistle_units_called",
        "whistle_units",
        "UPDATE",
        (
            "OLD.called_at IS NOT NULL AND (NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at "
            "OR NEW.called_at IS DISTINCT FROM OLD.called_at)"
        ),
        "已经吹哨的单位不能撤下",
    )
