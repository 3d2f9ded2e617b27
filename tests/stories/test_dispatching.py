"""分拨: taken back in time, supported by others, and confirmed by the first leader."""

from datetime import UTC, datetime

import pytest

from desk.actions.administration import SetSetting
from desk.demo.street import DEMO_PASSWORD
from desk.store.signing_in import sign_in
from desk.ui.start.chief_face import ChiefFace
from tests.stories.hands import CTRL, SHIFT, Key
from tests.stories.life import (
    BUILDING,
    DISPATCHER,
    ENFORCEMENT,
    comes_in,
    is_accepted,
    is_dispatched,
    is_finished,
    is_verified,
)

CHIEF, ADMINISTRATOR = "1014", "9001"


@pytest.fixture
def chief_asked(street_url):
    """A street whose first leader is asked before a case goes out."""
    database = sign_in(street_url, ADMINISTRATOR, DEMO_PASSWORD)
    now, me = datetime.now(UTC), database.person.staff_id
    database.carry_out(SetSetting(made_by=me, happened_at=now, key="chief_dispatch", value=True))
    database.close()
    return street_url


def test_a_dispatch_is_taken_back_and_sent_again_with_support(open_program, street_url):
    someone = open_program(street_url)
    number = comes_in(someone)
    is_dispatched(someone, number, "综合行政执法队")
    assert someone.front.page.bar.labels()[0] == "撤回分拨"
    assert "还剩" in someone.words_in(someone.front.page.bar)

    someone.press(Key.Key_Z, CTRL)
    assert someone.status() == "待分拨"
    assert someone.history()[0] == "撤回：直派 主办综合行政执法队"
    assert "撤回分拨" not in someone.front.page.bar.labels()

    is_dispatched(someone, number, "城建办", support="综合行政执法队")
    is_accepted(someone, number, BUILDING)
    is_verified(someone)
    someone.alt("B")
    someone.choose("result", 1)
    someone.fill("measures", "已更换灯座。")
    someone.press(Key.Key_Return, CTRL)
    assert "综合行政执法队还没有反馈" in someone.panel.said()
    someone.press(Key.Key_Escape)

    is_accepted(someone, number, ENFORCEMENT)
    someone.alt("B")
    assert "城建办" in someone.panel_words()
    assert "已联系" in someone.panel_words()
    someone.press(Key.Key_Return, CTRL)
    assert "请选协办的结果" in "".join(someone.troubles())
    someone.choose("result", 1)
    someone.fill("feedback", "已在现场拉起警戒线。")
    someone.finish()
    assert someone.history()[0] == "协办反馈 综合行政执法队 已解决"

    someone.make_way_for(DISPATCHER).find(number)
    someone.alt("K")
    someone.press(Key.Key_Return, CTRL)
    assert "请选要加派的单位或队伍" in "".join(someone.troubles())
    someone.pick("units", "应急办")
    someone.fill("reason", "再查一遍消防")
    someone.finish()
    assert someone.history()[0] == "加派协办 应急办"
    someone.press(Key.Key_X, CTRL | SHIFT)
    someone.fill("reason", "已无须再查")
    someone.finish()
    assert someone.history()[0] == "撤下协办 应急办"

    someone.make_way_for(BUILDING).find(number)
    is_finished(someone, "已更换灯座。")


def test_the_first_leader_confirms_sends_back_and_takes_back(open_program, chief_asked):
    someone = open_program(chief_asked)
    number = comes_in(someone)
    someone.make_way_for(DISPATCHER).find(number)
    someone.alt("F")
    assert "拟派，报一把手确认" in someone.panel_words()
    someone.pick("lead", "城建办")
    someone.finish()
    assert someone.status() == "待分拨"
    assert someone.history()[0] == "拟派 主办城建办，待一把手确认"

    someone.make_way_for(CHIEF).find(number)
    assert someone.next_step() == "确认派单"
    someone.alt("F")
    someone.choose("word", 3)
    someone.press(Key.Key_Return, CTRL)
    assert "退回拟派请写一句话" in "".join(someone.troubles())
    someone.fill("note", "先问执法队。")
    someone.finish()
    assert someone.history()[0] == "退回拟派"
    assert "确认派单" not in someone.steps()

    someone.make_way_for(DISPATCHER).find(number)
    someone.alt("F")
    assert "退回了上次的拟派：先问执法队。" in someone.panel_words()
    someone.pick("lead", "综合行政执法队")
    someone.finish()

    someone.make_way_for(CHIEF)
    someone.alt("1")
    front = someone.window.pages.front
    front.choose_view(front.views().index(ChiefFace.name))
    someone.quiet()
    face = front.face
    rows = [row.id for row in face.list.rows()]
    face.list.setFocus()
    someone.press(Key.Key_Return)
    assert len(face.list.rows()) == len(rows) - 1
    assert face.bar.labels()[0] == "撤回分拨"
    someone.press(Key.Key_Z, CTRL)
    assert len(face.list.rows()) == len(rows)
    someone.press(Key.Key_Return)
    someone.find(number)
    assert someone.status() == "待签收"
    assert someone.history()[0] == "确认派单 直派 主办综合行政执法队"
