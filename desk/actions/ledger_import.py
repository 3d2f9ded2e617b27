"""Taking in one row of a ledger (台账导入): a case with its whole history, once and only once.

Platform and outside number name the case. The same content again changes nothing; other content
updates what may still change, with a trace; a second case never comes of it (EXCHANGE.md 2).
"""

from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from desk.actions.intake import SUMMARY_LENGTH, summary_of
from desk.actions.ledger_history import is_ours, steps_of, write_history
from desk.actions.ledger_request import (
    ASKED_SECRECY,
    CAME,
    GUIDED,
    MERGED_IN,
    ImportCase,
    exit_of,
    known_case,
    status_of,
)
from desk.actions.numbers import take_number
from desk.actions.search_doc import write_search_doc
from desk.rules.codes import (
    CaseStatus,
    Exit,
    Purpose,
)
from desk.rules.deeds import Deed
from desk.rules.identity import shown_name
from desk.rules.numbering import NumberKind, number_year
from desk.rules.pinyin import initials
from desk.rules.rights import require_hall
from desk.rules.urgency import Judgement
from desk.store.ids import new_id
from desk.store.models import Case, Category, Matter, OutsideNumber, PrivateFacts, Round
from desk.store.requests import Changes, action
from desk.store.transaction import Transaction

_TRAVELLING = frozenset({GUIDED, ASKED_SECRECY, MERGED_IN, *CAME})
UNGRADED = "待定级"  # the tag of a ticket that came without a level


@action(ImportCase, "case.imported")
def import_case(tx: Transaction, request: ImportCase) -> Changes:
    """Create the case of a ledger's row, or bring the known one up to it.

    Raises:
        NotAllowed: the person may not import ledgers.
    """
    require_hall(Deed.IMPORT, tx.person)
    known = known_case(
        tx.session, tx.street_id, request.platform, request.outside_number, request.received_at
    )
    if known is None:
        return _create(tx, request)
    case = tx.session.get_one(Case, known.case_id)
    if known.is_own or known.content_hash == request.content_hash:
        return Changes(f"台账内容与 {case.number} 相同，没有改动", made={"case": case.id})
    return _update(tx, request, case)


def _create(tx: Transaction, request: ImportCase) -> Changes:
    taken = take_number(tx, NumberKind.CASE, number_year(request.received_at))
    case = Case(
        id=request.case,
        street_id=tx.street_id,
        number=taken.text,
        year=taken.year,
        seq=taken.seq,
        platform=request.platform,
        exit=exit_of(request),
        headcount=1,
        needs=[],
        first_responder_id=request.first_responder,
        first_responder_name=request.first_responder_name,
        first_unit_id=request.first_unit,
        recorder_id=tx.person.staff_id,
        received_at=request.received_at,
        recorded_at=tx.now,
        is_backfilled=True,
        is_imported=True,
        judgement=asdict(Judgement()),
        status=status_of(request),
        round_no=1,
        return_count=0,
        is_overdue=False,
        changed_at=tx.now,
        **_facts(tx, request),
    )
    tx.touched.append(case)
    key = {"street_id": tx.street_id, "case_id": case.id}
    tx.add(
        case,
        PrivateFacts(**key, **_private(request)),
        Round(id=new_id(), **key, number=1, started_at=request.received_at),
        Matter(id=new_id(), **key, seq=1, content=case.summary, unit_id=request.lead),
        OutsideNumber(
            id=new_id(),
            **key,
            platform=request.platform,
            number=request.outside_number,
            content_hash=request.content_hash,
        ),
    )
    _involve(tx, case, request)
    write_history(tx, case, request)
    write_search_doc(tx, case)
    return Changes(
        "从台账导入",
        cases=(case.id,),
        made={"case": case.id, "number": case.number, "is_new": True},
        detail=_detail(tx, request),
    )


def _update(tx: Transaction, request: ImportCase, case: Case) -> Changes:
    """Bring a known case up to the row; what was done here since stays as it is."""
    tx.touch(case)
    flag_modified(case, "changed_at")  # the version moves even if the row says nothing new
    number = tx.session.scalars(
        select(OutsideNumber).where(
            OutsideNumber.street_id == tx.street_id,
            OutsideNumber.platform == request.platform,
            OutsideNumber.number == request.outside_number,
        )
    ).one()
    number.content_hash = request.content_hash
    worked_on_here = is_ours(tx, case)
    _renew(tx, request, case, worked_on_here=worked_on_here)
    tx.session.flush()
    _involve(tx, case, request)
    if not worked_on_here:
        write_history(tx, case, request)
    write_search_doc(tx, case)
    return Changes(
        "按台账更新",
        cases=(case.id,),
        made={
            "case": case.id,
            "number": case.number,
            "is_new": False,
            "kept_process": worked_on_here,
            "fixed": _fixed(case, request),
        },
        detail=_detail(tx, request),
    )


def _detail(tx: Transaction, request: ImportCase) -> str:
    """Return what the ledger tells, step by step, for the case's timeline."""
    return "\n".join([f"{request.platform} {request.outside_number}", *steps_of(tx, request)])


def _renew(tx: Transaction, request: ImportCase, case: Case, *, worked_on_here: bool) -> None:
    """Write the facts that the row may still change."""
    kept = _PROCESS if worked_on_here else frozenset()
    if case.is_imported:
        facts = tx.session.get_one(PrivateFacts, case.id)
        tx.watch(facts)
        for name, value in _private(request).items():
            setattr(facts, name, value)
    else:
        kept |= _TAKEN_IN_HERE
    for name, value in _facts(tx, request).items():
        silent = worked_on_here and name in _JUDGED and value is None
        if name not in kept and not silent:
            setattr(case, name, value)


