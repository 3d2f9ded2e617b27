"""A case in the words of another platform: masked, unless it is one's own work or one said why."""

from datetime import date

import pytest
from openpyxl import load_workbook

from desk.actions.closing import RevealPrivate
from desk.actions.intake import Appellant
from desk.actions.platform_forms import SetPlatformForm
from desk.exchange.copy_blocks import copy_out
from desk.exchange.export_ledger import WantedLedger, take_out
from desk.queries.platform_forms import platform_forms
from desk.rules.codes import CaseStatus as S
from desk.rules.errors import NotAllowed
from tests.actions.work import LI, QIN, SUN, ZHAO, ZHENG, ZHOU, Work

LINES = (
    "事项标题 = 标题",
    "反映人 = 诉求人、联系电话",
    "反映内容 = 诉求内容",
    "承办 = 主办单位、协办单位",
    "答复 = 处理意见",
)
CHEN = Appellant(name="陈桂芳", phone="13800000023", address="榕东路 1 号")
FACTS = {
    "details": "陈桂芳反映：七栋楼道漏电，请打 13800000023。请求尽快断电检修。",
    "appellant": CHEN,
}


@pytest.fixture
def work(hall, clock):
    made = Work(hall, clock)
    facts = {"is_import": False, "name": "信访信息系统", "kind": "诉求台账", "lines": LINES}
    made.ask(ZHOU, SetPlatformForm, **facts, separator="斜线")
    return made


def blocks(work, who, case, **more):
    found = work.desk(who).read(lambda r: copy_out(r, case, **more))
    (form,) = found.forms
    return {block.heading: block.text for block in form.blocks}, found


def test_whose_work_it_is_copies_in_full_when_asked_and_masked_otherwise(work):
    case = work.to(S.DISPATCHED, supports=("综合行政执法队",), **FACTS)
    short, found = blocks(work, ZHAO, case)
    assert found.may_full
    assert short["反映人"] == "陈**/138****0023"
    assert "陈桂芳" not in found.forms[0].whole
    assert "13800000023" not in found.forms[0].whole
    full, _ = blocks(work, ZHAO, case, is_full=True)
    assert full["反映人"] == "陈桂芳/13800000023"
    assert full["反映内容"] == FACTS["details"]
    assert full["承办"] == "城建办/综合行政执法队"
    assert full["事项标题"]


def test_others_who_see_the_case_say_why_first(work):
    case = work.to(S.CLOSED, **FACTS)
    short, found = blocks(work, QIN, case)
    assert not found.may_full
    assert "陈桂芳" not in found.forms[0].whole
    assert "13800000023" not in found.forms[0].whole
    assert short["反映人"] == "陈**"
    with pytest.raises(NotAllowed, match="写理由查看"):
        blocks(work, QIN, case, is_full=True)
    work.ask(QIN, RevealPrivate, case, reason="核对信访系统里的登记")
    full, _ = blocks(work, QIN, case, is_full=True)
    assert full["反映人"] == "陈桂芳/13800000023"


def test_who_does_not_see_a_case_copies_nothing_of_it(work):
    case = work.to(S.DISPATCHED, **FACTS)
    with pytest.raises(NotAllowed):
        blocks(work, SUN, case)


def test_a_period_goes_out_in_the_columns_of_the_other_platform(work, tmp_path):
    work.register(LI, **FACTS)
    chief = work.desk(ZHENG)
    (form,) = chief.read(lambda r: platform_forms(r, is_import=False))
    for is_full, who in ((False, "陈**/138****0023"), (True, "陈桂芳/13800000023")):
        target = tmp_path / f"{is_full}.xlsx"
        days = (date(2026, 11, 1), date(2026, 11, 30))
        take_out(chief, target, WantedLedger(*days, "报信访局", is_full=is_full, form=form))
        book = load_workbook(target)
        header, row = list(book["信访信息系统"].values)[:2]
        told = dict(zip(header, row, strict=True))
        assert list(told)[:5] == ["事项标题", "反映人", "反映内容", "承办", "答复"]
        assert told["反映人"] == who
        about = dict(book["导出说明"].values)
        assert about["格式"] == "按“信访信息系统”的栏目"
