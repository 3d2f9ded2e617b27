"""Follow-up (回访): the appellant's own word, closing, or a further round (DOMAIN.md 2.5, 6.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from desk.actions.clocks import happened, refresh_next, stop_clock
from desk.actions.contacts import Attempt, add_attempt, forbid_calls
from desk.actions.matter_answers import matters_of, matters_of_round
from desk.actions.numbers import next_text
from desk.actions.papers import issue
from desk.actions.rounds import begin_next_round
from desk.rules.codes import (
    CaseStatus,
    ClockEvent,
    ClockKind,
    ContactResult,
    ContactWay,
    Discontent,
    FirstHeard,
    FollowUpWay,
    NextStep,
    Resolution,
    Satisfaction,
)
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.followup_advice import LEADS_TO, require_advice
from desk.rules.followup_codes import FollowUpAdvice
from desk.rules.lifecycle import require_move
from desk.rules.numbering import NumberKind
from desk.rules.text_gate import Field
from desk.rules.verdicts import AGREED, say_whole, whole_of
from desk.rules.wording import label
from desk.store.calls import giving_up
from desk.store.followup_rows import FollowUpSheet
from desk.store.gate import amount, words
from desk.store.ids import new_id
from desk.store.models import Case, FollowUp, FollowUpMatter, Matter
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction

_CONTACT_WAYS: Mapping[FollowUpWay, ContactWay] = MappingProxyType(
    {
        FollowUpWay.PHONE: ContactWay.PHONE,
        FollowUpWay.HOME: ContactWay.HOME,
        FollowUpWay.HALL: ContactWay.FACE,
        FollowUpWay.ONLINE: ContactWay.ONLINE,
    }
)


@dataclass(frozen=True, slots=True)
class MatterWord:
    """What the appellant says of one matter."""

    matter: int
    resolution: Resolution
    note: str = words("对这一事项的说法", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFollowUp(CaseRequest):
    """Record a follow-up; one that reached nobody leaves the case where it is.

    With `next_step` it is no attempt: it closes the case unrated after those that reached nobody.

    Attributes:
        resolution: his word on the whole; with several matters it follows from `matters`.
        matters: his word on each matter of the present round; left out, one word holds for all.
        advice: what is proposed beyond that; it decides `next_step` by itself.
        missed: why nobody was reached; call_back_at: when he asked to be rung instead.
        over_reason, wants_no_calls: as for every attempt to reach him (`RecordContact`).
    """

    way: FollowUpWay = FollowUpWay.PHONE
    is_reached: bool
    minutes: int | None = amount("通话分钟", default=None)
    failed_calls: int = amount("未接次数", default=0)
    was_contacted: bool | None = None
    first_heard: FirstHeard | None = None
    resolution: Resolution | None = None
    matters: tuple[MatterWord, ...] = ()
    satisfaction: Satisfaction | None = None
    stars: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    discontent: Discontent | None = None
    discontent_note: str = words("不满意的说明", default="")
    suggestion: str = words("意见建议", Field.BODY, default="")
    next_step: NextStep | None = None
    advice: FollowUpAdvice | None = None
    missed: ContactResult = ContactResult.NO_ANSWER
    call_back_at: datetime | None = None
    over_reason: str = words("仍要打的理由", default="")
    wants_no_calls: bool = False

    @property
    def leads_to(self) -> NextStep | None:
        """What happens now: a proposal is for the unit or the leaders to take up."""
        return self.next_step if self.advice is None else LEADS_TO[self.advice]


@action(RecordFollowUp, "case.followed_up", may_wait=True)
def record_followup(tx: Transaction, request: RecordFollowUp) -> Changes:
    """Record the appellant's word; close the case, or begin the next round (6.1 #15, #16).

    Raises:
        RuleBroken: an answer is missing, a reason for discontent is missing, a matter was not
            asked about, he should not have been rung and it is not said why he was, or the case
            is given up after too few attempts.
    """
    case = tx.open_case(request.case, request.seen, Deed.FOLLOW_UP)
    said = _words_of(tx, case, request)
    _check(request)
    whole = _keep_words(tx, case, said) or request.resolution
    require_advice(request.advice, whole, request.satisfaction)
    row = _followup_row(tx, case, request, whole)
    tx.add(row, *_matter_rows(tx, row, said))
    _keep_attempt(tx, case, request, row)
    if request.wants_no_calls:
        forbid_calls(case, request.happened_at, "回访时说不要再打电话")
    if not request.is_reached and request.leads_to is None:
        return Changes("回访 没有联系上", cases=(case.id,), detail=request.suggestion)
    if not request.is_reached:
        _require_attempts(tx, case, row)
    else:
        _keep_answers(case, request, whole)
    at = request.happened_at
    happened(tx, case, ClockEvent.FOLLOWED_UP, at)
    stop_clock(tx, case, ClockKind.CONTACT, at)  # a call still owed is made with this one
    if request.leads_to is NextStep.AGAIN:
        begin_next_round(tx, case, at, _reason(request, said))
    elif case.status is not CaseStatus.CLOSED:
        require_move(case.status, CaseStatus.CLOSED)
        case.status, case.closed_at = CaseStatus.CLOSED, at
        happened(tx, case, ClockEvent.CLOSED, at)
    tx.session.flush()
    issue(
        tx,
        case,
        "followup-record",
        number=next_text(tx, NumberKind.FOLLOW_UP, at),
        follow_up=FollowUpSheet(row, request.advice),
    )
    refresh_next(tx, case)
    return Changes(_title(case, request, whole), cases=(case.id,), detail=_detail(request, said))


def _words_of(
    tx: Transaction, case: Case, request: RecordFollowUp
) -> list[tuple[Matter, MatterWord]]:
    """Return each matter of the round with what was said of it; nothing where nobody answered."""
    rows = matters_of_round(tx, case)
    given = {word.matter: word for word in request.matters}
    if not given.keys() <= {row.id for row in rows}:
        raise RuleBroken("有事项不在这一轮里，请刷新后再问。", field="matters")
    if not given and request.resolution is not None and request.is_reached:
        given = {row.id: MatterWord(row.id, request.resolution) for row in rows}
    if given:
        for row in rows:
            if row.id not in given:
                raise RuleBroken(f"事项 {row.seq} 还没有问，请问过再存。", field=f"matter_{row.id}")
    return [(row, given[row.id]) for row in rows if given]


def _keep_words(
    tx: Transaction, case: Case, said: Sequence[tuple[Matter, MatterWord]]
) -> Resolution | None:
    """Keep his word on every matter; return what it makes of the whole case."""
    for matter, word in said:
        tx.watch(matter)
        matter.resolution = word.resolution
    known = [row.resolution for row in matters_of(tx, case) if row.resolution is not None]
    return whole_of(known) if said else None


def _matter_rows(
    tx: Transaction, row: FollowUp, said: Sequence[tuple[Matter, MatterWord]]
) -> list[FollowUpMatter]:
    return [
        FollowUpMatter(
            follow_up_id=row.id,
            matter_id=matter.id,
            street_id=tx.street_id,
            resolution=word.resolution,
            note=word.note or None,
        )
        for matter, word in said
    ]


def _keep_attempt(tx: Transaction, case: Case, request: RecordFollowUp, row: FollowUp) -> None:
    """Put the follow-up on the one list of attempts; closing unrated makes no call."""
    if not request.is_reached and request.leads_to is not None:
        return
    add_attempt(
        tx,
        case,
        Attempt(
            at=request.happened_at,
            made_by=request.made_by,
            way=_CONTACT_WAYS[request.way],
            result=ContactResult.REACHED if request.is_reached else request.missed,
            note=f"第 {row.seq} 次回访",
            call_back_at=request.call_back_at,
            over_reason=request.over_reason,
        ),
    )


def _keep_answers(case: Case, request: RecordFollowUp, whole: Resolution | None) -> None:
    case.was_contacted, case.resolution = request.was_contacted, whole
    case.satisfaction, case.discontent = request.satisfaction, request.discontent
    case.discontent_note = request.discontent_note or None


def _reason(request: RecordFollowUp, said: Sequence[tuple[Matter, MatterWord]]) -> str:
    reason = label(request.discontent) if request.discontent else "诉求人要求继续办理"
    again = [matter.seq for matter, word in said if word.resolution not in AGREED]
    if len(said) > 1 and again:  # one matter is the case itself
        reason += f"（事项 {'、'.join(str(seq) for seq in sorted(again))}）"
    return reason + _proposed(request)


def _proposed(request: RecordFollowUp) -> str:
    return "" if request.advice is None else f"，建议{label(request.advice)}"


def _title(case: Case, request: RecordFollowUp, whole: Resolution | None) -> str:
    after = "办结"
    if request.leads_to is NextStep.AGAIN:
        after = "二次办理" if case.round_no == 2 else f"第 {case.round_no} 轮办理"  # noqa: PLR2004
    if whole is None or request.satisfaction is None:
        return f"回访 没有联系上，{after}"
    said = f"{label(whole)}、{label(request.satisfaction)}"
    return f"回访 {said}，{after}{_proposed(request)}"


def _detail(request: RecordFollowUp, said: Sequence[tuple[Matter, MatterWord]]) -> str:
    lines = [request.suggestion] if request.suggestion else []
    if len(said) > 1:
        lines += [
            f"事项 {matter.seq} {label(word.resolution)}" + (f"：{word.note}" if word.note else "")
            for matter, word in said
        ]
        lines.append(say_whole([word.resolution for _, word in said]))
    return "\n".join(lines)


def _check(request: RecordFollowUp) -> None:
    if any(star is not None and not 1 <= star <= 5 for star in request.stars):  # noqa: PLR2004
        raise RuleBroken("分项评价是 1 到 5 颗星。", field="stars")
    if not request.is_reached:
        _check_unreached(request)
        return
    if request.was_contacted is None:
        raise RuleBroken("请问一句“有没有人联系过您”，再选是或否。", field="was_contacted")
    if request.resolution is None and not request.matters:
        raise RuleBroken("请选问题是否解决。", field="resolution")
    if request.satisfaction is None:
        raise RuleBroken("请选满意度；不愿评价选“未评价”。", field="satisfaction")
    if request.satisfaction is Satisfaction.DISSATISFIED and request.discontent is None:
        raise RuleBroken("不满意要选一个原因，好决定下一步。", field="discontent")
    if request.leads_to is None:
        raise RuleBroken("请选办结归档还是二次办理。", field="next_step")


def _check_unreached(request: RecordFollowUp) -> None:
    said = (request.was_contacted, request.resolution, request.satisfaction)
    if request.matters or any(answer is not None for answer in said):
        raise RuleBroken("没有联系上就没有评价，请清空诉求人的回答。", field="is_reached")
    if request.leads_to is NextStep.AGAIN or request.advice is not None:
        raise RuleBroken("没有联系上，不能定为二次办理。", field="next_step")


def _require_attempts(tx: Transaction, case: Case, closing: FollowUp) -> None:
    """Raise RuleBroken while he was rung too seldom, or always at the same time of day."""
    missed = [
        row
        for row in tx.rows(FollowUp, case)
        if row.round_no == case.round_no and not row.is_reached and row is not closing
    ]
    made = max((row.failed_calls for row in missed), default=0)  # each counts all so far
    rules = giving_up(tx.session, tx.street_id, tx.today)
    bar = rules.bar([row.happened_at for row in missed], closing.happened_at, made)
    if bar:
        raise RuleBroken(bar, field="next_step")


def _followup_row(
    tx: Transaction, case: Case, request: RecordFollowUp, whole: Resolution | None
) -> FollowUp:
    last = max((row.seq for row in tx.rows(FollowUp, case)), default=0)
    return FollowUp(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        round_no=case.round_no,
        seq=last + 1,
        staff_id=request.made_by,
        happened_at=request.happened_at,
        way=request.way,
        is_reached=request.is_reached,
        minutes=request.minutes,
        failed_calls=request.failed_calls,
        was_contacted=request.was_contacted,
        first_heard=request.first_heard,
        resolution=whole,
        satisfaction=request.satisfaction,
        stars=list(request.stars),
        discontent=request.discontent,
        discontent_note=request.discontent_note or None,
        suggestion=request.suggestion or None,
        next_step=request.leads_to,
    )
