"""The roster (值班表): posts, who is there on which day, turns, and the sheet on the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desk.actions.dated_rows import change_in_place, require_free
from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall, writing_of
from desk.rules.clock_codes import DutyPart
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.mediation_codes import HolidayWay
from desk.rules.numbering import NumberKind
from desk.rules.opening_hours import UnreadableHours, require_spans
from desk.rules.rights import require_hall
from desk.rules.roster import duty_days, in_turns, may_keep_post, read_people, write_people
from desk.store.gate import words
from desk.store.hall_rules import hall_calendar
from desk.store.ids import new_id
from desk.store.models import DutyPost, DutyShift, Staff, Unit
from desk.store.models.hall import today_rows
from desk.store.requests import Changes, Request, action
from desk.store.roster_rows import (
    duty_roster_row,
    last_day_of_month,
    on_duty_of,
    post_of,
    present_shifts,
)
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDutyPost(Request):
    """Add a post, or change one; what is on the roster stays.

    Attributes:
        weekday: for a weekly duty, 0 = Monday.
        hours: when somebody is there, e.g. “09:00-12:00”; empty for the whole part of the day.
        turn: who takes turns, in this order.
        reception_place: where leaders receive people; empty for any other duty (领导接访).
    """

    post: int | None = None
    name: str = words("值班岗位", longest=60)
    unit: int
    phone: str = words("电话", longest=40, default="")
    is_round_clock: bool = False
    needs_night: bool = False
    weekday: int | None = None
    hours: str = words("时间", longest=120, default="")
    holiday_way: HolidayWay = HolidayWay.SKIP
    turn: tuple[int, ...] = ()
    position: int = 0
    reception_place: str = words("接访地点", longest=100, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDutyPost(Request):
    """Take a post off the roster from today; the past stays."""

    post: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDuty(Request):
    """Write who is at a post on a day, or nobody.

    Attributes:
        seen: the rows that stood there on screen; another desk's names are never overwritten.
    """

    post: int
    day: date
    people: str = words("值班人员", default="")
    phone: str = words("当天电话", longest=40, default="")
    note: str = words("说明", default="")
    seen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FillTurns(Request):
    """Let people take turns on the days of a month that are still empty."""

    post: int
    first: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDutyRoster(Request):
    """Print the roster of a month."""

    first: date


@action(SetDutyPost, "roster.post_set")
def set_duty_post(tx: Transaction, request: SetDutyPost) -> Changes:
    """Write a post down.

    Raises:
        NotAllowed: the asker keeps no posts.
        RuleBroken: its name is empty or taken, its unit or hours cannot be, or somebody who
            takes turns is not of this street.
    """
    require_hall(Deed.KEEP_POSTS, tx.person)
    tx.own(Unit, request.unit, "请从列表里选岗位所属的单位。", field="unit")
    others = (DutyPost.name == request.name) & DutyPost.id.is_distinct_from(request.post)
    require_free(tx, DutyPost, others, "值班岗位", request.name)
    _require_hours(request.hours)
    for one in request.turn:
        tx.own(Staff, one, "轮值人员里有一位不在本街道的人员表里。", field="turn")
    fresh = {
        "name": request.name,
        "unit_id": request.unit,
        "phone": request.phone or None,
        "is_round_clock": request.is_round_clock and request.weekday is None,
        "needs_night": request.needs_night,
        "weekday": request.weekday,
        "hours": request.hours or None,
        "holiday_way": request.holiday_way,
        "turn": list(request.turn),
        "position": request.position,
        "reception_place": request.reception_place or None,
    }
    if request.post is not None:
        change_in_place(tx, _post(tx, request.post), fresh)
        return Changes(f"更改值班岗位 {request.name}")
    row = DutyPost(id=new_id(), street_id=tx.street_id, valid_from=tx.today, valid_to=None, **fresh)
    tx.add(row)
    return Changes(f"增加值班岗位 {request.name}", made={"post": row.id})


@action(EndDutyPost, "roster.post_ended")
def end_duty_post(tx: Transaction, request: EndDutyPost) -> Changes:
    """End a post from today.

    Raises:
        NotAllowed: the asker keeps no posts.
        RuleBroken: it is not there.
    """
    require_hall(Deed.KEEP_POSTS, tx.person)
    post = _post(tx, request.post)
    change_in_place(tx, post, {"valid_to": tx.today})
    return Changes(f"停用值班岗位 {post.name}")


@action(SetDuty, "roster.set")
def set_duty(tx: Transaction, request: SetDuty) -> Changes:
    """Write a cell of the roster; names of the street's own staff are recognised.

    Raises:
        NotAllowed: the asker keeps no roster, or not this unit's.
        RuleBroken: the names cannot be read, or the post is not there.
        StaleCase: another desk has written into this cell meanwhile.
    """
    post = _kept_post(tx, request.post)
    people = read_people(request.people)
    old = present_shifts(tx.session, (post.id,), request.day, request.day)
    if {shift.id for shift in old} != set(request.seen):
        there = write_people([on_duty_of(shift) for shift in old]) or "空"
        raise StaleCase(f"这一格刚被别的窗口改过，现在是“{there}”。您写的还在，看过后再存。")
    _replace(tx, old)
    known = _staff_by_name(tx)
    for one in people:
        staff = known.get(one.person)
        tx.session.add(
            DutyShift(
                id=new_id(),
                street_id=tx.street_id,
                post_id=post.id,
                day=request.day,
                part=one.part,
                staff_id=staff,
                person=one.person,
                phone=request.phone or None,
                is_lead=one.is_lead,
                note=request.note or None,
                made_by=tx.person.staff_id,
                made_at=tx.now,
            )
        )
    said = write_people(people) or "空出"
    return Changes(f"排班 {request.day:%m-%d} {post.name}", detail=said)


@action(FillTurns, "roster.turns")
def fill_turns(tx: Transaction, request: FillTurns) -> Changes:
    """Put those who take turns on the empty days of a month; nothing that is there is changed.

    Raises:
        NotAllowed: the asker keeps no roster, or not this unit's.
        RuleBroken: nobody takes turns at this post, or no day is empty.
    """
    post = _kept_post(tx, request.post)
    first = request.first.replace(day=1)
    last = last_day_of_month(first)
    calendar = hall_calendar(tx.session, tx.street_id, tx.today)
    filled = present_shifts(tx.session, (post.id,), first, last)
    taken = {shift.day for shift in filled}
    wanted = duty_days(post_of(post), first, last, calendar)
    days = [day for day in wanted if day not in taken]
    plan = in_turns(post.turn, days, _last_in_turn(tx, post, first))
    if not plan:
        raise RuleBroken(f"{post.name}这个月已经排满了。")
    names = _names(tx, post.turn)
    for day, staff in plan.items():
        tx.session.add(
            DutyShift(
                id=new_id(),
                street_id=tx.street_id,
                post_id=post.id,
                day=day,
                part=DutyPart.WHOLE,
                staff_id=staff,
                person=names[staff],
                is_lead=False,
                made_by=tx.person.staff_id,
                made_at=tx.now,
            )
        )
    return Changes(f"{post.name}按轮值排上 {len(plan)} 天")


@action(IssueDutyRoster, "roster.printed")
def issue_duty_roster(tx: Transaction, request: IssueDutyRoster) -> Changes:
    """Freeze the roster of a month as it stands.

    Raises:
        NotAllowed: the asker is no member of the hall's staff.
        RuleBroken: there is no post on it yet.
    """
    require_hall(Deed.HAND_OVER, tx.person)
    row = duty_roster_row(writing_of(tx), request.first)
    if not row["posts"]:
        raise RuleBroken("还没有值班岗位。请管理员在“管理 · 值班岗位”里先加上。")
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    paper = issue_for_hall(tx, "duty-roster", row, number)
    return Changes("打印值班表", made={"paper": paper.id, "number": number})


def _require_hours(hours: str) -> None:
    try:
        require_spans(hours or "09:00-12:00")
    except UnreadableHours as fault:
        raise RuleBroken(
            f"时间“{hours}”看不懂，请写成 09:00-12:00,14:00-18:00 这样。", field="hours"
        ) from fault


def _post(tx: Transaction, post_id: int) -> DutyPost:
    return tx.own(DutyPost, post_id, "找不到这个值班岗位，请刷新后再试。")


def _kept_post(tx: Transaction, post_id: int) -> DutyPost:
    """Return a post whose roster the person keeps: any, or that of his own unit."""
    post = _post(tx, post_id)
    if not may_keep_post(tx.person, post.unit_id):
        raise NotAllowed("您只能排本单位的值班。别的岗位请联系信联办。")
    return post


def _replace(tx: Transaction, shifts: Sequence[DutyShift]) -> None:
    for shift in shifts:
        tx.watch(shift)
        shift.replaced_at = tx.now


def _staff_by_name(tx: Transaction) -> dict[str, int]:
    """Return the street's present staff by name; names that two people bear are left out."""
    rows = tx.session.execute(
        select(Staff.name, Staff.id).where(
            Staff.street_id == tx.street_id, today_rows(Staff, tx.today)
        )
    ).all()
    names = [row.name for row in rows]
    return {row.name: row.id for row in rows if names.count(row.name) == 1}


def _names(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    rows = tx.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _last_in_turn(tx: Transaction, post: DutyPost, before: date) -> int | None:
    """Return who of those that take turns was there last before a day."""
    return tx.session.scalar(
        select(DutyShift.staff_id)
        .where(
            DutyShift.post_id == post.id,
            DutyShift.day < before,
            DutyShift.replaced_at.is_(None),
            DutyShift.staff_id.in_(post.turn),
        )
        .order_by(DutyShift.day.desc(), DutyShift.id.desc())
        .limit(1)
    )
