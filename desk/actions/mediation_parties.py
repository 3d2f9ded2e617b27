"""Parties of a mediation (当事人) and those who come along: agents, guardians, interpreters."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from desk.actions.booking_people import settle_people
from desk.rules.codes import Sex
from desk.rules.errors import RuleBroken
from desk.rules.mediation_acceptance import AcceptedParty, is_minor, minor_sentence
from desk.rules.mediation_codes import CompanionRole, MediationStatus, PartyKind, PartySide
from desk.rules.mediation_rights import MediationDeed
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import amount, words
from desk.store.ids import new_id
from desk.store.mediation_access import open_mediation
from desk.store.models import (
    Mediation,
    MediationCompanion,
    MediationParty,
    Mediator,
    MediatorTie,
)
from desk.store.person_keys import kept_key, keys_of
from desk.store.requests import Changes, MediationRequest, action
from desk.store.transaction import Transaction

_SAY_WHY = "请写一句理由，原来的内容会留在历史里。"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionFacts:
    """Who comes along with a party."""

    role: CompanionRole
    name: str = words("姓名", Field.NAME)
    phone: str = words("电话", longest=40, default="")
    id_number: str = words("证件号码", longest=40, default="")
    powers: str = words("委托权限", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """What is known of a party; of an organisation its name and who represents it."""

    side: PartySide
    kind: PartyKind = PartyKind.PERSON
    name: str = words("姓名或名称")
    sex: Sex | None = None
    ethnicity: str = words("民族", longest=40, default="")
    birth_year: int | None = amount("出生年份", 1900, 2100, default=None)
    occupation: str = words("职业或职务", longest=100, default="")
    phone: str = words("电话", longest=40, default="")
    id_number: str = words("证件号码", longest=40, default="")
    address: str = words("单位或住址", default="")
    serve_address: str = words("送达地址", default="")
    represented_by: str = words("法定代表人", longest=100, default="")
    needs: str = words("所需服务", longest=100, default="")
    agreed_on: date | None = None
    companions: tuple[CompanionFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddParty(MediationRequest):
    """Add a party."""

    party: PartyFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeParty(MediationRequest):
    """Write a party's facts anew; those who come along are replaced by the ones given."""

    which: int
    party: PartyFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveParty(MediationRequest):
    """Say that a party leaves the mediation (退出), or was written down by mistake."""

    which: int
    reason: str = words("退出的原因", default="")


@action(AddParty, "mediation.party_added")
def add_party(tx: Transaction, request: AddParty) -> Changes:
    """Add a party; the history says on which side, never who.

    Raises:
        RuleBroken: no name, a minor without a guardian, or the mediator must keep out of it.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.CORRECT)
    check_party(tx, mediation, request.party)
    made = add_parties(tx, mediation, [request.party])
    settle_people(tx, mediation)
    return Changes(
        f"增加当事人（{label(request.party.side)}）",
        mediations=(mediation.id,),
        made={"party": made[0].id},
    )


@action(ChangeParty, "mediation.party_changed")
def change_party(tx: Transaction, request: ChangeParty) -> Changes:
    """Write a party's facts anew.

    Raises:
        RuleBroken: the party has left, or what is written cannot be kept.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.CORRECT)
    party = party_of(tx, mediation, request.which)
    check_party(tx, mediation, request.party)
    for name, value in _columns(request.party).items():
        setattr(party, name, value)
    for row in _companions_of(tx, party):
        row.left_on = tx.today
    tx.add(*_companion_rows(tx, party, request.party.companions))
    settle_people(tx, mediation)
    return Changes(f"更改当事人（{label(party.side)}）的信息", mediations=(mediation.id,))


@action(RemoveParty, "mediation.party_left")
def remove_party(tx: Transaction, request: RemoveParty) -> Changes:
    """Let a party leave; what was written about him stays in the file.

    Raises:
        RuleBroken: no reason, or fewer than two sides would be left.
    """
    mediation = open_mediation(tx, request.mediation, request.seen, MediationDeed.CORRECT)
    party = party_of(tx, mediation, request.which)
    if not request.reason.strip():
        raise RuleBroken(_SAY_WHY, field="reason")
    rest = [row for row in live_parties(tx, mediation) if row is not party]
    sides = {row.side for row in rest}
    is_examined = mediation.status is MediationStatus.APPLIED
    if not is_examined and not sides >= {PartySide.APPLICANT, PartySide.RESPONDENT}:
        raise RuleBroken(
            "退出后就不足两方了，这件调解不能再继续，请改为“终止”或“撤回”。", field="which"
        )
    party.left_on = tx.today
    for row in _companions_of(tx, party):
        row.left_on = tx.today
    settle_people(tx, mediation)
    return Changes(
        f"当事人（{label(party.side)}）退出", mediations=(mediation.id,), detail=request.reason
    )


