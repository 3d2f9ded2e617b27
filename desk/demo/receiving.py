"""How an invented appeal was taken in: the case, the person, the first clocks."""

from collections.abc import Mapping
from typing import Any

from desk.demo.index import Someone
from desk.demo.life import Life, Step, add_contact, add_part
from desk.demo.matters import add_matters
from desk.demo.sample import Appeal
from desk.rules.calling import RANG_IN
from desk.rules.codes import AssignmentRole, Channel, ClockKind, ContactWay, Exit, Purpose, Role
from desk.rules.identity import mask_name
from desk.rules.lifecycle import FIRST_STATUS
from desk.rules.moments import in_shanghai
from desk.rules.numbering import NumberKind
from desk.rules.receptions import visit_mode_of
from desk.rules.wording import label
from desk.store.ids import new_id
from desk.store.search_docs import Findable, texts_of
from desk.store.search_index import first_seek

TALKING = frozenset({Channel.VISIT, Channel.CALL})
ANSWERED = frozenset({Exit.ON_SPOT, Exit.GUIDANCE})
_WAYS = {Channel.VISIT: ContactWay.FACE, Channel.CALL: ContactWay.PHONE}
_PLATFORMS: Mapping[Channel, str] = {
    Channel.HOTLINE: "12345热线",
    Channel.PLATFORM: "民意速办",
    Channel.PETITION: "信访平台",
}

_BLANK_ROUND: Mapping[str, Any] = dict.fromkeys(
    (
        "reason",
        "dispatched_at",
        "verified_at",
        "verify_note",
        "handled_at",
        "measures",
        "late_reason",
        "result",
    )
)


def exit_of(appeal: Appeal, seq: int) -> Exit:
    """Return by which exit an appeal leaves the counter; most are passed on."""
    if appeal.channel is Channel.VISIT and appeal.purpose is Purpose.INQUIRY:
        return Exit.ON_SPOT
    if appeal.channel is Channel.VISIT and seq % 5 == 0:
        return Exit.OWN_UNIT
    if appeal.channel is Channel.VISIT and seq % 11 == 0:
        return Exit.GUIDANCE
    return Exit.TRANSFER


def receive(life: Life) -> None:
    """Write the case as it stood when it was taken in."""
    appeal, street = life.appeal, life.street
    at = appeal.received_at
    clerk = life.someone(Role.CLERK)
    exit_ = exit_of(appeal, life.seq)
    year = in_shanghai(at).year
    place, grid = street.places[appeal.estate]
    community = street.units[appeal.community]
    number = street.formats[NumberKind.CASE].write(year, life.seq)
    is_report = appeal.purpose is Purpose.REPORT
    on_spot = exit_ is Exit.ON_SPOT
    life.case = _blank_case() | {
        "id": life.id,
        "street_id": street.street_id,
        "number": number,
        "year": year,
        "seq": life.seq,
        "channel": appeal.channel,
        "platform": _PLATFORMS.get(appeal.channel),
        "visit_mode": visit_mode_of(
            appeal.channel, has_appointment=life.seq % 9 == 0, has_agent=False
        ),
        "source_level": appeal.source_level,
        "exit": exit_,
        "purpose": appeal.purpose,
        "category_id": street.categories[appeal.top_category, appeal.category],
        "summary": appeal.details.split("。")[0].split("，")[0][:40],
        "details": appeal.details,
        "appellant_shown": mask_name(appeal.name),
        "place_id": place,
        "community_id": community,
        "grid_id": grid,
        "first_responder_id": clerk.id,
        "first_responder_name": clerk.name,
        "first_unit_id": clerk.unit_id,
        "recorder_id": clerk.id,
        "received_at": at,
        "recorded_at": at,
        "urgency": appeal.urgency,
        "is_complex": appeal.is_complex,
        "is_secret": is_report,
        "hides_appellant": is_report,
        "status": FIRST_STATUS[exit_],
        "result": appeal.result if on_spot else None,
        "answer": "已当面答复并说明办理途径。" if exit_ in ANSWERED else None,
        "guided_to": "区人社局窗口 0755-20000090" if exit_ is Exit.GUIDANCE else None,
        "counts_in_rates": exit_ is not Exit.GUIDANCE,
        "same_visit_id": life.same_visit,
    }
    if on_spot:
        life.case |= rating_of(appeal) | {"closed_at": at}
    _belongings(life, clerk, number)
    life.round = life.add("rounds", id=new_id(), number=1, started_at=at, **_BLANK_ROUND)
    _first_clocks(life, exit_, clerk)
    life.events.append(
        Step(at, "case.registered", f"首问受理，{label(exit_)}", clerk, lambda _: None,
             f"{label(appeal.channel)}，首问人 {clerk.name}")
    )  # fmt: skip


