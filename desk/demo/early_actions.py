"""A year of findings and walks in the fictional street (未诉先办、走访; DOMAIN.md 8.2, 002-15).

Written in bulk: 1,500 a year for a hall of 3,600 cases, from five a week to more than a hundred.
What is newest goes through the actions: a walk to be typed in, findings that became cases.
"""

from datetime import date, datetime, timedelta
from functools import partial
from math import log
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from desk.actions.finding_links import CaseFromFinding
from desk.actions.visits import Building, PlanVisit
from desk.demo.bulk import Row, put_rows
from desk.demo.index import Someone, StreetIndex, cases_since
from desk.demo.street import COMMUNITIES, estates
from desk.rules.codes import Exit, Role
from desk.rules.early_action_codes import (
    DiscoverWay,
    EarlyActionState,
    QuestionnaireKind,
    VisitConcern,
    VisitResult,
    VisitState,
)
from desk.rules.households import households_of
from desk.rules.moments import day_of, start_of
from desk.rules.numbering import NumberFormat, NumberKind, number_year
from desk.rules.questionnaires import SEEDS
from desk.store.base import Base
from desk.store.database import Database
from desk.store.engine import WRITES
from desk.store.ids import new_id
from desk.store.models import EarlyAction

_PER_CASE = 1_500 / 3_600
_MOST = 20_000  # a demo of a million cases stays quick
_GROWTH = 20  # from five a week to a hundred
_DOORS = "101-304"
_MOST_WALKS = 60
_SOLVED, _CONFIRMED = 0.94, 0.9
_RECHECK, _BACKLOG = timedelta(days=7), timedelta(days=10)
W = DiscoverWay
_WAYS = {
    W.GRID: 42,
    W.PATROL: 27,
    W.VISIT: 20,
    W.MEDIA: 4,
    W.LEADER_DAY: 3,
    W.CLUSTER: 4,
}
_MET, _USUAL, _UNDER_WAY = 0.7, 0.85, 0.5  # how many doors open, say that all is well, are at work


class Seen(NamedTuple):
    """What is seen in such a street: category, words, how it was put right."""

    category: tuple[str, str]
    words: str
    measure: str
    concern: VisitConcern | None = None


_SEEN = (
    Seen(
        ("市容环卫", "垃圾清运"),
        "{place}后门垃圾桶满溢，气味大",
        "联系环卫当天清走，加一次中午清运",
    ),
    Seen(
        ("市容环卫", "积水"),
        "{place}门口雨后积水，老人绕着走",
        "疏通雨水口，垫了砖，报城建办补路面",
    ),
    Seen(("市容环卫", "乱张贴"), "{place}楼道小广告贴到门上", "保洁清除，楼长每周巡一次"),
    Seen(
        ("街面秩序", "共享单车"), "{place}入口共享单车堵住盲道", "通知企业半小时内移走，划了停放线"
    ),
    Seen(("街面秩序", "占道经营"), "{place}路口早点摊占了半条道", "劝导入室，留出通道"),
    Seen(("物业与小区", "消防通道"), "{place}消防通道停了三辆车", "打电话请车主挪走，补划黄线"),
    Seen(("物业与小区", "电梯"), "{place} 2 栋电梯抖动，居民不敢坐", "停梯检修，换了曳引轮"),
    Seen(("物业与小区", "门禁"), "{place}单元门禁坏了一周，谁都能进", "物业换了锁芯，已通知各户"),
    Seen(("市政设施", "路灯"), "{place}西侧两盏路灯不亮", "报修，当晚换好灯泡"),
    Seen(("市政设施", "井盖"), "{place}门前井盖松动，车压有响声", "放了警示桩，次日更换"),
    Seen(
        ("治安与公共安全", "消防"),
        "{place} 3 栋楼道堆放纸箱和电动车",
        "当场清走，讲了两起火灾的教训",
    ),
    Seen(
        ("民政与社会保障", "养老"),
        "{place}一户老人卧床，午饭没有着落",
        "接上助餐，社区医生每周上门一次",
        VisitConcern.ILL,
    ),
    Seen(
        ("邻里与家庭", "相邻"),
        "{place}楼上楼下为空调滴水吵过两次",
        "两边各坐了半小时，接了引水管",
        VisitConcern.DISPUTE,
    ),
    Seen(
        ("物业与小区", "物业服务"),
        "{place}几户对停车涨价有情绪，说要一起去反映",
        "请物业公示成本，约了议事会",
        VisitConcern.DISCONTENT,
    ),
    Seen(
        ("房屋与城建", "危房"),
        "{place}外墙掉下一块瓷砖，没有伤人",
        "拉警戒线，排查整面墙，报应急办",
        VisitConcern.INCIDENT,
    ),
)


