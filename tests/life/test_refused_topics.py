"""专题: what is told to whoever puts a case into a topic, or takes it out."""

from PySide6.QtWidgets import QLabel

from desk.actions.topics import CloseTopic, JoinTopic, OpenTopic, ReopenTopic
from desk.rules.codes import Purpose
from desk.rules.deeds import Deed
from desk.ui.keys import CaseKey, GlobalKey, TopicKey
from desk.ui.topics_screen import TopicsScreen
from tests.ui.seats import press, rest, seated


def told(clerk):
    """Return all that the panel says beside its fields."""
    return [one.text() for one in clerk.opens(Deed.JOIN_TOPIC).panel.findChildren(QLabel)]


def test_a_case_is_in_a_topic_once_and_a_closed_topic_takes_none(life, clerk_of):
    first, case = life.register(), life.register()
    hall = life.hall
    by = hall.by("周航")
    desk = hall.sign_in("周航")
    assert any("现在没有在办的专题" in said for said in told(clerk_of("周航", life.register())))
    topic = desk.carry_out(OpenTopic(**by, name="楼道线路", cases=(first,))).made["topic"]

    clerk = clerk_of("周航", case).opens(Deed.JOIN_TOPIC).fills(topic="")
    clerk.refused("topic", "请从列表里选一个在办的专题；没有就到“专题”里新开。")
    clerk.fills(topic=("楼道线路",))
    life.do("郑伟", JoinTopic, case, topic=topic)
    clerk.at(case).refused("topic", "此件已在这个专题里。")

    clerk_of("周航", first).opens(Deed.JOIN_TOPIC).fills(topic=("楼道线路",), way=3).done()
    clerk = clerk_of("周航", life.register()).opens(Deed.JOIN_TOPIC).fills(topic=("楼道线路",))
    desk.carry_out(CloseTopic(**hall.by("周航"), topic=topic, seen=1, note="换了线路"))
    clerk.refused("topic", "这个专题已经结了。要接着列入，请先恢复专题。")
    desk.carry_out(ReopenTopic(**hall.by("周航"), topic=topic, seen=2))
    clerk.done()


def test_a_case_that_became_a_report_is_kept_out_of_topics(life, clerk_of):
    report = life.register(purpose=Purpose.REPORT)
    topic = OpenTopic(**life.hall.by("郑伟"), name="作风", cases=(life.register(),))
    life.hall.sign_in("郑伟").carry_out(topic)
    clerk = clerk_of("郑伟", report).opens(Deed.JOIN_TOPIC).fills(topic=("作风",))
    clerk.refused("", "举报件、调解件不列入专题，免得让不该知道的人知道。")


def test_the_page_of_topics_says_what_is_missing(qtbot, life, desk_of):
    market = {"category": life.hall.category("占道经营"), "place": life.hall.place("青榕花园")}
    for n, words in enumerate(("取缔早市，太吵", "请取缔早市", "早市占道，要求取缔早市")):
        life.register(details=words, phone=f"1380000001{n}", **market)
    page = seated(qtbot, life, desk_of, TopicsScreen, "周航")
    press(qtbot, page, TopicKey.DISMISS)
    said = page.side.proposal.reason.state().sentence
    assert said == "请写明为什么不是类案，下一位看得到。"

    press(qtbot, page, CaseKey.TOPIC)
    form = page.side.topic
    form.name.set_text("")
    press(qtbot, page, GlobalKey.FINISH)
    assert form.name.state().sentence == "请给专题起个名字。"
    form.name.set_text("青榕花园早市")
    press(qtbot, page, GlobalKey.FINISH)
    page.bar.press("结专题")
    rest(qtbot, page)
    assert form.ending.state().sentence == "请写明这个专题是怎么解决的。"
    form.ending.set_text("挪到空地，各方都同意")
    page.bar.press("结专题")
    rest(qtbot, page)
    assert "各方都同意" in page.card.why.text()
