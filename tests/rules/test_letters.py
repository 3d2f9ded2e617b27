"""Letters to units name facts that the history bears out (表扬书、提醒函)."""

from datetime import date, timedelta

import pytest

from desk.rules.assessment_codes import LetterKind, LetterState
from desk.rules.assessment_codes import ReminderProblem as P
from desk.rules.codes import Resolution, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.letters import (
    LetterCase,
    praise,
    problems_of,
    require_letter,
    require_rectification,
    say_often,
    say_problem,
)

TODAY = date(2026, 11, 2)


def case(**facts):
    return LetterCase(number="青榕首〔2026〕00007号", matter="电梯困人", **facts)


def test_praise_tells_how_quickly_and_what_people_said():
    quick = case(
        responded_in=timedelta(minutes=6),
        handled_in=timedelta(hours=5),
        satisfaction=Satisfaction.SATISFIED,
    )
    assert praise(quick) == (
        "在办理电梯困人（青榕首〔2026〕00007号）诉求中，响应 6 分，办理 5 时，群众评价满意"
    )
    unsaid = case(satisfaction=Satisfaction.NOT_RATED)
    assert praise(unsaid) == "在办理电梯困人（青榕首〔2026〕00007号）诉求中"


@pytest.mark.parametrize(
    ("facts", "problems"),
    [
        ({}, ()),
        ({"over_by": timedelta(hours=3)}, (P.OVERDUE,)),
        ({"was_contacted": False}, (P.NOT_CONTACTED,)),
        (
            {"resolution": Resolution.NO, "satisfaction": Satisfaction.DISSATISFIED},
            (P.DOUBLE_NO,),
        ),
        (
            {"resolution": Resolution.YES, "satisfaction": Satisfaction.DISSATISFIED},
            (P.BAD_RATING,),
        ),
    ],
)
def test_problems_are_ticked_that_the_history_shows(facts, problems):
    assert problems_of(case(**facts)) == problems


def test_a_reminder_says_by_how_much_limits_were_missed():
    late = [case(over_by=timedelta(hours=20)), case(over_by=timedelta(hours=6))]
    assert say_problem(P.OVERDUE, late) == "超期 26 时"
    assert say_problem(P.OVERDUE, [case()]) == "超期"
    assert say_problem(P.DOUBLE_NO, late) == "双否"


def ask(kind=LetterKind.REMINDER, **changed):
    facts = {"cases": [1], "facts": "未按时联系", "problems": [P.OVERDUE], "due_on": TODAY}
    require_letter(kind, today=TODAY, **(facts | changed))


def test_a_letter_has_its_cases_its_facts_and_a_reminder_its_limit():
    ask()
    ask(LetterKind.COMMENDATION, problems=[], due_on=None)
    for changed, field in (
        ({"cases": []}, "cases"),
        ({"facts": " "}, "facts"),
        ({"problems": []}, "problems"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date(2026, 11, 1)}, "due_on"),
    ):
        with pytest.raises(RuleBroken) as refused:
            ask(**changed)
        assert refused.value.field == field


def test_a_unit_answers_with_measures_and_who_is_responsible():
    require_rectification(LetterState.DELIVERED, measures="专人跟进", responsible="赵强")
    for state, measures, responsible in (
        (LetterState.RECTIFIED, "专人跟进", "赵强"),
        (LetterState.ISSUED, " ", "赵强"),
        (LetterState.ISSUED, "专人跟进", " "),
    ):
        with pytest.raises(RuleBroken):
            require_rectification(state, measures=measures, responsible=responsible)


def test_many_reminders_in_a_quarter_are_told_and_people_decide():
    assert say_often("城建办", 2, 3) == ""
    assert "3 封提醒函" in say_often("城建办", 3, 3)
