"""What comes next in a mediation, in a few words for a list (下一步)."""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.mediation_codes import MediationStatus

S = MediationStatus

_NEXT: Mapping[MediationStatus, str] = MappingProxyType(
    {
        S.APPLIED: "请审查",
        S.ACCEPTED: "请排期",
        S.SCHEDULED: "等开调",
        S.MEDIATING: "记下结果",
        S.SETTLED: "跟踪履行",
        S.FOLLOW_UP: "请回访",
        S.CLOSED: "请归档",
        S.NOT_SETTLED: "请归档",
        S.ENDED: "请归档",
        S.WITHDRAWN: "请归档",
        S.HANDED_OVER: "请归档",
        S.REFUSED: "请归档",
        S.ARCHIVED: "",
    }
)


def next_step(status: MediationStatus, *, has_mediator: bool, unready: int) -> str:
    """Return what comes next.

    Args:
        unready: how many parties have not agreed to mediation yet.
    """
    if status is S.APPLIED and unready:
        return f"等 {unready} 方同意"
    if status is S.ACCEPTED and not has_mediator:
        return "请定调解员"
    return _NEXT[status]
