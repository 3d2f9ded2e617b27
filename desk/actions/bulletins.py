"""Bulletins are issued, replaced, shown outside (通报、公开版), or make themselves (23 时快照).

What is issued is kept as it was: the figures, the sentences as they were edited, the paper. What
happens to the cases later shows as a difference (`queries.bulletins`), never in the bulletin.
Sources: DOMAIN.md 002-12, 001-5, 003-6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall, replace_paper
from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_paper import (
    bulletin_row,
    public_row,
    require_facts,
    require_sentences,
    sections_of,
)
from desk.rules.bulletin_periods import TITLES, bulletin_period
from desk.rules.bulletin_public import public_facts
from desk.rules.bulletin_settings import LEAST_COUNT
from desk.rules.bulletin_words import public_sentences
from desk.rules.codes import PaperState
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.numbering import NumberKind
from desk.rules.papers import BULLETIN, PUBLIC_BULLETIN
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import Bulletin, Paper
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_GONE = "找不到这份通报，请刷新后再试。"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueBulletin(Request):
    """Issue a bulletin, or a new version of one.

    Attributes:
        figures: the facts as they were read (`queries.bulletin_facts`).
        sections, texts: the sentences by section, as they were edited; a sentence a line.
        replaces: the bulletin in force for the same days, where there is one.
    """

    figures: Mapping[str, Any]
    sections: tuple[str, ...] = ()
    texts: tuple[str, ...] = words("通报正文", Field.BODY, default=())
    replaces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePublicBulletin(Request):
    """Make the public version of a bulletin (公开版)."""

    bulletin: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDayPicture(Request):
    """Keep the picture of a day that made itself at 23:00, or the next time a desk was on.

    Attributes:
        picture: plain data (`queries.day_picture`).
    """

    day: date
    picture: Mapping[str, Any]


@action(IssueBulletin, "bulletin.issued")
def issue_bulletin(tx: Transaction, request: IssueBulletin) -> Changes:
    """Issue a bulletin with its figures and words as they are, under its number.

    Raises:
        NotAllowed: who asks may not issue bulletins.
        RuleBroken: the days are none of a bulletin, one is in force for them, or nothing is said.
    """
    require_hall(Deed.ISSUE_BULLETIN, tx.person)
    facts = request.figures
    require_facts(facts)
    kind = BulletinKind(facts["kind"])
    sentences = sections_of(request.sections, request.texts)
    require_sentences(kind, sentences)
    first, last = _days(tx, kind, facts)
    old = _in_force(tx, kind, first)
    _require_newest(old, request.replaces)
    number = old.number if old else next_text(tx, NumberKind.BULLETIN, request.happened_at)
    assert number is not None  # noqa: S101 - whatever is issued has one
    paper = issue_for_hall(tx, BULLETIN, bulletin_row(facts, sentences), number)
    row = Bulletin(
        id=new_id(),
        street_id=tx.street_id,
        kind=kind,
        first_day=first,
        last_day=last,
        rules_name=facts["rules"],
        figures=dict(facts),
        sentences=sentences,
        is_made_by_itself=False,
        issued_by=request.made_by,
        issued_at=request.happened_at,
        made_at=datetime.fromisoformat(facts["made"]),
        paper_id=paper.id,
        number=number,
    )
    tx.add(row)
    if old is not None:
        _replace(tx, old, row, paper)
    title = f"{'重新印发' if old else '印发'}{label(kind)} {number}"
    return Changes(title, made={"bulletin": row.id, "paper": paper.id, "number": number})


@action(IssuePublicBulletin, "bulletin.published")
def issue_public_bulletin(tx: Transaction, request: IssuePublicBulletin) -> Changes:
    """Make the public version of a bulletin: no case, no person, no count too small to be told.

    Its sentences are written by rule from what may be told; what was edited stays inside.

    Raises:
        NotAllowed: who asks may not issue bulletins.
        RuleBroken: there is no such bulletin, it was replaced, or it is the picture of a day.
    """
    require_hall(Deed.ISSUE_BULLETIN, tx.person)
    row = tx.own(Bulletin, request.bulletin, _GONE)
    if row.number is None or row.replaced_by_id is not None:
        raise RuleBroken("只有现行的通报可以出公开版，请在列表里选最新的一份。")
    least = setting(tx.session, tx.street_id, LEAST_COUNT, tx.today)
    facts = public_facts(row.figures, least)
    about = public_row(facts, public_sentences(facts), least)
    paper = issue_for_hall(tx, PUBLIC_BULLETIN, about, row.number)
    tx.watch(row)
    if row.public_paper_id is not None:
        replace_paper(tx, tx.session.get_one(Paper, row.public_paper_id), paper)
    row.public_paper_id = paper.id
    made = {"bulletin": row.id, "paper": paper.id, "number": row.number}
    return Changes(f"出{label(row.kind)} {row.number} 的公开版", made=made)


@action(KeepDayPicture, "bulletin.pictured")
def keep_day_picture(tx: Transaction, request: KeepDayPicture) -> Changes:
    """Keep the picture of a day, exactly once: what a second desk brings is refused.

    Raises:
        NotAllowed: who is signed in may not issue bulletins.
        RuleBroken: the day has not come yet, or its picture is kept already.
    """
    require_hall(Deed.ISSUE_BULLETIN, tx.person)
    if request.day > tx.today:
        raise RuleBroken("这一天还没有到，不能留快照。", field="day")
    row_id = new_id()
    tx.add_unless_there(
        Bulletin,
        {
            "id": row_id,
            "street_id": tx.street_id,
            "kind": BulletinKind.DAILY,
            "first_day": request.day,
            "last_day": request.day,
            "rules_name": "",
            "figures": dict(request.picture),
            "sentences": {},
            "is_made_by_itself": True,
            "made_at": tx.now,
        },
    )
    if tx.session.get(Bulletin, row_id) is None:
        raise RuleBroken(f"{request.day:%Y-%m-%d} 的 23 时快照已经有了。")
    return Changes(f"自动留存 {request.day:%Y-%m-%d} 的 23 时快照", made={"bulletin": row_id})


def _days(tx: Transaction, kind: BulletinKind, facts: Mapping[str, Any]) -> tuple[date, date]:
    """Return the days of a bulletin.

    Raises:
        RuleBroken: they are not those of a day, a week or a month that has begun.
    """
    first, last = date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"])
    whole = bulletin_period(kind, first, tx.today).whole
    if (whole.first, whole.last) != (first, last):
        raise RuleBroken(f"{TITLES[kind]}的起止日期不对，请重新打开“通报”再印发。", field="on")
    return first, last


def _in_force(tx: Transaction, kind: BulletinKind, first: date) -> Bulletin | None:
    return tx.session.scalar(
        select(Bulletin).where(
            Bulletin.street_id == tx.street_id,
            Bulletin.kind == kind,
            Bulletin.first_day == first,
            Bulletin.is_made_by_itself.is_(False),
            Bulletin.replaced_by_id.is_(None),
        )
    )


def _require_newest(old: Bulletin | None, replaces: int | None) -> None:
    if old is not None and replaces != old.id:
        raise RuleBroken(f"这一期已经印发为 {old.number}。要改，请打开它再重新印发。")
    if old is None and replaces is not None:
        raise RuleBroken("要重新印发的那一份已经换过，请刷新后再试。")


def _replace(tx: Transaction, old: Bulletin, new: Bulletin, paper: Paper) -> None:
    """Put a new version into the place of an old one; its paper is void, its words stay."""
    tx.watch(old)
    old.replaced_by_id = new.id
    replace_paper(tx, tx.session.get_one(Paper, old.paper_id), paper)
    if old.public_paper_id is not None:
        outside = tx.session.get_one(Paper, old.public_paper_id)
        tx.watch(outside)
        outside.state = PaperState.VOID
