"""专题: what is told to whoever puts a case into a topic, or takes it out."""

from PySide6.QtWidgets import QLabel

from desk.actions.topics import CloseTopic, JoinTopic, OpenTopic, ReopenTopic
from desk.rules.codes import Purpose
from desk.rules.deeds import Deed


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
