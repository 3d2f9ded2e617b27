"""The roster of the fictional street (值班表): posts, a month filled by turns, a few gaps."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.roster import FillTurns, SetDuty, SetDutyPost
from desk.rules.mediation_codes import HolidayWay
from desk.rules.moments import day_of
from desk.store.database import Database
from desk.store.models import Staff

_TYPHOON = "防台风值守"
# name, telephone, facts, logins of its people (the first one's unit has the post), by turns
_POSTS: tuple[tuple[str, str, dict[str, Any], tuple[str, ...], bool], ...] = (
    (
        "街道值班室",
        "0700-8800100",
        {"is_round_clock": True, "needs_night": True},
        ("1005", "1001", "1002", "1003", "1006", "1008"),
        True,
    ),
    ("综合行政执法队", "0700-8800120", {"is_round_clock": True}, ("1007",), True),
    ("榕东社区", "0700-8800201", {"is_round_clock": True}, ("1016", "1017"), True),
    ("应急办", "0700-8800130", {}, ("1010",), False),
    (
        "领导周四接访",
        "",
        {
            "weekday": 3,
            "hours": "09:00-11:30",
            "holiday_way": HolidayWay.SHIFT,
            "reception_place": "一楼领导接访室",
        },
        ("1013", "1014"),
        True,
    ),
)


def draw_up_roster(database: Database) -> None:
    """Give the street its posts; this month and the next are filled where people take turns."""
    at = database.now()
    head: dict[str, Any] = {"made_by": database.person.staff_id, "happened_at": at}
    today = day_of(at)
    months = (today, today.replace(day=1) + timedelta(days=32))
    with Session(database.engine) as session:
        staff = {one.login: one for one in session.scalars(select(Staff))}
    for position, (name, phone, facts, logins, by_turns) in enumerate(_POSTS, 1):
        people = [staff[login] for login in logins]
        request = SetDutyPost(
            **head,
            name=name,
            unit=people[0].unit_id,
            phone=phone,
            turn=tuple(one.id for one in people) if by_turns else (),
            position=position,
            **facts,
        )
        post = database.carry_out(request).made["post"]
        if by_turns:
            for first in months:
                database.carry_out(FillTurns(**head, post=post, first=first))
        else:
            words = f"★吴建国、{people[0].name}（白）"
            database.carry_out(SetDuty(**head, post=post, day=today, people=words, note=_TYPHOON))
