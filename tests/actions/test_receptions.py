"""Appointments, agents, and what leaders say on their reception days (预约与接访)."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from desk.actions.agents import AgentFacts, SetAgent
from desk.actions.appointments import (
    BookAppointment,
    MarkAppointment,
    MoveAppointment,
    RevealAppointment,
)
from desk.actions.intake import Appellant
from desk.actions.reception_days import IssueReceptionList, SetReceptionDay
from desk.actions.receptions import (
    BringForward,
    FollowReception,
    RecordReception,
    TakeOffReception,
)
from desk.actions.roster import SetDuty, SetDutyPost
from desk.actions.stand_ins import SetDeputy
from desk.forms import render
from desk.forms.row_keys import keys
from desk.queries.appointments import (
    appointment_facts,
    appointment_phone,
    appointments_today,
    book_day,
)
from desk.queries.receptions import owed_receptions, reception_calendar, reception_day_view
from desk.rules.codes import Channel, Purpose
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import start_of
from desk.rules.reception_codes import (
    AgentPower,
    AgentRelation,
    AppointmentState,
    ReceptionOrigin,
    ReceptionOutcome,
    VisitMode,
)
from desk.store.models import (
    Appointment,
    CaseAgent,
    DutyShift,
    Event,
    Material,
    Paper,
    ReceptionCase,
)
from tests.actions.work import CHEN, FENG, LI, SUN, WANG, XU, ZHAO, ZHENG, ZHOU

State, Outcome = AppointmentState, ReceptionOutcome
MONDAY, THURSDAY = date(2026, 11, 2), date(2026, 11, 5)
MORNING = start_of(THURSDAY)
WANTED = "小区电梯半年修了五次，想请街道出面。"


@pytest.fixture
def work(own_work):
    """A hall of the test's own, in which a leader receives every Thursday morning."""
    facts = {"unit": own_work.unit("信联办"), "weekday": 3, "hours": "09:00-10:30"}
    made = own_work.ask(
        ZHOU, SetDutyPost, name="领导周四接访", reception_place="一楼领导接访室", **facts
    )
    own_work.post = made.made["post"]
    own_work.ask(ZHOU, SetDuty, post=own_work.post, day=THURSDAY, people="郑伟")
    return own_work


def at(hour, minute=0, day=THURSDAY):
    return start_of(day) + timedelta(hours=hour, minutes=minute)


def book(work, who=LI, **more):
    facts = {
        "starts_at": at(9),
        "post": work.post,
        "name": "陈桂芳",
        "phone": "138 0000 0023",
        "matter": WANTED,
        "needs": ("轮椅",),
    }
    return work.ask(who, BookAppointment, **(facts | more)).made["appointment"]


def row_of(work, appointment):
    with Session(work.hall.engine) as session:
        return session.get(Appointment, appointment)


def day(work, who=ZHOU, on=THURSDAY):
    return work.desk(who).read(partial(reception_day_view, post=work.post, day=on))


def record(work, case, who=LI, **more):
    work.clock.forward(minutes=1)
    row = work.all(ReceptionCase, case)[-1]
    facts = {
        "reception": row.id,
        "received_at": work.clock(),
        "opinion": "城建办今天到场，两周内更换进线。",
        "outcome": Outcome.ASSIGNED,
        "follow_unit": work.unit("城建办"),
        "follow_person": "赵强",
        "follow_due": date(2026, 11, 19),
    }
    return work.ask(who, RecordReception, case, **(facts | more))


