"""领导接访、委托代办 in the windows: brought forward, what was said, what came of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.roster import SetDuty, SetDutyPost
from desk.rules.deeds import Deed
from desk.rules.reception_codes import ReceptionOutcome
from desk.store.models import CaseAgent, ReceptionCase


@pytest.fixture
def reception(life):
    """A leader receives today, all day."""
    hall = life.hall
    today = hall.clock().date()
    head = hall.by("周航")
    facts = {"weekday": today.weekday(), "hours": "09:00-18:00", "reception_place": "接访室"}
    name = f"接访 {today:%m-%d}"
    post = SetDutyPost(**head, name=name, unit=hall.unit("信联办"), **facts)
    made = hall.sign_in("周航").carry_out(post).made["post"]
    for days in (0, 7):
        day = today + timedelta(days=days)
        duty = SetDuty(**hall.by("周航"), post=made, day=day, people="郑伟")
        hall.sign_in("周航").carry_out(duty)
    return today


def receptions(life, case):
    with Session(life.hall.engine) as session:
        rows = select(ReceptionCase).where(ReceptionCase.case_id == case)
        return list(session.scalars(rows.order_by(ReceptionCase.id)))


def test_from_the_office_to_the_leader_and_back_to_the_unit(life, clerk_of, reception):
    case = life.at("handling")
    office = clerk_of("周航", case).opens(Deed.BRING_FORWARD)
    office.refused("day", "请选接访日。")
    office.fills(day=1)
    office.refused("why", "请写一句为什么提请领导接访。")
    office.fills(why="三家单位都说不归自己管").done()
    (row,) = receptions(life, case)
    assert row.why == "三家单位都说不归自己管"
    assert not clerk_of("王磊", case).may(Deed.HEAR)  # not his day

    leader = clerk_of("郑伟", case).opens(Deed.HEAR).fills(outcome=2)
    leader.refused("opinion", "请写领导怎么说、怎么定的，印在登记表上。")
    leader.fills(opinion="两周内换进线。")
    leader.refused("follow_unit", "交办、会商要写由哪个单位跟进。")
    leader.fills(follow_unit=("城建办",))
    leader.refused("follow_due", "请写跟进到哪一天，例如 11-30。")
    leader.fills(follow_due="明天").done()
    (row,) = receptions(life, case)
    assert (row.leader_name, row.outcome) == ("郑伟", ReceptionOutcome.ASSIGNED)
    assert not clerk_of("周航", case).may(Deed.HEAR)

    unit = clerk_of("赵强", case).opens(Deed.FOLLOW_RECEPTION)
    unit.refused("note", "请写做了什么、结果怎样。")
    unit.fills(note="进线已换。").done()
    assert receptions(life, case)[0].done_note == "进线已换。"
    assert not clerk_of("赵强", case).may(Deed.FOLLOW_RECEPTION)


def test_what_was_brought_forward_by_mistake_is_taken_off_again(life, clerk_of, reception):
    case = life.at("handling")
    office = clerk_of("周航", case)
    office.opens(Deed.BRING_FORWARD).fills(day=1, why="难").done()
    office.screen.page.bar.press("提请领导接访")  # the key is the record's by now
    office.quiet()
    office.fills(day=1).done()
    assert receptions(life, case)[0].removed_by == life.hall.person("周航").staff_id


def test_who_came_for_the_appellant_is_written_down_later_too(life, clerk_of):
    case = life.at("received")
    clerk = clerk_of("李敏", case).opens(Deed.SET_AGENT)
    clerk.refused("agent_name", "请写代办人的姓名。")
    clerk.fills(agent_name="马丽", paper="授权委托书").done()
    with Session(life.hall.engine) as session:
        kept = session.get(CaseAgent, case)
    assert (kept.name, kept.powers, kept.paper) == ("马丽", ["speak"], "授权委托书")
    assert "马丽" in clerk.screen.page.facts.rows["visit"].accessibleName()
