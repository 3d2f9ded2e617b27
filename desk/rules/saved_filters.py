"""Filters of the boards that somebody has given a name (常用筛选): what one may hold."""

from collections.abc import Mapping
from enum import StrEnum

from desk.rules.errors import RuleBroken


class BoardKind(StrEnum):
    """On which board a filter is offered."""

    CASES = "cases"  # 看板


# what can be chosen on the boards; `words` is the text by which the rows are narrowed
PARTS = frozenset(
    "whose scope urgency community category lead_unit tag leaves_tag_out words".split()  # noqa: SIM905 - a table
)
LONGEST_NAME = 40
MOST_OWN = 30  # more are not found again by anybody


def require_filter(name: str, chosen: Mapping[str, str], own: int) -> None:
    """Refuse a filter without a name or content, or one too many.

    Args:
        own: how many the person has already.

    Raises:
        RuleBroken: with the sentence that says what to do.
    """
    if not name.strip():
        raise RuleBroken("请给这个筛选起个名字，下次好认。", field="name")
    if not chosen:
        raise RuleBroken("现在没有任何筛选条件，先选好条件再存。", field="chosen")
    if unknown := sorted(set(chosen) - PARTS):
        raise RuleBroken(f"有看板不认识的条件：{'、'.join(unknown)}。", field="chosen")
    if own >= MOST_OWN:
        raise RuleBroken(f"常用筛选最多存 {MOST_OWN} 个，请先删掉不用的再存。", field="name")
