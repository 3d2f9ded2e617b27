"""The page of topics: one key opens a topic with its cases; nothing that was written is lost."""

import pytest
from PySide6.QtGui import QKeySequence

from desk.actions.intake import Appellant, RegisterCase
from desk.rules.codes import Channel, Exit, Urgency
from desk.ui.keys import CaseKey, GlobalKey, ListsKey, TopicKey
from desk.ui.page_stack import PageStack
from desk.ui.pages import reached_pages_of
from desk.ui.start.dispatch_face import DispatchFace
from desk.ui.topics_screen import TopicsScreen
from desk.ui.widgets.buttons import KeyButton


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Show somebody's page, once it has come to rest."""

    def show(kind, name):
        desk = desk_of(name)
        desk.set_time(life.hall.clock())
        page = kind(desk)
        qtbot.addWidget(page)
        page.resize(1214, 716)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.arrive() if kind is TopicsScreen else page.take_focus()
        rest(qtbot, page)
        return page

    return show


def rest(qtbot, page):
    qtbot.waitUntil(lambda: not page.desk.tasks.is_busy, timeout=20_000)


@pytest.fixture
def market(life):
    """Three want the morning market gone, one wants it back."""
    hall = life.hall
    said = ["取缔早市，太吵", "请取缔早市", "早市占道，要求取缔早市", "请保留早市"]
    found = []
    for at, details in enumerate(said):
        request = RegisterCase(
            **hall.by("李敏"),
            exit=Exit.TRANSFER,
            channel=Channel.HOTLINE,
            details=details,
            category=hall.category("占道经营"),
            place=hall.place("青榕花园"),
            first_unit=hall.unit("信联办"),
            urgency=Urgency.ROUTINE,
            appellant=Appellant(name="陈桂芳", phone=f"1380000001{at}"),
        )
        found.append(hall.sign_in("李敏").carry_out(request).made["case"])
    return found


def press(qtbot, page, key):
    pressed = QKeySequence(key)[0]
    qtbot.keyClick(page.focusWidget() or page, pressed.key(), pressed.keyboardModifiers())
    rest(qtbot, page)


def test_one_key_opens_a_topic_and_its_cases_are_taken_out_and_put_back(qtbot, sit, market):
    page = sit(TopicsScreen, "周航")
    assert page.views()[0] == "可能的类案 1"
    said = "青榕花园 7 天内 3 户反映占道经营，上周 0 件；另有 1 件要求相反，不算在内。"
    assert page.card.why.text() == said
    assert page.card.chart.accessibleName().endswith(" 4 件")

    press(qtbot, page, CaseKey.TOPIC)
    assert page.views()[:2] == ("可能的类案 0", "在办 1")
    assert page.chosen_view() == 1
    page.card.cases.choose(market[0])
    page.bar.press("移出这一件")
    rest(qtbot, page)
    assert "已移出" in [row.title for row in page.card.cases.model().rows]
    page.card.cases.choose(market[0])
    page.bar.press("放回这一件")
    rest(qtbot, page)
    assert "已移出" not in [row.title for row in page.card.cases.model().rows]


def test_a_topic_is_described_closed_and_reopened_and_says_what_is_missing(qtbot, sit, market):
    page = sit(TopicsScreen, "周航")
    press(qtbot, page, CaseKey.TOPIC)
    form = page.side.topic
    form.name.set_text("")
    press(qtbot, page, GlobalKey.FINISH)
    assert form.name.state().sentence == "请给专题起个名字。"
    form.name.set_text("青榕花园早市")
    form.note.set_text("挪到空地")
    press(qtbot, page, GlobalKey.FINISH)
    assert page.list.model().rows[0].title == "青榕花园早市"

    page.bar.press("结专题")
    rest(qtbot, page)
    assert form.ending.state().sentence == "请写明这个专题是怎么解决的。"
    form.ending.set_text("挪到空地，各方都同意")
    page.bar.press("结专题")
    rest(qtbot, page)
    assert page.chosen_view() == 2
    assert "各方都同意" in page.card.why.text()
    assert not form.note.isEnabled()
    page.bar.press("恢复专题")
    rest(qtbot, page)
    assert page.chosen_view() == 1