def _belongings(life: Life, clerk: Someone, number: str) -> None:
    appeal = life.appeal
    life.add(
        "private_facts",
        name=appeal.name,
        phone=appeal.phone,
        address=appeal.address,
        sex=appeal.sex,
    )
    add_matters(life)
    if appeal.outside_number:
        life.add("outside_numbers", id=new_id(), platform=_PLATFORMS[appeal.channel],
                 number=appeal.outside_number, content_hash=None)  # fmt: skip
    _search_texts(life, number)
    units = {clerk.unit_id, life.case["community_id"], life.case["grid_id"]} - {None}
    for unit in sorted(units):
        life.add("case_units", unit_id=unit, since=appeal.received_at)


def _search_texts(life: Life, number: str) -> None:
    appeal = life.appeal
    facts = Findable(
        number,
        life.seq,
        outside=(appeal.outside_number,),
        name=appeal.name,
        phones=(appeal.phone,),
        addresses=(appeal.address,),
        place=appeal.estate,
        said=(life.case["summary"], life.case["details"]),
    )
    texts = texts_of(facts, hides_appellant=life.case["hides_appellant"])
    first = first_seek(appeal.received_at) + 2 * life.seq
    for is_kept, one in enumerate(texts):
        if one is not None:
            life.add("case_search", is_kept=bool(is_kept), seek=first + is_kept, doc=one.doc,
                     fields=one.fields)  # fmt: skip


def _first_clocks(life: Life, exit_: Exit, clerk: Someone) -> None:
    at = life.appeal.received_at
    if exit_ in ANSWERED:
        return
    if exit_ is Exit.TRANSFER:
        life.start(ClockKind.DISPATCH, at)
    else:
        life.case |= {"lead_unit_id": clerk.unit_id, "handler_id": clerk.id}
        add_part(life, clerk.unit_id, AssignmentRole.LEAD, at, clerk)
    for kind in (ClockKind.CONTACT, ClockKind.VERIFY, ClockKind.HANDLE):
        life.start(kind, at)
    if life.appeal.channel in TALKING:
        life.stop(ClockKind.CONTACT, at)
        add_contact(life, at, clerk, "受理时已谈话", _WAYS[life.appeal.channel])
        if life.appeal.channel is Channel.CALL:
            life.rows["contacts"][-1]["over_reason"] = RANG_IN


def rating_of(appeal: Appeal) -> dict[str, Any]:
    """Return the appellant's word as the case keeps it."""
    return {
        "was_contacted": appeal.was_contacted,
        "resolution": appeal.resolution,
        "satisfaction": appeal.satisfaction,
        "discontent": appeal.discontent,
    }


def _blank_case() -> dict[str, Any]:
    empty = (
        "platform request first_responder_reason accused_unit_id accused_staff_id mode "
        "lead_unit_id handler_id result answer guided_to guide_way has_arrived arrival_checked_at "
        "occurred litigation "
        "next_clock next_due_at next_half_at next_near_at was_contacted resolution satisfaction "
        "discontent discontent_note excluded_reason repeat_of_id repeat_of_number note "
        "archive_number closed_at"
    )
    return dict.fromkeys(empty.split()) | {
        "is_anonymous": False,
        "headcount": 1,
        "needs": [],
        "is_backfilled": False,
        "is_imported": False,
        "is_graded": False,
        "judgement": {},
        "round_no": 1,
        "return_count": 0,
        "redirect_count": 0,
        "is_overdue": False,
        "is_national_survey": False,
        "tags": [],
    }
