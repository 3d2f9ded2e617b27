"""Neighbours who come with the same thing, and people who change their minds (合并、撤回)."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.set_aside import LinkRepeat, MergeCase, WithdrawCase
from desk.demo.index import StreetIndex
from desk.rules.codes import CaseStatus, ConfirmWay, Role
from desk.rules.errors import RuleBroken
from desk.store.database import Database
from desk.store.models import Case
from desk.store.requests import Request

_MAIN = (CaseStatus.HANDLING, CaseStatus.ACCEPTED)
_JOINING = (CaseStatus.RECEIVED, CaseStatus.DISPATCHED, CaseStatus.ACCEPTED, CaseStatus.HANDLING)
_JOINED = (2, 1, 1)  # how many join each main case
_WHY = "同一小区同一件事，现场核实为同一原因，一并办理。"
_CHANGED_MINDS = (
    ("物业昨天已经修好了，不用再办了。", ConfirmWay.PHONE, "{who} 电话回访时本人确认。"),
    ("和邻居当面说开了，不想再追究。", ConfirmWay.IN_PERSON, "本人到窗口签了撤回申请。"),
    ("想先走物业投诉，暂时撤回。", ConfirmWay.WRITTEN, "今天收到本人来信。"),
)


def live_together(database: Database, street: StreetIndex) -> None:
    """Merge what neighbours brought, link what was brought before, let some take theirs back."""
    for request in _merges(database, street):
        try:
            database.carry_out(request)
        except RuleBroken:  # two that do not fit stay apart
            continue
    for request in _withdrawals(database, street):
        database.carry_out(request)


def _merges(database: Database, street: StreetIndex) -> Iterator[Request]:
    by = street.by_role[Role.DISPATCHER][0].id
    used: set[int] = set()
    for main in _open(database, _MAIN):
        joined = _JOINED[min(len(used) // 2, len(_JOINED) - 1)]
        alike = [
            row
            for row in _open(database, _JOINING)
            if (row.category_id, row.community_id) == (main.category_id, main.community_id)
            and row.id != main.id
            and row.id not in used
        ]
        if main.id in used or len(alike) < joined:
            continue
        used |= {main.id, *(row.id for row in alike)}
        for row in alike[:joined]:
            yield MergeCase(**_head(database, by, row), into=main.id, reason=_WHY)
        for row in alike[joined : joined + 1]:
            yield LinkRepeat(**_head(database, by, row), earlier=main.id)


def _withdrawals(database: Database, street: StreetIndex) -> Iterator[Request]:
    who = street.by_role[Role.CLERK][0]
    rows = _open(database, (CaseStatus.ACCEPTED, CaseStatus.HANDLING))[::3]
    for row, (reason, way, note) in zip(rows, _CHANGED_MINDS, strict=False):
        yield WithdrawCase(
            **_head(database, who.id, row),
            reason=reason,
            way=way,
            note=note.format(who=who.name),
            over_reason="诉求人约好的时间",
        )


def _open(database: Database, statuses: Sequence[CaseStatus]) -> list[Any]:
    """Return cases nobody complains in about the street itself, the latest first."""
    merged = select(Case.merged_into_id).where(Case.merged_into_id.is_not(None))
    query = (
        select(Case.id, Case.version, Case.category_id, Case.community_id)
        .where(
            Case.status.in_(statuses),
            Case.is_secret.is_(False),
            Case.accused_unit_id.is_(None),
            Case.accused_staff_id.is_(None),
            Case.id.not_in(merged),
        )
        .order_by(Case.received_at.desc(), Case.seq.desc())
    )
    with Session(database.engine) as session:
        return list(session.execute(query))


def _head(database: Database, made_by: int, row: Any) -> dict[str, Any]:
    return {
        "made_by": made_by,
        "happened_at": database.now(),
        "case": row.id,
        "seen": row.version,
    }
