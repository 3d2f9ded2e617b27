"""What looks like one thing behind many cases (类案), by sums that anybody can check on paper.

Three signs (DOMAIN.md 002-25, 6.2): the same category at the same place within a window, a category
that rises against the weeks before, and a word that rises though its cases are filed under several
categories. People are counted, not cases: who comes three times is one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from desk.rules.errors import RuleBroken
from desk.rules.likeness import Features, said_as
from desk.rules.likeness_words import MEANING_OF
from desk.rules.search_text import canonical

WEEK = timedelta(days=7)
WINDOWS: tuple[tuple[int, int], ...] = ((7, 3), (30, 6))  # days, people (DOMAIN.md 6.2)
RISING: tuple[int, int] = (5, 4)  # people in a week, weeks before to compare with
_MOST_DAYS, _MOST_PEOPLE, _MOST_WEEKS = 90, 999, 12
_MOST_COMPARED = 40  # every two of them are held against each other
_FEWEST_WEEKS = 2
_STRAY, _STRAY_OF_WORDS = 2.0, 3.0  # of so many words one rises by chance sooner
_SAME_THING = 0.7  # of the cases: the sign says nothing that another has not said
_MOST_RISING, _MOST_WORDS = 5, 3
_LONGEST_WORD = 8
_PART = re.compile(r"^\s*(\d{1,3})\s*天\s*(\d{1,3})\s*户\s*$")
_RISE = re.compile(r"^\s*(\d{1,3})\s*户\s*[、,，]\s*(\d{1,2})\s*周\s*$")

Opposed = Callable[["Spotted", "Spotted"], bool]


@dataclass(frozen=True, slots=True)
class Spotted:
    """A case as far as signs are looked for.

    Attributes:
        who: a key of the appellant, the same for all his cases; never shown.
        words: what the text says (`likeness.features`), without names of places.
    """

    case: int
    at: datetime
    place: int | None
    category: int
    who: str
    text: str
    words: Features


@dataclass(frozen=True, slots=True)
class Sign:
    """What a proposal is about: a place with a category, a category, or a word."""

    place: int | None = None
    category: int | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cases that may be one thing, newest first, and the sum that says so.

    Attributes:
        opposite: cases that ask for the contrary: related, not counted on the same side.
        people: how many different people are behind the cases of the window.
        days: the window.
        before: how many came in the window before, or on average in the weeks before.
        categories: under how many categories the cases are filed.
    """

    sign: Sign
    cases: tuple[int, ...]
    opposite: tuple[int, ...]
    people: int
    days: int
    before: float
    categories: int = 1


def read_windows(text: str) -> list[list[int]]:
    """Return the windows that words stand for: “7 天 3 户、30 天 6 户”.

    Raises:
        RuleBroken: something else is written, or a number is out of bounds.
    """
    found = [_PART.match(part) for part in text.replace("，", "、").split("、")]
    pairs = [[int(one.group(1)), int(one.group(2))] for one in found if one is not None]
    if len(pairs) < len(found) or not all(
        1 <= days <= _MOST_DAYS and people > 1 for days, people in pairs
    ):
        raise RuleBroken(
            "请写成 7 天 3 户、30 天 6 户；天数从 1 到 90，户数至少 2。", field="value"
        )
    return sorted(pairs)


def show_windows(value: Iterable[Sequence[int]]) -> str:
    """Return windows in words."""
    return "、".join(f"{days} 天 {people} 户" for days, people in value)


def read_rise(text: str) -> list[int]:
    """Return what words stand for: “5 户、4 周”.

    Raises:
        RuleBroken: something else is written, or a number is out of bounds.
    """
    found = _RISE.match(text)
    people, weeks = (int(found.group(1)), int(found.group(2))) if found else (0, 0)
    if people < 2 or not 1 <= weeks <= _MOST_WEEKS:  # noqa: PLR2004 - one is no topic
        raise RuleBroken("请写成 5 户、4 周；户数至少 2，周数从 1 到 12。", field="value")
    return [people, weeks]


def show_rise(value: Sequence[int]) -> str:
    """Return it in words."""
    return f"{value[0]} 户、{value[1]} 周"


def rises(count: int, before: float, *, stray: float = _STRAY) -> bool:
    """Return whether a week's count stands out against the mean of the weeks before.

    Counts of rare things scatter by about their root: two roots above the mean is more than that.
    """
    return count > before + stray * sqrt(max(before, 1.0))


