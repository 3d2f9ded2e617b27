"""What may be a topic, and topics as each person sees them: nobody counts what he may not see."""

import pytest

from desk.actions.intake import Appellant
from desk.actions.recusal import RecordAccused
from desk.actions.topics import (
    AddToTopic,
    ChangeTopic,
    CloseTopic,
    DismissCluster,
    JoinTopic,
    LeaveTopic,
    OpenTopic,
    RestoreCluster,
)
from desk.queries.clusters import dismissed_proposals, proposals, topic_board
from desk.queries.topics import topic_file, topic_lines, topics, topics_of_case
from desk.rules.clusters import Sign
from desk.rules.codes import Purpose
from desk.rules.topics import TopicState
from tests.actions.conftest import shared_hall  # noqa: F401 - a fixture
from tests.actions.work import CHEN, LI, SUN, ZHAO, ZHENG, ZHOU, Work

AWAY = "取缔早市，太吵"
BACK = "请保留早市，老人买菜方便"


@pytest.fixture
def work(shared_hall):  # noqa: F811
    """A month of its own for each test, so that nothing of the one before is in a window."""
    clock = shared_hall.clock
    clock.forward(days=120)
    return Work(shared_hall, clock)


def comes(work, phone, details=AWAY, who=LI, **more):
    """Somebody comes with the morning market, a minute after the one before."""
    work.clock.forward(minutes=1)
    facts = {
        "details": details,
        "category": work.hall.category("占道经营"),
        "place": work.hall.place("青榕花园"),
        "appellant": Appellant(name="陈桂芳", phone=f"138000000{phone:02}"),
    }
    return work.register(who, **(facts | more))


def ask(work, query, who=ZHOU, **more):
    return work.desk(who).read(lambda reader: query(reader, **more))


def opened(work, cases, **more):
    facts = {"name": "早市", "cases": tuple(cases)} | more
    return work.ask(ZHOU, OpenTopic, **facts).made["topic"]


def test_neighbours_with_one_thing_are_proposed_with_the_reason_in_words(work):
    earlier = comes(work, 9)
    work.clock.forward(days=9)
    cases = [comes(work, phone) for phone in (1, 2, 2, 3)]
    other_way = comes(work, 4, BACK)
    comes(work, 5, purpose=Purpose.REPORT)
    comes(work, 6, purpose=Purpose.MEDIATION)
    comes(work, 7, place=None)

    (one,) = ask(work, proposals)
    said = "青榕花园 7 天内 3 户反映占道经营，上周 1 件；另有 1 件要求相反，不算在内"
    assert one.reason == said
    assert set(one.cases) == set(cases)
    assert one.opposite == (other_way,)
    assert one.weeks[-2:] == (1, 5)
    assert earlier not in one.cases
    lines = ask(work, topic_lines, cases=(*one.cases, *one.opposite))
    assert next(line.case for line in lines) == other_way


def test_only_those_who_may_open_topics_are_told_of_proposals(work):
    for phone in (1, 2, 3):
        comes(work, phone)
    assert ask(work, proposals, ZHENG)
    assert ask(work, proposals, LI) == ()
    assert ask(work, dismissed_proposals, CHEN) == ()


def test_who_may_not_see_a_case_has_it_in_no_count(work):
    cases = [comes(work, phone) for phone in (1, 2, 3)]
    topic = opened(work, cases[:2])
    work.ask(ZHOU, JoinTopic, cases[2], topic=topic)
    work.ask(LI, RecordAccused, cases[2], unit=work.unit("综合行政执法队"), reason="说了")
    seen = ask(work, topic_file, topic_id=topic)
    assert len(seen.cases) == 3

    case = work.to("accepted", cases[0], lead="综合行政执法队", handler=SUN)
    own = ask(work, topic_file, SUN, topic_id=topic)
    assert [line.case for line in own.cases] == [case]
    assert sum(count for _, count in own.weeks) == 1
    assert [row.cases for row in ask(work, topics, SUN) if row.id == topic] == [1]
    assert not own.may_keep
    assert ask(work, topic_file, ZHAO, topic_id=topic) is None
    assert topic not in {row.id for row in ask(work, topics, ZHAO)}
    assert ask(work, topics_of_case, ZHAO, case_id=cases[0]) == ()


