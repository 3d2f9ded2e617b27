from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from desk.actions.intake import Appellant, RegisterCase
from desk.actions.set_aside import MergeCase
from desk.exchange.export_ledger import WantedLedger, export_ledger, take_out
from desk.exchange.import_ledger import import_ledger
from desk.exchange.ledgers import read_ledger
from desk.exchange.workbook import read_sheet
from desk.rules.codes import CaseStatus, Channel, Exit, Purpose, Role
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.models import Case, Category, Event, Staff, UnitVersion
from tests.exchange.case_facts import count
from tests.exchange.ledger_files import save_ledger


def exported(street, path, first="2026-01-01", last="2026-12-31", reason="月度分析"):

    return export_ledger(
        street,
        path,
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last),
        reason=reason,
    )


def table(path):
    sheet = read_sheet(path, knows=lambda header: "外部编号" in header)
    return sheet.header, [row.cells for row in sheet.rows]


def register(street, **more):
    names = dict(
        street.read(
            lambda r: r.session.execute(select(UnitVersion.name, UnitVersion.unit_id)).all()
        )
    )
    category = select(Category.id).where(Category.name == "广场舞")
    request = {
        "made_by": street.person.staff_id,
        "happened_at": street.read(lambda r: r.now),
        "exit": Exit.TRANSFER,
        "channel": Channel.VISIT,
        "details": "楼下广场舞音响声音过大。",
        "category": street.read(lambda r: r.session.scalars(category).one()),
        "first_unit": names["信联办"],
        "appellant": Appellant(name="赵一帆", phone="13800000021", address="榕东路1号"),
    }
    return street.carry_out(RegisterCase(**{**request, **more})).made["number"]


def test_an_appeal_of_the_hall_itself_goes_out_under_its_own_number(
    street, second_street, tmp_path
):
    number = register(street)
    exported(street, tmp_path / "out.xlsx")
    header, rows = table(tmp_path / "out.xlsx")
    line = dict(zip(header, rows[0], strict=True))
    assert (line["外部编号"], line["来源平台"], line["诉求人"]) == (number, "街道自收", "赵一帆")

    own = import_ledger(street, tmp_path / "out.xlsx")
    assert (own.imported, own.updated, own.skipped) == (0, 0, 1)
    assert import_ledger(second_street, tmp_path / "out.xlsx").imported == 1


def test_who_asked_to_be_hidden_is_hidden_again_where_the_ledger_comes_in(
    street, second_street, tmp_path
):
    register(street, hides_appellant=True)
    exported(street, tmp_path / "out.xlsx")
    header, rows = table(tmp_path / "out.xlsx")
    line = dict(zip(header, rows[0], strict=True))
    assert (line["诉求人"], line["标签"]) == ("赵一帆", "要求保密")
    assert import_ledger(street, tmp_path / "out.xlsx").skipped == 1

    import_ledger(second_street, tmp_path / "out.xlsx")
    found = second_street.read(lambda r: r.session.scalars(select(Case)).one())
    assert (found.hides_appellant, found.appellant_shown, found.tags) == (True, "要求保密", [])


def test_a_number_that_only_looks_like_ours_does_not_swallow_a_case(
    street, second_street, clock, tmp_path
):
    register(street)
    exported(street, tmp_path / "out.xlsx")
    clock.forward(hours=3)
    register(second_street, details="别的事。")
    assert import_ledger(second_street, tmp_path / "out.xlsx").imported == 1
    assert count(second_street, Case) == 2


def test_an_export_needs_a_reason_and_stands_in_the_history(street, tmp_path):
    with pytest.raises(RuleBroken, match="理由"):
        exported(street, tmp_path / "out.xlsx", reason=" ")
    assert not (tmp_path / "out.xlsx").exists()

    exported(street, tmp_path / "out.xlsx", reason="半年总结")
    line = street.read(
        lambda r: r.session.scalars(select(Event).where(Event.kind == "ledger.exported")).one()
    )
    assert line.title == "导出诉求台账 0 件"
    assert "半年总结" in line.payload["detail"]


def test_a_repeat_goes_out_with_the_number_of_its_main_case(street, tmp_path):
    number = register(street)
    main = street.read(lambda r: r.session.scalars(select(Case.id)).one())
    register(street, repeat_of=main, happened_at=street.read(lambda r: r.now))
    exported(street, tmp_path / "out.xlsx")
    header, rows = table(tmp_path / "out.xlsx")
    assert rows[1][header.index("重复件主件编号")] == number


