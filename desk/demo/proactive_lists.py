"""The three lists of the fictional street (三张清单): 需求, 资源, 项目."""

from datetime import timedelta
from typing import Any

from desk.actions.demands import MoveDemand, OfferResource, RaiseDemand, WhistleForDemand
from desk.actions.joint_projects import MoveProject, ProjectFacts, StartProject
from desk.demo.index import StreetIndex
from desk.queries.whistles import whistle_board
from desk.rules.codes import Role
from desk.rules.moments import day_of, start_of
from desk.rules.proactive_codes import DemandState, ProjectState, ResourceKind
from desk.store.database import Database

_NEEDED = (
    ("榕东社区", "要一间能容二十人的老人活动室", "活动站拆迁后一直借楼道，下雨没处去。", 60),
    ("南塘社区", "暑假托管缺三名志愿者", "报名 46 名孩子，现有 5 人看不过来。", 45),
    ("书院社区", "夜市出口缺一盏高杆灯", "出口转弯处夜里看不见台阶。", 30),
    ("码头社区", "独居老人送餐缺一辆电动车", "现在靠网格员自己的车。", 24),
    ("北堤社区", "沿江步道要加两处救生圈", "去年有孩子落水，幸好有人路过。", 12),
    ("新桥社区", "想请法律志愿者每月坐班半天", "", 6),
)
_OFFERED = (
    ("榕东社区", ResourceKind.SITE, "一楼会议室周末空着", "榕江科技公司", 58),
    ("南塘社区", ResourceKind.PEOPLE, "大学生志愿队，暑假可来 10 人", "滨江学院团委", 44),
    ("码头社区", ResourceKind.GOODS, "可捐两辆电动三轮车", "渡口商会", 22),
    ("书院社区", ResourceKind.SERVICE, "免费测血压、量血糖，每月一次", "书院社康中心", 20),
    ("新桥社区", ResourceKind.SKILL, "两名律师，每月可坐班一天", "新桥律师事务所", 10),
)
_JOINED = (
    ("周末老人活动室", "榕东社区", (0,), (0,), 50),
    ("暑假托管志愿队", "南塘社区", (1,), (1,), 40),
    ("送餐车和送餐员", "码头社区", (3,), (2,), 18),
)


def live_lists(database: Database, street: StreetIndex) -> None:
    """Let communities ask, others offer, and three projects bring both together."""
    demands, resources = _asked(database, street), _offers(database, street)
    projects = [_project(database, street, one, (demands, resources)) for one in _JOINED]
    database.carry_out(
        MoveProject(
            **_by(database, street, 30),
            project=projects[0],
            seen=1,
            state=ProjectState.DONE,
            note="每周六上午开放，二十多位老人常来，公司派人看门。",
        )
    )
    _whistled(database, street, demands[2])
    database.carry_out(
        MoveDemand(
            **_by(database, street, 2),
            demand=demands[5],
            seen=1,
            state=DemandState.MET,
            note="司法所每月第一个周四上午派人坐班。",
        )
    )


def _asked(database: Database, street: StreetIndex) -> list[int]:
    today = day_of(database.now())
    return [
        database.carry_out(
            RaiseDemand(
                **_by(database, street, ago),
                title=title,
                details=details,
                unit=street.units[unit],
                wanted_by=today + timedelta(days=30 - ago),
            )
        ).made["demand"]
        for unit, title, details, ago in _NEEDED
    ]


def _offers(database: Database, street: StreetIndex) -> list[int]:
    return [
        database.carry_out(
            OfferResource(
                **_by(database, street, ago),
                kind=kind,
                title=title,
                offered_by=owner,
                unit=street.units[unit],
            )
        ).made["resource"]
        for unit, kind, title, owner, ago in _OFFERED
    ]


def _project(
    database: Database,
    street: StreetIndex,
    one: tuple[str, str, tuple[int, ...], tuple[int, ...], int],
    lists: tuple[list[int], list[int]],
) -> int:
    title, unit, wanted, used, ago = one
    demands, resources = lists
    start = day_of(database.now()) - timedelta(days=ago)
    facts = ProjectFacts(
        title=title,
        details="社区出人，提供单位出东西，每月碰一次头。",
        unit=street.units[unit],
        starts_on=start,
        ends_on=start + timedelta(days=60),
        demands=tuple(demands[at] for at in wanted),
        resources=tuple(resources[at] for at in used),
    )
    request = StartProject(**_by(database, street, ago), facts=facts)
    made: int = database.carry_out(request).made["project"]
    return made


def _by(database: Database, street: StreetIndex, ago: int) -> dict[str, Any]:
    day = day_of(database.now()) - timedelta(days=ago)
    return {
        "made_by": street.by_role[Role.COMMUNITY][0].id,
        "happened_at": start_of(day) + timedelta(hours=10),
    }


def _whistled(database: Database, street: StreetIndex, demand: int) -> None:
    """Tie a demand to the newest whistle, if any was raised."""
    whistles = database.read(whistle_board)
    if whistles:
        head = _by(database, street, 20)
        database.carry_out(WhistleForDemand(**head, demand=demand, seen=1, whistle=whistles[0].id))