def clusters(
    spotted: Sequence[Spotted],
    now: datetime,
    windows: Sequence[Sequence[int]],
    *,
    opposed: Opposed,
    dismissed: Mapping[Sign, datetime],
) -> list[Cluster]:
    """Return places where many complain of the same, most people first.

    Args:
        spotted: cases back to twice the longest window.
        opposed: whether two cases ask for the contrary of each other.
        dismissed: what was set aside, and when; it comes back when as many people came anew.
    """
    cells: defaultdict[Sign, list[Spotted]] = defaultdict(list)
    for one in spotted:
        if one.place is not None:
            cells[Sign(one.place, one.category)].append(one)
    found = []
    for sign, members in cells.items():
        since = dismissed.get(sign)
        for days, least in windows:
            cluster = _in_window(sign, members, now, days, opposed)
            fresh = [c for c in members if c.case in cluster.cases and _is_after(c, since)]
            if _people(fresh) >= least:
                found.append(cluster)
                break
    return sorted(found, key=lambda one: (-one.people, one.days, -max(one.cases)))


def rising(
    spotted: Sequence[Spotted],
    now: datetime,
    rule: Sequence[int],
    *,
    dismissed: Mapping[Sign, datetime],
    told: Collection[Cluster] = (),
) -> list[Cluster]:
    """Return categories and words that rise this week, categories first.

    Args:
        spotted: cases of this week and of the weeks before that `rule` names.
        told: clusters found already; what only says the same again is left out.
    """
    least, wanted = rule
    recent = [one for one in spotted if now - WEEK < one.at <= now]
    weeks = _weeks_known(spotted, now, wanted)
    if weeks < _FEWEST_WEEKS:
        return []  # a hall that has just begun has nothing to compare with
    earlier = [one for one in spotted if now - WEEK * (weeks + 1) < one.at <= now - WEEK]
    # in a week in which everything came more often nothing stands out by that alone
    busy = max(1.0, len(recent) * weeks / max(len(earlier), 1))
    found: list[Cluster] = []
    for category, members in _by_category(recent).items():
        before = [one for one in earlier if one.category == category]
        one = _risen(Sign(category=category), members, before, weeks)
        is_many = _fresh(members, dismissed.get(one.sign)) >= least
        stands_out = rises(one.people, one.before * busy)
        if is_many and stands_out and not _says_again(one, told):
            found.append(one)
    found.sort(key=lambda one: (one.before - one.people, one.sign.category or 0))
    del found[_MOST_RISING:]
    words = _rising_words(recent, earlier, (least, weeks, busy), dismissed)
    return [*found, *[one for one in words if not _says_again(one, [*told, *found])]]


def has_word(one: Spotted, word: str) -> bool:
    """Return whether a case speaks of a word, in whichever of its ways."""
    return word in one.words or any(way in one.text for way in said_as(word))


def sides(members: Sequence[Spotted], opposed: Opposed) -> tuple[list[Spotted], list[Spotted]]:
    """Return the side that more people take, and those that ask for the contrary.

    What stands against nobody is counted with the larger side.
    """
    compared = members[:_MOST_COMPARED]
    against: dict[int, list[Spotted]] = {
        one.case: [two for two in compared if two is not one and opposed(one, two)]
        for one in compared
    }
    by_case = {one.case: one for one in compared}
    left: set[int] = set()
    smaller: set[int] = set()
    for one in compared:
        if one.case in left or not against[one.case]:
            continue
        halves: tuple[set[int], set[int]] = ({one.case}, set())
        queue = [(one.case, 0)]
        while queue:
            case, side = queue.pop()
            for other in against[case]:
                if other.case not in halves[0] | halves[1]:
                    halves[1 - side].add(other.case)
                    queue.append((other.case, 1 - side))
        left |= halves[0] | halves[1]
        smaller |= min(halves, key=lambda half: (_people([by_case[c] for c in half]), -max(half)))
    main = [one for one in members if one.case not in smaller]
    return main, [one for one in members if one.case in smaller]


def reason_words(one: Cluster, place: str, about: str, *, weeks: int = RISING[1]) -> str:
    """Say why it is proposed: “书院小区 7 天内 5 户反映社会生活噪声，上周 1 件”."""
    if one.sign.place is not None:
        earlier = "上周" if one.days == WEEK.days else f"再往前 {one.days} 天"
        said = f"{place} {one.days} 天内 {one.people} 户反映{about}，{earlier} {one.before:.0f} 件"
    else:
        verb = (
            f"“{about}”本周 {one.people} 户提到"
            if one.sign.word
            else f"{about}本周 {one.people} 户"
        )
        said = f"{verb}，前 {weeks} 周平均每周 {one.before:.1f} 户"
        said += f"，分在 {one.categories} 个类别" if one.sign.word else ""
    against = len(one.opposite)
    return f"{said}；另有 {against} 件要求相反，不算在内" if against else said


