"""What charts show, said as tables and in words."""

from decimal import Decimal

from desk.rules.charts import (
    Bar,
    BarsChart,
    FunnelChart,
    GridChart,
    Series,
    TrendChart,
    say_chart,
    say_number,
)


def test_a_trend_is_a_table_with_a_column_for_each_line_and_gaps_stay_empty():
    chart = TrendChart(
        "近三个月三率",
        ("9 月", "10 月", "11 月"),
        (Series("响应率", (Decimal("97.325"), None, 100)), Series("满意率", (90, 91, None))),
        unit="%",
        places=2,
        as_lines=True,
    )

    table = chart.table()

    assert table.heads == ("时间", "响应率（%）", "满意率（%）")
    assert table.rows[0] == ("9 月", 97.33, 90.0)
    assert table.rows[1] == ("10 月", None, 91.0)
    assert "10 月，响应率（%） —，满意率（%） 91.0" in say_chart(chart)


def test_a_trend_of_nothing_but_zeros_is_empty():
    zeros = TrendChart("每天", ("1", "2"), (Series("受理", (0, 0)),))

    assert zeros.is_empty
    assert say_chart(zeros) == "这段时间没有。"
    assert not TrendChart("每天", ("1",), (Series("受理", (1,)),)).is_empty


def test_a_funnel_says_each_stage_as_a_share_of_the_first():
    chart = FunnelChart("环节", (("受理", 80), ("已答复", 60), ("已回访", 1)))

    assert chart.table().rows == (
        ("受理", 80, "100.00"),
        ("已答复", 60, "75.00"),
        ("已回访", 1, "1.25"),
    )
    assert FunnelChart("环节", (("受理", 0),)).is_empty
    assert FunnelChart("环节", (("受理", 0),)).share(0) == "—"


def test_a_grid_has_sums_at_the_end_of_each_row_and_column():
    chart = GridChart("社区与类别", ("榕东", "南塘"), ("物业", "噪声"), ((3, 1), (0, 2)), "社区")

    table = chart.table()

    assert table.heads == ("社区", "物业", "噪声", "合计")
    assert table.rows == (("榕东", 3, 1, 4), ("南塘", 0, 2, 2), ("合计", 3, 3, 6))
    assert chart.most == 3
    assert not chart.is_empty


def test_a_grid_without_rows_or_without_sums_is_a_table_all_the_same():
    nothing = GridChart("空", (), ("物业",), ())
    plain = GridChart("素", ("榕东",), ("物业",), ((0,),), with_totals=False)

    assert nothing.table().rows == (("合计", 0, 0),)
    assert (nothing.is_empty, nothing.most) == (True, 0)
    assert plain.table().rows == (("榕东", 0),)


def test_bars_say_what_there_was_before_only_where_there_was_something():
    plain = BarsChart("受理", (Bar("城建办", 12, "30%"), Bar("执法队", None)))
    both = BarsChart(
        "得分",
        (Bar("城建办", Decimal("98.5"), before=Decimal("97.1")),),
        value_name="得分",
        unit="分",
        places=1,
        before_name="剔除前",
    )

    assert plain.table().heads == ("名称", "数量（件）", "说明")
    assert plain.table().rows == (("城建办", 12, "30%"), ("执法队", None, ""))
    assert both.table().heads == ("名称", "得分（分）", "剔除前（分）", "说明")
    assert both.table().rows == (("城建办", 98.5, 97.1, ""),)
    assert say_chart(plain) == "城建办，数量（件） 12，说明 30%；执法队，数量（件） —"
    assert BarsChart("空", (Bar("城建办", None),)).is_empty


def test_numbers_are_rounded_half_up_and_nothing_is_a_dash():
    assert say_number(Decimal("2.345"), 2) == "2.35"
    assert say_number(12) == "12"
    assert say_number(None) == "—"
