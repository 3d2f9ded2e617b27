"""Signing an opinion (审签): at a desk or in the printed folder, sent back, or taken back at once.

Only whose desk it lies on signs, or his deputy of the day; the last desk issues the papers.
Sources: DOMAIN.md 2.4, 6.1 #14, 9.2, 9.3, 9.4.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from desk.actions.clocks import happened, refresh_next, take_event_back
from desk.actions.merged_answers import (
    answer_merged,
    require_answers_in_house,
    unanswer_merged,
)
from desk.actions.opinion_papers import number_opinion, void_opinion_papers
from desk.actions.opinions import present_opinion
from desk.actions.sign_desks import (
    desk_of,
    end_sign_off,
    open_step,
    present_steps,
    recused_leaders,
)
from desk.rules.codes import CaseStatus, ClockEvent, OpinionStatus, Role
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.moments import day_of, start_of
from desk.rules.rights import Person
from desk.rules.sign_route import Stand, covers, may_still_undo, signed_by, stand_at
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.models import Case, Event, EventCase, Opinion, SignStep, Staff
from desk.store.people import person_of, roles_of
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction

_EVENING = timedelta(hours=18)  # a signature on paper has a day and no hour
_SIGNATURES = ("opinion.signed", "opinion.signed_on_paper")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOpinion(CaseRequest):
    """Sign the opinion (同意签发), or send it back with a remark.

    Attributes:
        for_other: whether he means to sign for the one whose deputy he is (代签).
    """

    is_agreed: bool
    remark: str = words("批注", Field.BODY, default="")
    for_other: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnPaper(CaseRequest):
    """Type in what a leader decided in the printed folder (签批夹)."""

    signer: int
    signed_on: date
    is_agreed: bool
    remark: str = words("批注", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsignOpinion(CaseRequest):
    """Take a signature back that was given a moment ago (撤回签发)."""


@dataclass(frozen=True, slots=True)
class _Word:
    """What was decided at a desk: by whom, for whom, when."""

    is_agreed: bool
    remark: str
    at: datetime
    signer: Person
    is_for_other: bool
    entered_by: int | None = None


@action(SignOpinion, "opinion.signed")
def sign_opinion(tx: Transaction, request: SignOpinion) -> Changes:
    """Sign the opinion at the desk it lies on, or send it back (DOMAIN.md 6.1 #14, 9.2).

    Raises:
        NotAllowed: it lies on somebody else's desk.
        RuleBroken: a return without a remark, or a deputy who did not say that he is one.
    """
    case = tx.open_case(request.case, request.seen, Deed.SIGN)
    opinion = present_opinion(tx, case)
    step = open_step(tx, case, opinion, request.happened_at)
    stand = stand_at(desk_of(step), tx.person)
    if stand is Stand.NOBODY:
        whose = _whose(tx, step)
        raise NotAllowed(f"这份意见书现在在{whose}处，还没有轮到您签。请刷新列表。")
    if stand is Stand.DEPUTY and not request.for_other:
        raise RuleBroken(f"这份意见书在{_whose(tx, step)}处，您是代理人；要代签请按 Alt+D。")
    word = _Word(
        is_agreed=request.is_agreed,
        remark=request.remark.strip(),
        at=request.happened_at,
        signer=tx.person,
        is_for_other=stand is Stand.DEPUTY,
    )
    return _take(tx, case, opinion, step, word)


@action(SignOnPaper, "opinion.signed_on_paper")
def sign_on_paper(tx: Transaction, request: SignOnPaper) -> Changes:
    """Record a decision made on paper; whoever types it in stands beside it (DOMAIN.md 9.2).

    Raises:
        RuleBroken: a day that cannot be, somebody at whose desk it does not lie, or a return
            without a remark.
    """
    case = tx.open_case(request.case, request.seen, Deed.SIGN_ON_PAPER)
    opinion = present_opinion(tx, case)
    step = open_step(tx, case, opinion, request.happened_at)
    arrived = step.arrived_at or request.happened_at
    if not day_of(arrived) <= request.signed_on <= day_of(request.happened_at):
        since = _day(day_of(arrived))
        raise RuleBroken(f"签批日期应在 {since}送到之后、今天之前，请核对。", field="signed_on")
    staff = tx.own(Staff, request.signer, "请选是谁签的。", field="signer")
    signer = person_of(tx.session, staff, request.signed_on)
    stand = stand_at(desk_of(step), signer)
    if stand is Stand.NOBODY:
        whose = _whose(tx, step)
        raise RuleBroken(f"这份在{whose}处，{staff.name}不能签，请核对。", field="signer")
    word = _Word(
        is_agreed=request.is_agreed,
        remark=request.remark.strip(),
        at=min(request.happened_at, max(arrived, start_of(request.signed_on) + _EVENING)),
        signer=signer,
        is_for_other=stand is Stand.DEPUTY,
        entered_by=tx.person.staff_id,
    )
    return _take(tx, case, opinion, step, word)


@action(UnsignOpinion, "opinion.unsigned")
def unsign_opinion(tx: Transaction, request: UnsignOpinion) -> Changes:
    """Take the last signature back; its papers are void, its number waits for the next one.

    Raises:
        RuleBroken: nobody has signed, or it is too late.
        NotAllowed: somebody else signed.
    """
    case = tx.open_case(request.case, request.seen, Deed.UNSIGN)
    opinion = present_opinion(tx, case)
    steps = present_steps(tx, opinion)
    signed = [step for step in steps if step.signed_at is not None]
    if not signed:
        raise RuleBroken("这份意见书还没有人签，没有可以撤回的。")
    last = signed[-1]
    me = tx.person
    if me.staff_id not in {last.signed_by, last.entered_by} and not me.is_built_in:
        raise NotAllowed("只能由签的人（或录入的人）自己撤回。")
    _require_in_time(tx, case)
    require_answers_in_house(tx, case, opinion)
    same = (last.signed_by, last.signed_at)
    _clear(tx, [step for step in steps if (step.signed_by, step.signed_at) == same], steps)
    together: tuple[Case, ...] = ()
    if case.status is CaseStatus.SEALING:
        require_move(case.status, CaseStatus.SIGNING)
        void_opinion_papers(tx, case)
        together = unanswer_merged(tx, case, opinion, request.happened_at)
        tx.watch(opinion)
        case.status = CaseStatus.SIGNING
        assert opinion.signed_at is not None  # noqa: S101 - being sealed means it was signed
        take_event_back(tx, case, ClockEvent.SIGNED, opinion.signed_at)
        opinion.status, opinion.signed_at = OpinionStatus.SUBMITTED, None
        opinion.signed_by = None
    return Changes("撤回签批", cases=(case.id, *(one.id for one in together)))


def _take(tx: Transaction, case: Case, opinion: Opinion, step: SignStep, word: _Word) -> Changes:
    _require_own_head(tx, case, opinion, step, word)
    tx.watch(opinion)
    tx.watch(step)
    _write(tx, step, word)
    opinion.remark = word.remark or None
    if not word.is_agreed:
        return _send_back(tx, case, opinion, word)
    later = [one for one in present_steps(tx, opinion) if one.signed_at is None]
    if not word.is_for_other:
        later = _pass_over(tx, later, word)
    if later:
        later[0].arrived_at = word.at
        to = _whose(tx, later[0])
        return Changes(f"签批同意，转{to}", cases=(case.id,), detail=_detail(tx, step, word))
    return _issue(tx, case, opinion, step, word)


def _require_own_head(
    tx: Transaction, case: Case, opinion: Opinion, step: SignStep, word: _Word
) -> None:
    if not word.is_agreed and not word.remark:
        raise RuleBroken("退回修改请写明要改什么。", field="remark")
    principal = step.signer_id
    if word.is_for_other and principal is None:
        principal = _principal(tx, step, word.signer)
    signers = {word.signer.staff_id, principal} - {None}
    recused = recused_leaders(tx, case, [signer for signer in signers if signer is not None])
    if recused:
        raise NotAllowed("签批人须回避这一件，不能由他或他的代理人签。请告诉信联办重新送审。")
    if word.is_for_other and opinion.written_by == word.signer.staff_id:
        raise RuleBroken("这份意见书是代理人自己写的，请签批人本人或别的领导签。")


def _write(tx: Transaction, step: SignStep, word: _Word) -> None:
    if word.is_for_other and step.signer_id is None:
        step.signer_id = _principal(tx, step, word.signer)
    step.signed_at, step.signed_by = word.at, word.signer.staff_id
    step.is_agreed, step.remark = word.is_agreed, word.remark or None
    step.on_paper, step.entered_by = word.entered_by is not None, word.entered_by


def _principal(tx: Transaction, step: SignStep, deputy: Person) -> int:
    """Return for which leader a deputy signs where any leader may; one recused comes last."""
    wanted = {Role.CHIEF} if step.role is Role.CHIEF else {Role.LEADER, Role.CHIEF}
    recused = recused_leaders(tx, tx.session.get_one(Case, step.case_id), deputy.acts_for)
    return next(
        leader
        for leader in sorted(deputy.acts_for, key=lambda one: (one in recused, one))
        if roles_of(tx.session, [leader], tx.today) & wanted
    )


def _pass_over(tx: Transaction, later: list[SignStep], word: _Word) -> list[SignStep]:
    """Return the desks that are left: nobody signs the same paper twice in his own name."""
    while later and covers(desk_of(later[0]), word.signer.staff_id, word.signer.roles):
        later[0].arrived_at = word.at
        _write(tx, later[0], word)
        later = later[1:]
    return later


def _send_back(tx: Transaction, case: Case, opinion: Opinion, word: _Word) -> Changes:
    require_move(case.status, CaseStatus.OPINION)
    end_sign_off(tx, opinion)
    opinion.status, case.status = OpinionStatus.SENT_BACK, CaseStatus.OPINION
    refresh_next(tx, case)
    return Changes("意见书退回修改", cases=(case.id,), detail=word.remark)


def _issue(tx: Transaction, case: Case, opinion: Opinion, step: SignStep, word: _Word) -> Changes:
    require_move(case.status, CaseStatus.SEALING)
    opinion.status, opinion.signed_at = OpinionStatus.SIGNED, word.at
    opinion.signed_by = word.signer.staff_id
    case.status = CaseStatus.SEALING
    happened(tx, case, ClockEvent.SIGNED, word.at)
    tx.session.flush()
    number = number_opinion(tx, case, opinion, word.at)
    together = answer_merged(tx, case, opinion, word.at)
    cases = (case.id, *(one.id for one in together))
    also = f"，一并答复 {len(together)} 件" if together else ""
    refresh_next(tx, case)
    detail = _detail(tx, step, word)
    if number is None:
        return Changes(f"签发意见书，等党政办给号{also}", cases=cases, detail=detail)
    made = {"number": number}
    return Changes(f"签发意见书 {number}{also}", cases=cases, made=made, detail=detail)


def _detail(tx: Transaction, step: SignStep, word: _Word) -> str:
    found = []
    if word.is_for_other:
        found.append(f"代签：{signed_by(_whose(tx, step), word.signer.name)}。")
    if word.entered_by is not None:
        whom = "" if word.is_for_other else word.signer.name
        found.append(f"{whom}在签批夹上签，{_day(day_of(word.at))}。")
    return "".join([*found, word.remark])


def _whose(tx: Transaction, step: SignStep) -> str:
    """Return on whose desk it lies, in words."""
    if step.signer_id is None:
        return f"任一{label(step.role)}"
    return tx.session.get_one(Staff, step.signer_id).name


def _require_in_time(tx: Transaction, case: Case) -> None:
    """Refuse what was signed longer ago than the hall allows to take back."""
    signed_at = tx.session.scalars(
        select(Event.recorded_at)
        .join(EventCase, EventCase.event_id == Event.id)
        .where(EventCase.case_id == case.id, Event.kind.in_(_SIGNATURES))
        .order_by(EventCase.version.desc())
        .limit(1)
    ).first()
    seconds = setting(tx.session, tx.street_id, "undo_seconds", tx.today)
    if signed_at is None or not may_still_undo(signed_at, tx.now, seconds):
        raise RuleBroken(f"签发已超过 {seconds} 秒，不能撤回；要改请由承办单位办“改后重签”。")


def _clear(tx: Transaction, signed: list[SignStep], steps: list[SignStep]) -> None:
    """Let the first of these desks wait again, and nothing lie on those after it."""
    for step in steps[steps.index(signed[0]) :]:
        tx.watch(step)
        step.signed_at = step.signed_by = step.is_agreed = step.remark = None
        step.on_paper = step.entered_by = None
        if step is not signed[0]:
            step.arrived_at = None


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"
