"""The page of figures: from a period to its figures, from a figure to its cases, and along."""

from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.early_actions import FindingFacts, RecordFindings
from desk.rules.early_action_codes import DiscoverWay
from desk.store.models import Event, Paper
from desk.ui.keys import GlobalKey, StatisticsKey
from desk.ui.statistics.period import usual_period
from desk.ui.statistics_screen import StatisticsScreen
from tests.actions.mediations import Mediations
from tests.actions.whistling import Whistling
from tests.actions.work import Work
from tests.ui.before_page import BeforePage
from tests.ui.small_screen import cut

K = Qt.Key


class AtFigures(BeforePage):
    """Somebody before the figures."""

    def __init__(self, qtbot, desk, life):
        self.opened = []
        page = StatisticsScreen(desk)
        page.case_wanted.connect(self.opened.append)
        super().__init__(qtbot, desk, life, page)

    def press(self, *keys):
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.page, key)
            self.rest()

    def go_to(self, words):
        """Put the keyboard on a large figure and go from there by the arrows."""
        tiles = self.page.figures.tiles
        tiles.take_focus()
        names = [tile.tile.words for tile in tiles.tiles]
        self.press(*[K.Key_Right] * names.index(words))

    def value(self, words):
        tiles = self.page.figures.tiles.tiles
        return next(tile.tile.value for tile in tiles if tile.tile.words == words)

    def view(self, words):
        self.page.choose_view(self.page.views().index(words))
        self.rest()

    def heading(self):
        return self.page.list._card.head._text.text()


@pytest.fixture
def lay(life):
    return Mediations(life.hall, life.hall.clock).lay


@pytest.fixture
def two(life):
    """A case that was sent back as 双否, and a fresh one."""
    back = life.at("follow_up", summary="楼道漏电没有修好")
    life.sent_back(back)
    return back, life.register(summary="路灯不亮", name="曾国强", phone="13800000031")


@pytest.fixture
def fresh(life):
    """Two cases that have just come."""
    return life.register(), life.register(summary="路灯不亮")


def mediation_figures(page):
    return dict(words.rsplit(" ", 1) for words in page.mediation.figures.texts())


def test_from_a_figure_enter_leads_to_its_cases_and_esc_back_to_the_figure(
    qtbot, life, desk_of, two
):
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    assert (at.value("受理"), at.value("双否"), at.value("满意率")) == ("2", "1", "0.00%")

    at.go_to("双否")
    at.press(K.Key_Return)
    assert [case.id for case in at.page.list.table.cases] == [two[0]]
    assert at.page.list.table.hasFocus()
    at.press(K.Key_Return)
    assert at.opened == [two[0]]

    at.page.arrive()  # back from the case
    at.rest()
    assert at.page.list.table.current_case().id == two[0]
    at.press(K.Key_Escape)
    assert QApplication.focusWidget().tile.words == "双否"


def test_of_a_rate_the_cases_that_pull_it_down_come_first_and_a_digit_shows_the_others(
    qtbot, life, desk_of, two
):
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    at.go_to("响应率")
    at.press(K.Key_Return)

    chips = at.page.list.chips.chips()
    assert [chip.text() for chip in chips] == ["未响应", "已响应", "计入分母"]
    assert at.page.list.count() == 0
    at.press(K.Key_2)
    assert [case.id for case in at.page.list.table.cases] == [two[0]]
    assert at.heading().endswith("：已响应")


def test_a_cell_of_the_table_leads_to_the_cases_of_its_unit_and_kinds_have_no_ranks(
    qtbot, life, desk_of, two
):
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    table = at.page.figures.table
    heads = [table.horizontalHeaderItem(n).text() for n in range(table.columnCount())]
    names = [table.item(n, heads.index("单位")).text() for n in range(table.rowCount())]
    assert (names[0], heads[0]) == ("合计", "名次")

    table.setFocus()
    table.setCurrentCell(names.index("城建办"), heads.index("受理"))
    at.press(K.Key_Return)
    assert at.heading().endswith("，城建办：受理")
    assert [case.id for case in at.page.list.table.cases] == [two[0]]

    at.press(K.Key_Escape)
    at.page.grouping.chips()[3].click()
    at.rest()
    assert table.horizontalHeaderItem(0).text() == "类别"


