"""What stays as it was said of cases led by a leader and of meetings (包案、会商的守护)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

FIXED_OF_LEADER_CASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "leader_cases": ("street_id", "case_id", "started_on", "raised_by", "raised_at"),
        "team_members": (
            "street_id",
            "case_id",
            "leader_case_id",
            "role",
            "staff_id",
            "since",
            "added_by",
        ),
        "leader_steps": ("street_id", "case_id", "leader_case_id", "planned_by", "planned_at"),
        "check_lines": (
            "street_id",
            "case_id",
            "leader_case_id",
            "checklist",
            "occasion",
            "words",
            "answer",
            "on_day",
            "said_by",
            "said_at",
        ),
        "meetings": (
            "street_id",
            "case_id",
            "topic_id",
            "whistle_id",
            "recorded_by",
            "recorded_at",
        ),
    }
)
_ENDED = (
    ("leader_cases", "concluded_at", "包案已经办结"),
    ("leader_steps", "done_at", "这一步已经记过结果"),
    ("team_members", "until", "已不在专班里"),
)


def leader_promises() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (name, table, event, condition under which it refuses, sentence)."""
    for table, column, sentence in _ENDED:
        again = f"OLD.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column}"
        yield f"{table}_ended", table, "UPDATE", again, sentence
