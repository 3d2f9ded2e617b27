"""A paper's last mile: the office's number, the seal and its register, delivery, the scan."""

import hashlib
from datetime import date
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.last_mile import DeliverPaper, GiveNumber, ScanBack, SealPaper
from desk.actions.notice_mile import SealNotice
from desk.actions.notices import IssueNotice
from desk.actions.revising import ReviseOpinion
from desk.actions.seal_register import IssueSealRegister, RegisterSeal
from desk.actions.signing import SignOpinion
from desk.forms import render
from desk.queries.last_mile import Station, hall_seals, last_mile
from desk.rules.codes import DeliveryWay, PaperState
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Delivery, Paper, SealUse
from tests.actions.work import FENG, HE, LI, QIN, WANG, XU, ZHAO, ZHENG, ZHOU, S

PDF = b"%PDF-1.7 the signed letter"
SCAN = {"media_type": "application/pdf", "scan": PDF}


def set_to(work, key, value):
    work.ask(XU, SetSetting, key=key, value=value)


def office_gives_numbers(work):
    set_to(work, "opinion_number", "office")


def uses(work):
    with Session(work.hall.engine) as session:
        return session.scalars(select(SealUse).order_by(SealUse.used_at, SealUse.id)).all()


def waiting(work, who=FENG):
    return work.desk(who).read(last_mile)


def stations(work, case, who=FENG):
    found = waiting(work, who).waiting
    return [station for station, rows in found.items() if case in {row.case_id for row in rows}]


# The number of the office


def test_a_signed_opinion_waits_for_the_number_of_the_office(own_work):
    work = own_work
    office_gives_numbers(work)
    case = work.to(S.SEALING)

    assert work.papers(case, "opinion-notice") == []
    assert stations(work, case) == [Station.NUMBER]
    with pytest.raises(RuleBroken, match="请先录入文号"):
        work.ask(FENG, SealPaper, case)

    changes = work.ask(FENG, GiveNumber, case, number="青榕办函[2026]17号")

    assert changes.title == "录入文号 青榕办函〔2026〕17号"
    notice, sheet = work.papers(case, "opinion-notice")[0], work.papers(case, "opinion-sheet")[0]
    assert notice.number == sheet.number == notice.row["number"] == "青榕办函〔2026〕17号"
    assert notice.state is PaperState.TO_SEAL
    assert stations(work, case) == [Station.SEAL]
    with pytest.raises(RuleBroken, match="已有文号"):
        work.ask(FENG, GiveNumber, case, number="青榕办函〔2026〕18号")
    work.ask(FENG, SealPaper, case)


def test_the_running_number_alone_is_enough(own_work):
    office_gives_numbers(own_work)
    case = own_work.to(S.SEALING)

    assert (
        own_work.ask(FENG, GiveNumber, case, number="17").made["number"] == "青榕诉意〔2026〕17号"
    )


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("十七号", "文号请写成"),
        ("", "文号请写成"),
        ("青榕诉意〔2026〕0号", "文号请写成"),
        ("青榕诉意〔2024〕17号", "文号写的是 2024 年"),
        ("2024-17", "文号写的是 2024 年"),
    ],
)
def test_what_cannot_be_a_number_is_refused_beside_its_field(own_work, written, why):
    office_gives_numbers(own_work)
    case = own_work.to(S.SEALING)

    with pytest.raises(RuleBroken, match=why) as refused:
        own_work.ask(FENG, GiveNumber, case, number=written)

    assert refused.value.field == "number"
    assert own_work.papers(case, "opinion-notice") == []


def test_what_was_signed_in_the_old_year_may_be_numbered_in_it(own_work):
    office_gives_numbers(own_work)
    own_work.clock.set("2026-12-31 09:00")
    case = own_work.to(S.SEALING)
    own_work.clock.set("2027-01-04 09:00")

    changes = own_work.ask(FENG, GiveNumber, case, number="青榕诉意〔2026〕90号")

    assert changes.made["number"] == "青榕诉意〔2026〕90号"


def test_a_number_is_given_once(own_work):
    work = own_work
    numbered = work.to(S.SEALING)
    taken = work.papers(numbered, "opinion-notice")[0].number
    office_gives_numbers(work)
    case = work.to(S.SEALING)

    with pytest.raises(RuleBroken, match=f"{taken} 已给了 {work.case(numbered).number}"):
        work.ask(FENG, GiveNumber, case, number=taken)
    work.ask(FENG, GiveNumber, case, number="青榕诉意〔2026〕55号")


def test_where_the_program_numbers_there_is_no_number_to_give(work):
    case = work.to(S.SEALING)

    with pytest.raises(RuleBroken, match="已有文号"):
        work.ask(FENG, GiveNumber, case, number="3")
    with pytest.raises(NotAllowed):
        work.ask(LI, GiveNumber, case, number="3")


# The seal and its register


