"""A file of another platform comes in through the window: mapped once, mended, imported."""

from functools import partial

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from sqlalchemy import func, select

from desk.store.models import Case, Category
from desk.ui.admin_screen import AdminScreen
from desk.ui.moving_in.section import ImportSection
from tests.actions.work import LI, ZHOU
from tests.exchange.ledger_files import save_table

HEADER = ("信访件编号", "登记日期", "信访人", "手机", "所属社区", "概况信息", "大类", "经办")
ROWS = (
    ("XF2026100001", "2026-10-12 09:10", "陈桂芳", "13800000012", "榕东",
     "七栋楼道漏电，手背碰到扶手发麻。", "{category}", "甲"),
    ("XF2026100002", "十月十三", "吴建国", "13800000013", "榕冬",
     "楼道堆放杂物影响通行，希望尽快清理。", "{category}", "乙"),
)  # fmt: skip
FIXED = {"来源平台": "信访信息系统", "来源渠道": "信访平台", "紧急程度": "常态"}


@pytest.fixture
def part_of(qtbot, desk_of):
    kept = []

    def open_one(name):
        screen = AdminScreen(desk_of(name))
        for before in kept:
            before.hide()
        kept.append(screen)
        qtbot.addWidget(screen)
        screen.resize(1180, 660)
        screen.show()
        screen.activateWindow()
        if ImportSection.title not in screen.sections:
            return None
        screen.show_section(ImportSection.title)
        settled(qtbot, screen.section())
        return screen.section()

    return open_one


@pytest.fixture
def october(tmp_path, sqlite_hall):
    top = sqlite_hall.sign_in(ZHOU).read(_top_category)
    rows = [[str(cell).format(category=top) for cell in row] for row in ROWS]
    return save_table(tmp_path / "十月.xlsx", HEADER, rows)


def _top_category(reader):
    return reader.session.scalars(select(Category.name).where(Category.parent_id.is_(None))).first()


def settled(qtbot, part):
    qtbot.waitUntil(lambda: not part.desk.tasks.is_busy, timeout=20_000)


def cases(hall):
    return hall.sign_in(ZHOU).read(lambda r: r.session.scalar(select(func.count(Case.id))))


def opened(qtbot, part, path):
    part.open_file(path)
    settled(qtbot, part)
    qtbot.waitUntil(lambda: not part.desk.tasks.is_busy)


def mapped(qtbot, part, path):
    opened(qtbot, part, path)
    assert part.stack.currentWidget() is part.columns
    part.columns.source.set_text("信访信息系统")
    for name, value in FIXED.items():
        part.columns.fixed[name].set_text(value)
    part.columns.save.click()
    settled(qtbot, part)


def test_a_file_is_mapped_once_mended_row_by_row_and_imported(
    part_of, qtbot, sqlite_hall, october, tmp_path, monkeypatch
):
    part = part_of(ZHOU)
    opened(qtbot, part, october)
    page = part.columns
    assert {line.columns[0] for line in page.lines()} == {
        "外部编号", "受理时间", "诉求人", "联系电话", "社区", "诉求内容", "一级分类",
    }  # fmt: skip
    page.save.click()
    assert "哪个平台" in page.source.state().sentence
    assert "整份相同" in page.fixed["来源渠道"].state().sentence
    mapped(qtbot, part, october)

    rows = part.rows
    assert part.stack.currentWidget() is rows
    assert "将新增 1 件" in rows.head.text()
    assert cases(sqlite_hall) == 0
    assert rows.model.faulty == 1
    saved = tmp_path / "未导入.xlsx"
    monkeypatch.setattr(
        "desk.ui.moving_in.rows_work.choose_target",
        lambda _parent, _title, chosen, _kinds, **_name: chosen(saved),
    )
    for text in ("2026-10-13", "榕东"):
        rows.field.set_text(text)
        qtbot.keyClick(rows.field.edit, Qt.Key.Key_Return)
        settled(qtbot, part)
        if text == "2026-10-13":
            rows.keep.click()
            settled(qtbot, part)
    assert rows.model.faulty == 0
    header, left = list(load_workbook(saved).active.values)
    assert dict(zip(header, left, strict=True))["登记日期"] == "2026-10-13"

    qtbot.keyClick(rows.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, part)
    assert "新增 2 件" in rows.head.text()
    assert cases(sqlite_hall) == 2

    again = part_of(ZHOU)
    opened(qtbot, again, october)
    assert again.stack.currentWidget() is again.rows  # known by its header
    assert "相同跳过 1 件" in again.rows.head.text()


def test_what_was_corrected_is_there_after_the_program_ended(part_of, qtbot, sqlite_hall, october):
    part = part_of(ZHOU)
    mapped(qtbot, part, october)
    part.rows.field.set_text("2026-10-13")
    qtbot.keyClick(part.rows.field.edit, Qt.Key.Key_Return)
    settled(qtbot, part)

    other = part_of(ZHOU)
    other.begin.offer_draft("")
    other.arrive()
    assert "改过 1 格" in other.begin.go_on.text()
    other.begin.go_on.click()
    settled(qtbot, other)
    assert other.job.corrections == {(3, 1): "2026-10-13"}
    assert other.rows.model.faulty == 1


def test_a_file_that_cannot_be_read_says_why_and_no_unit_imports(part_of, qtbot, tmp_path):
    bad = tmp_path / "旧.xlsx"
    bad.write_bytes(b"nothing")
    part = part_of(ZHOU)
    opened(qtbot, part, bad)
    assert "不是完好的" in part.begin.note.text()
    assert part_of(LI) is None


def test_an_import_that_is_stopped_goes_on_from_there(part_of, qtbot, sqlite_hall, october):
    part = part_of(ZHOU)
    mapped(qtbot, part, october)
    part.rows.import_wanted.emit()
    part.rows.halt.click()
    settled(qtbot, part)
    assert cases(sqlite_hall) <= 1
    part.rows.import_wanted.emit()
    settled(qtbot, part)
    assert cases(sqlite_hall) == 1


def test_a_source_that_is_not_used_any_more_is_ended(part_of, qtbot, sqlite_hall, october):
    part = part_of(ZHOU)
    mapped(qtbot, part, october)
    assert [form.name for form in part._forms] == ["信访信息系统"]
    part.begin.end_wanted.emit(part._forms[0])
    settled(qtbot, part)
    qtbot.waitUntil(partial(lambda: not part._forms))
    opened(qtbot, part, october)
    assert part.stack.currentWidget() is part.columns
