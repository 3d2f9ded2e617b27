"""Ledgers of findings come in once, go out again, and count as one counts by hand."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.exchange.export_ledger import FINDINGS, export_ledger
from desk.exchange.import_ledger import import_ledger
from desk.queries.early_action_figures import early_action_figures
from desk.rules.early_action_codes import DiscoverWay, EarlyActionState
from desk.rules.errors import RuleBroken
from desk.rules.moments import SHANGHAI
from desk.store.models import Case, EarlyAction
from tests.exchange.ledger_files import save_ledger, save_table
from tests.exchange.tables import ledger_table

S = EarlyActionState
FIRST, LAST = date(2026, 1, 1), date(2026, 10, 31)
ROW = {
    "编号": "先办2026001",
    "发现时间": "2026-08-03 09:05",
    "发现方式": "走访",
    "发现人": "罗梅",
    "社区": "榕东",
    "网格": "第1网格",
    "地址": "榕荫里小区 3 栋",
    "一级分类": "治安与公共安全",
    "二级分类": "消防",
    "情况": "楼道堆放电动车",
    "处置单位": "应急办",
    "处置措施": "当场清走",
    "是否化解": "是",
    "化解时间": "2026/8/3 15:30",
}
COMMUNITIES = {"榕东": "榕东社区", "南塘社区": "南塘社区", "北堤": "北堤社区"}
KINDS = (("市容环卫", "垃圾清运"), ("物业与小区", "消防通道"), ("市政设施", ""))


def ledger(tmp_path, *changes, name="未诉先办.xlsx"):
    rows = [ROW | change for change in changes or ({},)]
    header = list(dict.fromkeys(heading for row in rows for heading in row))
    return save_table(tmp_path / name, header, [[row.get(h) for h in header] for row in rows])


def counts(result):
    return result.imported, result.updated, result.skipped, len(result.refused)


def findings(street):
    with Session(street.engine) as session:
        return session.scalars(select(EarlyAction).order_by(EarlyAction.found_at)).all()


def only(street):
    (row,) = findings(street)
    return row


def figures(street):
    return street.read(lambda reader: early_action_figures(reader, FIRST, LAST))


def test_the_same_ledger_comes_in_once_and_a_changed_row_changes_what_may_change(street, tmp_path):
    assert counts(import_ledger(street, ledger(tmp_path), is_check=True)) == (1, 0, 0, 0)
    assert findings(street) == []
    first = import_ledger(street, ledger(tmp_path))
    assert (first.as_json()["kind"], counts(first)) == ("未诉先办台账", (1, 0, 0, 0))
    assert counts(import_ledger(street, ledger(tmp_path))) == (0, 0, 1, 0)
    twice = ledger(tmp_path, {}, {}, name="twice.xlsx")
    assert counts(import_ledger(street, twice, is_check=True)) == (0, 0, 2, 0)
    before = only(street)
    assert (before.way, before.state, before.is_imported) == (DiscoverWay.VISIT, S.RESOLVED, True)
    assert before.recheck_on is None  # history asks nobody to look again

    changed = ledger(tmp_path, {"处置措施": "清走，讲了道理", "复看时间": "2026-08-10"})
    assert counts(import_ledger(street, changed)) == (0, 1, 0, 0)
    after = only(street)
    assert (after.number, after.measure, after.state) == (
        before.number,
        "清走，讲了道理",
        S.CONFIRMED,
    )
    back = ledger(tmp_path, {"是否化解": "否", "化解时间": ""})
    assert counts(import_ledger(street, back)) == (0, 1, 0, 0)
    assert only(street).state is S.CONFIRMED  # what was confirmed here stays so


def test_an_open_row_is_solved_and_confirmed_by_a_later_ledger(street, tmp_path):
    import_ledger(street, ledger(tmp_path, {"是否化解": "", "化解时间": ""}))
    assert only(street).state is S.OPEN
    assert counts(import_ledger(street, ledger(tmp_path, {"复看时间": "2026-08-09"}))) == (
        0,
        1,
        0,
        0,
    )
    assert only(street).state is S.CONFIRMED
    again = ledger(tmp_path, {"编号": "2", "是否化解": "", "化解时间": "2026-08-04"})
    import_ledger(street, again)
    assert findings(street)[1].state is S.RESOLVED  # who says when says that it is


WRONG = (
    ({"发现时间": "2027-08-03"}, "发现时间:“发现时间”还没有到"),
    ({"化解时间": "2026-08-01"}, "化解时间:“化解时间”早于发现时间"),
    ({"化解时间": "2027-08-01"}, "化解时间:“化解时间”还没有到"),
    ({"是否化解": "否"}, "是否化解:填的是“否”，却有化解或复看的时间"),
    ({"发现方式": "做梦"}, "发现方式:"),
    ({"社区": "西关"}, "社区:本街道没有叫“西关”的社区"),
    ({"网格": "第99网格"}, "网格:"),
    ({"一级分类": "天气"}, "一级分类:本厅的一级分类里没有“天气”"),
    ({"处置单位": "消防局"}, "处置单位:本街道没有叫“消防局”的单位"),
    ({"情况": ""}, "情况:必填"),
    ({"社区": "西关", "处置单位": "消防局"}, "；处置单位："),
)


def test_bad_rows_are_refused_with_all_that_is_wrong_and_the_others_come_in(street, tmp_path):
    rows = ({"编号": str(n)} | wrong for n, (wrong, _) in enumerate(WRONG))
    result = import_ledger(street, ledger(tmp_path, *rows, {"编号": "好的"}))
    assert counts(result) == (1, 0, 0, len(WRONG))
    for number, (refusal, (_, said)) in enumerate(zip(result.refused, WRONG, strict=True), 2):
        assert refusal.sentence.startswith(f"第 {number} 行 ")
        assert said in refusal.sentence


def test_a_finding_is_tied_to_the_case_that_the_ledger_names(street, tmp_path):
    import_ledger(street, save_ledger(tmp_path / "cases.xlsx", {}))
    import_ledger(street, ledger(tmp_path, {"关联诉求外部编号": "没有；QR202600900"}))
    with Session(street.engine) as session:
        case = session.scalars(select(Case)).one()
    assert only(street).case_id == case.id
    assert only(street).linked_numbers == "没有;QR202600900"


def test_a_second_level_that_the_hall_lacks_is_added_and_said(street, tmp_path):
    result = import_ledger(street, ledger(tmp_path, {"二级分类": "飞线充电"}))
    assert any("治安与公共安全—飞线充电（1 件）" in hint for hint in result.hints)


def random_rows(count=140):
    """Return a ledger as an office would have it."""
    draw, rows = Random(11), []  # noqa: S311 - a ledger, no secret
    for number in range(count):
        at = datetime(2026, 1, 5, 9, tzinfo=SHANGHAI) + timedelta(hours=draw.randrange(290 * 24))
        category, second = draw.choice(KINDS)
        solved = draw.choice(("是", "已", "否", ""))
        end = f"{at + timedelta(hours=30):%Y-%m-%d %H:%M}" if solved in {"是", "已"} else ""
        rows.append(
            {
                "编号": f"W{number:04}",
                "发现时间": f"{at:%Y-%m-%d %H:%M}",
                "发现方式": draw.choice(("走访", "巡查", "网格", "舆情", "领导接访", "数据聚集")),
                "发现人": "罗梅",
                "社区": draw.choice(list(COMMUNITIES)),
                "网格": "",
                "一级分类": category,
                "二级分类": second,
                "化解时间": end,
                "是否化解": solved,
                "复看时间": end if draw.random() < 0.3 else "",
            }
        )
    return rows


def percent(part, whole):
    if not whole:
        return None
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))


def by_hand(rows, key):
    found = Counter(key(row) for row in rows)
    solved = Counter(key(row) for row in rows if row["是否化解"] in {"是", "已"})
    return {name: (n, solved[name], percent(solved[name], n)) for name, n in found.items()}


def told(lines):
    return {
        line["key"]: (line["found"], line["resolved"], line["resolution_rate"])
        for line in lines
        if line["found"]
    }


def test_the_statistics_are_those_that_one_counts_by_hand(street, tmp_path):
    rows = random_rows()
    assert counts(import_ledger(street, ledger(tmp_path, *rows))) == (140, 0, 0, 0)

    report = figures(street)

    inside = [row for row in rows if FIRST.isoformat() <= row["发现时间"][:10] <= LAST.isoformat()]
    solved = sum(1 for row in inside if row["是否化解"] in {"是", "已"})
    weeks = Decimal((LAST - FIRST).days + 1) / 7
    mean = (Decimal(len(inside)) / weeks).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert set(report) >= {
        "from",
        "to",
        "found",
        "resolved",
        "resolution_rate",
        "weekly_mean",
        "by_way",
        "by_community",
        "by_category",
    }
    assert (report["from"], report["to"]) == ("2026-01-01", "2026-10-31")
    assert (report["found"], report["resolved"]) == (len(inside), solved)
    assert (report["resolution_rate"], report["weekly_mean"]) == (
        percent(solved, len(inside)),
        str(mean),
    )
    assert report["confirmed"] == sum(1 for row in inside if row["复看时间"])
    assert told(report["by_way"]) == by_hand(inside, lambda row: row["发现方式"])
    assert told(report["by_community"]) == by_hand(inside, lambda row: COMMUNITIES[row["社区"]])
    assert told(report["by_category"]) == by_hand(inside, lambda row: row["一级分类"])


def test_what_goes_out_comes_in_again_with_the_same_figures(street, second_street, tmp_path):
    import_ledger(street, ledger(tmp_path, *random_rows(60)))
    out = tmp_path / "out.xlsx"
    days = {"first_day": FIRST, "last_day": LAST, "reason": "核对"}
    export_ledger(street, out, kind=FINDINGS, **days)

    result = import_ledger(second_street, out)

    assert result.refused == ()
    assert figures(second_street) == figures(street)
    assert counts(import_ledger(street, out))[:2] == (0, 0)  # at home nothing is new
    again = tmp_path / "again.xlsx"
    export_ledger(second_street, again, kind=FINDINGS, **days)
    assert ledger_table(again) == ledger_table(out)
    with pytest.raises(RuleBroken, match=r"现在可以导出：诉求台账、.*未诉先办台账"):
        export_ledger(street, out, kind="访客", **days)
