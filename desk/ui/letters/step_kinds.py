"""What the panels of letters, talks and honours are for (表扬与提醒的办理栏)."""

from enum import StrEnum


class StepKind(StrEnum):
    """What a panel is for; what was drafted in it stays with it."""

    WRITE = "letter.write"
    DELIVER = "letter.deliver"
    ANSWER = "letter.answer"
    REVOKE = "letter.revoke"
    DECIDE = "talk.decide"
    PROPOSE = "talk.propose"
    RECORD = "talk.record"
    KEEP = "talk.keep"
    NAME = "honour.name"
    WITHDRAW = "honour.withdraw"
