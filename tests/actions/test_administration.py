"""Administration: nothing is edited away, every row says from when to when it was valid."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.actions.administration import (
    AddCategory,
    AddPlace,
    AddUnit,
    ChangeUnit,
    RetireRow,
    SetLayout,
    SetLetterhead,
    SetSetting,
)
from desk.actions.founding import CategoryPlan, LetterheadPlan, PlacePlan, UnitPlan
from desk.actions.numbers import letterhead, next_text
from desk.forms import layout_text
from desk.rules.codes import ClockKind, UnitKind
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import in_shanghai
from desk.rules.numbering import NumberKind
from desk.store.engine import WRITES
from desk.store.hall_rules import setting
from desk.store.models import (
    Category,
    FormLayout,
    Letterhead,
    Place,
    Setting,
    TimeRuleRow,
    UnitVersion,
)
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name
from tests.actions.work import LI, QIN, XU, ZHENG, ZHOU, S

HEAD = LetterheadPlan("street", "青榕街道办", "青榕办", "13800000001", "青榕路 2 号", "来厅查询")


def versions(work, table, same):
    with Session(work.hall.engine) as session:
        return session.scalars(select(table).where(same).order_by(table.valid_from)).all()


def today(work):
    return in_shanghai(work.clock()).date()


def rename(work, name, start, short="城建"):
    return work.ask(
        XU,
        ChangeUnit,
        unit=work.unit("城建办"),
        name=name,
        short_name=short,
        parent=work.unit("青榕街道"),
        valid_from=start,
    )


REQUESTS = (
    (AddUnit, {"unit": UnitPlan("新科", "新科", UnitKind.SECTION)}),
    (AddPlace, {"place": PlacePlan("新村", "榕东社区"), "community": 1}),
    (AddCategory, {"category": CategoryPlan("新类")}),
    (RetireRow, {"kind": "place", "row": 1}),
    (SetLetterhead, {"letterhead": HEAD}),
    (SetSetting, {"key": "weights", "value": [1]}),
    (SetLayout, {"code": "receipt", "toml": "x = 1"}),
    (
        ChangeUnit,
        {"unit": 1, "name": "甲", "short_name": "甲", "valid_from": date(2026, 12, 1)},
    ),
)


@pytest.mark.parametrize(("request_", "facts"), REQUESTS)
@pytest.mark.parametrize("name", [LI, ZHOU, ZHENG, QIN])
def test_only_administrators_administer(work, request_, facts, name):
    with pytest.raises(NotAllowed, match="您的岗位不能做这一步"):
        work.ask(name, request_, **facts)


def test_a_new_unit_can_be_given_cases(own_work):
    work = own_work
    made = work.ask(
        XU,
        AddUnit,
        unit=UnitPlan("应急办", "应急办", UnitKind.SECTION, phone="13800000002"),
        parent=work.unit("青榕街道"),
    ).made

    case = work.register(first_unit=made["unit"])
    assert work.case(case).first_unit_id == made["unit"]


@pytest.mark.parametrize(
    ("unit", "field", "sentence"),
    [
        (UnitPlan("城建办", "城", UnitKind.SECTION), "name", "“城建办”已经有了"),
        (UnitPlan(" ", "城", UnitKind.SECTION), "name", "单位的名称还没有写"),
        (UnitPlan("城管办", "", UnitKind.SECTION), "short_name", "简称还没有写"),
        (UnitPlan("城管办", "城", UnitKind.SECTION, phone="1" * 41), "phone", "最多 40 字"),
    ],
)
def test_a_unit_needs_names_of_its_own(work, unit, field, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        work.ask(XU, AddUnit, unit=unit)

    assert refused.value.field == field


def test_a_renamed_unit_keeps_its_earlier_name_for_earlier_days(own_work):
    work = own_work
    start = today(work) + timedelta(days=10)

    rename(work, "城市建设办公室", start)

    with Session(work.hall.engine) as session:
        unit = work.unit("城建办")
        assert unit_name(session, unit, start - timedelta(days=1)) == "城建办"
        assert unit_name(session, unit, start) == "城建"


def test_changes_planned_for_several_days_do_not_overlap(own_work):
    work = own_work
    later, sooner = (today(work) + timedelta(days=days) for days in (20, 10))

    rename(work, "第二个名字", later, "二")
    rename(work, "第一个名字", sooner, "一")
    rename(work, "改过的第二个名字", later, "三")

    found = versions(work, UnitVersion, UnitVersion.unit_id == work.unit("城建办"))
    assert [(row.short_name, row.valid_to) for row in found] == [
        ("城建办", sooner),
        ("一", later),
        ("三", None),
    ]


def test_a_name_does_not_begin_before_the_unit(own_work):
    with pytest.raises(RuleBroken, match="不能早于 2020-01-01") as refused:
        rename(own_work, "旧名", date(2019, 12, 31))

    assert refused.value.field == "valid_from"


def test_a_unit_does_not_stand_below_itself_or_take_anothers_name(own_work):
    work = own_work
    facts = {"unit": work.unit("榕东社区"), "short_name": "榕东", "valid_from": today(work)}
    with pytest.raises(RuleBroken, match="它自己或它的下级") as refused:
        work.ask(XU, ChangeUnit, **facts, name="榕东社区", parent=work.unit("榕东第1网格"))
    assert refused.value.field == "parent"
    with pytest.raises(RuleBroken, match="已经有了"):
        work.ask(XU, ChangeUnit, **facts, name="南塘社区")


def test_a_unit_that_is_not_there_is_not_changed(work):
    with pytest.raises(RuleBroken, match="找不到要更改的一行"):
        work.ask(XU, ChangeUnit, unit=1, name="甲科", short_name="甲", valid_from=date(2026, 12, 1))


def test_a_new_estate_can_be_chosen_and_retired(own_work):
    work = own_work
    facts = {"place": PlacePlan("榕荫里", "榕东社区"), "community": work.unit("榕东社区")}
    place = work.ask(XU, AddPlace, **facts, grid=work.unit("榕东第1网格")).made["place"]
    with pytest.raises(RuleBroken, match="“榕荫里”已经有了"):
        work.ask(XU, AddPlace, **facts)

    assert work.ask(XU, RetireRow, kind="place", row=place).title == "停用 榕荫里"

    with Session(work.hall.engine) as session:
        assert session.get(Place, place).valid_to == today(work)
        assert session.get(Place, place).pinyin == "ryl"


def test_categories_are_unique_below_their_parent(own_work):
    work = own_work
    top = work.ask(XU, AddCategory, category=CategoryPlan("噪声")).made["category"]
    work.ask(XU, AddCategory, category=CategoryPlan("施工"), parent=top, unit=work.unit("城建办"))
    work.ask(XU, AddCategory, category=CategoryPlan("施工"))
    with pytest.raises(RuleBroken, match="类别“施工”已经有了"):
        work.ask(XU, AddCategory, category=CategoryPlan("施工"), parent=top)
    with pytest.raises(RuleBroken, match="类别“施工”已经有了"):
        work.ask(XU, AddCategory, category=CategoryPlan("施工"))
    with pytest.raises(RuleBroken, match="类别的名称还没有写"):
        work.ask(XU, AddCategory, category=CategoryPlan(""))

    work.ask(XU, RetireRow, kind="category", row=top)

    with Session(work.hall.engine) as session:
        assert session.get(Category, top).valid_to == today(work)


@pytest.mark.parametrize("kind", ["place", "category", "street"])
def test_what_is_not_there_is_not_retired(work, kind):
    with pytest.raises(RuleBroken, match="找不到要停用的一行"):
        work.ask(XU, RetireRow, kind=kind, row=1)


def test_a_new_letterhead_counts_from_today_and_again_today(own_work):
    work = own_work
    work.ask(XU, SetLetterhead, letterhead=HEAD)
    work.ask(
        XU, SetLetterhead, letterhead=LetterheadPlan("street", "青榕街道", "青", "1", "路", "查")
    )

    found = versions(work, Letterhead, Letterhead.body == "street")
    assert [row.prefix for row in found] == ["青榕", "青"]
    assert work.case(work.register()).number.startswith("青")


@pytest.mark.parametrize(
    ("head", "field"),
    [
        (LetterheadPlan("street", "街道", " ", "1", "路", "查"), "prefix"),
        (LetterheadPlan("street", "街道", "字" * 25, "1", "路", "查"), "prefix"),
        (LetterheadPlan("police", "街道", "青", "1", "路", "查"), "body"),
    ],
)
def test_a_letterhead_needs_its_letters(work, head, field):
    with pytest.raises(RuleBroken) as refused:
        work.ask(XU, SetLetterhead, letterhead=head)

    assert refused.value.field == field


def test_a_committee_without_a_letterhead_gives_no_numbers(work):
    before_it_had_one = work.clock.set("2019-12-31 09:00")
    tx = Transaction(None, work.hall.person(LI), before_it_had_one)
    with Session(work.hall.engine.execution_options(**{WRITES: True})) as session:
        tx.session = session
        with pytest.raises(RuleBroken, match="还没有设置抬头"):
            letterhead(tx, "committee")
        with pytest.raises(RuleBroken, match="还没有设置抬头"):
            next_text(tx, NumberKind.MEDIATION, before_it_had_one)
        session.rollback()


def test_a_halls_own_number_format_is_used(own_work):
    work = own_work
    work.ask(XU, SetSetting, key="number_format.case", value="Q{year}-{seq:04}")

    assert work.case(work.register()).number == "Q2026-0001"


def test_a_hall_without_a_limit_of_a_kind_has_no_such_clock(own_work):
    work = own_work
    with Session(work.hall.engine) as session, session.begin():
        for row in session.scalars(select(TimeRuleRow)):
            if row.kind in {ClockKind.VERIFY, ClockKind.ACCEPT}:
                row.valid_to = date(2026, 1, 1)

    case = work.register()
    assert work.clock_of(case, ClockKind.VERIFY) is None
    work.to(S.ACCEPTED, case)
    assert work.clock_of(case, ClockKind.ACCEPT) is None


def test_settings_change_from_today_and_keep_what_was_before(own_work):
    work = own_work
    first = today(work)
    work.ask(XU, SetSetting, key="weights", value={"response": 30})
    work.clock.forward(days=1)
    work.ask(XU, SetSetting, key="weights", value={"response": 40})
    work.ask(XU, SetSetting, key="weights", value={"response": 45})

    with Session(work.hall.engine) as session:
        street = work.hall.street_id
        assert setting(session, street, "weights", first) == {"response": 30}
        assert setting(session, street, "weights", today(work)) == {"response": 45}
        assert setting(session, street, "unknown", first, default=7) == 7
        count = select(func.count()).select_from(Setting).where(Setting.key == "weights")
        assert session.scalar(count) == 2


def test_the_halls_own_layout_is_frozen_with_each_paper_and_can_be_given_up(own_work):
    work = own_work
    toml = "# 本厅版式\n" + "a = 1\n" * 100
    work.ask(XU, SetLayout, code="receipt", toml=toml)
    assert work.layout(work.papers(work.register(), "receipt")[0]) == toml.strip()
    work.ask(XU, SetLayout, code="receipt", toml=None)
    assert versions(work, FormLayout, FormLayout.code == "receipt") == []
    assert work.layout(work.papers(work.register(), "receipt")[0]) == layout_text("receipt")

    work.ask(XU, SetLayout, code="receipt", toml="b = 1")
    work.clock.forward(days=1)
    work.ask(XU, SetLayout, code="receipt", toml=None)
    work.ask(XU, SetLayout, code="receipt", toml=None)

    assert versions(work, FormLayout, FormLayout.code == "receipt")[0].valid_to == today(work)
    assert work.layout(work.papers(work.register(), "receipt")[0]) == layout_text("receipt")


def test_opening_hours_that_cannot_be_read_are_refused_before_an_intake_stumbles(work):
    with pytest.raises(RuleBroken, match="工作时间“九点至五点”看不懂"):
        work.ask(XU, SetSetting, key="opening_hours", value="九点到五点")

    work.ask(XU, SetSetting, key="opening_hours", value="09:00-12:00,14:00-18:00")
