"""One person across his cases (一人一档): looking is noted, 是同一人 is said and taken back.

Nothing of the cases changes, so nobody's open form becomes stale; who said it and why stays in
the row, also after it was taken back (DOMAIN.md 9.4).
"""

from dataclasses import dataclass

from sqlalchemy import select

from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rights import NOT_FOUND, may_see, require_hall
from desk.store.gate import amount, words
from desk.store.ids import new_id
from desk.store.models import Case, PersonLink
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction, stand_of

_GONE = "这条认定已经撤回了，请刷新一人一档。"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtPerson(Request):
    """Note that somebody opened the page of a person, and from where.

    Attributes:
        case: one of the cases that were shown, if any.
        times: how many were shown.
    """

    where: str = words("在哪里看的")
    case: int | None = None
    times: int = amount("件数", default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SayWhoIsSame(Request):
    """Say that the appellants of two cases are the same person, or are not."""

    case: int
    other: int
    is_same: bool
    reason: str = words("理由")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackWhoIsSame(Request):
    """Take back what was said of two cases."""

    link: int
    reason: str = words("撤回理由")


@action(LookAtPerson, "person.looked")
def look_at_person(tx: Transaction, request: LookAtPerson) -> Changes:
    """Note the look; the line names one case and moves no version.

    Raises:
        NotAllowed: the person works with no cases, or may not see this one.
    """
    require_hall(Deed.LINK_PEOPLE, tx.person)
    title = f"查看一人一档（{request.where}，{request.times} 件）"
    if request.case is None:
        return Changes(title)
    case = _visible(tx, request.case)
    return Changes(title, made={"case": case.id, "number": case.number})


@action(SayWhoIsSame, "person.linked")
def say_who_is_same(tx: Transaction, request: SayWhoIsSame) -> Changes:
    """Keep what was said; what was said of the two before is taken back by it.

    Raises:
        NotAllowed: the person may not see both cases.
        RuleBroken: they are one case, there is no reason, or the same was said before.
    """
    require_hall(Deed.LINK_PEOPLE, tx.person)
    if request.case == request.other:
        raise RuleBroken("请选另一件，一件不能与自己比。")
    if not request.reason:
        raise RuleBroken("请写明怎么看出来的，例如当面核对了证件。", field="reason")
    one, other = (_visible(tx, case) for case in sorted((request.case, request.other)))
    before = tx.session.scalar(
        select(PersonLink).where(
            PersonLink.case_id == one.id,
            PersonLink.other_case_id == other.id,
            PersonLink.ended_at.is_(None),
        )
    )
    if before is not None and before.is_same is request.is_same:
        raise RuleBroken("这两件已经这样认定过了，不用再认一次。")
    if before is not None:
        _end(tx, before, request.reason)
        tx.session.flush()  # one pair has one word that stands
    link = PersonLink(
        id=new_id(),
        street_id=tx.street_id,
        case_id=one.id,
        other_case_id=other.id,
        is_same=request.is_same,
        reason=request.reason,
        made_by=tx.person.staff_id,
        made_at=tx.now,
    )
    tx.add(link)
    said = "是同一人" if request.is_same else "不是同一人"
    made = {"link": link.id, "case": one.id, "other": other.id}
    return Changes(f"认定 {one.number} 与 {other.number} {said}", made=made)


@action(TakeBackWhoIsSame, "person.unlinked")
def take_back_who_is_same(tx: Transaction, request: TakeBackWhoIsSame) -> Changes:
    """End what was said; the row stays, with who took it back and why.

    Raises:
        NotAllowed: the person may not see both cases.
        RuleBroken: there is no reason, no such row, or somebody took it back already.
    """
    require_hall(Deed.LINK_PEOPLE, tx.person)
    if not request.reason:
        raise RuleBroken("请写明为什么撤回。", field="reason")
    link = tx.own(PersonLink, request.link, _GONE)
    one, other = _visible(tx, link.case_id), _visible(tx, link.other_case_id)
    if link.ended_at is not None:
        raise RuleBroken(_GONE)
    _end(tx, link, request.reason)
    said = "是同一人" if link.is_same else "不是同一人"
    made = {"link": link.id, "case": one.id, "other": other.id}
    return Changes(f"撤回“{one.number} 与 {other.number} {said}”", made=made)


def _visible(tx: Transaction, case_id: int) -> Case:
    case = tx.session.get(Case, case_id)
    if case is None or case.street_id != tx.street_id:
        raise NotAllowed(NOT_FOUND)
    if not may_see(stand_of(tx.session, case), tx.person):
        raise NotAllowed(NOT_FOUND)
    return case


def _end(tx: Transaction, link: PersonLink, reason: str) -> None:
    tx.watch(link)
    link.ended_by = tx.person.staff_id
    link.ended_at = tx.now
    link.end_reason = reason
