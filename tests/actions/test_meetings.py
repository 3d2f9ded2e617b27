"""Meetings about a case, a topic or a whistle: minutes, decisions, paper, and who reads them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from desk.actions.meetings import CorrectMeeting, HoldMeeting, MeetingDecision
from desk.actions.recusal import RecordAccused
from desk.actions.topics import OpenTopic
from desk.queries.case_file import case_file
from desk.queries.meetings import meetings
from desk.queries.papers import stored_paper
from desk.rules.codes import PaperState
from desk.rules.errors import DeskError, NotAllowed, RuleBroken, StaleCase
from desk.rules.leader_case_codes import MeetingKind
from desk.store.models import Meeting, Paper
from tests.actions.work import CHEN, LI, LIANG, SUN, WANG, XU, ZHAO, ZHENG, ZHOU, S

DECIDED = (
    MeetingDecision("换进线", "城建办", date(2026, 11, 9)),
    MeetingDecision("张贴告示"),
)


def minutes(work, **more):
    work.clock.forward(minutes=1)
    return {
        "kind": MeetingKind.CONSULTATION,
        "title": "楼道线路改造",
        "held_at": work.clock(),
        "place": "二楼会商室",
        "chair": ZHENG,
        "attendees": "城建办赵强；业主代表 3 人",
        "minutes": "供电公司同意一周内换线。",
        "decisions": DECIDED,
    } | more


def hold(work, who=ZHAO, **more):
    return work.desk(who).carry_out(HoldMeeting(**(work.hall.by(who) | minutes(work, **more))))


def correct(work, who, view, **more):
    facts = minutes(work, meeting=view.id, seen=view.changed_at, **more)
    return work.desk(who).carry_out(CorrectMeeting(**(work.hall.by(who) | facts)))


def about(work, who, **which):
    return work.desk(who).read(lambda reader: meetings(reader, **which))


def paper(work, paper_id):
    with Session(work.hall.engine) as session:
        return session.get_one(Paper, paper_id)


def topic_of(work, *cases):
    asked = OpenTopic(**work.hall.by(ZHOU), name=f"专题 {cases[0]}", cases=cases)
    return work.desk(ZHOU).carry_out(asked).made["topic"]


def test_minutes_of_a_case_are_in_its_file_and_on_paper(work):
    case = work.to(S.HANDLING)
    made = hold(work, case=case).made
    (view,) = work.desk(LI).read(lambda reader: case_file(reader, case)).leading.meetings
    assert (view.title, view.recorder) == ("楼道线路改造", ZHAO)
    assert [one.words() for one in view.decisions] == [
        "换进线（城建办，2026-11-09 前）",
        "张贴告示",
    ]
    printed = paper(work, made["paper"])
    assert (printed.case_id, printed.number) == (case, made["number"])
    assert printed.row["about"].startswith("诉求 青榕首")
    assert printed.row["decisions"][1] == {"text": "张贴告示", "who": None, "until": None}
    assert about(work, ZHAO, case=case) == (replace(view, may_correct=True),)


def test_minutes_are_corrected_under_their_number_by_who_saw_the_newest(work):
    case = work.to(S.HANDLING)
    first = hold(work, case=case).made
    (view,) = about(work, ZHAO, case=case)
    correct(work, ZHENG, view, minutes="供电公司同意三天内换线。", recorder="刘建")
    (newer,) = about(work, ZHAO, case=case)
    assert (newer.minutes, newer.recorder) == ("供电公司同意三天内换线。", "刘建")
    old, new = paper(work, first["paper"]), paper(work, newer.paper_id)
    assert (old.state, new.number, new.revision) == (PaperState.VOID, old.number, 2)
    with pytest.raises(StaleCase):
        correct(work, ZHAO, view)


@pytest.mark.parametrize(
    ("more", "field"), [({"attendees": ""}, "attendees"), ({"place": " "}, "place")]
)
def test_minutes_that_lack_something_are_refused(work, more, field):
    case = work.to(S.HANDLING)
    with pytest.raises(RuleBroken) as refused:
        hold(work, case=case, **more)
    assert refused.value.field == field


def test_a_meeting_is_about_one_thing(work):
    case = work.to(S.HANDLING)
    with pytest.raises(RuleBroken, match="只挂在一件"):
        hold(work, case=case, topic=topic_of(work, case))


def test_whoever_sees_the_topic_reads_its_meetings_and_nobody_else(work):
    case = work.to(S.HANDLING)
    topic = topic_of(work, case)
    made = hold(work, ZHENG, topic=topic, kind=MeetingKind.DELIBERATION).made
    assert paper(work, made["paper"]).row["about"].startswith("专题 ")
    assert [one.kind for one in about(work, ZHAO, topic=topic)] == [MeetingKind.DELIBERATION]
    assert about(work, SUN, topic=topic) == ()
    with pytest.raises(RuleBroken, match="找不到这个专题"):
        hold(work, SUN, topic=topic)
    work.desk(ZHAO).read(lambda reader: stored_paper(reader, made["paper"]))
    with pytest.raises(DeskError):
        work.desk(SUN).read(lambda reader: stored_paper(reader, made["paper"]))
    (view,) = about(work, ZHENG, topic=topic)
    assert correct(work, ZHENG, view, place="书院小区").made["number"] == made["number"]
    with pytest.raises(RuleBroken, match="找不到这次会"):
        correct(work, SUN, view)


def test_whom_a_case_is_about_reads_no_word_of_its_meetings(work):
    case = work.to(S.HANDLING, lead="榕东社区", handler=CHEN)
    made = hold(work, CHEN, case=case).made
    work.ask(LI, RecordAccused, case, unit=work.unit("榕东社区"), reason="来信指名")
    assert about(work, CHEN, case=case) == ()
    with pytest.raises(DeskError):
        work.desk(CHEN).read(lambda reader: stored_paper(reader, made["paper"]))
    assert len(about(work, ZHENG, case=case)) == 1


def test_a_meeting_about_no_case_is_for_those_who_oversee_and_who_wrote_it(work):
    hold(work, LIANG, title="居民议事会", kind=MeetingKind.DELIBERATION)
    for who, titles in ((WANG, ["居民议事会"]), (LIANG, ["居民议事会"]), (CHEN, [])):
        assert [one.title for one in about(work, who)] == titles


def test_who_keeps_the_machine_writes_no_minutes(work):
    for which in ({"case": work.to(S.HANDLING)}, {}):
        with pytest.raises(NotAllowed):
            hold(work, XU, **which)
    with pytest.raises(RuleBroken, match="找不到这张哨单"):
        hold(work, ZHENG, whistle=1)
    with Session(work.hall.engine) as session:
        assert session.get(Meeting, 1) is None
