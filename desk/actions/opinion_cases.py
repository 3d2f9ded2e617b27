"""An opinion of a meeting becomes a case (意见转诉求件), linked both ways.

It is an ordinary intake with its facts filled in; nobody in person brought it, so it takes no part
in the rates of those who were asked.
"""

from dataclasses import dataclass

from desk.actions.gatherings import open_opinion
from desk.actions.intake import RegisterCase, register_case
from desk.rules.codes import Channel, Exit, Purpose, SourceLevel
from desk.rules.errors import RuleBroken
from desk.store.ids import new_id
from desk.store.models import Case, GatheredOpinion, Gathering
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

NOT_RATED = "意见征集转来，没有单独的诉求人，不参加满意率"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFromOpinion(Request):
    """Take an opinion in as a case (转诉求件).

    Attributes:
        exit: TRANSFER, or OWN_UNIT where the asker's unit goes on with it.
    """

    opinion: int
    category: int
    place: int | None = None
    exit: Exit = Exit.TRANSFER


@action(CaseFromOpinion, "gathering.turned")
def case_from_opinion(tx: Transaction, request: CaseFromOpinion) -> Changes:
    """Register a case from an opinion that waits for its answer, and keep both linked.

    Raises:
        NotAllowed: who asks takes no cases in.
        RuleBroken: it is answered, or became a case before.
    """
    row = open_opinion(tx, request.opinion)
    if request.exit not in {Exit.TRANSFER, Exit.OWN_UNIT}:
        raise RuleBroken("意见转诉求件，请选受理转办或本部门自办。", field="exit")
    gathering = tx.session.get_one(Gathering, row.gathering_id)
    made = register_case(tx, _intake(tx, row, gathering, request))
    case = tx.session.get_one(Case, made.made["case"])
    case.counts_in_rates, case.excluded_reason = False, NOT_RATED
    tx.watch(row)
    row.case_id = case.id
    return Changes(
        f"由意见征集转为诉求件：{gathering.name} 第 {row.seq} 条",
        cases=(case.id,),
        made={
            "case": case.id,
            "number": case.number,
            "opinion": row.id,
            "gathering": row.gathering_id,
        },
    )


def _intake(
    tx: Transaction, row: GatheredOpinion, gathering: Gathering, request: CaseFromOpinion
) -> RegisterCase:
    said = f"（{row.said_by}）" if row.said_by else ""
    return RegisterCase(
        made_by=request.made_by,
        happened_at=request.happened_at,
        command=request.command,
        case=new_id(),
        exit=request.exit,
        channel=Channel.GRID,
        purpose=Purpose.SUGGESTION,
        source_level=SourceLevel.COMMUNITY,
        details=row.text,
        category=request.category,
        first_unit=tx.person.home_unit_id,
        place=request.place,
        note=f"{gathering.held_on:%Y-%m-%d} {gathering.name} 第 {row.seq} 条意见{said}",
    )
