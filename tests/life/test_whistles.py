"""吹哨 in the windows: raised beside a case by the keyboard, with what is missing said first."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.recusal import RecordAccused
from desk.rules.deeds import Deed
from desk.store.models import Whistle, WhistleCase


def test_a_whistle_is_raised_beside_its_case(life, clerk_of):
    case = life.at("handling")
    clerk = clerk_of("赵强", case).opens(Deed.WHISTLE_FOR_CASE)
    clerk.fills(units=("执法队",), site=" ", matter="冷柜堵住配电间。")
    clerk.refused("site", "请写明到哪里报到，例如“书院路 18 号东门”。")
    clerk.fills(site="青榕花园 3 栋东门", matter=" ")
    clerk.refused("matter", "请写明为什么吹哨、要解决什么，到场的人才带得对工具。")
    clerk.fills(matter="冷柜堵住配电间。").done()
    with Session(life.hall.engine) as session:
        whistle = session.scalars(select(Whistle)).one()
        assert whistle.matter == "冷柜堵住配电间。"
        assert session.scalars(select(WhistleCase.case_id)).one() == case


def test_a_case_about_our_own_people_is_not_whistled_for(life, clerk_of):
    case = life.at("handling")
    clerk = clerk_of("赵强", case).opens(Deed.WHISTLE_FOR_CASE)
    clerk.fills(units=("执法队",), site="青榕花园 3 栋东门", matter="冷柜堵住配电间。")
    accused = life.hall.person("孙浩").staff_id
    life.do("李敏", RecordAccused, case, staff=accused, reason="他来电说的")
    clerk.refused(
        "",
        "举报件、调解件和反映本街道单位、人员的件不吹哨，免得让不该知道的人知道。"
        "请找分管领导协调。",
    )
