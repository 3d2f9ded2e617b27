"""Plans, gathered opinions and the three lists of the fictional street (主动治理; DOMAIN.md 9.5).

A handful of each, whatever the number of cases, all through the actions: one plan that has worked,
one under way, four meetings with their opinions, demands, resources and projects.
"""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.actions.gatherings import AnswerOpinion, OpinionLine, RecordGathering
from desk.actions.meetings import HoldMeeting, MeetingDecision
from desk.actions.plan_measures import AddMeasure, ReportMeasure
from desk.actions.topic_plans import FinishPlan, LookAgain, MakePlan, PlanFacts
from desk.actions.topics import OpenTopic
from desk.demo.index import StreetIndex
from desk.demo.proactive_lists import live_lists
from desk.demo.proactive_texts import DONE, MARKET, OPINIONS, SAID
from desk.queries.gatherings import gathering_board
from desk.rules.codes import CaseStatus, Purpose, Role
from desk.rules.leader_case_codes import MeetingKind
from desk.rules.moments import day_of, start_of
from desk.rules.proactive_codes import AnswerWay, GatheringKind, OpinionState
from desk.store.database import Database
from desk.store.models import Case, Category, Place

_READ = 20_000  # newest cases that are looked through; a demo of a million cases stays quick
_SPAN, _WINDOW, _LEAST, _CASES, _RECENT = 200, 30, 4, 8, 10
_MEETINGS = ("榕东社区", "南塘社区", "书院社区", "码头社区")


class _Kind(NamedTuple):
    """A place and a category of which many complained, then fewer."""

    place: int
    category: int
    name: str
    starts_on: date


def live_proactive(database: Database, street: StreetIndex) -> None:
    """Let the street plan, gather opinions and keep its lists."""
    kind = _fewer_by_now(database)
    if kind is not None:
        _worked(database, street, kind)
    _under_way(database, street)
    for at, community in enumerate(_MEETINGS):
        _gathered(database, street, at, street.units[community])
    _answered(database, street)
    live_lists(database, street)


def _fewer_by_now(database: Database) -> _Kind | None:
    """Return what fell most when the days before and after some month are compared."""
    today = day_of(database.now())
    since = start_of(today - timedelta(days=_SPAN))
    with Session(database.engine) as session:
        rows = session.execute(
            select(Case.place_id, Case.category_id, Case.received_at)
            .where(
                Case.received_at > since,
                Case.place_id.is_not(None),
                Case.status != CaseStatus.WITHDRAWN,
                Case.purpose.not_in([Purpose.REPORT, Purpose.MEDIATION]),
            )
            .order_by(Case.received_at.desc())
            .limit(_READ)
        ).all()
        days: defaultdict[tuple[int, int], list[date]] = defaultdict(list)
        for place, category, at in rows:
            days[place or 0, category].append(day_of(at))
        best = max(
            ((_fall(found, start), key, start) for key, found in days.items()
             for start in (today - timedelta(days=back) for back in range(100, 130, 5))),
            default=None,
        )  # fmt: skip
        if best is None or best[0] < 2:
            return None
        _, (place, category), start = best
        name = f"{session.get_one(Place, place).name} {session.get_one(Category, category).name}"
    return _Kind(place, category, name, start)


def _fall(days: list[date], start: date) -> int:
    """Return how many fewer came in the days after a month of work than before it."""
    if len(days) < _LEAST:
        return 0
    of = Counter((day - start).days for day in days)
    before = sum(of[at] for at in range(-_WINDOW, 0))
    after = sum(of[at] for at in range(_WINDOW + 1, 2 * _WINDOW + 1))
    return before - after


