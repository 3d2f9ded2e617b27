"""A ledger goes out of the administration page: masked, in full, or after a second word."""

from datetime import date

import pytest
from openpyxl import load_workbook

from desk.actions.administration import SetSetting
from desk.actions.ledger_export import ON_BOARD, AskExport, DecideExport
from desk.actions.platform_forms import SetPlatformForm
from desk.ui.admin.export_section import (
    CONTENT,
    FIRST,
    FORM,
    FULL,
    LAST,
    NOTE,
    REASON,
    ExportSection,
)
from desk.ui.admin_screen import AdminScreen
from tests.actions.work import LI, Work


@pytest.fixture
def part_of(qtbot, desk_of):
    """Open the part for somebody, as the page shows it to him."""

    kept = []

    def open_one(name):
        screen = AdminScreen(desk_of(name))
        kept.append(screen)
        qtbot.addWidget(screen)
        screen.resize(1200, 700)
        screen.show()
        screen.show_section(ExportSection.title)
        settled(qtbot, screen.section())
        return screen.section()

    return open_one


def settled(qtbot, part):
    qtbot.waitUntil(lambda: not part.desk.tasks.is_busy, timeout=20_000)


def fill(part, **more):
    part.begin()
    days = {FIRST: "2026-11-01", LAST: "2026-11-30", REASON: "半年总结"}
    part.form.set_values(part.form.values() | days | more)
    part.form.changed.emit()


def test_it_goes_out_masked_unless_one_asks_for_it_in_full(
    part_of, qtbot, sqlite_hall, tmp_path, monkeypatch
):
    work = Work(sqlite_hall, sqlite_hall.clock)
    work.register(LI)
    part = part_of("周航")
    told = []
    part.desk.tasks.said.connect(told.append)
    for content, name in (({}, "陈**"), ({CONTENT: FULL}, "陈桂芳")):
        fill(part, **content)
        settled(qtbot, part)
        assert part.export.isVisible()
        target = tmp_path / f"{name}.xlsx"
        monkeypatch.setattr(
            "desk.ui.admin.export_section.choose_target",
            lambda _parent, _title, chosen, _kinds, to=target, **_name: chosen(to),
        )
        part.export.click()
        settled(qtbot, part)
        qtbot.waitUntil(target.exists)
        header, row = list(load_workbook(target)["诉求台账"].values)[:2]
        assert dict(zip(header, row, strict=True))["诉求人"] == name
    assert "已导出 1 件" in told[-1]


def test_an_export_that_was_stopped_leaves_no_file_and_no_line(
    part_of, qtbot, sqlite_hall, tmp_path, monkeypatch
):
    Work(sqlite_hall, sqlite_hall.clock).register(LI)
    part = part_of("周航")
    fill(part)
    settled(qtbot, part)
    target = tmp_path / "a.xlsx"
    monkeypatch.setattr(
        "desk.ui.admin.export_section.choose_target",
        lambda _parent, _title, chosen, _kinds, **_name: chosen(target),
    )
    part.export.click()
    assert not part.export.isEnabled()
    part.under_way.stop.click()
    settled(qtbot, part)

    assert part.lines.note.text() == "已停下，什么也没有导出。"
    assert part.export.isEnabled()
    assert not target.exists()


def test_many_rows_wait_for_a_second_word(part_of, qtbot, sqlite_hall):
    work = Work(sqlite_hall, sqlite_hall.clock)
    work.register(LI)
    none_alone = {"key": "export_alone_rows", "value": 0}
    work.desk("许诺").carry_out(SetSetting(**sqlite_hall.by("许诺"), **none_alone))
    part = part_of("周航")
    fill(part)
    settled(qtbot, part)
    assert "要另一位有导出权限的人批准" in part.lines.note.text()
    part.ask.click()
    settled(qtbot, part)

    other = part_of("郑伟")
    assert other.grant.isVisible()
    assert other.form.values()[REASON] == "半年总结"
    other.refuse.click()
    settled(qtbot, other)
    assert other.word.field(NOTE).isVisible()
    other.grant.click()
    settled(qtbot, other)

    part.arrive()
    settled(qtbot, part)
    part.lines.choose(next(iter(part._asked)))
    assert part.export.isVisible()
    assert "可以导出一次" in part.lines.note.text()


def test_what_was_approved_for_a_board_goes_out_from_the_board(part_of, qtbot, sqlite_hall):
    work = Work(sqlite_hall, sqlite_hall.clock)
    days = {"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 2)}
    narrowed = "全街道的超期件；检索“电梯”"
    facts = {"kind": ON_BOARD, "reason": "周会用", "rows": 501, "narrowed_to": narrowed} | days
    asked = work.ask("周航", AskExport, **facts).made["export_request"]
    other = part_of("郑伟")
    assert f"看板筛选：{narrowed}。" in other.lines.note.text()
    assert "最多 501 件" in other.lines.note.text()
    work.ask("郑伟", DecideExport, export_request=asked, is_granted=True)
    part = part_of("周航")
    part.lines.choose(asked)
    assert "请到看板照样筛选" in part.lines.note.text()
    assert not part.export.isVisible()


def test_what_is_missing_is_said_beside_its_field(part_of, qtbot):
    part = part_of("周航")
    fill(part, **{FIRST: "六月"})
    part.export.click()
    assert part.wanted() is None
    fill(part, **{REASON: ""})
    part.export.click()
    assert part.wanted() is None


def test_who_may_not_export_finds_no_such_part(qtbot, desk_of):
    screen = AdminScreen(desk_of("孟瑶"))
    qtbot.addWidget(screen)
    assert ExportSection.title not in screen.sections


def test_it_goes_out_in_the_columns_of_another_platform(
    part_of, qtbot, sqlite_hall, tmp_path, monkeypatch
):
    work = Work(sqlite_hall, sqlite_hall.clock)
    work.register(LI)
    form = {"is_import": False, "kind": "诉求台账", "lines": ("反映人 = 诉求人",)}
    work.ask("周航", SetPlatformForm, name="信访信息系统", **form)
    part = part_of("周航")
    fill(part, **{FORM: "信访信息系统"})
    settled(qtbot, part)
    target = tmp_path / "信访.xlsx"
    monkeypatch.setattr(
        "desk.ui.admin.export_section.choose_target",
        lambda _parent, _title, chosen, _kinds, **_name: chosen(target),
    )
    part.export.click()
    settled(qtbot, part)
    header, row = list(load_workbook(target)["信访信息系统"].values)[:2]
    assert (header[0], row[0]) == ("反映人", "陈**")
