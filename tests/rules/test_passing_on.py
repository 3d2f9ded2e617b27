"""How often a case went from one lead to another (退回、改派), in words."""

import pytest

from desk.rules.passing_on import passed_on, passed_on_words


@pytest.mark.parametrize(
    ("returns", "redirects", "words"),
    [
        (0, 0, ""),
        (2, 0, "已退回 2 次"),
        (0, 1, "已改派 1 次"),
        (1, 2, "已退回 1 次、改派 2 次"),
    ],
)
def test_returns_and_redirects_are_counted_together_and_told_apart(returns, redirects, words):
    assert passed_on(returns, redirects) == returns + redirects
    assert passed_on_words(returns, redirects) == words
