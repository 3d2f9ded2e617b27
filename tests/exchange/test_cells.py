from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from openpyxl.utils.datetime import MAC_EPOCH

from desk.exchange import cells
from desk.exchange.cells import Cell
from desk.rules.codes import Channel, HandlingResult, Resolution, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.moments import SHANGHAI

NINE_FIVE = datetime(2026, 8, 3, 9, 5, tzinfo=SHANGHAI)
WALL = NINE_FIVE.replace(tzinfo=None)  # as a spreadsheet has it
MIDNIGHT = datetime(2026, 8, 3, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "value",
    [
        "2026-08-03 09:05",
        "2026/8/3 9:05",
        "2026.8.3 9:05",
        "2026-08-03T09:05",
        "2026-08-03 09:05:00",
        "2026年8月3日 9:05",
        "2026年8月3日9时5分",
        "2026年8月3日 上午9:05",
        "2026/8/3 9:05 AM",
        "\uff12\uff10\uff12\uff16-08-03\u300009\uff1a05",
        " 2026-08-03 09:05 ",
        WALL,
        WALL - timedelta(microseconds=100),
    ],
)
def test_every_usual_way_to_write_a_moment_is_understood(value):
    assert cells.moment(Cell(value)) == NINE_FIVE


@pytest.mark.parametrize("value", ["2026年8月3日", "2026-8-3", date(2026, 8, 3), 46237, "46237"])
def test_a_day_without_a_time_means_its_first_moment(value):
    assert cells.moment(Cell(value)) == MIDNIGHT


def test_a_bare_number_is_read_as_the_spreadsheet_counts_days():
    assert cells.moment(Cell(46237.5)) == MIDNIGHT + timedelta(hours=12)
    assert cells.moment(Cell(46237.5 - 1462, epoch=MAC_EPOCH)) == MIDNIGHT + timedelta(hours=12)


def test_a_day_is_read_whatever_its_hour():
    assert cells.day(Cell("2026-08-03 23:59")) == date(2026, 8, 3)
    assert cells.day(Cell("2026年8月3日 上午12:30")) == date(2026, 8, 3)
    assert cells.day(Cell("")) is None


def test_an_afternoon_hour_and_the_end_of_a_day_are_understood():
    assert cells.moment(Cell("2026-08-03 下午 3:05")) == NINE_FIVE + timedelta(hours=6)
    assert cells.moment(Cell("2026-08-03 24:00")) == MIDNIGHT + timedelta(days=1)


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-30",
        "2026-13-01 08:00",
        "2026-08-03 25:10",
        "2026-08-03 24:01",
        "2026-08-03 09:61",
        "0000-00-00",
        "1899-12-30",
        "2126-01-01",
        "上周三",
        "2026-08",
        "20260803",
        "#VALUE!",
        True,
        0.5,
        -1,
        99999999,
        float("inf"),
        float("nan"),
        time(9, 5),
        timedelta(hours=9),
    ],
)
def test_an_impossible_moment_is_refused_with_a_sentence(value):
    with pytest.raises(RuleBroken, match=r"[。是核对]"):
        cells.moment(Cell(value))


@pytest.mark.parametrize("value", [None, "", "  ", "-", "—", "/", "无"])
def test_a_dash_or_nothing_at_all_is_a_blank(value):
    assert cells.moment(Cell(value)) is None
    assert cells.yes_no(Cell(value)) is None
    assert cells.code(Channel, Cell(value)) is None


def test_yes_and_no_are_read_in_every_form_of_the_agreement():
    assert [cells.yes_no(Cell(v)) for v in ("是", "已", 1, "1", "1", True)] == [True] * 6
    assert [cells.yes_no(Cell(v)) for v in ("否", "未", 0, "0", 0.0, False)] == [False] * 6
    with pytest.raises(RuleBroken, match="是”或“否"):
        cells.yes_no(Cell("大概"))


def test_codes_are_named_by_label_or_by_the_word_of_another_platform():
    assert cells.code(Channel, Cell("12345热线")) is Channel.HOTLINE
    assert cells.code(Channel, Cell(12345)) is Channel.HOTLINE
    assert cells.code(HandlingResult, Cell(" 已解释 ")) is HandlingResult.EXPLAINED
    with pytest.raises(RuleBroken, match="可填"):
        cells.code(Channel, Cell("飞鸽传书"))


