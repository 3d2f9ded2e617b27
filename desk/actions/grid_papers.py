"""Cards and signs of grids on paper (公示卡、干群连心牌): a whole community in one document."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.rules.codes import UnitKind
from desk.rules.contact_signs import (
    CODE,
    MOST_SIGNS,
    SLOGAN,
    fill_code,
    people_lines,
    service_lines,
)
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.grid_codes import SignFor, SignSize
from desk.rules.grid_posts import may_keep
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.rules.wording import label
from desk.store.grid_facts import (
    GridUnit,
    code_places,
    duties_on,
    grid_units,
    named,
    posts_of,
    public_services,
)
from desk.store.hall_rules import setting
from desk.store.letterheads import letterhead_of
from desk.store.models import Place
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_PHONE = "还没有这个社区的电话，牌上没有可印的号码。请管理员在“管理—单位”里补上后再试。"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueGridCards(Request):
    """Put the public cards of grids on paper: one grid, or all of a community.

    Attributes:
        unit: the grid, or the community whose grids all get one.
    """

    unit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueContactSigns(Request):
    """Put the contact signs of a community on paper, all in one document.

    Attributes:
        unit: the community, or one grid of it.
        hung: for buildings and estates, or for grids.
    """

    unit: int
    hung: SignFor = SignFor.BUILDINGS
    size: SignSize = SignSize.A5


@dataclass(frozen=True, slots=True)
class _Hall:
    """What all cards and signs of one document share."""

    services: tuple[str, ...]
    phone: str
    code: str
    slogan: str


@action(IssueGridCards, "grid.cards_printed")
def issue_grid_cards(tx: Transaction, request: IssueGridCards) -> Changes:
    """Freeze the cards of grids as their staff and the duties are today.

    Raises:
        NotAllowed: the grid is another community's.
        RuleBroken: it has no grid, or no number to print.
    """
    unit, grids = _chosen(tx, request.unit)
    if not grids:
        raise RuleBroken(f"{unit.name}还没有网格，请管理员在“管理—单位”里加上。", field="unit")
    hall, places = _hall(tx), _places(tx, unit)
    cards = []
    for grid in grids:
        about = [f"{grid.households} 户" if grid.households else ""]
        about.append("、".join(name for name, grid_id in places if grid_id == grid.id))
        cards.append(
            {
                "grid": grid.name,
                "community": grid.community,
                "about": "　".join(filter(None, about)) or None,
                "people": _people(tx, grid) or "（还没有登记）",
                "services": service_lines(hall.services),
                "phone": grid.community_phone,
                "hall_phone": hall.phone,
                "code": _code(hall, grid, grid.name),
            }
        )
    return _issued(tx, request, "grid-card", {"cards": cards}, f"{unit.name} {len(cards)} 张")


@action(IssueContactSigns, "grid.signs_printed")
def issue_contact_signs(tx: Transaction, request: IssueContactSigns) -> Changes:
    """Freeze the signs of a community, in the order of their places.

    Raises:
        NotAllowed: the community is another one.
        RuleBroken: nothing is there to hang them at, it is too many, or there is no number.
    """
    unit, grids = _chosen(tx, request.unit)
    hall = _hall(tx)
    by_id = {grid.id: grid for grid in grids}
    if request.hung is SignFor.GRIDS:
        spots = [(grid.name, grid) for grid in grids]
    else:
        spots = [(name, by_id.get(grid, unit)) for name, grid in _places(tx, unit)]
    if not spots:
        words = f"{unit.name}没有可以挂牌的{label(request.hung)}，请管理员先在“管理”里补上。"
        raise RuleBroken(words, field="hung")
    if len(spots) > MOST_SIGNS:
        raise RuleBroken(f"一次最多印 {MOST_SIGNS} 块，请按网格分几次印。", field="unit")
    known = grid_units(tx.session, tx.street_id, tx.today)
    others = _people(tx, known[unit.community_id]) or "社区工作人员"
    people = {one.id: _people(tx, one) for one in grids}
    signs = [
        {
            "place": place,
            "community": at.community,
            "grid": at.name if at.kind is UnitKind.GRID and at.name != place else None,
            "people": people.get(at.id) or others,
            "services": service_lines(hall.services[:4]) or None,
            "phone": at.community_phone,
            "hall_phone": hall.phone,
            "code": _code(hall, at, place),
        }
        for place, at in spots
    ]
    row = {"size": request.size.value, "slogan": hall.slogan or None, "signs": signs}
    said = f"{unit.name}{label(request.hung)} {len(signs)} 块"
    return _issued(tx, request, "contact-sign", row, said)


def _chosen(tx: Transaction, unit_id: int) -> tuple[GridUnit, list[GridUnit]]:
    """Return the unit, and its grids or itself.

    Raises:
        NotAllowed: it is another community's.
        RuleBroken: there is none, or its community has no number.
    """
    require_hall(Deed.KEEP_GRIDS, tx.person)
    known = grid_units(tx.session, tx.street_id, tx.today)
    unit = known.get(unit_id)
    if unit is None:
        raise RuleBroken("请选一个社区或网格。", field="unit")
    if not may_keep(tx.person, unit.id, unit.community_id):
        raise NotAllowed("只印本社区的牌，这里不是您的社区。")
    if not unit.community_phone:
        raise RuleBroken(_PHONE, field="unit")
    if unit.kind is UnitKind.GRID:
        return unit, [unit]
    grids = [
        one for one in known.values() if one.kind is UnitKind.GRID and one.community_id == unit.id
    ]
    return unit, grids


def _hall(tx: Transaction) -> _Hall:
    def said(key: str) -> str:
        return str(setting(tx.session, tx.street_id, key, tx.today))

    duties = duties_on(tx.session, tx.street_id, tx.today)
    head = letterhead_of(tx.session, tx.street_id, tx.today)
    return _Hall(public_services(duties), head.phone, said(CODE), said(SLOGAN))


def _places(tx: Transaction, unit: GridUnit) -> list[tuple[str, int]]:
    """Return the estates and buildings of a community or grid, each with its grid."""
    of_unit = Place.grid_id if unit.kind is UnitKind.GRID else Place.community_id
    rows = tx.session.execute(
        select(Place.name, Place.grid_id)
        .where(Place.street_id == tx.street_id, of_unit == unit.id, Place.valid_to.is_(None))
        .order_by(Place.grid_id.is_(None), Place.grid_id, Place.name)
    )
    return [(row.name, row.grid_id or 0) for row in rows]


def _people(tx: Transaction, unit: GridUnit) -> str:
    rows = posts_of(tx.session, tx.street_id, [unit.id], tx.today)
    return people_lines([named(row, unit) for row in rows if row.is_public])


def _code(hall: _Hall, unit: GridUnit, place: str) -> str | None:
    return fill_code(hall.code, code_places(unit, place, hall.phone)) or None


def _issued(
    tx: Transaction, request: Request, code: str, row: dict[str, Any], said: str
) -> Changes:
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    paper = issue_for_hall(tx, code, row, number)
    title = {"grid-card": "打印网格公示卡", "contact-sign": "打印干群连心牌"}[code]
    return Changes(f"{title}：{said}", made={"paper": paper.id, "number": number})
