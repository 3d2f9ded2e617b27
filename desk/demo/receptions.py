"""A year of reception days in the fictional street, and who comes next (接访、预约).

The past is written in bulk: each Thursday its leader, two or three cases, what he said. What is to
come goes through the actions: appointments at the counter and before the leader, one case brought
forward, one agent.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.agents import AgentFacts, SetAgent
from desk.actions.appointments import BookAppointment
from desk.actions.receptions import BringForward
from desk.demo.bulk import Row, put_rows
from desk.demo.index import Someone, StreetIndex
from desk.rules.clock_codes import DutyPart
from desk.rules.codes import CaseStatus, Role
from desk.rules.mediation_codes import HolidayWay
from desk.rules.moments import day_of, start_of
from desk.rules.reception_codes import (
    AgentPower,
    AgentRelation,
    AppointmentWay,
    ReceptionOrigin,
    ReceptionOutcome,
)
from desk.rules.receptions import SLOT
from desk.rules.roster import Post, duty_days
from desk.rules.working_days import Calendar
from desk.store.database import Database
from desk.store.engine import WRITES
from desk.store.ids import new_id
from desk.store.models import Case, DutyPost
from desk.store.reception_book import Asked, slots_of
from desk.store.reception_rows import receivers_of

_YEAR, _WEEK = timedelta(days=364), timedelta(days=7)
_O, _R = ReceptionOrigin, ReceptionOutcome
_WORDS: tuple[tuple[ReceptionOutcome, str], ...] = (
    (_R.ASSIGNED, "承办单位两周内拿出办法，当面答复来访人，信联办盯着落实。"),
    (_R.MEETING, "请城建办、社区和物业本周坐下来商定，费用分摊方案先公示。"),
    (_R.ANSWERED, "政策和时间表当面讲清楚了，来访人表示理解。"),
    (_R.ON_SITE, "下午和社区书记一起到现场看，看完再定。"),
    (_R.EXPLAINED, "不属于街道职权，已说明办理途径，由信联办陪同对接。"),
)
_COMING = (
    ("陈女士", "13800000061", "小区电梯半年修了五次，想请街道出面。", ("轮椅",)),
    ("欧阳先生", "13800000062", "餐馆油烟直排，想约城建办一起谈。", ()),
    ("阿依古丽·马", "13800000063", "低保材料补交，想问还缺什么。", ("翻译",)),
    ("周先生", "", "楼上漏水调解后又漏，想知道下一步。", ()),
)
_TOLD = (
    ("许大爷", "13800000064", "加装电梯一楼不同意，想听领导怎么说。", ("轮椅", "大字")),
    ("林女士", "13800000065", "早市占道三年了，想当面反映。", ()),
)
_ENDED = (CaseStatus.CLOSED, CaseStatus.ARCHIVED)
_SEVERAL = 3


def live_receptions(database: Database, street: StreetIndex) -> None:
    """Let leaders have received each Thursday of a year, and people have appointments now."""
    with Session(database.engine) as session:
        post = session.scalar(select(DutyPost).where(DutyPost.reception_place.is_not(None)))
        if post is None:
            return
        past = list(_past(session, street, post, day_of(database.now())))
    with database.engine.execution_options(**{WRITES: True}).begin() as connection:
        for table in ("duty_shifts", "reception_days", "reception_cases"):
            put_rows(connection, table, [row for name, row in past if name == table])
    _to_come(database, street, post.id)


def _past(
    session: Session, street: StreetIndex, post: DutyPost, today: date
) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a year, the same with the same street."""
    draw = Random(f"receptions {post.name}")
    leaders = [*street.by_role[Role.LEADER], *street.by_role[Role.CHIEF]]
    clerk = street.by_role[Role.CLERK][0]
    taken: set[int] = set()
    for n, day in enumerate(_thursdays(street.calendar, today)):
        leader = leaders[n % len(leaders)]
        at = start_of(day) + timedelta(hours=9)
        if day < today.replace(day=1):
            yield "duty_shifts", _shift(street, post, day, leader, at)
        else:  # this month's roster was drawn up already
            there = receivers_of(session, post.id, day)
            leader = next(one for one in leaders if one.name == there[0].name)
        kept = _day(street, post, day, clerk, at)
        yield "reception_days", kept
        cases = [row for row in _cases(session, street, at) if row.id not in taken]
        for row in cases[: 2 + n % 2]:
            taken.add(row.id)
            heard = _heard(draw, kept, row, leader, clerk, at)
            yield "reception_cases", _still_to_do(heard) if _lies_ahead(heard, today) else heard


def _thursdays(calendar: Calendar, today: date) -> tuple[date, ...]:
    rule = Post(weekday=3, holiday_way=HolidayWay.SHIFT)
    return duty_days(rule, today - _YEAR, today - timedelta(days=1), calendar)


def _cases(session: Session, street: StreetIndex, at: datetime) -> list[Any]:
    """Return cases of the week before that everybody above may know of."""
    return list(
        session.execute(
            select(Case.id, Case.lead_unit_id, Case.received_at)
            .where(
                Case.street_id == street.street_id,
                Case.received_at.between(at - _WEEK, at),
                Case.status.in_(_ENDED),
                Case.lead_unit_id.is_not(None),
                Case.is_secret.is_(False),
                Case.accused_unit_id.is_(None),
                Case.accused_staff_id.is_(None),
            )
            .order_by(Case.received_at)
            .limit(_SEVERAL * 2)
        )
    )


