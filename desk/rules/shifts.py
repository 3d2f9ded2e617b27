"""What of a case goes into other hands at a change of shift (交班), in words for its history."""

from collections.abc import Iterable
from enum import StrEnum

from desk.rules.codes import KeptKind
from desk.rules.wording import label


class Passed(StrEnum):
    """What somebody has of a case, besides the things that he keeps."""

    WORK = "work"  # 在办
    SUPPORT = "support"  # 协办
    CALL = "call"  # 答应的回电


_WORDS = {
    Passed.WORK: "此件的办理",
    Passed.SUPPORT: "此件的协办",
    Passed.CALL: "答应诉求人的回电",
}
_OTHER = "保管的物品"


def passed_in_words(what: Iterable[str]) -> str:
    """Return what of a case went over, as its history says it.

    Args:
        what: codes of `Passed`, and of the kinds of kept things.
    """
    return "转交：" + "、".join(_in_words(one) for one in what)


def _in_words(code: str) -> str:
    if code in set(Passed):
        return _WORDS[Passed(code)]
    kind = KeptKind(code)
    return _OTHER if kind is KeptKind.OTHER else f"保管的{label(kind)}"
