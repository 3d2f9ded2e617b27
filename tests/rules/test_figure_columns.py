"""What stands on the page of figures, and to which cases each figure leads."""

from datetime import date

from desk.rules.codes import Resolution, Satisfaction
from desk.rules.compared_figures import ComparedFigure
from desk.rules.figure_columns import (
    COLUMNS,
    MAIN,
    ON_TIME,
    RATES,
    SCORE,
    ColumnSet,
    figure_table,
    say_beside,
    say_changed,
    say_means,
)
from desk.rules.measures import Measure
from desk.rules.rate_groups import GroupBy
from desk.rules.rates_report import figures_of, rates_report, report_of
from desk.rules.report_rows import Beside
from desk.rules.three_rates import RatedCase

DAY = date(2026, 10, 5)


def rated(unit, resolution=Resolution.YES, satisfaction=Satisfaction.SATISFIED, **more):
    return RatedCase(
        received_on=DAY,
        units=(unit,),
        was_contacted=True,
        resolution=resolution,
        satisfaction=satisfaction,
        **more,
    )


def report(*cases, by=GroupBy.UNIT):
    return rates_report(cases, first=date(2026, 10, 1), last=date(2026, 10, 31), by=by)


GOOD, BAD = rated("城建办"), rated("执法队", Resolution.NO, Satisfaction.DISSATISFIED)


def cell(table, head, key):
    at = table.heads.index(head)
    return next(row.cells[at] for row in table.rows if row.key == key)


def test_the_total_stands_first_and_each_cell_knows_its_cases():
    table = figure_table(report(GOOD, BAD), GroupBy.UNIT, with_ranks=True)

    assert [row.key for row in table.rows] == [None, "城建办", "执法队"]
    assert cell(table, "解决率", None).words == "50.00%"
    assert cell(table, "解决率", None).measures[0] is Measure.NOT_RESOLVED
    assert cell(table, "双否", "执法队").value == 1
    assert cell(table, "单位", "城建办").measures == (Measure.RECEIVED,)
    assert "剔除前得分" not in table.heads


def test_ranks_show_ties_and_arrows():
    rows = report(GOOD, rated("榕东"), BAD)
    ranked = rows["rows"][0] | {"arrow": "↑"}
    table = figure_table(
        {**rows, "rows": [ranked, *rows["rows"][1:]]}, GroupBy.UNIT, with_ranks=True
    )

    ranks = [row.cells[0].words for row in table.rows]

    assert ranks == ["", "1 并列 ↑", "1 并列", "3"]


def test_a_unit_without_ratings_has_no_rank_and_the_rate_is_a_dash():
    unrated = rated("南塘", resolution=None, satisfaction=None)
    table = figure_table(report(GOOD, unrated), GroupBy.UNIT, with_ranks=True)

    assert cell(table, "名次", "南塘").words == "—"
    assert cell(table, "名次", "南塘").measures == ()
    assert cell(table, "满意率", "南塘").words == "—"


def test_there_is_no_rank_of_kinds_nor_for_whoever_sees_only_his_own():
    by_kind = report(rated("城建办", category="物业"), by=GroupBy.CATEGORY)

    assert figure_table(by_kind, GroupBy.CATEGORY, with_ranks=True).heads[0] == "类别"
    assert figure_table(report(GOOD), GroupBy.UNIT, with_ranks=False).heads[0] == "单位"


def test_what_was_there_before_exclusions_stands_beside_where_there_were_any():
    now, without = report(GOOD), report(GOOD, BAD)
    table = figure_table(now, GroupBy.UNIT, with_ranks=True, without=without)

    assert cell(table, "剔除前得分", None).words == without["total"]["score"]
    assert cell(table, "剔除前得分", "城建办").value == 100.0
    assert cell(table, "剔除前得分", None).measures == (Measure.EXCLUDED,)
    said = say_changed(now, without, 1, 0)
    assert said.startswith("剔除 1 件，前后对比：响应率 100.00% → 100.00%，解决率 50.00% → 100.00%")
    assert say_changed(now, without, 1, 2).startswith("剔除 1 件、改评 2 件，")
    assert say_changed(now, now, 0, 2).startswith("改评 2 件，")
    assert say_changed(now, now, 0, 0) == ""


