"""Erasing a file's personal data (抹除): one person asks, another decides, the chain stays whole.

When its time of keeping is over, or when whom it is about asks for it and no rule keeps it longer
(个保法第四十七条). A file is a case or a mediation. What goes and what stays:
`rules.personal_data`.
"""

from dataclasses import dataclass

from sqlalchemy import select

from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.privacy_codes import ErasureGround
from desk.rules.rights import require_hall
from desk.store.erasing import ERASED, erase_file
from desk.store.erasing_traces import empty_journal_afterwards, forget_tokens
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.keeping_times import ended_file, kept_until
from desk.store.models import Case, Erasure, Mediation
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_LEADERS = frozenset({Role.LEADER, Role.CHIEF})
_DECIDES_MEDIATIONS = _LEADERS | {Role.DIRECTOR}
_DEEDS = (Deed.ERASE, Deed.ERASE_MEDIATION)  # of a case, of a mediation
_GONE = "找不到这份抹除申请，可能已经有人处理。请刷新列表。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskErasure(Request):
    """Ask that the personal data of a case, or of a mediation, be erased, and say why."""

    case: int | None = None
    mediation: int | None = None
    ground: ErasureGround
    reason: str = words("抹除的理由")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideErasure(Request):
    """Decide on what somebody else asked to erase."""

    erasure: int
    is_granted: bool
    note: str = words("批注", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutErasure(Request):
    """Erase what was decided; on the shared server whoever maintains it does so."""

    erasure: int


@action(AskErasure, "private.erasure_asked")
def ask_erasure(tx: Transaction, request: AskErasure) -> Changes:
    """Put an erasure on the desk of whoever decides it.

    Raises:
        NotAllowed: neither archivist nor leader; of a mediation, neither secretary nor director.
        RuleBroken: no reason, the file has not ended, is still to be kept, or is asked for already.
    """
    require_hall(_DEEDS[request.mediation is not None], tx.person)
    file = _file(tx, request.case, request.mediation)
    if not request.reason.strip():
        raise RuleBroken("请写明抹除的理由，会一直留着。", field="reason")
    if ended_file(file) is None:
        raise RuleBroken("归档、撤回或引导完的才能抹除。请先办结归档。")
    _require_over(tx, file, request.ground)
    row = Erasure(
        id=new_id(),
        street_id=tx.street_id,
        ground=request.ground,
        reason=request.reason,
        asked_by=tx.person.staff_id,
        asked_at=tx.now,
        **_names(file),
    )
    open_ones = select(Erasure.id).where(
        Erasure.case_id == row.case_id
        if isinstance(file, Case)
        else Erasure.mediation_id == row.mediation_id,
        Erasure.is_granted.is_not(False),
    )
    if tx.session.scalar(open_ones.limit(1)) is not None:
        raise RuleBroken("这一件已经申请过抹除，不用再申请。")
    tx.add(row)
    return Changes("申请抹除个人信息", made={"erasure": row.id, **_made(file)})


@action(DecideErasure, "private.erasure_decided")
def decide_erasure(tx: Transaction, request: DecideErasure) -> Changes:
    """Grant or refuse an erasure that somebody else asked for.

    Raises:
        NotAllowed: no leader; of a mediation, neither leader nor director.
        RuleBroken: his own, decided already, or nobody says why it is refused.
    """
    row = tx.own(Erasure, request.erasure, _GONE)
    require_hall(_DEEDS[row.mediation_id is not None], tx.person)
    file = _file(tx, row.case_id, row.mediation_id)
    deciders = _LEADERS if isinstance(file, Case) else _DECIDES_MEDIATIONS
    if not tx.person.roles & deciders:
        who = "领导" if isinstance(file, Case) else "领导或调委会主任"
        raise NotAllowed(f"抹除由{who}决定，档案员、秘书提出申请。")
    if row.asked_by == tx.person.staff_id:
        raise RuleBroken("自己提出的抹除要由另一位领导决定。")
    if row.is_granted is not None:
        raise RuleBroken("这份抹除申请已经处理过了。请刷新列表。")
    if not request.is_granted and not request.note.strip():
        raise RuleBroken("不同意请写一句为什么。", field="note")
    row.is_granted, row.note = request.is_granted, request.note or None
    row.decided_by, row.decided_at = tx.person.staff_id, tx.now
    said = "同意" if request.is_granted else "不同意"
    return Changes(f"{said}抹除个人信息", made=_made(file), detail=request.note)


@action(CarryOutErasure, "private.erased")
def carry_out_erasure(tx: Transaction, request: CarryOutErasure) -> Changes:
    """Erase what two people decided on; the line that says so keeps the chain lawful.

    On a file of one machine whoever may ask does it too; on the shared server nobody's login is
    able to, so that whoever maintains the server does.

    Raises:
        NotAllowed: on the shared server, only whoever maintains the database does this.
        RuleBroken: nobody decided so, or it was done already.
    """
    tx.require_maintainer("共用服务器上由管机器的同事运行 erase 命令抹除。")
    row = tx.own(Erasure, request.erasure, _GONE)
    require_hall(_DEEDS[row.mediation_id is not None], tx.person)
    file = _file(tx, row.case_id, row.mediation_id)
    if not row.is_granted or row.counts is not None:
        raise RuleBroken(_GONE)
    tx.session.refresh(file, with_for_update=True)
    gone = erase_file(tx.session, file)
    tx.touch(file)  # only now: the line must not remember what it was before
    row.counts, row.reason, row.note = gone.counts, ERASED, None
    _leave_no_trace(tx)
    made = {"rows": sum(gone.counts.values()), "lines": gone.lines}
    cases = (file.id,) if isinstance(file, Case) else ()
    mediations = () if isinstance(file, Case) else (file.id,)
    return Changes("按规定抹除个人信息", cases=cases, mediations=mediations, made=made)


def _leave_no_trace(tx: Transaction) -> None:
    """Take out of the file itself what the tables no longer say; the index with the last one."""
    tx.session.flush()
    waiting = select(Erasure.id).where(Erasure.is_granted.is_(True), Erasure.counts.is_(None))
    if tx.session.scalar(waiting.limit(1)) is None:
        forget_tokens(tx.session)
    empty_journal_afterwards(tx.session)


def _file(tx: Transaction, case: int | None, mediation: int | None) -> Case | Mediation:
    gone = "找不到这一件，可能已不归您查看。请刷新列表。"
    if mediation is not None:
        return tx.own(Mediation, mediation, gone)
    return tx.own(Case, case or 0, gone)


def _names(file: Case | Mediation) -> dict[str, int]:
    return {"case_id": file.id} if isinstance(file, Case) else {"mediation_id": file.id}


def _made(file: Case | Mediation) -> dict[str, int]:
    return {"case": file.id} if isinstance(file, Case) else {"mediation": file.id}


def _require_over(tx: Transaction, file: Case | Mediation, ground: ErasureGround) -> None:
    """Raise RuleBroken where a file is to be kept longer and nobody wished otherwise."""
    if ground is not ErasureGround.EXPIRED:
        return
    over = kept_until(tx.session, tx.street_id, file, tx.today)
    if over is None:
        raise RuleBroken("这一件按规定永久保管，没有到期的一天。")
    if tx.today < over:
        raise RuleBroken(
            f"这一件要保管到 {over.year} 年 {over.month} 月 {over.day} 日，还没有到期。"
        )
