"""Grids name their people, print cards and signs; a month is for two people alone to read."""

from datetime import date

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from desk.actions.administration import RetireRow, SetSetting
from desk.actions.grid_papers import IssueContactSigns, IssueGridCards
from desk.actions.grids import (
    AddGridPost,
    ChangeGridPost,
    EndGridPost,
    EvaluateGridPost,
    WriteGridList,
)
from desk.forms import render
from desk.forms.row_keys import entry_keys, keys
from desk.queries.grid_evaluations import evaluations
from desk.queries.grids import cases_of_grid, findings_of_grid, grid_board
from desk.queries.intake import intake_hall
from desk.rules.codes import Purpose, UnitKind
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.grid_codes import GridListKind, GridPostKind, SignFor, SignSize
from desk.store.ids import new_id
from desk.store.models import (
    Event,
    GridEvaluation,
    GridPost,
    Paper,
    Place,
    Unit,
    UnitVersion,
)
from tests.actions.work import CHEN, LI, LIANG, XU, ZHOU

SINCE = date(2026, 10, 1)
SCORES = (28, 27, 20, 18)
GRID, COMMUNITY = "榕东第1网格", "榕东社区"


def add(work, who=ZHOU, unit=GRID, **more):
    facts = {"kind": GridPostKind.WORKER, "name": "何志强", "valid_from": SINCE} | more
    return work.ask(who, AddGridPost, unit=work.unit(unit), **facts)


def post_of(work, **more):
    return add(work, **more).made["post"]


def secretary(work, name=CHEN):
    return post_of(
        work,
        unit=COMMUNITY,
        kind=GridPostKind.SECRETARY,
        name=name,
        staff=work.staff(name),
    )


def judge(work, post, who=CHEN, **more):
    facts = {"month": "2026-10", "scores": SCORES, "remark": "走访扎实。"} | more
    return work.ask(who, EvaluateGridPost, post=post, **facts)


def board(work, who):
    return work.hall.sign_in(who).read(grid_board)


def line(work, who, unit):
    return next(one for one in board(work, who).lines if one.id == work.unit(unit))


def month(work, who, wanted="2026-10"):
    return work.hall.sign_in(who).read(lambda reader: evaluations(reader, wanted))


def row_of(work, done):
    with Session(work.hall.engine) as session:
        return session.get(Paper, done.made["paper"]).row


