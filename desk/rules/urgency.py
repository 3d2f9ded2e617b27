"""Which level an appeal is given (分级, DOMAIN.md 002-2)."""

from dataclasses import dataclass

from desk.rules.codes import Urgency


@dataclass(frozen=True, slots=True)
class Judgement:
    """The four questions by which the dispatchers grade an appeal; never shown to residents."""

    may_stir_opinion: bool = False  # 可能引发舆情
    may_petition: bool = False  # 可能越级上访
    is_clear: bool = False  # 事情清楚
    is_easy: bool = False  # 容易解决


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A level with the reason in words."""

    urgency: Urgency
    reason: str


def suggest_urgency(judgement: Judgement) -> Suggestion:
    """Return the level that the four answers suggest; the dispatcher decides."""
    risks = [
        word
        for yes, word in (
            (judgement.may_stir_opinion, "可能引发舆情"),
            (judgement.may_petition, "可能越级上访"),
        )
        if yes
    ]
    if risks:
        return Suggestion(Urgency.URGENT, f"理由：{'、'.join(risks)}，由信联办确认。")
    if judgement.is_clear and judgement.is_easy:
        return Suggestion(Urgency.FAST, "理由：事情清楚、容易解决，由信联办确认。")
    return Suggestion(Urgency.ROUTINE, "理由：没有紧急或快处的情形，由信联办确认。")
