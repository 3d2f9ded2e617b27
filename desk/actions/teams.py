"""Teams that can be called in (应急抢修、业务导师、技术保障队伍, DOMAIN.md 001-13)."""

from dataclasses import dataclass

from desk.actions.dated_rows import renew, require_free
from desk.rules.deeds import Deed
from desk.rules.rights import require_hall
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Team, Unit
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTeam(Request):
    """Add a team, or change one from today; parts given to it earlier keep the earlier name."""

    team: int | None = None
    name: str = words("队伍名称")
    kind: str = words("队伍类别")
    unit: int
    phone: str = words("电话", longest=40, default="")
    note: str = words("说明", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTeam(Request):
    """Stop offering a team from today."""

    team: int


@action(SetTeam, "team.set")
def set_team(tx: Transaction, request: SetTeam) -> Changes:
    """Write a team down.

    Raises:
        RuleBroken: its name is empty or another team's, or its unit is not known.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    others = Team.id.is_distinct_from(request.team)
    require_free(tx, Team, (Team.name == request.name) & others, "队伍", request.name)
    tx.own(Unit, request.unit, "请从列表里选队伍所在的单位。", field="unit")
    fresh = {
        "name": request.name,
        "kind": request.kind,
        "unit_id": request.unit,
        "phone": request.phone or None,
        "note": request.note or None,
    }
    if request.team is not None:
        old = _team(tx, request.team)
        tx.watch(old)
        renew(tx, old, tx.today, fresh)
        return Changes(f"更改队伍 {request.name}")
    row = Team(id=new_id(), street_id=tx.street_id, valid_from=tx.today, **fresh)
    tx.add(row)
    return Changes(f"增加队伍 {request.name}", made={"team": row.id})


@action(EndTeam, "team.ended")
def end_team(tx: Transaction, request: EndTeam) -> Changes:
    """End a team; what it was called in for goes on.

    Raises:
        RuleBroken: it is not there.
    """
    require_hall(Deed.ADMINISTER, tx.person)
    team = _team(tx, request.team)
    tx.watch(team)
    team.valid_to = tx.today
    return Changes(f"停用队伍 {team.name}")


def _team(tx: Transaction, team_id: int) -> Team:
    return tx.own(Team, team_id, "找不到这支队伍，请刷新后再试。")