def _worked(database: Database, street: StreetIndex, kind: _Kind) -> None:
    """Let one plan be done, looked at and confirmed, some months ago."""
    cases = _cases(database, kind.place, kind.category, kind.starts_on)
    if not cases:
        return
    opened = _at(kind.starts_on - timedelta(days=2))
    topic = database.carry_out(
        OpenTopic(
            **_by(street, Role.DISPATCHER, opened),
            name=kind.name,
            cases=cases,
            lead=street.units["城建办"],
            note="同一小区一个月内反复来，逐件办一件又来一件，改为一次治理。",
        )
    ).made["topic"]
    ends = kind.starts_on + timedelta(days=_WINDOW)
    facts = PlanFacts(
        goal="逐栋摸底，一次整改；物业每周自查，社区每月回看一次，三个月不反弹。",
        units=(street.units["城建办"],),
        starts_on=kind.starts_on,
        ends_on=ends,
        place=kind.place,
        category=kind.category,
        funds="3.6万",
        funds_from="社区党组织服务群众经费",
    )
    made = database.carry_out(
        MakePlan(**_by(street, Role.DISPATCHER, opened), topic=topic, facts=facts)
    )
    plan: int = made.made["plan"]
    for step, (words, result, spent) in enumerate(DONE):
        due = kind.starts_on + timedelta(days=8 * (step + 1))
        _measure(database, street, plan, (words, "城建办", due), (result, spent))
    for at, (title, minutes, decision) in enumerate(SAID):
        held = _at(kind.starts_on + timedelta(days=3 + 12 * at), hour=19)
        _meet(database, street, topic, held, (title, minutes, decision))
    database.carry_out(
        FinishPlan(
            **_by(street, Role.DISPATCHER, _at(ends)),
            plan=plan,
            seen=1,
            finished_on=ends,
            note="三项措施都已完成，物业交来自查表，居民代表现场验收。",
        )
    )
    looked = ends + timedelta(days=32)
    database.carry_out(
        LookAgain(
            **_by(street, Role.LEADER, _at(looked)),
            plan=plan,
            seen=2,
            looked_on=looked,
            is_solved=True,
            note="随机看了四栋，问了六户，都说没有再出现。",
        )
    )


def _under_way(database: Database, street: StreetIndex) -> None:
    """Let one thing be worked on now, with one measure past its day."""
    work = _market(database, street) or _most_frequent(database)
    if work is None:
        return
    today = day_of(database.now())
    start = today - timedelta(days=9)
    topic = database.carry_out(
        OpenTopic(
            **_by(street, Role.DISPATCHER, _at(start)),
            name=work.name,
            cases=work.cases,
            lead=street.units["综合行政执法队"],
            note=work.note,
        )
    ).made["topic"]
    facts = PlanFacts(
        goal=work.goal,
        units=(street.units["码头社区"],),
        starts_on=start,
        ends_on=today + timedelta(days=25),
        place=work.place,
        category=work.category,
        funds="2.4万",
        funds_from="街道城市管理经费",
    )
    made = database.carry_out(
        MakePlan(**_by(street, Role.DISPATCHER, _at(start)), topic=topic, facts=facts)
    )
    plan: int = made.made["plan"]
    first, late, coming = work.measures
    done = (work.result, "8600")
    _measure(database, street, plan, (first, "城建办", start + timedelta(days=5)), done)
    _measure(database, street, plan, (late, "码头社区", today - timedelta(days=2)), None)
    _measure(database, street, plan, (coming, "码头社区", today + timedelta(days=20)), None)
    _meet(database, street, topic, _at(start + timedelta(days=2), hour=19), work.said)


class _Work(NamedTuple):
    """What is worked on now, in the words of its plan."""

    name: str
    place: int
    category: int
    cases: tuple[int, ...]
    note: str
    goal: str
    measures: tuple[str, str, str]
    result: str
    said: tuple[str, str, str]


def _market(database: Database, street: StreetIndex) -> _Work | None:
    """Return the morning market of earlier months; the last weeks stay to be found."""
    place, _community = street.places["渡口街"]
    category = street.categories["街面秩序", "占道经营"]
    cases = _cases(database, place, category, day_of(database.now()) - timedelta(days=20))
    if not cases:
        return None
    return _Work(
        "渡口街早市占道",
        place,
        category,
        cases,
        "有人要取缔，有人要保留：划定经营区，定时收市，不一赶了之。",
        "划定经营区和通道，早 9 点收市，收市后半小时内清扫；摊贩自治小组自己管。",
        (
            "划线，设早市时间牌和垃圾收集点",
            "与 36 户摊贩逐户签自治公约",
            "早 6 点到 9 点定人值守一个月",
        ),
        "线和牌都已到位，收集点设在街口",
        MARKET,
    )


def _most_frequent(database: Database) -> _Work | None:
    """Return what came most often until some days ago, in a street that is only weeks old."""
    until = day_of(database.now()) - timedelta(days=_RECENT)
    with Session(database.engine) as session:
        found = session.execute(
            select(Place.id, Category.id, Place.name, Category.name, func.count(Case.id))
            .join(Place, Place.id == Case.place_id)
            .join(Category, Category.id == Case.category_id)
            .where(Case.received_at < start_of(until))
            .group_by(Place.id, Category.id, Place.name, Category.name)
            .order_by(func.count(Case.id).desc(), Place.id, Category.id)
            .limit(1)
        ).first()
    if found is None:
        return None
    place, category, where, what, _count = found
    cases = _cases(database, place, category, until)
    if not cases:  # all of them are in a topic by now
        return None
    first, second, third = (words for words, _, _ in DONE)
    said = SAID[0]
    return _Work(
        f"{where} {what}",
        place,
        category,
        cases,
        "同一处反复来，逐件办一件又来一件，改为一次治理。",
        "逐栋摸底，一次整改；物业每周自查，社区每月回看一次，三个月不反弹。",
        (first, second, third),
        DONE[0][1],
        said,
    )


