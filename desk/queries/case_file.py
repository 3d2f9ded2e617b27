"""All of one case (案件卷): facts, people, clocks, steps, papers.

Contact data is read only for those whose work it is, or who have just given a reason
(DOMAIN.md 9.4, HOUSE.md decision 19).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.queries.assessments import AssessmentsView, assessments_of
from desk.queries.attachments import AttachmentView, attachments_of
from desk.queries.case_look import CaseNews, case_news
from desk.queries.case_matters import matters_of, same_visit_of
from desk.queries.case_parts import links_of, opinion_of, papers_of, parts_of, steps_of
from desk.queries.case_reaching import (
    Calling,
    RoundMark,
    calling_of,
    contacts_of,
    followups_of,
    rounds_of,
)
from desk.queries.case_views import (
    ContactData,
    ContactView,
    FollowUpView,
    LinkView,
    MatterView,
    OpinionView,
    PaperView,
    PartView,
    RoundView,
    SameVisitView,
    StepView,
)
from desk.queries.clock_rows import ClockRow, clocks_of
from desk.queries.dispatch_state import DispatchState, dispatch_state
from desk.queries.early_actions import FindingRow, findings_of_case
from desk.queries.extensions import ExtensionsView, extensions_of
from desk.queries.leader_cases import LeadingView, leading_of
from desk.queries.lookups import units
from desk.queries.mediation_list import CaseMediation, mediations_of_case
from desk.queries.own_work import is_own_work, looks_now
from desk.queries.receptions import ReceptionsOfCase, receptions_of
from desk.queries.signing_view import SigningView, signing_of
from desk.queries.supervisions import SteeringView, steering_of
from desk.queries.topics import TopicOfCase, topics_of_case
from desk.queries.visit_modes import VisitView, visit_of
from desk.queries.whistle_views import WhistleRow
from desk.queries.whistles import whistles_of_case
from desk.rules.arrivals import Arrival
from desk.rules.codes import (
    CaseStatus,
    Channel,
    ClockKind,
    Exit,
    GuideWay,
    HandlingResult,
    Purpose,
    Urgency,
    Verdict,
)
from desk.rules.completeness import ArchiveFacts
from desk.rules.deadlines import choose_rule, rule_text
from desk.rules.moments import day_of
from desk.rules.rights import CaseStand
from desk.rules.temporary_numbers import alias_words
from desk.rules.urgency import Judgement
from desk.rules.verdicts import verdict_of
from desk.store.archive_facts import facts_of_case
from desk.store.database import Reader
from desk.store.hall_rules import limited_case, time_rules
from desk.store.models import (
    Case,
    CaseAlias,
    Category,
    OutsideNumber,
    Place,
    PrivateFacts,
    Round,
    Staff,
)
from desk.store.sealing import SEALED, is_sealed, may_unseal, seal_years
from desk.store.sight import seen_by
from desk.store.transaction import stand_of


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as its file shows it, at one version."""

    id: int
    number: str
    seq: int
    version: int
    status: CaseStatus
    urgency: Urgency
    is_complex: bool
    key_reason: str
    is_graded: bool
    judgement: Judgement
    summary: str
    details: str
    request: str
    category_id: int
    category: str
    channel: Channel
    purpose: Purpose
    exit: Exit
    received_at: datetime
    recorded_at: datetime
    is_backfilled: bool
    uploaded_at: datetime | None
    closed_at: datetime | None
    appellant_shown: str
    is_anonymous: bool
    sealed: str
    may_unseal: bool
    hides_appellant: bool
    headcount: int
    needs: tuple[str, ...]
    occurred: str
    place: str
    community: str
    grid: str
    first_responder: str
    first_unit: str
    recorder: str
    lead_unit_id: int | None
    lead_unit: str
    handler: str
    return_count: int
    result: HandlingResult | None
    answer: str
    guided_to: str
    guide_person: str
    guide_phone: str
    arrival: Arrival
    guide_way: GuideWay | None
    archive_number: str
    box_number: str
    archive: ArchiveFacts
    repeat_of_id: int | None
    repeat_of_number: str
    outside_numbers: tuple[tuple[str, str], ...]
    contact_data: ContactData | None
    stand: CaseStand
    round: RoundView
    clocks: tuple[ClockRow, ...]
    support_clocks: tuple[ClockRow, ...]
    limits: Mapping[ClockKind, str]
    parts: tuple[PartView, ...]
    matters: tuple[MatterView, ...]
    steps: tuple[StepView, ...]
    papers: tuple[PaperView, ...]
    attachments: tuple[AttachmentView, ...]
    contacts: tuple[ContactView, ...]
    opinion: OpinionView | None
    follow_ups: tuple[FollowUpView, ...]
    rounds: tuple[RoundMark, ...]
    verdict: Verdict | None
    calling: Calling
    links: tuple[LinkView, ...]
    same_visit: tuple[SameVisitView, ...]
    dispatch: DispatchState
    signing: SigningView
    extensions: ExtensionsView
    assessments: AssessmentsView
    steering: SteeringView
    receptions: ReceptionsOfCase
    visit: VisitView
    leading: LeadingView
    topics: tuple[TopicOfCase, ...]
    whistles: tuple[WhistleRow, ...]
    findings: tuple[FindingRow, ...]
    mediations: tuple[CaseMediation, ...]
    read_at: datetime


