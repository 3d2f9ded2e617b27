"""管理 · 考评规则、加分扣分、考核申请: seen both ways before saved; nothing is overwritten."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from desk.store.models import BonusPoint
from desk.store.rate_rules import hall_rate_rules
from desk.ui.admin.points_section import PointsSection
from desk.ui.admin.rate_rules_section import RateRulesSection
from desk.ui.admin.requests_section import RequestsSection
from desk.ui.admin_screen import AdminScreen

DECEMBER = date(2026, 12, 1)


def settled(qtbot, part):
    qtbot.waitUntil(lambda: not part.desk.tasks.is_busy, timeout=20_000)


@pytest.fixture
def part_of(qtbot, desk_of, sqlite_hall):
    """Show one part of the administration to a leader."""

    def show(kind, who="王磊"):
        desk = desk_of(who)
        desk.set_time(sqlite_hall.clock())
        section = kind(desk)
        qtbot.addWidget(section)
        section.resize(1040, 660)
        section.show()
        section.arrive()
        settled(qtbot, section)
        return section

    return show


def rules_of(hall):
    with Session(hall.engine) as session:
        return hall_rate_rules(session, hall.street_id)


def test_rules_are_saved_only_after_a_month_was_seen_both_ways(qtbot, life, part_of):
    life.at("follow_up")
    part = part_of(RateRulesSection)
    assert part.form.values()["从哪个月起用"] == "2026-12"
    assert part.save.isHidden()
    part.form.set_values(part.form.values() | {"名称": "2027 年度", "基本满意的系数": "0.8"})
    part.try_out.click()
    settled(qtbot, part)
    assert "基本满意的系数：0.6 → 0.8" in part.trial.words()
    assert "从 2026-12 起用，2026-11 和以前不变" in part.lines.note.text()
    assert [part.try_out.isHidden(), part.save.isHidden()] == [True, False]
    part.save.click()
    settled(qtbot, part)
    rules = rules_of(life.hall)
    assert rules.on(DECEMBER).name == "2027 年度"
    assert rules.on(date(2026, 11, 30)).name != "2027 年度"
    assert life.lines("rate_rules.set")

    part.lines.choose(DECEMBER)
    part.drop.click()
    settled(qtbot, part)
    assert len(rules_of(life.hall).sets) == 1


@pytest.mark.parametrize(
    ("changed", "column", "sentence"),
    [
        ({"基本满意的系数": "2"}, "基本满意的系数", "系数请写 0 到 1"),
        ({"从哪个月起用": "明年"}, "从哪个月起用", "看不懂"),
        ({"响应的判据": "随便"}, "响应的判据", "请从列表里选一项"),
        ({"不足一个百分点": ""}, "不足一个百分点", "整点"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_beside_its_field(
    qtbot, part_of, changed, column, sentence
):
    part = part_of(RateRulesSection)
    part.form.set_values(part.form.values() | changed)
    part.try_out.click()
    settled(qtbot, part)
    assert sentence in said_at(part.form.field(column))
    assert part.save.isHidden()


def said_at(field):
    return field.state().sentence


def test_points_are_given_listed_and_withdrawn(qtbot, sqlite_hall, part_of):
    part = part_of(PointsSection)
    values = {"单位": "城建办", "月份": "2026-11", "分值": "0.2", "批准的领导": "王磊"}
    part.form.set_values(values | {"理由": "专题经验获通报表扬", "依据": "有"})
    part.give.click()
    settled(qtbot, part)
    assert "请写明依据" in said_at(part.form.field("依据"))
    part.form.set_values(part.form.values() | {"依据": "市中心通报第 7 期"})
    part.give.click()
    settled(qtbot, part)
    (row,) = rows_of(sqlite_hall)
    assert row.hundredths == 20
    part.lines.choose(row.id)
    assert "市中心通报第 7 期" in part.said_of.text()
    part.withdraw.click()
    settled(qtbot, part)
    assert "请写明为什么撤销" in said_at(part.withdrawal.field("撤销的理由"))
    part.withdrawal.set_values({"撤销的理由": "通报更正"})
    part.withdraw.click()
    settled(qtbot, part)
    assert rows_of(sqlite_hall)[0].withdrawn_at is not None


def rows_of(hall):
    with Session(hall.engine) as session:
        return session.query(BonusPoint).all()


def test_the_requests_of_a_month_say_when_there_is_none(qtbot, part_of):
    part = part_of(RequestsSection)
    assert part.note.text() == "这个月没有剔除申请，也没有差评申诉。"
    part.month.set_text("十月")
    part.look.click()
    assert "看不懂" in said_at(part.month)


@pytest.mark.parametrize(("who", "is_there"), [("周航", True), ("许诺", False)])
def test_who_keeps_the_machine_does_not_keep_the_rules_of_assessment(qtbot, desk_of, who, is_there):
    screen = AdminScreen(desk_of(who))
    qtbot.addWidget(screen)
    assert ("考评规则" in screen.sections) is is_there
