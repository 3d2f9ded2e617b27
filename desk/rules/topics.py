"""What a topic is, and which cases may be in it (专题; DOMAIN.md 002-25, 001-12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from desk.rules.codes import Purpose


class TopicState(StrEnum):
    """Whether somebody still works on it."""

    OPEN = "open"
    CLOSED = "closed"


STATE_WORDS: Mapping[TopicState, str] = MappingProxyType(
    {TopicState.OPEN: "在办", TopicState.CLOSED: "已结"}
)
NOT_IN_TOPICS = "举报件、调解件不列入专题，免得让不该知道的人知道。"


def may_be_in_topic(*, is_secret: bool, purpose: Purpose) -> bool:
    """Return whether a case may be in a topic: no report (举报件), no mediation (9.4)."""
    return not is_secret and purpose is not Purpose.MEDIATION


def topic_name(place: str, about: str) -> str:
    """Return the name that a topic begins with: “书院小区 社会生活噪声”."""
    return " ".join(part for part in (place, about) if part)


@dataclass(frozen=True, slots=True)
class PlanOf:
    """The plan of a topic, where that is what somebody wants to see (治理方案)."""

    topic: int