def test_sealing_leaves_a_line_in_the_register_and_the_proof_to_be_signed(work):
    case = work.to(S.SEALING)

    changes = work.ask(FENG, SealPaper, case, copies=2)

    notice = work.papers(case, "opinion-notice")[0]
    assert changes.detail == "街道办事处公章 2 份"
    (line,) = (use for use in uses(work) if use.case_id == case)
    assert (line.seal, line.copies, line.paper_id) == ("街道办事处公章", 2, notice.id)
    assert line.title == f"群众诉求处理意见书 {notice.number}"
    assert (line.applicant_id, line.used_by) == (work.staff(ZHAO), work.staff(FENG))
    assert line.approved_by == ZHENG
    (proof,) = work.papers(case, "delivery-proof")
    assert proof.state is PaperState.ISSUED
    assert [row["number"] for row in proof.row["papers"]] == [notice.number]
    assert render("delivery-proof", proof.row).pages == 1


def test_the_register_says_who_allowed_it_and_which_seal(work):
    case = work.to(S.SEALING)

    work.ask(FENG, SealPaper, case, seal="诉求专用章", approved_by=WANG)

    (line,) = (use for use in uses(work) if use.case_id == case)
    assert (line.seal, line.approved_by) == ("诉求专用章", WANG)


def test_there_are_only_the_hall_s_own_seals(work):
    case = work.to(S.SEALING)

    with pytest.raises(RuleBroken, match="没有“合同章”这枚印章") as refused:
        work.ask(FENG, SealPaper, case, seal="合同章")

    assert refused.value.field == "seal"
    assert work.desk(FENG).read(hall_seals) == ("街道办事处公章", "诉求专用章")
    assert work.case(case).status is S.SEALING


def test_the_seal_on_another_paper_is_registered_too(work):
    changes = work.ask(
        FENG,
        RegisterSeal,
        title="关于开展排查的通知",
        copies=3,
        approved_by=WANG,
        applicant=work.staff(ZHAO),
        note="发各社区",
    )

    (line,) = (use for use in uses(work) if use.id == changes.made["use"])
    assert changes.title == "用印登记 街道办事处公章"
    assert (line.title, line.copies, line.paper_id) == ("关于开展排查的通知", 3, None)
    assert (line.applicant_id, line.note) == (work.staff(ZHAO), "发各社区")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "", "approved_by": WANG}, "title"),
        ({"title": "通知", "approved_by": " "}, "approved_by"),
        ({"title": "通知", "approved_by": WANG, "applicant": 1}, "applicant"),
        ({"title": "通知", "approved_by": WANG, "seal": "合同章"}, "seal"),
    ],
)
def test_a_line_of_the_register_says_what_and_who(work, facts, field):
    with pytest.raises(RuleBroken) as refused:
        work.ask(FENG, RegisterSeal, **facts)

    assert refused.value.field == field


def test_only_the_office_keeps_the_register(work):
    with pytest.raises(NotAllowed):
        work.ask(LI, RegisterSeal, title="通知", approved_by=WANG)
    with pytest.raises(NotAllowed):
        work.ask(LI, IssueSealRegister, first=date(2026, 11, 2), last=date(2026, 11, 2))


def test_the_register_of_a_period_is_a_paper_of_the_hall(own_work):
    work = own_work
    case = work.to(S.DELIVERING)
    work.ask(FENG, RegisterSeal, title="通知", approved_by=WANG)
    asked = partial(work.ask, FENG, IssueSealRegister)

    changes = asked(first=date(2026, 10, 1), last=work.clock().date())

    with Session(work.hall.engine) as session:
        paper = session.get(Paper, changes.made["paper"])
    notice = work.papers(case, "opinion-notice")[0]
    assert (paper.code, paper.case_id, paper.number) == (
        "seal-register",
        None,
        changes.made["number"],
    )
    first, second = paper.row["uses"]
    assert (first["title"], first["number"]) == ("群众诉求处理意见书", notice.number)
    assert (second["title"], second["number"], second["used_by"]) == ("通知", None, FENG)
    assert render("seal-register", paper.row).pages == 1


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2026-11-02", "2026-11-02", "2026年11月2日"),
        ("2026-10-01", "2026-11-30", "2026年10月1日至11月30日"),
        ("2026-10-01", "2027-01-31", "2026年10月1日至2027年1月31日"),
    ],
)
def test_the_period_stands_on_it_in_words(own_work, first, last, period):
    own_work.clock.set("2026-11-02 09:00")
    own_work.ask(FENG, RegisterSeal, title="通知", approved_by=WANG)

    changes = own_work.ask(
        FENG,
        IssueSealRegister,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
    )

    assert changes.detail == period


def test_a_period_without_a_seal_is_not_printed(own_work):
    asked = partial(own_work.ask, FENG, IssueSealRegister)
    with pytest.raises(RuleBroken, match="没有用印"):
        asked(first=date(2026, 11, 2), last=date(2026, 11, 2))
    with pytest.raises(RuleBroken, match="止日不能早于起日"):
        asked(first=date(2026, 11, 2), last=date(2026, 11, 1))


