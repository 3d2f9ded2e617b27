"""意见征集的数字: what was answered there, what in time, and what waits."""

from datetime import date

from desk.rules.gathering import (
    OpinionCounts,
    OpinionFacts,
    count_opinions,
    counts_words,
    state_of,
)
from desk.rules.proactive_codes import AnswerWay, OpinionState

TODAY = date(2026, 11, 20)
DUE = date(2026, 11, 10)
S = OpinionState
THERE = OpinionFacts(AnswerWay.ON_SPOT, None, date(2026, 11, 1))


def later(due=DUE, answered=None, **more):
    return OpinionFacts(AnswerWay.LIMITED, due, answered, **more)


def test_an_opinion_stands_where_its_limit_and_its_answer_put_it():
    assert state_of(THERE, TODAY) is S.ON_SPOT
    assert state_of(later(TODAY), TODAY) is S.WAITING  # its last day is not over
    assert state_of(later(), TODAY) is S.LATE
    assert state_of(later(None), TODAY) is S.WAITING
    assert state_of(later(answered=DUE), TODAY) is S.IN_TIME
    assert state_of(later(None, answered=DUE), TODAY) is S.IN_TIME
    assert state_of(later(answered=date(2026, 11, 11)), TODAY) is S.ANSWERED_LATE
    assert state_of(later(is_case=True), TODAY) is S.CASE
    assert state_of(later(is_case=True, is_withdrawn=True), TODAY) is S.WITHDRAWN


def test_the_figures_of_a_meeting_count_limits_that_are_decided_only():
    opinions = [
        THERE,
        THERE,
        later(TODAY),
        later(),
        later(answered=DUE),
        later(answered=date(2026, 11, 11)),
        later(is_case=True),
        later(is_withdrawn=True),
    ]
    counts = count_opinions(opinions, TODAY)
    assert counts == OpinionCounts(
        every=7, on_spot=2, limited=4, answered=2, in_time=1, judged=3, waiting=2, late=1, cases=1
    )
    assert counts_words(counts) == (
        "共 7 条；现场答复 2 条（28.57%）；限时答复 4 条，已答复 2 条；按时答复率 33.33%；"
        "超期未答 1 条；转诉求件 1 条。"
    )
    assert counts_words(count_opinions([THERE], TODAY)).endswith("按时答复率 —。")
    assert count_opinions([], TODAY).on_spot_share == "—"
