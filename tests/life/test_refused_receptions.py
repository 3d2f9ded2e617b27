"""接访: what is told when the roster, the day or the leader's word has changed meanwhile."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.receptions import BringForward, RecordReception
from desk.actions.recusal import RecordAccused
from desk.actions.roster import SetDuty, SetDutyPost
from desk.rules.deeds import Deed
from desk.rules.reception_codes import ReceptionOutcome
from desk.store.models import DutyShift, ReceptionCase

HEARD = {"opinion": "两周内换进线。", "outcome": ReceptionOutcome.EXPLAINED}


class Days:
    """The reception days of a hall, and who is on the roster."""

    def __init__(self, life):
        self.life, self.today = life, life.hall.clock().date()
        facts = {"hours": "09:00-18:00", "reception_place": "接访室"}
        name, unit = f"接访 {self.today:%m-%d}", life.hall.unit("信联办")
        facts |= {"name": name, "unit": unit, "weekday": self.today.weekday()}
        self.post = self._carry_out(SetDutyPost, **facts).made["post"]
        self.put("郑伟")

    def put(self, people):
        """Put somebody on today's roster, or nobody."""
        with Session(self.life.hall.engine) as session:
            shifts = select(DutyShift.id).where(
                DutyShift.post_id == self.post, DutyShift.replaced_at.is_(None)
            )
            seen = tuple(session.scalars(shifts))
        self._carry_out(SetDuty, post=self.post, day=self.today, people=people, seen=seen)

    def brought(self, case):
        """Bring a case before today's leader."""
        self.life.do("周航", BringForward, case, post=self.post, day=self.today, why="难")

    def heard(self, case):
        """Let the leader have said his word."""
        hall = self.life.hall
        with Session(hall.engine) as session:
            row = session.scalars(select(ReceptionCase.id).where(ReceptionCase.case_id == case))
            said = {"reception": row.one(), "received_at": hall.clock(), **HEARD}
        self.life.do("郑伟", RecordReception, case, **said)

    def _carry_out(self, request, **facts):
        hall = self.life.hall
        return hall.sign_in("周航").carry_out(request(**hall.by("周航"), **facts))


@pytest.fixture
def days(life):
    """A leader receives today."""
    return Days(life)


def test_a_case_comes_before_the_leader_of_a_day_once(life, clerk_of, days):
    case = life.at("handling")
    office = clerk_of("周航", case).opens(Deed.BRING_FORWARD).fills(day=1, why="三家都不管")
    days.brought(case)
    office.overtaken()
    office.refused("day", "此件已经在这个接访日上了。")
    office.keys("Escape")
    office.at(case)
    office.screen.page.bar.press("提请领导接访")
    office.quiet()
    office.fills(day=1)
    days.heard(case)
    office.overtaken()
    office.refused("", "领导已经接访过这一件，登记表已出，不能再移出。")


def test_a_case_comes_not_before_whom_it_is_about_nor_on_a_day_that_is_over(life, clerk_of, days):
    case = life.at("handling")
    office = clerk_of("周航", case).opens(Deed.BRING_FORWARD).fills(day=1, why="三家都不管")
    leader = life.hall.person("郑伟").staff_id
    life.do("李敏", RecordAccused, case, unit=None, staff=leader, reason="他来电说的")
    office.overtaken()
    office.refused(
        "day",
        "此件反映的是当天接访的领导或其单位，依回避规定不能提请给他。请改到别的接访日。",
    )
    life.hall.clock.forward(days=1)
    office.refused("day", "这个接访日已经过了，请选今天或以后的。")


def test_the_word_is_that_of_who_is_on_the_roster(life, clerk_of, days):
    case = life.at("handling")
    days.brought(case)
    office = clerk_of("周航", case).opens(Deed.HEAR).fills(opinion="两周内换进线。", outcome=2)
    office.fills(follow_unit=("城建办",), follow_due="2026-01-05")
    office.refused("follow_due", "跟进期限不能早于今天。")
    office.fills(follow_due="明天")
    leader = clerk_of("郑伟", case).opens(Deed.HEAR).fills(opinion="先停用。", outcome=1)
    days.put("王磊")
    leader.refused("", "这一天不是您接访，由当天的领导或信联办登记。")
    office.resumes().refused("leader", "接访领导请从当天值班的人和其代理人里选。")
    days.put("")
    office.refused("", "这个接访日还没有排领导。请先在“值班”里排上。")
    days.put("郑伟")
    office.done()
    assert life.lines("reception.recorded")[-1].title.startswith("领导接访：交单位办理")
