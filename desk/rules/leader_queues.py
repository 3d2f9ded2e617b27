"""The six queues of the first leader's desk, and what stands in each (一把手工作台, 001-4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from desk.rules.codes import Verdict
from desk.rules.moments import say_moment
from desk.rules.wording import label


class LeaderQueue(StrEnum):
    """One of the six queues, in the order in which a leader looks at them."""

    DOUBLE_NO = "double_no"  # 今日双否件: rated so today, neither supervised nor rung since
    KEY = "key"  # 重点件: marked by people, open
    HARD = "hard"  # 疑难件: open
    TO_CALL = "to_call"  # 需本人回访: promised by him, or to be rung again after much trouble
    TO_SIGN = "to_sign"  # 待签剔除: requests that lie on his desk
    NOT_YES = "not_yes"  # 非双是未剔除: rated this or last month, still counted, not supervised


QUEUE_WORDS: Mapping[LeaderQueue, str] = MappingProxyType(
    {
        LeaderQueue.DOUBLE_NO: "今日双否件",
        LeaderQueue.KEY: "重点件",
        LeaderQueue.HARD: "疑难件",
        LeaderQueue.TO_CALL: "需本人回访",
        LeaderQueue.TO_SIGN: "待签剔除",
        LeaderQueue.NOT_YES: "非双是未剔除",
    }
)


def looked_back_to(today: date) -> date:
    """Return since when ratings are looked at that are not 双是: the first of last month."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is on record about a case in a queue.

    Attributes:
        promised_at: when the reader himself promised to ring.
        is_supervised: somebody was told to settle it (督办); is_asked: an exclusion waits.
    """

    verdict: Verdict | None = None
    round_no: int = 1
    key_reason: str = ""
    discontent: str = ""
    promised_at: datetime | None = None
    is_complex: bool = False
    is_supervised: bool = False
    is_asked: bool = False


def say_why(queue: LeaderQueue, facts: Facts, *, seen_at: datetime) -> str:
    """Say in a few words why a case stands in a queue, and what is done about it already."""
    said = {
        LeaderQueue.DOUBLE_NO: facts.discontent,
        LeaderQueue.KEY: facts.key_reason,
        LeaderQueue.NOT_YES: label(facts.verdict) if facts.verdict is not None else "",
        LeaderQueue.TO_CALL: _why_call(facts, seen_at),
    }.get(queue, "")
    again = f"第 {facts.round_no} 轮" if facts.round_no > 1 else ""
    under_way = "督办中" if facts.is_supervised else ""
    asked = "考核申请在签" if facts.is_asked else ""
    return "，".join(one for one in (said, again, under_way, asked) if one)


def _why_call(facts: Facts, seen_at: datetime) -> str:
    if facts.promised_at is not None:
        return f"您答应 {say_moment(facts.promised_at, seen_at=seen_at)} 回电"
    if facts.key_reason:
        return f"重点件待回访（{facts.key_reason}）"
    return "疑难件待回访" if facts.is_complex else "再办以后待回访"