def test_a_merged_case_comes_in_merged_and_late_in_nothing(street, second_street, tmp_path):
    register(street)
    main = street.read(lambda r: r.session.scalars(select(Case)).one())
    register(street, appellant=Appellant(name="许志明", phone="13800000041"))
    other = street.read(lambda r: r.session.scalars(select(Case).where(Case.id != main.id)).one())
    merge = MergeCase(
        made_by=street.person.staff_id,
        happened_at=street.read(lambda r: r.now),
        case=other.id,
        seen=other.version,
        into=main.id,
        reason="两人反映的是同一处广场舞。",
    )
    street.carry_out(merge)
    exported(street, tmp_path / "out.xlsx")
    assert import_ledger(street, tmp_path / "out.xlsx").skipped == 2

    import_ledger(second_street, tmp_path / "out.xlsx")
    came = second_street.read(lambda r: r.session.scalars(select(Case).order_by(Case.id)).all())
    assert [case.status for case in came] == [CaseStatus.RECEIVED, CaseStatus.MERGED]
    assert came[1].next_due_at is None


def test_both_days_of_the_period_count(street, tmp_path):
    rows = [
        {"外部编号": "Q1", "受理时间": "2026-07-31 23:59"},
        {"外部编号": "Q2", "受理时间": "2026-08-01 00:00"},
        {"外部编号": "Q3", "受理时间": "2026-08-02 23:59"},
        {"外部编号": "Q4", "受理时间": "2026-08-03 00:00"},
    ]
    import_ledger(street, save_ledger(tmp_path / "a.xlsx", *rows))
    exported(street, tmp_path / "out.xlsx", "2026-08-01", "2026-08-02")
    assert [row[0] for row in table(tmp_path / "out.xlsx")[1]] == ["Q2", "Q3"]
    with pytest.raises(RuleBroken, match="对调"):
        exported(street, tmp_path / "out.xlsx", "2026-08-02", "2026-08-01")


def test_an_unknown_ledger_cannot_be_exported(street, tmp_path):

    with pytest.raises(RuleBroken, match="诉求台账"):
        export_ledger(
            street,
            tmp_path / "out.xlsx",
            kind="工资表",
            first_day=date(2026, 1, 1),
            last_day=date(2026, 1, 2),
            reason="看看",
        )


def seen_by(street, name, *roles):
    wanted = select(Staff).where(Staff.name == name)
    staff = street.read(lambda r: r.session.scalars(wanted).one())
    person = Person(
        staff_id=staff.id,
        name=name,
        street_id=street.person.street_id,
        unit_ids=frozenset({staff.unit_id}),
        roles=frozenset(roles),
        home_unit_id=staff.unit_id,
    )
    return Database(street.engine, person)


def test_only_those_who_may_can_export_and_only_what_they_see(street, tmp_path):
    register(street)
    register(street, purpose=Purpose.REPORT)
    path = tmp_path / "out.xlsx"
    with pytest.raises(NotAllowed):
        exported(seen_by(street, "张伟", Role.HANDLER), path)
    assert exported(seen_by(street, "宋清", Role.DISPATCHER), path).rows == 1
    assert exported(seen_by(street, "吴建国", Role.LEADER), path).rows == 2


def test_the_files_own_page_tells_who_took_it_out_and_why(street, tmp_path):

    exported(street, tmp_path / "out.xlsx", reason="半年总结")
    book = load_workbook(tmp_path / "out.xlsx")
    about = {row[0].value: row[1].value for row in book["导出说明"].iter_rows()}
    assert (about["理由"], about["导出人"]) == ("半年总结", "命令行")
    assert "请勿外传" in book["诉求台账"].oddHeader.center.text
    assert read_ledger(tmp_path / "out.xlsx").hints == ("表头下面没有任何内容。",)


def test_a_masked_ledger_names_nobody_and_does_not_come_in_again(street, second_street, tmp_path):
    told = "请回电 13800000021，身份证 440900199003071238，赵一帆家"
    register(street, details=told)
    wanted = WantedLedger(date(2026, 1, 1), date(2026, 12, 31), "排名讲评", is_full=False)

    take_out(street, tmp_path / "out.xlsx", wanted)

    header, rows = table(tmp_path / "out.xlsx")
    line = dict(zip(header, rows[0], strict=True))
    assert (line["诉求人"], line["联系电话"], line["地址"]) == ("赵**", "138****0021", "榕东路***")
    assert line["诉求内容"] == "请回电 138****0021，身份证 4409**********1238，赵**家"
    with pytest.raises(RuleBroken, match="不能导回"):
        import_ledger(second_street, tmp_path / "out.xlsx")


def test_every_row_and_page_and_the_file_itself_say_who_took_it_out(street, tmp_path):
    register(street)
    exported(street, tmp_path / "out.xlsx", reason="月度分析")

    book = load_workbook(tmp_path / "out.xlsx")
    header, rows = table(tmp_path / "out.xlsx")
    mark = dict(zip(header, rows[0], strict=True))["导出水印"]
    assert "工号" in mark
    assert "导出号" in mark
    assert book.properties.description == mark
    assert all(sheet.oddHeader.center.text == mark for sheet in book)
