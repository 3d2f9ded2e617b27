"""The deeds of the plain model as requests to the real hall."""

from desk.actions.archiving import ArchiveCase
from desk.actions.contacts import RecordContact
from desk.actions.dispatching import DecideReturn, DispatchCase, ReturnDispatch
from desk.actions.followup import RecordFollowUp
from desk.actions.guidance import TakeIn
from desk.actions.handling import AcceptAssignment, FinishHandling, RecordVerification
from desk.actions.last_mile import DeliverPaper, SealPaper
from desk.actions.matters import AddMatter
from desk.actions.opinions import WriteOpinion
from desk.actions.recusal import RecordAccused
from desk.actions.revising import ReviseOpinion
from desk.actions.set_aside import MergeCase, ReinstateCase, UnmergeCase, WithdrawCase
from desk.actions.signing import SignOpinion, UnsignOpinion
from desk.actions.support import AddSupport, DropSupport, ReportSupport
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    ConfirmWay,
    ContactResult,
    DeliveryWay,
    Discontent,
    Exit,
    HandlingResult,
    NextStep,
    Purpose,
    Resolution,
    ReturnReason,
    Satisfaction,
    Urgency,
)
from desk.store.models import Assignment, Matter, Opinion

WHY = "有理由"
_ASKED = {"is_reached": True, "was_contacted": True}
_CLOSE = _ASKED | {
    "resolution": Resolution.YES,
    "satisfaction": Satisfaction.SATISFIED,
    "next_step": NextStep.CLOSE,
}
_AGAIN = _ASKED | {
    "resolution": Resolution.NO,
    "satisfaction": Satisfaction.DISSATISFIED,
    "discontent": Discontent.NOT_SOLVED,
    "next_step": NextStep.AGAIN,
}
_DONE = {"result": HandlingResult.SOLVED, "measures": "已办妥。", "late_reason": "材料没到齐"}
_YES = {"is_solved": True, "is_exhausted": True, "is_satisfied": True}

# what each deed is as a request, with what does not depend on the case
PLAIN = {
    "return": (ReturnDispatch, {"reason": ReturnReason.NOT_OURS, "note": WHY}),
    "decide_return": (DecideReturn, {"note": WHY}),
    "accept": (AcceptAssignment, {}),
    "contact": (RecordContact, {"result": ContactResult.REACHED}),
    "verify": (RecordVerification, {"note": "属实。"}),
    "report": (ReportSupport, {"result": HandlingResult.SOLVED, "feedback": "到场了。"}),
    "add_matter": (AddMatter, {"contents": ("还有一件",)}),
    "sign": (SignOpinion, {"is_agreed": True}),
    "send_back": (SignOpinion, {"is_agreed": False, "remark": WHY}),
    "unsign": (UnsignOpinion, {}),
    "revise": (ReviseOpinion, {"reason": WHY}),
    "seal": (SealPaper, {}),
    "deliver": (DeliverPaper, {"way": DeliveryWay.IN_PERSON}),
    "close": (RecordFollowUp, _CLOSE),
    "again": (RecordFollowUp, _AGAIN),
    "missed": (RecordFollowUp, {"is_reached": False}),
    "archive": (ArchiveCase, _YES),
    "merge": (MergeCase, {"reason": WHY}),
    "unmerge": (UnmergeCase, {}),
    "withdraw": (WithdrawCase, {"reason": WHY, "way": ConfirmWay.WRITTEN}),
    "reinstate": (ReinstateCase, {}),
    "take_in": (TakeIn, {"reason": WHY}),
}


def do(work, deed, who, case, **more):
    """Ask for a deed of the model; whatever the hall refuses is raised."""
    ways = {
        "dispatch": _dispatch,
        "add_support": _add_support,
        "drop_support": _drop_support,
        "finish": _finish,
        "write": _write,
        "accuse": _accuse,
    }
    if deed in ways:
        return ways[deed](work, who, case, **more)
    request, facts = PLAIN[deed]
    return work.ask(who, request, case, **(facts | more))


def register(work, who, exit_, *, is_secret, about, matters):
    """Take an appeal in at somebody's desk; returns its id."""
    unit, person = about
    several = tuple(f"第 {number} 件事" for number in range(matters))
    return work.register(
        who,
        exit=Exit(exit_),
        first_unit=work.unit(_home(work, who)),
        purpose=Purpose.REPORT if is_secret else Purpose.HELP,
        accused_unit=work.unit(unit) if unit else None,
        accused_staff=work.staff(person) if person else None,
        matters=several,
        answer="当场答复了。",
        guided_to="区住建局",
    )


def _home(work, who):
    wanted = work.hall.person(who).home_unit_id
    return next(name for name, key in work.hall._units.items() if key == wanted)


def _dispatch(work, who, case, lead, supports):
    units = tuple(work.unit(unit) for unit in supports)
    facts = {"lead": work.unit(lead), "supports": units, "urgency": Urgency.FAST, "reason": WHY}
    return work.ask(who, DispatchCase, case, **facts)


def _add_support(work, who, case, unit):
    return work.ask(who, AddSupport, case, units=(work.unit(unit),), reason=WHY)


def _drop_support(work, who, case, unit):
    alive = (AssignmentStatus.WAITING, AssignmentStatus.ACCEPTED, AssignmentStatus.RETURNING)
    parts = tuple(
        part.id
        for part in work.all(Assignment, case)
        if part.unit_id == work.unit(unit)
        and part.status in alive
        and part.role is not AssignmentRole.LEAD
        and part.round_no == work.case(case).round_no
    )
    return work.ask(who, DropSupport, case, parts=parts, reason=WHY)


def _finish(work, who, case):
    answers = work.answers(case) if len(work.all(Matter, case)) > 1 else ()
    return work.ask(who, FinishHandling, case, matters=answers, **_DONE)


def _write(work, who, case):
    words = {"title": "甲", "acceptance": "乙", "findings": "丙", "decision": "丁"}
    if work.all(Opinion, case):
        words = {name: value or "无" for name, value in work.opinion_words(case).items()}
    return work.ask(who, WriteOpinion, case, is_ready=True, **words)


def _accuse(work, who, case, about):
    unit, person = about
    facts = {
        "unit": work.unit(unit) if unit else None,
        "staff": work.staff(person) if person else None,
    }
    return work.ask(who, RecordAccused, case, reason=WHY, **facts)
