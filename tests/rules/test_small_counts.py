"""No small count of a public list can be worked out from what is told beside it."""

from collections import defaultdict
from itertools import product

import pytest

from desk.rules.bulletin_public import told
from desk.rules.small_counts import hidden_among


def outside(counts, least):
    """Return all that somebody outside is told: the total, and each row that is listed."""
    hidden = hidden_among(counts, least)
    listed = tuple(None if at in hidden else count for at, count in enumerate(counts))
    return told(sum(counts), least), listed


@pytest.mark.parametrize("least", [3, 4, 5])
@pytest.mark.parametrize("rows", [1, 2, 3, 4])
def test_whoever_tries_every_possible_list_still_does_not_know_a_small_count(rows, least):
    same = defaultdict(list)
    for counts in product(range(8), repeat=rows):
        same[outside(counts, least)].append(counts)

    for (_total, listed), possible in same.items():
        for at, count in enumerate(listed):
            if count is None:
                found = {counts[at] for counts in possible}
                assert len(found) > 1, (listed, possible)
            else:
                assert count == 0 or count >= least


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((20, 9, 7), ()),
        ((20, 9, 0), ()),
        ((20, 9, 1), (1, 2)),  # 29 − 20 − 9 would tell it
        ((20, 9, 9, 1), (1, 2, 3)),  # not one of two that are equal
        ((20, 9, 2, 1), (2, 3)),
        ((20, 9, 1, 0), (2, 3)),
        ((20, 9, 1, 1), (1, 2, 3)),
        ((1,), (0,)),
        ((), ()),
    ],
)
def test_a_small_count_takes_the_next_one_with_it(counts, hidden):
    assert hidden_among(counts, 3) == frozenset(hidden)


def test_a_hall_that_tells_every_count_hides_none():
    assert hidden_among((1, 2, 3), 0) == frozenset()
