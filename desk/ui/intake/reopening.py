"""Brings an intake that was kept here back into the form (打开修改), with every word of it."""

from typing import Any

from desk.actions.agents import AgentFacts
from desk.actions.intake import Appellant, MaterialFacts, RegisterCase
from desk.rules.codes import Exit
from desk.ui.intake.facts import VIEWS, IntakeView

_VIEWS = {view.value for view in VIEWS}
_OF_APPELLANT = (
    "name",
    "phone",
    "other_phone",
    "address",
    "site",
    "workplace",
    "id_number",
    "guardian",
    "representatives",
    "other_party",
)
_AS_IT_IS = (
    "details",
    "category",
    "first_unit",
    "request",
    "platform",
    "outside_number",
    "place",
    "community",
    "grid",
    "first_responder",
    "first_responder_reason",
    "accused_unit",
    "accused_staff",
    "hides_appellant",
    "occurred",
    "litigation",
    "note",
    "repeat_of",
    "no_repeats",
    "same_visit",
    "appointment",
    "answer",
    "guided_to",
    "service_item",
    "has_arrived",
)


def content_of(asked: RegisterCase) -> dict[str, Any]:
    """Return the content of the form that was sent as this request; it keeps its command."""
    person = asked.appellant
    judged = asked.judgement
    return {
        **{name: getattr(person, name) for name in _OF_APPELLANT},
        **{name: getattr(asked, name) for name in _AS_IT_IS},
        **_codes_of(asked, person),
        "command": str(asked.command),
        "exit": asked.exit.value if asked.exit in {Exit.ON_SPOT, Exit.GUIDANCE} else None,
        "happened_at": asked.happened_at.isoformat(),
        "is_told": True,
        "headcount": str(asked.headcount) if asked.headcount > 1 else "",
        "needs": list(asked.needs),
        "judgement": [getattr(judged, name) for name in judged.__dataclass_fields__],
        "matters": "\n".join(asked.matters),
        "materials": "\n".join(_line_of(material) for material in asked.materials),
        "guided_person": asked.guide_person,
        "guided_phone": asked.guide_phone,
        **_agent_of(asked.agent),
    }


def _agent_of(agent: AgentFacts) -> dict[str, Any]:
    return {
        "agent_name": agent.name,
        "agent_phone": agent.phone,
        "agent_paper": agent.paper,
        "agent_relation": agent.relation.value,
        "agent_powers": [power.value for power in agent.powers],
    }


def _codes_of(asked: RegisterCase, person: Appellant) -> dict[str, Any]:
    codes = {
        "channel": asked.channel,
        "purpose": asked.purpose,
        "source_level": asked.source_level,
        "satisfaction": asked.satisfaction,
        "guide_way": asked.guide_way,
        "sex": person.sex,
        "id_kind": person.id_kind,
    }
    view = asked.channel.value if asked.channel.value in _VIEWS else IntakeView.LATER.value
    return {
        **{name: None if code is None else code.value for name, code in codes.items()},
        "view": IntakeView(view).value,
    }


def _line_of(material: MaterialFacts) -> str:
    kind = "（原件）" if material.is_original else ""
    return f"{material.name} {material.copies} 份{kind}"