class _Street:
    """Draws findings of the street, the same with the same seed."""

    def __init__(self, database: Database, street: StreetIndex, first: datetime) -> None:
        self.street, self.first, self.now = street, first, database.now()
        self.random = Random(f"early {street.formats[NumberKind.CASE].template}")
        self.form: NumberFormat = street.formats[NumberKind.EARLY_ACTION]
        self.numbers: dict[int, int] = {}
        self.workers: dict[int, Someone] = {
            one.unit_id: one for one in reversed(street.by_role.get(Role.COMMUNITY, ()))
        }
        self.seen = [one for one in _SEEN if one.category in street.categories]

    def moments(self, count: int) -> list[datetime]:
        """Return when things were found: ever more from week to week, in the hours of the day."""
        span, found = self.now - self.first, []
        for n in range(count):
            share = log(1 + (n + self.random.random()) / count * (_GROWTH - 1)) / log(_GROWTH)
            at = self.first + span * share
            hours = timedelta(minutes=self.random.randint(30, 9 * 60))
            found.append(
                min(start_of(day_of(at)) + _EIGHT + hours, self.now - timedelta(minutes=count - n))
            )
        return sorted(max(at, self.first) for at in found)

    def finding(self, at: datetime) -> Row:
        """Return one finding with what has become of it by now."""
        draw = self.random
        name = draw.choice(list(COMMUNITIES))
        estate = draw.choice(estates(name))
        place, grid = self.street.places[estate]
        community = self.street.units[f"{name}社区"]
        seen = draw.choice(self.seen)
        category = self.street.categories[seen.category]
        who = self.workers.get(community) or next(iter(self.workers.values()))
        year = number_year(at)
        self.numbers[year] = seq = self.numbers.get(year, 0) + 1
        row: Row = {
            "id": new_id(),
            "street_id": self.street.street_id,
            "number": self.form.write(year, seq),
            "year": year,
            "seq": seq,
            "is_imported": False,
            "found_at": at,
            "way": draw.choices([*_WAYS], [*_WAYS.values()])[0],
            "found_by": who.name,
            "community_id": community,
            "grid_id": grid,
            "place_id": place,
            "address": estate,
            "category_id": category,
            "situation": seen.words.format(place=estate),
            "concern": seen.concern,
            "unit_id": self.street.category_unit.get(category, community),
            "state": EarlyActionState.OPEN,
            "recorded_by": who.id,
            "recorded_at": at,
            "changed_at": at,
            "version": 1,
        }
        return row | self._solved(at, who.id, seen.measure)

    def _solved(self, at: datetime, who: int, measure: str) -> Row:
        solved = at + timedelta(hours=self.random.expovariate(1 / 20))
        if self.random.random() > _SOLVED or solved > self.now:
            return {"measure": measure} if self.random.random() < _UNDER_WAY else {}
        due = solved + _RECHECK
        row: Row = {
            "state": EarlyActionState.RESOLVED,
            "measure": measure,
            "resolved_by": who,
            "resolved_at": solved,
            "recheck_on": day_of(due),
            "changed_at": solved,
            "version": 2,
        }
        is_long_ago = self.now - due > _BACKLOG
        if due < self.now and (is_long_ago or self.random.random() < _CONFIRMED):
            row |= {
                "state": EarlyActionState.CONFIRMED,
                "rechecked_by": who,
                "rechecked_at": due,
                "recheck_note": "到现场看过，没有反复",
                "changed_at": due,
                "version": 3,
            }
        return row


_EIGHT = timedelta(hours=8)
TURNED = 2  # so many of the cases came of findings


def live_early_actions(database: Database, street: StreetIndex) -> None:
    """Let people find and mend things for as long as the street has cases."""
    with Session(database.engine) as session:
        count, first = cases_since(session)
    wanted = min(round(count * _PER_CASE), _MOST)
    if not wanted or first is None or not street.by_role.get(Role.COMMUNITY):
        return
    drawn = _Street(database, street, first)
    findings = [drawn.finding(at) for at in drawn.moments(wanted)]
    walks, entries = _walks(drawn, findings)
    writer = database.engine.execution_options(**{WRITES: True})
    with writer.begin() as connection:
        put_rows(connection, "visits", walks)
        put_rows(connection, "early_actions", findings)
        put_rows(connection, "visit_entries", entries)
        _count(connection, drawn)
    _today(database, street)


