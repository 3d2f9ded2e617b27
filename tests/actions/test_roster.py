"""The roster: who may write it, that no desk overwrites another, turns, and the sheet."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from desk.actions.roster import (
    EndDutyPost,
    FillTurns,
    IssueDutyRoster,
    SetDuty,
    SetDutyPost,
)
from desk.forms.row_keys import keys
from desk.queries.roster import duty_month, on_duty, post_register
from desk.rules.clock_codes import DutyPart
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.mediation_codes import HolidayWay
from desk.store.models import DutyShift, Event, Paper
from tests.actions.work import CHEN, FENG, LI, XU, ZHOU

NOVEMBER = date(2026, 11, 1)
MONDAY = date(2026, 11, 2)


@pytest.fixture
def work(own_work):
    """A hall of the test's own, on Monday, 2 November 2026."""
    return own_work


def post(work, name="街道值班室", who=ZHOU, unit="信联办", **more):
    return work.ask(who, SetDutyPost, name=name, unit=work.hall.unit(unit), **more).made["post"]


def write(work, post_id, people, who=ZHOU, day=MONDAY, **more):
    return work.ask(who, SetDuty, post=post_id, day=day, people=people, **more)


def month(work, who=ZHOU):
    return work.desk(who).read(lambda reader: duty_month(reader, first=NOVEMBER))


def cell(work, post_id, day=MONDAY):
    return month(work).cell(post_id, day)


def test_a_cell_shows_who_is_there_and_knows_the_street_s_own_staff(work):
    room = post(work, is_round_clock=True, needs_night=True)

    made = write(work, room, "李敏（白）、老王（夜）", phone="0700-8800110", note="台风值守")

    assert (made.title, made.detail) == ("排班 11-02 街道值班室", "李敏（白）、老王（夜）")
    found = cell(work, room)
    assert (found.text, found.phone, found.note) == (
        "李敏（白）、老王（夜）",
        "0700-8800110",
        "台风值守",
    )
    people = {one.person: one for one in found.people}
    assert people["李敏"].staff_id == work.hall.person("李敏").staff_id
    assert people["老王"].staff_id is None


def test_what_is_replaced_stays_in_the_history(work):
    room = post(work)
    write(work, room, "李敏")
    seen = cell(work, room).ids

    write(work, room, "周航", seen=seen)
    write(work, room, "", seen=cell(work, room).ids)

    assert cell(work, room).text == ""
    with Session(work.hall.engine) as session:
        lines = session.query(Event).order_by(Event.place).all()[-3:]
        shifts = session.query(DutyShift).order_by(DutyShift.id).all()
    assert {line.title for line in lines} == {"排班 11-02 街道值班室"}
    assert [(one.person, one.replaced_at is None) for one in shifts] == [
        ("李敏", False),
        ("周航", False),
    ]


def test_two_desks_never_overwrite_each_other(work):
    room = post(work)
    write(work, room, "李敏")

    with pytest.raises(StaleCase, match="刚被别的窗口改过，现在是“李敏”"):
        write(work, room, "周航", who=FENG)
    with pytest.raises(StaleCase, match="现在是“空”"):
        write(work, room, "周航", day=date(2026, 11, 3), seen=(1,))

    assert cell(work, room).text == "李敏"


def test_gaps_are_listed_with_the_part_of_the_day(work):
    room = post(work, is_round_clock=True, needs_night=True)
    office = post(work, "应急办", unit="城建办", position=2)
    write(work, room, "李敏（白）")

    found = month(work)

    assert (found.gaps[0].day, found.gaps[0].post, found.gaps[0].words) == (
        NOVEMBER,
        "街道值班室",
        "没有人",
    )
    assert [gap.words for gap in found.gaps if gap.day == MONDAY] == ["缺夜班", "没有人"]
    assert len(found.gaps) == 30 + 21
    assert found.day(NOVEMBER).mark == "休" or found.day(NOVEMBER).is_rest
    assert [one.name for one in found.posts] == ["街道值班室", "应急办"]
    assert not found.cell(office, NOVEMBER).is_needed


def test_people_take_turns_and_what_is_written_stays(work):
    turn = (
        work.hall.person("李敏").staff_id,
        work.hall.person("周航").staff_id,
        work.hall.person("吴芳").staff_id,
    )
    room = post(work, is_round_clock=True, turn=turn)
    assert month(work).posts[0].offered[:4] == ("李敏", "周航", "吴芳", "何平")
    write(work, room, "何平", day=date(2026, 11, 3))

    made = work.ask(ZHOU, FillTurns, post=room, first=NOVEMBER)

    assert made.title == "街道值班室按轮值排上 29 天"
    said = [cell(work, room, date(2026, 11, day)).text for day in (1, 2, 3, 4)]
    assert said == ["李敏", "周航", "何平", "吴芳"]
    with pytest.raises(RuleBroken, match="这个月已经排满了"):
        work.ask(ZHOU, FillTurns, post=room, first=NOVEMBER)

    work.ask(ZHOU, FillTurns, post=room, first=date(2026, 12, 9))
    december = work.desk(ZHOU).read(lambda reader: duty_month(reader, first=date(2026, 12, 1)))
    assert december.cell(room, date(2026, 12, 1)).text == "吴芳"  # 周航 had the thirtieth


def test_a_post_without_turns_says_where_to_write_them(work):
    room = post(work)
    with pytest.raises(RuleBroken, match="还没有写轮值人员"):
        work.ask(ZHOU, FillTurns, post=room, first=NOVEMBER)