def _fixed(case: Case, request: ImportCase) -> list[str]:
    """Return what the row says differently although it is settled once a case is registered."""
    settled = (
        ("受理时间", case.received_at, request.received_at),
        ("首问人", case.first_responder_name, request.first_responder_name),
        ("首办部门", case.first_unit_id, request.first_unit),
    )
    return [words_of_it for words_of_it, kept, told in settled if kept != told]


# What the hall's own handling decides once a case has been worked on here.
_PROCESS = frozenset(
    {
        "urgency",
        "is_complex",
        "is_graded",
        "mode",
        "lead_unit_id",
        "result",
        "closed_at",
        "answer",
    }
)


# What a clerk of the hall wrote down himself is not replaced by a platform's wording.
_TAKEN_IN_HERE = frozenset(
    {
        "channel",
        "purpose",
        "category_id",
        "summary",
        "details",
        "appellant_shown",
        "is_anonymous",
        "is_secret",
        "hides_appellant",
        "community_id",
        "grid_id",
        "note",
    }
)
# The resident's word: a ledger that is silent about it does not take it back.
_JUDGED = frozenset(
    {"was_contacted", "resolution", "satisfaction", "discontent", "discontent_note"}
)


def _facts(tx: Transaction, request: ImportCase) -> dict[str, Any]:
    """Return the columns of the case that a later import may bring up to date."""
    at_once = exit_of(request) in {Exit.ON_SPOT, Exit.GUIDANCE}
    closed = request.handled_at if at_once else request.followed_up_at or request.handled_at
    is_report = request.purpose is Purpose.REPORT
    is_hidden = is_report or ASKED_SECRECY in request.tags
    return {
        "channel": request.channel,
        "source_level": request.source_level,
        "purpose": request.purpose,
        "category_id": category_of(tx, request.category, request.new_subcategory),
        "summary": request.title or summary_of(request.details) or request.details[:SUMMARY_LENGTH],
        "details": request.details,
        "appellant_shown": shown_name(request.appellant, is_hidden=is_hidden),
        "is_anonymous": not request.appellant,
        "community_id": request.community,
        "grid_id": request.grid,
        "urgency": request.urgency,
        "is_complex": request.is_complex,
        "is_graded": UNGRADED not in request.tags,
        "is_secret": is_report,
        "hides_appellant": is_hidden,
        "mode": request.mode,
        "lead_unit_id": request.lead,
        "result": request.result,
        "was_contacted": request.was_contacted,
        "resolution": request.resolution,
        "satisfaction": request.satisfaction,
        "discontent": request.discontent,
        "discontent_note": request.discontent_note or None,
        "counts_in_rates": request.counts_in_rates,
        "excluded_reason": request.excluded_reason or None,
        "is_national_survey": request.is_national,
        "repeat_of_id": _main_case(tx, request),
        "repeat_of_number": request.repeat_of or None,
        "visit_mode": next((CAME[tag] for tag in request.tags if tag in CAME), None),
        "tags": [tag for tag in request.tags if tag not in _TRAVELLING],
        "note": request.note or None,
        "closed_at": closed if status_of(request) is CaseStatus.CLOSED else None,
        "answer": request.opinion if at_once else None,
    }


def _private(request: ImportCase) -> dict[str, str | None]:
    return {
        "name": request.appellant or None,
        "phone": request.phone or None,
        "other_phone": request.other_phone or None,
        "address": request.address or None,
    }


def category_of(tx: Transaction, category: int, new_subcategory: str) -> int:
    """Return the category; a second level new to the hall is added under the first."""
    if not new_subcategory:
        return category
    here = (Category.street_id == tx.street_id, Category.parent_id == category)
    known = tx.session.scalar(select(Category.id).where(*here, Category.name == new_subcategory))
    if known is not None:
        return known
    last = tx.session.scalar(
        select(func.max(Category.position)).where(Category.street_id == tx.street_id)
    )
    added = Category(
        id=new_id(),
        street_id=tx.street_id,
        parent_id=category,
        name=new_subcategory,
        pinyin=initials(new_subcategory),
        unit_id=None,
        position=(last or 0) + 1,
        valid_to=None,
    )
    tx.add(added)
    return added.id


def _main_case(tx: Transaction, request: ImportCase) -> int | None:
    """Return the case that this one repeats, known by an outside number or by ours."""
    if not request.repeat_of:
        return None
    outside = (
        select(OutsideNumber.case_id)
        .where(OutsideNumber.street_id == tx.street_id, OutsideNumber.number == request.repeat_of)
        .order_by(OutsideNumber.platform != request.platform)
        .limit(1)
    )
    ours = select(Case.id).where(Case.street_id == tx.street_id, Case.number == request.repeat_of)
    found = tx.session.scalar(outside) or tx.session.scalar(ours)
    return None if found == request.case else found


def _involve(tx: Transaction, case: Case, request: ImportCase) -> None:
    units = (case.first_unit_id, request.lead, *request.supports, request.community, request.grid)
    for unit in dict.fromkeys(units):
        if unit is not None:
            tx.involve(case, unit)
    tx.session.flush()
