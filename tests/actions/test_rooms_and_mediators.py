"""Which rooms and mediators there are, and whom a mediator may not take: kept as the hall likes."""

import pytest
from sqlalchemy.orm import Session

from desk.actions.mediators import EndMediator, EndMediatorTie, SetMediator, SetMediatorTie
from desk.actions.rooms import EndRoom, SetRoom
from desk.queries.room_register import mediator_register, room_register, tie_register
from desk.rules.booking_people import person_key
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.mediation_codes import DisputeKind, RoomKind, TieKind
from desk.store.models import Event, Mediator, MediatorTie, Room
from tests.actions.work import LI, XU

QIAN, MENG, GU = "钱惠", "孟瑶", "顾敏"  # mediator, secretary, director


@pytest.fixture
def work(own_work):
    """A hall of the test's own."""
    return own_work


def set_room(work, name="第一调解室", who=XU, **more):
    facts = {"name": name, "kind": RoomKind.MEDIATION, "capacity": 8} | more
    return work.ask(who, SetRoom, **facts)


def set_mediator(work, name=QIAN, who=MENG, **more):
    return work.ask(who, SetMediator, **({"name": name} | more))


def set_tie(work, mediator, name="张某甲", who=MENG, **more):
    facts = {"mediator": mediator, "kind": TieKind.RELATIVE, "name": name} | more
    return work.ask(who, SetMediatorTie, **facts)


def only(work, table):
    with Session(work.hall.engine) as session:
        return session.query(table).one()


def labels(work, register, who=MENG):
    return [record.label for record in work.desk(who).read(register).records]


def test_a_room_changes_and_keeps_its_id_until_it_is_no_longer_offered(work):
    host = set_mediator(work).made["mediator"]
    room = set_room(work, host=host, is_accessible=True, place="二楼东侧").made["room"]
    record = work.desk(XU).read(room_register).records[0]
    assert (record.id, record.note) == (room, "调解室 · 8 人 · 二楼东侧")
    assert record.values["工作室的调解员"] == QIAN
    assert (record.values["无障碍"], record.values["门禁"]) == ("是", "")

    work.clock.forward(days=1)
    changes = set_room(work, "老梁工作室", room=room, buffer_minutes=30, records=True)
    assert changes.title == "更改房间 老梁工作室"
    row = only(work, Room)
    assert (row.id, row.name, row.buffer_minutes, row.records) == (room, "老梁工作室", 30, True)

    assert work.ask(XU, EndRoom, room=room).title == "停用房间 老梁工作室"
    assert labels(work, room_register) == []


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"name": " "}, "name", "房间的名称还没有写"),
        ({"name": "第一调解室"}, "name", "已经有了"),
        ({"buffer_minutes": 20}, "buffer_minutes", "15 分钟的整数倍"),
        ({"capacity": 0}, "capacity", "最多容纳人数"),
        ({"host": 7}, "host", "请从列表里选"),
        ({"room": 7}, None, "找不到这个房间"),
    ],
)
def test_what_is_no_room(work, more, field, sentence):
    set_room(work)
    with pytest.raises(RuleBroken, match=sentence) as refused:
        set_room(work, **({"name": "第二调解室"} | more))
    assert refused.value.field == field


