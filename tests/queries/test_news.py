"""Colleagues' lines arrive once, in order; one's own do not."""

from functools import partial

from desk.actions.administration import AddPlace
from desk.actions.founding import PlacePlan
from desk.actions.intake import RegisterCase
from desk.actions.looking import LookAtContact
from desk.queries.news import MOST, news
from desk.rules.codes import Channel, Exit
from tests.actions.mediating import Mediating
from tests.actions.work import Work


def add_place(hall, who, name):
    hall.sign_in(who).carry_out(
        AddPlace(**hall.by(who), place=PlacePlan(name, "榕东社区"), community=hall.unit("榕东社区"))
    )


def test_the_first_question_only_learns_where_things_stand(hall):
    first = hall.sign_in("李敏").read(partial(news, after=None))
    assert first.place > 0
    assert first.heard == ()


def test_a_colleague_is_heard_once(hall):
    mine = hall.sign_in("李敏")
    start = mine.read(partial(news, after=None)).place
    add_place(hall, "许诺", "新小区一")
    add_place(hall, "许诺", "新小区二")
    heard = mine.read(partial(news, after=start))
    assert [line.changes.title for line in heard.heard] == [
        "增加小区 新小区一",
        "增加小区 新小区二",
    ]
    assert {line.who for line in heard.heard} == {"许诺"}
    assert mine.read(partial(news, after=heard.place)).heard == ()


def test_of_a_case_that_is_kept_from_one_nothing_is_told_but_that_its_page_must_go(hall):
    his, others = hall.sign_in("孙浩"), hall.sign_in("周航")
    start = his.read(partial(news, after=None)).place
    request = RegisterCase(
        **hall.by("李敏"),
        exit=Exit.TRANSFER,
        channel=Channel.HOTLINE,
        details="七栋楼道漏电。",
        category=hall.category("楼道漏电"),
        first_unit=hall.unit("信联办"),
    )
    case = hall.sign_in("李敏").carry_out(request).made["case"]

    (line,) = his.read(partial(news, after=start)).heard
    assert (line.who, line.changes.title, line.changes.cases) == ("", "", (case,))
    (line,) = others.read(partial(news, after=start)).heard
    assert (line.who, line.changes.title) == ("李敏", "首问受理，受理转办")
    assert line.changes.made == {}


def test_ones_own_lines_are_no_news(hall):
    own = hall.sign_in("许诺")
    start = own.read(partial(news, after=None)).place
    add_place(hall, "许诺", "新小区")
    after = own.read(partial(news, after=start))
    assert after.heard == ()
    assert after.place == start + 1


def test_a_flood_is_said_as_one_word(hall):
    mine = hall.sign_in("李敏")
    start = mine.read(partial(news, after=None)).place
    for number in range(MOST + 1):
        add_place(hall, "许诺", f"小区{number}")
    assert mine.read(partial(news, after=start)).is_too_much


def test_a_look_at_a_number_is_no_news_for_others(hall):
    details = "楼道灯不亮。"
    taken = hall.sign_in("李敏").carry_out(
        RegisterCase(
            **hall.by("李敏"),
            exit=Exit.TRANSFER,
            channel=Channel.VISIT,
            details=details,
            category=hall.category("楼道漏电"),
            first_unit=hall.unit("信联办"),
        )
    )
    his = hall.sign_in("周航")
    start = his.read(partial(news, after=None)).place

    hall.sign_in("李敏").carry_out(
        LookAtContact(**hall.by("李敏"), case=taken.made["case"], where="案件卷")
    )

    assert his.read(partial(news, after=start)).heard == ()


def test_of_a_mediation_nothing_is_told_to_whoever_may_not_know_of_it(hall, clock):
    clerk, director = hall.sign_in("李敏"), hall.sign_in("顾敏")
    start = clerk.read(partial(news, after=None)).place
    one = Mediating(Work(hall, clock)).open()
    silent = clerk.read(partial(news, after=start)).heard[0]
    assert (silent.changes.title, silent.changes.mediations) == ("", (one,))
    assert silent.who  # without a name, boards would load everything again
    told = director.read(partial(news, after=start)).heard[0]
    assert told.changes.title == "登记调解申请"
