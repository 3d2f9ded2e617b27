"""预约到接访: a call, an appointment, the reception day, the leader's word, the record on paper."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.roster import SetDuty, SetDutyPost
from desk.rules.moments import day_of
from desk.store.models import Staff
from desk.store.signing_in import sign_in_built_in
from tests.forms.reading import squeezed, text_of
from tests.stories.hands import ALT, CTRL, SHIFT, Key
from tests.stories.life import CLERK, DISPATCHER, LEADER
from tests.stories.reading import SeenPaper, assert_papers_are_whole

NAME, MATTER = "阿依古丽·马", "小区电梯半年修了五次，想请街道出面。"


@pytest.fixture
def reception_url(street_url):
    """The demo street, where a leader receives today too, whatever day it is, at every hour."""
    hall = sign_in_built_in(street_url)
    head = {"made_by": hall.person.staff_id, "happened_at": hall.now()}
    today = day_of(hall.now())
    with Session(hall.engine) as session:
        leader = session.scalars(select(Staff).where(Staff.login == LEADER)).one()
    facts = {"weekday": today.weekday(), "hours": "00:00-24:00", "reception_place": "榕东社区"}
    post = SetDutyPost(**head, name="下沉接访", unit=leader.unit_id, **facts)
    duty = {"post": hall.carry_out(post).made["post"], "day": today, "people": leader.name}
    hall.carry_out(SetDuty(**head, **duty))
    hall.close()
    return street_url


def write(someone, name, words):
    """Go to a field by Tab and say something into it."""
    someone.tab_to(name)
    someone.say(words)


def goes_to_todays_reception(someone):
    """Open the page and stand on today's day of 下沉接访."""
    someone.press(Key.Key_F1, SHIFT)
    assert someone.page_name() == "receptions"
    page = someone.front
    for _ in page.days.rows():
        if page.days.rows()[page.days.current_id()].left == "榕东社区":
            return page
        someone.press(Key.Key_Down)
    raise AssertionError("nobody receives today")


def test_who_rang_yesterday_sits_before_the_leader_today(open_program, reception_url):
    someone = open_program(reception_url)
    someone.sign_in(CLERK)

    # the telephone rings: N, who, his number, what about
    page = goes_to_todays_reception(someone)
    someone.press(Key.Key_N)
    write(someone, "怎么称呼，必填", NAME)
    write(someone, "电话", "13800000024")
    write(someone, "来办什么事，必填", MATTER)
    someone.press(Key.Key_Return, CTRL)
    assert page.host.panel is None, page.host.panel.said()
    assert page.list.rows()[0].title == f"{NAME}　{MATTER}"
    assert "138****0024" in someone.words_in(page.card)
    someone.press(Key.Key_Right)
    someone.press(Key.Key_T)
    someone.press(Key.Key_Return, CTRL)
    assert "13800000024" in someone.words_in(page.card)

    # he is there: one key, and nothing is typed again
    someone.alt("1")
    assert NAME in someone.words_in(someone.front.face.appointments)
    someone.press(Key.Key_F12, ALT)
    form = someone.front.work.sheet.form
    assert (form.name.text(), form.phone.text()) == (NAME, "13800000024")
    assert form.details.text() == MATTER
    for _ in range(2):
        someone.press(Key.Key_Return)
    someone.say("青榕花园 7 栋 2 单元 401")
    someone.press(Key.Key_Return)
    someone.press(Key.Key_Tab)
    someone.press(Key.Key_1)
    someone.press(Key.Key_F7)
    number = someone.saved_number()
    someone.alt("1")
    assert "已受理" in someone.words_in(someone.front.face.appointments)

    # the leader sees his own day, opens the case and says what is to be done
    someone.make_way_for(LEADER)
    page = goes_to_todays_reception(someone)
    someone.press(Key.Key_Right)
    someone.press(Key.Key_End)
    assert "还没有登记领导意见" in someone.words_in(page.card)
    someone.press(Key.Key_Return)
    assert someone.page_name() == "case"
    assert "还没有登记领导意见" in someone.words_in(someone.front.page)
    someone.press(Key.Key_F4, CTRL | SHIFT)
    someone.fill("opinion", "城建办约谈维保公司，一周内换制动器。")
    someone.choose("outcome", 2)
    someone.pick("follow_unit", "城建办")
    someone.fill("follow_due", "明天")
    someone.finish()
    assert someone.history()[0].startswith("领导接访：交单位办理，城建办")

    # what came of it is written back; the record is on paper
    someone.make_way_for(DISPATCHER)
    someone.press(Key.Key_F1, SHIFT)
    assert someone.front.views()[2] == "待落实 1"
    someone.find(number)
    someone.press(Key.Key_F4, CTRL | SHIFT)
    someone.fill("note", "制动器已换，检验合格，来访人认可。")
    someone.finish()
    papers = papers_seen(someone)
    assert [one.number for one in papers] == [papers[0].number]  # the newest revision of it
    assert_papers_are_whole(papers, case=someone.front.file.id, number=number, name=NAME)
    assert "制动器已换" in squeezed(text_of(papers[0].pdf))


def papers_seen(someone):
    """Look at every paper of the case with F9; return the records of receptions."""
    found = []
    for at in range(len(someone.front.page.papers.rows)):
        someone._go_to_paper(at)
        someone.press(Key.Key_F9)
        ready = someone.preview()._ready
        found.append(SeenPaper(ready.paper_id, ready.code, ready.number, ready.pdf))
        someone.press(Key.Key_Escape)
        someone.program.frame.activateWindow()
        someone.quiet()
    return [one for one in found if one.code == "reception-record"]
