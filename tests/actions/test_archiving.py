"""The archive takes what lacks nothing, under a number of its own, and says what is missing."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.archiving import ArchiveCase, IssueArchiveList
from desk.actions.followup import RecordFollowUp
from desk.actions.notices import IssueNotice
from desk.forms import render
from desk.queries.archives import AskedShelf, ended_cases, shelf
from desk.queries.case_file import case_file
from desk.rules.codes import Exit, NextStep, PaperState, Resolution, Satisfaction
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.store.models import Case, EventCase, Opinion, Paper
from tests.actions.work import HE, LI, LIANG, WU, XU, ZHOU, S

UNSOLVED = {
    "is_reached": True,
    "was_contacted": True,
    "resolution": Resolution.PARTLY,
    "satisfaction": Satisfaction.FAIRLY,
    "next_step": NextStep.CLOSE,
}


def closed_unsolved(work):
    case = work.to(S.FOLLOW_UP)
    work.ask(WU, RecordFollowUp, case, **UNSOLVED)
    return case


def missing_of(work, case, who=HE):
    (found,) = (row for row in work.desk(who).read(ended_cases) if row.case_id == case)
    return found.missing


def test_the_archive_has_numbers_of_its_own_without_gaps(own_work):
    work = own_work
    first, second = work.to(S.ARCHIVED), work.to(S.ARCHIVED)

    assert work.case(first).archive_number == "青榕档〔2026〕0001号"
    assert work.case(second).archive_number == "青榕档〔2026〕0002号"


def test_a_hall_may_use_the_number_of_the_case(own_work):
    own_work.ask(XU, SetSetting, key="archive_number", value="case")

    case = own_work.to(S.ARCHIVED)

    assert own_work.case(case).archive_number == own_work.case(case).number


def test_a_number_written_by_hand_is_used_once_and_never_comes_again(own_work):
    work = own_work
    first, second, third = (work.to(S.CLOSED) for _ in range(3))
    work.ask(HE, ArchiveCase, first, archive_number="青榕档〔2026〕0001号", box_number="1-1")

    with pytest.raises(RuleBroken, match=work.case(first).number) as refused:
        work.ask(HE, ArchiveCase, second, archive_number="青榕档〔2026〕0001号")
    assert refused.value.field == "archive_number"
    work.ask(HE, ArchiveCase, third)

    assert work.case(third).archive_number == "青榕档〔2026〕0002号"
    assert work.case(first).box_number == "1-1"


def test_report_and_contents_are_issued_with_the_number_of_the_archive(work):
    case = work.to(S.CLOSED)

    work.ask(HE, ArchiveCase, case, box_number="2026-3")

    number = work.case(case).archive_number
    (report,), (contents,) = work.papers(case, "closing-report"), work.papers(case, "case-contents")
    assert report.number == contents.number == number
    assert (report.row["archive_number"], report.row["box_number"]) == (number, "2026-3")
    assert (report.row["said_solved"], report.row["said_satisfied"]) == (True, True)
    assert any("办结报告" in line["name"] for line in contents.row["items"])
    assert render("closing-report", report.row).pages >= 1
    assert render("case-contents", contents.row).pages == 1


def test_what_was_issued_before_is_replaced(work):
    case = work.to(S.CLOSED)
    work.ask(HE, IssueNotice, case, code="closing-report")

    work.ask(HE, ArchiveCase, case)

    before, now = work.papers(case, "closing-report")
    assert before.state is PaperState.VOID
    assert (now.revision, now.replaces_id, now.state) == (2, before.id, PaperState.ISSUED)


def test_a_question_nobody_has_answered_blocks_the_archive(work):
    case = closed_unsolved(work)
    with pytest.raises(RuleBroken, match="三问还没有答完：办法是否穷尽"):
        work.ask(HE, ArchiveCase, case)

    changes = work.ask(HE, ArchiveCase, case, is_exhausted=True)

    assert changes.detail.startswith("三问：解决 否、穷尽 是、满意 是")
    row = work.case(case)
    assert (row.said_solved, row.said_exhausted, row.said_satisfied) == (False, True, True)


def test_a_case_that_was_never_signed_is_not_archived(work):
    case = work.to(S.CLOSED)
    with Session(work.hall.engine) as session, session.begin():
        session.execute(update(Opinion).where(Opinion.case_id == case).values(status="draft"))

    with pytest.raises(RuleBroken, match="意见书还没有签发"):
        work.ask(HE, ArchiveCase, case)

    assert missing_of(work, case).hard == ("意见书还没有签发。",)
    assert work.case(case).status is S.CLOSED


def test_a_support_that_is_silent_is_named(work):
    case = work.to(S.HANDLING, supports=("综合行政执法队",))

    file = work.desk(HE).read(lambda reader: case_file(reader, case))

    assert file.archive.silent_units == ("执法队",)


def test_what_is_missing_but_may_be_is_kept_in_words(work):
    case = work.to(S.CLOSED)

    changes = work.ask(HE, ArchiveCase, case)

    number = work.papers(case, "opinion-notice")[0].number
    assert f"群众诉求处理意见书 {number} 的签字件还没有扫回。" in changes.detail


@pytest.mark.parametrize(
    "facts",
    [
        {"exit": Exit.GUIDANCE, "answer": "已解释。", "guided_to": "区人社局"},
        {"exit": Exit.ON_SPOT, "answer": "当场说明了办事时间。"},
    ],
)
def test_what_was_never_handled_is_archived_with_what_applies_to_it(work, facts):
    case = work.register(**facts)
    is_guided = facts["exit"] is Exit.GUIDANCE

    more = {} if is_guided else {"is_solved": True, "is_exhausted": True}
    changes = work.ask(HE, ArchiveCase, case, **more)

    assert work.case(case).status is S.ARCHIVED
    assert ("三问" in changes.detail) is not is_guided
    assert bool(work.papers(case, "closing-report")) is not is_guided
    assert work.papers(case, "case-contents")


def test_a_case_that_a_ledger_brought_to_its_end_is_archived_as_it_came(work):
    case = work.register(exit=Exit.ON_SPOT, answer="已当面说明。")
    with Session(work.hall.engine) as session, session.begin():
        version = session.get(Case, case).version
        link = session.get(EventCase, (case, version))
        line = EventCase(
            case_id=case, version=version + 1, street_id=link.street_id, event_id=link.event_id
        )
        session.add(line)
        session.get(Case, case).is_imported = True

    work.ask(HE, ArchiveCase, case)

    assert work.papers(case, "closing-report") == []


def test_somebody_else_s_change_is_named_first(work):
    case = work.to(S.CLOSED)

    with pytest.raises(StaleCase):
        work.ask(HE, ArchiveCase, case, seen=work.case(case).version - 1)


def test_the_archive_lists_what_ended_with_what_it_lacks(own_work):
    work = own_work
    ready, unsolved = work.to(S.CLOSED), closed_unsolved(work)
    guided = work.register(exit=Exit.GUIDANCE, answer="已解释。", guided_to="区人社局")
    work.to(S.FOLLOW_UP)

    rows = {row.case_id: row for row in work.desk(HE).read(ended_cases)}

    assert set(rows) == {ready, unsolved, guided}
    assert rows[ready].missing.is_ready
    assert not rows[unsolved].missing.is_ready
    assert rows[guided].missing.soft[0].startswith("还没有问诉求人是否到达")
    assert (rows[ready].unit, rows[ready].status) == ("城建办", S.CLOSED)
    assert work.desk(LIANG).read(ended_cases) == ()


def test_the_shelf_is_asked_by_year_box_and_words(own_work):
    work = own_work
    cases = [work.to(S.CLOSED) for _ in range(3)]
    for case, box in zip(cases, ("2026-1", "2026-1", ""), strict=True):
        work.ask(HE, ArchiveCase, case, box_number=box)

    def ask(**asked):
        return work.desk(ZHOU).read(lambda reader: shelf(reader, AskedShelf(**asked)))

    everything = ask()
    assert (everything.count, everything.years, everything.boxes) == (3, (2026,), ("2026-1",))
    assert [row.case_id for row in ask(box="2026-1").cases] == [cases[1], cases[0]]
    assert [row.case_id for row in ask(words="〔2026〕0002号").cases] == [cases[1]]
    assert ask(words="0%2").count == 0
    assert ask(year=2025).cases == ()
    assert [row.archive_number for row in ask(year=2026, words="0003").cases] == [
        "青榕档〔2026〕0003号"
    ]


def test_the_list_of_the_archive_is_a_paper_of_the_hall(own_work):
    work = own_work
    cases = [work.to(S.CLOSED) for _ in range(2)]
    guided = work.register(exit=Exit.GUIDANCE, answer="已解释。", guided_to="区人社局")
    for case, box in zip((*cases, guided), ("2026-1", "2026-2", "2026-1"), strict=True):
        work.ask(HE, ArchiveCase, case, box_number=box)

    changes = work.ask(HE, IssueArchiveList, year=2026, box="2026-1")

    with Session(work.hall.engine) as session:
        paper = session.get(Paper, changes.made["paper"])
    assert (paper.code, paper.number) == ("archive-list", changes.made["number"])
    assert paper.row["scope"] == changes.detail == "2026年 盒2026-1"
    first, second = paper.row["files"]
    assert (first["archive_number"], first["unit"]) == ("青榕档〔2026〕0001号", "城建办")
    assert (second["archive_number"], second["closed_on"]) == ("青榕档〔2026〕0003号", None)
    assert render("archive-list", paper.row).pages == 1
    assert work.ask(HE, IssueArchiveList).detail == "全部"


def test_only_who_keeps_the_archive_prints_its_list_and_never_an_empty_one(own_work):
    with pytest.raises(NotAllowed, match="请找档案员"):
        own_work.ask(LI, IssueArchiveList)
    with pytest.raises(RuleBroken, match="还没有归档的件"):
        own_work.ask(HE, IssueArchiveList, year=2020)


def test_a_list_that_would_be_a_book_is_refused(own_work, monkeypatch):
    monkeypatch.setattr("desk.actions.archiving._LONGEST_LIST", 1)
    for _ in range(2):
        own_work.to(S.ARCHIVED)

    with pytest.raises(RuleBroken, match="请先选年份或盒号"):
        own_work.ask(HE, IssueArchiveList)


def test_the_case_file_says_the_same(work):
    case = work.to(S.CLOSED)

    file = work.desk(LI).read(lambda reader: case_file(reader, case))

    assert file.archive.is_opinion_signed
    assert file.archive.silent_units == ()
    work.ask(HE, ArchiveCase, case, box_number="盒 7")
    assert work.desk(LI).read(lambda reader: case_file(reader, case)).box_number == "盒 7"
