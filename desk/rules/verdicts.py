"""What an appellant said in one word (双是、非双是、双否), and the whole from its parts (逐项)."""

from collections import Counter
from collections.abc import Sequence

from desk.rules.codes import Resolution, Satisfaction, Verdict
from desk.rules.wording import label

CONTENT = frozenset({Satisfaction.SATISFIED, Satisfaction.FAIRLY})
AGREED = frozenset({Resolution.YES, Resolution.EXPLAINED})  # solved, or accepted as explained


def verdict_of(resolution: Resolution | None, satisfaction: Satisfaction | None) -> Verdict | None:
    """Return the verdict on a case (DOMAIN.md 4.2), or None where nobody has rated it.

    双是 is resolved and 满意 or 基本满意, 双否 is 未解决 and 不满意, 非双是 is what lies between.
    """
    if satisfaction is None or satisfaction is Satisfaction.NOT_RATED:
        return None
    if resolution in AGREED and satisfaction in CONTENT:
        return Verdict.DOUBLE_YES
    if resolution is Resolution.NO and satisfaction is Satisfaction.DISSATISFIED:
        return Verdict.DOUBLE_NO
    return Verdict.NOT_DOUBLE_YES


def whole_of(words: Sequence[Resolution]) -> Resolution:
    """Return what was said of a whole case from what was said of each of its matters.

    One matter speaks for itself; all agreed is 已解决 (已解释认可 where nothing else was said),
    none solved at all is 未解决, anything between is 部分解决.

    Raises:
        ValueError: there is no matter.
    """
    said = set(words)
    if not said:
        raise ValueError("a case has at least one matter")
    if len(said) == 1:
        return said.pop()
    return Resolution.YES if said <= AGREED else Resolution.PARTLY


def say_whole(words: Sequence[Resolution]) -> str:
    """Say why the whole is what it is (“3 个事项：2 个已解决、1 个未解决，合起来是部分解决。”)."""
    counts = Counter(words)
    parts = "、".join(f"{counts[one]} 个{label(one)}" for one in Resolution if counts[one])
    return f"{len(words)} 个事项：{parts}，合起来是{label(whole_of(words))}。"
