"""Letters go out about chosen cases, are answered by the unit, and stay as they were written."""

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from desk.actions.followup import RecordFollowUp
from desk.actions.handling import FinishHandling
from desk.actions.letters import AnswerLetter, DeliverLetter, IssueLetter, RevokeLetter
from desk.actions.recusal import RecordAccused
from desk.forms import render
from desk.forms.row_keys import keys
from desk.queries.letters import letter_board, letter_choices, letter_draft, letter_file
from desk.queries.paper_finder import paper_to_print
from desk.queries.papers import stored_paper
from desk.queries.waiting import waiting_counts
from desk.rules.assessment_codes import LetterKind, LetterState
from desk.rules.assessment_codes import ReminderProblem as P
from desk.rules.codes import (
    Discontent,
    HandlingResult,
    NextStep,
    PaperState,
    Resolution,
    Satisfaction,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Letter, Paper
from tests.actions.work import FENG, LI, QIN, SUN, WU, ZHAO, ZHENG, ZHOU, S

PRAISE, REMINDER = LetterKind
DUE = date(2026, 11, 9)


def letter_of(work, letter):
    with Session(work.hall.engine) as session:
        return session.get(Letter, letter)


def papers_of(work, number):
    with Session(work.hall.engine) as session:
        return list(session.scalars(select(Paper).where(Paper.number == number).order_by(Paper.id)))


def rated_badly(work, days=0):
    """Return a case that took too long, and whose appellant is not content at all."""
    case = work.to(S.HANDLING)
    work.clock.forward(minutes=days * 24 * 60)
    done = {"result": HandlingResult.SOLVED, "measures": "已更换线路。", "late_reason": "等配件"}
    work.ask(ZHAO, FinishHandling, case, **done)
    work.to(S.FOLLOW_UP, case)
    rating = {
        "was_contacted": False,
        "resolution": Resolution.NO,
        "satisfaction": Satisfaction.DISSATISFIED,
        "discontent": Discontent.NOT_SOLVED,
        "next_step": NextStep.AGAIN,
    }
    work.ask(WU, RecordFollowUp, case, is_reached=True, **rating)
    return case


def write(work, kind, *cases, who=ZHOU, **more):
    facts = {"unit": work.unit("城建办"), "cases": cases, "facts": "一件一句。"}
    if kind is REMINDER:
        facts |= {"problems": (P.OVERDUE, P.DOUBLE_NO), "due_on": DUE}
    work.clock.forward(minutes=1)
    return work.ask(who, IssueLetter, kind=kind, **(facts | more))


def deliver(work, letter, **more):
    work.clock.forward(minutes=1)
    return work.ask(ZHOU, DeliverLetter, letter=letter, to="方岩", **({"at": work.clock()} | more))


def answer(work, letter, who=ZHAO, **more):
    facts = {"measures": "补了两名电工。", "responsible": "方岩", "done_on": date(2026, 11, 2)}
    return work.ask(who, AnswerLetter, letter=letter, **(facts | more))


def draft(work, kind, *cases):
    return work.desk(ZHOU).read(lambda reader: letter_draft(reader, kind, cases))


def test_praise_is_filled_in_from_the_history_issued_and_told_in_each_case(work):
    cases = [work.to(S.CLOSED) for _ in range(2)]
    words = draft(work, PRAISE, *cases)
    first = words.facts.splitlines()[0]
    assert first.startswith("在办理楼道漏电（青榕首〔2026〕")
    assert "响应 " in first
    assert first.endswith("群众评价满意")
    assert (work.unit("城建办"), "城建办") == words.units[0]

    said = write(work, PRAISE, *cases, facts=words.facts, person="赵强")
    number = said.made["number"]
    assert number.startswith("青榕表〔2026〕")
    assert said.title == f"签发表扬书 {number}（城建办）"
    assert all(said.title in {line.title for line in work.history(case)} for case in cases)
    (paper,) = papers_of(work, number)
    assert paper.row["salutation"] == "城建办（赵强同志）"
    assert paper.row["facts"] == words.facts.splitlines()
    assert set(paper.row) <= keys("commendation")
    assert render("commendation", paper.row).pages == 1
    assert letter_of(work, said.made["letter"]).problems == []


def test_a_reminder_names_what_the_history_bears_out_and_has_its_own_numbers(work):
    case = rated_badly(work, days=6)
    words = draft(work, REMINDER, case)
    assert words.problems == (P.OVERDUE, P.NOT_CONTACTED, P.DOUBLE_NO)
    assert "超期 " in words.facts
    assert words.due_on == date(2026, 11, 15)
    said = write(work, REMINDER, case, facts=words.facts, due_on=words.due_on)
    (paper,) = papers_of(work, said.made["number"])
    assert paper.row["problems"].startswith("超期 ")
    assert paper.row["measures"] is None
    assert paper.row["salutation"] == "城建办"
    assert set(paper.row) <= keys("reminder-letter")
    assert render("reminder-letter", paper.row).pages == 1


def test_what_could_be_praised_or_reminded_of_is_offered_and_says_what_was_written(work):
    good, bad = work.to(S.CLOSED), rated_badly(work)
    write(work, PRAISE, good)
    offered = work.desk(ZHOU).read(lambda reader: letter_choices(reader, PRAISE))
    mine = {one.case: one for one in offered}
    assert mine[good].written.startswith("青榕表")
    assert bad not in mine
    offered = work.desk(QIN).read(lambda reader: letter_choices(reader, REMINDER))
    assert bad in {one.case for one in offered}
    assert good not in {one.case for one in offered}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"cases": ()}, "先选这封信"),
        ({"facts": " "}, "写明事实"),
        ({"problems": ()}, "勾一个问题"),
        ({"due_on": None}, "整改期限"),
        ({"due_on": date(2026, 11, 1)}, "整改期限"),
        ({"unit": 5}, "从列表里选"),
    ],
)
def test_what_is_missing_is_asked_for(work, more, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        write(work, REMINDER, work.to(S.CLOSED), **more)


def test_a_letter_goes_only_to_a_unit_that_had_a_part_in_every_case(work):
    with pytest.raises(RuleBroken, match="没有经过这个单位"):
        write(work, PRAISE, work.to(S.CLOSED), unit=work.unit("综合行政执法队"))


def test_a_case_about_one_of_our_own_units_is_in_no_letter(work):
    about_us = work.to(S.ACCEPTED)
    work.ask(ZHENG, RecordAccused, about_us, unit=work.unit("综合行政执法队"), reason="投诉")
    with pytest.raises(RuleBroken, match="不写进表扬书"):
        write(work, REMINDER, about_us)
    with pytest.raises(RuleBroken, match="不写进表扬书"):
        draft(work, REMINDER, about_us)


def test_only_those_who_steer_write_deliver_and_revoke(work):
    case = work.to(S.CLOSED)
    for who in (LI, ZHAO, WU):
        with pytest.raises(NotAllowed):
            write(work, PRAISE, case, who=who)
        with pytest.raises(NotAllowed):
            work.desk(who).read(lambda reader: letter_choices(reader, PRAISE))
    letter = write(work, PRAISE, case, who=QIN).made["letter"]
    with pytest.raises(RuleBroken, match="找不到这封信"):  # a unit signs for its own alone
        work.ask(LI, DeliverLetter, letter=letter, to="方岩", at=work.clock())
    with pytest.raises(NotAllowed):
        work.ask(ZHAO, RevokeLetter, letter=letter, note="不服")


def test_a_reminder_is_delivered_answered_by_its_unit_and_stands_anew_on_paper(work):
    said = write(work, REMINDER, rated_badly(work))
    letter, number = said.made["letter"], said.made["number"]
    assert deliver(work, letter).title == f"送达提醒函 {number}"
    with pytest.raises(RuleBroken, match="不能再记为已送达"):
        deliver(work, letter)
    with pytest.raises(RuleBroken, match="找不到这封信"):
        answer(work, letter, SUN)
    with pytest.raises(NotAllowed):
        answer(work, letter, WU)
    with pytest.raises(RuleBroken, match="整改措施"):
        answer(work, letter, measures=" ")
    with pytest.raises(RuleBroken, match="最多 500 字"):
        answer(work, letter, measures="改" * 501)
    with pytest.raises(RuleBroken, match="还没有到"):
        answer(work, letter, done_on=date(2026, 12, 1))
    assert answer(work, letter).title == f"整改反馈 {number}"

    row = letter_of(work, letter)
    assert (row.state, row.delivered_to, row.responsible) == (
        LetterState.RECTIFIED,
        "方岩",
        "方岩",
    )
    first, second = papers_of(work, number)
    assert (first.state, second.state, second.revision) == (
        PaperState.VOID,
        PaperState.ISSUED,
        2,
    )
    same = ("salutation", "facts", "problems", "due_on", "signed_on")
    assert [first.row[key] for key in same] == [second.row[key] for key in same]
    assert second.row["measures"] == "补了两名电工。"
    seen = work.desk(ZHAO).read(lambda reader: stored_paper(reader, second.id))
    assert seen.number == number
    with pytest.raises(RuleBroken, match="不用再反馈"):
        answer(work, letter)


def test_what_came_back_on_paper_is_typed_in_by_those_who_steer(work):
    letter = write(work, REMINDER, work.to(S.CLOSED)).made["letter"]
    answer(work, letter, ZHOU)
    file = work.desk(ZHAO).read(lambda reader: letter_file(reader, letter))
    assert [words for _at, words in file.said] == ["周航签发", "周航填整改反馈"]
    assert not file.may_answer


def test_a_letter_that_was_wrong_is_revoked_and_its_paper_is_void(work):
    said = write(work, PRAISE, work.to(S.CLOSED))
    letter = said.made["letter"]
    with pytest.raises(RuleBroken, match="表扬书不用反馈"):
        answer(work, letter)
    with pytest.raises(RuleBroken, match="为什么撤销"):
        work.ask(ZHENG, RevokeLetter, letter=letter, note=" ")
    work.ask(ZHENG, RevokeLetter, letter=letter, note="写错了单位")
    assert [paper.state for paper in papers_of(work, said.made["number"])] == [PaperState.VOID]
    with pytest.raises(RuleBroken, match="找不到这封信"):
        work.ask(ZHENG, RevokeLetter, letter=letter + 1, note="没有")


def test_a_unit_sees_its_own_letters_and_nobody_elses(work):
    letter = write(work, REMINDER, work.to(S.CLOSED)).made["letter"]
    mine = work.desk(ZHAO).read(letter_board)
    line = next(one for one in mine.letters if one.id == letter)
    assert (line.is_ours, line.unit, mine.may_write) == (True, "城建办", False)
    assert work.desk(ZHAO).read(lambda reader: letter_file(reader, letter)).may_answer
    for who in (SUN, LI):
        assert letter not in {one.id for one in work.desk(who).read(letter_board).letters}
        assert work.desk(who).read(lambda reader: letter_file(reader, letter)) is None


def test_many_reminders_in_a_quarter_are_said_and_people_decide(own_work):
    work = own_work
    cases = [work.to(S.CLOSED) for _ in range(3)]
    for case in cases:
        letter = write(work, REMINDER, case).made["letter"]
        assert work.desk(LI).read(letter_board).often == ()
    often = work.desk(ZHENG).read(letter_board).often
    assert often == ("城建办本季度已收到 3 封提醒函，可考虑移送纪工委，请领导决定。",)
    work.ask(ZHOU, RevokeLetter, letter=letter, note="重复了")
    assert work.desk(ZHENG).read(letter_board).often == ()


def run(work, who, statement, **values):
    """Run a statement in the database itself, as the login of somebody."""
    with work.hall._engine_of(who).begin() as connection:
        return connection.execute(text(statement), values).rowcount


FOREIGN = (
    ("UPDATE letters SET facts = 'x' WHERE id = :letter", "登记后不能更改"),
    ("UPDATE letters SET problems = '[]' WHERE id = :letter", "登记后不能更改"),
    ("UPDATE letters SET unit_id = issued_by WHERE id = :letter", "登记后不能更改"),
    ("UPDATE letters SET delivered_to = 'x' WHERE id = :letter", "登记后不能更改"),
    ("UPDATE letters SET state = 'issued' WHERE id = :letter", "状态流转不允许"),
    ("DELETE FROM letters WHERE id = :letter", "记录不能删除"),
    ("DELETE FROM letter_cases WHERE letter_id = :letter", "记录不能删除"),
)


def test_foreign_sql_changes_nothing_that_was_said(work):
    letter = write(work, REMINDER, work.to(S.CLOSED)).made["letter"]
    deliver(work, letter)
    for statement, sentence in FOREIGN:
        with work.hall.engine.connect() as connection, connection.begin() as attempt:
            with pytest.raises(DatabaseError, match=sentence):
                connection.execute(text(statement), {"letter": letter})
            attempt.rollback()


def test_in_the_shared_database_a_unit_answers_and_does_nothing_else(work):
    if not work.is_postgresql:
        return  # on one file nobody logs in as himself
    letter = write(work, REMINDER, work.to(S.CLOSED)).made["letter"]
    with pytest.raises(DatabaseError, match="row-level security"):
        run(work, ZHAO, "UPDATE letters SET state = 'revoked' WHERE id = :letter", letter=letter)
    for change in (
        "state = 'delivered'",
        "delivered_at = now()",
    ):  # with a line
        with pytest.raises(DatabaseError, match=r"没有留痕|row-level security"):
            run(work, ZHAO, f"UPDATE letters SET {change} WHERE id = :letter", letter=letter)
    with pytest.raises(DatabaseError, match=r"permission denied|row-level security"):
        run(work, ZHAO, "UPDATE unit_talks SET decision = 'no_talk'")
    assert run(work, SUN, "UPDATE letters SET state = 'rectified' WHERE id = :l", l=letter) == 0
    read = "SELECT count(*) FROM letters WHERE id = :letter"
    for who, seen in ((ZHAO, 1), (SUN, 0), (LI, 0), (QIN, 1)):
        with work.hall._engine_of(who).connect() as connection:
            assert connection.scalar(text(read), {"letter": letter}) == seen, who
    with pytest.raises(DatabaseError, match="没有留痕"):
        run(work, ZHAO, "UPDATE letters SET state = 'rectified' WHERE id = :l", l=letter)


def test_a_letter_is_kept_from_whom_one_of_its_cases_is_kept_from(work):
    first, bad = rated_badly(work), rated_badly(work)
    said = write(work, REMINDER, first, bad)
    letter = said.made["letter"]
    paper = letter_of(work, letter).paper_id

    def knows(who):
        desk = work.desk(who)
        listed = {one.id for one in desk.read(letter_board).letters}
        told = desk.read(lambda reader: letter_file(reader, letter)) is not None
        try:
            desk.read(lambda reader: stored_paper(reader, paper))
        except NotAllowed:
            return (letter in listed, told, False)
        return (letter in listed, told, True)

    def waiting():
        return work.desk(ZHAO).read(waiting_counts)["letters"]

    to_answer = waiting()
    assert knows(FENG) == knows(ZHAO) == (True, True, True)

    work.ask(ZHENG, RecordAccused, bad, unit=work.unit("城建办"), reason="反映城建办的人。")
    assert knows(ZHAO) == (False, False, False)
    assert waiting() == to_answer - 1
    assert knows(FENG) == (True, True, True)
    with pytest.raises(RuleBroken, match="找不到这封信"):
        answer(work, letter)

    about = {"unit": work.unit("综合行政执法队"), "as_report": True, "reason": "是举报。"}
    work.ask(ZHENG, RecordAccused, first, **about)
    assert knows(FENG) == (False, False, False)
    assert knows(QIN) == (True, True, True)
    number = said.made["number"]
    with pytest.raises(RuleBroken, match="没有编号"):
        work.desk(FENG).read(lambda reader: paper_to_print(reader, "reminder-letter", number))


def test_the_unit_signs_for_its_letter_itself_and_another_unit_does_not(work):
    letter = write(work, REMINDER, rated_badly(work)).made["letter"]
    work.clock.forward(minutes=1)
    signed = {"letter": letter, "to": ZHAO, "at": work.clock()}
    with pytest.raises(RuleBroken, match="找不到这封信"):
        work.ask(SUN, DeliverLetter, **signed)
    with pytest.raises(NotAllowed):
        work.ask(WU, DeliverLetter, **signed)
    work.ask(ZHAO, DeliverLetter, **signed)
    assert letter_of(work, letter).state is LetterState.DELIVERED
    assert letter_of(work, letter).delivered_to == ZHAO