def _measure(
    database: Database,
    street: StreetIndex,
    plan: int,
    what: tuple[str, str, date],
    done: tuple[str, str] | None,
) -> None:
    words, unit, due = what
    made = database.carry_out(
        AddMeasure(
            **_by(street, Role.DISPATCHER, database.now()),
            plan=plan,
            text=words,
            unit=street.units[unit],
            due_on=due,
        )
    )
    if done is not None:
        result, spent = done
        database.carry_out(
            ReportMeasure(
                **_by(street, Role.HANDLER, database.now()),
                measure=made.made["measure"],
                done_on=due - timedelta(days=1),
                result=result,
                spent=spent,
            )
        )


def _meet(
    database: Database, street: StreetIndex, topic: int, held: datetime, said: tuple[str, str, str]
) -> None:
    title, minutes, decision = said
    database.carry_out(
        HoldMeeting(
            **_by(street, Role.DISPATCHER, held),
            kind=MeetingKind.DELIBERATION,
            title=title,
            held_at=held,
            place="社区议事厅",
            chair="社区书记",
            attendees="居民代表 9 人、物业、商户代表 3 人、社区网格员",
            minutes=minutes,
            decisions=(MeetingDecision(decision, "责任单位"),),
            topic=topic,
        )
    )


def _cases(database: Database, place: int, category: int, until: date) -> tuple[int, ...]:
    """Return some of the cases of a kind that came in the two months before a day."""
    with Session(database.engine) as session:
        return tuple(
            session.scalars(
                select(Case.id)
                .where(
                    Case.place_id == place,
                    Case.category_id == category,
                    Case.received_at < start_of(until),
                    Case.received_at > start_of(until - timedelta(days=2 * _WINDOW)),
                    Case.is_secret.is_(False),
                    Case.purpose != Purpose.MEDIATION,
                )
                .order_by(Case.received_at.desc())
                .limit(_CASES)
            )
        )


def _gathered(database: Database, street: StreetIndex, at: int, community: int) -> None:
    """Let one community bring back opinions, the first the longest ago."""
    today = day_of(database.now())
    held = today - timedelta(days=(70, 40, 16, 5)[at])
    name = next(name for name, unit in street.units.items() if unit == community)
    answering = [street.units[unit] for unit in ("城建办", "应急办", "公共服务办")]
    lines = tuple(
        OpinionLine(text=text, said_by=who, answer=answer)
        if answer
        else OpinionLine(
            text=text,
            said_by=who,
            way=AnswerWay.LIMITED,
            unit=answering[(at + step) % len(answering)],
            due_on=held + timedelta(days=10),
        )
        for step, (text, who, answer) in enumerate(OPINIONS[at : at + 7])
    )
    database.carry_out(
        RecordGathering(
            **_by(street, Role.COMMUNITY, _at(held, hour=17)),
            kind=GatheringKind.ASSEMBLY if at % 2 == 0 else GatheringKind.COURTYARD,
            name=f"{name}{'居民代表会议' if at % 2 == 0 else '院落议事会'}",
            held_on=held,
            place="社区二楼会议室" if at % 2 == 0 else "中心花园",
            unit=community,
            attendees=42 - 7 * at,
            opinions=lines,
        )
    )


def _answered(database: Database, street: StreetIndex) -> None:
    """Answer most of what is due, one of them late; the newest meeting's opinions still wait."""
    board = database.read(gathering_board)
    today = day_of(database.now())
    waiting = [
        one
        for row in board.gatherings
        for one in row.opinions
        if one.state is OpinionState.LATE and one.due_on is not None
    ]
    for at, one in enumerate(waiting[1:]):
        assert one.due_on is not None  # noqa: S101 - asked above
        day = one.due_on + timedelta(days=2 if at == 0 else -1 - at % 4)
        database.carry_out(
            AnswerOpinion(
                **_by(street, Role.HANDLER, _at(min(day, today))),
                opinion=one.id,
                answered_on=min(day, today),
                answer="已到现场看过并办好，答复了提意见的楼栋代表。",
            )
        )


def _at(day: date, hour: int = 10) -> datetime:
    return start_of(day) + timedelta(hours=hour)


def _by(street: StreetIndex, role: Role, at: datetime) -> dict[str, Any]:
    return {"made_by": street.by_role[role][0].id, "happened_at": at}