def test_periods_are_chosen_by_a_digit_and_the_newest_choice_wins(qtbot, life, desk_of, fresh):
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    for key in (K.Key_4, K.Key_2, K.Key_1, K.Key_2):  # faster than anything is read
        qtbot.keyClick(QApplication.focusWidget(), key)
    at.rest()

    assert at.value("受理") == "0"
    assert at.page.figures.page.compared.period.last < date(2026, 11, 1)
    at.press(K.Key_3)
    assert at.value("受理") == "2"


def test_a_unit_sees_its_own_figures_and_no_ranks(qtbot, life, desk_of, two):
    at = AtFigures(qtbot, desk_of("赵强"), life)

    assert at.page.views() == ("数据", "图表", "主动治理")
    assert at.value("受理") == "1"
    assert at.page.figures.table.horizontalHeaderItem(0).text() == "单位"
    assert "只统计您能查看的件" in at.page.figures._note.text()


def test_a_chart_leads_to_its_numbers_and_these_to_their_cases(qtbot, life, desk_of, fresh):
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    at.view("图表")
    at.page.charts.take_focus()
    qtbot.waitUntil(lambda: at.page.charts.picture.image() is not None)
    shown = at.page.charts.picture.image()
    assert len({shown.pixel(x, y) for x in range(0, 900, 7) for y in range(0, 300, 7)}) > 2

    at.press(K.Key_3)
    assert "已回访" in at.page.charts.picture.accessibleDescription()
    at.press(K.Key_Return)
    numbers = at.page.charts.numbers
    assert numbers.hasFocus()
    numbers.setCurrentCell(0, 1)
    at.press(K.Key_Return)
    assert len(at.page.list.table.cases) == 2
    at.press(K.Key_Escape)
    assert numbers.hasFocus()
    numbers.setCurrentCell(0, 2)
    at.press(K.Key_Return)
    assert at.said[-1].startswith("这个数没有单独的件清单")
    at.press(K.Key_Escape)
    assert at.page.charts.picture.hasFocus()


def test_the_cases_print_without_a_name(qtbot, life, desk_of, two, pdf_queue):
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    at.go_to("受理")
    at.press(K.Key_Return)

    at.page.bar.press("打印清单")
    at.rest()

    with Session(life.hall.engine) as session:
        paper = session.scalars(select(Paper).where(Paper.code == "figure-list")).one()
    assert [line["subject"] for line in paper.row["lines"]] == ["路灯不亮", "楼道漏电没有修好"]
    assert "曾国强" not in str(paper.row)
    assert len(pdf_queue.papers(1)) == 1


def test_the_cases_go_out_masked_counted_and_with_a_reason(
    qtbot, life, desk_of, two, tmp_path, monkeypatch
):
    monkeypatch.setattr(
        "desk.ui.board.board_export.choose_target",
        lambda _parent, _title, chosen, _kinds, **_name: chosen(tmp_path / "清单.xlsx"),
    )
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    at.go_to("受理")
    at.press(K.Key_Return)

    def export():
        at.page.bar.press("导出所列")
        at.page.list.ask.line.setText("周会用")
        at.page.list.ask.button.click()
        at.rest()

    export()
    text = str(list(load_workbook(tmp_path / "清单.xlsx").worksheets[0].values))
    assert "曾**" in text
    assert "曾国强" not in text
    with Session(life.hall.engine) as session:
        titles = session.scalars(select(Event.title)).all()
    assert "导出统计所列诉求 2 件（遮盖）" in titles

    work = Work(life.hall, life.hall.clock)
    work.ask("许诺", SetSetting, key="export_alone_rows", value=1)
    export()
    assert "今天一个人还能导出 0 件" in at.page.list.ask.hint.text()


