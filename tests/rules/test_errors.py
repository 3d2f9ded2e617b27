"""What goes wrong reaches the clerk as one sentence."""

import pytest

from desk.rules.errors import (
    DatabaseAway,
    DeskError,
    NotAllowed,
    RuleBroken,
    StaleCase,
    WrongVersion,
)


@pytest.mark.parametrize("kind", [RuleBroken, NotAllowed, StaleCase, DatabaseAway, WrongVersion])
def test_every_error_is_its_sentence(kind):
    error = kind("请刷新后再试。")

    assert isinstance(error, DeskError)
    assert str(error) == "请刷新后再试。"


def test_a_broken_rule_may_name_its_field():
    assert RuleBroken("请填电话。", field="phone").field == "phone"
    assert RuleBroken("请稍候。").field is None
    assert NotAllowed("密码不对。", field="password").field == "password"


def test_a_stale_case_names_what_differs():
    assert StaleCase("刚有变化。").changes == ()
    assert StaleCase("刚有变化。", changes=(("09:00 周航", "分拨"),)).changes[0][1] == "分拨"


def test_a_stale_case_knows_who_changed_a_field_last():
    changes = (("09:00 周航", "更正"), ("09:05 陈静", "批注"))
    fields = {"summary": "09:00 周航", "answer@55": "09:01 李敏", "answer": "09:02 赵强"}
    error = StaleCase("刚有变化。", changes=changes, fields=fields)
    assert error.who_changed("summary") == "09:00 周航"
    assert error.who_changed("answer_55") == "09:01 李敏"
    assert error.who_changed("answer_54") == "09:02 赵强"
    assert error.who_changed("phone") == "09:05 陈静"
    assert StaleCase("刚有变化。").who_changed("phone") == ""
