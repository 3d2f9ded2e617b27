"""Who comes for somebody else (委托代办): his name, what he may do, the paper that says so."""

from dataclasses import dataclass

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.identity import normalise_phone
from desk.rules.reception_codes import AgentPower, AgentRelation, VisitMode
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, CaseAgent, Material
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentFacts:
    """Who acts for the appellant; without a name nobody does.

    Attributes:
        paper: what authorises him (授权委托书), kept as material that was handed in.
    """

    name: str = words("代办人", Field.NAME, default="")
    relation: AgentRelation = AgentRelation.FAMILY
    phone: str = words("代办人电话", Field.CODE, longest=40, default="")
    powers: tuple[AgentPower, ...] = (AgentPower.SPEAK,)
    paper: str = words("授权材料", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAgent(CaseRequest):
    """Write down, or correct, who acts for the appellant."""

    agent: AgentFacts


@action(SetAgent, "agent.set")
def set_agent(tx: Transaction, request: SetAgent) -> Changes:
    """Name the agent of a case that was taken in before.

    Raises:
        NotAllowed: the case is not the asker's to correct.
        RuleBroken: no name, nothing that he may do.
    """
    case = tx.open_case(request.case, request.seen, Deed.SET_AGENT)
    if not request.agent.name.strip():
        raise RuleBroken("请写代办人的姓名。", field="agent_name")
    old = tx.session.get(CaseAgent, case.id)
    if old is None:
        add_agent(tx, case, request.agent)
    else:
        _require_powers(request.agent)
        tx.watch(old)
        _write(old, request.agent)
    case.visit_mode = VisitMode.AGENT
    return Changes("登记委托代办", cases=(case.id,))


def add_agent(tx: Transaction, case: Case, agent: AgentFacts) -> None:
    """Keep who came for the appellant; his paper is material that was handed in.

    Raises:
        RuleBroken: nothing that he may do is chosen.
    """
    _require_powers(agent)
    row = CaseAgent(
        case_id=case.id,
        street_id=tx.street_id,
        relation=agent.relation,
        added_by=tx.person.staff_id,
        added_at=tx.now,
    )
    _write(row, agent)
    tx.add(row)
    if agent.paper:
        tx.add(
            Material(
                id=new_id(),
                street_id=tx.street_id,
                case_id=case.id,
                name=agent.paper,
                copies=1,
                is_original=True,
            )
        )


def _require_powers(agent: AgentFacts) -> None:
    if not agent.powers:
        raise RuleBroken("请勾选代办人可以做什么，至少一项。", field="agent_powers")


def _write(row: CaseAgent, agent: AgentFacts) -> None:
    row.name, row.relation = agent.name, agent.relation
    row.phone, row.paper = normalise_phone(agent.phone) or None, agent.paper or None
    row.powers = [power.value for power in AgentPower if power in agent.powers]
