"""A leader says in the log why the chain does not fit; everybody may read that he did."""

import pytest

from desk.actions.chain import ExplainChain
from desk.queries.chain_health import explanations
from desk.rules.errors import NotAllowed, RuleBroken
from tests.actions.work import GAO, LI, QIN, XU, ZHENG


@pytest.mark.parametrize("who", [LI, XU, GAO])
def test_only_who_answers_for_the_street_explains(work, who):
    with pytest.raises(NotAllowed):
        work.ask(who, ExplainChain, reason="从备份恢复。")


def test_an_explanation_needs_words(work):
    with pytest.raises(RuleBroken) as refused:
        work.ask(ZHENG, ExplainChain, reason=" ")
    assert refused.value.field == "reason"


def test_an_explanation_stands_in_the_log_with_the_name(work):
    for who, reason in ((ZHENG, "从昨晚的备份恢复。"), (QIN, "纪工委核对过。")):
        work.ask(who, ExplainChain, reason=reason)
        work.clock.forward(minutes=1)

    street = work.hall.street_id
    said = work.desk(LI).read(lambda reader: explanations(reader, street))

    assert [(one.by, one.reason) for one in said] == [
        (ZHENG, "从昨晚的备份恢复。"),
        (QIN, "纪工委核对过。"),
    ]