def _in_window(
    sign: Sign, members: Sequence[Spotted], now: datetime, days: int, opposed: Opposed
) -> Cluster:
    window = timedelta(days=days)
    inside = sorted(
        (one for one in members if now - window < one.at <= now),
        key=lambda one: (one.at, one.case),
        reverse=True,
    )
    before = sum(1 for one in members if now - 2 * window < one.at <= now - window)
    main, opposite = sides(inside, opposed)
    return Cluster(
        sign,
        tuple(one.case for one in main),
        tuple(one.case for one in opposite),
        _people(main),
        days,
        float(before),
    )


def _risen(
    sign: Sign, members: Sequence[Spotted], before: Sequence[Spotted], weeks: int
) -> Cluster:
    newest = sorted(members, key=lambda one: (one.at, one.case), reverse=True)
    return Cluster(
        sign,
        tuple(one.case for one in newest),
        (),
        _people(members),
        WEEK.days,
        _people(before) / weeks,
        len({one.category for one in members}),
    )


def _rising_words(
    recent: Sequence[Spotted],
    earlier: Sequence[Spotted],
    rule: tuple[int, int, float],
    dismissed: Mapping[Sign, datetime],
) -> list[Cluster]:
    """Return words that rise and are filed under several categories, the strongest first."""
    least, weeks, busy = rule
    now_by_pair, before_by_pair = _by_word(recent), _by_word(earlier)
    strong = []
    for pair, members in now_by_pair.items():
        before = before_by_pair.get(pair, [])
        shares = Counter(one.category for one in members).most_common(1)[0][1] / len(members)
        is_one_category = shares >= _SAME_THING
        count, mean = _people(members), _people(before) / weeks
        if (
            count >= least
            and not is_one_category
            and rises(count, mean * busy, stray=_STRAY_OF_WORDS)
        ):
            strong.append((mean - count, pair))
    found: list[Cluster] = []
    for _, pair in sorted(strong):
        members = now_by_pair[pair]
        sign = Sign(word=_whole_word(pair, [one.text for one in members]))
        one = _risen(sign, members, before_by_pair.get(pair, []), weeks)
        is_many = _fresh(members, dismissed.get(sign)) >= least
        if is_many and not _says_again(one, found):
            found.append(one)
    return found[:_MOST_WORDS]


def _whole_word(pair: str, texts: Sequence[str]) -> str:
    """Return the longest piece around a pair that nearly all of the texts have: “早市占道”."""
    if pair in MEANING_OF:
        return pair
    lines = [canonical(text) for text in texts]
    word = pair
    while len(word) < _LONGEST_WORD:
        longer: Counter[str] = Counter()
        for line in lines:
            pieces = set()
            for at in (match.start() for match in re.finditer(re.escape(word), line)):
                if at > 0 and line[at - 1] != "\n":
                    pieces.add(line[at - 1] + word)
                after = line[at + len(word) : at + len(word) + 1]
                if after and after != "\n":
                    pieces.add(word + after)
            longer.update(pieces)
        best = longer.most_common(1)
        if not best or best[0][1] < _SAME_THING * len(lines):
            break
        word = best[0][0]
    return word


def _by_word(spotted: Iterable[Spotted]) -> dict[str, list[Spotted]]:
    found: defaultdict[str, list[Spotted]] = defaultdict(list)
    for one in spotted:
        for word in one.words:
            found[word].append(one)
    return found


def _weeks_known(spotted: Sequence[Spotted], now: datetime, most: int) -> int:
    """Return how many whole weeks before this one are known, at most so many."""
    first = min((one.at for one in spotted), default=now)
    return min(most, max(0, (now - first) // WEEK - 1))


def _by_category(spotted: Iterable[Spotted]) -> dict[int, list[Spotted]]:
    found: defaultdict[int, list[Spotted]] = defaultdict(list)
    for one in spotted:
        found[one.category].append(one)
    return found


def _says_again(one: Cluster, told: Iterable[Cluster]) -> bool:
    known = {case for other in told for case in (*other.cases, *other.opposite)}
    same = sum(1 for case in one.cases if case in known)
    return same >= _SAME_THING * len(one.cases)


def _people(spotted: Iterable[Spotted]) -> int:
    return len({one.who for one in spotted})


def _fresh(members: Iterable[Spotted], since: datetime | None) -> int:
    return _people(one for one in members if _is_after(one, since))


def _is_after(one: Spotted, since: datetime | None) -> bool:
    return since is None or one.at > since
