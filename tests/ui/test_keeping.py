"""The page 个人信息: what is over its time, what goes, asked by one, decided by another."""

import pytest
from PySide6.QtCore import Qt

from desk.actions.set_aside import WithdrawCase
from desk.rules.codes import ConfirmWay
from desk.rules.personal_data import Fate
from desk.ui.keeping_screen import NOTE, NUMBER, REASON, KeepingScreen
from desk.ui.pages import pages_of
from tests.ui.before_page import BeforePage

RETURN = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier
OVER, ASKED, DONE = range(3)


class AtKeeping(BeforePage):
    """Somebody before the page."""

    def __init__(self, qtbot, desk, life):
        super().__init__(qtbot, desk, life, KeepingScreen(desk))

    def see(self):
        """Return the heading and what is said below it."""
        self.rest()
        return f"{self.page.lines.head.text()}　{self.page.lines.note.text()}"

    def press(self, button):
        assert button.isVisible()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.rest()

    def go(self, view):
        self.page.choose_view(view)
        self.rest()

    def trouble(self, form, name):
        """Return what is said beside a field."""
        return form.field(name).state().sentence


@pytest.fixture
def sit(qtbot, life, desk_of):
    return lambda name: AtKeeping(qtbot, desk_of(name), life)


@pytest.fixture
def over(life):
    """Return two cases that ended more than ten years ago, and one that ended lately."""
    cases = [life.register(name=name) for name in ("陈桂芳", "张春兰")]
    for case in cases:
        life.do(
            "李敏",
            WithdrawCase,
            case,
            reason="诉求人说已经自己解决",
            way=ConfirmWay.PHONE,
            note="李敏 9 点打的",
        )
    life.hall.clock.set("2037-03-02 09:00")
    late = life.register()
    life.do(
        "李敏",
        WithdrawCase,
        late,
        reason="诉求人说已经自己解决",
        way=ConfirmWay.PHONE,
        note="李敏 9 点打的",
    )
    return [*cases, late]


def test_only_those_whose_deed_it_is_find_the_page(desk_of):
    def finds(name):
        return "keeping" in {page.name for page in pages_of(desk_of(name).person)}

    assert [finds(name) for name in ("何平", "郑伟", "顾敏", "李敏", "许诺")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_one_asks_another_decides_and_then_it_is_gone(life, over, sit):
    asks = sit("何平")
    first, second, _ = over
    assert asks.page.views() == ("保管期满 2", "申请中 0", "已办 0")
    assert "已经到期" in asks.see()
    assert asks.page.lines.current() in {first, second}
    said = asks.page.preview.texts()
    assert "诉求人：姓名、电话" in said[Fate.ERASE]
    assert "看板上的姓" in said[Fate.MASK]
    assert "编号、时间" in said[Fate.RETAIN]

    chosen = asks.page.lines.current()
    asks.qtbot.keyClick(asks.page.window(), RETURN, CTRL)
    asks.rest()

    assert asks.page.views() == ("保管期满 1", "申请中 1", "已办 0")
    assert "要由另一个人决定" in asks.see()
    assert not asks.page.grant.isVisible()

    decides = sit("郑伟")
    assert decides.page.chosen_view() == ASKED  # what waits for him comes first
    decides.press(decides.page.grant)
    assert decides.said[-1] == "已同意。"
    assert "找不回来" in decides.see()
    decides.press(decides.page.erase)

    assert decides.page.views() == ("保管期满 1", "申请中 0", "已办 1")
    assert "已抹除（行数）：" in decides.see()
    assert life.case(chosen).details == "已按规定抹除"
    assert life.case(chosen).appellant_shown in {"陈**", "张**"}


def test_by_number_when_somebody_writes_and_refused_with_a_word(life, over, sit):
    asks = sit("郑伟")
    asks.go(DONE)
    assert "还没有办过的申请。" in asks.see()
    asks.go(OVER)
    asks.page.lines.choose(None)
    asks.page.lines.fresh_wanted.emit()
    asks.rest()
    asks.press(asks.page.send)
    assert asks.trouble(asks.page.fresh, NUMBER) == "请写案件编号或调解卷号。"
    asks.page.fresh.set_values({NUMBER: "没有这一件"})
    asks.press(asks.page.send)
    assert "找不到这个编号" in asks.trouble(asks.page.fresh, NUMBER)
    asks.page.fresh.set_values({NUMBER: life.case(over[2]).number})
    asks.press(asks.page.send)
    assert "抹除的理由" in asks.trouble(asks.page.ask, REASON)
    asks.page.ask.set_values(asks.page.ask.values() | {REASON: "本人来信要求删除"})
    asks.press(asks.page.send)
    assert asks.page.views()[ASKED] == "申请中 1"

    decides = sit("王磊")
    decides.go(ASKED)
    decides.press(decides.page.refuse)
    assert "写一句为什么" in decides.trouble(decides.page.word, NOTE)
    decides.page.word.set_values({NOTE: "还在复查"})
    decides.press(decides.page.refuse)
    assert decides.page.views() == ("保管期满 2", "申请中 0", "已办 1")
    assert "不同意，还在复查" in decides.see()
    assert life.case(over[2]).details != "已按规定抹除"
