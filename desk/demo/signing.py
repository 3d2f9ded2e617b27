"""Who signs in the fictional street (领导包片、代理人), and how its opinions passed the desks."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from sqlalchemy.orm import Session

from desk.actions.leader_areas import SetLeaderArea
from desk.demo.index import Someone, StreetIndex
from desk.demo.life import Life, Step
from desk.rules.codes import CaseStatus, OpinionStatus, Role
from desk.rules.moments import day_of
from desk.rules.sign_route import ChiefSigns, RouteFacts, sign_route
from desk.store.database import Database
from desk.store.engine import WRITES
from desk.store.ids import new_id
from desk.store.models import Deputy

_SINCE = date(2020, 1, 1)
# the chief answers for these himself; for all others the leader does
CHIEFS_OWN = frozenset({"平安法治办", "纪工委", "城市更新办", "新桥社区"})
_REMARKS: Mapping[int, str] = MappingProxyType(
    {0: "同意，请按时限办结。", 3: "同意。请社区一周后再上门看一次。"}
)
_LATELY = timedelta(days=2)  # what came since then may still lie on a desk
_AWAY = timedelta(days=3)  # how long the chief has been away, and still will be


def set_areas(database: Database, street: StreetIndex, now: datetime) -> None:
    """Let the two leaders answer for the units, and one stand in for the other this week."""
    leader, chief = street.by_role[Role.LEADER][0], street.by_role[Role.CHIEF][0]
    for name, unit in street.units.items():
        if name.endswith("网格") or name == "街道":
            continue
        whose = chief if name in CHIEFS_OWN else leader
        request = SetLeaderArea(
            made_by=database.person.staff_id,
            happened_at=now,
            leader=whose.id,
            unit=unit,
            valid_from=_SINCE,
        )
        database.carry_out(request)
    writer = database.engine.execution_options(**{WRITES: True})
    with Session(writer) as session, session.begin():
        session.add(_deputy(street.street_id, chief, leader, day_of(now)))


def _deputy(street_id: int, principal: Someone, deputy: Someone, today: date) -> Deputy:
    return Deputy(
        id=new_id(),
        street_id=street_id,
        principal_id=principal.id,
        deputy_id=deputy.id,
        reason="到区里集中学习",
        valid_from=today - _AWAY,
        valid_to=today + _AWAY,
    )


def hand_in(life: Life, unit: int, at: datetime) -> None:
    """Lay the desks out that an opinion passes; it lies on the first."""
    for seq, desk in enumerate(_desks(life, unit), start=1):
        life.add(
            "sign_steps",
            id=new_id(),
            opinion_id=life.opinion["id"],
            seq=seq,
            role=desk[1],
            signer_id=desk[0].id,
            arrived_at=at if seq == 1 else None,
        )


def still_waits(life: Life, signed: datetime) -> bool:
    """Return whether an opinion that would be signed by now lies there still: leaders are busy."""
    return life.now - _LATELY < signed <= life.now and life.seq % 5 == 1


def signing_steps(life: Life, unit: int, written: datetime, signed: datetime) -> list[Step]:
    """Return the signatures of an opinion: the leader's, and the chief's where it is hard."""
    desks = _desks(life, unit)
    found = []
    for place, (who, _role) in enumerate(desks, start=1):
        at = signed if place == len(desks) else written + (signed - written) * 0.4
        to = desks[place][0].name if place < len(desks) else ""
        title = f"签批同意，转{to}" if to else "签发意见书"
        remark = _REMARKS.get(life.seq % 7, "")
        found.append(
            Step(at, "opinion.signed", title, who, _signature(place, at, who, remark), remark)
        )
    return found


def _signature(place: int, at: datetime, who: Someone, remark: str) -> Callable[[Life], None]:
    def sign(life: Life) -> None:
        steps = life.rows["sign_steps"]
        steps[place - 1] |= {"signed_at": at, "signed_by": who.id, "is_agreed": True}
        steps[place - 1] |= {"remark": remark or None, "on_paper": False}
        if place < len(steps):
            steps[place]["arrived_at"] = at
            return
        life.opinion |= {"status": OpinionStatus.SIGNED, "signed_at": at, "signed_by": who.id}
        life.opinion["remark"] = remark or None
        life.case["status"] = CaseStatus.SEALING

    return sign


def _desks(life: Life, unit: int) -> list[tuple[Someone, Role]]:
    people = {
        someone.id: someone
        for role in (Role.LEADER, Role.CHIEF)
        for someone in life.street.by_role[role]
    }
    leader, chief = life.street.by_role[Role.LEADER][0], life.street.by_role[Role.CHIEF][0]
    facts = RouteFacts(
        areas=[[chief.id if _is_chiefs(life, unit) else leader.id]],
        chiefs=[chief.id],
        is_hard=life.appeal.is_complex,
    )
    route = sign_route(facts, ChiefSigns.HARD)
    return [(people[desk.signer_id], desk.role) for desk in route if desk.signer_id is not None]


def _is_chiefs(life: Life, unit: int) -> bool:
    name = next(name for name, key in life.street.units.items() if key == unit)
    return name in CHIEFS_OWN
