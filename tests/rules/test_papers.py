"""The papers of the hall by form code."""

from desk.rules.papers import PAPER_TITLES, SERVED


def test_every_paper_has_the_title_that_the_hall_uses():
    assert PAPER_TITLES["opinion-notice"] == "群众诉求处理意见书"
    assert all(title and code.islower() and code.isascii() for code, title in PAPER_TITLES.items())


def test_what_is_served_on_people_is_a_paper():
    assert set(PAPER_TITLES) > SERVED