def test_the_leaders_thursday_is_needed_on_thursdays_only(work):
    thursday = post(work, "领导接访", weekday=3, hours="09:00-11:30", is_round_clock=True)

    found = month(work)

    needed = [one.day.day for one in found.days if found.cell(thursday, one.day).is_needed]
    assert needed == [5, 12, 19, 26]


def test_a_community_keeps_the_roster_of_its_own_post_only(work):
    own = post(work, "榕东社区", unit="榕东社区")
    hall = post(work)

    write(work, own, "陈静", who=CHEN)
    with pytest.raises(NotAllowed, match="您只能排本单位的值班"):
        write(work, hall, "陈静", who=CHEN)
    with pytest.raises(NotAllowed):
        post(work, "本社区", who=CHEN, unit="榕东社区")
    with pytest.raises(NotAllowed, match="您只能排本单位的值班"):
        write(work, hall, "秦岚", who="秦岚")

    found = month(work, CHEN)
    assert {one.name: one.may_write for one in found.posts} == {
        "榕东社区": True,
        "街道值班室": False,
    }


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"name": " "}, "name", "值班岗位的名称还没有写"),
        ({"name": "街道值班室"}, "name", "已经有了"),
        ({"unit": 1}, "unit", "请从列表里选岗位所属的单位"),
        ({"hours": "上午"}, "hours", "时间“上午”看不懂"),
        ({"turn": (1,)}, "turn", "不在本街道的人员表里"),
    ],
)
def test_a_post_that_cannot_be_is_refused_beside_its_field(work, facts, field, sentence):
    post(work)
    given = {"name": "应急办", "unit": work.hall.unit("城建办")} | facts
    with pytest.raises(RuleBroken, match=sentence) as refused:
        work.ask(ZHOU, SetDutyPost, **given)
    assert refused.value.field == field


def test_a_post_changes_in_place_and_ends(work):
    room = post(work, phone="0700-8800110")
    write(work, room, "李敏")

    work.ask(XU, SetDutyPost, post=room, name="总值班室", unit=work.hall.unit("信联办"))

    assert (month(work).posts[0].name, cell(work, room).text) == ("总值班室", "李敏")
    record = work.desk(XU).read(post_register).records[0]
    assert (record.id, record.label, record.values["节假日"]) == (room, "总值班室", "跳过")

    work.ask(XU, EndDutyPost, post=room)

    assert month(work).posts == ()
    with pytest.raises(RuleBroken, match="找不到这个值班岗位"):
        work.ask(XU, EndDutyPost, post=1)


@pytest.mark.parametrize(
    ("moment", "people", "there"),
    [
        ("2026-11-02 10:00", "李敏（白）、何平（夜）", {"李敏"}),
        ("2026-11-02 22:00", "李敏（白）、何平（夜）", {"何平"}),
        ("2026-11-03 06:00", "李敏（白）、何平（夜）", {"何平"}),
        ("2026-11-03 09:00", "李敏（白）、何平（夜）", set()),
        ("2026-11-02 03:00", "李敏", {"李敏"}),
        ("2026-11-02 23:59", "李敏", {"李敏"}),
    ],
)
def test_who_is_on_duty_now(work, moment, people, there):
    room = post(work, is_round_clock=True)
    write(work, room, people)
    work.clock.set(moment)

    found = work.desk(LI).read(on_duty)

    assert {one.person for one in found} == there
    assert all(one.post == "街道值班室" for one in found)


def test_by_office_hours_nobody_is_on_duty_at_night(work):
    office = post(work, "应急办", unit="城建办", phone="0700-8800130")
    write(work, office, "赵强")
    work.clock.set("2026-11-02 20:00")
    assert work.desk(LI).read(on_duty) == ()

    work.clock.set("2026-11-02 10:00")
    (one,) = work.desk(LI).read(on_duty)
    assert (one.person, one.phone, one.part) == ("赵强", "0700-8800130", DutyPart.WHOLE)


def test_a_duty_with_hours_of_its_own_is_on_duty_in_these_only(work):
    talks = post(work, "领导接访", weekday=0, hours="09:00-11:30", holiday_way=HolidayWay.SHIFT)
    write(work, talks, "★郑伟")
    for moment, there in (("2026-11-02 09:00", 1), ("2026-11-02 11:30", 0)):
        work.clock.set(moment)
        assert len(work.desk(LI).read(on_duty)) == there


def test_the_sheet_on_the_wall_shows_what_the_screen_shows(work):
    room = post(work, phone="0700-8800110", is_round_clock=True)
    post(work, "应急办", unit="城建办", position=2)
    write(work, room, "李敏、★周航")

    made = work.ask(LI, IssueDutyRoster, first=MONDAY).made

    with Session(work.hall.engine) as session:
        row = session.get(Paper, made["paper"]).row
    assert set(row) == keys("duty-roster")
    assert (row["year"], row["month"], row["posts"]) == ("2026", "11", ["街道值班室", "应急办"])
    assert row["days"][1] == {"day": "11月2日", "weekday": "周一", "at": ["★周航、李敏", ""]}
    assert row["days"][0]["at"] == ["", "—"]  # a Sunday
    assert row["phones"] == "街道值班室 0700-8800110"


def test_a_sheet_without_posts_says_what_to_do_first(work):
    with pytest.raises(RuleBroken, match="还没有值班岗位"):
        work.ask(LI, IssueDutyRoster, first=MONDAY)
