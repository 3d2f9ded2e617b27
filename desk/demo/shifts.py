"""A shift in the fictional street: promised calls, kept originals, a handover that waits."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.actions.contacts import RecordContact
from desk.actions.handover import WriteHandover
from desk.actions.keeping import KeepItem
from desk.rules.codes import CaseStatus, ContactResult, KeptKind, Role
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.models import Case, KeptItem, Staff
from desk.store.people import person_of

_PROMISES = (
    ("1001", 2, "物业答复后给他回电"),
    ("1001", 20, "明早告诉他检修时间"),
    ("1007", 3, "到现场前先打个电话"),
    ("1006", 22, "维修队排期定了就回电"),
    ("1016", 1, "邻居在家的时间问好了回电"),
)
_THINGS = (
    ("1001", KeptKind.ORIGINAL, "房产证原件 1 本", "核对后交还，约了周一来取"),
    ("1001", KeptKind.KEY, "二楼调解室备用钥匙", ""),
    ("1002", KeptKind.ORIGINAL, "劳动合同原件 2 份", "复印后交还"),
)


def live_shifts(database: Database, now: datetime) -> None:
    """Let people promise calls, keep things, and hand a shift over."""
    with Session(database.engine) as session:
        people = {
            row.login: person_of(session, row, now.date())
            for row in session.scalars(select(Staff).where(Staff.is_built_in.is_(False)))
        }
        open_cases = {
            login: list(
                session.execute(
                    select(Case.id, Case.version)
                    .where(
                        Case.handler_id == person.staff_id,
                        Case.status.in_([CaseStatus.ACCEPTED, CaseStatus.HANDLING]),
                        Case.is_secret.is_(False),
                    )
                    .order_by(Case.received_at.desc(), Case.id)
                )
            )
            for login, person in people.items()
        }
        known = session.scalar(select(func.count(KeptItem.id))) or 0
    if known:
        return
    for login, hours, note in _PROMISES:
        if open_cases[login]:
            case, seen = open_cases[login].pop(0)
            _as(database, people[login]).carry_out(
                RecordContact(
                    made_by=people[login].staff_id,
                    happened_at=now - timedelta(minutes=20),
                    case=case,
                    seen=seen,
                    result=ContactResult.REACHED,
                    note=note,
                    call_back_at=now + timedelta(hours=hours),
                    over_reason="诉求人约好的时间",
                )
            )
    for login, kind, name, note in _THINGS:
        _as(database, people[login]).carry_out(
            KeepItem(
                made_by=people[login].staff_id,
                happened_at=now - timedelta(hours=2),
                kind=kind,
                name=name,
                note=note,
            )
        )
    before, after = people["1003"], people["1001"]
    _as(database, before).carry_out(
        WriteHandover(
            made_by=before.staff_id,
            happened_at=now - timedelta(minutes=35),
            to=after.staff_id,
            note="夜里榕荫里停电的来电都记在 20 秒快记里，供电所说上午十点前恢复。",
        )
    )
    assert Role.CLERK in after.roles  # noqa: S101 - the window takes over from the duty room


def _as(database: Database, person: Person) -> Database:
    """Return the same database as this person sees it."""
    return Database(database.engine, person, clock=database.now)
