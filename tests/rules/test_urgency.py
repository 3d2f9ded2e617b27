"""The level that four answers suggest; the dispatchers decide."""

import pytest

from desk.rules.codes import Urgency
from desk.rules.urgency import Judgement, suggest_urgency


@pytest.mark.parametrize(
    ("answers", "urgency", "reason"),
    [
        ({}, Urgency.ROUTINE, "没有紧急或快处的情形"),
        ({"is_clear": True}, Urgency.ROUTINE, "没有紧急或快处的情形"),
        ({"is_easy": True}, Urgency.ROUTINE, "没有紧急或快处的情形"),
        ({"is_clear": True, "is_easy": True}, Urgency.FAST, "事情清楚、容易解决"),
        ({"may_petition": True}, Urgency.URGENT, "可能越级上访"),
        ({"may_stir_opinion": True, "is_clear": True, "is_easy": True}, Urgency.URGENT, "舆情"),
        ({"may_stir_opinion": True, "may_petition": True}, Urgency.URGENT, "舆情、可能越级上访"),
    ],
)
def test_risks_come_before_ease(answers, urgency, reason):
    suggestion = suggest_urgency(Judgement(**answers))

    assert suggestion.urgency is urgency
    assert reason in suggestion.reason
    assert suggestion.reason.endswith("由信联办确认。")
