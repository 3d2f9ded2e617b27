"""The administration page changes the hall as data, and nothing is deleted."""

import pytest
from PySide6.QtWidgets import QApplication

from desk.exchange.safe_copies import copies
from desk.forms import layout_text
from desk.queries.administration import own_layouts
from desk.queries.lookups import places, staff, units
from desk.rules.codes import Role
from desk.settings import load_settings
from desk.store.signing_in import sign_in
from desk.ui.admin_screen import AdminScreen
from desk.ui.widgets.verb_dialog import VerbDialog


@pytest.fixture
def page(qtbot, desk_of):
    """Open the page for the administrator."""
    screen = AdminScreen(desk_of("许诺"))
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    screen.show()
    return screen


@pytest.fixture
def open_part(page, qtbot):
    """Open one part of the page and wait until it is loaded."""

    def open_one(title):
        page.show_section(title)
        settled(qtbot, page)
        return page.section()

    return open_one


def settled(qtbot, page):
    qtbot.waitUntil(lambda: not page.desk.tasks.is_busy, timeout=20_000)


def read(hall, query):
    return hall.sign_in("许诺").read(query)


def test_every_part_opens(open_part, page):
    for title in page.sections:
        assert open_part(title).isVisible()


def test_a_new_unit_is_offered_everywhere(open_part, page, qtbot, sqlite_hall):
    part = open_part("单位")
    part.begin()
    part.form.set_values(
        {"单位全称": "民政办", "简称": "民政", "类型": "职责科室", "生效日期": "2026-11-02"}
    )
    part.save.click()
    settled(qtbot, page)
    assert "民政办" in {unit.name for unit in read(sqlite_hall, units)}


def test_a_renamed_unit_changes_on_its_day_only(open_part, page, qtbot, sqlite_hall):
    part = open_part("单位")
    part.lines.choose(sqlite_hall.unit("城建办"))
    values = part.form.values()
    assert values["类型"] == "职责科室"
    part.form.set_values(values | {"单位全称": "城市建设办", "生效日期": "2026-12-01"})
    part.save.click()
    settled(qtbot, page)
    assert "城建办" in {unit.name for unit in read(sqlite_hall, units)}
    sqlite_hall.clock.set("2026-12-02 09:00")
    assert "城市建设办" in {unit.name for unit in read(sqlite_hall, units)}


def test_a_date_that_cannot_be_read_is_said_beside_the_field(open_part, sqlite_hall):
    part = open_part("单位")
    part.lines.choose(sqlite_hall.unit("城建办"))
    part.form.set_values(part.form.values() | {"生效日期": "明天"})
    part.save.click()
    assert "明天" in part.form.field("生效日期").state().sentence


def test_a_new_member_of_staff_can_sign_in(open_part, page, qtbot, sqlite_hall, sqlite_hall_url):
    part = open_part("人员")
    part.begin()
    values = {"工号": "1009", "姓名": "周小梅", "单位": "信联办", "岗位": "窗口、回访员"}
    part.form.set_values(values | {"初始密码": "first-2026"})
    part.save.click()
    settled(qtbot, page)
    added = next(m for m in read(sqlite_hall, staff) if m.login == "1009")
    assert added.roles == {Role.CLERK, Role.FOLLOW_UP}
    sign_in(sqlite_hall_url, "1009", "first-2026").close()


def test_a_taken_login_is_said_beside_its_field(open_part, page, qtbot):
    part = open_part("人员")
    part.begin()
    values = {"工号": "1001", "姓名": "周小梅", "单位": "信联办", "岗位": "窗口"}
    part.form.set_values(values | {"初始密码": "first-2026"})
    part.save.click()
    settled(qtbot, page)
    assert "1001" in part.form.field("工号").state().sentence
    assert part.form.values()["姓名"] == "周小梅"


def test_roles_change_and_the_last_administrator_stays(open_part, page, qtbot, sqlite_hall):
    part = open_part("人员")
    part.lines.choose(sqlite_hall.person("李敏").staff_id)
    part.form.set_values(part.form.values() | {"岗位": "窗口、信联办分拨"})
    part.save.click()
    settled(qtbot, page)
    found = {member.name: member.roles for member in read(sqlite_hall, staff)}
    assert found["李敏"] == {Role.CLERK, Role.DISPATCHER}

    part.lines.choose(sqlite_hall.person("许诺").staff_id)
    part.form.set_values(part.form.values() | {"岗位": "窗口"})
    said = []
    part.said.connect(said.append)
    part.save.click()
    settled(qtbot, page)
    assert any("最后一名管理员" in sentence for sentence in said)
    found = {member.name: member.roles for member in read(sqlite_hall, staff)}
    assert found["许诺"] == {Role.ADMINISTRATOR}