def test_points_stand_in_the_table_only_where_there_are_any():
    assert "扣分" not in figure_table(report(GOOD), GroupBy.UNIT, with_ranks=True).heads
    table = figure_table(report(GOOD, BAD), GroupBy.UNIT, with_ranks=True)

    assert cell(table, "扣分", "执法队").words != "0.00"
    assert cell(table, "扣分", None).words == "—"
    assert "加减分" not in table.heads


def test_the_means_are_told_and_those_of_months_where_there_are_several():
    cases, days = [GOOD, BAD], {"first": date(2026, 9, 1), "last": date(2026, 10, 31)}
    several = rates_report(cases, **days)
    people = report_of(figures_of(cases), **days, beside=Beside(population=20_000))

    assert say_means(report(*cases)) == "日均 0.06 件。"
    assert say_means(several) == (
        "日均 0.03 件，月均 1.00 件，月均口径：响应率 100.00%、解决率 50.00%、满意率 50.00%。"
    )
    assert "万人诉求比 1.00，" in say_means(people)


def test_a_share_says_of_how_many_it_is_and_a_count_says_nothing():
    total = report(GOOD, BAD)["total"]

    assert RATES[1].parts(total) == "1/2 件"
    assert MAIN[4].parts(total) == ""
    assert SCORE.parts(total) == ""
    assert ON_TIME[0].shown(total) == "—"


def test_every_figure_is_found_where_periods_are_compared():
    assert [column.name for column in RATES] == [
        "response_rate",
        "resolution_rate",
        "satisfaction_rate",
    ]
    assert ON_TIME[3].name == "on_time_handle"
    assert MAIN[7].name == "double_no"
    up = ComparedFigure("received", "受理", 12, 10, 0)
    gone = ComparedFigure("received", "受理", 12, None, 24)
    assert say_beside(up) == ("环比 ↑ +20.00%", "同比 —")
    assert say_beside(gone) == ("环比 —", "同比 -50.00%")
    new = ComparedFigure("double_no", "双否", 3, 0, 0)
    assert say_beside(new) == ("环比 —", "同比 —")
    assert say_beside(None) == ()


def test_the_table_goes_into_a_workbook_as_numbers():
    table = figure_table(report(GOOD), GroupBy.UNIT, with_ranks=True).table("十月")

    assert table.title == "十月"
    assert table.rows[1][:4] == (1, "城建办", 1, 1)
    assert table.rows[1][table.heads.index("满意率（%）")] == 100.0


def test_a_sheet_has_fewer_columns_than_the_screen():
    table = figure_table(report(GOOD), GroupBy.UNIT, with_ranks=True)
    sheet = table.on_paper()

    assert set(table.heads) - set(sheet.heads) == {
        "按时签收率",
        "见面率",
        "退回率",
        "重办率",
        "未诉先办占比",
        "重复件",
    }
    assert [cell(sheet, head, None) for head in sheet.heads] == [
        cell(table, head, None) for head in sheet.heads
    ]


def test_every_column_reads_a_row_as_it_reads_the_total():
    figures = figures_of([GOOD, BAD])
    whole = report_of(
        figures, first=date(2026, 10, 1), last=date(2026, 10, 31), beside=Beside(decimals=1)
    )

    for column in COLUMNS:
        assert column.shown(whole["total"])
        assert column.shown(whole["rows"][0])
    assert RATES[0].shown(whole["total"]) == "100.0%"


def test_each_set_of_columns_keeps_place_and_name_and_together_they_are_all():
    table = figure_table(report(GOOD, BAD), GroupBy.UNIT, with_ranks=True)
    sets = {one: set(table.only(one).heads) for one in ColumnSet}

    assert sets[ColumnSet.ALL] == set(table.heads)
    assert {"名次", "单位", "受理"} <= set.intersection(*sets.values())
    few = (ColumnSet.RATES, ColumnSet.LIMITS, ColumnSet.COURSE)
    assert set.union(*(sets[one] for one in few)) == set(table.heads)
    assert "满意率" in sets[ColumnSet.RATES]
    assert "按时签收率" in sets[ColumnSet.LIMITS]
    assert cell(table.only(ColumnSet.LIMITS), "办理按时", None).measures == (
        cell(table, "办理按时", None).measures
    )
