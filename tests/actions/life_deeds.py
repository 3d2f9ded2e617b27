"""The deeds of the plain model as requests to the real hall."""

from datetime import date, timedelta

from desk.actions.archiving import ArchiveCase
from desk.actions.attachments import AddAttachment, SortAttachment
from desk.actions.chief_dispatch import DecideDispatch
from desk.actions.contacts import RecordContact
from desk.actions.dispatching import DecideReturn, DispatchCase, ReturnDispatch
from desk.actions.extensions import (
    AskExtension,
    DecideExtension,
    DropExtension,
    ReviewExtension,
    TellExtension,
)
from desk.actions.followup import MatterWord, RecordFollowUp
from desk.actions.guidance import CheckArrival, TakeIn
from desk.actions.handling import AcceptAssignment, FinishHandling, RecordVerification
from desk.actions.keeping import GiveBack, KeepItem
from desk.actions.last_mile import DeliverPaper, GiveNumber, SealPaper
from desk.actions.matter_answers import MatterAnswer
from desk.actions.matters import AddMatter, AnswerMatter, AssignMatter, MatterUnit
from desk.actions.opinions import WriteOpinion
from desk.actions.parked import ReviewParked, Unpark
from desk.actions.pauses import PauseClocks, ResumeClocks
from desk.actions.recusal import RecordAccused
from desk.actions.revising import ReviseOpinion
from desk.actions.set_aside import (
    LinkRepeat,
    MergeCase,
    ReinstateCase,
    UnmergeCase,
    WithdrawCase,
)
from desk.actions.signing import SignOnPaper, SignOpinion, UnsignOpinion
from desk.actions.support import AddSupport, DropSupport, ReportSupport
from desk.actions.taking_back import TakeBack
from desk.rules.arrivals import ArrivalAnswer
from desk.rules.clock_codes import ExtensionKind, ExtensionReason, PauseReason
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    AttachmentKind,
    ClockKind,
    ConfirmWay,
    ContactResult,
    ContactWay,
    DeliveryWay,
    Discontent,
    Exit,
    HandlingResult,
    KeptKind,
    NextStep,
    Purpose,
    Resolution,
    ReturnReason,
    Satisfaction,
    Urgency,
)
from desk.store.models import Assignment, Attachment, Clock, KeptItem, Matter, Opinion
from tests.actions.test_attachments import JPEG

WHY = "有理由"
_ASKED = {"is_reached": True, "was_contacted": True}
_CLOSE = _ASKED | {
    "resolution": Resolution.YES,
    "satisfaction": Satisfaction.SATISFIED,
    "next_step": NextStep.CLOSE,
}
_AGAIN = _ASKED | {
    "satisfaction": Satisfaction.DISSATISFIED,
    "discontent": Discontent.NOT_SOLVED,
    "next_step": NextStep.AGAIN,
}
_DONE = {"result": HandlingResult.SOLVED, "measures": "已办妥。", "late_reason": "材料没到齐"}
_YES = {"is_solved": True, "is_exhausted": True, "is_satisfied": True}

# what each deed is as a request, with what does not depend on the case
PLAIN = {
    "confirm": (DecideDispatch, {"is_confirmed": True}),
    "decline": (DecideDispatch, {"is_confirmed": False, "note": WHY}),
    "take_back": (TakeBack, {}),
    "return": (ReturnDispatch, {"reason": ReturnReason.NOT_OURS, "note": WHY}),
    "decide_return": (DecideReturn, {"note": WHY}),
    "accept": (AcceptAssignment, {}),
    "contact": (RecordContact, {"result": ContactResult.REACHED}),
    "ring": (RecordContact, {"result": ContactResult.NO_ANSWER}),
    "verify": (RecordVerification, {"note": "属实。"}),
    "report": (ReportSupport, {"result": HandlingResult.SOLVED, "feedback": "到场了。"}),
    "add_matter": (AddMatter, {"contents": ("还有一件",)}),
    "drop_ask": (DropExtension, {}),
    "review": (ReviewExtension, {"note": WHY}),
    "grant": (DecideExtension, {"note": WHY}),
    "unpark": (Unpark, {"note": WHY}),
    "resume": (ResumeClocks, {}),
    "sign": (SignOpinion, {"is_agreed": True}),
    "send_back": (SignOpinion, {"is_agreed": False, "remark": WHY}),
    "unsign": (UnsignOpinion, {}),
    "revise": (ReviseOpinion, {"reason": WHY}),
    "seal": (SealPaper, {}),
    "deliver": (DeliverPaper, {"way": DeliveryWay.IN_PERSON}),
    "close": (RecordFollowUp, _CLOSE),
    "missed": (RecordFollowUp, {"is_reached": False}),
    "archive": (ArchiveCase, _YES),
    "unlink": (LinkRepeat, {"earlier": None}),
    "link": (LinkRepeat, {}),
    "merge": (MergeCase, {"reason": WHY}),
    "unmerge": (UnmergeCase, {}),
    "withdraw": (WithdrawCase, {"reason": WHY, "way": ConfirmWay.WRITTEN}),
    "reinstate": (ReinstateCase, {}),
    "keep": (KeepItem, {"kind": KeptKind.ORIGINAL, "name": "房产证"}),
    "attach": (AddAttachment, {"name": "现场.jpg", "content": JPEG}),
    "take_in": (TakeIn, {"reason": WHY}),
}


def do(work, deed, who, case, **more):
    """Ask for a deed of the model; whatever the hall refuses is raised."""
    if deed in WAYS:
        return WAYS[deed](work, who, case, **more)
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


