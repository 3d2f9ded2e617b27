"""Ledgers of mediations come in once, change what may change, and count as they should."""

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.exchange.import_ledger import import_ledger
from desk.exchange.import_mediations import MediationRun
from desk.exchange.ledgers import read_ledger
from desk.queries.mediation_figures import mediation_figures
from desk.rules.mediation_codes import AgreementKind, MediationStatus, Performance
from desk.store.models import (
    Mediation,
    MediationContent,
    MediationParty,
    MediationSession,
    Mediator,
)
from tests.exchange.ledger_files import MEDIATIONS, save_table

S = MediationStatus
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
ROW = {
    "卷号": "青榕人调字〔2026〕第1号",
    "受理日期": "2026-06-15",
    "来源": "申请",
    "纠纷类型": "邻里",
    "申请人": "唐海",
    "申请人电话": "13800000033",
    "被申请人": "张㛃",
    "社区": "榕东",
    "纠纷简要": "楼上漏水，墙面受损。",
    "调解员": "梁伯（劳模）",
    "结果": "达成协议",
    "协议形式": "口头",
    "协议金额(元)": "1,200.50",
    "履行情况": "分期中",
}


def ledger(tmp_path, *changes, name="调解.xlsx"):
    rows = [ROW | change for change in changes or ({},)]
    header = list(dict.fromkeys(heading for row in rows for heading in row))
    return save_table(tmp_path / name, header, [[row.get(h) for h in header] for row in rows])


def counts(result):
    return result.imported, result.updated, result.skipped, len(result.refused)


def rows(street, table):
    with Session(street.engine) as session:
        return session.scalars(select(table).order_by(table.street_id)).all()


def only(street, table):
    (row,) = rows(street, table)
    return row


def test_the_sample_comes_in_once_and_its_figures_are_those_of_the_sheet(street):
    first = import_ledger(street, MEDIATIONS)
    again = import_ledger(street, MEDIATIONS)

    assert counts(first) == (64, 0, 0, 0)
    assert counts(again) == (0, 0, 64, 0)
    lines = read_ledger(MEDIATIONS).rows
    report = street.read(lambda r: mediation_figures(r, FIRST, LAST))
    agreed = [line for line in lines if line.agreement is not None]
    assert (report["total"], report["closed"], report["succeeded"]) == (64, 64, 61)
    assert report["success_rate"] == "95.31"
    assert report["amount"] == sum(line.amount or 0 for line in agreed)
    assert report["performed"] == sum(line.performance is Performance.PERFORMED for line in agreed)
    assert report["judicial_confirmations"] == sum(bool(line.is_confirmed) for line in lines)
    assert {row["count"] for row in report["by_kind"]} == set(
        Counter(line.kind for line in lines).values()
    )
    assert sum(row["count"] for row in report["by_source"]) == 64
    numbers = [(row.number, row.outside_number) for row in rows(street, Mediation)]
    assert all(own == outside for own, outside in numbers)


def test_a_row_becomes_a_mediation_with_its_people_and_its_sitting(street, tmp_path):
    import_ledger(street, ledger(tmp_path, {"调解时间": "2026-06-21 09:30", "调解室": "调解一室"}))

    row = only(street, Mediation)
    assert (row.status, row.agreement_kind) == (S.SETTLED, AgreementKind.ORAL)
    assert (row.amount_fen, row.performance) == (120_050, Performance.INSTALMENTS)
    assert only(street, MediationContent).facts == "楼上漏水，墙面受损。"
    assert [(p.name, p.phone) for p in rows(street, MediationParty)] == [
        ("唐海", "13800000033"),
        ("张㛃", None),
    ]
    assert only(street, MediationSession).place == "调解一室"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"结果": "调解中", "调解时间": "2026-06-21 09:30"}, S.MEDIATING),
        ({"结果": None}, S.ACCEPTED),
        ({"结果": "未达成"}, S.NOT_SETTLED),
        ({"结果": "终止"}, S.ENDED),
        ({"结果": "终止", "结案日期": "2026-06-20"}, S.ARCHIVED),
        ({"结案日期": "2026-06-20", "司法确认": "是"}, S.ARCHIVED),
    ],
)
def test_where_a_row_stands_follows_from_its_outcome(street, tmp_path, change, status):
    import_ledger(street, ledger(tmp_path, change))

    row = only(street, Mediation)
    assert row.status is status
    assert (row.confirmed_on is not None) is ("司法确认" in change)
    assert (row.archived_at is not None) is (status is S.ARCHIVED)


