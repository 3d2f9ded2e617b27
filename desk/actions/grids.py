"""Who works in a grid, what is expected there, and how a month was (网格队伍、职责、月度评价).

An evaluation is for whom it is about and for the secretary of his community: the history says
only that one was written, and of which community (DOMAIN.md 003-7, 9.4).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from desk.actions.dated_rows import dated
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.grid_codes import GridListKind, GridPostKind
from desk.rules.grid_lists import read_duties, read_items, require_scores
from desk.rules.grid_posts import (
    MOST_HOUSEHOLDS,
    may_keep,
    require_end,
    require_month,
    require_office_number,
    require_post,
    require_secretary_named_by_other,
)
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import amount, words
from desk.store.grid_facts import GridUnit, grid_units, items_on, led_communities, post_title
from desk.store.ids import new_id
from desk.store.models import GridEvaluation, GridList, GridPost, Staff
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_NOT_YOURS = "网格队伍由本社区或信联办登记，这里不是您的社区。"
_NO_POST = "找不到这个人员，请刷新后再试。"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddGridPost(Request):
    """Say who has a post in a grid or community, from a day on.

    Attributes:
        staff: the member of staff, where he has a login; else the name alone.
        area: 负责范围.
        households: 包联户数.
        is_public: named on cards and signs.
    """

    unit: int
    kind: GridPostKind
    name: str = words("姓名", Field.NAME)
    staff: int | None = None
    title: str = words("怎么称呼", longest=40, default="")
    phone: str = words("办公电话", Field.CODE, longest=40, default="")
    area: str = words("负责范围", default="")
    households: int | None = amount("包联户数", 1, MOST_HOUSEHOLDS, default=None)
    is_public: bool = True
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGridPost(Request):
    """Correct what stands beside a name; another person is another post."""

    post: int
    title: str = words("怎么称呼", longest=40, default="")
    phone: str = words("办公电话", Field.CODE, longest=40, default="")
    area: str = words("负责范围", default="")
    households: int | None = amount("包联户数", 1, MOST_HOUSEHOLDS, default=None)
    is_public: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EndGridPost(Request):
    """Say until when somebody had a post (离岗)."""

    post: int
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteGridList(Request):
    """Write the duties, or what a month is judged by, in lines; they hold from today."""

    kind: GridListKind
    text: str = words("内容", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateGridPost(Request):
    """Say how somebody's month was; once more for a month is a correction.

    Attributes:
        month: 2026-11.
        scores: points for each item that holds on the last day of the month.
    """

    post: int
    month: str = words("月份", Field.CODE, longest=7)
    scores: tuple[int, ...]
    remark: str = words("评语", Field.BODY, longest=500, default="")


@action(AddGridPost, "grid.post_added")
def add_grid_post(tx: Transaction, request: AddGridPost) -> Changes:
    """Name somebody in a grid or community.

    Raises:
        NotAllowed: the grid is another community's; only 信联办 names a secretary, never himself.
        RuleBroken: name, post or number cannot stand, or he has the post already.
    """
    unit = _unit(tx, request.unit)
    require_post(request.kind, unit.kind, name=request.name, title=request.title)
    require_office_number(request.phone)
    if request.kind is GridPostKind.SECRETARY:
        require_secretary_named_by_other(tx.person, request.staff)
    if request.staff is not None:
        tx.own(Staff, request.staff, "请从列表里选人员，或只写姓名。", field="name")
    there = select(func.count(GridPost.id)).where(
        GridPost.unit_id == unit.id,
        GridPost.kind == request.kind,
        GridPost.name == request.name,
        (GridPost.valid_to.is_(None)) | (GridPost.valid_to > request.valid_from),
    )
    if tx.session.scalar(there):
        raise RuleBroken(f"{request.name}已经登记在{unit.name}，不用再加。", field="name")
    last = tx.session.scalar(select(func.max(GridPost.position)).where(GridPost.unit_id == unit.id))
    row = GridPost(
        id=new_id(),
        street_id=tx.street_id,
        unit_id=unit.id,
        community_id=unit.community_id,
        kind=request.kind,
        title=request.title or None,
        staff_id=request.staff,
        name=request.name,
        phone=request.phone or None,
        area=request.area or None,
        households=request.households,
        is_public=request.is_public,
        position=(last or 0) + 1,
        valid_from=request.valid_from,
        valid_to=None,
        made_by=request.made_by,
        made_at=request.happened_at,
    )
    tx.add(row)
    said = f"{unit.name}登记{post_title(row)} {row.name}"
    return Changes(f"{said}，{row.valid_from:%Y-%m-%d} 起", made={"post": row.id})


@action(ChangeGridPost, "grid.post_changed")
def change_grid_post(tx: Transaction, request: ChangeGridPost) -> Changes:
    """Correct title, number, area and households of a post.

    Raises:
        NotAllowed: the grid is another community's.
        RuleBroken: the number is somebody's own, or nothing is different.
    """
    row, unit = _post(tx, request.post)
    if row.kind is GridPostKind.OTHER and not request.title.strip():
        raise RuleBroken("选“其他”时请写明怎么称呼，例如 小巷管家。", field="title")
    require_office_number(request.phone)
    fresh = {
        "title": request.title or None,
        "phone": request.phone or None,
        "area": request.area or None,
        "households": request.households,
        "is_public": request.is_public,
    }
    if all(getattr(row, name) == value for name, value in fresh.items()):
        raise RuleBroken("没有不同的内容，不用保存。", field="phone")
    tx.watch(row)
    for name, value in fresh.items():
        setattr(row, name, value)
    return Changes(f"更改{unit.name}{post_title(row)} {row.name}的信息", made={"post": row.id})


@action(EndGridPost, "grid.post_ended")
def end_grid_post(tx: Transaction, request: EndGridPost) -> Changes:
    """Say until when somebody had a post; what was evaluated stays.

    Raises:
        NotAllowed: the grid is another community's, or it is a secretary and 信联办 does that.
        RuleBroken: it has ended, or would end before it began.
    """
    row, unit = _post(tx, request.post)
    if row.valid_to is not None:
        raise RuleBroken("这个人员已登记离岗，请刷新后再看。")
    require_end(row.valid_from, request.last_day)
    tx.watch(row)
    row.valid_to = request.last_day + _ONE_DAY
    said = f"{unit.name}{post_title(row)} {row.name}"
    return Changes(f"{said} {request.last_day:%Y-%m-%d} 离岗", made={"post": row.id})


@action(WriteGridList, "grid.list_written")
def write_grid_list(tx: Transaction, request: WriteGridList) -> Changes:
    """Write one of the hall's lists anew; what was judged by the old one keeps it.

    Raises:
        NotAllowed: the asker does not keep the lists.
        RuleBroken: a line cannot be read; it says which.
    """
    require_hall(Deed.KEEP_GRID_LISTS, tx.person)
    is_duties = request.kind is GridListKind.DUTIES
    read = read_duties(request.text) if is_duties else read_items(request.text)
    items = [one.as_json() for one in read]
    dated(tx, GridList, GridList.kind == request.kind, {"kind": request.kind, "items": items})
    return Changes(f"更改{label(request.kind)}，共 {len(items)} 项")


@action(EvaluateGridPost, "grid.evaluated")
def evaluate_grid_post(tx: Transaction, request: EvaluateGridPost) -> Changes:
    """Keep what a secretary says of a month; only he and whom it is about read it.

    Raises:
        NotAllowed: the asker is not the secretary of that community, or it is about himself.
        RuleBroken: the month has not begun, the post did not last into it, or points are missing.
    """
    require_hall(Deed.EVALUATE_GRID, tx.person)
    row = tx.own(GridPost, request.post, _NO_POST)
    led = led_communities(tx.session, tx.person.staff_id, tx.today)
    if not tx.person.is_built_in and row.community_id not in led:
        raise NotAllowed("月度评价由本社区的社区书记来写，别人看不到也不能写。")
    if row.kind is GridPostKind.SECRETARY or row.staff_id == tx.person.staff_id:
        raise NotAllowed("不能评价自己，社区书记也不在这里评价。")
    require_month(request.month, tx.today)
    first = date.fromisoformat(f"{request.month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - _ONE_DAY
    if row.valid_from > last or (row.valid_to is not None and row.valid_to <= first):
        raise RuleBroken(f"{row.name}这个月不在岗，请核对月份。", field="month")
    items = items_on(tx.session, tx.street_id, min(last, tx.today))
    require_scores(items, request.scores)
    before = tx.session.scalar(
        select(func.max(GridEvaluation.revision)).where(
            GridEvaluation.post_id == row.id, GridEvaluation.month == request.month
        )
    )
    tx.add(
        GridEvaluation(
            id=new_id(),
            street_id=tx.street_id,
            post_id=row.id,
            community_id=row.community_id,
            staff_id=row.staff_id,
            month=request.month,
            revision=(before or 0) + 1,
            items=[item.as_json() for item in items],
            scores=list(request.scores),
            remark=request.remark or None,
            made_by=request.made_by,
            made_at=request.happened_at,
        )
    )
    community = grid_units(tx.session, tx.street_id, tx.today)[row.community_id].name
    return Changes(f"{community} {request.month} 月度评价{'更正' if before else ''}一份")


def _unit(tx: Transaction, unit_id: int) -> GridUnit:
    """Return a grid or community of the asker's.

    Raises:
        NotAllowed: it is another community's.
        RuleBroken: there is none.
    """
    require_hall(Deed.KEEP_GRIDS, tx.person)
    unit = grid_units(tx.session, tx.street_id, tx.today).get(unit_id)
    if unit is None:
        raise RuleBroken("请选一个社区或网格。", field="unit")
    if not may_keep(tx.person, unit.id, unit.community_id):
        raise NotAllowed(_NOT_YOURS)
    return unit


def _post(tx: Transaction, post_id: int) -> tuple[GridPost, GridUnit]:
    row = tx.own(GridPost, post_id, _NO_POST)
    unit = _unit(tx, row.unit_id)
    if row.kind is GridPostKind.SECRETARY:
        require_secretary_named_by_other(tx.person, row.staff_id)
    return row, unit