def test_figures_and_charts_are_kept_as_workbook_picture_and_pdf(
    qtbot, life, desk_of, fresh, tmp_path, monkeypatch
):
    monkeypatch.setattr(
        "desk.ui.statistics.saving.choose_target",
        lambda _parent, _title, chosen, _kinds, *, name: chosen(tmp_path / name),
    )
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    at.page.bar.press("存为表格")
    at.rest()
    [book] = tmp_path.glob("*.xlsx")
    rows = list(load_workbook(book).worksheets[0].values)
    assert rows[0][:2] == ("单位", "受理")
    assert rows[1][:2] == ("合计", 2)

    at.view("图表")
    for words in ("存为图片", "存为 PDF", "存为表格"):
        at.page.bar.press(words)
        at.rest()
    picture = QImage(str(tmp_path / "每天受理的件.png"))
    assert picture.width() == 2400
    assert (tmp_path / "每天受理的件.pdf").read_bytes().startswith(b"%PDF")
    assert load_workbook(tmp_path / "每天受理的件.xlsx").worksheets[0]["B3"].value == 2
    assert at.said[-1] == "已存为“每天受理的件.xlsx”。"


def test_the_sheet_for_a_meeting_comes_out_of_the_printer(qtbot, life, desk_of, fresh, pdf_queue):
    at = AtFigures(qtbot, desk_of("郑伟"), life)

    at.page.bar.press("打印统计表")
    at.rest()

    assert any("按单位统计 已送到" in said for said in at.said)
    assert len(pdf_queue.papers(1)) == 1


def test_columns_are_changed_by_a_key_and_names_stay_beside_those_that_move(
    qtbot, life, desk_of, two
):
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    table = at.page.figures.table

    def heads():
        return [table.horizontalHeaderItem(n).text() for n in range(table.columnCount())]

    def turn():
        qtbot.keyClick(at.page, K.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)

    assert "满意率" in heads()
    assert "办理按时" not in heads()
    assert "看时限" in at.page.bar.labels()
    turn()
    assert heads()[:3] == ["名次", "单位", "受理"]
    assert "按时签收率" in heads()
    turn()
    assert "见面率" in heads()
    assert "看全部列" in at.page.bar.labels()
    turn()
    assert len(heads()) > 20

    table.setFocus()
    table.setCurrentCell(1, 0)
    frozen = table.frozen
    assert not frozen.isVisibleTo(table)
    at.press(*[K.Key_Right] * 20)
    assert frozen.isVisibleTo(table)
    assert [n for n in range(len(heads())) if not frozen.isColumnHidden(n)] == [0, 1]
    at.press(*[K.Key_Left] * 12)
    left = table.visualRect(table.currentIndex()).left()
    assert table.currentColumn() == 8
    assert left >= frozen.width_of_columns() or table.horizontalScrollBar().value() == 0
    at.press(K.Key_Home)
    assert table.currentColumn() == 0


