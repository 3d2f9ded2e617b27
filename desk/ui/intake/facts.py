"""What a filled form means (受理内容): from the plain words of a draft to a request."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from desk.actions.agents import AgentFacts
from desk.actions.intake import Appellant, MaterialFacts, RegisterCase
from desk.rules.codes import (
    Channel,
    Exit,
    GuideWay,
    IdKind,
    Purpose,
    Satisfaction,
    Sex,
    SourceLevel,
)
from desk.rules.errors import RuleBroken
from desk.rules.id_cards import normalise_id, read_id_card
from desk.rules.identity import normalise_phone
from desk.rules.moments import day_of
from desk.rules.reception_codes import AgentPower, AgentRelation
from desk.rules.urgency import Judgement, suggest_urgency

Content = Mapping[str, Any]
Code = TypeVar("Code", bound=StrEnum)


class IntakeView(StrEnum):
    """How the appeal reaches the desk; the view switch of the form."""

    VISIT = "visit"
    CALL = "call"
    LETTER = "letter"
    LEADER_DAY = "leader_day"
    LATER = "later"  # 补录


VIEWS: Mapping[IntakeView, str] = MappingProxyType(
    {
        IntakeView.VISIT: "来访",
        IntakeView.CALL: "来电",
        IntakeView.LETTER: "来信",
        IntakeView.LEADER_DAY: "领导接访",
        IntakeView.LATER: "补录",
    }
)
# What a clerk types or chooses; without any of it a form is empty and no draft is kept.
_WRITTEN = (
    "phone",
    "name",
    "address",
    "details",
    "category",
    "answer",
    "guided_to",
    "guided_person",
    "guided_phone",
    "other_phone",
    "site",
    "occurred",
    "workplace",
    "other_party",
    "request",
    "matters",
    "materials",
    "id_number",
    "guardian",
    "representatives",
    "platform",
    "outside_number",
    "litigation",
    "note",
    "needs",
    "first_responder_reason",
    "agent_name",
    "agent_phone",
    "agent_paper",
)
_MATERIAL = re.compile(
    r"(.+?)(?:[\s×x*]*(\d{1,3})\s*[份张件页本个]?)?\s*[(（]?(原件|复印件)?[)）]?"
)


def is_empty(content: Content) -> bool:
    """Return whether nothing has been written yet."""
    return not any(content.get(name) for name in _WRITTEN)


def channel_of(content: Content) -> Channel:
    """Return the channel: that of the view, or for a late entry the one that was chosen."""
    view = IntakeView(content.get("view") or IntakeView.VISIT)
    if view is IntakeView.LATER:
        return Channel(content.get("channel") or Channel.VISIT)
    return Channel(view.value)


def judgement_of(content: Content) -> Judgement:
    """Return the four answers."""
    return Judgement(*(content.get("judgement") or ()))


def register_request(
    content: Content, leave: Exit, *, made_by: int, home_unit: int, now: datetime
) -> RegisterCase:
    """Return the request that saves this form.

    Raises:
        RuleBroken: something is missing that only the form can know; `field` names it.
    """
    if not str(content.get("details") or "").strip():
        raise RuleBroken("请写下诉求内容，诉求人怎么说就怎么写。", field="details")
    if content.get("category") is None:
        raise RuleBroken("请选一个类别；拿不准就选最接近的，信联办可以改。", field="category")
    happened_at = _moment(content) or now
    judgement = judgement_of(content)
    return RegisterCase(
        made_by=made_by,
        happened_at=happened_at,
        command=UUID(content["command"]),
        exit=leave,
        channel=channel_of(content),
        details=content["details"],
        category=content["category"],
        first_unit=content.get("first_unit") or home_unit,
        appellant=_appellant(content, now),
        request=_text(content, "request"),
        purpose=_code(Purpose, content, "purpose") or Purpose.HELP,
        source_level=_code(SourceLevel, content, "source_level") or SourceLevel.STREET,
        platform=_text(content, "platform"),
        outside_number=_text(content, "outside_number"),
        headcount=_headcount(content),
        needs=tuple(content.get("needs") or ()),
        place=content.get("place"),
        community=content.get("community"),
        grid=content.get("grid"),
        first_responder=content.get("first_responder"),
        first_responder_reason=_text(content, "first_responder_reason"),
        judgement=judgement,
        urgency=suggest_urgency(judgement).urgency,
        accused_unit=content.get("accused_unit"),
        accused_staff=content.get("accused_staff"),
        hides_appellant=bool(content.get("hides_appellant")),
        matters=lines_of(content, "matters"),
        materials=tuple(material_of(line) for line in lines_of(content, "materials")),
        occurred=_text(content, "occurred"),
        litigation=_text(content, "litigation"),
        note=_text(content, "note"),
        repeat_of=content.get("repeat_of"),
        no_repeats=tuple(content.get("no_repeats") or ()),
        same_visit=content.get("same_visit"),
        appointment=content.get("appointment"),
        agent=_agent(content),
        **_of_exit(content, leave),
    )


def material_of(line: str) -> MaterialFacts:
    """Return a line such as “照片 2 张” or “合同复印件 1 份” as material handed in."""
    found = _MATERIAL.fullmatch(line.strip())
    if found is None:
        return MaterialFacts(line.strip())
    name, copies, kind = found.groups()
    return MaterialFacts(name.strip(), max(int(copies or 1), 1), kind == "原件" or "原件" in name)


def _of_exit(content: Content, leave: Exit) -> dict[str, Any]:
    """Return what belongs to this exit; what was written for another one stays in the draft."""
    if leave is Exit.ON_SPOT:
        return {
            "answer": _text(content, "answer"),
            "satisfaction": _code(Satisfaction, content, "satisfaction"),
        }
    if leave is Exit.GUIDANCE:
        arrived = content.get("has_arrived")
        return {
            "answer": _text(content, "answer"),
            "guided_to": _text(content, "guided_to"),
            "guide_person": _text(content, "guided_person"),
            "guide_phone": _text(content, "guided_phone"),
            "service_item": content.get("service_item"),
            "guide_way": _code(GuideWay, content, "guide_way"),
            "has_arrived": None if arrived is None else bool(arrived),
        }
    return {}


def _appellant(content: Content, now: datetime) -> Appellant:
    kind = _code(IdKind, content, "id_kind")
    number = _text(content, "id_number")
    is_card = number and kind in {None, IdKind.ID_CARD}
    card = read_id_card(number, today=day_of(now)) if is_card else None
    sex = _code(Sex, content, "sex")
    return Appellant(
        name=_text(content, "name"),
        phone=normalise_phone(_text(content, "phone")),
        other_phone=normalise_phone(_text(content, "other_phone")),
        address=_text(content, "address"),
        site=_text(content, "site"),
        workplace=_text(content, "workplace"),
        sex=card.sex if card else sex,
        birth_year=card.born_on.year if card else None,
        id_kind=(kind or IdKind.ID_CARD) if number else None,
        id_number=normalise_id(number) if is_card else number,
        guardian=_text(content, "guardian"),
        representatives=_text(content, "representatives"),
        other_party=_text(content, "other_party"),
    )


def _agent(content: Content) -> AgentFacts:
    """Return who came for the appellant; without a name nobody did."""
    return AgentFacts(
        name=_text(content, "agent_name"),
        relation=_code(AgentRelation, content, "agent_relation") or AgentRelation.FAMILY,
        phone=_text(content, "agent_phone"),
        powers=tuple(AgentPower(code) for code in content.get("agent_powers") or ()),
        paper=_text(content, "agent_paper"),
    )


def _headcount(content: Content) -> int:
    said = _text(content, "headcount")
    if not said:
        return 1
    if not said.isdecimal():
        raise RuleBroken("人数请写数字；一个人来可以空着。", field="headcount")
    return int(said)


def _moment(content: Content) -> datetime | None:
    said = content.get("happened_at")
    return datetime.fromisoformat(said) if said else None


def _text(content: Content, name: str) -> str:
    return str(content.get(name) or "").strip()


def lines_of(content: Content, name: str) -> tuple[str, ...]:
    """Return what is written line by line, without empty lines."""
    return tuple(line.strip() for line in _text(content, name).splitlines() if line.strip())


def _code(table: type[Code], content: Content, name: str) -> Code | None:
    value = content.get(name)
    return table(value) if value else None
