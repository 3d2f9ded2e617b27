"""交班、保管、用印登记: what is told around cases, on pages of their own."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.handover import TakeOver, WithdrawHandover, WriteHandover
from desk.actions.keeping import GiveBack, KeepItem
from desk.actions.recusal import RecordAccused
from desk.queries.handover import shift_desk
from desk.rules.codes import CaseStatus, Exit, KeptKind
from desk.store.models import Handover, KeptItem
from desk.ui.followup_screen import FollowUpScreen
from desk.ui.last_mile_screen import LastMileScreen
from desk.ui.shift_screen import ShiftScreen
from tests.actions.mediating import Mediating
from tests.actions.work import Work
from tests.ui.before_page import BeforePage


@pytest.fixture
def before(qtbot, life, desk_of):
    """Sit somebody down before a page."""
    return lambda name, page: BeforePage(qtbot, (desk := desk_of(name)), life, page(desk))


def carry_out(life, who, request, **facts):
    """Carry out what is not about one case."""
    life.hall.clock.forward(minutes=1)
    return life.hall.sign_in(who).carry_out(request(**life.hall.by(who), **facts))


def by_office(life, key, value):
    """Let the administrator set something for the hall."""
    carry_out(life, "许诺", SetSetting, key=key, value=value)


def handed(life, cases, who="李敏", to="吴芳"):
    """Write a handover; return its id."""
    staff = life.hall.person(to).staff_id
    return carry_out(life, who, WriteHandover, to=staff, cases=tuple(cases)).made["handover"]


def rows(life, table):
    with Session(life.hall.engine) as session:
        return session.scalars(select(table).order_by(table.id)).all()


def own_case(life):
    return life.register(exit=Exit.OWN_UNIT)


def test_what_goes_into_other_hands_is_still_in_ones_own(life, before):
    case, stays = own_case(life), own_case(life)
    desk = before("李敏", ShiftScreen)
    known = len(rows(life, Handover))
    desk.page.bar.press("交班")
    said = desk.page.hand_over.to.state().sentence
    assert said == "请选接班的同事，再交班。"
    carry_out(life, "吴芳", TakeOver, handover=handed(life, [case]))
    desk.page.hand_over.to.set_value(life.hall.person("吴芳").staff_id)
    desk.page.hand_over.note.set_text("三点约了物业")
    desk.page.bar.press("交班")
    desk.rest()
    assert desk.said[-1] == "列表刚有变化，请按 F12 重新看过再交。"
    assert desk.page.hand_over.note.text() == "三点约了物业"
    assert len(rows(life, Handover)) == known + 1
    assert case not in desk.page.cases.chosen()  # what is shown now is what can be handed over

    desk.page.bar.press("交班")
    desk.rest()
    assert [line["id"] for line in rows(life, Handover)[-1].row["cases"]] == [stays]
    carry_out(life, "李敏", WithdrawHandover, handover=rows(life, Handover)[-1].id)


def test_nobody_gets_a_case_that_is_about_himself(life, before):
    case = own_case(life)
    desk = before("李敏", ShiftScreen)
    desk.page.hand_over.to.set_value(life.hall.person("吴芳").staff_id)
    accused = life.hall.person("吴芳").staff_id
    life.do("周航", RecordAccused, case, staff=accused, reason="他来电说的")
    desk.page.bar.press("交班")
    desk.rest()
    said = "其中有反映吴芳本人的件，不能交给本人。请把那一件交给别的同事，或请信联办改派。"
    assert desk.page.hand_over.to.state().sentence == said
    desk.page.hand_over.to.set_value(life.hall.person("何平").staff_id)
    desk.page.bar.press("交班")
    desk.rest()
    carry_out(life, "李敏", WithdrawHandover, handover=rows(life, Handover)[-1].id)


def test_what_a_colleague_may_not_know_of_is_not_handed_to_him(life, before):
    Mediating(Work(life.hall, life.hall.clock)).staffed()
    desk = before("钱惠", ShiftScreen)
    desk.page.hand_over.to.set_value(life.hall.person("吴芳").staff_id)
    desk.page.bar.press("交班")
    desk.rest()
    said = "其中有不能让吴芳知道的调解或哨单（岗位或回避）。请不要勾选，或交给别的同事。"
    assert desk.page.hand_over.to.state().sentence == said
    desk.page.hand_over.to.set_value(life.hall.person("顾敏").staff_id)
    desk.page.bar.press("交班")
    desk.rest()
    assert [line["kind"] for line in rows(life, Handover)[-1].row["mediations"]] == ["调解"]


def test_a_shift_is_taken_once_and_not_after_it_was_withdrawn(life, before):
    handover = handed(life, [own_case(life)])
    desk = before("吴芳", ShiftScreen)
    carry_out(life, "李敏", WithdrawHandover, handover=handover)
    desk.page.bar.press("接班")
    desk.rest()
    assert desk.said[-1] == "这份交班已由写的人收回。"
    assert "接班" not in desk.page.bar.labels()

    handover = handed(life, [])
    writer = before("李敏", ShiftScreen)
    carry_out(life, "吴芳", TakeOver, handover=handover)
    writer.page.waiting.buttons[0].click()
    writer.rest()
    assert writer.said[-1] == "这份交班已经接过了。"
    assert not writer.page.waiting.isVisible()


def test_a_kept_thing_goes_back_once_by_who_holds_it(life, before):
    for name in ("活动室钥匙", "房产证原件"):
        carry_out(life, "李敏", KeepItem, kind=KeptKind.KEY, name=name)
    key, deed = (item.id for item in rows(life, KeptItem)[-2:])
    desk = before("李敏", ShiftScreen)
    keep = desk.page.keep
    mine = life.hall.sign_in("李敏").read(shift_desk).items
    gives = {item.id: item for item in mine}
    keep.give_back(gives[key])()
    keep.give_back_asked.emit(gives[key])
    desk.rest()
    assert keep.to.state().sentence == "请写明交还给谁。"
    carry_out(life, "李敏", GiveBack, item=key, to="王经理")
    keep.to.set_text("物业王经理")
    keep.give_back_asked.emit(gives[key])
    desk.rest()
    assert desk.said[-1] == "这件东西已经交还了。"

    staff = life.hall.person("吴芳").staff_id
    handover = carry_out(life, "李敏", WriteHandover, to=staff, items=(deed,)).made["handover"]
    carry_out(life, "吴芳", TakeOver, handover=handover)
    keep.give_back(gives[deed])()
    keep.to.set_text("陈桂芳")
    keep.give_back_asked.emit(gives[deed])
    desk.rest()
    assert desk.said[-1] == "这件东西在别的同事手里，请他来登记交还。"
    assert rows(life, KeptItem)[-1].given_back_at is None


def test_nobody_promised_a_call_for_tomorrow(life, before):
    desk = before("秦岚", ShiftScreen)
    desk.page.bar.press("打印明天的回电")
    desk.rest()
    tomorrow = life.hall.clock() + timedelta(days=1)
    sentence = f"{tomorrow.month} 月 {tomorrow.day} 日没有答应过的回电，不用打印。"
    assert desk.said[-1] == sentence


def test_the_register_of_seals_asks_for_what_and_by_whom(life, before):
    life.at("sealing")
    desk = before("冯丽", LastMileScreen)
    desk.page.bar.press("用印登记")
    desk.rest()
    card = desk.page.side.register

    def hears(name, sentence):
        desk.rest()
        assert card.form.entries[name].say.__self__.state().sentence == sentence

    card.save.click()
    hears("title", "请写“用印事由或文件名”，用印登记上要有。")
    card.form.fill({"title": "关于排查的通知", "copies": "两份"})
    card.save.click()
    hears("copies", "份数请写 1 以上的整数。")
    card.form.fill({"copies": "2"})
    card.save.click()
    hears("approved_by", "请写“批准人”，用印登记上要有。")
    assert card.form.content()["title"] == "关于排查的通知"
    card.form.fill({"first": "2026-12-31", "last": "2026-01-01"})
    card.print_out.click()
    hears("last", "止日不能早于起日，请改正后再打印。")
    card.form.fill({"first": "2026-01-01"})
    card.print_out.click()
    hears("first", "这段时间没有用印，不用打印。")
    card.form.fill({"approved_by": "王磊"})
    card.save.click()
    desk.rest()
    assert desk.said[-1] == "用印登记 街道办事处公章，已记下。"


def test_who_gives_up_ringing_has_rung_often_enough(life, before):
    case = life.at("follow_up")
    for hour in (9, 10, 15):
        life.hall.clock.set(f"{life.hall.clock():%Y-%m-%d} {hour:02}:30")
        life.fail_to_reach(case)
    desk = before("吴芳", FollowUpScreen)
    by_office(life, "followup_attempts", 5)
    desk.page.bar.press("多次没接，办结")
    desk.rest()
    sentence = "没有联系上的，要在不同时段打至少 5 次才能办结，现在打了 3 次；下一次宜在晚上。"
    assert sentence in [one.text() for one in desk.page.findChildren(QLabel) if one.isVisible()]
    assert life.case(case).status is CaseStatus.FOLLOW_UP
    by_office(life, "followup_attempts", 3)
    by_office(life, "followup_parts", 3)
    desk.page.bar.press("多次没接，办结")
    desk.rest()
    sentence = (
        "打了 3 次，都在上午、下午；"
        "要在至少 3 个时段（上午、下午、晚上）打过才能办结，下一次宜在晚上。"
    )
    assert sentence in [one.text() for one in desk.page.findChildren(QLabel) if one.isVisible()]
    by_office(life, "followup_parts", 2)
    desk.page.bar.press("多次没接，办结")
    desk.rest()
    assert life.case(case).status is CaseStatus.CLOSED