def test_a_mediator_has_hours_skills_and_languages(work):
    facts = {"skills": (DisputeKind.FAMILY, DisputeKind.PROPERTY), "languages": ("粤语", "")}
    made = set_mediator(work, staff=work.staff(QIAN), duty="周一至周五 09:00-12:00", **facts)
    record = work.desk(MENG).read(mediator_register).records[0]
    assert record.values == {
        "调解员": QIAN,
        "本厅账号": "钱惠（7001）",
        "电话": "",
        "语言": "粤语",
        "当班": "周一至周五 09:00-12:00",
        "特长": "婚姻家庭、物业",
    }
    set_mediator(work, "钱阿姨", mediator=made.made["mediator"], staff=work.staff(QIAN))
    row = only(work, Mediator)
    assert (row.id, row.name, row.duty) == (made.made["mediator"], "钱阿姨", {})
    assert work.ask(GU, EndMediator, mediator=row.id).title == "停用调解员 钱阿姨"
    assert labels(work, mediator_register) == []


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"name": QIAN}, "name", "已经有了"),
        ({"duty": "早上"}, "duty", "看不懂"),
        ({"staff": 7}, "staff", "请从列表里选一位同事"),
        ({"staff": QIAN}, "staff", "这位同事已经是调解员“钱惠”"),
        ({"mediator": 7}, "mediator", "请从列表里选一位调解员"),
    ],
)
def test_what_is_no_mediator(work, more, field, sentence):
    set_mediator(work, staff=work.staff(QIAN))
    if more.get("staff") == QIAN:
        more = {"staff": work.staff(QIAN)}
    with pytest.raises(RuleBroken, match=sentence) as refused:
        set_mediator(work, **({"name": "梁德福"} | more))
    assert refused.value.field == field


def test_whom_a_mediator_avoids_is_kept_as_a_key_and_named_in_no_title(work):
    mediator = set_mediator(work, staff=work.staff(QIAN)).made["mediator"]
    tie = set_tie(work, mediator, phone="138 0000 0031").made["tie"]
    row = only(work, MediatorTie)
    assert row.person_key.startswith("phone:")
    # keyed, where the hall has a key: trying all numbers does not find him
    assert (row.person_key == person_key(phone="13800000031")) is work.is_postgresql
    with Session(work.hall.engine) as session:
        assert not [e.title for e in session.query(Event) if "张某甲" in e.title]
    record = work.desk(GU).read(tie_register).records[0]
    assert (record.label, record.note, record.hint) == ("钱惠　回避 张某甲", "亲属", "")

    assert work.ask(QIAN, EndMediatorTie, tie=tie).title == "结束调解员 钱惠 的一项回避"
    assert labels(work, tie_register) == []


def test_a_mediator_keeps_and_sees_his_own_ties_only(work):
    mine = set_mediator(work, staff=work.staff(QIAN)).made["mediator"]
    other = set_mediator(work, "梁德福").made["mediator"]
    set_tie(work, mine, "甲公司", who=QIAN, kind=TieKind.INTEREST)
    tie = set_tie(work, other, "乙某").made["tie"]

    assert labels(work, tie_register, QIAN) == ["钱惠　回避 甲公司"]
    assert "姓名核对" in work.desk(QIAN).read(tie_register).records[0].hint
    assert len(labels(work, tie_register, MENG)) == 2
    for refused in (
        lambda: set_tie(work, other, who=QIAN),
        lambda: work.ask(QIAN, EndMediatorTie, tie=tie),
    ):
        with pytest.raises(NotAllowed, match="只有秘书、调委会主任和调解员本人"):
            refused()


def test_a_tie_needs_a_name_and_must_be_there(work):
    mediator = set_mediator(work).made["mediator"]
    with pytest.raises(RuleBroken, match="请写明要回避的是谁"):
        set_tie(work, mediator, " ")
    with pytest.raises(RuleBroken, match="找不到这一项回避"):
        work.ask(MENG, EndMediatorTie, tie=7)


@pytest.mark.parametrize("who", [LI, XU])
def test_ties_are_nobody_elses_business(work, who):
    mediator = set_mediator(work).made["mediator"]
    with pytest.raises(NotAllowed):
        work.desk(who).read(tie_register)
    with pytest.raises(NotAllowed):
        set_tie(work, mediator, who=who)


def test_rooms_are_the_administrators_and_mediators_the_committees_too(work):
    room = set_room(work).made["room"]
    for ask in (
        lambda: set_room(work, "第二调解室", who=MENG),
        lambda: work.ask(MENG, EndRoom, room=room),
        lambda: set_mediator(work, who=LI),
        lambda: work.ask(LI, EndMediator, mediator=7),
    ):
        with pytest.raises(NotAllowed):
            ask()
    assert set_mediator(work, who=XU).made["mediator"]
