"""Whom a leader should ring himself (领导亲自打电话): from facts on record, the gravest first."""

from dataclasses import dataclass

from desk.rules.codes import Urgency, Verdict

OFTEN = 3  # so many appeals of one person in a quarter


@dataclass(frozen=True, slots=True)
class RingFacts:
    """What is on record about one open case.

    Attributes:
        verdict: what the appellant said last.
        rounds: how many times it has been handled.
        times: how many cases the same person has brought in a quarter, with this one.
        returns: how many times units have handed it back.
    """

    verdict: Verdict | None
    rounds: int
    times: int
    returns: int
    is_overdue: bool
    urgency: Urgency


def why_ring(facts: RingFacts) -> tuple[int, str] | None:
    """Return how grave it is (0 is gravest) and why to ring, or None where nothing asks for it."""
    reasons = (
        (facts.verdict is Verdict.DOUBLE_NO, "双否：没有解决，也不满意"),
        (facts.rounds > 1, f"第 {facts.rounds} 轮办理，诉求人上次不满意"),
        (facts.times >= OFTEN, f"三个月里第 {facts.times} 次反映"),
        (facts.returns > 1, f"已退回 {facts.returns} 次，没有单位接"),
        (facts.is_overdue and facts.urgency is Urgency.URGENT, "紧急件已经超期"),
        (facts.is_overdue, "已经超期"),
        (facts.urgency is Urgency.URGENT, "紧急件正在办"),
    )
    return next(((rank, why) for rank, (holds, why) in enumerate(reasons) if holds), None)
