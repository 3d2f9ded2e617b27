"""What stays as it was said in proactive work (主动治理、意见征集、三张清单): moves, kept rows."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from desk.rules.proactive import DEMAND_MOVES, PLAN_MOVES, PROJECT_MOVES, RESOURCE_MOVES

FIXED_OF_PROACTIVE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "topic_plans": ("street_id", "topic_id", "made_by", "made_at"),
        "plan_measures": ("street_id", "plan_id", "topic_id", "made_by", "made_at"),
        "gatherings": ("street_id", "unit_id", "made_by", "made_at"),
        "gathered_opinions": (
            "street_id",
            "gathering_id",
            "host_unit_id",
            "seq",
            "made_by",
            "made_at",
        ),
        "demands": ("street_id", "unit_id", "raised_by", "raised_at"),
        "offered_resources": ("street_id", "raised_by", "raised_at"),
        "joint_projects": ("street_id", "made_by", "made_at"),
    }
)
KEPT_OF_PROACTIVE = (
    "topic_plans",
    "plan_measures",
    "gatherings",
    "gathered_opinions",
    "demands",
    "offered_resources",
    "joint_projects",
)
ADDED_OF_PROACTIVE = ("plan_looks",)  # what somebody saw stays as he wrote it
_MOVES: tuple[tuple[str, Mapping[Any, frozenset[Any]]], ...] = (
    ("topic_plans", PLAN_MOVES),
    ("demands", DEMAND_MOVES),
    ("offered_resources", RESOURCE_MOVES),
    ("joint_projects", PROJECT_MOVES),
)


def proactive_promises() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (name, table, event, condition under which it refuses, sentence)."""
    for table, moves in _MOVES:
        pairs = ", ".join(
            f"'{a.value}>{b.value}'" for a, ends in moves.items() for b in sorted(ends)
        )
        condition = f"NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN ({pairs})"
        yield f"{table}_move", table, "UPDATE", condition, "状态流转不允许"
    yield (
        "gathered_opinions_became",
        "gathered_opinions",
        "UPDATE",
        "OLD.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id",
        "这些内容登记后不能更改",
    )
    for table in ADDED_OF_PROACTIVE:
        yield f"{table}_frozen", table, "UPDATE", "1 = 1", "记录只能追加，不能修改"
