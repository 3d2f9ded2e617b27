"""How forms of other platforms are written down and read back."""

import pytest

from desk.rules.errors import RuleBroken
from desk.rules.platform_forms import (
    MOST_LINES,
    as_written,
    copy_lines,
    fixed_values,
    import_lines,
)


def test_what_is_written_reads_back_as_it_was():
    written = "A=B 栏 = 诉求内容、处理意见\n姓名 = 诉求人"
    assert as_written(copy_lines(written.splitlines())) == written
    assert [line.columns for line in import_lines(["编号＝外部编号", " "])] == [("外部编号",)]
    assert fixed_values(["来源平台 = a=b"]) == {"来源平台": "a=b"}


@pytest.mark.parametrize(
    ("read", "lines", "said"),
    [
        (copy_lines, [], "至少写一行"),
        (copy_lines, ["姓名"], "看不懂"),
        (copy_lines, ["姓名 ="], "看不懂"),
        (copy_lines, ["姓" * 61 + " = 诉求人"], "最多 60 字"),
        (copy_lines, ["姓名 = 诉求人"] * (MOST_LINES + 1), "最多 60 行"),
        (copy_lines, ["姓名 = 身高"], "没有“身高”"),
        (import_lines, ["甲 = 外部编号", "乙 = 外部编号"], "只留一列"),
        (import_lines, ["甲 = 外部编号、诉求人"], "只对应一栏"),
        (fixed_values, ["来源平台"], "请写成"),
        (fixed_values, ["= 甲"], "请写成"),
        (fixed_values, ["来源平台 = "], "请写成"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_how_to_write_it(read, lines, said):
    with pytest.raises(RuleBroken, match=said):
        read(lines)