def _arrive(work, who, case, answer):
    return work.ask(who, CheckArrival, case, answer=ArrivalAnswer(answer), note=WHY)


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


def _present(work, case):
    number = work.case(case).round_no
    rows = sorted(work.all(Matter, case), key=lambda row: row.seq)
    return [row.id for row in rows if (row.round_no or 1) == number]


def _nth(work, case, nth):
    own = _present(work, case)
    return own[nth % len(own)]


def _assign_matter(work, who, case, nth, unit):
    given = (MatterUnit(_nth(work, case, nth), work.unit(unit)),)
    return work.ask(who, AssignMatter, case, matters=given)


def _answer_matter(work, who, case, nth):
    said = MatterAnswer(_nth(work, case, nth), HandlingResult.SOLVED, "已办好。")
    return work.ask(who, AnswerMatter, case, answers=(said,))


def _promise(work, who, case, reached):
    result = ContactResult.REACHED if reached else ContactResult.NO_ANSWER
    facts = {"result": result, "call_back_at": work.clock() + timedelta(days=1)}
    return work.ask(who, RecordContact, case, **facts)


def _told(work, *, is_told):
    return {"told_way": ContactWay.PHONE, "told_at": work.clock()} if is_told else {}


def _ask_more(work, who, case, clock, is_told):
    kind, number = ClockKind(clock), work.case(case).round_no
    own = [one for one in work.all(Clock, case) if (one.kind, one.round_no) == (kind, number)]
    latest = max([work.clock(), *(one.due_at for one in own)])
    facts = {
        "kind": ExtensionKind.EXTEND,
        "clock_kind": kind,
        "reason": ExtensionReason.FUNDS,
        "explanation": WHY,
        "late_reason": WHY,
        "until": latest + timedelta(days=2),
    }
    return work.ask(who, AskExtension, case, **facts, **_told(work, is_told=is_told))


def _ask_park(work, who, case, is_told):
    facts = {
        "kind": ExtensionKind.PARK,
        "reason": ExtensionReason.FUNDS,
        "explanation": WHY,
        "late_reason": WHY,
        "review_on": _in_a_month(work),
    }
    return work.ask(who, AskExtension, case, **facts, **_told(work, is_told=is_told))


def _tell(work, who, case):
    return work.ask(who, TellExtension, case, **_told(work, is_told=True))


def _look_again(work, who, case, stays):
    day = _in_a_month(work) if stays else None
    return work.ask(who, ReviewParked, case, note=WHY, review_on=day)


def _in_a_month(work) -> date:
    return work.clock().date() + timedelta(days=30)


def _pause(work, who, case, reason):
    facts = {"reason": PauseReason(reason), "note": WHY} | _told(work, is_told=True)
    return work.ask(who, PauseClocks, case, **facts)


def _sign_on_paper(work, who, case, signer, is_agreed):
    facts = {"signed_on": work.clock().date(), "is_agreed": is_agreed, "remark": WHY}
    return work.ask(who, SignOnPaper, case, signer=work.staff(signer), **facts)


def _give_number(work, who, case):
    # the clock never stands still between two deeds, so no number is given twice
    return work.ask(who, GiveNumber, case, number=str(int(work.clock().timestamp()) % 100_000_000))


def _finish(work, who, case):
    answers = work.answers(case) if len(work.all(Matter, case)) > 1 else ()
    return work.ask(who, FinishHandling, case, matters=answers, **_DONE)


def _write(work, who, case):
    words = {"title": "甲", "acceptance": "乙", "findings": "丙", "decision": "丁"}
    if work.all(Opinion, case):
        words = {name: value or "无" for name, value in work.opinion_words(case).items()}
    return work.ask(who, WriteOpinion, case, is_ready=True, **words)


def _again(work, who, case, solved):
    own = _present(work, case)
    said = tuple(
        MatterWord(one, Resolution.YES if nth < solved and len(own) > 1 else Resolution.NO)
        for nth, one in enumerate(own)
    )
    return work.ask(who, RecordFollowUp, case, matters=said, **_AGAIN)


def _accuse(work, who, case, about):
    unit, person = about
    facts = {
        "unit": work.unit(unit) if unit else None,
        "staff": work.staff(person) if person else None,
    }
    return work.ask(who, RecordAccused, case, reason=WHY, **facts)


def _give_back(work, who, case):
    own = [one for one in work.all(KeptItem, case) if one.given_back_at is None]
    held = [one.id for one in own if one.holder_id == work.staff(who)]
    return work.ask(who, GiveBack, item=[*held, *(one.id for one in own), 1][0], to="诉求人本人")


def _sort(work, who, case):
    file = next(iter(work.all(Attachment, case)), None)
    is_before = file is not None and file.kind is AttachmentKind.BEFORE
    kind = AttachmentKind.AFTER if is_before else AttachmentKind.BEFORE
    return work.ask(who, SortAttachment, case, attachment=file.id if file else 1, kind=kind)


WAYS = {
    "accuse": _accuse,
    "add_support": _add_support,
    "again": _again,
    "answer_matter": _answer_matter,
    "arrive": _arrive,
    "ask_more": _ask_more,
    "ask_park": _ask_park,
    "assign_matter": _assign_matter,
    "dispatch": _dispatch,
    "drop_support": _drop_support,
    "finish": _finish,
    "give_back": _give_back,
    "give_number": _give_number,
    "look_again": _look_again,
    "pause": _pause,
    "promise": _promise,
    "sign_on_paper": _sign_on_paper,
    "sort": _sort,
    "tell": _tell,
    "write": _write,
}
