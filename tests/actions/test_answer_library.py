"""The answer library: found by words, first what fits the case and holds today."""

from datetime import date

import pytest

from desk.actions.answer_library import EndLibraryText, SetLibraryText
from desk.actions.first_texts import first_texts
from desk.actions.revising import ReviseOpinion
from desk.queries.answer_library import answer_texts, past_answers
from desk.rules.codes import CaseStatus, LibraryKind
from desk.rules.errors import NotAllowed, RuleBroken
from tests.actions.work import CHEN, LI, ZHAO, ZHOU


def put(work, title="噪声已劝阻", body="已到场劝阻。", who=ZHOU, **more):
    facts = {"kind": LibraryKind.STANDARD, "valid_from": date(2024, 1, 1)}
    return work.ask(who, SetLibraryText, title=title, body=body, **(facts | more)).made["text"]


def found(work, words="", who=LI, **more):
    return work.desk(who).read(lambda reader: answer_texts(reader, words, **more))


def test_a_text_is_found_by_words_and_by_the_letters_of_its_title(work):
    put(work)
    put(work, "占道已清理", "已清理。")
    assert [text.title for text in found(work, "zsyqz")] == ["噪声已劝阻"]
    assert [text.title for text in found(work, "劝阻")] == ["噪声已劝阻"]
    assert found(work, "劝阻 占道") == ()


def test_texts_of_the_cases_own_category_come_first(work):
    leak = work.hall.category("楼道漏电")
    put(work, "漏电甲")
    put(work, "漏电乙", category=leak)
    shown = found(work, "漏电", category=leak)
    assert [(text.title, text.category) for text in shown[:2]] == [
        ("漏电乙", "楼道漏电"),
        ("漏电甲", ""),
    ]


def test_a_new_wording_ends_the_old_one_on_its_day(work):
    old = put(work, "油烟扰民")
    put(work, "油烟扰民", "新的说法。", text=old, valid_from=date(2026, 1, 1))
    shown = found(work, "油烟扰民")
    assert [(text.body, text.holds) for text in shown] == [
        ("新的说法。", True),
        ("已到场劝阻。", False),
    ]
    assert "失效" in shown[1].validity


def test_validity_is_said_in_words(work):
    put(work, "期限一")
    put(work, "期限二", valid_to=date(2100, 1, 1))
    put(work, "期限三", valid_from=date(2100, 1, 1))
    words = {text.title: text.validity for text in found(work, "期限")}
    assert words == {
        "期限一": "2024-01-01 起有效",
        "期限二": "2024-01-01 至 2100-01-01 有效",
        "期限三": "2100-01-01 起生效，现在还不能用",
    }


def test_an_ended_text_stays_readable(work):
    text = put(work, "旧的停车口径")
    work.ask(ZHOU, EndLibraryText, text=text)
    (shown,) = found(work, "停车口径")
    assert not shown.holds
    with pytest.raises(RuleBroken, match="找不到这一条"):
        work.ask(ZHOU, EndLibraryText, text=5)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"body": " "}, "body"),
        ({"kind": LibraryKind.STATUTE}, "source"),
        ({"valid_to": date(2024, 1, 1)}, "valid_to"),
        ({"category": 5}, "category"),
    ],
)
def test_a_text_that_cannot_be_relied_on_is_refused(work, more, field):
    with pytest.raises(RuleBroken) as refused:
        put(work, **more)
    assert refused.value.field == field


def test_a_new_wording_cannot_begin_before_the_old_one(work):
    old = put(work)
    with pytest.raises(RuleBroken, match="不能早于") as refused:
        put(work, text=old, valid_from=date(2020, 1, 1))
    assert refused.value.field == "valid_from"


def test_handlers_read_the_library_and_do_not_write_it(work):
    with pytest.raises(NotAllowed):
        put(work, who=ZHAO)
    put(work)
    assert found(work, who=ZHAO)


def test_past_answers_are_those_of_cases_one_may_see(work):
    work.to(CaseStatus.SEALING)
    category = work.hall.category("楼道漏电")

    def past(who, **more):
        return work.desk(who).read(lambda reader: past_answers(reader, **more))

    (answer,) = past(ZHOU, words="线路", category=category)
    assert "已更换线路" in answer.body
    assert answer.kind == "以往答复"
    assert past(ZHOU, words="火星") == ()
    assert past(CHEN) == ()


def test_an_answer_that_is_written_anew_is_offered_no_more(work):
    case = work.to(CaseStatus.SEALING)
    assert work.desk(ZHOU).read(past_answers)
    work.ask(ZHAO, ReviseOpinion, case, reason="日期写错")
    assert work.desk(ZHOU).read(past_answers) == ()


def test_a_new_hall_begins_with_texts_that_can_all_be_saved(work):
    for request in first_texts(work.staff(ZHOU), work.clock()):
        work.desk(ZHOU).carry_out(request)
    kinds = {text.kind for text in found(work)}
    assert kinds >= {"法规条文", "答复口径", "常用语"}