def test_who_changes_name_counter_or_unit_keeps_login_and_roles(
    open_part, page, qtbot, sqlite_hall
):
    part = open_part("人员")
    part.lines.choose(sqlite_hall.person("李敏").staff_id)
    facts = {"姓名": "李敏芳", "单位": "城建办", "窗口": "窗口 7", "办公电话": "13800000031"}
    part.form.set_values(part.form.values() | facts)
    part.save.click()
    settled(qtbot, page)

    assert part.form.values() == part.form.values() | facts | {"工号": "1001", "岗位": "窗口"}
    found = next(m for m in read(sqlite_hall, staff) if m.login == "1001")
    assert (found.name, found.desk_name) == ("李敏芳", "窗口 7")
    assert found.unit_id == sqlite_hall.unit("城建办")


def test_a_name_that_is_missing_is_said_beside_its_field(open_part, page, qtbot, sqlite_hall):
    part = open_part("人员")
    part.lines.choose(sqlite_hall.person("李敏").staff_id)
    part.form.set_values(part.form.values() | {"姓名": ""})
    part.save.click()
    settled(qtbot, page)

    assert "姓名" in part.form.field("姓名").state().sentence


def test_a_password_is_reset(open_part, page, qtbot, sqlite_hall, sqlite_hall_url):
    part = open_part("人员")
    part.lines.choose(sqlite_hall.person("李敏").staff_id)
    part.password.set_text("kurz")
    part.reset.click()
    settled(qtbot, page)
    assert "8 位" in part.password.state().sentence
    part.password.set_text("fresh-2026")
    part.reset.click()
    settled(qtbot, page)
    sign_in(sqlite_hall_url, "1001", "fresh-2026").close()


def test_an_estate_is_retired_only_after_a_question(open_part, page, qtbot, sqlite_hall):
    part = open_part("小区地址")
    part.lines.choose(sqlite_hall.place("青榕花园"))
    part.retire.click()
    dialog = page.findChild(VerbDialog)
    dialog.button("stay").click()
    settled(qtbot, page)
    assert "青榕花园" in {place.name for place in read(sqlite_hall, places)}

    part.retire.click()
    qtbot.waitUntil(lambda: page.findChild(VerbDialog) is not dialog)
    page.findChild(VerbDialog).button("retire").click()
    settled(qtbot, page)
    assert "青榕花园" not in {place.name for place in read(sqlite_hall, places)}


@pytest.mark.parametrize(("value", "is_right"), [("5", True), ("0", False), ("60", False)])
def test_the_lock_stays_within_ten_minutes(open_part, page, qtbot, value, is_right):
    part = open_part("设置")
    part.lines.choose("lock_minutes")
    part.form.set_values({"现在的值": value})
    part.save.click()
    settled(qtbot, page)
    assert (part.form.field("现在的值").state().sentence == "") is is_right


def test_a_layout_is_checked_before_it_is_used(open_part, page, qtbot, sqlite_hall):
    part = open_part("文书版式")
    part.lines.choose("receipt")
    part.text.set_text("title = ")
    part.use.click()
    assert "receipt" in part.trouble.text()
    assert read(sqlite_hall, own_layouts) == {}

    part.text.set_text(layout_text("receipt") + "\n# 本厅\n")
    part.use.click()
    settled(qtbot, page)
    assert list(read(sqlite_hall, own_layouts)) == ["receipt"]
    part.restore.click()
    settled(qtbot, page)
    assert read(sqlite_hall, own_layouts) == {}


def test_a_copy_is_made_compared_and_restored_beside(
    open_part, page, qtbot, sqlite_hall_url, tmp_path
):
    part = open_part("备份与恢复")
    part.now.click()
    settled(qtbot, page)
    qtbot.waitUntil(lambda: part.copy() is not None)
    assert len(copies(sqlite_hall_url)) == 1
    part.check.click()
    settled(qtbot, page)
    assert "校验通过" in part.facts.text()
    assert "诉求：备份里 0，现在 0（一样）" in part.facts.text()

    target = tmp_path / "restored.db"
    part.restore_to(target)
    settled(qtbot, page)
    page.findChild(VerbDialog).button("use").click()
    assert load_settings().database_url.endswith("restored.db")
    assert target.exists()


def test_all_lights_come_on_with_a_next_step_where_needed(open_part, page, qtbot):
    part = open_part("体检")
    settled(qtbot, page)
    lights = part.lights()
    assert {"数据库", "字体", "时钟", "备份", "打印机", "节假日"} <= set(lights)
    assert "导入放假通知" in lights["节假日"].step
    assert lights["数据库"].state == "ok"
    assert lights["备份"].state == "bad"  # none was made yet
    assert all(light.step for light in lights.values() if light.state in {"warn", "bad"})


def test_the_look_of_this_machine_changes_at_once(open_part):
    part = open_part("本机")
    before = QApplication.palette().window().color()
    part.form.set_values(part.form.values() | {"配色": "深色", "大字": "是", "提醒声音": "是"})
    part.save.click()
    assert load_settings().theme == "dark"
    assert load_settings().large_type
    assert load_settings().reminder_sound
    assert QApplication.palette().window().color() != before