def test_a_proposal_is_set_aside_with_a_reason_and_comes_again(qtbot, sit, market):
    page = sit(TopicsScreen, "周航")
    press(qtbot, page, TopicKey.DISMISS)
    assert page.side.proposal.reason.state().sentence == "请写明为什么不是类案，下一位看得到。"
    page.side.proposal.usual.chips()[0].click()
    press(qtbot, page, TopicKey.DISMISS)
    assert page.views()[0] == "可能的类案 0"
    page.choose_view(3)
    page.bar.press("恢复提示")
    rest(qtbot, page)
    assert page.views()[0] == "可能的类案 1"


def test_the_dispatchers_see_why_and_open_the_topic_from_their_desk(qtbot, sit, market):
    face = sit(DispatchFace, "周航")
    assert face.clusters.reasons()[0].startswith("青榕花园 7 天内 3 户反映占道经营")
    heard = []
    face.said.connect(heard.append)
    press(qtbot, face, CaseKey.TOPIC)
    assert "已开专题“青榕花园 占道经营”，列入 3 件。" in heard
    assert not face.clusters.isVisible()


def test_a_colleague_who_was_quicker_is_named_by_his_topic(qtbot, sit, market):
    page, face = sit(TopicsScreen, "周航"), sit(DispatchFace, "周航")
    page.bar.press("开专题")
    rest(qtbot, page)
    heard = []
    face.said.connect(heard.append)
    face.clusters.ask_first()
    rest(qtbot, face)
    assert "已有在办的专题“青榕花园 占道经营”，请把这些件列入它。" in heard


def test_who_only_works_on_cases_reads_topics_and_changes_none(qtbot, sit, market):
    press(qtbot, sit(TopicsScreen, "周航"), CaseKey.TOPIC)
    page = sit(TopicsScreen, "李敏")
    assert page.views() == ("在办 1", "已结 0")
    assert page.bar.labels() == ["治理方案", "打开案件卷"]
    assert not page.side.isVisible()


def test_from_the_page_of_a_place_one_key_leads_to_what_may_be_a_topic(
    qtbot, life, desk_of, market
):
    stack = PageStack(desk_of("周航"), reached_pages_of(desk_of("周航").person))
    qtbot.addWidget(stack)
    with qtbot.waitExposed(stack):
        stack.show()
    stack.activateWindow()
    stack.open_site(life.hall.place("青榕花园"), None)
    rest(qtbot, stack.front)
    assert stack.front.clusters.findChild(KeyButton).text() == "看可能的类案"
    press(qtbot, stack.front, CaseKey.TOPIC)
    rest(qtbot, stack.front)
    assert isinstance(stack.front, TopicsScreen)
    assert set(market[:3]) <= set(stack.front._proposal().cases)


def test_the_plan_of_a_topic_takes_the_place_of_its_cases_and_a_form_goes_with_escape(
    qtbot, sit, market
):
    page = sit(TopicsScreen, "周航")
    press(qtbot, page, CaseKey.TOPIC)
    press(qtbot, page, TopicKey.PLAN)
    assert page.plan.card.isVisible()
    assert not page.side.isVisible()
    assert page.bar.labels()[0] == "立治理方案"
    press(qtbot, page, ListsKey.NEW)
    press(qtbot, page, GlobalKey.FINISH)
    panel = page.plan.host.panel
    assert "请填计划完成的日期。" in panel.form.entries["ends_on"].say.__self__.state().sentence
    press(qtbot, page, GlobalKey.OUT)
    assert page.plan.host.panel is None
    press(qtbot, page, TopicKey.PLAN)
    assert page.card.isVisible()
    assert page.side.isVisible()
