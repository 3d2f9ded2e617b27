"""A small part of `python -m benchmarks.repeats`: who breaks the search for repeats hears of it."""

from benchmarks.repeat_set import HELD_OUT, Maker
from benchmarks.repeats import found_in


def test_repeats_are_found_in_sentences_that_nothing_was_tuned_on(sqlite_hall):
    maker = Maker(HELD_OUT, 5, 250)
    score = found_in(sqlite_hall, maker, maker.queries(4))

    for kind in ("again", "reordered", "synonyms", "one digit wrong", "name and place"):
        assert score.recall(kind) >= 0.75, kind
    assert score.recall() >= 0.75
    assert score.precision() >= 0.85
    assert score.mistaken <= 1