def test_a_community_names_its_people_corrects_them_and_says_when_they_leave(own_work):
    work = own_work
    post = post_of(work, who=CHEN, households=18, area="3–6 栋", kind=GridPostKind.PARTY_MEMBER)
    add(work, who=CHEN, kind=GridPostKind.OTHER, title="小巷管家", name="陈玉兰")
    add(work, name="唐小勇")
    assert work.desk(LI).read(intake_hall).grid_worker(work.unit(GRID)) == "唐小勇"
    there = line(work, CHEN, GRID)
    assert [(one.title, one.name) for one in there.posts] == [
        ("网格员", "唐小勇"),
        ("联户党员", "何志强"),
        ("小巷管家", "陈玉兰"),
    ]
    assert there.looked_after == 18
    assert there.may_keep
    assert not line(work, ZHOU, "南塘第1网格").posts
    with pytest.raises(NotAllowed, match="不是您的社区"):
        add(work, who=LIANG)
    with pytest.raises(NotAllowed, match="您的岗位不能做"):
        add(work, who=LI)
    with pytest.raises(RuleBroken, match="已经登记在榕东1"):
        add(work, who=CHEN, kind=GridPostKind.PARTY_MEMBER)

    change = {"phone": "0755-20000021", "is_public": False}
    work.ask(CHEN, ChangeGridPost, post=post, **change)
    one = line(work, CHEN, GRID).posts[1]
    assert (one.phone, one.area, one.is_public) == ("0755-20000021", "", False)
    with pytest.raises(RuleBroken, match="没有不同"):
        work.ask(CHEN, ChangeGridPost, post=post, **change)
    with pytest.raises(RuleBroken, match="只写办公电话"):
        work.ask(CHEN, ChangeGridPost, post=post, phone="13800000000")
    with pytest.raises(RuleBroken, match="找不到这个人员"):
        work.ask(CHEN, ChangeGridPost, post=1)
    other = line(work, CHEN, GRID).posts[2].id
    with pytest.raises(RuleBroken, match="怎么称呼"):
        work.ask(CHEN, ChangeGridPost, post=other, phone="0755-20000022")

    with pytest.raises(RuleBroken, match="不能早于"):
        work.ask(CHEN, EndGridPost, post=post, last_day=date(2026, 9, 30))
    work.ask(CHEN, EndGridPost, post=post, last_day=date(2026, 10, 31))
    with pytest.raises(RuleBroken, match="已登记离岗"):
        work.ask(CHEN, EndGridPost, post=post, last_day=date(2026, 10, 31))
    assert [one.name for one in line(work, CHEN, GRID).posts] == ["唐小勇", "陈玉兰"]
    assert COMMUNITY not in {one.unit.name for one in board(work, LIANG).lines}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": " "}, "请写姓名"),
        ({"phone": "13800000000"}, "只写办公电话"),
        ({"kind": GridPostKind.OTHER}, "怎么称呼"),
        ({"kind": GridPostKind.SECRETARY}, "登记在社区"),
        ({"unit": "城建办"}, "社区或网格"),
        ({"staff": 1}, "请从列表里选人员"),
    ],
)
def test_a_post_that_cannot_stand_is_refused(work, said, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        add(work, **({"name": "甲"} | said))


def test_nobody_makes_himself_secretary(own_work):
    work = own_work
    with pytest.raises(NotAllowed, match="由信联办登记"):
        add(work, who=CHEN, unit=COMMUNITY, kind=GridPostKind.SECRETARY, name=CHEN)
    with pytest.raises(NotAllowed, match="不能把自己"):
        secretary(work, ZHOU)
    post = secretary(work)
    with pytest.raises(NotAllowed, match="由信联办登记"):
        work.ask(CHEN, EndGridPost, post=post, last_day=date(2026, 11, 1))
    if work.hall.engine.dialect.name == "postgresql":
        post_of(work)
        with Session(work.hall.engine) as session:
            row = session.get(GridPost, post)
            facts = {column.key: getattr(row, column.key) for column in GridPost.__table__.c}
        mine = facts | {"id": new_id(), "staff_id": work.staff(LIANG)}
        for who, statement in (
            (LIANG, insert(GridPost).values(mine)),
            (CHEN, update(GridPost).values(name=CHEN)),
        ):
            with work.hall._engine_of(who).connect() as connection, pytest.raises(DatabaseError):
                connection.execute(statement)


def test_a_month_is_read_by_whom_it_is_about_and_the_secretary_alone(own_work):
    work = own_work
    post = post_of(work, staff=work.staff(LIANG), name=LIANG)
    with pytest.raises(NotAllowed, match="由本社区的社区书记来写"):
        judge(work, post)
    head = secretary(work)
    done = judge(work, post)
    assert done.title == "榕东 2026-10 月度评价一份"
    judge(work, post, scores=(30, 27, 20, 18), remark="更正")

    (mine,) = month(work, LIANG)
    assert (mine.scores, mine.remark, mine.is_mine) == ((30, 27, 20, 18), "更正", True)
    assert mine.year == (("2026-10", 95, 100),)
    assert not mine.may_write
    (theirs,) = month(work, CHEN)
    assert theirs.scores == mine.scores
    assert theirs.may_write
    for who in (ZHOU, LI, "郑伟", "王磊", "许诺"):
        assert month(work, who) == ()
    assert month(work, CHEN, "2026-09") == ()

    with Session(work.hall.engine) as session:
        lines = session.scalars(select(Event).where(Event.kind == "grid.evaluated")).all()
    assert len(lines) == 2
    assert all("20, 18" not in str(one.payload) and LIANG not in str(one.payload) for one in lines)
    if work.hall.engine.dialect.name == "postgresql":
        for who, seen in ((CHEN, 2), (LIANG, 2), (ZHOU, 0), (LI, 0), ("王磊", 0), ("高远", 0)):
            with Session(work.hall._engine_of(who)) as session:
                assert len(session.scalars(select(GridEvaluation)).all()) == seen, who
        with work.hall._engine_of(CHEN).connect() as connection, pytest.raises(DatabaseError):
            connection.execute(text("UPDATE grid_evaluations SET remark = 'x'"))

    for said, sentence in (
        ({"month": "2026-12"}, "还没开始"),
        ({"month": "2026.10"}, "请写成"),
        ({"month": "2026-09"}, "不在岗"),
        ({"scores": (1, 2)}, "每项都打分"),
        ({"scores": (31, 0, 0, 0)}, "请打 0 到 30 分"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            judge(work, post, **said)
    with pytest.raises(NotAllowed, match="不能评价自己"):
        judge(work, head)
    own = post_of(work, staff=work.staff(CHEN), name=CHEN)
    with pytest.raises(NotAllowed, match="不能评价自己"):
        judge(work, own)


def test_the_halls_own_lists_hold_from_today_and_judged_months_keep_theirs(own_work):
    work = own_work
    secretary(work)
    post = post_of(work)
    judge(work, post)
    items = work.ask(
        ZHOU, WriteGridList, kind=GridListKind.EVALUATION, text="上门走访 60\n响应 40分"
    )
    assert items.title == "更改月度评价项目，共 2 项"
    lists = "政策宣传：\n*讲解政策\n入户提醒\n安全巡查：\n＊报修设施"
    work.ask(ZHOU, WriteGridList, kind=GridListKind.DUTIES, text=lists)
    work.ask(ZHOU, WriteGridList, kind=GridListKind.DUTIES, text=lists.replace("讲解", "宣讲"))
    now = board(work, CHEN)
    assert [(one.heading, one.text, one.is_public) for one in now.duties] == [
        ("政策宣传", "宣讲政策", True),
        ("政策宣传", "入户提醒", False),
        ("安全巡查", "报修设施", True),
    ]
    assert [item.text for item in now.items] == ["上门走访", "响应"]
    assert month(work, CHEN)[0].items[0].text == "入户走访"
    judge(work, post, month="2026-11", scores=(55, 40))
    assert month(work, CHEN, "2026-11")[0].year == (("2026-10", 93, 100), ("2026-11", 95, 100))
    with pytest.raises(NotAllowed, match="您的岗位不能做"):
        work.ask(CHEN, WriteGridList, kind=GridListKind.DUTIES, text=lists)


def test_cards_and_signs_of_a_community_are_one_document_each(own_work):
    work = own_work
    secretary(work)
    post = post_of(work, phone="0755-20000021")
    add(work, name="不公示的", kind=GridPostKind.NEIGHBOUR, is_public=False)
    row = row_of(work, work.ask(CHEN, IssueGridCards, unit=work.unit(COMMUNITY)))
    assert set(row) == keys("grid-card")
    (card,) = row["cards"]
    assert set(card) | {"n"} == entry_keys("grid-card", "cards")
    assert card["people"] == "网格员　何志强　0755-20000021"
    assert card["about"] == "青榕花园"
    assert "讲解惠民政策" in card["services"]
    assert render("grid-card", row).pages == 1

    signs = work.ask(
        CHEN, IssueContactSigns, unit=work.unit(COMMUNITY), hung=SignFor.GRIDS, size=SignSize.A6
    )
    assert signs.title == "打印干群连心牌：榕东网格 1 块"
    row = row_of(work, signs)
    assert set(row) == keys("contact-sign")
    assert row["size"] == "a6"
    assert set(row["signs"][0]) | {"n"} == entry_keys("contact-sign", "signs")
    assert row["signs"][0]["grid"] is None

    work.ask(XU, SetSetting, key="contact_sign_code", value="{地点}：{社区}{网格}")
    work.ask(XU, SetSetting, key="contact_sign_slogan", value="")
    work.ask(ZHOU, EndGridPost, post=post, last_day=date(2026, 11, 1))
    row = row_of(work, work.ask(ZHOU, IssueContactSigns, unit=work.unit(GRID)))
    (sign,) = row["signs"]
    assert (sign["place"], sign["grid"]) == ("青榕花园", "榕东1")
    assert sign["people"] == "社区书记　陈静　13800000000"
    assert sign["code"] == "青榕花园：榕东榕东1"
    assert row["slogan"] is None
    south = row_of(work, work.ask(LIANG, IssueContactSigns, unit=work.unit("南塘社区")))
    assert [(one["place"], one["people"]) for one in south["signs"]] == [
        ("码头新村", "社区工作人员"),
        ("新桥路口", "社区工作人员"),
    ]


def test_what_cannot_be_printed_is_said(own_work):
    work = own_work
    with pytest.raises(NotAllowed, match="只印本社区"):
        work.ask(LIANG, IssueGridCards, unit=work.unit(GRID))
    with pytest.raises(RuleBroken, match="社区或网格"):
        work.ask(ZHOU, IssueGridCards, unit=work.unit("城建办"))
    for name in ("码头新村", "新桥路口"):
        work.ask(XU, RetireRow, kind="place", row=work.hall.place(name))
    with pytest.raises(RuleBroken, match="没有可以挂牌的小区、楼栋"):
        work.ask(LIANG, IssueContactSigns, unit=work.unit("南塘社区"))


def test_a_community_without_grids_or_number_or_with_too_many_buildings_says_so(own_work):
    work, north = own_work, new_id()
    about = {"street_id": work.hall.street_id, "valid_from": SINCE, "valid_to": None}
    kind = {"kind": UnitKind.COMMUNITY, "successor_id": None, "is_always_open": False}
    named = {"name": "北堤社区", "short_name": "北堤", "parent_id": None, "position": 99}
    empty = {"phone": None, "address": None, "opening_hours": None, "households": None}
    place = {"street_id": work.hall.street_id, "parent_id": None, "grid_id": None, "pinyin": "b"}
    place |= {"is_border": False, "valid_to": None, "community_id": work.unit(COMMUNITY)}
    with Session(work.hall.engine) as session, session.begin():
        session.add(Unit(id=north, street_id=work.hall.street_id, **kind))
        session.flush()
        session.add(UnitVersion(id=new_id(), unit_id=north, **about, **named, **empty))
        session.add_all(Place(id=new_id(), name=f"北堤 {n} 栋", **place) for n in range(300))
    with pytest.raises(RuleBroken, match="还没有这个社区的电话"):
        work.ask(ZHOU, IssueGridCards, unit=north)
    with Session(work.hall.engine) as session, session.begin():
        session.execute(update(UnitVersion).where(UnitVersion.unit_id == north).values(phone="1"))
    with pytest.raises(RuleBroken, match="还没有网格"):
        work.ask(ZHOU, IssueGridCards, unit=north)
    with pytest.raises(RuleBroken, match="一次最多印 300 块"):
        work.ask(ZHOU, IssueContactSigns, unit=work.unit(COMMUNITY))


def test_the_work_of_a_grid_is_counted_as_far_as_one_sees_it(own_work):
    work = own_work
    place = {"place": work.hall.place("青榕花园"), "grid": work.unit(GRID)}
    case = work.register(LI, community=work.unit(COMMUNITY), **place)
    there = line(work, ZHOU, GRID)
    assert (there.open_cases, there.findings) == (1, 0)
    assert line(work, ZHOU, COMMUNITY).open_cases == 1
    unit = work.unit(GRID)
    found = work.hall.sign_in(ZHOU).read(lambda reader: cases_of_grid(reader, unit))
    assert [one.case for one in found] == [case]
    assert work.hall.sign_in(ZHOU).read(lambda reader: findings_of_grid(reader, unit)) == ()
    assert line(work, CHEN, GRID).open_cases == 1
    assert line(work, CHEN, GRID).findings == 0
    secret = work.register(LI, community=work.unit(COMMUNITY), purpose=Purpose.REPORT, **place)
    assert line(work, CHEN, GRID).open_cases == 1
    found = work.desk(CHEN).read(lambda reader: cases_of_grid(reader, unit))
    assert secret not in {one.case for one in found}
