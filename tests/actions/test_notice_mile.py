"""A notice's own last mile: its seal, its way, its signed lower part, wherever the case stands."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.archiving import ArchiveCase
from desk.actions.last_mile import DeliverPaper, ScanBack
from desk.actions.notice_mile import DeliverNotice, SealNotice
from desk.actions.notices import IssueNotice
from desk.actions.papers import IssuePaper
from desk.queries.last_mile import Station, last_mile, notice_seals
from desk.queries.papers import stored_paper
from desk.queries.waiting import waiting_counts
from desk.rules.codes import DeliveryWay, Exit, PaperState
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.notice_settings import NOTICE_SEAL
from desk.store.models import Delivery, SealUse
from tests.actions.work import FENG, HE, LI, SUN, WANG, XU, ZHAO, S

P = PaperState
SCAN = {"media_type": "application/pdf", "scan": b"%PDF-1.7 the lower part, signed"}
GUIDED = {
    "exit": Exit.GUIDANCE,
    "answer": "公积金由市里的中心办理，已说明。",
    "guided_to": "市公积金中心",
}


def noticed(work, who=LI, **more):
    """Issue the notice that fits a new case; return the case and the paper."""
    case = work.register(**more)
    code = "guidance-notice" if more else "acceptance-notice"
    return case, work.ask(who, IssueNotice, case, code=code).made["paper"]


def paper(work, case, code="acceptance-notice"):
    return work.papers(case, code)[-1]


def stations(work, paper_id, who=FENG):
    found = work.desk(who).read(last_mile).waiting
    return [at for at, rows in found.items() if paper_id in {row.paper_id for row in rows}]


def badge(work, who=FENG):
    return work.desk(who).read(waiting_counts)["last_mile"]


def test_a_notice_goes_its_own_way_while_its_case_goes_on(own_work):
    work = own_work
    case, notice = noticed(work)
    assert stations(work, notice) == [Station.SEAL]
    assert badge(work) == 1
    work.to(S.HANDLING, case)
    assert stations(work, notice) == [Station.SEAL]

    changes = work.ask(FENG, SealNotice, case, paper=notice, approved_by=WANG)

    assert changes.title == f"盖章 {paper(work, case).number}"
    assert (changes.detail, paper(work, case).state) == ("街道办事处公章 2 份", P.TO_DELIVER)
    assert stations(work, notice, LI) == [Station.DELIVER]
    changes = work.ask(LI, DeliverNotice, case, paper=notice, way=DeliveryWay.IN_PERSON)
    assert changes.title == "送达群众诉求受理告知书 当面签收"
    assert stations(work, notice) == [Station.SCAN]
    assert badge(work) == 0
    work.ask(LI, ScanBack, case, paper=notice, **SCAN)
    assert paper(work, case).state is P.SCANNED
    assert stations(work, notice) == []
    assert work.case(case).status is S.HANDLING


def test_the_register_of_seals_names_the_notice_and_who_allowed_it(work):
    case, notice = noticed(work)

    work.ask(FENG, SealNotice, case, paper=notice, seal="诉求专用章", copies=1, approved_by=WANG)

    with Session(work.hall.engine) as session:
        line = session.scalars(select(SealUse).where(SealUse.paper_id == notice)).one()
    assert (line.seal, line.copies, line.case_id) == ("诉求专用章", 1, case)
    assert line.title == f"群众诉求受理告知书 {paper(work, case).number}"
    assert (line.applicant_id, line.used_by) == (work.staff(LI), work.staff(FENG))
    assert line.approved_by == WANG
    seals = work.desk(FENG).read(notice_seals)  # as it is likely to be the next time too
    assert (seals.seals, seals.approved_by) == (("诉求专用章", "街道办事处公章"), WANG)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"approved_by": " "}, "approved_by"), ({"approved_by": WANG, "seal": "合同章"}, "seal")],
)
def test_a_seal_says_which_one_and_who_allowed_it(work, more, field):
    case, notice = noticed(work)

    with pytest.raises(RuleBroken) as refused:
        work.ask(FENG, SealNotice, case, paper=notice, **more)

    assert refused.value.field == field
    assert paper(work, case).state is P.TO_SEAL


def test_every_way_says_what_it_must(work):
    case, notice = noticed(work, **GUIDED)
    work.ask(FENG, SealNotice, case, paper=notice, approved_by=WANG)

    for way, field in ((DeliveryWay.MAIL, "tracking"), (DeliveryWay.REFUSED, "witness")):
        with pytest.raises(RuleBroken) as refused:
            work.ask(LI, DeliverNotice, case, paper=notice, way=way)
        assert refused.value.field == field
    facts = {"way": DeliveryWay.REFUSED, "witness": "社区网格员", "note": "说不识字，念给他听了。"}
    work.ask(LI, DeliverNotice, case, paper=notice, **facts)

    with Session(work.hall.engine) as session:
        line = session.scalars(select(Delivery).where(Delivery.paper_id == notice)).one()
    assert (line.way, line.witness) == (DeliveryWay.REFUSED, "社区网格员")
    assert (line.note, line.delivered_by) == ("说不识字，念给他听了。", work.staff(LI))
    assert work.case(case).status is S.GUIDED


def test_no_step_is_taken_before_the_one_it_follows_nor_twice(work):
    case, notice = noticed(work)
    sheet = work.papers(case, "intake-sheet")[0].id

    with pytest.raises(RuleBroken, match="现在是“待盖章”"):
        work.ask(LI, DeliverNotice, case, paper=notice, way=DeliveryWay.IN_PERSON)
    with pytest.raises(RuleBroken, match="现在是“已出具”"):
        work.ask(FENG, SealNotice, case, paper=sheet, approved_by=WANG)
    work.ask(FENG, SealNotice, case, paper=notice, approved_by=WANG)
    with pytest.raises(RuleBroken, match="现在是“待送达”"):
        work.ask(FENG, SealNotice, case, paper=notice, approved_by=WANG)


def test_only_the_office_seals_and_only_who_sees_the_case_delivers(work):
    case, notice = noticed(work)

    for who, request, facts in (
        (LI, SealNotice, {"approved_by": WANG}),
        (SUN, DeliverNotice, {"way": DeliveryWay.IN_PERSON}),
    ):
        with pytest.raises(NotAllowed):
            work.ask(who, request, case, paper=notice, **facts)
    assert stations(work, notice, SUN) == []


def test_where_the_hall_seals_no_notices_they_are_handed_over_at_once(own_work):
    work = own_work
    work.ask(XU, SetSetting, key=NOTICE_SEAL, value=False)
    case, notice = noticed(work)

    assert paper(work, case).row["seal_place"] is False
    assert stations(work, notice) == [Station.DELIVER]
    work.ask(LI, IssuePaper, case, code="acceptance-notice")  # it has not left the hall yet
    assert paper(work, case).state is P.TO_DELIVER
    newest = paper(work, case).id
    work.ask(LI, DeliverNotice, case, paper=newest, way=DeliveryWay.IN_PERSON)
    with pytest.raises(RuleBroken, match="已送出"):
        work.ask(LI, IssuePaper, case, code="acceptance-notice")


def test_a_corrected_notice_is_sealed_once_more(work):
    case, notice = noticed(work)
    work.ask(FENG, SealNotice, case, paper=notice, approved_by=WANG)

    work.ask(LI, IssuePaper, case, code="acceptance-notice")

    old, new = work.papers(case, "acceptance-notice")
    assert (old.state, new.state, new.sealed_at) == (P.VOID, P.TO_SEAL, None)
    assert new.row["seal_place"] is True


def test_a_lower_part_that_came_back_first_waits_only_for_how_it_went(own_work):
    work = own_work
    case, notice = noticed(work)
    work.ask(LI, ScanBack, case, paper=notice, **SCAN)
    work.ask(FENG, SealNotice, case, paper=notice, approved_by=WANG)

    (row,) = work.desk(LI).read(last_mile).at(Station.DELIVER)
    assert (row.is_back, row.is_notice) == (True, True)
    with pytest.raises(RuleBroken, match="签字件已扫回"):
        work.ask(LI, IssuePaper, case, code="acceptance-notice")
    work.ask(LI, DeliverNotice, case, paper=notice, way=DeliveryWay.IN_PERSON)

    assert paper(work, case).state is P.SCANNED


def test_a_notice_without_its_seal_is_not_handed_over_with_the_opinion(work):
    case, notice = noticed(work)
    work.to(S.DELIVERING, case)
    together = {"way": DeliveryWay.IN_PERSON, "with_papers": (notice,)}

    with pytest.raises(RuleBroken, match="还没有盖章") as refused:
        work.ask(LI, DeliverPaper, case, **together)

    assert refused.value.field == "with_papers"
    (proof,) = work.papers(case, "delivery-proof")
    assert [one["title"] for one in proof.row["papers"]] == ["群众诉求处理意见书"]
    work.ask(FENG, SealNotice, case, paper=notice, approved_by=WANG)
    work.ask(LI, DeliverPaper, case, **together)
    assert paper(work, case).state is P.DELIVERED


def test_the_archive_says_which_notice_never_arrived_and_keeps_nothing_back(own_work):
    work = own_work
    case, notice = noticed(work, **GUIDED)
    number = paper(work, case, "guidance-notice").number

    changes = work.ask(HE, ArchiveCase, case)

    assert f"不予受理（引导）告知书 {number} 还没有送达。" in changes.detail
    assert stations(work, notice) == []
    with pytest.raises(NotAllowed):
        work.ask(FENG, SealNotice, case, paper=notice, approved_by=WANG)


def test_a_delivered_notice_is_no_delivery_of_the_opinion(work):
    case, notice = noticed(work)
    work.ask(FENG, SealNotice, case, paper=notice, approved_by=WANG)
    work.ask(LI, DeliverNotice, case, paper=notice, way=DeliveryWay.ONLINE)
    done = work.to(S.CLOSED, case)
    with work.hall.engine.begin() as connection:
        connection.exec_driver_sql(
            "DELETE FROM deliveries WHERE paper_id IN "
            "(SELECT id FROM papers WHERE code = 'opinion-notice')"
        )

    changes = work.ask(HE, ArchiveCase, done, is_solved=True, is_satisfied=True)

    assert "没有送达记录" in changes.detail
    assert "受理告知书" in changes.detail  # its lower part is not back


def test_who_seals_and_who_delivers_reads_the_notice_while_it_waits_for_him(work):
    case, notice = noticed(work)
    read = lambda who: work.desk(who).read(lambda r: stored_paper(r, notice))  # noqa: E731

    assert read(FENG).state is P.TO_SEAL
    work.ask(FENG, SealNotice, case, paper=notice, approved_by=WANG)
    work.ask(LI, DeliverNotice, case, paper=notice, way=DeliveryWay.IN_PERSON)

    with pytest.raises(NotAllowed, match="不在您手里"):
        read(FENG)


# The box of the archive


def test_the_box_that_was_written_with_a_scan_is_the_box_of_the_case(work):
    case = work.to(S.CLOSED)
    opinion = paper(work, case, "opinion-notice").id

    work.ask(LI, ScanBack, case, paper=opinion, box_number="2026-3", **SCAN)

    assert work.case(case).box_number == "2026-3"
    assert paper(work, case, "opinion-notice").box_number is None
    work.ask(HE, ArchiveCase, case, is_solved=True, is_satisfied=True)
    assert work.case(case).box_number == "2026-3"
    report = paper(work, case, "closing-report")
    assert report.row["box_number"] == "2026-3"


def test_what_comes_after_the_archiving_may_lie_elsewhere(work):
    case = work.to(S.ARCHIVED)
    opinion = paper(work, case, "opinion-notice").id
    before = work.case(case).box_number

    work.ask(ZHAO, ScanBack, case, paper=opinion, box_number="2026-9", **SCAN)

    assert work.case(case).box_number == before
    assert paper(work, case, "opinion-notice").box_number == "2026-9"
