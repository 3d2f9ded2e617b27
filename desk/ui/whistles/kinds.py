"""What the panels of the page of whistles are for: what was drafted in one stays with it."""

from enum import StrEnum


class WhistleForm(StrEnum):
    """The panels."""

    RAISE = "whistle.raise"
    CHANGE = "whistle.change"
    REVIEW = "whistle.review"
    ARRIVE = "whistle.arrive"
    CALL_MORE = "whistle.call_more"
    CONSULT = "whistle.consult"
    DIVIDE = "whistle.divide"
    FINISH_DUTY = "whistle.finish_duty"
    CONCLUDE = "whistle.conclude"
    RATE = "whistle.rate"
    FILE = "whistle.file"
    REOPEN = "whistle.reopen"
    WITHDRAW = "whistle.withdraw"
    STRIKE = "whistle.strike"
