"""Whom was spoken to about a case (联系、回访): every attempt, every round, may he be rung now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from desk.queries.case_views import ContactView, FollowUpView, MatterWordView
from desk.rules.calling import CallAdvice, CallFacts, CallRules, call_advice, contact_unit
from desk.rules.codes import ContactResult, Resolution, Satisfaction, Verdict
from desk.rules.moments import day_of
from desk.rules.verdicts import verdict_of
from desk.store.calls import call_facts, call_rules
from desk.store.database import Reader
from desk.store.models import Case, Contact, FollowUp, FollowUpMatter, Matter, Opinion, Round, Staff

Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Calling:
    """What is known of a case's number; says at any moment whether to ring it.

    Attributes:
        owns_clock: whether this person's attempts stop the one contact clock.
    """

    facts: CallFacts
    rules: CallRules
    owns_clock: bool = True

    def advice(self, now: datetime) -> CallAdvice:
        """Return whether to ring now, in one sentence."""
        return call_advice(self.facts, self.rules, now)


@dataclass(frozen=True, slots=True)
class RoundMark:
    """One round as the band of rounds shows it.

    Attributes:
        reason: why it began; the first one began with the appeal.
        verdict: what the appellant said at its end, if he has rated it.
        opinion: what was decided in it, as its opinion puts it.
    """

    number: int
    started_at: datetime
    reason: str
    handled_at: datetime | None
    measures: str
    opinion: str
    resolution: Resolution | None
    satisfaction: Satisfaction | None

    @property
    def verdict(self) -> Verdict | None:
        """双是, 非双是 or 双否."""
        return verdict_of(self.resolution, self.satisfaction)


def calling_of(reader: Reader, case: Case) -> Calling:
    """Return what speaks for and against ringing the appellant of a case."""
    rules = call_rules(reader.session, case.street_id, day_of(reader.now))
    facts = call_facts(reader.session, reader.person, case, reader.now)
    owner = contact_unit(case.lead_unit_id, case.first_unit_id)
    owns = reader.person.is_built_in or owner in reader.person.unit_ids
    return Calling(facts, rules, owns)


def contacts_of(reader: Reader, case_id: int, units: Names) -> tuple[ContactView, ...]:
    """Return all attempts to reach the appellant, the newest first."""
    asked_back = and_(
        FollowUp.case_id == Contact.case_id,
        FollowUp.happened_at == Contact.happened_at,
        FollowUp.staff_id == Contact.staff_id,
    )
    rows = reader.session.execute(
        select(Contact, Staff.name, FollowUp.seq)
        .join(Staff, Staff.id == Contact.staff_id)
        .outerjoin(FollowUp, asked_back)
        .where(Contact.case_id == case_id)
        .order_by(Contact.happened_at.desc(), Contact.id.desc())
    )
    return tuple(
        ContactView(
            happened_at=row.happened_at,
            who=name,
            unit=units.get(row.unit_id, ""),
            way=row.way,
            result=row.result,
            note=row.note or "",
            call_back_at=row.call_back_at,
            called_back_at=row.called_back_at,
            over_reason=row.over_reason or "",
            follow_up=seq,
        )
        for row, name, seq in rows
    )


def followups_of(reader: Reader, case_id: int, people: Names) -> tuple[FollowUpView, ...]:
    """Return the earlier follow-ups with his word on every matter, the newest first."""
    rows = reader.session.scalars(
        select(FollowUp).where(FollowUp.case_id == case_id).order_by(FollowUp.seq.desc())
    )
    said = _matter_words(reader, case_id)
    return tuple(
        FollowUpView(
            seq=row.seq,
            round_no=row.round_no,
            happened_at=row.happened_at,
            who=people.get(row.staff_id, ""),
            way=row.way,
            is_reached=row.is_reached,
            failed_calls=row.failed_calls,
            resolution=row.resolution,
            satisfaction=row.satisfaction,
            discontent=row.discontent,
            discontent_note=row.discontent_note or "",
            suggestion=row.suggestion or "",
            matters=said.get(row.id, ()),
        )
        for row in rows
    )


def rounds_of(
    reader: Reader, case: Case, follow_ups: tuple[FollowUpView, ...]
) -> tuple[RoundMark, ...]:
    """Return all rounds of a case in their order, each with the appellant's word at its end."""
    rows = reader.session.scalars(
        select(Round).where(Round.case_id == case.id).order_by(Round.number)
    )
    last = {f.round_no: f for f in reversed(follow_ups) if f.is_reached}  # the newest wins
    opinions = reader.session.execute(
        select(Opinion.round_no, Opinion.decision)
        .where(Opinion.case_id == case.id)
        .order_by(Opinion.revision)
    )
    decided = {number: decision for number, decision in opinions}  # noqa: C416 - no pair to mypy
    return tuple(
        RoundMark(
            number=row.number,
            started_at=row.started_at,
            reason=row.reason or "",
            handled_at=row.handled_at,
            measures=row.measures or "",
            opinion=decided.get(row.number, ""),
            resolution=last[row.number].resolution if row.number in last else None,
            satisfaction=last[row.number].satisfaction if row.number in last else None,
        )
        for row in rows
    )


def say_contacts(contacts: tuple[ContactView, ...]) -> str:
    """Say how often the appellant was reached and met (“已联系 3 次，见面 1 次”)."""
    if not contacts:
        return ""
    reached = [contact for contact in contacts if contact.result is ContactResult.REACHED]
    met = sum(contact.was_met for contact in reached)
    missed = len(contacts) - len(reached)
    said = [f"已联系 {len(reached)} 次", f"见面 {met} 次" if met else ""]
    said.append(f"没联系上 {missed} 次" if missed else "")
    return "，".join(part for part in said if part)


def _matter_words(reader: Reader, case_id: int) -> dict[int, tuple[MatterWordView, ...]]:
    rows = reader.session.execute(
        select(
            FollowUpMatter.follow_up_id,
            Matter.seq,
            Matter.content,
            FollowUpMatter.resolution,
            FollowUpMatter.note,
        )
        .join(Matter, Matter.id == FollowUpMatter.matter_id)
        .join(FollowUp, FollowUp.id == FollowUpMatter.follow_up_id)
        .where(FollowUp.case_id == case_id)
        .order_by(FollowUpMatter.follow_up_id, Matter.seq)
    )
    found: dict[int, tuple[MatterWordView, ...]] = {}
    for follow_up, seq, content, resolution, note in rows:
        word = MatterWordView(seq, content, resolution, note or "")
        found[follow_up] = (*found.get(follow_up, ()), word)
    return found
