"""How good a password must be, when it runs out, and how long a desk waits after wrong ones."""

from datetime import date

import pytest

from desk.rules.login_rules import (
    PasswordRules,
    days_left_words,
    ends_on,
    runs_out_on,
    wait_after,
    weakness,
)

DAY = date(2026, 11, 1)
OWN = ("1001", "李敏", "", "0755-20000001")
STRICT = PasswordRules(shortest=10, kinds=4)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short1", "至少 8 位"),
        ("onlysmallletters", "至少用 2 种"),
        ("desk-1001-desk", "自己的工号"),
        ("ab0755-20000001", "自己的工号、姓名或电话"),
        ("11aa11aa11", "不同的字符太少"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password, words):
    assert words in weakness(password, PasswordRules(), OWN)


@pytest.mark.parametrize("password", ["青榕街道-大厅 26", "fictional-2026", "correct horse 7"])
def test_a_good_one_has_nothing_against_it(password):
    assert weakness(password, PasswordRules(), OWN) == ""


def test_a_hall_may_ask_for_more():
    assert "至少用 4 种" in weakness("fictional-2026", STRICT, OWN)
    assert weakness("Fictional-2026", STRICT, OWN) == ""
    assert "至少 10 位，大写字母、小写字母、数字、符号里至少 4 种" in STRICT.hint
    assert PasswordRules(kinds=1).hint.startswith("至少 8 位；")


def test_a_password_runs_out_and_the_server_forgets_it_later():
    rules = PasswordRules(valid_days=90)
    assert runs_out_on(DAY, rules) == date(2027, 1, 30)
    assert ends_on(DAY, rules) == date(2027, 3, 1)
    assert ends_on(DAY, rules, date(2026, 12, 31)) == date(2026, 12, 31)


def test_a_hall_may_let_passwords_stand():
    rules = PasswordRules(valid_days=0)
    assert runs_out_on(DAY, rules) is None
    assert ends_on(DAY, rules) is None
    assert ends_on(DAY, rules, DAY) == DAY


@pytest.mark.parametrize(
    ("runs_out", "said"),
    [
        (None, ""),
        (date(2026, 11, 16), ""),
        (date(2026, 11, 15), "还有 14 天到期"),
        (date(2026, 11, 2), "还有 1 天到期"),
        (DAY, ""),
    ],
)
def test_two_weeks_before_it_is_said(runs_out, said):
    assert (said in days_left_words(runs_out, DAY)) if said else not days_left_words(runs_out, DAY)


def test_the_wait_after_wrong_passwords_doubles_up_to_a_quarter_of_an_hour():
    assert [wait_after(n, 5) for n in (0, 4, 5, 6, 7, 8, 9, 30)] == [
        0, 0, 60, 120, 240, 480, 900, 900,
    ]  # fmt: skip