@dataclass(frozen=True, slots=True)
class CaseTurn:
    """What became of a case that somebody has before him.

    Attributes:
        news: what colleagues did to it after the version on screen; then it is only told.
        file: the case as it is now, where nobody else has changed it; None: kept from the reader.
    """

    news: tuple[CaseNews, ...] = ()
    file: CaseFile | None = None


def case_turn(reader: Reader, case_id: int, since: int | None) -> CaseTurn:
    """Return what colleagues did to a case after a version, else the case as it is now.

    Args:
        since: the version on screen; None where there is none.
    """
    news = () if since is None else case_news(reader, case_id, since)
    theirs = tuple(one for one in news if one.made_by != reader.person.staff_id)
    return CaseTurn(theirs) if theirs else CaseTurn(file=case_file(reader, case_id))


def case_file(reader: Reader, case_id: int) -> CaseFile | None:
    """Return all of one case, or None for a case that the reader may not see."""
    session = reader.session
    reader.looks_up()
    case = session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    if case is None:
        return None
    names = {unit.id: unit.short_name for unit in units(reader)}
    people = _people(reader)
    stand, sealed = stand_of(session, case), _sealed(reader, case)
    clocks = clocks_of(reader, case.id)
    follow_ups = followups_of(reader, case.id, people)
    return CaseFile(
        id=case.id,
        number=case.number,
        seq=case.seq,
        version=case.version,
        status=case.status,
        urgency=case.urgency,
        is_complex=case.is_complex,
        key_reason=case.key_reason or "",
        is_graded=case.is_graded,
        judgement=Judgement(**(case.judgement or {})),
        summary=case.summary,
        details=case.details,
        request=case.request or "",
        category_id=case.category_id,
        category=_category(reader, case.category_id),
        channel=case.channel,
        purpose=case.purpose,
        exit=case.exit,
        received_at=case.received_at,
        recorded_at=case.recorded_at,
        is_backfilled=case.is_backfilled,
        uploaded_at=case.uploaded_at,
        closed_at=case.closed_at,
        appellant_shown=SEALED if sealed else case.appellant_shown,
        sealed=sealed,
        may_unseal=may_unseal(reader.person, case, stand),
        is_anonymous=case.is_anonymous,
        hides_appellant=case.hides_appellant,
        headcount=case.headcount,
        needs=tuple(case.needs or ()),
        occurred=case.occurred or "",
        place=_place(reader, case.place_id),
        community=names.get(case.community_id or 0, ""),
        grid=names.get(case.grid_id or 0, ""),
        first_responder=case.first_responder_name,
        first_unit=names.get(case.first_unit_id, ""),
        recorder=people.get(case.recorder_id, ""),
        lead_unit_id=case.lead_unit_id,
        lead_unit=names.get(case.lead_unit_id or 0, ""),
        handler=people.get(case.handler_id or 0, ""),
        return_count=case.return_count,
        result=case.result,
        answer=case.answer or "",
        guided_to=case.guided_to or "",
        guide_person=case.guide_person or "",
        guide_phone=case.guide_phone or "",
        arrival=Arrival(case.received_at, case.has_arrived, case.arrival_checked_at),
        guide_way=case.guide_way,
        archive_number=case.archive_number or "",
        box_number=case.box_number or "",
        archive=facts_of_case(session, case, day_of(reader.now)),
        repeat_of_id=case.repeat_of_id,
        repeat_of_number=case.repeat_of_number or "",
        outside_numbers=_outside_numbers(reader, case.id),
        contact_data=_contact_data(reader, case, stand),
        stand=stand,
        round=_round(reader, case),
        clocks=tuple(clock for clock in clocks if clock.support_id is None),
        support_clocks=tuple(clock for clock in clocks if clock.support_id is not None),
        limits=_limits(reader, case),
        parts=parts_of(reader, case, names),
        matters=matters_of(reader, case.id, names),
        steps=steps_of(reader, case.id, names),
        papers=papers_of(reader, case.id),
        attachments=attachments_of(reader, case.id),
        contacts=contacts_of(reader, case.id, names),
        opinion=opinion_of(reader, case, people),
        follow_ups=follow_ups,
        rounds=rounds_of(reader, case, follow_ups),
        verdict=verdict_of(case.resolution, case.satisfaction),
        calling=calling_of(reader, case),
        links=links_of(reader, case),
        same_visit=same_visit_of(reader, case),
        dispatch=dispatch_state(reader, case, stand, names, people),
        signing=signing_of(reader, case),
        extensions=extensions_of(reader, case, names),
        assessments=assessments_of(reader, case, names),
        steering=steering_of(reader, case, names, stand.involved_units),
        receptions=receptions_of(reader, case),
        visit=visit_of(reader, case),
        leading=leading_of(reader, case, stand),
        topics=topics_of_case(reader, case.id),
        whistles=whistles_of_case(reader, case.id),
        findings=findings_of_case(reader, case.id),
        mediations=mediations_of_case(reader, case.id),
        read_at=reader.now,
    )


