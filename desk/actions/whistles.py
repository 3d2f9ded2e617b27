"""Whistles (吹哨): raised, changed, agreed to or sent back, taken back, filed.

What happens on the spot is in `whistle_site`. Sources: DOMAIN.md 002-14, 2.7, 9.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.actions.numbers import next_text
from desk.actions.whistle_access import (
    called_units,
    changed,
    known_whistle,
    opened,
    parties,
    put_on_paper,
    told_cases,
)
from desk.actions.whistle_words import PICK_UNIT, Call, WhistleWords, require_words, say
from desk.rules.codes import Purpose
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.rules.whistle_codes import WhistleResult, WhistleState
from desk.rules.whistling import (
    NOT_WHISTLED,
    Party,
    WhistleStep,
    is_runner,
    may_be_whistled,
    require_review_note,
)
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, EarlyAction, Unit, Whistle, WhistleCase, WhistleUnit
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

S = WhistleState


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseWhistle(Request):
    """Call units together: for one or many cases, for a finding, or for nothing of both (吹哨).

    Attributes:
        caller_unit: in whose name; one's own, or any for 信联办 and the leaders.
        finding: the finding (未诉先办) it is raised for.
        risen_from: the whistle that could not settle it one level below (提级).
    """

    caller_unit: int
    said: WhistleWords
    cases: tuple[int, ...] = ()
    finding: int | None = None
    risen_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWhistle(Request):
    """Say it otherwise before the units are called, e.g. after it came back (改后重报)."""

    whistle: int
    seen: int
    said: WhistleWords


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWhistle(Request):
    """Agree, so that the units are called, or send it back with a reason (信联办审核)."""

    whistle: int
    seen: int
    agrees: bool
    note: str = words("审核意见", Field.BODY, longest=200, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawWhistle(Request):
    """Take a whistle back, and say why (撤销); its number is not used again."""

    whistle: int
    seen: int
    note: str = words("撤销的理由", Field.BODY, longest=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWhistle(Request):
    """Put a rated whistle into the file (归档)."""

    whistle: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReissueSlip(Request):
    """Issue the slip anew from what is known now (重新出单)."""

    whistle: int


@action(RaiseWhistle, "whistle.raised")
def raise_whistle(tx: Transaction, request: RaiseWhistle) -> Changes:
    """Raise a whistle under its number; its slip comes out, each case's history says so.

    What 信联办 or a leader raises needs no further review: its units are called at once.

    Raises:
        NotAllowed: the asker raises none, or not for this unit or case.
        RuleBroken: where, why or whom is missing, or a case may not be told to other units.
    """
    require_hall(Deed.RAISE_WHISTLE, tx.person)
    _require_caller(tx, request.caller_unit)
    require_words(tx, request.said, request.caller_unit, request.happened_at)
    cases = [_told_case(tx, case_id) for case_id in sorted(set(request.cases))]
    below = None
    if request.risen_from is not None:
        below = known_whistle(tx, request.risen_from)
        _require_unsettled(below)
    whistle = Whistle(
        id=new_id(),
        street_id=tx.street_id,
        number=next_text(tx, NumberKind.WHISTLE, request.happened_at),
        is_imported=False,
        state=S.RAISED,
        caller_unit_id=request.caller_unit,
        raised_by=request.made_by,
        raised_at=request.happened_at,
        risen_from_id=below.id if below else None,
        changed_at=tx.now,
        version=1,
    )
    say(whistle, request.said)
    tx.add(whistle)
    tx.add(
        *(
            WhistleCase(whistle_id=whistle.id, case_id=one.id, street_id=tx.street_id)
            for one in cases
        )
    )
    _call(tx, whistle, request.said.units)
    if request.finding is not None:
        _link_finding(tx, whistle, request.finding)
    if is_runner(tx.person):
        _agree(tx, whistle, request.made_by, request.happened_at)
    paper = put_on_paper(tx, whistle)
    units = "、".join(unit_name(tx.session, one.unit, tx.today) for one in request.said.units)
    return Changes(
        f"吹哨 {whistle.number}，请{units}到场",
        cases=tuple(case.id for case in cases),
        made={"whistle": whistle.id, "number": whistle.number, "paper": paper.id},
        detail=request.said.matter,
    )


@action(ChangeWhistle, "whistle.changed")
def change_whistle(tx: Transaction, request: ChangeWhistle) -> Changes:
    """Change a whistle that was not agreed to yet; it is up for review again.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed, RuleBroken: it is somebody else's, its units are called, words are missing.
    """
    whistle = opened(tx, request.whistle, WhistleStep.CHANGE, request.seen)
    require_words(tx, request.said, whistle.caller_unit_id, whistle.raised_at)
    changed(tx, whistle)
    say(whistle, request.said)
    _call(tx, whistle, request.said.units)
    whistle.state = S.RAISED
    whistle.review_note = whistle.reviewed_by = whistle.reviewed_at = None
    if is_runner(tx.person):
        _agree(tx, whistle, request.made_by, request.happened_at)
    paper = put_on_paper(tx, whistle)
    return Changes(f"改哨单 {whistle.number}", made=_made(whistle, paper.id))


@action(ReviewWhistle, "whistle.reviewed")
def review_whistle(tx: Transaction, request: ReviewWhistle) -> Changes:
    """Agree or send back.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed, RuleBroken: it is not up for review, or a reason is missing.
    """
    whistle = opened(tx, request.whistle, WhistleStep.REVIEW, request.seen)
    require_review_note(agrees=request.agrees, note=request.note)
    changed(tx, whistle)
    whistle.review_note = request.note or None
    if request.agrees:
        _agree(tx, whistle, request.made_by, request.happened_at)
    else:
        whistle.state = S.RETURNED
        whistle.reviewed_by, whistle.reviewed_at = request.made_by, request.happened_at
    paper = put_on_paper(tx, whistle)
    word = "同意吹哨" if request.agrees else "退回哨单"
    return Changes(
        f"{word} {whistle.number}",
        cases=told_cases(tx, whistle),
        made=_made(whistle, paper.id),
        detail=request.note,
    )


@action(WithdrawWhistle, "whistle.withdrawn")
def withdraw_whistle(tx: Transaction, request: WithdrawWhistle) -> Changes:
    """Take a whistle back before anything came of it.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed, RuleBroken: it is somebody else's, has a result, or a reason is missing.
    """
    whistle = opened(tx, request.whistle, WhistleStep.WITHDRAW, request.seen)
    if not request.note.strip():
        raise RuleBroken("请写明为什么撤销，被叫的单位会看到。", field="note")
    changed(tx, whistle)
    whistle.state = S.WITHDRAWN
    whistle.withdraw_note = request.note
    whistle.withdrawn_by, whistle.withdrawn_at = request.made_by, request.happened_at
    return Changes(
        f"撤销哨单 {whistle.number}",
        cases=told_cases(tx, whistle),
        made=_made(whistle),
        detail=request.note,
    )


@action(FileWhistle, "whistle.filed")
def file_whistle(tx: Transaction, request: FileWhistle) -> Changes:
    """File a whistle; its last slip says so.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed, RuleBroken: the asker files none, or it is not rated yet.
    """
    whistle = opened(tx, request.whistle, WhistleStep.FILE, request.seen)
    changed(tx, whistle)
    whistle.state = S.FILED
    whistle.filed_by, whistle.filed_at = request.made_by, request.happened_at
    paper = put_on_paper(tx, whistle)
    return Changes(
        f"哨单归档 {whistle.number}",
        cases=told_cases(tx, whistle),
        made=_made(whistle, paper.id),
    )


@action(ReissueSlip, "whistle.reissued")
def reissue_slip(tx: Transaction, request: ReissueSlip) -> Changes:
    """Issue the slip with what is known now, e.g. with everybody who came.

    Raises:
        NotAllowed: the asker neither called nor runs whistles.
        RuleBroken: it was withdrawn.
    """
    whistle = known_whistle(tx, request.whistle)
    if not {Party.RUNNER, Party.CALLER} & parties(tx, whistle):
        raise NotAllowed("哨单由吹哨单位或信联办重新出。现有的这一版您可以打印。")
    if whistle.state is S.WITHDRAWN:
        raise RuleBroken("这张哨单已经撤销，不再出单。")
    tx.watch(whistle)
    paper = put_on_paper(tx, whistle)
    return Changes(f"重新出单 {whistle.number}", made=_made(whistle, paper.id))


def _made(whistle: Whistle, paper: int | None = None) -> dict[str, object]:
    made: dict[str, object] = {"whistle": whistle.id}
    return made if paper is None else made | {"paper": paper}


def _require_caller(tx: Transaction, unit_id: int) -> None:
    tx.own(Unit, unit_id, PICK_UNIT, field="caller_unit")
    if not (unit_id in tx.person.unit_ids or is_runner(tx.person)):
        raise NotAllowed("只能用本单位的名义吹哨。要替别的单位吹哨，请找信联办。")


def _told_case(tx: Transaction, case_id: int) -> Case:
    """Return a case that other units may read of; its history will say so."""
    case = tx.open_case(case_id, None, Deed.WHISTLE_FOR_CASE)
    is_about_us = bool(case.accused_unit_id or case.accused_staff_id)
    purpose = case.purpose or Purpose.OTHER
    if not may_be_whistled(is_secret=case.is_secret, purpose=purpose, is_about_us=is_about_us):
        raise RuleBroken(NOT_WHISTLED, field="cases")
    return case


def _require_unsettled(below: Whistle) -> None:
    if below.result is not WhistleResult.UNRESOLVED:
        raise RuleBroken("只有未化解的哨单才提级吹哨。请先登记处置结果。", field="risen_from")


def _link_finding(tx: Transaction, whistle: Whistle, finding_id: int) -> None:
    finding = tx.own(EarlyAction, finding_id, "找不到这件未诉先办，请刷新后再试。", field="finding")
    if finding.whistle_id is not None:
        raise RuleBroken("这件未诉先办已经吹过哨，请打开那张哨单接着办。", field="finding")
    tx.watch(finding)
    finding.whistle_id = whistle.id
    finding.version += 1
    finding.changed_at = tx.now


def _call(tx: Transaction, whistle: Whistle, calls: Sequence[Call]) -> None:
    """Put units on the list; who is on it no longer is taken off, nothing is called yet."""
    known = {
        row.unit_id: row
        for row in tx.session.scalars(
            select(WhistleUnit).where(WhistleUnit.whistle_id == whistle.id)
        )
    }
    for place, call in enumerate(calls, start=1):
        row = known.pop(call.unit, None)
        if row is None:
            row = WhistleUnit(
                id=new_id(), street_id=tx.street_id, whistle_id=whistle.id, unit_id=call.unit
            )
            tx.session.add(row)
        else:
            tx.watch(row)
        row.place_in_list, row.required_at = place, call.required_at
        row.contact = call.contact or None
        row.withdrawn_by = row.withdrawn_at = None
    for row in known.values():
        tx.watch(row)
        row.withdrawn_by, row.withdrawn_at = tx.person.staff_id, tx.now
    tx.session.flush()


def _agree(tx: Transaction, whistle: Whistle, by: int, at: datetime) -> None:
    whistle.state = S.CALLED
    whistle.reviewed_by, whistle.reviewed_at = by, at
    for row in called_units(tx, whistle):
        tx.watch(row)
        row.called_at = at