def check_party(tx: Transaction, mediation: Mediation | None, party: PartyFacts) -> None:
    """Refuse a party that cannot be kept.

    Args:
        mediation: the one it belongs to; None while that is being opened.

    Raises:
        RuleBroken: no name, a companion without one, a minor without a guardian once it is
            accepted, or the mediator must keep out of it.
    """
    if not party.name.strip():
        raise RuleBroken("请写当事人的姓名或单位名称。", field="name")
    if any(not one.name.strip() for one in party.companions):
        raise RuleBroken("请写代理人、监护人或翻译的姓名，不需要就删去这一行。", field="companions")
    if mediation is None or mediation.status is MediationStatus.APPLIED:
        return
    known = accepted_party(party, (one.role for one in party.companions))
    if is_minor(known, tx.today) and not known.has_guardian:
        raise RuleBroken(minor_sentence(party.name), field="companions")
    if mediation.mediator_id is not None:
        mediator = tx.session.get_one(Mediator, mediation.mediator_id)
        require_no_tie(tx, mediator, [party])


def add_parties(
    tx: Transaction, mediation: Mediation, parties: Iterable[PartyFacts]
) -> list[MediationParty]:
    """Write parties down below those that are there, and return their rows."""
    last = tx.session.scalar(
        select(func.max(MediationParty.position)).where(MediationParty.mediation_id == mediation.id)
    )
    made = []
    for position, facts in enumerate(parties, start=(last or 0) + 1):
        row = MediationParty(
            id=new_id(),
            street_id=tx.street_id,
            mediation_id=mediation.id,
            position=position,
            no_shows=0,
            **_columns(facts),
        )
        tx.add(row)
        tx.add(*_companion_rows(tx, row, facts.companions))
        made.append(row)
    return made


def live_parties(tx: Transaction, mediation: Mediation) -> list[MediationParty]:
    """Return the parties who have not left, in their order."""
    return list(
        tx.session.scalars(
            select(MediationParty)
            .where(MediationParty.mediation_id == mediation.id, MediationParty.left_on.is_(None))
            .order_by(MediationParty.position)
        )
    )


def party_of(tx: Transaction, mediation: Mediation, party_id: int) -> MediationParty:
    """Return a party of the mediation who has not left.

    Raises:
        RuleBroken: there is none.
    """
    found = tx.session.get(MediationParty, party_id)
    if found is None or found.mediation_id != mediation.id or found.left_on is not None:
        raise RuleBroken("找不到这位当事人，可能已退出，请刷新后再试。", field="which")
    return found


def accepted_parties(tx: Transaction, mediation: Mediation) -> list[AcceptedParty]:
    """Return the parties as the rule of acceptance needs to know them."""
    return [
        accepted_party(row, (one.role for one in _companions_of(tx, row)))
        for row in live_parties(tx, mediation)
    ]


def accepted_party(
    party: PartyFacts | MediationParty, roles: Iterable[CompanionRole]
) -> AcceptedParty:
    """Return a party as the rule of acceptance needs to know him."""
    return AcceptedParty(
        name=party.name,
        side=party.side,
        kind=party.kind,
        agreed_on=party.agreed_on,
        birth_year=party.birth_year,
        id_number=party.id_number or "",
        has_guardian=CompanionRole.GUARDIAN in roles,
    )


def require_no_tie(
    tx: Transaction, mediator: Mediator, parties: Iterable[PartyFacts | MediationParty]
) -> None:
    """Raise RuleBroken where a mediator must keep out of a party's dispute (回避).

    Raises:
        RuleBroken: a relative, a colleague, an interest; or the party himself.
    """
    rows = tx.session.scalars(
        select(MediatorTie).where(
            MediatorTie.mediator_id == mediator.id,
            MediatorTie.valid_to.is_(None) | (MediatorTie.valid_to > tx.today),
        )
    ).all()
    ties = [(kept_key(tx.session, tx.street_id, row.person_key), row) for row in rows]
    for party in parties:
        keys = keys_of(tx.session, tx.street_id, id_number=party.id_number, phone=party.phone)
        tie = next(
            (one for key, one in ties if key in keys or one.name == party.name),
            None,
        )
        reason = label(tie.kind) if tie is not None else ""
        if party.name == mediator.name:
            reason = "本人是当事人"
        if reason:
            raise RuleBroken(
                f"{mediator.name} 与当事人 {party.name} 有回避情形（{reason}），请换一位调解员。",
                field="mediator",
            )


def _columns(facts: PartyFacts) -> dict[str, Any]:
    kept = asdict(facts)
    del kept["companions"]
    return {name: None if value == "" else value for name, value in kept.items()}


def _companion_rows(
    tx: Transaction, party: MediationParty, companions: Iterable[CompanionFacts]
) -> list[MediationCompanion]:
    return [
        MediationCompanion(
            id=new_id(),
            street_id=tx.street_id,
            mediation_id=party.mediation_id,
            party_id=party.id,
            role=one.role,
            name=one.name,
            phone=one.phone or None,
            id_number=one.id_number or None,
            powers=one.powers or None,
        )
        for one in companions
    ]


def _companions_of(tx: Transaction, party: MediationParty) -> list[MediationCompanion]:
    return list(
        tx.session.scalars(
            select(MediationCompanion)
            .where(MediationCompanion.party_id == party.id, MediationCompanion.left_on.is_(None))
            .order_by(MediationCompanion.id)
        )
    )
