"""The people of a grid are named, their signs printed, a month judged – for two people alone."""

from PySide6.QtCore import Qt

from desk.rules.moments import day_of
from tests.forms.reading import squeezed, text_of
from tests.stories.hands import CTRL, SHIFT, Key
from tests.stories.life import DISPATCHER

SECRETARY, WORKER, ELSEWHERE = "1016", "1017", "1018"  # 罗梅、何志强 of 榕东, 邓小兰 of 榕西
GRID = "榕东第3网格"


def test_a_grid_from_its_people_to_a_month_that_two_may_read(open_program, street_url):
    someone = open_program(street_url)
    someone.sign_in(DISPATCHER)
    the_dispatcher_names_the_secretary(someone)
    the_secretary_names_the_worker(someone.make_way_for(SECRETARY))
    a_card_and_all_signs_come_out(someone)
    a_month_is_judged(someone)

    someone.make_way_for(WORKER)
    to_view(someone, 1)
    assert "待评" not in rows(someone)
    assert "本人" in rows(someone)
    assert "走访扎实" in someone.front.card.words()
    assert "上个月" in someone.front.bar.labels()
    assert "更正评价" not in someone.front.bar.labels()

    someone.make_way_for(ELSEWHERE)
    to_view(someone, 1)
    assert rows(someone) == ""
    assert "没有您能看的评价" in someone.words_in(someone.front)
    someone.make_way_for(DISPATCHER)
    to_view(someone, 1)
    assert rows(someone) == ""


def the_dispatcher_names_the_secretary(someone):
    go_to(someone, "社区整体", of="榕东社区")
    someone.press(Key.Key_A)
    someone.choose("kind", 1)
    someone.pick("staff", "罗梅")
    someone.finish()
    assert "社区书记 罗梅" in someone.front.card.words()


def the_secretary_names_the_worker(someone):
    go_to(someone, GRID)
    someone.press(Key.Key_A)
    someone.pick("staff", "何志强")
    someone.fill("phone", "13800000001")
    someone.press(Key.Key_Return, CTRL)
    assert any("只写办公电话" in said for said in someone.troubles())
    someone.go_to("phone")
    someone.ctrl("A")
    someone.say("0755-20000029")
    someone.fill("area", "1–6 栋")
    someone.finish()
    assert "网格员 何志强　0755-20000029　1–6 栋" in someone.front.card.words()


def a_card_and_all_signs_come_out(someone):
    someone.press(Key.Key_K)
    assert "网格员何志强0755-20000029" in printed(someone)

    go_to(someone, "社区整体", of="榕东社区")
    someone.press(Key.Key_L)
    someone.choose("size", 3)
    someone.press(Key.Key_Return, CTRL)
    words = printed(someone)
    assert words.count("干群连心牌") >= 2  # one for each estate, all in one document
    assert "社区书记罗梅" in words


def a_month_is_judged(someone):
    to_view(someone, 1)
    assert "待评" in rows(someone)
    someone.press(Key.Key_E)
    for at, score in enumerate(("28", "30", "20", "18")):
        someone.fill("scores" if at == 0 else f"scores{at}", score)
    someone.fill("remark", "走访扎实，记录清楚。")
    someone.finish()
    assert "96 / 100" in rows(someone)
    month = f"{day_of(someone.desk.now()):%Y-%m}"
    assert f"{month} 得分" in someone.words_in(someone.front.card)


def go_to(someone, title, of=""):
    """Go to the page of grids and, with the arrow, to a line of a community."""
    someone.press(Key.Key_F10, CTRL | SHIFT)
    assert someone.page_name() == "grids"
    page = someone.front
    wanted = next(
        line.id
        for line in page.grids.board.lines
        if line.unit.name in {title, of} and (not of or line.unit.name == of)
    )
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    someone.press(Key.Key_Home)
    for _ in page.list.rows():
        if page.list.current_id() == wanted:
            return
        someone.press(Key.Key_Down)
    raise AssertionError(f"no arrow leads to {title}")


def to_view(someone, index):
    if someone.page_name() != "grids":
        someone.press(Key.Key_F10, CTRL | SHIFT)
    someone.front.choose_view(index)
    someone.quiet()


def rows(someone):
    """Return every line of the list in words."""
    shown = someone.front.list.rows()
    return "\n".join(f"{row.title} {row.left} {row.note}" for row in shown)


def printed(someone):
    """Return what stands on the paper that is shown, and put it away."""
    preview = someone.preview()
    words = squeezed(text_of(preview._ready.pdf))
    someone.press(Key.Key_Escape)
    someone.program.frame.activateWindow()  # what a window manager does by itself
    someone.quiet()
    return words