def _walks(drawn: _Street, findings: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return the walks that findings of one community and week came from, door by door."""
    of_walks = [row for row in findings if row["way"] is W.VISIT]
    groups: dict[tuple[int, int, date], list[Row]] = {}
    for row in of_walks:
        day = day_of(row["found_at"])
        week = day - timedelta(days=day.weekday())
        groups.setdefault((row["community_id"], row["place_id"], week), []).append(row)
    walks, entries = [], []
    for number, ((community, place, _), found) in enumerate(
        sorted(groups.items(), key=lambda item: item[1][-1]["found_at"])[-_MOST_WALKS:], start=1
    ):
        walk = _walk(drawn, community, found[-1], number)
        walks.append(walk)
        entries += _entries(drawn, walk, place, found)
    return walks, entries


def _walk(drawn: _Street, community: int, last: Row, number: int) -> Row:
    kind = QuestionnaireKind.TEN_QUESTIONS if number % 3 else QuestionnaireKind.VISIT
    at: datetime = last["found_at"]
    return {
        "id": new_id(),
        "street_id": drawn.street.street_id,
        "number": f"走访{day_of(at):%Y%m%d}-{number}",
        "kind": kind,
        "questions": [one.as_json() for one in SEEDS[kind]],
        "community_id": community,
        "grid_id": last["grid_id"],
        "state": VisitState.DONE,
        "planned_on": day_of(at),
        "planned_by": last["recorded_by"],
        "visited_on": day_of(at),
        "walkers": last["found_by"],
        "entered_by": last["recorded_by"],
        "entered_at": at,
        "changed_at": at,
        "version": 2,
    }


def _entries(drawn: _Street, walk: Row, place: int, found: list[Row]) -> list[Row]:
    questions, draw, rows = SEEDS[walk["kind"]], drawn.random, []
    for seq, household in enumerate(households_of(_DOORS), start=1):
        finding = found[seq - 1] if seq <= len(found) else None
        if finding is not None:
            finding["visit_id"] = walk["id"]
        is_met = finding is not None or draw.random() < _MET
        answers = [
            1 if draw.random() < _USUAL else draw.randint(1, len(one.answers)) for one in questions
        ]
        rows.append(
            {
                "id": new_id(),
                "street_id": drawn.street.street_id,
                "visit_id": walk["id"],
                "seq": seq,
                "place_id": place,
                "household": household,
                "result": VisitResult.MET if is_met else VisitResult.ABSENT,
                "answers": answers if is_met else [],
                "concern": finding["concern"] if finding is not None else None,
                "remark": finding["situation"] if finding is not None else None,
                "early_action_id": finding["id"] if finding is not None else None,
            }
        )
    return rows


def _count(connection: Connection, drawn: _Street) -> None:
    """Bring the counters to the last number used; a new street has none yet."""
    rows = [
        {
            "street_id": drawn.street.street_id,
            "kind": NumberKind.EARLY_ACTION.value,
            "year": year,
            "last": last,
        }
        for year, last in drawn.numbers.items()
    ]
    connection.execute(Base.metadata.tables["counters"].insert(), rows)


def _today(database: Database, street: StreetIndex) -> None:
    """Plan a walk that waits to be typed in, and turn the two newest open findings into cases."""
    at = database.now()
    worker = street.by_role[Role.COMMUNITY][0]
    name = next(
        (one for one in COMMUNITIES if street.units[f"{one}社区"] == worker.unit_id),
        next(iter(COMMUNITIES)),
    )
    by: dict[str, Any] = {"made_by": worker.id, "happened_at": at}
    database.carry_out(
        PlanVisit(
            **by,
            kind=QuestionnaireKind.TEN_QUESTIONS,
            community=street.units[f"{name}社区"],
            planned_on=day_of(at),
            buildings=tuple(
                Building(street.places[estate][0], "1单元101-304") for estate in estates(name)
            ),
        )
    )
    for finding, seen in database.read(partial(_newest_open, most=TURNED)):
        database.carry_out(CaseFromFinding(**by, finding=finding, seen=seen, exit=Exit.TRANSFER))


def _newest_open(reader: Any, most: int) -> list[tuple[int, int]]:
    rows = reader.session.execute(
        select(EarlyAction.id, EarlyAction.version)
        .where(EarlyAction.state == EarlyActionState.OPEN)
        .order_by(EarlyAction.found_at.desc())
        .limit(most)
    )
    return [(row.id, row.version) for row in rows]
