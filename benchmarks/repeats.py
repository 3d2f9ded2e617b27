"""How well and how fast repeats are found: recall@5 and precision on the half nothing was tuned on.

    python -m benchmarks.repeats [--cases 2000] [--each 60] [--seed 7] [--half held-out]

Every look-up goes the whole way: database, candidates, judgement. Beside it in the same run the
obvious ways: the newest five cases of the same telephone, and the five likest texts of the street
by idf-weighted bigrams (Jaccard), from a likeness that was best on the tuning half.
"""

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.repeat_hall import RepeatHall, new_hall
from benchmarks.repeat_set import (
    HELD_OUT,
    KINDS,
    TUNING,
    Made,
    Maker,
    Query,
    belongs,
    is_against,
)
from desk.queries.repeats import repeat_candidates, text_frequencies
from desk.rules.likeness import Frequencies
from desk.rules.repeats import MOST, Relation
from desk.rules.search_text import canonical, tokens
from desk.store.database import Reader
from tests.small_hall import SmallHall

Shown = Sequence[tuple[Made, bool]]  # a case, and whether it is shown as wanting the opposite
Way = Callable[[Query], Shown]


class Score:
    """What one way of looking has found."""

    def __init__(self) -> None:
        self.wanted: dict[str, int] = defaultdict(int)
        self.found: dict[str, int] = defaultdict(int)
        self.first: dict[str, int] = defaultdict(int)
        self.shown: dict[str, int] = defaultdict(int)
        self.right: dict[str, int] = defaultdict(int)
        self.mistaken = 0  # somebody who wants the opposite, shown as the same
        self.times: list[float] = []

    def note(self, query: Query, shown: Shown, seconds: float) -> None:
        """Count one look-up."""
        kind = query.kind
        self.times.append(seconds)
        right = [is_right(query, made, is_opposite=opposite) for made, opposite in shown]
        self.shown[kind] += len(shown)
        self.right[kind] += sum(right)
        self.mistaken += sum(
            is_against(query, made) and not belongs(query, made) and not opposite
            for made, opposite in shown
        )
        if query.target is not None:
            self.wanted[kind] += 1
            hits = [
                is_right(query, made, is_opposite=opposite) and made.id == query.target.id
                for made, opposite in shown
            ]
            self.found[kind] += any(hits)
            self.first[kind] += bool(hits) and hits[0]

    def recall(self, kind: str = "") -> float:
        """Return how many of the cases looked for were among the five."""
        return _part(self.found, self.wanted, kind)

    def recall_at_one(self, kind: str = "") -> float:
        """Return how many of them came first."""
        return _part(self.first, self.wanted, kind)

    def precision(self, kind: str = "") -> float:
        """Return how many of those shown were right to show."""
        return _part(self.right, self.shown, kind)


def is_right(query: Query, made: Made, *, is_opposite: bool) -> bool:
    """Return whether it was right to show a case so."""
    return is_against(query, made) if is_opposite else belongs(query, made)


def measure(way: Way, queries: Sequence[Query]) -> Score:
    """Look every case up, and count."""
    score = Score()
    for query in queries:
        begun = time.perf_counter()
        shown = way(query)
        score.note(query, shown, time.perf_counter() - begun)
    return score


def ours(hall: RepeatHall, pool: Sequence[Made]) -> Way:
    """Return the way of this program, through the database."""
    by_id = {made.id: made for made in pool}
    desk = hall.desk()
    known = desk.read(text_frequencies)

    def look(query: Query) -> Shown:
        def ask(reader: Reader) -> Shown:
            found = repeat_candidates(reader, hall.asked(query), known)
            return [
                (by_id[hall.number_of(one.visit.id)], one.relation is Relation.OPPOSITE)
                for one in found
                if hall.number_of(one.visit.id) in by_id
            ]

        return desk.read(ask)

    return look


