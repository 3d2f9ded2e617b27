"""Short words around signing: what differs, which day is meant, how much is left, whom to ring."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.codes import Urgency, Verdict
from desk.rules.day_words import read_day
from desk.rules.errors import RuleBroken
from desk.rules.morning import RingFacts, why_ring
from desk.rules.sign_left import left_words
from desk.rules.text_changes import changes

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
EVENING = datetime(2026, 11, 2, 16, tzinfo=UTC)  # 24:00 in the hall


def said(was, now):
    return [change.in_words() for change in changes(was, now)]


def test_a_changed_sentence_is_shown_with_what_stood_there():
    was = "已更换线路。共 300 元。"

    assert said(was, "已更换线路。共 320 元。") == ["“共 300 元。”改为“共 320 元。”"]
    assert said(was, "已更换线路。") == ["删了“共 300 元。”"]
    assert said(was, f"{was}由物业承担。") == ["加了“由物业承担。”"]
    assert said(was, was) == []


@given(st.text("甲乙。；\n", max_size=30), st.text("甲乙。；\n", max_size=30))
def test_nothing_is_said_only_where_no_word_differs(was, now):
    def words(text):
        return "".join(part for part in text.split("\n") if part.strip())

    if words(was) == words(now):
        return
    assert changes(was, now)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-02", TODAY),
        ("2026年10月31日", date(2026, 10, 31)),
        ("11-2", TODAY),
        ("１１．２", TODAY),
        ("12-31", date(2025, 12, 31)),
        ("11 月 1 日", date(2026, 11, 1)),
        ("今天", TODAY),
        ("昨天", date(2026, 11, 1)),
    ],
)
def test_a_day_is_read_as_people_write_it(written, meant):
    assert read_day(written, TODAY) == meant


@pytest.mark.parametrize("written", ["", "上周", "2026-13-01", "2-30", "11"])
def test_what_is_no_day_is_refused_with_an_example(written):
    with pytest.raises(RuleBroken, match="请写作 11-2"):
        read_day(written, TODAY)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, "—"),
        (EVENING, "今天"),
        (EVENING + timedelta(days=2), "2 天"),
        (NOON - timedelta(minutes=1), "已超"),
        (EVENING - timedelta(days=2), "超 2 天"),
    ],
)
def test_what_is_left_is_said_in_days(due, words):
    assert left_words(due, NOON) == words


def facts(**more):
    plain = {
        "verdict": None,
        "rounds": 1,
        "times": 1,
        "returns": 0,
        "is_overdue": False,
        "urgency": Urgency.FAST,
    }
    return RingFacts(**(plain | more))


def test_the_gravest_reason_to_ring_is_named():
    worst = facts(verdict=Verdict.DOUBLE_NO, rounds=2, times=4, is_overdue=True)

    assert why_ring(worst) == (0, "双否：没有解决，也不满意")
    assert why_ring(facts(rounds=2, times=4))[1].startswith("第 2 轮办理")
    assert why_ring(facts(times=3)) == (2, "三个月里第 3 次反映")
    assert why_ring(facts(returns=2))[1] == "已退回 2 次，没有单位接"
    assert why_ring(facts(is_overdue=True, urgency=Urgency.URGENT))[1] == "紧急件已经超期"
    assert why_ring(facts(is_overdue=True))[1] == "已经超期"
    assert why_ring(facts(urgency=Urgency.URGENT))[1] == "紧急件正在办"
    assert why_ring(facts()) is None
