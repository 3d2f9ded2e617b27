"""What every step of a whistle begins and ends with (吹哨单): found, allowed, put on paper."""

from collections.abc import Sequence

from sqlalchemy import select

from desk.actions.papers import issue_for_hall, replace_paper
from desk.rules.codes import CaseStatus, UnitKind
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken, StaleCase
from desk.rules.rights import may
from desk.rules.whistling import (
    NOT_FOUND,
    Party,
    WhistleStep,
    parties_of,
    require_step,
)
from desk.store.models import Case, Paper, Unit, Whistle, WhistleCase, WhistleDuty, WhistleUnit
from desk.store.sight import seen_by
from desk.store.transaction import Transaction, stand_of
from desk.store.whistle_rows import PAPER, slip_row
from desk.store.whistle_sight import whistle_seen_by

_STALE = "这张哨单刚被更新。您写的内容还在，请看过最新情况后再存。"


def known_whistle(tx: Transaction, whistle_id: int) -> Whistle:
    """Return a whistle that the asker may know of.

    Raises:
        RuleBroken: there is none, or it is kept from him: the same sentence.
    """
    whistle = tx.session.scalar(
        select(Whistle).where(Whistle.id == whistle_id, whistle_seen_by(tx.person))
    )
    if whistle is None:
        raise RuleBroken(NOT_FOUND, field="whistle")
    return whistle


def opened(tx: Transaction, whistle_id: int, step: WhistleStep, seen: int | None = None) -> Whistle:
    """Return a whistle on which this may be done now.

    Args:
        seen: the version the asker had on screen; None for what merely adds to it.

    Raises:
        StaleCase: somebody changed it meanwhile.
        NotAllowed, RuleBroken: it is not the asker's to do, or not now.
    """
    whistle = known_whistle(tx, whistle_id)
    if seen is not None and whistle.version != seen:
        raise StaleCase(_STALE)
    require_step(step, whistle.state, parties(tx, whistle))
    return whistle


def parties(tx: Transaction, whistle: Whistle) -> frozenset[Party]:
    """Return what the asker has to do with a whistle."""
    duties = select(WhistleDuty.unit_id).where(
        WhistleDuty.whistle_id == whistle.id, WhistleDuty.removed_at.is_(None)
    )
    return parties_of(
        tx.person,
        caller_unit=whistle.caller_unit_id,
        raised_by=whistle.raised_by,
        called_units=[
            *(one.unit_id for one in called_units(tx, whistle)),
            *tx.session.scalars(duties),
        ],
    )


def changed(tx: Transaction, whistle: Whistle) -> None:
    """Count a whistle as changed before it is; who comes or finishes a part changes none."""
    tx.watch(whistle)
    whistle.version += 1
    whistle.changed_at = tx.now


def called_units(tx: Transaction, whistle: Whistle) -> Sequence[WhistleUnit]:
    """Return the units that are called, in their order."""
    return tx.session.scalars(
        select(WhistleUnit)
        .where(WhistleUnit.whistle_id == whistle.id, WhistleUnit.withdrawn_at.is_(None))
        .order_by(WhistleUnit.place_in_list, WhistleUnit.id)
    ).all()


def is_outside(tx: Transaction, unit_id: int) -> bool:
    """Return whether a unit is none of the street's own."""
    return tx.session.get_one(Unit, unit_id).kind is UnitKind.OUTSIDE


def put_on_paper(tx: Transaction, whistle: Whistle) -> Paper:
    """Issue the slip as the whistle stands now, under its number; the one before is void."""
    tx.session.flush()
    old = tx.session.get(Paper, whistle.paper_id) if whistle.paper_id else None
    row = slip_row(tx.session, whistle, tx.today)
    paper = issue_for_hall(tx, PAPER, row, whistle.number)
    if old is not None:
        replace_paper(tx, old, paper)
        tx.session.flush()
    whistle.paper_id = paper.id
    tx.session.flush()
    return paper


def told_cases(tx: Transaction, whistle: Whistle) -> tuple[int, ...]:
    """Count the cases of a whistle as touched, so that their histories tell what came of it.

    Only those that the asker sees and that are not in the archive.
    """
    found = tx.session.scalars(
        select(Case)
        .join(WhistleCase, WhistleCase.case_id == Case.id)
        .where(
            WhistleCase.whistle_id == whistle.id,
            Case.status != CaseStatus.ARCHIVED,
            seen_by(tx.person),
        )
        .order_by(Case.id)
        .with_for_update(of=Case)
    ).all()
    told = [case for case in found if may(Deed.NOTE, stand_of(tx.session, case), tx.person)]
    for case in told:
        tx.touch(case)
    return tuple(case.id for case in told)
