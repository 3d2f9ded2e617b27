"""A hall is set up by hand or from the workbook, with pauses, and ends in a plan."""

import pytest

from desk.exchange.organisation_rows import Sheet
from desk.ui.setup.kept import forget, kept_file
from desk.ui.setup.screen import SetupScreen
from desk.ui.tasks import Tasks
from tests.exchange.test_organisation import STAFF, filled

PEOPLE = {
    "工号": "9001",
    "姓名": "许诺",
    "单位": "信联办",
    "岗位": "管理员",
    "初始密码": "own-2026",
}


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.finish()


@pytest.fixture
def new_screen(qtbot, tasks):
    def make():
        screen = SetupScreen(tasks)
        qtbot.addWidget(screen)
        screen.show()
        return screen

    return make


def write(step, values):
    step.form.set_values(values)
    step.save.click()


def fill_by_hand(screen):
    screen.steps[0].form.set_values({"街道名称": "青榕街道", "城市": "岭湾市", "区县": "滨河区"})
    screen.show_step(1)
    write(screen.steps[1], {"单位全称": "信联办", "类型": "信联办"})
    write(screen.steps[1], {"单位全称": "榕东社区", "简称": "榕东", "类型": "社区"})
    screen.show_step(2)
    write(screen.steps[2], PEOPLE)
    screen.show_step(3)
    write(screen.steps[3], {"小区或楼栋": "榕荫里小区", "社区": "榕东社区"})
    screen.show_step(4)
    screen.steps[4].form.set_values(
        {
            "发文机关": "青榕街道办事处",
            "机关代字": "青榕",
            "查询电话": "0755-20000000",
            "办公地址": "青榕路",
        }
    )


def test_five_steps_by_hand_make_a_plan(new_screen, qtbot):
    screen = new_screen()
    fill_by_hand(screen)
    with qtbot.waitSignal(screen.plan_ready) as ready:
        screen._next.click()
    (plan,) = ready.args
    assert (plan.name, plan.hall_name) == ("青榕街道", "青榕街道群众诉求服务大厅")
    assert [unit.name for unit in plan.units] == ["信联办", "榕东社区"]
    assert plan.staff[0].password == "own-2026"
    assert plan.places[0].community == "榕东社区"
    assert len(plan.categories) > 80


def test_what_is_missing_is_said_instead_of_founding(new_screen, qtbot):
    screen = new_screen()
    screen.show_step(4)
    with qtbot.assertNotEmitted(screen.plan_ready):
        screen._next.click()
    assert "街道名称" in screen._said.text()


def test_a_set_up_goes_on_where_it_was_left_without_passwords(new_screen):
    screen = new_screen()
    fill_by_hand(screen)
    assert "own-2026" not in kept_file().read_text(encoding="utf-8")

    again = new_screen()
    assert again.organisation().street["街道名称"] == "青榕街道"
    assert again.organisation().names(Sheet.UNITS) == ["信联办", "榕东社区"]
    assert "初始密码" not in again.organisation().rows[Sheet.STAFF][0]
    forget()
    assert new_screen().organisation().street == {}


def test_a_damaged_note_begins_anew(new_screen):
    kept_file().parent.mkdir(parents=True)
    kept_file().write_text('{"街道": []', encoding="utf-8")
    assert new_screen().organisation().street == {}


def test_a_workbook_fills_all_steps_and_shows_what_was_refused(new_screen, qtbot, tasks, tmp_path):
    screen = new_screen()
    bad = ("1003", "周航", "没有的单位", "窗口", "", "", "")
    screen.take_workbook(filled(tmp_path / "组织.xlsx", people=[*STAFF, bad]))
    qtbot.waitUntil(lambda: not tasks.is_busy)
    table = screen._refused.table
    assert [table.item(0, column).text() for column in range(3)] == ["人员", "4", "1003"]
    assert "没有的单位" in table.item(0, 3).text()

    screen.show_step(2)
    step = screen.steps[2]
    step.lines.choose(2)
    assert "没有的单位" in step.lines.note.text()
    step.form.set_values(step.form.values() | {"单位": "信联办"})
    step.save.click()
    assert not screen._refused.isVisible()


def test_a_row_can_be_taken_out_again(new_screen):
    screen = new_screen()
    fill_by_hand(screen)
    screen.show_step(3)
    step = screen.steps[3]
    step.lines.choose(0)
    step.remove.click()
    assert screen.organisation().rows[Sheet.PLACES] == []


def test_a_required_field_is_asked_for_beside_it(new_screen):
    screen = new_screen()
    screen.show_step(1)
    write(screen.steps[1], {"类型": "社区"})
    assert "请填写单位全称" in screen.steps[1].form.field("单位全称").state().sentence
    assert screen.organisation().rows[Sheet.UNITS] == []


def test_the_template_is_handed_out(new_screen, qtbot, tasks, tmp_path):
    screen = new_screen()
    screen.hand_out_template(tmp_path / "组织模板")
    qtbot.waitUntil(lambda: not tasks.is_busy)
    assert (tmp_path / "组织模板.xlsx").exists()
    assert "组织模板.xlsx" in screen._said.text()