def test_from_a_call_to_what_came_of_the_leader_s_word(work):
    booked = book(work)
    assert row_of(work, booked).phone == "13800000023"
    seen = work.desk(LI).read(partial(book_day, day=THURSDAY, post=work.post))
    assert [(slot.free, len(slot.taken)) for slot in seen.slots] == [(1, 1), (2, 0), (2, 0)]
    assert (seen.rows[0].who, seen.rows[0].phone) == ("陈桂芳", "138****0023")
    assert (seen.rows[0].with_whom, seen.rows[0].place) == ("郑伟", "一楼领导接访室")

    work.clock.set("2026-11-05 09:05")
    today = work.desk(LI).read(appointments_today)
    assert [one.id for one in today] == [booked]
    facts = work.desk(LI).read(partial(appointment_facts, appointment=booked))
    assert (facts.name, facts.phone, facts.matter) == ("陈桂芳", "13800000023", WANTED)
    assert (facts.needs, facts.is_with_leader) == (("轮椅",), True)
    case = work.register(
        channel=Channel.LEADER_DAY,
        details=facts.matter,
        appointment=booked,
        appellant=Appellant(name=facts.name, phone=facts.phone),
        needs=facts.needs,
    )

    kept = row_of(work, booked)
    assert (kept.state, kept.case_id) == (State.CAME, case)
    assert (kept.name, kept.phone, kept.matter, kept.needs) == (None, None, None, [])
    assert work.case(case).visit_mode is VisitMode.APPOINTMENT
    assert work.papers(case, "intake-sheet")[-1].row["visit"] == "预约"
    assert work.desk(LI).read(partial(appointment_facts, appointment=booked)) is None
    row = work.all(ReceptionCase, case)[-1]
    assert row.origin is ReceptionOrigin.APPOINTMENT

    made = record(work, case)
    assert made.title == "领导接访：交单位办理，城建办 11-19 前"
    paper = work.papers(case, "reception-record")[-1]
    assert paper.number == "青榕接〔2026〕1号"
    assert set(paper.row) <= keys("reception-record")
    assert render("reception-record", paper.row).pages == 1
    assert (paper.row["leader"], paper.row["at"], paper.row["place"]) == (
        "郑伟",
        "09:06",
        "一楼领导接访室",
    )
    assert (paper.row["appellant"], paper.row["origin"]) == ("陈桂芳", "预约")
    view = day(work)
    assert [one.who for one in view.appointments] == ["陈**"]
    assert [(one.leader, one.follow_unit, one.is_late) for one in view.cases] == [
        ("郑伟", "城建办", False)
    ]

    work.clock.set("2026-11-20 09:00")
    owed = work.desk(ZHOU).read(owed_receptions)
    assert [(one.case_id, one.is_late) for one in owed] == [(case, True)]
    work.ask(ZHOU, FollowReception, case, reception=row.id, note="进线已更换，诉求人认可。")
    assert work.desk(ZHOU).read(owed_receptions) == ()
    second = work.papers(case, "reception-record")[-1]
    assert (second.number, second.revision) == (paper.number, 2)
    assert second.row["done"] == "进线已更换，诉求人认可。（周航 2026-11-20）"
    assert work.kinds(case)[-2:] == ["reception.recorded", "reception.followed"]


def test_a_full_half_hour_offers_the_next_ones_and_nobody_gets_a_place_twice(work):
    first, second = book(work), book(work, ZHOU, name="周先生")
    assert {row_of(work, one).seat for one in (first, second)} == {1, 2}
    with pytest.raises(RuleBroken, match=r"09:00 已经约满。这天还有空的：09:30、10:00。"):
        book(work)
    with pytest.raises(RuleBroken, match=r"12:00 不接待"):
        book(work, starts_at=at(12))
    with pytest.raises(RuleBroken, match="没有领导接访"):
        book(work, starts_at=at(9, day=MONDAY))
    with pytest.raises(RuleBroken, match="已经过了"):
        book(work, post=None, starts_at=at(8, day=MONDAY))
    with pytest.raises(RuleBroken, match="最多提前 30 天"):
        book(work, starts_at=at(9, day=date(2026, 12, 17)))
    counter = book(work, post=None, starts_at=at(14))
    assert row_of(work, counter).reception_day_id is None
    same = update(Appointment).where(Appointment.id == second).values(seat=1)
    with Session(work.hall.engine) as session, pytest.raises(DatabaseError):
        session.execute(same)

    work.ask(LI, MarkAppointment, appointment=first, state=State.CANCELLED, note="本人来电取消")
    assert row_of(work, first).end_note == "本人来电取消"
    third = book(work, FENG)
    assert row_of(work, third).seat == 1
    with pytest.raises(RuleBroken, match="这个预约已取消"):
        work.ask(LI, MarkAppointment, appointment=first, state=State.CAME)
    with pytest.raises(RuleBroken, match="已取消"):
        work.ask(LI, MoveAppointment, appointment=first, seen=0, starts_at=at(10), post=work.post)

    work.ask(LI, MoveAppointment, appointment=third, seen=0, starts_at=at(9, 30), post=work.post)
    with pytest.raises(RuleBroken, match="刚被别的窗口改到 11 月 5 日 09:30"):
        work.ask(ZHOU, MoveAppointment, appointment=third, seen=0, starts_at=at(14))
    work.ask(ZHOU, MoveAppointment, appointment=third, seen=1, starts_at=at(14, 30))
    assert (row_of(work, third).book_id, row_of(work, third).moved) == (work.hall.street_id, 2)


