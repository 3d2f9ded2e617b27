"""登记册 around the cases: answers, matters, deputies, areas; what is told beside their fields."""

from datetime import timedelta

import pytest

from desk.actions.directory import RetireServiceItem
from desk.ui.admin_screen import AdminScreen
from tests.ui.before_page import BeforePage


@pytest.fixture
def registers(qtbot, life, desk_of):
    """Sit the administrator down before the registers of the hall."""
    return Registers(BeforePage(qtbot, desk := desk_of("许诺"), life, AdminScreen(desk)))


class Registers:
    """One register after the other; each line is written anew and saved."""

    def __init__(self, before):
        self.before, self.part = before, None

    def opens(self, title):
        """Go to a register."""
        self.before.page.show_section(title)
        self.before.rest()
        self.part = self.before.page.section()

    def writes(self, **values):
        """Write a new line and save it."""
        self.part.begin()
        self.saves(**values)

    def saves(self, **values):
        """Change what stands there and save it."""
        self.part.form.set_values(self.part.form.values() | values)
        self.part.save.click()
        self.before.rest()

    def refused(self, column, sentence):
        """Hear this beside a column; what was written is still there."""
        assert self.part.form.field(column).state().sentence == sentence


def test_an_answer_of_the_library_has_its_source_and_its_days(registers):
    registers.opens("答复口径")
    day = f"{registers.before.desk.now():%Y-%m-%d}"
    words = {"类型": "法规条文", "标题": "电梯", "正文": "电梯困人先救人。", "生效日期": day}
    registers.writes(**words)
    registers.refused("出处", "法规条文请写出处（名称、条款、文号）。")
    registers.saves(出处="特种设备安全法", 失效日期="2026-01-05")
    registers.refused("失效日期", "失效日期要晚于生效日期。")
    registers.saves(失效日期="")
    registers.part.lines.choose(next(r.id for r in registers.part.register.records))
    since = registers.part.form.values()["生效日期"]
    registers.saves(生效日期="2019-01-05")
    registers.refused("生效日期", f"生效日期不能早于原来的 {since}。")


def test_a_matter_of_the_directory_has_its_place_and_its_own_name(registers, life):
    registers.opens("事项目录")
    registers.writes(事项="居住证办理")
    registers.refused("外单位", "请选本街道的单位，或写明外单位的名称。")
    registers.saves(外单位="派出所")
    registers.writes(事项="居住证办理", 外单位="派出所")
    registers.refused("事项", "事项“居住证办理”已经有了。")
    records = registers.part.register.records
    wanted = next(one.id for one in records if one.values["事项"] == "居住证办理")
    registers.part.lines.choose(wanted)
    hall = life.hall
    hall.sign_in("许诺").carry_out(RetireServiceItem(**hall.by("许诺"), item=wanted))
    said = []
    registers.part.said.connect(said.append)
    registers.saves(外单位="分局")
    assert said == ["找不到这个事项，可能已停用。请刷新后再试。"]


def test_who_stands_in_and_who_answers_for_a_unit_does_so_on_days_that_can_be(registers):
    today = registers.before.desk.now().date()
    first, before = f"{today:%Y-%m-%d}", f"{today - timedelta(days=9):%Y-%m-%d}"
    registers.opens("代理人")
    registers.writes(谁不在="郑伟（4001）", 谁代理="郑伟（4001）", 开始日期=first)
    registers.refused("谁代理", "不能由本人代理本人，请选另一位。")
    registers.saves(谁代理="许诺（6001）")
    registers.refused("谁代理", "不能让自己代理别人，请另一名管理员来设。")
    registers.saves(谁代理="周航（1002）", 截止日期=before)
    registers.refused("截止日期", "截止日期不能早于开始日期。")
    registers.saves(截止日期="")
    registers.writes(谁不在="郑伟（4001）", 谁代理="周航（1002）", 开始日期=first)
    registers.refused("开始日期", "这些日子里已经由他代理，请改原来那一行。")

    registers.opens("领导包片")
    registers.writes(领导="郑伟", 单位="城建办", 开始日期=first, 截止日期=before)
    registers.refused("截止日期", "截止日期不能早于开始日期。")
    registers.saves(截止日期="")
    registers.writes(领导="王磊", 单位="城建办", 开始日期=first)
    sentence = f"这些日子里已由郑伟包片（自 {first} 起），请先改那一行的截止日期。"
    registers.refused("开始日期", sentence)
