"""Cases that leaders led in the fictional street (领导包案、会商): one a month, and some today."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.checklists import CheckSaid
from desk.actions.leader_cases import RaiseLeaderCase
from desk.actions.leader_steps import GoThroughList, PlanStep, RecordStep
from desk.actions.leader_team import JoinTeam
from desk.actions.meetings import HoldMeeting, MeetingDecision
from desk.demo.bulk import Row, put_rows
from desk.demo.index import StreetIndex
from desk.demo.waiting import handler_of, head_of
from desk.rules.codes import CaseStatus, Role
from desk.rules.leader_case_codes import (
    CheckAnswer,
    Checklist,
    CheckOccasion,
    LeaderOutcome,
    MeetingKind,
    TeamRole,
)
from desk.rules.leader_cases import SEED_PLEDGES, SEED_QUESTIONS
from desk.rules.moments import day_of, in_utc, start_of
from desk.store.database import Database
from desk.store.engine import WRITES
from desk.store.ids import new_id
from desk.store.models import Case

_WHY = "两轮办理没有解决：涉及几家单位，承办单位协调不动，诉求人三次来访。"
_DELEGATES = ("梁国栋", "区人大代表"), ("何玉珍", "街道党代表")
_STEPS = (
    (1, "领导带队入户见面，听诉求人当面说", "诉求人愿意等方案"),
    (4, "到现场逐户摸底", "12 户里 10 户同意"),
    (9, "催办两家单位按会商纪要落实", "一家已完工，一家定了日期"),
    (15, "专班上门复看", "现场没有反复"),
)
_PLEDGES = (
    "摸清了来龙去脉和各户意见",
    "当面讲清政策",
    "按纪要落实",
    "网格每天走访",
    "依法告知途径",
)
_MINUTES = (
    "一、承办单位通报前两轮办理情况和卡住的地方。\n二、相关单位说明各自的职责边界和能做的事。\n"
    "三、居民代表提出先解决照明和出行。\n四、主持人逐项定下谁办、几时办完。"
)
_HOURS = timedelta(hours=10)
_LENGTH = 20  # days that a led case of the past took


def live_led_cases(database: Database, street: StreetIndex) -> None:
    """Let leaders have led a hard case of each month, and lead three today."""
    cases = _hard_cases(database)
    now = database.now()
    months: dict[str, Any] = {}
    for case in cases:
        day = day_of(case.received_at)
        if case.status in _ENDED and day + timedelta(days=_LENGTH + 10) < day_of(now):
            months.setdefault(f"{day:%Y-%m}", case)
    tables: dict[str, list[Row]] = {}
    for at, case in enumerate(months.values()):
        for table, row in _past(street, case, at):
            tables.setdefault(table, []).append(row)
    writer = database.engine.execution_options(**{WRITES: True})
    with writer.begin() as connection:
        for table in ("leader_cases", "team_members", "leader_steps", "check_lines", "meetings"):
            put_rows(connection, table, tables.get(table, ()))
    open_ones = [case for case in cases if case.status is CaseStatus.HANDLING]
    for at, case in enumerate(open_ones[:3]):
        _today(database, street, case, at)


_ENDED = frozenset({CaseStatus.CLOSED, CaseStatus.ARCHIVED})


def _hard_cases(database: Database) -> Sequence[Any]:
    """Return the cases that a leader could have led, the hardest of each month first."""
    with Session(database.engine) as session:
        return session.execute(
            select(
                Case.id,
                Case.status,
                Case.received_at,
                Case.summary,
                Case.lead_unit_id,
                Case.handler_id,
            )
            .where(
                Case.is_secret.is_(False),
                Case.accused_unit_id.is_(None),
                Case.accused_staff_id.is_(None),
                Case.lead_unit_id.is_not(None),
                Case.status.in_([*_ENDED, CaseStatus.HANDLING]),
                (Case.round_no > 1) | Case.is_complex | (Case.status == CaseStatus.HANDLING),
            )
            .order_by(Case.round_no.desc(), Case.is_complex.desc(), Case.seq)
        ).all()


def _past(street: StreetIndex, case: Any, at: int) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a led case that was concluded."""
    leader = street.by_role[Role.LEADER][0]
    office = street.by_role[Role.DISPATCHER][0].id
    first = day_of(case.received_at) + timedelta(days=3)
    ended = first + timedelta(days=_LENGTH)
    led = new_id()
    of_case: Row = {"street_id": street.street_id, "case_id": case.id}
    of_led: Row = {**of_case, "leader_case_id": led}
    yield (
        "leader_cases",
        {
            **of_case,
            "id": led,
            "reason": _WHY,
            "leader_id": leader.id,
            "started_on": first,
            "planned_until": first + timedelta(days=30),
            "raised_by": office,
            "raised_at": _at(first),
            "outcome": LeaderOutcome.PARTLY if at % 6 == 5 else LeaderOutcome.RESOLVED,
            "conclusion": "各方按会商纪要落实，诉求人到现场看过，签字认可。",
            "concluded_on": ended,
            "concluded_by": leader.id,
            "concluded_at": _at(ended),
        },
    )
    for member in _team(street, case, at):
        since = {"since": first, "added_by": office, "added_at": _at(first)}
        yield "team_members", {**of_led, **since, **member, "id": new_id()}
    for day, action, result in _STEPS:
        done = first + timedelta(days=day)
        planned = {"planned_by": office, "planned_at": _at(first), "is_dropped": False}
        said = {"action": action, "result": result, "due_on": done, "done_on": done}
        by = {"done_by": handler_of(street, case), "done_at": _at(done)}
        yield "leader_steps", {**of_led, **planned, **said, **by, "id": new_id()}
    yield from _lines(of_led, office, ended)
    yield "meetings", _meeting_row(of_case, case, office, first + timedelta(days=6))