def test_the_unit_that_leads_a_topic_knows_of_it_but_sees_no_case_by_that(work):
    topic = opened(work, [comes(work, 1)])
    lead = work.unit("城建办")
    work.ask(ZHOU, ChangeTopic, topic=topic, seen=1, name="早市", lead=lead, note="挪到空地")
    file = ask(work, topic_file, ZHAO, topic_id=topic)
    assert (file.lead, file.note, file.cases) == ("城建办", "挪到空地", ())


def test_new_cases_of_an_open_topic_are_offered_to_it_but_not_those_taken_out(work):
    place, category = work.hall.place("青榕花园"), work.hall.category("占道经营")
    cases = [comes(work, phone) for phone in (1, 2, 3)]
    topic = opened(work, cases, name="青榕花园早市", place=place, category=category)
    assert ask(work, proposals) == ()
    new = comes(work, 4)
    (one,) = ask(work, proposals)
    said = "专题“青榕花园早市”之外，又有 1 件青榕花园、占道经营的诉求，可以列入"
    assert (one.topic, one.cases, one.reason) == (topic, (new,), said)

    work.ask(ZHOU, AddToTopic, topic=topic, cases=one.cases)
    work.ask(ZHOU, LeaveTopic, new, topic=topic, note="是另一处")
    assert ask(work, proposals) == ()
    file = ask(work, topic_file, topic_id=topic)
    assert [line.case for line in file.removed] == [new]
    assert file.removed[0].removed.endswith("周航移出：是另一处")
    work.ask(ZHOU, CloseTopic, topic=topic, seen=1, note="早市挪走了")
    closed = ask(work, topic_file, topic_id=topic)
    assert (closed.state, closed.closing_note) == (TopicState.CLOSED, "早市挪走了")


def test_what_was_set_aside_is_not_proposed_until_it_is_restored(work):
    for phone in (1, 2, 3):
        comes(work, phone)
    (one,) = ask(work, proposals)
    about = {"place": one.sign.place, "category": one.sign.category}
    work.clock.forward(minutes=1)
    aside = work.ask(ZHOU, DismissCluster, **about, reason="同一家人").made["dismissal"]
    board = ask(work, topic_board)
    assert board.proposals == ()
    assert (board.aside[0].name, board.aside[0].reason) == ("青榕花园 占道经营", "同一家人")
    work.ask(ZHOU, RestoreCluster, dismissal=aside)
    assert ask(work, proposals)


def test_a_word_that_rises_may_become_a_topic_that_goes_on_collecting(work):
    lamp = {"place": None, "category": work.hall.category("楼道漏电")}
    for week in range(5):
        comes(work, 10 + week, "楼道灯座漏电", **lamp)
        work.clock.forward(days=7)
    for at, phone in enumerate(range(20, 26)):
        text = "广场灯光秀太亮睡不着"
        comes(work, phone, text, place=None, category=work.hall.category(
            ("占道经营", "楼道漏电")[at % 2]
        ))  # fmt: skip
    word = next(one for one in ask(work, proposals) if one.sign.word)
    assert "提到，前 4 周平均每周 0.0 户，分在 2 个类别" in word.reason
    topic = opened(work, word.cases, name=word.name, word=word.sign.word)
    later = comes(work, 30, "灯光秀几点关，太亮", **lamp)
    joining = [one for one in ask(work, proposals) if one.topic == topic]
    assert [one.cases for one in joining] in ([(later,)], [])
    assert word.sign == Sign(word=word.sign.word)
