"""The leader's sheet at eight: what his page says, with names and telephones, on one page."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy.orm import Session

from desk.actions.intake import Appellant
from desk.actions.leader_areas import SetLeaderArea
from desk.actions.morning_brief import IssueMorningBrief
from desk.forms import render
from desk.forms.row_keys import keys
from desk.queries.case_file import case_file
from desk.queries.chain_health import chain_report
from desk.rules.anchors import read_anchor
from desk.rules.codes import Sex
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Paper
from tests.actions.work import GAO, LI, WANG, XU, ZHENG, S
from tests.forms.reading import squeezed, text_of

FIGURES = (
    "今天受理：3 件，昨天 19 件",
    "在办：64 件",
    "已超期：2 件",
    "不满意：1 件",
    "等您签：1 件",
)


@pytest.fixture
def work(own_work):
    """A hall in which 郑伟 answers for 城建办."""
    day = date(2026, 11, 2)
    unit, leader = own_work.unit("城建办"), own_work.staff(ZHENG)
    own_work.ask(XU, SetLeaderArea, leader=leader, unit=unit, valid_from=day)
    return own_work


def brief(work, who=ZHENG, **more):
    """Issue the sheet and return it as it is stored."""
    facts = {"figures": FIGURES} | more
    made = work.ask(who, IssueMorningBrief, **facts).made
    with Session(work.hall.engine) as session:
        return session.get(Paper, made["paper"])


def test_the_sheet_says_what_the_page_says_and_whom_to_ring(work):
    rare = Appellant(name="𠮷田·阿依古丽", phone="13800000023", sex=Sex.FEMALE)
    case = work.register(appellant=rare)

    paper = brief(work, ring=(case,), reasons=("第 3 轮办理，诉求人上次不满意",))

    row = paper.row
    assert set(row) == keys("morning-brief")
    assert row["figures"][0] == {"name": "今天受理", "words": "3 件，昨天 19 件"}
    assert row["people"] == [
        {
            "who": "𠮷田·阿依古丽女士",
            "phone": "13800000023",
            "about": work.case(case).summary,
            "why": "第 3 轮办理，诉求人上次不满意",
        }
    ]
    assert (row["to_sign"], row["sign_note"]) == ([], None)
    noted = read_anchor(row["anchor"])
    link = work.desk(GAO).read(partial(chain_report, noted=[noted]))
    assert (noted.place, link.findings) == (link.lines - 1, ())  # the sheet itself is the newest
    steps = work.desk(LI).read(partial(case_file, case_id=case)).steps
    assert steps[0].title == "打印早报，列出 1 位诉求人的电话"
    drawn = render("morning-brief", row, layout=work.layout(paper))
    assert (drawn.pages, drawn.missing) == (1, ())
    assert "今天没有等您签的。" in squeezed(text_of(drawn.pdf))


def test_who_asked_to_be_hidden_stays_hidden_on_the_sheet(work):
    case = work.register(hides_appellant=True)

    (person,) = brief(work, ring=(case,), reasons=("双否",)).row["people"]

    assert (person["who"], person["phone"]) == ("要求保密", None)


def test_what_waits_for_the_leader_stands_there_and_whether_today_is_in_time(work):
    cases = [work.to(S.SIGNING) for _ in range(2)]

    row = brief(work).row

    numbers = [work.case(case).number for case in cases]
    assert [line["number"] for line in row["to_sign"]] == numbers
    assert row["sign_note"] == "2 件今天签完，都不超期。"
    work.clock.forward(hours=24 * 9)
    assert brief(work).row["sign_note"] == "有 2 件已过期限，请先签；其余今天签完不超期。"


def test_a_long_morning_still_fits_on_one_page(work):
    for _ in range(8):
        work.to(S.SIGNING, details="青榕花园二期物业费上涨没有公示，" * 4)
    cases = tuple(work.register(details="要求公开近三年收支，" * 9) for _ in range(5))

    paper = brief(
        work,
        figures=tuple(f"第 {n} 行：{'情况复杂，' * 30}" for n in range(1, 6)),
        ring=cases,
        reasons=("第三次反映，" * 20,) * 5,
    )

    row = paper.row
    assert (len(row["people"]), len(row["to_sign"])) == (3, 6)
    assert row["sign_note"] == "另有 2 件，见审签页。8 件今天签完，都不超期。"
    assert max(len(line["subject"]) for line in row["to_sign"]) <= 34
    assert render("morning-brief", row, layout=work.layout(paper)).pages == 1


def test_only_leaders_have_a_morning_sheet(work):
    with pytest.raises(NotAllowed, match="只给领导本人"):
        brief(work, LI)
    assert brief(work, WANG).row["leader"] == WANG


def test_a_case_that_a_leader_may_not_see_is_not_put_on_his_sheet(work):
    case = work.register(accused_staff=work.staff(ZHENG))

    for wanted in (case, 1):
        with pytest.raises(RuleBroken, match="名单刚有变化"):
            brief(work, ring=(wanted,), reasons=("双否",))
