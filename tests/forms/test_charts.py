"""Charts on paper: every label and every number can be read, in the papers' own letters."""

from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pypdfium2 as pdfium
import pytest

from desk.forms.chart_trend import axis_of
from desk.forms.charts import ChartLook, chart_pdf, draw_chart, wanted_height
from desk.forms.figures_sheet import SheetFigures, figures_pdf
from desk.forms.fonts import font_set
from desk.forms.sheet import Sheet
from desk.rules.charts import Bar, BarsChart, FunnelChart, GridChart, Series, TrendChart
from tests.forms.reading import text_of

MONTHS = tuple(f"{n} 月" for n in range(1, 13))
RATES = tuple(Decimal(90) + n for n in range(-2, 8))
CHARTS = (
    TrendChart(
        "每月受理的件",
        MONTHS,
        (Series("受理", tuple(range(0, 1200, 100))), Series("非双是", tuple(range(12)))),
    ),
    TrendChart(
        "近 12 个月三率",
        MONTHS,
        (
            Series("响应率", (*RATES, None, Decimal("99.5"))),
            Series("解决率", (None, *RATES, Decimal("99.4"))),
            Series("满意率", (None,) * 12),
        ),
        unit="%",
        places=2,
        as_lines=True,
    ),
    FunnelChart("从受理到回访", (("受理", 320), ("已联系", 310), ("已答复", 260), ("已回访", 0))),
    GridChart(
        "哪个社区、什么事",
        ("榕东社区", "南塘社区"),
        ("城市管理和综合执法", "物业"),
        ((128, 3), (0, 12)),
        "社区",
    ),
    BarsChart(
        "各单位得分",
        (
            Bar("城建办", Decimal("98.5"), "满意率 97.32%", before=Decimal("96.1")),
            Bar("一个名字非常非常长的单位，长得一行写不下", Decimal(88), before=Decimal(88)),
            Bar("没有评价的单位", None),
        ),
        value_name="得分",
        unit="分",
        places=2,
        before_name="剔除前",
    ),
)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_a_chart_bears_its_title_its_labels_and_its_numbers(chart):
    size = (520.0, wanted_height(chart, 520))
    pdf = chart_pdf(chart, size, ChartLook(note="2026 年，何平 统计"))

    printed = text_of(pdf)

    assert chart.title in printed
    assert "2026 年，何平 统计" in printed
    assert pdf == chart_pdf(chart, size, ChartLook(note="2026 年，何平 统计"))
    assert b"Times" not in pdf
    assert b"Helvetica" not in pdf
    document = pdfium.PdfDocument(pdf)
    assert document[0].get_size() == pytest.approx(size)


def test_each_kind_of_chart_says_its_numbers():
    said = {chart.title: text_of(chart_pdf(chart, (640, 400))) for chart in CHARTS}

    assert "1100" in said["每月受理的件"]
    assert "非双是" in said["每月受理的件"]
    assert "响应率 99.50" in said["近 12 个月三率"]
    assert "纵轴从 " in said["近 12 个月三率"]
    assert "310 件　96.88%" in said["从受理到回访"]
    assert "合计" in said["哪个社区、什么事"]
    assert "128" in said["哪个社区、什么事"]
    assert "98.50 分　满意率 97.32%" in said["各单位得分"]
    assert "剔除前" in said["各单位得分"]
    assert "…" in said["各单位得分"]


@pytest.mark.parametrize(
    "chart",
    [
        TrendChart("空", ("1",), (Series("受理", (0,)),)),
        FunnelChart("空", (("受理", 0),)),
        GridChart("空", (), (), ()),
        BarsChart("空", ()),
    ],
)
def test_where_there_is_nothing_the_chart_says_so(chart):
    assert "这段时间没有。" in text_of(chart_pdf(chart, (300, 200)))


def test_a_chart_stands_on_a_page_among_other_things():
    sheet = Sheet(font_set(), "图")
    sheet.text("上面的话", 80, 700, "song", 12)
    sheet.picture(draw_chart(CHARTS[0], (400, 250)), 80, 400)
    sheet.end_page()

    printed = text_of(sheet.finish())

    assert "上面的话" in printed
    assert "每月受理的件" in printed


def test_bars_begin_at_nought_and_close_lines_need_not():
    high = [Fraction(n) for n in (91, 99)]

    assert axis_of(high, from_zero=True, whole=True).low == 0
    assert list(axis_of(high, from_zero=False, whole=True).steps()) == [90, 92, 94, 96, 98, 100]
    assert axis_of([], from_zero=True, whole=True).high == 1
    assert axis_of([Fraction(7)], from_zero=True, whole=True).step == 2
    assert axis_of([Fraction(1, 10)], from_zero=True, whole=False).step == Fraction(2, 100)


def test_the_sheet_of_figures_goes_on_over_pages_with_its_heads():
    heads = ("名次", "单位", "受理", "满意率", "办理按时")
    lines = [("", "合计", "320", "97.32%", "—")]
    lines += [(str(n), f"第 {n} 个单位", "8", "100.00%", "98.00%") for n in range(1, 41)]
    sheet = SheetFigures(
        "2026 年 10 月按单位统计",
        "青榕街道办事处",
        [("响应率", "97.32%", "312/320 件　环比 ↑ +1.00%　同比 —")] * 8,
        heads,
        lines,
        ("口径：国家口径。",),
        names=1,
    )

    pdf = figures_pdf(sheet)

    assert len(pdfium.PdfDocument(BytesIO(pdf))) == 2
    printed = text_of(pdf)
    assert printed.count("满意率") == 2
    assert "第 40 个单位" in printed
    assert "口径：国家口径。" in printed
