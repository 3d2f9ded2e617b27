"""主动治理: neighbours complain of one thing, a plan ends it; a meeting and the three lists."""

from tests.stories.hands import CTRL, SHIFT, Key
from tests.stories.life import CLERK, DISPATCHER, ENFORCEMENT, WORDS

COMMUNITY, OTHER = "1016", "1019"  # 榕东, 南塘
NEIGHBOURS = (
    {"phone": "13800000041", "name": "许志明", "address": "青榕花园 7 栋 2 单元 302"},
    {"phone": "13800000042", "name": "林月", "address": "青榕花园 6 栋 1 单元 101"},
    {"phone": "13800000043", "name": "何秀", "address": "青榕花园 5 栋 1 单元 201"},
)


def shift(someone, number, *more):
    """Press Ctrl, Shift and a function key."""
    someone.press(getattr(Key, f"Key_F{number}"), CTRL | SHIFT)


def write(someone, name, words):
    """Go to a field by Tab and say what stands in it from now on."""
    someone.tab_to(name)
    someone.ctrl("A")
    someone.say(words)


def pick(someone, name, words):
    """Go to a field with a list and take what is called so."""
    write(someone, name, words)
    someone.press(Key.Key_Return)


def finish(someone):
    """Ctrl+Enter; what is wrong would stand beside a field."""
    host = someone.front.plan.host if someone.page_name() == "topics" else someone.front.host
    panel = host.panel
    someone.press(Key.Key_Return, CTRL)
    assert host.panel is None, panel.said() + str(
        [one.sentence() for one in panel.findChildren(object) if hasattr(one, "sentence")]
        + [one.state().sentence for one in panel.findChildren(object) if hasattr(one, "set_beside")]
    )


def goes_to(someone, view):
    """Take another list of the page: by Tab to the switch, then with the arrows."""
    way = view - someone.front.chosen_view()
    for _ in range(abs(way)):
        someone.tab_to("视图")
        someone.press(Key.Key_Right if way > 0 else Key.Key_Left)
    assert someone.front.chosen_view() == view
    someone.tab_to("清单的各条")


def card(someone):
    return someone.front.card.words()


def test_many_cases_become_a_plan_that_its_unit_does_and_somebody_looks_at_again(
    open_program, street_url
):
    someone = open_program(street_url)
    someone.sign_in(CLERK)
    for neighbour in NEIGHBOURS:
        someone.take_in(**neighbour, words=WORDS)
        someone.press(Key.Key_F7)
        assert someone.saved_number()
    someone.make_way_for(DISPATCHER)
    someone.press(Key.Key_F6, SHIFT)
    someone.press(Key.Key_F7, SHIFT)  # one key opens the topic
    assert someone.front.chosen_view() == 1
    shift(someone, 11)
    shift(someone, 2)
    write(someone, "方案，必填", "全部楼道换新灯座，逐单元验收")
    pick(someone, "责任单位", "城建办")
    write(someone, "计划完成，必填", "明天")
    write(someone, "预算经费", "1.2万")
    finish(someone)
    plan = someone.front.plan.card
    assert "治理前 30 天 0 件；治理完成后与之比较。" in plan.words()
    assert "预算 12,000 元" in plan.words()
    shift(someone, 2)
    write(someone, "做什么，必填", "先换 7 栋")
    pick(someone, "责任单位", "执法队")
    write(someone, "完成期限，必填", "明天")
    finish(someone)

    # whose measure it is finds it on his own page
    someone.make_way_for(ENFORCEMENT)
    shift(someone, 12)
    assert someone.front.views()[0] == "治理方案 1"
    someone.press(Key.Key_Return)
    someone.press(Key.Key_Return)
    write(someone, "完成情况，必填", "7 栋 12 个灯座全部换新")
    write(someone, "实际支出", "8600")
    finish(someone)
    assert "已支出 8,600 元，结余 3,400 元" in card(someone)

    someone.make_way_for(DISPATCHER)
    shift(someone, 12)
    shift(someone, 1)
    write(someone, "怎么治理的，必填", "三栋楼都换好了")
    finish(someone)
    someone.press(Key.Key_F11, CTRL)
    someone.tab_to("看到的")
    someone.press(Key.Key_1)
    write(someone, "复看情况，必填", "晚上看过，灯都亮，扶手不麻")
    finish(someone)
    assert "确已解决。晚上看过，灯都亮，扶手不麻" in card(someone)
    assert someone.front.views()[0] == "治理方案 0"
    assert someone.front.list.rows()[0].tag == "已见效"


def test_a_meeting_is_typed_in_one_grid_and_a_demand_finds_its_resource(open_program, street_url):
    someone = open_program(street_url)
    someone.sign_in(COMMUNITY)
    shift(someone, 12)
    goes_to(someone, 1)
    shift(someone, 2)
    write(someone, "会议名称，必填", "榕东社区居民代表会议")
    someone.tab_to("第 1 条 意见")
    said = (
        ("路灯几点亮", "3 栋代表", "每天 18 点", "", ""),
        ("七栋下水道返味", "7 栋代表", "", "城建办", "明天"),
        ("门口车乱停", "", "", "综合行政执法队", ""),
    )
    for line in said:
        for at, words in enumerate(line):
            someone.say(words)
            if words and at == 3:
                someone.press(Key.Key_Return)  # takes the unit from the list
            else:
                someone.press(Key.Key_Return)
    finish(someone)
    assert someone.front.views()[1] == "意见征集 2"
    assert "现场答复 1 条（33.33%）" in card(someone)

    someone.make_way_for(ENFORCEMENT)
    shift(someone, 12)
    goes_to(someone, 1)
    someone.press(Key.Key_Return)
    someone.press(Key.Key_Return)
    write(someone, "怎么答复的，必填", "划了线，早晚各巡一次")
    finish(someone)
    assert someone.front.views()[1] == "意见征集 0"

    someone.make_way_for(COMMUNITY)
    shift(someone, 12)
    goes_to(someone, 1)
    someone.press(Key.Key_Return)
    someone.press(Key.Key_Down)
    shift(someone, 7)  # this one becomes a case
    pick(someone, "类别", "积水")
    finish(someone)
    assert someone.front.views()[1] == "意见征集 0"
    assert "转诉求件 1 条" in card(someone)

    goes_to(someone, 2)
    shift(someone, 2)
    write(someone, "需要什么，必填", "要一间老人活动室")
    finish(someone)
    assert someone.front.views()[2] == "需求 1"

    someone.make_way_for(OTHER)
    shift(someone, 12)
    goes_to(someone, 3)
    shift(someone, 2)
    someone.tab_to("哪一类")
    someone.press(Key.Key_1)
    write(someone, "能提供什么，必填", "一楼会议室周末空着")
    write(someone, "提供单位，必填", "某某科技公司")
    finish(someone)

    someone.make_way_for(COMMUNITY)
    shift(someone, 12)
    goes_to(someone, 2)
    someone.press(Key.Key_F11, CTRL)
    pick(someone, "用哪些资源", "会议室")
    write(someone, "计划完成，必填", "明天")
    finish(someone)
    assert someone.front.list.rows()[0].tag == "已对接项目"
    goes_to(someone, 4)
    assert "一楼会议室周末空着" in card(someone)
    someone.press(Key.Key_F11, CTRL)
    write(someone, "说明", "每周六开放，二十位老人来")
    finish(someone)
    assert someone.front.list.rows()[0].tag == "已完成"
    goes_to(someone, 2)
    assert someone.front.list.rows()[0].tag == "已解决"
