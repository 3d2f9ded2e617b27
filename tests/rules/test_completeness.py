"""What a case lacks before it can be archived, in sentences (DOMAIN.md 6.1 #18, 9.5)."""

from dataclasses import replace

import pytest

from desk.rules.codes import CaseStatus, Exit, Resolution, Satisfaction
from desk.rules.completeness import (
    ArchiveFacts,
    ThreeAnswers,
    answers_of,
    missing_for_archive,
)

WHOLE = ArchiveFacts(
    status=CaseStatus.CLOSED,
    exit=Exit.TRANSFER,
    is_opinion_signed=True,
    was_followed_up=True,
    has_delivery=True,
    has_receipt=True,
    resolution=Resolution.YES,
    satisfaction=Satisfaction.SATISFIED,
)


def test_a_whole_case_lacks_nothing():
    missing = missing_for_archive(WHOLE)

    assert missing.is_ready
    assert (missing.hard, missing.soft) == ((), ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unanswered": ("路灯不亮",)}, "事项“路灯不亮”还没有答复。"),
        ({"silent_units": ("执法队",)}, "执法队还没有反馈。"),
        ({"is_opinion_signed": False}, "意见书还没有签发。"),
        ({"was_followed_up": False}, "还没有回访，或回访还没有说可以办结。"),
    ],
)
def test_what_is_hard_keeps_it_from_the_archive(change, said):
    missing = missing_for_archive(replace(WHOLE, **change))

    assert not missing.is_ready
    assert said in missing.hard


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"not_scanned": ("处理意见书 青榕诉意〔2026〕1号",)}, "签字件还没有扫回。"),
        ({"has_receipt": False}, "没有受理回执。"),
        ({"has_delivery": False}, "没有送达记录。"),
    ],
)
def test_what_is_soft_is_said_and_may_be_missing(change, said):
    missing = missing_for_archive(replace(WHOLE, **change))

    assert missing.is_ready
    assert missing.soft[0].endswith(said)


def test_the_follow_up_answers_the_three_questions_where_nobody_else_has():
    assert answers_of(WHOLE) == ThreeAnswers(solved=True, exhausted=True, satisfied=True)
    unhappy = replace(WHOLE, resolution=Resolution.NO, satisfaction=Satisfaction.DISSATISFIED)
    assert answers_of(unhappy) == ThreeAnswers(solved=False, exhausted=None, satisfied=False)
    explained = replace(WHOLE, resolution=Resolution.EXPLAINED, satisfaction=Satisfaction.FAIRLY)
    assert answers_of(explained) == ThreeAnswers(solved=True, exhausted=True, satisfied=True)


def test_what_somebody_answered_himself_counts_before_the_follow_up():
    said = replace(WHOLE, answers=ThreeAnswers(solved=False, exhausted=True, satisfied=False))

    assert answers_of(said) == ThreeAnswers(solved=False, exhausted=True, satisfied=False)


def test_questions_without_an_answer_are_named():
    unhappy = replace(WHOLE, resolution=Resolution.PARTLY)
    silent = replace(WHOLE, resolution=None, satisfaction=None)
    refused = replace(WHOLE, satisfaction=Satisfaction.NOT_RATED)

    assert missing_for_archive(unhappy).hard == ("三问还没有答完：办法是否穷尽。",)
    assert missing_for_archive(unhappy, ThreeAnswers(exhausted=False)).is_ready
    assert missing_for_archive(silent).hard == ("三问还没有答完：诉求是否解决、办法是否穷尽。",)
    assert missing_for_archive(refused).is_ready


def test_what_was_answered_on_the_spot_needs_no_opinion_but_says_who_never_rated_it():
    spot = replace(
        WHOLE,
        exit=Exit.ON_SPOT,
        is_opinion_signed=False,
        was_followed_up=False,
        has_delivery=False,
    )

    assert missing_for_archive(spot).soft == ("现场答复的还没有回访评价。",)
    assert missing_for_archive(spot).is_ready
    again = replace(spot, round_no=2)
    assert "意见书还没有签发。" in missing_for_archive(again).hard


def test_a_guided_appeal_asks_whether_he_arrived():
    guided = ArchiveFacts(status=CaseStatus.GUIDED, exit=Exit.GUIDANCE)

    missing = missing_for_archive(guided)

    assert missing.is_ready
    assert missing.soft == ("还没有问诉求人是否到达对接的单位。", "没有引导告知书。")
    arrived = replace(guided, has_arrived=True, has_notice=True)
    assert missing_for_archive(arrived).soft == ()


def test_what_was_taken_back_or_imported_is_archived_as_it_is():
    withdrawn = ArchiveFacts(status=CaseStatus.WITHDRAWN, exit=Exit.TRANSFER)
    imported = replace(WHOLE, came_finished=True, is_opinion_signed=False, resolution=None)

    assert missing_for_archive(withdrawn).is_ready
    assert missing_for_archive(withdrawn).soft == ()
    unsigned = missing_for_archive(replace(withdrawn, lacks_withdrawal=True))
    assert unsigned.is_ready
    assert unsigned.soft == ("签了字的撤回申请书还没有扫回；书面来信请放进附件。",)
    assert missing_for_archive(imported).is_ready
