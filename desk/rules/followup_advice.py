"""What may follow a bad word of an appellant, and where it leads (双否、非双是之后怎么办).

Calling others, a leader's case and parking are decided in the further round by whom they are up
to; an appeal against the rating is the unit's, once the case is closed. The follow-up proposes.
"""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.assessment_requests import Rating
from desk.rules.codes import NextStep, Resolution, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.followup_codes import FollowUpAdvice
from desk.rules.verdicts import AGREED
from desk.rules.wording import choices, label

LEADS_TO: Mapping[FollowUpAdvice, NextStep] = MappingProxyType(
    {
        FollowUpAdvice.LIFT: NextStep.AGAIN,
        FollowUpAdvice.PARK: NextStep.AGAIN,
        FollowUpAdvice.APPEAL: NextStep.CLOSE,
    }
)


StepOrAdvice = NextStep | FollowUpAdvice


def offered(
    resolution: Resolution | None, satisfaction: Satisfaction | None
) -> list[tuple[StepOrAdvice, str]]:
    """Return what may be chosen after this word, in the order of the paper, with its words."""
    steps: list[tuple[StepOrAdvice, str]] = list(choices(NextStep))
    return steps + (list(choices(FollowUpAdvice)) if is_bad_word(resolution, satisfaction) else [])


def step_of(code: str | None) -> StepOrAdvice | None:
    """Return the choice that a kept code stands for."""
    if code is None:
        return None
    return NextStep(code) if code in set(NextStep) else FollowUpAdvice(code)


def parted(chosen: StepOrAdvice | None) -> tuple[NextStep | None, FollowUpAdvice | None]:
    """Return what happens now, and what is proposed besides."""
    if isinstance(chosen, FollowUpAdvice):
        return LEADS_TO[chosen], chosen
    return chosen, None


def is_bad_word(resolution: Resolution | None, satisfaction: Satisfaction | None) -> bool:
    """Return whether more than closing or a further round may be proposed after this."""
    return Rating(None, resolution, satisfaction).is_bad


def require_advice(
    advice: FollowUpAdvice | None,
    resolution: Resolution | None,
    satisfaction: Satisfaction | None,
) -> None:
    """Raise RuleBroken where a proposal does not fit what the appellant said.

    What is solved needs nobody else and no waiting; a good rating is not appealed against.
    """
    if advice is None or resolution is None or satisfaction is None:
        return
    fits = is_bad_word(resolution, satisfaction)
    if advice is not FollowUpAdvice.APPEAL:
        fits = resolution not in AGREED
    if not fits:
        raise RuleBroken(
            f"诉求人说{label(resolution)}、{label(satisfaction)}，不用建议“{label(advice)}”。"
            "请另选一项处理建议。",
            field="next_step",
        )


def advice_in(words: list[str]) -> FollowUpAdvice | None:
    """Return what a printed record proposes (“处理建议” as it stands on the paper)."""
    return next((advice for advice in FollowUpAdvice if label(advice) in words), None)
