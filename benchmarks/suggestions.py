"""How often the right category is suggested first, or among three (类别建议).

    python -m benchmarks.suggestions [--cases 1200] [--seeds 5]

A made-up history (51 categories, some common and some rare, each case with another place and other
phrases around) is filed; then texts are asked about that say the same things in other sentences.
Two ways of speaking are for tuning (learn one, ask the other), the other two are held out: both of
the first two are learnt, only the last two are asked. Compared with what was there before: a count
of pairs that stood mostly under one category, from the latest 600 cases.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.category_sentences import sentences
from desk.demo.street import COMMUNITIES, estates, seed_categories
from desk.rules.likeness import features
from desk.rules.search_text import canonical, tokens
from desk.rules.suggestions import Suggester, learnt

_SENTENCES = sentences()
_PLACES = [estate for name in COMMUNITIES for estate in estates(name)]
_BEFORE = (
    "",
    "您好，",
    "我是居民，",
    "多次反映，",
    "来电反映：",
    "家里老人说，",
    "请问，",
    "市民称",
)
_AFTER = (
    "",
    "请尽快处理。",
    "希望有人管一管。",
    "打了几次电话没用。",
    "盼回复。",
    "已经很久了，影响休息。",
    "要求给个说法。",
    "请社区来看看。",
)
Suggest = Callable[[str], Sequence[str]]
History = list[tuple[str, str]]


def _leaves() -> list[str]:
    plans = seed_categories(with_units=False)
    parents = {plan.parent for plan in plans}
    return [plan.name for plan in plans if plan.name not in parents]


def _text(draw: random.Random, category: str, way: int) -> str:
    where = f"{draw.choice(_PLACES)}{draw.randint(1, 28)}栋"
    said = _SENTENCES[category][way].format(w=where, n=draw.randint(2, 9))
    return f"{draw.choice(_BEFORE)}{said}，{draw.choice(_AFTER)}"


def _history(draw: random.Random, ways: Sequence[int], cases: int) -> History:
    names = list(_SENTENCES)
    draw.shuffle(names)
    weights = [1 / (1 + at) ** 0.7 for at in range(len(names))]
    drawn = draw.choices(names, weights, k=cases)
    return [(name, _text(draw, name, draw.choice(ways))) for name in drawn]


def _ours(history: History) -> Suggest:
    leaves = _leaves()
    number = {name: at for at, name in enumerate(leaves)}
    use = learnt((number[name], features(text, without=_PLACES)) for name, text in history)
    model = Suggester({at: (name,) for name, at in number.items()}, use, places=_PLACES)
    usual = [leaves[at] for at, _ in use.cases.most_common()]

    def suggest(text: str) -> Sequence[str]:
        found = [leaves[one.label] for one in model.suggest(text)[:3]]
        return (found + [name for name in usual if name not in found])[:3]

    return suggest


def _word_count(history: History) -> Suggest:
    """Return what was there before: a pair that stood mostly under one category counts."""
    leaves = _leaves()
    by_category: dict[str, Counter[str]] = {}
    cases: Counter[str] = Counter()
    for name, text in history[-600:]:
        cases[name] += 1
        by_category.setdefault(name, Counter()).update(_pairs(text))
    spread: Counter[str] = Counter()
    for counts in by_category.values():
        spread.update(counts)

    def score(name: str, text: str, pairs: frozenset[str]) -> float:
        named = 8 + len(name) if name in text else 3 * len(_pairs(name) & pairs)
        counts = by_category.get(name, Counter())
        shares = [(counts[pair], counts[pair] / spread[pair]) for pair in pairs if pair in counts]
        told = [share * min(n, 6) / 2 for n, share in shares if n >= 3 and share >= 0.5]
        return named + sum(told)

    def suggest(text: str) -> Sequence[str]:
        pairs = _pairs(text)
        scores = {name: score(name, text, pairs) for name in leaves}
        found = sorted((n for n in leaves if scores[n]), key=lambda name: -scores[name])[:3]
        usual = sorted(leaves, key=lambda name: -cases[name])
        return (found + [name for name in usual if name not in found])[:3]

    return suggest


def _pairs(text: str) -> frozenset[str]:
    return frozenset(pair for pair in tokens(canonical(text)) if len(pair) > 1)


def measure(
    make: Callable[[History], Suggest],
    *,
    ways: tuple[Sequence[int], Sequence[int]],
    cases: int,
    seeds: int,
) -> tuple[float, float, float]:
    """Return how often the category came first, among three, and the milliseconds a text took."""
    learn, ask = ways
    first = among = asked = 0
    spent = 0.0
    for seed in range(seeds):
        draw = random.Random(seed)
        suggest = make(_history(draw, learn, cases))
        for name in _SENTENCES:
            for way in ask:
                text = _text(draw, name, way)
                begun = time.perf_counter()
                found = suggest(text)
                spent += time.perf_counter() - begun
                asked += 1
                first += name == found[0]
                among += name in found
    return first / asked, among / asked, spent / asked * 1000


def main() -> None:
    """Print both halves for both ways of suggesting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1200)
    parser.add_argument("--seeds", type=int, default=5)
    asked = parser.parse_args()
    halves = {
        "tuning, learn 1 ask 2": ((0,), (1,)),
        "tuning, learn 2 ask 1": ((1,), (0,)),
        "held out, learn 1+2 ask 3+4": ((0, 1), (2, 3)),
    }
    for half, ways in halves.items():
        for name, make in (("word count", _word_count), ("word use", _ours)):
            top1, top3, ms = measure(make, ways=ways, cases=asked.cases, seeds=asked.seeds)
            print(f"{half:28} {name:10} first {top1:.3f}  among three {top3:.3f}  {ms:.1f} ms")


if __name__ == "__main__":
    main()
