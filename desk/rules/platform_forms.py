"""How forms of other platforms are written down (平台格式): “their heading = our columns”.

One line says under which heading the other platform has what our ledger has under its own
columns. The same words serve both ways: to read a file of that platform (导入), and to copy a
case into it (回填).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from desk.rules.errors import RuleBroken

MOST_LINES = 60
LONGEST_NAME = 40
LONGEST_HEADING = 60

# What a case can be copied out by: the columns of 诉求台账, and the field of its row.
COPIED: Mapping[str, str] = MappingProxyType(
    {
        "外部编号": "outside_number",
        "来源平台": "platform",
        "来源渠道": "channel",
        "来源级别": "source_level",
        "标题": "title",
        "诉求人": "appellant",
        "联系电话": "phone",
        "地址": "address",
        "社区": "community",
        "网格": "grid",
        "一级分类": "category",
        "二级分类": "subcategory",
        "诉求目的": "purpose",
        "诉求内容": "details",
        "紧急程度": "urgency",
        "是否疑难": "is_complex",
        "受理时间": "received_at",
        "首问人": "first_responder",
        "首办部门": "first_unit",
        "分拨时间": "dispatched_at",
        "主办单位": "lead_unit",
        "协办单位": "support_units",
        "签收时间": "accepted_at",
        "联系时间": "contacted_at",
        "核实时间": "verified_at",
        "办结时间": "handled_at",
        "办理结果": "handling_result",
        "处理意见": "opinion",
        "意见书时间": "opinion_at",
        "回访时间": "followed_up_at",
        "回访方式": "followup_way",
        "是否联系": "was_contacted",
        "是否解决": "resolution",
        "是否满意": "satisfaction",
        "不满意原因": "discontent",
        "标签": "tags",
        "备注": "note",
    }
)
SEPARATORS: Mapping[str, str] = MappingProxyType(
    {"分号": "；", "逗号": "，", "空格": " ", "斜线": "/", "另起一行": "\n", "不隔开": ""}
)
_BETWEEN = "、"


@dataclass(frozen=True, slots=True)
class FormLine:
    """One heading of theirs with the columns of ours that stand behind it."""

    heading: str
    columns: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the line as it is written."""
        return f"{self.heading} = {_BETWEEN.join(self.columns)}"


def read_line(text: str) -> FormLine:
    """Return the line that was written.

    Raises:
        RuleBroken: there is nothing on one side of the “=”.
    """
    heading, _, columns = text.replace("＝", "=").rpartition("=")
    names = tuple(name.strip() for name in columns.split(_BETWEEN) if name.strip())
    if not heading.strip() or not names:
        raise RuleBroken(
            f"“{text.strip()}”看不懂，请写成“对方栏目 = 本厅栏目”，例如“反映内容 = 诉求内容”。",
            field="lines",
        )
    if len(heading.strip()) > LONGEST_HEADING:
        raise RuleBroken(f"对方栏目最多 {LONGEST_HEADING} 字，请写短些。", field="lines")
    return FormLine(heading.strip(), names)


def copy_lines(texts: Iterable[str]) -> tuple[FormLine, ...]:
    """Return the lines of a form into which cases are copied (回填).

    Raises:
        RuleBroken: none or too many, one that cannot be read, or a column that we do not have.
    """
    lines = _all(texts)
    for line in lines:
        for name in line.columns:
            if name not in COPIED:
                raise RuleBroken(
                    f"本厅没有“{name}”这一栏，可以用：{_BETWEEN.join(COPIED)}。", field="lines"
                )
    return lines


def import_lines(texts: Iterable[str]) -> tuple[FormLine, ...]:
    """Return the lines of a form that is read into a ledger (导入).

    Raises:
        RuleBroken: none or too many, one that cannot be read, or two for the same column.
    """
    lines = _all(texts)
    taken: set[str] = set()
    for line in lines:
        if len(line.columns) != 1:
            raise RuleBroken(f"“{line.heading}”请只对应一栏。", field="lines")
        if line.columns[0] in taken:
            raise RuleBroken(
                f"有两列都对应“{line.columns[0]}”，请只留一列，其余选“不导入”。", field="lines"
            )
        taken.add(line.columns[0])
    return lines


def fixed_values(texts: Iterable[str]) -> Mapping[str, str]:
    """Return what holds for every row of an import, by our column.

    Raises:
        RuleBroken: one cannot be read.
    """
    found = {}
    for text in texts:
        column, mark, value = text.partition("=")
        if not column.strip() or not mark or not value.strip():
            raise RuleBroken("整份相同的内容请写成“本厅栏目 = 内容”。", field="fixed")
        found[column.strip()] = value.strip()
    return found


def as_written(lines: Sequence[FormLine]) -> str:
    """Return lines as a clerk edits them, one below the other."""
    return "\n".join(line.words for line in lines)


def _all(texts: Iterable[str]) -> tuple[FormLine, ...]:
    lines = tuple(read_line(text) for text in texts if text.strip())
    if not lines:
        raise RuleBroken("请至少写一行“对方栏目 = 本厅栏目”。", field="lines")
    if len(lines) > MOST_LINES:
        raise RuleBroken(f"最多 {MOST_LINES} 行，现在 {len(lines)} 行，请删去几行。", field="lines")
    return lines