def test_a_later_ledger_brings_the_same_mediation_further(street, tmp_path):
    long_words = "双方因相邻通道堆放杂物反复争吵。" * 5
    going_on = {"结果": "调解中", "调解时间": "2026-06-21 09:30", "纠纷简要": long_words}
    import_ledger(street, ledger(tmp_path, {"结果": None}, name="一.xlsx"))
    import_ledger(street, ledger(tmp_path, going_on, name="二.xlsx"))
    assert only(street, Mediation).status is S.MEDIATING

    result = import_ledger(street, ledger(tmp_path, {"被申请人": "张洁"}, name="三.xlsx"))

    assert counts(result) == (0, 1, 0, 0)
    assert only(street, Mediation).status is S.SETTLED
    assert [party.name for party in rows(street, MediationParty)] == ["唐海", "张洁"]


def test_what_was_archived_stays_archived_whatever_a_later_ledger_says(street, tmp_path):
    import_ledger(street, ledger(tmp_path, {"结案日期": "2026-06-20"}, name="一.xlsx"))

    import_ledger(street, ledger(tmp_path, {"结果": "调解中"}, name="二.xlsx"))

    assert only(street, Mediation).status is S.ARCHIVED


def test_a_check_writes_nothing_and_says_the_same(street, tmp_path):
    book = ledger(tmp_path, {}, {}, {"被申请人": "张洁"})

    checked = import_ledger(street, book, is_check=True)

    assert counts(checked) == (1, 1, 1, 0)
    assert rows(street, Mediation) == []
    assert counts(import_ledger(street, book)) == (1, 1, 1, 0)


def test_rows_that_cannot_be_understood_are_refused_with_the_reason(street, tmp_path):
    result = import_ledger(
        street,
        ledger(
            tmp_path,
            {"社区": "不存在的社区"},
            {"卷号": "二", "协议形式": None},
            {"卷号": "三", "协议金额(元)": "一千二"},
            {"卷号": "四", "协议金额(元)": "12.345"},
            {"卷号": "五", "纠纷类型": "吵架"},
            {"卷号": "六", "被申请人": None},
        ),
    )

    said = {refusal.row: refusal.sentence for refusal in result.refused}
    assert counts(result) == (0, 0, 0, 6)
    assert "本街道没有叫“不存在的社区”的社区" in said[2]
    assert said[3] == "第 3 行 协议形式:达成协议且有金额，请填“书面”或“口头”。"
    assert "“一千二”不是数字" in said[4]
    assert "最多两位小数" in said[5]
    assert "“吵架”不在可选项内" in said[6]
    assert said[7].startswith("第 7 行 被申请人:必填")


def test_days_that_do_not_follow_each_other_are_worth_a_hint(street, tmp_path):
    result = import_ledger(
        street, ledger(tmp_path, {"结案日期": "2026-06-01", "调解时间": "2026-06-14 09:30"})
    )

    assert result.imported == 1
    assert any("结案日期、调解时间：早于受理时间" in hint for hint in result.hints)


def test_strangers_and_numbers_that_do_not_follow_are_said(street, tmp_path):
    result = import_ledger(
        street,
        ledger(
            tmp_path,
            {"调解员": "燕姐", "卷号": "老调字12号"},
            {"调解员": "燕姐", "卷号": "青榕人调字〔2026〕第9号"},
        ),
    )

    assert any("燕姐（2 件）" in hint for hint in result.hints)
    assert any("2 件的卷号与本厅现有编号接不上" in hint for hint in result.hints)
    assert only(street, Mediator).valid_to == date(2026, 6, 15)
    assert {row.outside_number for row in rows(street, Mediation)} == {
        "老调字12号",
        "青榕人调字〔2026〕第9号",
    }


def test_a_row_that_two_desks_send_at_once_is_taken_once(street, tmp_path):
    reading = read_ledger(ledger(tmp_path))
    request = MediationRun(street, reading, is_check=False).request_of(reading.rows[0])

    first, second = (street.carry_out(replace(request, command=uuid4())) for _ in range(2))

    assert first.made["is_new"]
    assert second.title == "台账内容与 青榕人调字〔2026〕第1号 相同，没有改动"
    assert only(street, Mediation).version == 1
