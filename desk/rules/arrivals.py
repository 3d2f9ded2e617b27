"""Whether somebody who was guided elsewhere arrived there (引导对接，是否到达): who asks when.

Four answers: he arrived; he did not and will not, with a word on what comes next; he has not been
there yet; nobody was reached. After the last two somebody asks again (DOMAIN.md 9.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from desk.rules.moments import day_of
from desk.rules.working_days import Calendar


class ArrivalAnswer(StrEnum):
    """What was found out."""

    ARRIVED = "arrived"
    NOT_ARRIVED = "not_arrived"
    NOT_YET = "not_yet"
    UNREACHED = "unreached"


ANSWER_WORDS: Mapping[ArrivalAnswer, str] = MappingProxyType(
    {
        ArrivalAnswer.ARRIVED: "已到达",
        ArrivalAnswer.NOT_ARRIVED: "没有到达",
        ArrivalAnswer.NOT_YET: "还没去，再问",
        ArrivalAnswer.UNREACHED: "没联系上，再问",
    }
)
# What is known of him afterwards; nothing where somebody has to ask again.
KNOWN: Mapping[ArrivalAnswer, bool | None] = MappingProxyType(
    {
        ArrivalAnswer.ARRIVED: True,
        ArrivalAnswer.NOT_ARRIVED: False,
        ArrivalAnswer.NOT_YET: None,
        ArrivalAnswer.UNREACHED: None,
    }
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of one guided person.

    Attributes:
        has_arrived: at the intake “还没到” says no more than nothing.
        asked_at: when somebody last asked; None if nobody has.
    """

    sent_at: datetime
    has_arrived: bool | None
    asked_at: datetime | None

    @property
    def stays_away(self) -> bool:
        """Whether he is known not to have arrived: taken in after all, or left to himself."""
        return self.has_arrived is False and self.asked_at is not None

    def ask_on(self, calendar: Calendar, days: int) -> date:
        """Return the day by which to ask, so many working days after the last word."""
        return calendar.working_day_after(day_of(self.asked_at or self.sent_at), days)


def arrival_words(arrival: Arrival) -> str:
    """Say what is known of the arrival, for the facts of a case."""
    if arrival.has_arrived:
        return "已到达"
    if arrival.stays_away:
        return "没有到达"
    return "还不知道是否到达" if arrival.asked_at is None else "问过，还不知道是否到达"