def _shift(street: StreetIndex, post: DutyPost, day: date, leader: Someone, at: datetime) -> Row:
    return {
        "id": new_id(),
        "street_id": street.street_id,
        "post_id": post.id,
        "day": day,
        "part": DutyPart.WHOLE,
        "staff_id": leader.id,
        "person": leader.name,
        "is_lead": False,
        "made_by": leader.id,
        "made_at": at - _WEEK,
    }


def _day(street: StreetIndex, post: DutyPost, day: date, clerk: Someone, at: datetime) -> Row:
    return {
        "id": new_id(),
        "street_id": street.street_id,
        "post_id": post.id,
        "day": day,
        "place": post.reception_place,
        "opened_by": clerk.id,
        "opened_at": at,
    }


def _heard(draw: Random, day: Row, case: Any, leader: Someone, clerk: Someone, at: datetime) -> Row:
    outcome, opinion = draw.choice(_WORDS)
    heard_at = at + timedelta(minutes=draw.randrange(0, 120, 15))
    row: Row = {
        "id": new_id(),
        "street_id": day["street_id"],
        "reception_day_id": day["id"],
        "case_id": case.id,
        "origin": draw.choice((_O.BROUGHT, _O.BROUGHT, _O.TAKEN_IN)),
        "added_by": clerk.id,
        "added_at": at,
        "leader_id": leader.id,
        "leader_name": leader.name,
        "received_at": heard_at,
        "opinion": opinion,
        "outcome": outcome,
        "recorded_by": clerk.id,
        "recorded_at": heard_at + timedelta(minutes=20),
    }
    if row["origin"] is _O.BROUGHT:
        row["why"] = "几家单位意见不一致，请领导定。"
    if outcome in {_R.ASSIGNED, _R.MEETING}:
        due = day["day"] + timedelta(days=14)
        row |= {"follow_unit_id": case.lead_unit_id, "follow_due": due}
        row |= {"done_on": due, "done_note": "已按领导意见办完，来访人认可。"}
        row["done_by"] = clerk.id
    return row


def _lies_ahead(row: Row, today: date) -> bool:
    return row.get("done_on") is not None and row["done_on"] > today


def _still_to_do(row: Row) -> Row:
    """Return it as it stands while the unit is still at it."""
    return {name: value for name, value in row.items() if not name.startswith("done_")}


def _to_come(database: Database, street: StreetIndex, post: int) -> None:
    now = database.now()
    clerk = street.by_role[Role.CLERK][0]
    head: dict[str, Any] = {"made_by": clerk.id, "happened_at": now}
    today = day_of(now)
    days = [today + timedelta(days=n) for n in range(15)]
    for asked, people in (((None, days), _COMING), ((post, days), _TOLD)):
        free = _free(database, street, *asked)
        for (name, phone, matter, needs), at in zip(people, free, strict=False):
            facts: dict[str, Any] = {"name": name, "phone": phone, "matter": matter, "needs": needs}
            way = AppointmentWay.PHONE if phone else AppointmentWay.COUNTER
            book = BookAppointment(**head, starts_at=at, post=asked[0], way=way, **facts)
            database.carry_out(book)
    open_ones = _open(database)
    thursday = next(_free(database, street, post, days), None)
    if open_ones and thursday is not None:
        case, version = open_ones[0]
        why = "三家单位都说不归自己管，请领导定牵头。"
        on: dict[str, Any] = {"case": case, "seen": version, "post": post, "day": day_of(thursday)}
        database.carry_out(BringForward(**head, why=why, **on))
    if len(open_ones) > 1:
        case, version = open_ones[1]
        agent = AgentFacts(
            name="马丽",
            relation=AgentRelation.FAMILY,
            phone="13800000066",
            powers=(AgentPower.SPEAK, AgentPower.HAND_IN),
            paper="授权委托书",
        )
        database.carry_out(SetAgent(**head, case=case, seen=version, agent=agent))


def _free(
    database: Database, street: StreetIndex, post: int | None, days: list[date]
) -> Iterator[datetime]:
    """Yield half hours to come with a free place, every second one."""
    now = database.now()
    for day in days:
        with Session(database.engine) as session:
            slots = slots_of(session, street.street_id, Asked(day, post), day_of(now))
        coming = [slot for slot in slots if slot.free and slot.starts_at + SLOT > now]
        yield from (slot.starts_at for slot in coming[::2])


def _open(database: Database) -> list[tuple[int, int]]:
    with Session(database.engine) as session:
        rows = session.execute(
            select(Case.id, Case.version)
            .where(
                Case.status == CaseStatus.HANDLING,
                Case.is_secret.is_(False),
                Case.accused_unit_id.is_(None),
                Case.accused_staff_id.is_(None),
            )
            .order_by(Case.received_at.desc())
            .limit(2)
        )
        return [(row.id, row.version) for row in rows]