def test_who_did_not_come_may_come_later_and_nobody_is_blamed(work):
    booked = book(work)
    work.clock.set("2026-11-05 09:40")
    mark = partial(work.ask, LI, MarkAppointment, appointment=booked)
    mark(state=State.NOT_COME)
    book(work, starts_at=at(9, 30), name="李先生")
    mark(state=State.CAME)
    mark(state=State.BOOKED)
    mark(state=State.NOT_COME)
    case = work.register(channel=Channel.VISIT, appointment=booked)
    assert row_of(work, booked).case_id == case
    with pytest.raises(RuleBroken, match="已经受理成案"):
        mark(state=State.BOOKED)
    again = work.register(channel=Channel.VISIT, appointment=booked)
    assert work.case(again).visit_mode is VisitMode.APPOINTMENT
    assert row_of(work, booked).case_id == case


def test_each_book_has_the_desks_that_keep_it_and_the_leader_his_own_days(work):
    booked = book(work)
    for who in (CHEN, ZHAO, XU, ZHENG):
        with pytest.raises(NotAllowed):
            book(work, who)
    for who, sees in ((LI, 1), (FENG, 1), (ZHENG, 1), (WANG, 0), (CHEN, 0), (ZHAO, 0)):
        found = work.desk(who).read(partial(book_day, day=THURSDAY, post=work.post))
        assert len(found.rows) == sees, who
        assert len(found.slots[0].taken) == 1, who  # that a place is taken is no secret
    assert work.desk(ZHENG).read(partial(appointment_facts, appointment=booked)) is None
    with pytest.raises(RuleBroken, match="找不到这个预约"):
        work.ask(WANG, RevealAppointment, appointment=booked, reason="想看看")
    with pytest.raises(RuleBroken, match="为什么要看电话"):
        work.ask(ZHENG, RevealAppointment, appointment=booked, reason=" ")
    phone = partial(appointment_phone, appointment=booked)
    assert work.desk(ZHENG).read(phone) == ""
    work.ask(ZHENG, RevealAppointment, appointment=booked, reason="先打个电话问问")
    assert work.desk(ZHENG).read(phone) == "13800000023"
    assert work.desk(LI).read(phone) == ""
    work.clock.forward(minutes=5)
    assert work.desk(ZHENG).read(phone) == ""
    silent = book(work, starts_at=at(9, 30), phone="")
    with pytest.raises(RuleBroken, match="没有留电话"):
        work.ask(LI, RevealAppointment, appointment=silent, reason="通知改期")


def test_a_case_is_brought_before_a_leader_and_taken_off_again(work):
    case = work.register()
    bring = partial(work.ask, ZHOU, BringForward, case, post=work.post, day=THURSDAY)
    with pytest.raises(RuleBroken, match="为什么提请"):
        bring(why="")
    with pytest.raises(RuleBroken, match="已经过了"):
        bring(why="老大难", day=date(2026, 10, 29))
    bring(why="三家单位都说不归自己管")
    with pytest.raises(RuleBroken, match="已经在这个接访日上"):
        bring(why="再提一次")
    row = work.all(ReceptionCase, case)[-1]
    work.ask(ZHOU, TakeOffReception, case, reception=row.id)
    with pytest.raises(RuleBroken, match="找不到这次接访"):
        work.ask(ZHOU, TakeOffReception, case, reception=row.id)
    bring(why="仍要请领导定")
    assert [one.why for one in work.all(ReceptionCase, case)] == ["仍要请领导定"]
    shown = work.desk(ZHENG).read(partial(reception_calendar, first=MONDAY, last=THURSDAY))
    assert [(one.day, one.leader, one.cases, one.is_mine) for one in shown] == [
        (THURSDAY, "郑伟", 1, True)
    ]

    with pytest.raises(RuleBroken, match="还没有登记领导意见"):
        work.ask(ZHOU, FollowReception, case, reception=row.id, note="好了")
    with pytest.raises(NotAllowed, match="不是您接访"):
        record(work, case, WANG)
    with pytest.raises(RuleBroken, match="请写领导怎么说"):
        record(work, case, opinion=" ")
    with pytest.raises(RuleBroken, match="由哪个单位跟进"):
        record(work, case, follow_unit=None)
    with pytest.raises(RuleBroken, match="跟进到哪一天"):
        record(work, case, follow_due=None)
    with pytest.raises(RuleBroken, match="不能早于今天"):
        record(work, case, follow_due=date(2026, 11, 1))
    with pytest.raises(RuleBroken, match="从当天值班的人"):
        record(work, case, leader=work.staff(WANG))
    record(work, case, ZHENG)
    with pytest.raises(RuleBroken, match="已经接访过"):
        work.ask(ZHOU, TakeOffReception, case, reception=row.id)
    with pytest.raises(RuleBroken, match="请写做了什么"):
        work.ask(ZHOU, FollowReception, case, reception=row.id, note="")
    work.to("dispatched", case, lead="城建办", supports=("综合行政执法队",))
    assert work.desk(SUN).read(owed_receptions) == ()
    with pytest.raises(NotAllowed, match="由跟进单位"):
        work.ask(SUN, FollowReception, case, reception=row.id, note="不是我们")
    assert [one.case_id for one in work.desk(ZHAO).read(owed_receptions)] == [case]
    work.ask(ZHAO, FollowReception, case, reception=row.id, note="已换线。")