def same_phone(pool: Sequence[Made]) -> Way:
    """Return the newest five cases of the same number."""
    newest = sorted(pool, key=lambda made: made.days_ago)

    def look(query: Query) -> Shown:
        phone = query.made.phone
        return [(made, False) for made in newest if phone and made.phone == phone][:MOST]

    return look


def likest_texts(pool: Sequence[Made], least: float) -> Way:
    """Return the five likest texts by idf-weighted bigrams, person and place unknown to it."""
    grams = [(made, tokens(canonical(made.text))) for made in pool]
    known = _plain(grams)

    def look(query: Query) -> Shown:
        mine = tokens(canonical(query.made.text))
        worth = [
            (known.total(mine & theirs) / (known.total(mine | theirs) or 1), made)
            for made, theirs in grams
        ]
        best = sorted(worth, key=lambda one: -one[0])[:MOST]
        return [(made, False) for value, made in best if value >= least]

    return look


def _plain(grams: Sequence[tuple[Made, frozenset[str]]]) -> Frequencies:
    counts: dict[str, int] = defaultdict(int)
    for _, found in grams:
        for gram in found:
            counts[gram] += 1
    return Frequencies(len(grams), counts)


def best_least(pool: Sequence[Made], queries: Sequence[Query]) -> float:
    """Return from which likeness on idf Jaccard alone does best (F1) on these queries."""

    def f1(least: float) -> float:
        score = measure(likest_texts(pool, least), queries)
        recall, precision = score.recall(), score.precision()
        return 2 * recall * precision / (recall + precision or 1)

    return max((step / 100 for step in range(5, 60, 5)), key=f1)


def found_in(hall: SmallHall, maker: Maker, queries: Sequence[Query]) -> Score:
    """Return how well the cases of a set are found in a hall that holds nothing else."""
    return measure(ours(RepeatHall(hall, maker.places, maker.pool), maker.pool), queries)


def main() -> None:
    """Print recall and precision by kind, and the time of a look-up."""
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=2000)
    options.add_argument("--each", type=int, default=60)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--half", choices=(TUNING, HELD_OUT), default=HELD_OUT)
    chosen = options.parse_args()
    tuning = Maker(TUNING, chosen.seed, min(chosen.cases, 600))
    least = best_least(tuning.pool, tuning.queries(6))
    maker = Maker(chosen.half, chosen.seed, chosen.cases)
    queries = maker.queries(chosen.each)
    with tempfile.TemporaryDirectory() as folder:
        hall = new_hall(Path(folder))
        scores = {"this program": found_in(hall, maker, queries)}
        hall.engine.dispose()
    scores["same telephone"] = measure(same_phone(maker.pool), queries)
    scores[f"idf Jaccard from {least:.2f}"] = measure(likest_texts(maker.pool, least), queries)
    _print(chosen.half, chosen.cases, chosen.each, scores)


def _print(name: str, cases: int, each: int, scores: dict[str, Score]) -> None:
    print(f"{name} half, {cases} cases in the window, {each} look-ups of each kind")
    for way, score in scores.items():
        print(f"\n{way}")
        print(f"  {'kind':28}{'recall@5':>10}{'@1':>7}{'shown':>7}{'right':>7}{'precision':>11}")
        for kind in (*KINDS, ""):
            print(
                f"  {kind or 'all':28}{score.recall(kind):10.3f}{score.recall_at_one(kind):7.3f}"
                f"{_sum(score.shown, kind):7}{_sum(score.right, kind):7}"
                f"{score.precision(kind):11.3f}"
            )
        times = sorted(score.times)
        p95 = times[int(len(times) * 0.95)]
        print(
            f"  opposite shown as the same: {score.mistaken}; a look-up takes "
            f"{statistics.median(times) * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms"
        )


def _sum(counts: dict[str, int], kind: str) -> int:
    return counts[kind] if kind else sum(counts.values())


def _part(some: dict[str, int], of: dict[str, int], kind: str) -> float:
    whole = _sum(of, kind)
    return _sum(some, kind) / whole if whole else float("nan")


if __name__ == "__main__":
    main()
