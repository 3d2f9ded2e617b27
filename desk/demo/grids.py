"""Who works in the grids of the fictional street, and how their months were (网格)."""

from datetime import timedelta
from random import Random

from desk.actions.grids import AddGridPost, EvaluateGridPost
from desk.demo.index import StreetIndex
from desk.demo.street import COMMUNITIES
from desk.demo.texts import GIVEN, SURNAMES
from desk.rules.codes import Role
from desk.rules.grid_codes import GridPostKind
from desk.rules.grid_lists import ITEMS
from desk.rules.moments import day_of
from desk.store.database import Database

_SINCE = timedelta(days=200)
_MONTHS = 2
_REMARKS = ("走访扎实，台风夜两次上门看望独居老人。", "接到就到，记录再写细一点。", "")


def live_grids(database: Database, street: StreetIndex) -> None:
    """Name secretaries, workers, party members; let the secretaries judge the last months."""
    draw = Random("grids")
    by_unit = {one.unit_id: one for one in street.by_role.get(Role.COMMUNITY, ())}
    for name, grids in COMMUNITIES.items():
        community = street.units[f"{name}社区"]
        secretary = by_unit.get(community)
        if secretary is None:
            continue
        _name(database, community, GridPostKind.SECRETARY, secretary.name, staff=secretary.id)
        for grid in range(1, grids + 1):
            unit = street.units[f"{name}第{grid}网格"]
            worker = by_unit.get(unit)
            posts = [
                _name(
                    database,
                    unit,
                    GridPostKind.WORKER,
                    worker.name if worker else _somebody(draw),
                    staff=worker.id if worker else None,
                ),
                _name(
                    database,
                    unit,
                    GridPostKind.PARTY_MEMBER,
                    _somebody(draw),
                    households=10 + draw.randrange(11),
                ),
                _name(
                    database,
                    unit,
                    GridPostKind.BUILDING_HEAD,
                    _somebody(draw),
                    area=f"{1 + draw.randrange(3)}–{4 + draw.randrange(4)} 栋",
                ),
            ]
            if grid == 3:
                for post in posts:
                    _judge(database, draw, post, secretary.id)


def _somebody(draw: Random) -> str:
    return draw.choice(SURNAMES) + draw.choice(GIVEN)


def _name(  # noqa: PLR0913 - what is known of somebody
    database: Database,
    unit: int,
    kind: GridPostKind,
    name: str,
    *,
    staff: int | None = None,
    households: int | None = None,
    area: str = "",
) -> int:
    done = database.carry_out(
        AddGridPost(
            made_by=database.person.staff_id,
            happened_at=database.now(),
            unit=unit,
            kind=kind,
            name=name,
            staff=staff,
            households=households,
            area=area,
            valid_from=day_of(database.now()) - _SINCE,
        )
    )
    return int(done.made["post"])


def _judge(database: Database, draw: Random, post: int, secretary: int) -> None:
    """Judge the months before this one."""
    last = day_of(database.now()).replace(day=1) - timedelta(days=1)
    for _month in range(_MONTHS):
        database.carry_out(
            EvaluateGridPost(
                made_by=secretary,
                happened_at=database.now(),
                post=post,
                month=f"{last:%Y-%m}",
                scores=tuple(item.most - draw.randrange(5) for item in ITEMS),
                remark=draw.choice(_REMARKS),
            )
        )
        last = last.replace(day=1) - timedelta(days=1)
