"""The ledger of whistles comes in row by row, goes out as it came, and its figures can be counted.

The count by hand reads the workbook with plain Python and knows none of our rules.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import openpyxl
import pytest

from desk.actions.whistle_import import ImportWhistle
from desk.exchange.export_ledger import export_ledger
from desk.exchange.import_ledger import import_ledger
from desk.queries.whistle_figures import whistle_figures
from desk.queries.whistles import whistles_of_case
from desk.rules.whistle_codes import WhistleKind, WhistleState
from tests.actions.work import ZHAO, Work
from tests.small_hall import COMMAND_LINE

HEADER = (
    "哨单编号",
    "吹哨级别",
    "吹哨单位",
    "吹哨时间",
    "类型",
    "事由",
    "关联诉求外部编号",
    "被吹哨单位",
    "要求到场时间",
    "各单位到场时间",
    "处置结果",
    "化解时间",
    "评价",
    "备注",
)
ROWS = (
    (
        "青榕哨〔2026〕第901号",
        *("社区→街道", "榕东", "2026-03-02 09:00", "综合执法", "通道被占", "", "城建办；执法队"),
        *("2026-03-02 10:00", "2026-03-02 09:50；2026-03-02 10:20"),
        *("化解", "2026-03-02 16:00", "满意", ""),
    ),
    (
        "青榕哨〔2026〕第902号",
        *(
            "社区 -> 街道",
            "南塘社区",
            datetime.fromisoformat("2026-03-05T09:00"),
            "",
            "管网外溢",
            "X-1",
        ),
        *("城建办;执法队;区住建局", "2026/3/5 10:00", "2026-03-05 10:00;;2026年3月5日 9:40"),
        *("部分化解", "", "来得快", "雨后再看"),
    ),
    (
        "青榕哨〔2026〕第903号",
        *("网格→社区", "榕东第1网格", "2026-03-09 09:00", "重点难点", "楼道堆物", "", "榕东社区"),
        *("", "2026-03-09 09:30", "化解", "2026-03-09 11:00", "", ""),
    ),
    (
        "青榕哨〔2026〕第904号",
        *("街道→省", "榕东社区", "2026-03-10 09:00", "", "级别不对", "", "城建办"),
        *("", "", "", "", "", ""),
    ),
    (
        "青榕哨〔2026〕第905号",
        *("街道→区", "城建办", "2026-03-11 09:00", "", "时间太多", "", "区住建局"),
        *("", "2026-03-11 09:30;2026-03-11 09:40", "", "", "", ""),
    ),
    (
        "青榕哨〔2026〕第906号",
        *("街道→区", "城建办", "2026-03-12 09:00", "", "没有这个单位", "", "某某局"),
        *("", "", "", "", "", ""),
    ),
)
MARCH = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}


def workbook(path, rows, header=HEADER):
    book = openpyxl.Workbook()
    book.active.append(header)
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def counted(path):
    """Count the whistles of a workbook by hand."""
    calls = called = came = on_time = solved = 0
    lines = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    head = None
    for line in lines:
        if head is None:
            head = line if "哨单编号" in line else None
            continue
        row = dict(zip(head, line, strict=True))
        units = row["被吹哨单位"].split(";")
        required = (row["要求到场时间"] or "").split(";")
        arrived = (row["各单位到场时间"] or "").split(";") + [""] * len(units)
        calls += 1
        called += len(units)
        solved += row["处置结果"] == "化解"
        for at, _unit in enumerate(units):
            due = (required[at] if at < len(required) else required[0]) or "9999"
            came += bool(arrived[at])
            on_time += bool(arrived[at]) and arrived[at] <= due

    def rate(part, whole):
        exact = Decimal(part * 100) / Decimal(whole)
        return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))

    return {
        "calls": calls,
        "called_units": called,
        "answered_units": came,
        "answered_on_time": on_time,
        "response_rate": rate(came, called),
        "on_time_rate": rate(on_time, called),
        "resolved": solved,
        "resolution_rate": rate(solved, calls),
    }


def figures(database):
    return database.read(lambda reader: whistle_figures(reader, **MARCH))


@pytest.fixture
def imported(hall, clock, tmp_path):
    clock.set("2026-11-02 09:00")
    database = hall.sign_in(COMMAND_LINE)
    return database, import_ledger(database, workbook(tmp_path / "w.xlsx", ROWS))


def test_good_rows_come_in_and_bad_ones_say_why(imported):
    database, result = imported
    assert result.reading.kind == "吹哨台账"  # known by its header
    assert (result.imported, result.updated, len(result.refused)) == (3, 0, 3)
    said = [one.sentence for one in result.refused]
    assert said[0].startswith("第 5 行 吹哨级别:本厅没有“街道→省”这一级")
    assert said[1].startswith("第 6 行 各单位到场时间:写了 2 个时间")
    assert said[2].startswith("第 7 行 被吹哨单位:本街道没有叫“某某局”的单位")
    assert any("X-1" in hint for hint in result.hints)
    found = figures(database)
    assert (found["calls"], found["called_units"], found["answered_units"]) == (3, 6, 5)
    assert (found["answered_on_time"], found["response_rate"]) == (4, "83.33")
    assert (found["resolved"], found["resolution_rate"]) == (2, "66.67")


def test_the_same_ledger_again_changes_nothing_and_a_corrected_row_is_taken(imported, tmp_path):
    database, _ = imported
    again = import_ledger(database, tmp_path / "w.xlsx")
    assert (again.imported, again.updated, again.skipped) == (0, 0, 3)
    better = list(ROWS[1])
    better[9] = "2026-03-05 10:00;2026-03-05 10:30;2026-03-05 09:40"
    better[10], better[11] = "化解", "2026-03-05 18:00"
    result = import_ledger(database, workbook(tmp_path / "b.xlsx", [better]), is_check=True)
    assert (result.updated, figures(database)["resolved"]) == (1, 2)  # only checked
    result = import_ledger(database, workbook(tmp_path / "b.xlsx", [better]))
    assert (result.imported, result.updated) == (0, 1)
    assert (figures(database)["answered_units"], figures(database)["resolved"]) == (6, 3)


def test_a_whistle_of_a_known_case_is_tied_to_it_and_one_that_is_open_stays_open(hall, tmp_path):
    work = Work(hall, hall.clock)
    case = work.to("dispatched")
    number = work.case(case).number
    row = (
        "青榕哨〔2026〕第907号",
        *("社区→街道", "榕东社区", "2026-03-13 09:00", "", "还在路上", number, "城建办"),
        *("2026-03-13 10:00", "", "", "", "", ""),
    )
    database = hall.sign_in(COMMAND_LINE)
    path = workbook(tmp_path / "w.xlsx", [row])
    assert not [hint for hint in import_ledger(database, path).hints if "关联诉求" in hint]
    (found,) = work.desk(ZHAO).read(partial(whistles_of_case, case_id=case))
    assert (found.state, found.result) == (WhistleState.CALLED, None)
    again = partial(
        ImportWhistle,
        **hall.by(COMMAND_LINE),
        outside_number=row[0],
        level=row[1],
        kind=WhistleKind.KEY,
        caller_unit=work.unit("榕东社区"),
        caller="榕东社区",
        raised_at=hall.clock(),
        matter=row[5],
        units=(),
        linked=(number,),
    )
    assert "更新" in database.carry_out(again(content_hash="new")).title
    assert "相同" in database.carry_out(again(content_hash="new")).title


def test_what_goes_out_comes_in_again_and_agrees_with_a_count_by_hand(imported, tmp_path):
    database, _ = imported
    out = tmp_path / "out.xlsx"
    export_ledger(
        database,
        out,
        kind="吹哨台账",
        first_day=MARCH["first"],
        last_day=MARCH["last"],
        reason="核对",
    )
    found = figures(database)
    by_hand = counted(out)
    assert {key: found[key] for key in by_hand} == by_hand
    assert sum(row["called_units"] for row in found["by_unit"]) == found["called_units"]
    assert sum(row["calls"] for row in found["by_level"]) == found["calls"]
    again = import_ledger(database, out)
    assert (again.imported, again.refused) == (0, ())
