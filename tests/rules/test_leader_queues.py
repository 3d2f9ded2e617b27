"""Why a case stands on the first leader's desk is said in a few words (六个队列)."""

from datetime import date, datetime

import pytest

from desk.rules.codes import Verdict
from desk.rules.leader_queues import QUEUE_WORDS, Facts, LeaderQueue, looked_back_to, say_why
from desk.rules.moments import SHANGHAI

Q = LeaderQueue
NOW = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("queue", "facts", "said"),
    [
        (Q.DOUBLE_NO, {"discontent": "问题没有解决", "round_no": 2}, "问题没有解决，第 2 轮"),
        (
            Q.KEY,
            {"key_reason": "涉及 200 户用水", "is_supervised": True},
            "涉及 200 户用水，督办中",
        ),
        (Q.HARD, {}, ""),
        (Q.TO_CALL, {"promised_at": NOW.replace(hour=15)}, "您答应 15:00 回电"),
        (Q.TO_CALL, {"key_reason": "停水"}, "重点件待回访（停水）"),
        (Q.TO_CALL, {"is_complex": True}, "疑难件待回访"),
        (Q.TO_CALL, {"round_no": 3}, "再办以后待回访，第 3 轮"),
        (Q.NOT_YES, {"verdict": Verdict.DOUBLE_NO, "is_asked": True}, "双否，考核申请在签"),
        (Q.NOT_YES, {}, ""),
    ],
)
def test_a_case_says_why_it_is_there_and_what_is_done_already(queue, facts, said):
    assert say_why(queue, Facts(**facts), seen_at=NOW) == said


def test_ratings_are_looked_back_to_the_first_of_last_month():
    assert looked_back_to(date(2026, 11, 30)) == date(2026, 10, 1)
    assert looked_back_to(date(2026, 1, 1)) == date(2025, 12, 1)


def test_every_queue_has_its_words():
    assert set(QUEUE_WORDS) == set(LeaderQueue)
