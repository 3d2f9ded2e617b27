"""Many cases become one topic (专题), and everything about it can be taken back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.recusal import RecordAccused
from desk.actions.topics import (
    AddToTopic,
    ChangeTopic,
    CloseTopic,
    DismissCluster,
    JoinTopic,
    LeaveTopic,
    OpenTopic,
    ReopenTopic,
    RestoreCluster,
)
from desk.queries.case_file import case_file
from desk.rules.codes import Purpose
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.topics import TopicState
from desk.store.models import ClusterDismissal, Topic, TopicCase
from tests.actions.work import CHEN, LI, ZHENG, ZHOU


@pytest.fixture
def ids(work):
    return [work.register() for _ in range(3)]


def rows(work, table, **where):
    with Session(work.hall.engine) as session:
        return list(session.scalars(select(table).filter_by(**where)))


def opened(work, cases, **more):
    facts = {"name": "榕荫里 楼道漏电", "cases": tuple(cases)} | more
    return work.ask(ZHOU, OpenTopic, **facts).made["topic"]


def test_a_topic_is_opened_with_its_cases_and_each_case_says_so(work, ids):
    place, lead = work.hall.place("青榕花园"), work.unit("城建办")
    topic = opened(work, ids[:2], opposite=(ids[2],), lead=lead, place=place, note="集中排查线路")

    (row,) = rows(work, Topic, id=topic)
    assert (row.state, row.lead_unit_id, row.place_id) == (TopicState.OPEN, lead, place)
    assert {one.case_id: one.is_opposite for one in rows(work, TopicCase, topic_id=topic)} == {
        ids[0]: False,
        ids[1]: False,
        ids[2]: True,
    }
    steps = work.desk(ZHOU).read(lambda reader: case_file(reader, ids[0])).steps
    assert "列入新开的专题：榕荫里 楼道漏电" in {step.title for step in steps}
    assert "件" not in "".join(step.title for step in steps if "专题" in step.title)


def test_nobody_opens_the_same_topic_twice(work, ids):
    about = {"place": work.hall.place("青榕花园"), "category": work.hall.category("占道经营")}
    first = opened(work, ids[:1], name="青榕花园 占道经营", **about)
    with pytest.raises(RuleBroken, match="已有在办的专题“青榕花园 占道经营”"):
        opened(work, ids[1:], **about)
    work.ask(ZHOU, CloseTopic, topic=first, seen=1, note="换了电梯")
    assert opened(work, ids[1:], **about) != first


@pytest.mark.parametrize(
    ("more", "sentence"),
    [({"cases": ()}, "至少要有一件"), ({"name": "  "}, "起个名字"), ({"lead": 5}, "牵头单位")],
)
def test_what_is_missing_is_asked_for(work, ids, more, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        opened(work, **({"cases": ids} | more))


def test_reports_and_mediations_are_never_in_a_topic(work, ids):
    report = work.register(purpose=Purpose.REPORT)
    mediation = work.register(purpose=Purpose.MEDIATION)
    with pytest.raises(RuleBroken, match="举报件、调解件不列入专题"):
        opened(work, [ids[0], mediation])
    with pytest.raises(RuleBroken, match="举报件、调解件不列入专题"):
        work.ask(ZHENG, OpenTopic, name="举报", cases=(report,))


def test_a_case_is_taken_out_and_put_back_and_nothing_is_lost(work, ids):
    topic = opened(work, ids)
    work.ask(ZHOU, LeaveTopic, ids[0], topic=topic, note="是另一栋楼")
    with pytest.raises(RuleBroken, match="不在这个专题里"):
        work.ask(ZHOU, LeaveTopic, ids[0], topic=topic)
    work.ask(ZHOU, JoinTopic, ids[0], topic=topic, is_opposite=True)
    with pytest.raises(RuleBroken, match="已在这个专题里"):
        work.ask(ZHOU, JoinTopic, ids[0], topic=topic)

    gone, back = sorted(
        rows(work, TopicCase, topic_id=topic, case_id=ids[0]),
        key=lambda row: row.removed_at is None,
    )
    assert (gone.removal_note, gone.is_opposite) == ("是另一栋楼", False)
    assert back.is_opposite


def test_more_cases_are_added_and_those_that_are_there_stay(work, ids):
    topic = opened(work, ids[:2])
    added = work.ask(ZHENG, AddToTopic, topic=topic, cases=tuple(ids)).cases
    assert added == (ids[2],)


def test_a_closed_topic_takes_no_case_until_it_is_reopened(work, ids):
    topic = opened(work, ids[:2])
    with pytest.raises(RuleBroken, match="怎么解决的"):
        work.ask(ZHOU, CloseTopic, topic=topic, seen=1, note=" ")
    with pytest.raises(RuleBroken, match="正在办"):
        work.ask(ZHOU, ReopenTopic, topic=topic, seen=1)
    work.ask(ZHOU, CloseTopic, topic=topic, seen=1, note="线路全部更换")
    with pytest.raises(RuleBroken, match="已经结了。要接着列入"):
        work.ask(ZHOU, JoinTopic, ids[2], topic=topic)
    with pytest.raises(RuleBroken, match="已经结了。要接着办"):
        work.ask(ZHOU, CloseTopic, topic=topic, seen=2, note="又结一次")
    work.ask(ZHOU, ReopenTopic, topic=topic, seen=2)
    work.ask(ZHOU, JoinTopic, ids[2], topic=topic)
    assert len(rows(work, TopicCase, topic_id=topic)) == 3


def test_a_topic_is_corrected_but_not_over_a_colleague(work, ids):
    topic = opened(work, ids)
    lead = work.unit("综合行政执法队")
    said = work.ask(ZHENG, ChangeTopic, topic=topic, seen=1, name=" 楼道用电 ", lead=lead)
    assert said.title == "更改专题：楼道用电，执法队牵头"
    with pytest.raises(StaleCase):
        work.ask(ZHOU, ChangeTopic, topic=topic, seen=1, name="别的名字")
    work.ask(ZHOU, ChangeTopic, topic=topic, seen=2, name="楼道用电")
    assert rows(work, Topic, id=topic)[0].lead_unit_id is None


def test_only_dispatchers_and_leaders_keep_topics(work, ids):
    topic = opened(work, ids[:2])
    for who in (LI, CHEN):
        with pytest.raises(NotAllowed):
            work.ask(who, OpenTopic, name="试试", cases=(ids[2],))
    with pytest.raises(NotAllowed):
        work.ask(LI, JoinTopic, ids[2], topic=topic)
    with pytest.raises(NotAllowed):
        work.ask(LI, DismissCluster, word="早市", reason="试试")


def test_who_sees_none_of_its_cases_is_told_that_there_is_no_such_topic(work):
    case = work.register()
    topic = work.ask(ZHENG, OpenTopic, name="信联办的服务", cases=(case,)).made["topic"]
    work.ask(ZHENG, RecordAccused, case, unit=work.unit("信联办"), reason="投诉窗口")
    with pytest.raises(RuleBroken, match="找不到这个专题"):
        work.ask(ZHOU, ChangeTopic, topic=topic, seen=1, name="打听")


def test_a_proposal_is_set_aside_with_a_reason_and_may_come_again(work):
    about = {"place": work.hall.place("青榕花园"), "category": work.hall.category("占道经营")}
    said = work.ask(ZHOU, DismissCluster, **about, reason="同一户报了几次")
    assert said.title == "不是类案：青榕花园 占道经营"
    with pytest.raises(RuleBroken, match="为什么不是类案"):
        work.ask(ZHOU, DismissCluster, **about, reason=" ")
    with pytest.raises(RuleBroken, match="先选一条"):
        work.ask(ZHOU, DismissCluster, reason="没选")

    work.ask(ZHENG, RestoreCluster, dismissal=said.made["dismissal"])
    with pytest.raises(RuleBroken, match="已经恢复"):
        work.ask(ZHOU, RestoreCluster, dismissal=said.made["dismissal"])
    (row,) = rows(work, ClusterDismissal, id=said.made["dismissal"])
    assert row.reason == "同一户报了几次"