def test_all_of_it_is_reached_by_keys(qtbot, life, desk_of, fresh):
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    keys = [item.key for item in at.page.bar._items]
    assert keys == [GlobalKey.PRINT, StatisticsKey.SAVE_TABLE, StatisticsKey.COLUMNS]

    qtbot.keyClick(at.page, K.Key_U, Qt.KeyboardModifier.ControlModifier)
    at.rest()
    assert at.page.views()[at.page.chosen_view()] == "图表"
    stops = set()
    for _ in range(12):
        qtbot.keyClick(at.page, K.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        here = QApplication.focusWidget()
        stops |= {
            name
            for name in ("period", "grouping", "charts", "bar")
            if getattr(at.page, name).isAncestorOf(here)
        }
    assert stops == {"period", "grouping", "charts", "bar"}


def test_nothing_is_cut_on_the_smallest_screen(qtbot, life, desk_of, fresh):
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    at.page.resize(855, 394)
    for words in at.page.views():
        at.view(words)
        qtbot.waitUntil(lambda: cut(at.page) == [])
    at.press(K.Key_5)
    qtbot.waitUntil(lambda: cut(at.page) == [])


def test_a_leader_reads_the_mediations_of_a_month_and_of_another_by_a_digit(
    qtbot, life, desk_of, lay
):
    lay()
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    at.view("人民调解")
    at.page.period.chips.setFocus()

    assert mediation_figures(at.page)["受理"] == "1"
    assert mediation_figures(at.page)["成功率"] == "—"
    assert at.page.mediation.bars["by_kind"].accessibleDescription() == "物业 1 件 100.00%"
    at.press(K.Key_2)
    assert mediation_figures(at.page)["受理"] == "0"
    assert at.page.mediation.bars["by_kind"].accessibleDescription() == "没有"
    at.press(K.Key_4)
    assert mediation_figures(at.page)["受理"] == "1"


def test_whoever_only_mediates_reads_of_mediations_and_types_a_period_of_his_own(
    qtbot, life, desk_of, lay
):
    lay()
    at = AtFigures(qtbot, desk_of("孟瑶"), life)
    assert at.page.views() == ("人民调解",)
    at.press(K.Key_5)
    at.page.period.first.set_text("不知道")
    at.page.period.first.check_now()
    assert at.page.period.period() is None
    today = life.hall.clock().date()
    for field in (at.page.period.first, at.page.period.last):
        field.set_text(f"{today:%Y-%m-%d}")
        field.check_now()
    at.rest()
    assert at.page.period.period() == (today, today)
    assert mediation_figures(at.page)["受理"] == "1"


def test_of_mediations_is_printed_what_is_shown(qtbot, life, desk_of, lay, pdf_queue):
    lay()
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    at.view("人民调解")

    at.page.bar.press("打印统计表")
    at.rest()

    assert any("打印人民调解统计表" in said for said in at.said)
    with Session(life.hall.engine) as session:
        paper = session.scalars(select(Paper).where(Paper.code == "mediation-statistics")).one()
    assert paper.row["lines"][0]["count"] == "1"
    assert len(pdf_queue.papers(1)) == 1


def test_the_usual_periods_end_today_or_with_the_last_month():
    today = date(2026, 6, 9)

    assert usual_period("month", today) == (date(2026, 6, 1), today)
    assert usual_period("last", today) == (date(2026, 5, 1), date(2026, 5, 31))
    assert usual_period("quarter", today) == (date(2026, 4, 1), today)
    assert usual_period("year", today) == (date(2026, 1, 1), today)


def test_whistles_and_findings_are_counted_and_printed_on_one_sheet(
    qtbot, life, desk_of, pdf_queue
):
    work = Work(life.hall, life.hall.clock)
    Whistling(work).filed()
    found = FindingFacts(
        situation="楼道堆了纸箱",
        category=work.hall.category("楼道漏电"),
        community=work.unit("榕东社区"),
        unit=work.unit("城建办"),
        way=DiscoverWay.PATROL,
        found_at=work.clock(),
    )
    work.ask("陈静", RecordFindings, findings=(found,))
    at = AtFigures(qtbot, desk_of("郑伟"), life)
    at.view("主动治理")

    assert at.page.ahead.whistles.texts() == [
        "吹哨 1", "响应率 100.00%", "按时报到率 100.00%", "化解率 100.00%"
    ]  # fmt: skip
    assert at.page.ahead.findings.texts()[:2] == ["发现 1", "化解率 0.00%"]
    units = at.page.ahead.bars["被吹哨单位"].accessibleDescription()
    assert units == "城建办 1 次 按时 100.00%，执法队 1 次 按时 100.00%"
    assert not at.page.grouping.isVisibleTo(at.page)

    at.page.bar.press("打印统计表")
    at.rest()
    assert len(pdf_queue.papers(1)) == 1
    lines = at.page.ahead.sheet("").lines
    assert lines[:2] == [
        ("吹哨合计", "1", "化解 100.00%"), ("未诉先办合计", "1", "化解 0.00%")
    ]  # fmt: skip
    assert ("发现方式　巡查", "1", "化解 0.00%") in lines
    assert ("发现社区　榕东", "1", "化解 0.00%") in lines