def test_a_resolution_may_be_a_bare_yes_or_no():
    def read(value):
        return cells.code_or_yes_no(Resolution, Cell(value), yes=Resolution.YES, no=Resolution.NO)

    assert [read(v) for v in ("是", "解决", "已解决", "已", 1)] == [Resolution.YES] * 5
    assert [read(v) for v in ("否", "未解决", "未", 0)] == [Resolution.NO] * 4
    assert [read(v) for v in ("部分", "部分解决")] == [Resolution.PARTLY] * 2
    with pytest.raises(RuleBroken):
        read("不好说")


def test_a_rating_that_nobody_gave_is_no_rating():
    found = cells.code_or_yes_no(
        Satisfaction,
        Cell(None),
        yes=Satisfaction.SATISFIED,
        no=Satisfaction.DISSATISFIED,
    )
    assert found is None


def test_a_list_is_split_at_either_semicolon_and_names_each_entry_once():
    written = Cell("南塘社区;榕东社区\uff1b;南塘社区\uff1b ")
    assert cells.several(written) == ("南塘社区", "榕东社区")
    assert cells.several(Cell(None)) == ()


def test_an_amount_is_read_with_its_separators():
    assert cells.number(Cell("12,800.50元")) == Decimal("12800.50")
    assert cells.number(Cell("3500")) == Decimal(3500)
    assert cells.number(Cell(None)) is None
    for value in ("三千", "NaN", "1e999x"):
        with pytest.raises(RuleBroken):
            cells.number(Cell(value))


def test_a_telephone_number_is_made_uniform_and_the_change_is_said():
    cell = Cell("+86 138-0000-0033")
    assert cells.phone(cell) == "13800000033"
    assert cell.notes == ["“+86 138-0000-0033”已整理为“13800000033”"]

    assert cells.phone(Cell("０１３８００００００１２")) == "13800000012"
    assert cells.phone(Cell(13800000012)) == "13800000012"
    assert cells.phone(Cell(13800000012.0)) == "13800000012"


def test_two_telephone_numbers_in_one_cell_are_both_kept():
    assert cells.phone(Cell("13800000012、13800000013")) == "13800000012/13800000013"


def test_an_account_in_the_place_of_a_number_is_kept_and_pointed_at():
    cell = Cell("wx-青榕居民")
    assert cells.phone(cell) == "wx-青榕居民"
    assert cell.notes


def test_hidden_characters_leave_a_name_and_that_is_said():
    cell = Cell("张三丰\u200b")
    assert cells.name(cell) == "张三丰"
    assert cell.notes == ["去掉了看不见的字符"]


@pytest.mark.parametrize("name", ["王𬭎", "陈𫖯", "刘𣗋", "䶮晓东", "买买提·吐尔逊", "𠮷田"])
def test_rare_characters_of_names_stay_exactly_as_they_are(name):
    cell = Cell(name)
    assert cells.name(cell) == name
    assert cell.notes == []


def test_markup_and_formulas_are_text_like_any_other():
    for text in (
        '=HYPERLINK("http://x","看")',
        '<b>标题</b> & "引号"',
        "+1",
        "@SUM(A1)",
        "100%_\\",
    ):
        assert cells.body(Cell(text)) == text


def test_an_oversize_text_is_refused_and_never_cut():
    assert len(cells.body(Cell("字" * 20_000))) == 20_000
    with pytest.raises(RuleBroken, match="20000"):
        cells.body(Cell("字" * 20_001))
    with pytest.raises(RuleBroken, match="最多 60 字"):
        cells.line(Cell("街" * 61), limit=60)


def test_a_long_number_that_a_spreadsheet_has_rounded_is_refused():
    assert cells.identifier(Cell(202600000001), limit=60) == "202600000001"
    assert cells.identifier(Cell("LW2026 0803\u3000001"), limit=60) == "LW20260803001"
    with pytest.raises(RuleBroken, match="文本"):
        cells.identifier(Cell(4.40301199901e17), limit=60)


def test_a_unit_may_leave_off_its_suffix_but_not_borrow_another():
    assert cells.short_forms("榕东社区") == ("榕东社区", "榕东")
    assert cells.short_forms("城建办") == ("城建办", "城建")
    assert cells.short_forms("综合行政执法队") == ("综合行政执法队", "综合行政执法")
    assert cells.short_forms("民办") == ("民办",)
    assert "榕东街道" not in cells.short_forms("榕东社区")
