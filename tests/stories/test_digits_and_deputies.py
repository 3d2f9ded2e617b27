"""数字键分拨、代理人确认、叫上队伍: the hall's own reasons, a deputy, a team with own clocks."""

from datetime import UTC, datetime

from desk.rules.codes import ClockKind
from desk.rules.moments import day_of
from tests.stories.hands import Key
from tests.stories.life import (
    CLERK,
    DISPATCHER,
    ENFORCEMENT,
    WORDS,
    comes_in,
    is_accepted,
    is_finished,
    is_verified,
)

ADMINISTRATOR, DEPUTY, EMERGENCY = "9001", "1008", "1010"
CREW = "应急抢修一队"
NEIGHBOUR = {"phone": "13800000041", "name": "许志明", "address": "青榕花园 7 栋 2 单元 302"}


def test_a_digit_sends_a_deputy_confirms_and_a_team_comes_along(open_program, street_url):
    someone = open_program(street_url)
    number = comes_in(someone)
    the_hall_is_set_up(someone)
    reason = is_proposed_by_a_digit(someone, number)
    assert "这一类别的对口单位" in reason
    the_deputy_confirms_it(someone, number)
    a_team_is_called_in(someone, number)
    each_has_clocks_of_its_own(someone, number)
    is_finished(someone, "已更换灯座并复测。")
    someone.make_way_for(CLERK)
    someone.take_in(**NEIGHBOUR, words=WORDS)
    someone.press(Key.Key_F7)
    again = is_proposed_by_a_digit(someone, someone.saved_number())
    assert "同类 1 件" in again


def the_hall_is_set_up(someone):
    """The first leader is asked, somebody stands in for him from today, and there is a team."""
    someone.make_way_for(ADMINISTRATOR)
    someone.alt("0")
    section = part(someone, "设置")
    section.lines.choose("chief_dispatch")
    keeps(someone, section, 现在的值="开")
    today = day_of(datetime.now(UTC)).isoformat()
    section = begins(someone, "代理人")
    keeps(someone, section, 谁不在="高远（1014）", 谁代理="林晓（1008）", 开始日期=today)
    assert any("林晓" in record.label for record in section.register.records)
    section = begins(someone, "队伍")
    keeps(someone, section, 队伍=CREW, 类别="应急抢修", 所在单位="应急办")
    assert [record.label for record in section.register.records] == [CREW]


def part(someone, title):
    someone.front.show_section(title)
    someone.quiet()
    return someone.front.section()


def begins(someone, title):
    section = part(someone, title)
    section.begin()
    return section


def keeps(someone, section, **values):
    """Fill the form and press its button with the space bar."""
    section.form.set_values(values)
    section.save.setFocus()
    someone.press(Key.Key_Space)


def is_proposed_by_a_digit(someone, number):
    """Press 1 in the open list of units; return the reason that stood beside the first."""
    someone.make_way_for(DISPATCHER).find(number)
    someone.alt("F")
    lead = someone.panel.form.entries["lead"].focus.__self__
    assert lead.is_open()
    first = lead._rows.items[0]
    someone.press(Key.Key_1)
    assert lead.text() == first.label
    someone.finish()
    assert someone.history()[0] == f"拟派 主办{first.label}，待一把手确认"
    return first.note


def the_deputy_confirms_it(someone, number):
    someone.make_way_for(DEPUTY).find(number)
    assert someone.next_step() == "确认派单"
    someone.do("F")
    assert someone.status() == "待签收"
    assert "确认派单" in someone.history()[0]


def a_team_is_called_in(someone, number):
    someone.make_way_for(DISPATCHER).find(number)
    someone.alt("K")
    someone.pick("units", CREW)
    someone.fill("reason", "带电，要专业的人断电。")
    someone.finish()
    assert someone.history()[0] == f"加派协办 {CREW}"


def each_has_clocks_of_its_own(someone, number):
    is_accepted(someone, number, ENFORCEMENT)
    is_verified(someone)
    is_accepted(someone, number, EMERGENCY)
    assert len(handling(someone)) == 2
    someone.alt("B")
    someone.choose("result", 1)
    someone.fill("feedback", "已断电并挂牌。")
    someone.finish()
    assert [one.is_running for one in handling(someone)] == [True, False]  # the lead's goes on
    someone.make_way_for(ENFORCEMENT).find(number)


def handling(someone):
    """Return the clocks of 办理 of the case in front, the lead's first."""
    file = someone.front.file
    clocks = (*file.clocks, *file.support_clocks)
    return [one for one in clocks if one.kind is ClockKind.HANDLE]
