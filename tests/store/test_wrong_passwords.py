"""Wrong passwords at a desk: five are free, then one waits, and the right one begins anew."""

from datetime import timedelta

import pytest

from desk.door import enter
from desk.rules.errors import NotAllowed
from desk.settings import data_folder
from desk.wrong_passwords import count_wrong, forget_wrong, require_no_wait
from tests.small_hall import PASSWORD

URL, LOGIN = "sqlite:///hall.db", "1001"


def guess(clock, times):
    for _ in range(times):
        count_wrong(URL, LOGIN, clock())


def test_after_five_wrong_passwords_one_waits_a_minute_and_is_told_until_when(clock):
    guess(clock, 4)
    require_no_wait(URL, LOGIN, clock())
    guess(clock, 1)
    with pytest.raises(NotAllowed, match="已连续输错 5 次，请 09:01:00 后再试") as refused:
        require_no_wait(URL, LOGIN, clock())
    assert refused.value.field == "password"
    require_no_wait(URL, "1002", clock())  # a colleague at the same desk
    require_no_wait(URL, LOGIN, clock.forward(minutes=1))


def test_the_right_password_begins_anew(clock):
    guess(clock, 5)
    forget_wrong(URL, LOGIN)
    require_no_wait(URL, LOGIN, clock())
    guess(clock, 4)
    require_no_wait(URL, LOGIN, clock())


def test_a_clock_that_was_set_back_keeps_nobody_out(clock):
    guess(clock, 9)
    require_no_wait(URL, LOGIN, clock() - timedelta(days=1))


@pytest.mark.parametrize("content", ["", "[]", '{"x": 1}', "\x00"])
def test_a_spoiled_file_keeps_nobody_out(clock, content):
    guess(clock, 9)
    (data_folder() / "wrong-passwords.json").write_text(content)
    require_no_wait(URL, LOGIN, clock())


def test_whoever_guesses_at_the_door_waits_even_with_the_right_password(sqlite_hall_url):
    for _ in range(5):
        with pytest.raises(NotAllowed, match="工号或密码不对"):
            enter(sqlite_hall_url, LOGIN, "not-his-2026")
    with pytest.raises(NotAllowed, match="已连续输错 5 次"):
        enter(sqlite_hall_url, LOGIN, PASSWORD)
