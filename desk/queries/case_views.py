"""What the pieces of a case file look like once read (案件卷): frozen rows, no queries."""

from dataclasses import dataclass, field
from datetime import datetime

from desk.rules.calling import FACE_TO_FACE, RANG_IN
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ContactResult,
    ContactWay,
    Discontent,
    FollowUpWay,
    HandlingResult,
    OpinionStatus,
    PaperState,
    Resolution,
    ReturnReason,
    Satisfaction,
    Verdict,
)
from desk.rules.matters import OpinionItem
from desk.rules.verdicts import verdict_of


@dataclass(frozen=True, slots=True)
class PartView:
    """One unit's part in the present round."""

    id: int
    unit_id: int
    unit: str
    role: AssignmentRole
    status: AssignmentStatus
    handler: str
    accepted_at: datetime | None
    feedback: str
    return_reason: ReturnReason | None
    return_note: str
    requirements: tuple[str, ...]
    instruction: str
    result: HandlingResult | None = None
    team: str = ""
    reason: str = ""
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MatterView:
    """One matter with its unit, how it ended, and what the appellant says of it.

    Attributes:
        is_solved: the unit's own word.
        resolution: the appellant's latest word.
        round_no: the round in which it is, or was last, handled.
        added_at: when it came up after the intake.
    """

    id: int
    seq: int
    content: str
    unit_id: int | None
    unit: str
    result: HandlingResult | None
    answer: str
    basis: str
    is_solved: bool | None
    resolution: Resolution | None
    round_no: int
    answered_by: str
    answered_at: datetime | None
    added_at: datetime | None


@dataclass(frozen=True, slots=True)
class SameVisitView:
    """Another case that was brought in the same visit."""

    id: int
    number: str
    seq: int
    summary: str
    status: CaseStatus


@dataclass(frozen=True, slots=True)
class StepView:
    """One line of the history.

    Attributes:
        differences: what a correction replaced, as (column, before, after); never contact data.
    """

    id: int
    version: int
    kind: str
    title: str
    detail: str
    made_by: int
    who: str
    unit: str
    desk_name: str
    sent_by: str
    happened_at: datetime
    recorded_at: datetime
    differences: tuple[tuple[str, str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper with where it is on its last mile."""

    id: int
    code: str
    title: str
    number: str
    revision: int
    state: PaperState
    round_no: int
    issued_at: datetime
    box_number: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """One attempt to reach the appellant; all units see all of them."""

    happened_at: datetime
    who: str
    unit: str
    way: ContactWay
    result: ContactResult
    note: str
    call_back_at: datetime | None
    called_back_at: datetime | None
    over_reason: str = ""  # why he was rung although something spoke against it
    follow_up: int | None = None  # the number of the follow-up that it was

    @property
    def rang_in(self) -> bool:
        """Whether he rang himself: no call of ours."""
        return self.over_reason == RANG_IN

    @property
    def was_met(self) -> bool:
        """Whether somebody spoke with him face to face (见面)."""
        return self.result is ContactResult.REACHED and self.way in FACE_TO_FACE


@dataclass(frozen=True, slots=True)
class OpinionView:
    """The newest opinion of the present round."""

    status: OpinionStatus
    title: str
    acceptance: str
    findings: str
    decision: str
    basis: str
    next_measures: str
    remedy: str
    written_by: str
    written_at: datetime
    signed_by: str
    signed_at: datetime | None
    remark: str
    items: tuple[OpinionItem, ...]  # matter by matter; empty for a case of one


@dataclass(frozen=True, slots=True)
class MatterWordView:
    """What the appellant said of one matter at a follow-up."""

    seq: int
    content: str
    resolution: Resolution
    note: str


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """What the appellant said at an earlier follow-up, matter by matter."""

    seq: int
    round_no: int
    happened_at: datetime
    who: str
    way: FollowUpWay
    is_reached: bool
    failed_calls: int
    resolution: Resolution | None
    satisfaction: Satisfaction | None
    discontent: Discontent | None
    discontent_note: str
    suggestion: str
    matters: tuple[MatterWordView, ...]

    @property
    def verdict(self) -> Verdict | None:
        """双是, 非双是 or 双否."""
        return verdict_of(self.resolution, self.satisfaction)


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another case that this one repeats or goes together with, or the other way round.

    Attributes:
        repeats_this: whether it is the other one that repeats this one.
        is_merged: whether the two are handled together (合并), and not only linked.
        appellant: who brought it, as boards may show him.
    """

    id: int
    number: str
    summary: str
    repeats_this: bool
    is_merged: bool
    status: CaseStatus
    appellant: str

    @property
    def words(self) -> str:
        """What it is to the case on screen, in a word."""
        if self.is_merged:
            return "并入本件" if self.repeats_this else "主件"
        return "重复本件" if self.repeats_this else "原件"


@dataclass(frozen=True, slots=True)
class ContactData:
    """Who the appellant is and how to reach him."""

    name: str
    phone: str
    other_phone: str
    address: str
    site: str
    guardian: str
    is_revealed: bool  # seen for a reason, hidden again after REVEALED_FOR


@dataclass(frozen=True, slots=True)
class RoundView:
    """The present round: what was found and done."""

    number: int
    started_at: datetime
    reason: str
    verified_at: datetime | None
    verify_note: str
    measures: str
    late_reason: str