def _lines(of_led: Row, by: int, day: date) -> Iterator[tuple[str, Row]]:
    said = {
        "occasion": CheckOccasion.LEADER_CASE,
        "on_day": day,
        "said_by": by,
        "said_at": _at(day),
    }
    for words, note in zip(SEED_PLEDGES, _PLEDGES, strict=True):
        line = {"checklist": Checklist.PLEDGES, "words": words, "note": note}
        yield "check_lines", {**of_led, **said, **line, "answer": CheckAnswer.YES, "id": new_id()}
    for words in SEED_QUESTIONS:
        line = {"checklist": Checklist.QUESTIONS, "words": words, "answer": CheckAnswer.YES}
        yield "check_lines", {**of_led, **said, **line, "id": new_id()}


def _meeting_row(of_case: Row, case: Any, by: int, day: date) -> Row:
    return {
        **of_case,
        "id": new_id(),
        "kind": MeetingKind.CONSULTATION,
        "title": case.summary[:60],
        "held_at": _at(day),
        "place": "大厅二楼个案会商室",
        "chair": "吴建国",
        "attendees": "承办单位、社区、物业、居民代表 3 人",
        "minutes": _MINUTES,
        "decisions": [
            {"text": "列出清单，逐项销号", "who": "承办单位", "until": f"{day + _WEEK:%Y-%m-%d}"},
            {"text": "每天看望老人", "who": "网格", "until": None},
        ],
        "recorder": "周雅琴",
        "recorded_by": by,
        "recorded_at": _at(day),
        "changed_at": _at(day),
    }


_WEEK = timedelta(days=7)


def _team(street: StreetIndex, case: Any, at: int) -> Iterator[Row]:
    """Yield the team by the 1+1+2+N pattern."""
    leader = street.by_role[Role.LEADER][0]
    name, office = _DELEGATES[at % len(_DELEGATES)]
    yield {"role": TeamRole.LEADER, "staff_id": leader.id, "name": leader.name}
    yield {"role": TeamRole.DELEGATE, "name": name, "office": office}
    workers = street.by_role[Role.HANDLER]
    roles = (TeamRole.YOUNG, TeamRole.BUSINESS, TeamRole.BUSINESS)
    for step, role in enumerate(roles):
        one = workers[(at + step) % len(workers)]
        yield {"role": role, "staff_id": one.id, "name": one.name}
    grid = street.by_role[Role.COMMUNITY][at % len(street.by_role[Role.COMMUNITY])]
    yield {"role": TeamRole.GRID, "staff_id": grid.id, "name": grid.name}
    del case


def _at(day: date) -> datetime:
    return in_utc(start_of(day) + _HOURS)


def _today(database: Database, street: StreetIndex, case: Any, at: int) -> None:
    """Let a leader lead an open case: of three, one has stood still for ten days."""
    office = street.by_role[Role.DISPATCHER][0].id
    handler = handler_of(street, case)
    today = day_of(database.now())
    started = max(today - timedelta(days=12 - 4 * at), day_of(case.received_at))
    leaders = (*street.by_role[Role.LEADER], *street.by_role[Role.CHIEF])
    database.carry_out(
        RaiseLeaderCase(
            **head_of(database, case, office),
            reason=_WHY,
            leader=leaders[0 if at < 2 else -1].id,
            started_on=started,
            planned_until=today + timedelta(days=18),
        )
    )
    for member in list(_team(street, case, at))[1:]:
        head = head_of(database, case, office)
        said = {"role": member["role"], "staff": member.get("staff_id")}
        if said["staff"] is None:
            said |= {"name": member["name"], "office": member["office"]}
        database.carry_out(JoinTeam(**head, **said))
    if not at:
        return
    database.carry_out(
        RecordStep(
            **head_of(database, case, handler),
            action=_STEPS[0][1],
            result=_STEPS[0][2],
            done_on=max(today - timedelta(days=2), started),
        )
    )
    database.carry_out(
        PlanStep(
            **head_of(database, case, handler), action=_STEPS[1][1], due_on=today + timedelta(4)
        )
    )
    lines = tuple(
        CheckSaid(words, CheckAnswer.PARTLY if step else CheckAnswer.YES, "", note)
        for step, (words, note) in enumerate(zip(SEED_PLEDGES, _PLEDGES[:3], strict=False))
    )
    head = head_of(database, case, handler)
    database.carry_out(GoThroughList(**head, checklist=Checklist.PLEDGES, said=lines))
    _meet(database, case, handler)


def _meet(database: Database, case: Any, by: int) -> None:
    database.carry_out(
        HoldMeeting(
            made_by=by,
            happened_at=database.now(),
            kind=MeetingKind.CONSULTATION,
            title=case.summary[:60],
            held_at=database.now() - timedelta(hours=3),
            place="大厅二楼个案会商室",
            chair="吴建国",
            attendees="承办单位、社区、物业、居民代表 3 人",
            minutes=_MINUTES,
            decisions=(MeetingDecision("列出清单，逐项销号", "承办单位"),),
            case=case.id,
        )
    )
