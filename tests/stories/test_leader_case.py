"""A case that three rounds did not settle: a leader takes it, until its conclusion is on paper."""

from PySide6.QtCore import Qt

from tests.forms.reading import squeezed, text_of
from tests.stories.life import (
    BUILDING,
    DISPATCHER,
    LEADER,
    comes_in,
    is_accepted,
    is_dispatched,
    is_verified,
)

Key = Qt.Key
WHY = "楼道线和进线分属两家，三次约谈都没有谈拢。"


def papers_seen(someone):
    """Look at every paper of the case with F9; return the words on each as it is printed."""
    found = {}
    for at in range(len(someone.front.page.papers.rows)):
        someone._go_to_paper(at)
        someone.press(Key.Key_F9)
        ready = someone.preview()._ready
        found.setdefault(ready.code, text_of(ready.pdf))
        someone.press(Key.Key_Escape)
        someone.program.frame.activateWindow()
        someone.quiet()
    return found


def part(someone, digit):
    """Choose what is done in the panel that is open."""
    someone.choose("part", digit)


def test_a_leader_takes_a_case_and_concludes_it(open_program, street_url):
    someone = open_program(street_url)
    number = comes_in(someone)
    is_dispatched(someone, number, "城建办")
    is_accepted(someone, number, BUILDING)
    is_verified(someone)

    # 信联办 raises it; 领导包片 proposes who leads, and the limit goes by the plan
    someone.make_way_for(DISPATCHER).find(number)
    someone.ctrl("W")
    assert someone.panel.form.entries["leader"].in_words() == "吴建国"
    someone.fill("reason", WHY)
    someone.finish()
    assert someone.history()[0].startswith("提级办理，吴建国包案")
    assert "包案：吴建国，第 1 天" in someone.words_in(someone.front.page)

    # the team; whom it lacks is said, and nobody is held up
    someone.ctrl("N")
    assert "年轻干部还差 1 人" in someone.panel_words()
    someone.choose("role", 3)
    someone.pick("staff", "张伟")
    someone.finish()
    someone.ctrl("N")
    someone.choose("role", 1)
    someone.fill("name", "梁国栋")
    someone.fill("office", "区人大代表")
    someone.finish()
    assert someone.history()[0].startswith("梁国栋进专班")

    # the unit plans a step, fills in the pledges, and holds a conference
    someone.make_way_for(BUILDING).find(number)
    someone.ctrl("W")
    part(someone, 2)
    someone.fill("action", "更换进线")
    someone.fill("due_on", "明天")
    someone.finish()
    someone.ctrl("W")
    part(someone, 3)
    someone.choose("pledge0", 1)
    someone.fill("who0", "张伟")
    someone.fill("note0", "走访 12 户")
    someone.choose("pledge2", 2)
    someone.finish()
    assert someone.history()[0] == "五包填报 2 项"
    someone.ctrl("H")
    someone.fill("held_at", "现在")
    someone.fill("place", "二楼会商室")
    someone.fill("attendees", "供电公司、物业、业主代表 3 人")
    someone.fill("minutes", "供电公司同意一周内更换进线，费用自担。")
    someone.fill("decision0", "更换进线")
    someone.fill("who0", "供电公司")
    someone.fill("until0", "明天")
    someone.finish()
    assert someone.history()[0].startswith("专题会商：")

    # the leader sees his week on his own desk, and what comes next
    someone.make_way_for(LEADER)
    someone.alt("1")
    start = someone.front
    start.choose_view(start.views().index("包案"))
    someone.quiet()
    assert "您包的案 1 件" in someone.words_in(someone.window)
    assert "更换进线" in someone.words_in(start.face.next)
    assert "会商" in someone.words_in(start.face.news)

    # progress by the plan, then the conclusion; nothing else ends it
    someone.find(number)
    someone.ctrl("W")
    someone.choose("step", 1)
    someone.fill("result", "已送电，外壳不再带电")
    someone.finish()
    assert someone.history()[0] == "包案进展"
    someone.ctrl("N")
    part(someone, 4)
    someone.choose("outcome", 1)
    someone.fill("conclusion", "进线已换，业主签字认可。")
    someone.choose("question2", 1)
    someone.finish()
    assert someone.history()[0].startswith("包案结论：已化解")
    assert "包案：吴建国" not in someone.words_in(someone.front.page)

    # both papers as they are printed
    words = papers_seen(someone)
    assert "更换进线" in words["meeting-minutes"]
    assert "进线已换，业主签字认可。" in words["leader-case"]
    assert "走访12户" in squeezed(words["leader-case"])
