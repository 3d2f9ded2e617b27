"""The charts of a period: every number in them is counted again from the cases it leads to."""

from datetime import date

import pytest

from desk.queries.figure_cases import figure_count
from desk.queries.statistics_charts import statistics_charts
from desk.queries.statistics_page import statistics_page
from desk.rules.charts import GridChart, TrendChart
from desk.rules.codes import CaseStatus, Channel
from desk.rules.measures import Measure
from desk.rules.rate_groups import GroupBy
from tests.actions.conftest import shared_hall  # noqa: F401 - a fixture
from tests.actions.work import ZHAO, ZHENG, Work

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture(scope="module")
def work(shared_hall):  # noqa: F811
    shared_hall.clock.set("2026-11-02 09:00")
    work = Work(shared_hall, shared_hall.clock)
    work.to(CaseStatus.CLOSED, community=work.unit("榕东社区"))
    work.to(CaseStatus.HANDLING, community=work.unit("南塘社区"), supports=("综合行政执法队",))
    work.clock.set("2026-11-07 20:30")
    work.register(channel=Channel.VISIT, category=work.hall.category("占道经营"))
    return work


def charts(work, who, first=FIRST, last=LAST, by=GroupBy.UNIT):
    desk = work.desk(who)
    found = desk.read(lambda reader: statistics_charts(reader, first, last, by))
    return {one.name: one for one in found}


def test_every_number_of_every_chart_is_that_of_its_cases(work):
    desk = work.desk(ZHENG)
    checked = 0
    found = charts(work, ZHENG) | charts(work, ZHENG, by=GroupBy.CATEGORY)
    assert {"单位受理", "类别受理"} <= set(found)
    for one in found.values():
        rows = one.chart.table().rows
        assert len(rows) == len(one.figures)
        for row, figures in zip(rows, one.figures, strict=True):
            assert len(figures) == len(row) - 1
            for cell, figure in zip(row[1:], figures, strict=True):
                if figure is not None and isinstance(cell, int):
                    count = desk.read(lambda reader, f=figure: figure_count(reader, f))
                    assert count == cell, (one.name, row[0], figure)
                    checked += 1
    assert checked > 60


def test_each_chart_shows_what_there_was(work):
    found = charts(work, ZHENG)

    trend = found["走势"].chart
    assert isinstance(trend, TrendChart)
    assert trend.series[0].values[:8] == (0, 2, 0, 0, 0, 0, 1, 0)
    assert found["环节"].chart.stages[0] == ("受理", 3)
    hours = found["时段"].chart
    assert isinstance(hours, GridChart)
    assert hours.columns[-1] == "20 时"
    assert hours.counts[5][-1] == 1
    assert found["社区与类别"].chart.rows[0] in {"榕东", "南塘", "未注明"}
    assert found["单位受理"].chart.bars[0].name == "城建办"
    assert found["单位得分"].chart.bars[0].value == 100


def test_a_year_is_shown_by_months_and_rates_by_the_months_before(work):
    found = charts(work, ZHENG, first=date(2026, 1, 1))

    assert found["走势"].chart.labels[-2:] == ("10 月", "11 月")
    assert found["走势"].chart.series[0].values[-1] == 3
    assert found["三率"].chart.labels[0] == "12 月"
    assert found["三率"].figures[-1][0].measure is Measure.NOT_RESPONDED
    assert found["三率"].figures[-1][0].last == LAST


def test_whoever_does_not_oversee_reads_his_own_figures(work):
    def read(who):
        return work.desk(who).read(lambda r: statistics_page(r, FIRST, LAST, GroupBy.UNIT))

    whole, own = read(ZHENG), read(ZHAO)

    assert (whole.is_whole, own.is_whole) == (True, False)
    assert whole.compared.report["total"]["received"] == 3
    assert own.compared.report["total"]["received"] == 2
    assert own.office
