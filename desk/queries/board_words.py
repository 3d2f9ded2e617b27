"""What a board is narrowed to (筛选条件), in words: for whoever approves what goes out of it."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from desk.queries.case_board import BoardFilter, Tag, Whose
from desk.rules.codes import CaseStatus
from desk.rules.identity import mask_within
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Category
from desk.store.unit_names import unit_name

TAGS: Mapping[Tag, str] = MappingProxyType(
    {
        Tag.EARLY_ACTION: "未诉先办",
        Tag.COMPLEX: "情况复杂",
        Tag.REPEAT: "重复件",
        Tag.AGAIN: "二次办理",
        Tag.RETURNED: "退回过",
        Tag.NATIONAL: "国满件",
        Tag.SUPERVISED: "督办件",
    }
)
_WHOSE: Mapping[Whose, str] = MappingProxyType(
    {Whose.MINE: "申请人本人的", Whose.UNIT: "申请人本单位的", Whose.ALL: "全街道的"}
)


def board_words(reader: Reader, wanted: BoardFilter) -> str:
    """Return every part of a board's filter, with the numbers in its search words masked."""
    parts = [f"{_WHOSE[wanted.whose]}{_which(wanted)}", *_where(reader, wanted), *_marked(wanted)]
    if wanted.words.strip():
        parts.append(f"检索“{mask_within(wanted.words.strip())}”")
    return "；".join(parts)


def _which(wanted: BoardFilter) -> str:
    if wanted.only_overdue:
        return "超期件"
    if wanted.only_due_soon:
        return "将到期件"
    if wanted.only_today:
        return "今日新收的在办件"
    return "已办结待归档件" if wanted.statuses == {CaseStatus.CLOSED} else "在办件"


def _where(reader: Reader, wanted: BoardFilter) -> Iterator[str]:
    today = day_of(reader.now)
    if wanted.urgency is not None:
        yield f"级别：{label(wanted.urgency)}"
    if wanted.community is not None:
        yield f"社区：{unit_name(reader.session, wanted.community, today)}"
    if wanted.category is not None:
        found = reader.session.get(Category, wanted.category)
        yield f"类别：{found.name if found else '（已停用）'}"
    if wanted.lead_unit is not None:
        yield f"承办：{unit_name(reader.session, wanted.lead_unit, today)}"


def _marked(wanted: BoardFilter) -> Iterator[str]:
    if wanted.with_tag is not None:
        yield f"标签：{TAGS[wanted.with_tag]}"
    if wanted.without_tag is not None:
        yield f"不含：{TAGS[wanted.without_tag]}"