def test_who_stands_in_receives_and_says_so_on_the_record(work):
    case = work.register(channel=Channel.LEADER_DAY)
    assert work.all(ReceptionCase, case) == []  # no leader receives on a Monday
    work.clock.set("2026-11-05 09:20")
    case = work.register(channel=Channel.LEADER_DAY)
    assert work.all(ReceptionCase, case)[-1].origin is ReceptionOrigin.TAKEN_IN
    days = {"valid_from": THURSDAY, "last_day": THURSDAY}
    work.ask(XU, SetDeputy, principal=work.staff(ZHENG), deputy=work.staff(SUN), **days)
    work.hall.read_people()
    assert [one.name for one in day(work).deputies] == ["孙浩"]
    more = {"outcome": Outcome.EXPLAINED, "follow_unit": None, "follow_due": None}
    record(work, case, SUN, leader=work.staff(SUN), **more)
    paper = work.papers(case, "reception-record")[-1]
    assert (paper.row["leader"], paper.row["follow_unit"]) == ("孙浩", None)
    record(work, case, LI, **more)
    assert work.papers(case, "reception-record")[-1].row["leader"] == "郑伟"


def test_a_leader_complained_about_gets_neither_case_nor_appointment(work):
    zheng = work.staff(ZHENG)
    with pytest.raises(RuleBroken, match="反映的是当天接访的领导本人"):
        book(work, accused_staff=zheng)
    hidden = book(work, post=None, starts_at=at(9), accused_staff=zheng, name="匿名者")
    about_clerk = book(work, accused_staff=work.staff(LI), name="吴先生")
    seen = {
        one.who for one in work.desk(LI).read(partial(book_day, day=THURSDAY, post=work.post)).rows
    }
    assert seen == set()
    with pytest.raises(RuleBroken, match="找不到这个预约"):
        work.ask(LI, MarkAppointment, appointment=about_clerk, state=State.CANCELLED)
    assert row_of(work, hidden).state is State.BOOKED

    case = work.register(accused_staff=zheng)
    with pytest.raises(RuleBroken, match="回避"):
        work.ask(ZHOU, BringForward, case, post=work.post, day=THURSDAY, why="难")
    work.clock.set("2026-11-05 09:30")
    for facts in ({"accused_staff": zheng}, {"accused_staff": zheng, "appointment": hidden}):
        case = work.register(channel=Channel.LEADER_DAY, **facts)
        assert work.all(ReceptionCase, case) == []

    case = work.register(channel=Channel.LEADER_DAY)
    later = work.ask(ZHOU, SetDuty, post=work.post, day=THURSDAY, people="", seen=shifts(work))
    assert later.title.startswith("排班")
    with pytest.raises(RuleBroken, match="还没有排领导"):
        record(work, case)
    work.ask(ZHOU, SetDuty, post=work.post, day=THURSDAY, people="老主任")
    about_unit = {"channel": Channel.LEADER_DAY, "accused_staff": work.staff(SUN)}
    case = work.register(**about_unit)
    work.ask(ZHOU, SetDuty, post=work.post, day=THURSDAY, people="孙浩", seen=shifts(work))
    with pytest.raises(RuleBroken, match="回避"):
        record(work, case)


