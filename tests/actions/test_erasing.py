"""Two people erase what is personal in a file; its number, its figures and the chain stay."""

import pytest
from sqlalchemy import text

from desk.actions.attachments import AddAttachment
from desk.actions.closing import RevealPrivate
from desk.actions.erasing import AskErasure, CarryOutErasure, DecideErasure
from desk.actions.intake import Appellant
from desk.queries.chain_health import chain_findings
from desk.queries.erasures import decided_erasures, erased_count
from desk.queries.health import kept_findings, stored_papers
from desk.queries.papers import stored_paper
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.privacy_codes import ErasureGround
from desk.store.base import Base
from tests.actions.work import HE, LI, WANG, WU, ZHENG, S, Work
from tests.small_hall import COMMAND_LINE

MARKS = (
    "缪无双",
    "13800000071",
    "榕荫里六栋",
    "440900199003071238",
    "秘而不宣的事",
    "核对门牌的理由",
)
NAME, PHONE, ADDRESS, NUMBER, CONTENT, WHY = MARKS


@pytest.fixture
def work(hall, clock):
    return Work(hall, clock)


@pytest.fixture
def case(work):
    """Return an archived case that is full of what is personal."""
    him = Appellant(name=NAME, phone=PHONE, address=ADDRESS, id_number=NUMBER)
    case = work.register(LI, appellant=him, details=f"{CONTENT}。楼道漏电。", summary=CONTENT)
    work.ask(WU, RevealPrivate, case, reason=WHY)
    pdf = f"%PDF-1.7\n% {NAME}\n%%EOF\n".encode()
    work.ask(LI, AddAttachment, case, name=f"{NAME}.pdf", content=pdf)
    return work.to(S.ARCHIVED, case)


def told(work):
    """Return which of the marks the database still knows, and where."""
    found = set()
    with work.hall.engine.connect() as connection:
        for table in Base.metadata.tables:
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                said = "".join(
                    bytes(one).decode(errors="ignore")
                    if isinstance(one, bytes | memoryview)
                    else str(one)
                    for one in row
                )
                found |= {(table, mark) for mark in MARKS if mark in said}
    return found


def ask(work, case, who=HE, ground=ErasureGround.WISH, **more):
    facts = {"ground": ground, "reason": "诉求人来信要求删除"} | more
    return work.ask(who, AskErasure, case, **facts).made["erasure"]


def erase(work, case):
    erasure = ask(work, case)
    work.ask(ZHENG, DecideErasure, erasure=erasure, is_granted=True)
    (waiting,) = work.desk(COMMAND_LINE).read(decided_erasures)
    assert waiting.sentence.endswith(f"：{HE} 申请，{ZHENG} 同意。")
    assert work.desk(HE).read(decided_erasures) == []
    return work.ask(COMMAND_LINE, CarryOutErasure, erasure=erasure)


def findings(work):
    desk = work.desk(COMMAND_LINE)
    assert all(paper.row for paper in desk.read(stored_papers))
    return [*desk.read(chain_findings), *desk.read(kept_findings)]


def test_nothing_personal_is_left_anywhere_and_the_chain_is_whole(work, case):
    kept = work.register(LI, appellant=Appellant(name="陈桂芳", phone="13800000023"))
    before, number = work.case(case), work.case(case).number
    assert told(work)

    made = erase(work, case)

    assert told(work) == set()
    assert findings(work) == []
    assert work.desk(COMMAND_LINE).read(erased_count) == 1
    (sheet,) = work.papers(case, "intake-sheet")
    with pytest.raises(RuleBroken, match="已按规定抹除"):
        work.desk(COMMAND_LINE).read(lambda r: stored_paper(r, sheet.id))
    after = work.case(case)
    assert (after.number, after.result, after.closed_at) == (
        number,
        before.result,
        before.closed_at,
    )
    assert after.appellant_shown == "缪**"
    assert made.title == "按规定抹除个人信息"
    assert "陈桂芳" in work.desk(LI).read(
        lambda r: r.session.execute(
            text("SELECT name FROM private_facts WHERE case_id = :c"), {"c": kept}
        ).scalar()
    )


def test_without_two_people_the_database_itself_refuses(work, case):
    erasure = ask(work, case)
    for statement in (
        "UPDATE events SET payload = '{}', salt = ''",
        "UPDATE papers SET row = '{}'",
    ):
        with (
            pytest.raises(Exception, match=r"只能追加|不能更改"),
            work.hall.engine.begin() as connection,
        ):
            connection.execute(text(statement))
    with pytest.raises(RuleBroken, match="找不到这份抹除申请"):
        work.ask(COMMAND_LINE, CarryOutErasure, erasure=erasure)
    refused, words = (NotAllowed, "管机器的同事") if work.is_postgresql else (RuleBroken, "找不到")
    with pytest.raises(refused, match=words):
        work.ask(HE, CarryOutErasure, erasure=erasure)


def test_who_asks_does_not_decide_and_only_leaders_decide(work, case):
    erasure = ask(work, case, ZHENG)
    with pytest.raises(RuleBroken, match="另一位领导"):
        work.ask(ZHENG, DecideErasure, erasure=erasure, is_granted=True)
    with pytest.raises(NotAllowed, match="由领导决定"):
        work.ask(HE, DecideErasure, erasure=erasure, is_granted=True)
    with pytest.raises(RuleBroken, match="写一句为什么"):
        work.ask(WANG, DecideErasure, erasure=erasure, is_granted=False)
    work.ask(WANG, DecideErasure, erasure=erasure, is_granted=False, note="还在复查")
    with pytest.raises(RuleBroken, match="已经处理过"):
        work.ask(WANG, DecideErasure, erasure=erasure, is_granted=True)
    assert ask(work, case)


def test_what_is_still_to_be_kept_or_still_open_is_not_erased(work, case):
    with pytest.raises(RuleBroken, match="要保管到 2036 年"):
        ask(work, case, ground=ErasureGround.EXPIRED)
    with pytest.raises(RuleBroken, match="理由") as refused:
        ask(work, case, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(NotAllowed):
        ask(work, case, LI)
    with pytest.raises(RuleBroken, match="才能抹除"):
        ask(work, work.register(LI))
    ask(work, case)
    with pytest.raises(RuleBroken, match="已经申请过"):
        ask(work, case)


def test_a_file_whose_years_are_over_may_be_erased(work, case):
    work.clock.set("2040-02-29 09:00")

    assert ask(work, case, ground=ErasureGround.EXPIRED)
