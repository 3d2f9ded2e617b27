"""A street can be founded from the workbook that the program hands out."""

import pytest
from openpyxl import Workbook, load_workbook

from desk.actions.founding import FoundStreet
from desk.exchange.organisation import read_plan, write_template
from desk.exchange.organisation_rows import Sheet
from desk.exchange.workbook import UnreadableWorkbook
from desk.queries.lookups import categories, places, staff, units
from desk.rules.codes import Role, UnitKind
from desk.rules.errors import RuleBroken
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.ids import new_id

STREET = {
    "街道名称*": "青榕街道",
    "城市*": "岭湾市",
    "区县*": "滨河区",
    "人口": "85000",
    "统一初始密码": "fictional-2026",
    "发文机关*": "青榕街道办事处",
    "机关代字*": "青榕",
    "查询电话*": "0755-20000000",
    "办公地址*": "青榕路1号",
}
UNITS = [
    # children may stand before their parents
    ("榕东第1网格", "", "网格", "榕东社区", "", 350, ""),
    ("榕东社区", "榕东", "社区", "青榕街道办事处", "", 4000, ""),
    ("青榕街道办事处", "街道", "街道", "", "", None, ""),
    ("信联办", "", "信联办", "青榕街道办事处", "13800000000", None, "是"),
]
STAFF = [
    ("0012", "李敏", "信联办", "窗口、回访员", "窗口 1", "", ""),
    ("9001", "许诺", "信联办", "管理员", "", "", "fictional-2027"),
]
PLACES = [("榕荫里小区", "榕东社区", "榕东第1网格", "否")]


def filled(path, *, street=STREET, units=UNITS, people=STAFF, estates=PLACES):
    """Fill the template as a hall would and return its path."""
    write_template(path)
    book = load_workbook(path)
    for row in book[Sheet.STREET].iter_rows(min_row=2):
        row[1].value = street.get(row[0].value)
    for sheet, rows in ((Sheet.UNITS, units), (Sheet.STAFF, people), (Sheet.PLACES, estates)):
        for row in rows:
            book[sheet].append(list(row))
    book.save(path)
    return path


def founder():
    return Person(
        staff_id=new_id(), name="命令行", street_id=new_id(), unit_ids=frozenset(),
        roles=frozenset(), home_unit_id=0, is_built_in=True,
    )  # fmt: skip


def test_a_filled_template_founds_a_street(tmp_path, engine, clock):
    read = read_plan(filled(tmp_path / "组织.xlsx"))
    assert (read.refused, read.missing) == ((), ())
    database = Database(engine, founder(), clock=clock)
    by = {"made_by": database.person.staff_id, "happened_at": clock()}
    database.carry_out(FoundStreet(**by, plan=read.plan))

    found = {unit.name: unit for unit in database.read(units)}
    assert found["榕东第1网格"].parent_id == found["榕东社区"].id
    assert found["信联办"].kind is UnitKind.COORDINATION
    people = {member.login: member for member in database.read(staff)}
    assert people["0012"].roles == {Role.CLERK, Role.FOLLOW_UP}
    assert [place.grid_id for place in database.read(places)] == [found["榕东第1网格"].id]
    assert len([c for c in database.read(categories) if c.parent_id is None]) == 18


def test_an_empty_template_says_all_that_is_missing(tmp_path):
    path = write_template(tmp_path / "空.xlsx")
    read = read_plan(path)
    assert read.plan is None
    assert any("街道名称" in sentence for sentence in read.missing)
    assert any("管理员" in sentence for sentence in read.missing)
    assert read.refused == ()  # the usual categories are fine as they are


@pytest.mark.parametrize(
    ("sheet", "row", "words"),
    [
        ("units", ("城建办", "", "科室科", "", "", "", ""), "科室科"),
        ("units", ("城建办", "", "职责科室", "没有的单位", "", "", ""), "没有的单位"),
        ("units", ("信联办", "", "信联办", "", "", "", ""), "写了两次"),
        ("units", ("南塘社区", "", "社区", "", "", "四千", ""), "整数"),
        ("people", ("窗口一", "周航", "信联办", "窗口", "", "", ""), "字母和数字"),
        ("people", ("1003", "周航", "没有的单位", "窗口", "", "", ""), "没有的单位"),
        ("people", ("1003", "周航", "信联办", "皇帝", "", "", ""), "皇帝"),
        ("people", ("1003", "周航", "信联办", "管理员", "", "", ""), "单独写"),
        ("people", ("1003", "周航", "信联办", "窗口", "", "", "短"), "8 位"),
        ("people", ("1003", "", "信联办", "窗口", "", "", ""), "姓名"),
        ("estates", ("码头新村", "榕东社区", "", "大概"), "是"),
        ("estates", ("码头新村", "没有的社区", "", ""), "没有的社区"),
    ],
)
def test_a_bad_row_is_refused_with_its_number_and_the_rest_is_taken(tmp_path, sheet, row, words):
    rows = {"units": UNITS, "people": STAFF, "estates": PLACES}
    changed = {sheet: [*rows[sheet], row]}
    read = read_plan(filled(tmp_path / "组织.xlsx", **changed))
    (refused,) = read.refused
    assert words in refused.reason
    assert refused.row == len(rows[sheet]) + 2  # the header is row 1
    assert read.plan is not None


def test_units_in_a_circle_do_not_found_a_street(tmp_path):
    circle = [("甲", "", "职责科室", "乙", "", "", ""), ("乙", "", "职责科室", "甲", "", "", "")]
    read = read_plan(filled(tmp_path / "组织.xlsx", units=[*UNITS, *circle]))
    assert {refused.name for refused in read.refused} == {"甲", "乙"}


def test_the_committee_may_not_share_the_letters_of_the_street(tmp_path):
    street = STREET | {"调委会名称": "青榕街道人民调解委员会", "调委会代字": "青榕"}
    read = read_plan(filled(tmp_path / "组织.xlsx", street=street))
    assert read.plan is None
    assert any("代字" in sentence for sentence in read.missing)


def test_a_template_never_covers_a_filled_one(tmp_path):
    path = filled(tmp_path / "组织.xlsx")
    with pytest.raises(RuleBroken, match="已经有了"):
        write_template(path)


def test_another_workbook_is_refused_with_a_sentence(tmp_path):
    book = Workbook()
    book.active.append(["姓名", "电话"])
    book.save(tmp_path / "别的.xlsx")
    with pytest.raises(UnreadableWorkbook, match="模板"):
        read_plan(tmp_path / "别的.xlsx")
