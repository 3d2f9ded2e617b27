"""The life of a case as it is driven through the windows: every move, in chapters.

Each chapter begins with a case that the actions brought to a status; each of its steps is done by
keys by whose task it is, and leads to the next status.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from desk.rules.codes import CaseStatus as S
from desk.rules.deeds import Deed

LI, ZHOU, WU, HE = "李敏", "周航", "吴芳", "何平"
ZHAO, SUN = "赵强", "孙浩"
ZHENG, FENG = "郑伟", "冯丽"
MAIN = "the number of the case that waits for being the main one"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whose it is, what it is, where it leads, and what is filled in.

    Attributes:
        on_main: it is done to the main case of the case that is told of.
    """

    who: str
    deed: Deed
    to: S
    fields: dict[str, Any] = field(default_factory=dict)
    on_main: bool = False


ARRIVED_NOT = {"asked_way": 1, "answer": 2, "note": "改为受理"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """Steps one after the other, from the status to which the actions brought the case."""

    begins: S
    steps: tuple[Step, ...]

    def moves(self) -> list[tuple[S, S]]:
        """Return each move of the chapter as (from, to)."""
        stations = [self.begins, *(step.to for step in self.steps)]
        return list(pairwise(stations))


def aside_and_back(status: S) -> tuple[Step, ...]:
    """Withdrawn and brought back."""
    return (
        Step(LI, Deed.WITHDRAW, S.WITHDRAWN, {"reason": "自己修好了", "way": 1, "by": 1}),
        Step(LI, Deed.REINSTATE, status, {"reason": "又坏了"}),
    )


def together_and_apart(status: S) -> tuple[Step, ...]:
    """Merged into another case and taken out of it again."""
    return (
        Step(ZHOU, Deed.MERGE, S.MERGED, {"other": MAIN, "reason": "同一处"}),
        Step(ZHOU, Deed.UNMERGE, status, {"reason": "是两处"}),
    )


def sent_to(unit: str, **more: Any) -> Step:
    """Sent to a unit by the dispatchers."""
    return Step(ZHOU, Deed.DISPATCH, S.DISPATCHED, {"lead": (unit,), **more})


def handed_back(by: str, status: S) -> tuple[Step, ...]:
    """Handed back by its unit, to which the dispatchers agree."""
    return (
        Step(by, Deed.RETURN, status, {"reason": 1, "note": "归区里管"}),
        Step(ZHOU, Deed.DECIDE_RETURN, S.RECEIVED, {"is_agreed": 1}),
    )


GOES_ON = {"is_reached": 1, "was_contacted": 1, "resolution": 2, "satisfaction": 3}
GOES_ON |= {"discontent": 1, "next_step": 2}
ENDS = {**GOES_ON, "resolution": 1, "satisfaction": 1, "next_step": 1}
ENDS.pop("discontent")
SIGNED = Step(ZHENG, Deed.SIGN, S.SEALING)
ANEW = (Step(ZHAO, Deed.REVISE, S.OPINION, {"reason": "金额写错"}),)
NOT_ENOUGH = (Step(WU, Deed.FOLLOW_UP, S.HANDLING, GOES_ON),)
ARCHIVED = Step(HE, Deed.ARCHIVE, S.ARCHIVED)
SAYS = {"unit": ("城建办",), "reason": "他来电说的"}
ACCUSED = (Step(ZHOU, Deed.ACCUSE, S.RECEIVED, SAYS),)

PARKING = {"kind": 2, "reason": 1, "explanation": "总管年底才改", "told_way": 1}
PARKED = (
    Step(ZHAO, Deed.ASK_EXTENSION, S.HANDLING, PARKING),
    Step(ZHOU, Deed.REVIEW_EXTENSION, S.HANDLING, {"is_passed": 1}),
    Step(ZHENG, Deed.DECIDE_EXTENSION, S.PARKED, {"is_granted": 1}),
)

CHAPTERS = {
    "waits for a unit": Chapter(
        S.RECEIVED,
        (
            *aside_and_back(S.RECEIVED),
            *together_and_apart(S.RECEIVED),
            sent_to("城建办"),
            Step(ZHOU, Deed.TAKE_BACK, S.RECEIVED),
            sent_to("城建办"),
            *aside_and_back(S.DISPATCHED),
            *together_and_apart(S.DISPATCHED),
            sent_to("执法队", reason="归执法队"),
            *handed_back(SUN, S.DISPATCHED),
        ),
    ),
    "has its unit": Chapter(
        S.DISPATCHED,
        (
            Step(ZHAO, Deed.ACCEPT, S.ACCEPTED),
            *aside_and_back(S.ACCEPTED),
            *together_and_apart(S.ACCEPTED),
            *handed_back(ZHAO, S.ACCEPTED),
        ),
    ),
    "gets another unit": Chapter(S.ACCEPTED, (sent_to("执法队", reason="归执法队"),)),
    "is handled": Chapter(
        S.ACCEPTED,
        (
            Step(ZHAO, Deed.CONTACT, S.ACCEPTED, {"note": "约好十点"}),
            Step(ZHAO, Deed.VERIFY, S.HANDLING, {"note": "配电箱带电"}),
            *aside_and_back(S.HANDLING),
            *together_and_apart(S.HANDLING),
            sent_to("执法队", reason="归执法队"),
        ),
    ),
    "is answered": Chapter(
        S.HANDLING,
        (
            Step(ZHAO, Deed.FINISH, S.OPINION, {"result": 1, "measures": "已换线路"}),
            *aside_and_back(S.OPINION),
            *together_and_apart(S.OPINION),
            Step(ZHAO, Deed.WRITE_OPINION, S.SIGNING),
            *aside_and_back(S.SIGNING),
            Step(ZHENG, Deed.SIGN, S.OPINION, {"is_agreed": 2, "remark": "写明金额"}),
        ),
    ),
    "is parked and comes back": Chapter(
        S.HANDLING,
        (
            *PARKED,
            *aside_and_back(S.PARKED),
            Step(ZHAO, Deed.UNPARK, S.HANDLING, {"note": "总管已改造"}),
            *PARKED,
            Step(
                ZHOU,
                Deed.REVIEW_PARKED,
                S.PARKED,
                {"way": 1, "review_on": "12-20", "note": "还在等"},
            ),
            Step(ZHENG, Deed.REVIEW_PARKED, S.HANDLING, {"way": 2, "note": "资金已到"}),
        ),
    ),
    "is signed": Chapter(
        S.SIGNING,
        (
            SIGNED,
            Step(ZHENG, Deed.UNSIGN, S.SIGNING),
            SIGNED,
            Step(FENG, Deed.SEAL, S.DELIVERING),
            Step(LI, Deed.DELIVER, S.FOLLOW_UP),
            Step(WU, Deed.FOLLOW_UP, S.CLOSED, ENDS),
            ARCHIVED,
        ),
    ),
    "is changed after the signature": Chapter(S.SEALING, ANEW),
    "is changed after the seal": Chapter(S.DELIVERING, ANEW),
    "is changed at the appellant's": Chapter(S.FOLLOW_UP, ANEW),
    "goes into another round": Chapter(S.FOLLOW_UP, NOT_ENOUGH),
    "is opened once more": Chapter(S.CLOSED, NOT_ENOUGH),
    "is about its handler": Chapter(S.HANDLING, ACCUSED),
    "is about its writer": Chapter(S.OPINION, ACCUSED),
    "is about its writer while it is signed": Chapter(S.SIGNING, ACCUSED),
    "is about its handler while it is parked": Chapter(S.HANDLING, (*PARKED, *ACCUSED)),
    "is about its writer before the seal": Chapter(S.SEALING, ACCUSED),
    "is about its writer before it is delivered": Chapter(S.DELIVERING, ACCUSED),
    "is about its handler, as he says when called back": Chapter(
        S.FOLLOW_UP,
        (Step(WU, Deed.ACCUSE, S.FOLLOW_UP, SAYS), Step(WU, Deed.FOLLOW_UP, S.RECEIVED, GOES_ON)),
    ),
    "is about its handler, as he says when all is over": Chapter(
        S.CLOSED,
        (Step(WU, Deed.ACCUSE, S.CLOSED, SAYS), Step(WU, Deed.FOLLOW_UP, S.RECEIVED, GOES_ON)),
    ),
    "is taken back for good": Chapter(S.WITHDRAWN, (ARCHIVED,)),
    "was sent elsewhere in vain": Chapter(
        S.GUIDED,
        (
            Step(LI, Deed.CHECK_ARRIVAL, S.GUIDED, ARRIVED_NOT),
            Step(LI, Deed.TAKE_IN, S.RECEIVED, {"reason": "那边不接"}),
        ),
    ),
    "was sent elsewhere": Chapter(S.GUIDED, (ARCHIVED,)),
    "is answered together with another one": Chapter(
        S.MERGED,
        (
            Step(ZHENG, Deed.SIGN, S.SEALING, on_main=True),
            Step(ZHENG, Deed.UNSIGN, S.MERGED, on_main=True),
        ),
    ),
}