def _contact_data(reader: Reader, case: Case, stand: CaseStand) -> ContactData | None:
    """Return the contact data if the case is the reader's own work or he has just said why."""
    own = is_own_work(reader, case, stand)
    if not own and not looks_now(reader, case.id):
        return None
    facts = reader.session.get(PrivateFacts, case.id)
    if facts is None:
        return None
    return ContactData(
        name=facts.name or "",
        phone=facts.phone or "",
        other_phone=facts.other_phone or "",
        address=facts.address or "",
        site=facts.site or "",
        guardian=facts.guardian or "",
        is_revealed=not own,
    )


def _sealed(reader: Reader, case: Case) -> str:
    """Return why the contact data is under seal; an empty text where it is not."""
    if not is_sealed(reader.session, case, reader.now):
        return ""
    years = seal_years(reader.session, case.street_id, day_of(reader.now))
    return f"已封存（办结满 {years} 年）"


def _people(reader: Reader) -> dict[int, str]:
    rows = reader.session.execute(
        select(Staff.id, Staff.name).where(Staff.street_id == reader.person.street_id)
    )
    return {key: name for key, name in rows}  # noqa: C416 - a Row is no pair to mypy


def _category(reader: Reader, category_id: int) -> str:
    row = reader.session.execute(
        select(Category.name, Category.parent_id).where(Category.id == category_id)
    ).one()
    name: str = row.name
    if row.parent_id is None:
        return name
    above = reader.session.scalar(select(Category.name).where(Category.id == row.parent_id))
    return f"{above} › {name}"


def _place(reader: Reader, place_id: int | None) -> str:
    if place_id is None:
        return ""
    return reader.session.scalar(select(Place.name).where(Place.id == place_id)) or ""


def _outside_numbers(reader: Reader, case_id: int) -> tuple[tuple[str, str], ...]:
    rows = reader.session.execute(
        select(OutsideNumber.platform, OutsideNumber.number)
        .where(OutsideNumber.case_id == case_id)
        .order_by(OutsideNumber.id)
    )
    aliases = select(CaseAlias.number).where(CaseAlias.case_id == case_id)
    earlier = reader.session.scalars(aliases.order_by(CaseAlias.given_at, CaseAlias.number))
    return (
        *((alias_words(number), number) for number in earlier),
        *((platform, number) for platform, number in rows),
    )


def _round(reader: Reader, case: Case) -> RoundView:
    row = reader.session.scalars(
        select(Round).where(Round.case_id == case.id, Round.number == case.round_no)
    ).first()
    if row is None:  # guided cases never begin one
        return RoundView(case.round_no, case.received_at, "", None, "", "", "")
    return RoundView(
        number=row.number,
        started_at=row.started_at,
        reason=row.reason or "",
        verified_at=row.verified_at,
        verify_note=row.verify_note or "",
        measures=row.measures or "",
        late_reason=row.late_reason or "",
    )


def _limits(reader: Reader, case: Case) -> dict[ClockKind, str]:
    """Return the limit of every clock in words, for those that have not started yet."""
    today = day_of(reader.now)
    rules = time_rules(reader.session, case.street_id, today).values()
    of = limited_case(reader.session, case, rules)
    found: dict[ClockKind, str] = {}
    for kind in ClockKind:
        if (rule := choose_rule(rules, kind, of, on=today)) is not None:
            found[kind] = rule_text(rule)
    return found