def test_the_list_of_a_day_names_nothing_that_is_confidential(work):
    book(work)
    book(work, ZHOU, starts_at=at(10), name="罗先生", accused_unit=work.unit("城建办"))
    plain = work.register(details="餐馆油烟熏人。")
    secret = work.register(details="反映执法队员收礼。", accused_unit=work.unit("综合行政执法队"))
    for case in (plain, secret):
        work.ask(ZHOU, BringForward, case, post=work.post, day=THURSDAY, why="难")
    with pytest.raises(RuleBroken, match="在哪里接访"):
        work.ask(ZHOU, SetReceptionDay, post=work.post, day=THURSDAY, place=" ")
    with pytest.raises(NotAllowed):
        work.ask(LI, SetReceptionDay, post=work.post, day=THURSDAY, place="二楼")
    work.ask(ZHOU, SetReceptionDay, post=work.post, day=THURSDAY, place="榕东社区", note="下沉接访")
    made = work.ask(ZHOU, IssueReceptionList, post=work.post, day=THURSDAY).made
    with Session(work.hall.engine) as session:
        paper = session.get(Paper, made["paper"])
    assert [(one["at"], one["who"]) for one in paper.row["lines"]] == [
        ("09:00", "陈** 138****0023"),
        ("", "陈**"),
    ]
    assert "罗" not in str(paper.row)
    assert "收礼" not in str(paper.row)
    assert (paper.row["place"], paper.row["note"]) == ("榕东社区", "下沉接访")
    assert set(paper.row) <= keys("reception-list")
    assert render("reception-list", paper.row).pages == 1


def test_an_agent_is_kept_with_what_he_may_do(work):
    agent = AgentFacts(
        name="马丽",
        relation=AgentRelation.NEIGHBOUR,
        phone="13800000034",
        powers=(AgentPower.HAND_IN, AgentPower.SPEAK),
        paper="授权委托书",
    )
    case = work.register(channel=Channel.VISIT, agent=agent)
    assert work.case(case).visit_mode is VisitMode.AGENT
    kept = work.all(CaseAgent, case)[-1]
    assert kept.powers == ["speak", "hand_in"]
    assert [one.name for one in work.all(Material, case)] == ["授权委托书"]
    words = "委托代办：马丽（邻居、朋友），13800000034，代为反映、代交材料，凭授权委托书"
    assert work.papers(case, "intake-sheet")[-1].row["visit"] == words
    with pytest.raises(RuleBroken, match="至少一项"):
        work.register(agent=AgentFacts(name="马丽", powers=()))
    plain = work.register(channel=Channel.VISIT)
    assert work.case(plain).visit_mode is VisitMode.ON_SITE
    assert work.case(work.register()).visit_mode is None
    with pytest.raises(RuleBroken, match="代办人的姓名"):
        work.ask(LI, SetAgent, plain, agent=AgentFacts())
    work.ask(LI, SetAgent, plain, agent=AgentFacts(name="马丽"))
    work.ask(LI, SetAgent, plain, agent=AgentFacts(name="马莉"))
    assert [one.name for one in work.all(CaseAgent, plain)] == ["马莉"]
    report = work.register(purpose=Purpose.REPORT, channel=Channel.VISIT, agent=agent)
    assert work.case(report).is_secret
    assert work.all(Material, plain) == []


def test_whoever_never_came_is_forgotten_after_some_days(work):
    booked = book(work)
    came = book(work, name="李先生")
    work.clock.set("2026-11-05 09:30")
    work.register(channel=Channel.VISIT, appointment=came)
    work.clock.set("2026-12-07 09:00")
    book(work, starts_at=at(9, day=date(2026, 12, 10)))
    kept = row_of(work, booked)
    assert (kept.name, kept.phone, kept.matter, kept.needs) == (None, None, None, [])
    found = work.desk(LI).read(partial(book_day, day=THURSDAY, post=work.post))
    assert [one.who for one in found.rows] == ["已抹去", "陈**"]


def test_what_is_missing_is_named_beside_its_field(work):
    for facts, field in (({"name": " "}, "name"), ({"matter": ""}, "matter")):
        with pytest.raises(RuleBroken) as refused:
            book(work, **facts)
        assert refused.value.field == field
    with pytest.raises(RuleBroken, match="不在表里"):
        book(work, accused_staff=7)
    assert work.register(channel=Channel.VISIT, appointment=12345)
    with Session(work.hall.engine) as session:
        lines = session.scalars(select(Event.title).where(Event.kind.like("appointment.%"))).all()
    assert lines == []


def shifts(work):
    with Session(work.hall.engine) as session:
        rows = select(DutyShift.id).where(DutyShift.replaced_at.is_(None))
        return tuple(sorted(session.scalars(rows)))