def test_a_revised_opinion_has_a_proof_of_its_own_with_its_new_number(work):
    case = work.to(S.DELIVERING)
    work.ask(ZHAO, ReviseOpinion, case, reason="日期写错")
    work.to(S.SIGNING, case)
    work.ask(ZHENG, SignOpinion, case, is_agreed=True)

    work.ask(FENG, SealPaper, case)

    before, now = work.papers(case, "delivery-proof")
    notice = work.papers(case, "opinion-notice")[-1]
    assert (before.state, now.state) == (PaperState.VOID, PaperState.ISSUED)
    assert notice.number not in repr(before.row)  # nobody signs for a paper that is void
    assert notice.number in repr(now.row)
    assert len([use for use in uses(work) if use.case_id == case]) == 2


# Delivery and the scan


def test_several_papers_are_handed_over_together(work):
    case = work.to(S.HANDLING)
    extra = work.ask(LI, IssueNotice, case, code="acceptance-notice").made["paper"]
    work.ask(FENG, SealNotice, case, paper=extra, approved_by=WANG)
    work.to(S.DELIVERING, case)
    notice = work.papers(case, "opinion-notice")[0].id

    changes = work.ask(
        LI, DeliverPaper, case, way=DeliveryWay.IN_PERSON, with_papers=(extra, extra, notice)
    )

    assert changes.title == "送达意见书 当面签收，连同 1 份文书"
    with Session(work.hall.engine) as session:
        ids = session.scalars(
            select(Delivery.paper_id).where(Delivery.paper_id.in_([extra, notice]))
        )
        assert sorted(ids) == sorted([extra, notice])
    assert stations(work, case) == [Station.SCAN]


def test_a_paper_of_another_case_is_not_handed_over(work):
    case, other = work.to(S.DELIVERING), work.to(S.DELIVERING)
    foreign = work.papers(other, "opinion-notice")[0].id

    with pytest.raises(RuleBroken, match="不属于这一件"):
        work.ask(LI, DeliverPaper, case, way=DeliveryWay.IN_PERSON, with_papers=(foreign,))

    assert work.case(case).status is S.DELIVERING


def test_the_same_scan_twice_stays_one(work):
    case = work.to(S.FOLLOW_UP)
    paper = work.papers(case, "opinion-notice")[0].id
    work.ask(LI, ScanBack, case, paper=paper, **SCAN)
    version = work.case(case).version

    changes = work.ask(LI, ScanBack, case, paper=paper, **SCAN)

    assert changes.title.endswith("（同一份，已在）")
    assert changes.made["number"] == work.case(case).number
    assert work.case(case).version == version
    assert work.papers(case, "opinion-notice")[0].scan_sha256 == hashlib.sha256(PDF).hexdigest()


def test_a_scan_needs_no_newest_version_and_comes_at_any_time(work):
    case = work.register()
    sheet = work.papers(case, "intake-sheet")[0].id

    work.ask(LI, ScanBack, case, paper=sheet, seen=0, **SCAN)

    assert work.papers(case, "intake-sheet")[0].state is PaperState.SCANNED
    done = work.to(S.ARCHIVED)
    work.ask(HE, ScanBack, done, paper=work.papers(done, "opinion-notice")[0].id, **SCAN)
    assert work.papers(done, "opinion-notice")[0].state is PaperState.SCANNED


def test_a_scan_that_came_before_the_seal_leaves_the_paper_where_it_is(work):
    case = work.to(S.SEALING)
    paper = work.papers(case, "opinion-notice")[0].id

    work.ask(LI, ScanBack, case, paper=paper, **SCAN)

    assert work.papers(case, "opinion-notice")[0].state is PaperState.TO_SEAL
    work.to(S.FOLLOW_UP, case)
    assert work.papers(case, "opinion-notice")[0].state is PaperState.SCANNED


# Where each paper waits


def test_every_paper_waits_at_one_station_until_it_is_back(own_work):
    work = own_work
    case = work.to(S.SEALING)
    assert stations(work, case) == [Station.SEAL]
    (row,) = waiting(work).at(Station.SEAL)
    assert (row.title, row.unit, row.signed_by) == ("群众诉求处理意见书", "城建办", ZHENG)
    work.to(S.DELIVERING, case)
    assert stations(work, case) == [Station.DELIVER]
    work.to(S.FOLLOW_UP, case)
    (row,) = waiting(work).at(Station.SCAN)
    assert (row.way, row.case_number) == (DeliveryWay.IN_PERSON, work.case(case).number)
    work.ask(LI, ScanBack, case, paper=row.paper_id, **SCAN)
    assert stations(work, case) == []


def test_who_may_not_see_the_case_does_not_find_its_paper(own_work):
    case = own_work.to(S.SEALING)

    assert stations(own_work, case, ZHOU) == [Station.SEAL]
    assert stations(own_work, case, "梁燕") == []
    assert stations(own_work, case, QIN) == [Station.SEAL]
