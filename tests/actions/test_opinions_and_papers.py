"""Opinions and their last mile: written, signed, numbered, sealed, delivered, scanned back."""

import hashlib

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desk.actions.handling import FinishHandling
from desk.actions.last_mile import DeliverPaper, ScanBack, SealPaper
from desk.actions.opinions import WriteOpinion
from desk.actions.papers import IssuePaper, LogPrint, StoreProof
from desk.actions.signing import SignOpinion
from desk.forms import render
from desk.forms.row_keys import keys
from desk.rules.codes import (
    Channel,
    ClockKind,
    DeliveryWay,
    Discontent,
    Exit,
    HandlingResult,
    NextStep,
    OpinionStatus,
    PaperState,
    Satisfaction,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.numbering import read_number
from desk.store.models import (
    Delivery,
    Opinion,
    Paper,
    PaperProof,
    PrintLine,
)
from tests.actions.test_handling import again
from tests.actions.work import CHEN, FENG, LI, SUN, WANG, WU, ZHAO, ZHENG, ZHOU, S
from tests.small_hall import COMMAND_LINE

PDF = b"%PDF-1.7 fictional"


def write(work, case, **more):
    return work.ask(ZHAO, WriteOpinion, case, **(work.opinion_words(case) | more))


def rows(work, table):
    with Session(work.hall.engine) as session:
        return session.scalars(select(table)).all()


def test_a_draft_may_be_kept_as_often_as_one_likes(work):
    case = work.to(S.OPINION)

    changes = write(work, case, decision="先写到这里。", basis="《物业管理条例》", remedy="  ")

    opinion = work.all(Opinion, case)[0]
    assert changes.title == "起草意见书"
    assert (opinion.decision, opinion.basis) == ("先写到这里。", "《物业管理条例》")
    assert (opinion.remedy, opinion.status) == (None, OpinionStatus.DRAFT)
    assert work.case(case).status is S.OPINION
    assert work.clock_of(case, ClockKind.OPINION).stopped_at is None


def test_a_submitted_opinion_stops_its_limit_and_waits_for_the_leader(work):
    case = work.to(S.OPINION)
    at = work.clock.forward(minutes=9)

    changes = write(work, case, is_ready=True)

    assert changes.title == "意见书送审签"
    assert work.case(case).status is S.SIGNING
    assert work.case(case).next_clock is None
    assert work.clock_of(case, ClockKind.OPINION).stopped_at == at
    assert work.all(Opinion, case)[0].submitted_at == at


@pytest.mark.parametrize("name", ["title", "acceptance", "findings", "decision"])
def test_an_opinion_with_an_empty_section_is_kept_but_not_submitted(work, name):
    case = work.to(S.OPINION)
    write(work, case, **{name: ""})

    with pytest.raises(RuleBroken, match="写好后再送审签") as refused:
        write(work, case, is_ready=True)

    assert refused.value.field == name


def test_an_opinion_that_waits_for_signature_is_not_edited(work):
    case = work.to(S.SIGNING)

    with pytest.raises(NotAllowed):
        write(work, case)


def test_even_the_command_line_does_not_edit_what_waits_for_signature(work):
    case = work.to(S.SIGNING)

    with pytest.raises(RuleBroken, match="意见书已提交审签"):
        work.ask(COMMAND_LINE, WriteOpinion, case, **work.opinion_words(case))


def test_without_a_valid_letter_there_is_nothing_to_seal(work):
    case = work.to(S.SEALING)
    with work.hall.engine.begin() as connection:
        gone = update(Paper).where(Paper.case_id == case).values(state=PaperState.VOID)
        connection.execute(gone)

    with pytest.raises(RuleBroken, match="还没有可以盖章的意见书"):
        work.ask(FENG, SealPaper, case)


def test_a_foreign_unit_does_not_write_the_opinion(work):
    case = work.to(S.OPINION)

    with pytest.raises(NotAllowed):
        work.ask(SUN, WriteOpinion, case, **work.opinion_words(case))


def test_the_leader_sends_an_opinion_back_with_a_remark(work):
    case = work.to(S.SIGNING)
    with pytest.raises(RuleBroken, match="退回修改请写明") as refused:
        work.ask(ZHENG, SignOpinion, case, is_agreed=False)
    assert refused.value.field == "remark"

    changes = work.ask(ZHENG, SignOpinion, case, is_agreed=False, remark="请写明依据。")

    opinion = work.all(Opinion, case)[0]
    assert changes.title == "意见书退回修改"
    assert (opinion.status, opinion.remark) == (OpinionStatus.SENT_BACK, "请写明依据。")
    assert work.case(case).status is S.OPINION
    assert work.papers(case, "opinion-notice") == []
    write(work, case, is_ready=True)
    assert work.all(Opinion, case)[0].remark is None


@pytest.mark.parametrize("name", [ZHENG, WANG])
def test_a_signed_opinion_gets_its_number_and_its_papers(work, name):
    case = work.to(S.SIGNING)

    changes = work.ask(name, SignOpinion, case, is_agreed=True, remark="同意")

    opinion = work.all(Opinion, case)[0]
    notice, sheet = work.papers(case, "opinion-notice")[0], work.papers(case, "opinion-sheet")[0]
    assert changes.title == f"签发意见书 {notice.number}"
    assert changes.made["number"] == notice.number == sheet.number
    assert (opinion.status, opinion.signed_by) == (OpinionStatus.SIGNED, work.staff(name))
    assert (notice.state, sheet.state) == (PaperState.TO_SEAL, PaperState.ISSUED)
    assert work.case(case).status is S.SEALING


@pytest.mark.parametrize("name", [ZHAO, LI, FENG])
def test_only_leaders_sign(work, name):
    case = work.to(S.SIGNING)

    with pytest.raises(NotAllowed):
        work.ask(name, SignOpinion, case, is_agreed=True)


def test_opinions_are_numbered_without_gaps(work):
    cases = [work.to(S.SEALING) for _ in range(3)]

    seqs = [read_number(work.papers(case, "opinion-notice")[0].number).seq for case in cases]
    assert seqs == [seqs[0], seqs[0] + 1, seqs[0] + 2]


def test_the_office_seals_and_anyone_at_the_front_delivers(work):
    case = work.to(S.SEALING)
    with pytest.raises(NotAllowed):
        work.ask(LI, SealPaper, case)
    sealed = work.clock.forward(minutes=3)
    changes = work.ask(FENG, SealPaper, case)
    notice = work.papers(case, "opinion-notice")[0]
    assert changes.title == f"盖章 {notice.number}"
    assert (notice.state, notice.sealed_at) == (PaperState.TO_DELIVER, sealed)

    at = work.clock.forward(minutes=3)
    changes = work.ask(LI, DeliverPaper, case, way=DeliveryWay.IN_PERSON, note="本人签收")

    assert changes.title == "送达意见书 当面签收"
    assert work.papers(case, "opinion-notice")[0].state is PaperState.DELIVERED
    assert work.case(case).status is S.FOLLOW_UP
    assert work.clock_of(case, ClockKind.FOLLOW_UP).started_at == at
    delivery = next(row for row in rows(work, Delivery) if row.paper_id == notice.id)
    assert (delivery.way, delivery.note) == (DeliveryWay.IN_PERSON, "本人签收")


@pytest.mark.parametrize(
    ("way", "field", "proof"),
    [
        (DeliveryWay.MAIL, "tracking", "EMS-0001"),
        (DeliveryWay.REFUSED, "witness", "陈静"),
    ],
)
def test_mail_needs_its_number_and_a_refusal_its_witness(work, way, field, proof):
    case = work.to(S.DELIVERING)
    with pytest.raises(RuleBroken) as refused:
        work.ask(LI, DeliverPaper, case, way=way)
    assert refused.value.field == field

    work.ask(LI, DeliverPaper, case, way=way, **{field: proof})

    notice = work.papers(case, "opinion-notice")[0]
    delivery = next(row for row in rows(work, Delivery) if row.paper_id == notice.id)
    assert getattr(delivery, field) == proof


def test_a_scan_that_came_before_the_delivery_is_not_forgotten(work):
    case = work.to(S.DELIVERING)
    notice = work.papers(case, "opinion-notice")[0]
    work.ask(
        LI,
        ScanBack,
        case,
        paper=notice.id,
        media_type="application/pdf",
        scan=PDF,
        box_number="2026-盒3",
    )

    work.ask(LI, DeliverPaper, case, way=DeliveryWay.IN_PERSON)

    paper = work.papers(case, "opinion-notice")[0]
    assert paper.state is PaperState.SCANNED
    assert work.case(case).box_number == "2026-盒3"  # where all originals of the case lie
    assert paper.scan_sha256 == hashlib.sha256(PDF).hexdigest()


def test_a_scan_belongs_to_a_paper_of_its_case(work):
    case, other = work.to(S.FOLLOW_UP), work.to(S.FOLLOW_UP)
    foreign = work.papers(other, "opinion-notice")[0].id
    scan = {"media_type": "application/pdf", "scan": PDF}

    with pytest.raises(RuleBroken, match="不属于这一件"):
        work.ask(LI, ScanBack, case, paper=foreign, **scan)
    with pytest.raises(RuleBroken, match="找不到这份文书"):
        work.ask(LI, ScanBack, case, paper=1, **scan)
    own = work.papers(case, "opinion-notice")[0].id
    with pytest.raises(RuleBroken, match="这个文件是空的") as refused:
        work.ask(LI, ScanBack, case, paper=own, media_type="image/png", scan=b"")
    assert refused.value.field == "content"


def test_the_scan_of_a_replaced_paper_leaves_it_void(work):
    case = work.to(S.SEALING)
    old = work.papers(case, "opinion-notice")[0].id
    work.ask(ZHOU, IssuePaper, case, code="opinion-notice")
    work.to(S.FOLLOW_UP, case)

    work.ask(LI, ScanBack, case, paper=old, media_type="application/pdf", scan=PDF)

    assert work.papers(case, "opinion-notice")[0].state is PaperState.VOID


def test_a_corrected_paper_replaces_the_old_one_under_the_same_number(work):
    case = work.to(S.SEALING)
    old = work.papers(case, "opinion-notice")[0]

    changes = work.ask(ZHOU, IssuePaper, case, code="opinion-notice")

    old, new = work.papers(case, "opinion-notice")
    assert changes.title == "更正群众诉求处理意见书，第 2 版"
    assert changes.made["paper"] == new.id
    assert (old.state, new.state) == (PaperState.VOID, PaperState.TO_SEAL)
    assert (new.number, new.revision, new.replaces_id) == (old.number, 2, old.id)


def test_a_delivered_paper_is_not_replaced(work):
    case = work.to(S.FOLLOW_UP)

    with pytest.raises(RuleBroken, match="这份文书已送出"):
        work.ask(ZHOU, IssuePaper, case, code="opinion-notice")


def test_only_papers_that_a_case_already_has_are_issued_anew(work):
    case = work.register()

    with pytest.raises(RuleBroken, match="还没有交办单"):
        work.ask(LI, IssuePaper, case, code="dispatch-slip")
    with pytest.raises(RuleBroken, match="没有这种文书") as refused:
        work.ask(LI, IssuePaper, case, code="love-letter")
    assert refused.value.field == "code"


def whole_case(work):
    """Return a case with every paper there is: two rounds, two units, several matters."""
    case = work.to(
        S.FOLLOW_UP,
        supports=(),
        channel=Channel.VISIT,
        matters=("漏电", "电梯"),
        community=work.unit("榕东社区"),
    )
    again(work, case)
    return work.to(S.CLOSED, case)


@pytest.mark.parametrize(
    "code",
    [
        "intake-sheet",
        "receipt",
        "dispatch-slip",
        "opinion-notice",
        "opinion-sheet",
        "followup-record",
    ],
)
def test_every_paper_of_a_case_has_exactly_the_keys_of_its_form_and_can_be_drawn(work, code):
    case = whole_case(work)

    papers = work.papers(case, code)
    assert papers
    for paper in papers:
        assert set(paper.row) == keys(code)
        drawn = render(code, paper.row, layout=work.layout(paper))
        assert drawn.pdf.startswith(b"%PDF")
        assert not drawn.missing


@pytest.mark.parametrize("exit_", [Exit.ON_SPOT, Exit.GUIDANCE, Exit.OWN_UNIT])
def test_the_papers_of_every_exit_can_be_drawn(work, exit_):
    case = work.register(exit=exit_, answer="已说明。", guided_to="区人社局")

    for code in ("intake-sheet", "receipt"):
        paper = work.papers(case, code)[0]
        assert set(paper.row) == keys(code)
        assert not render(code, paper.row).missing


@pytest.mark.parametrize("code", ["intake-sheet", "receipt", "dispatch-slip", "followup-record"])
def test_every_kind_of_paper_can_be_issued_anew(work, code):
    case = whole_case(work)

    work.ask(ZHOU, IssuePaper, case, code=code)

    papers = [paper for paper in work.papers(case, code) if paper.state is not PaperState.VOID]
    assert papers[-1].revision == 2
    assert set(papers[-1].row) == keys(code)


def test_what_a_paper_looked_like_is_kept_once(work):
    case = work.to(S.SEALING)
    paper = work.papers(case, "opinion-notice")[0]
    sha256 = hashlib.sha256(PDF).hexdigest()

    work.ask(LI, StoreProof, paper=paper.id, sha256=sha256, pdf=PDF)
    work.ask(LI, StoreProof, paper=paper.id, sha256=sha256)
    with pytest.raises(RuleBroken, match="与第一次出具时不一致"):
        work.ask(LI, StoreProof, paper=paper.id, sha256="0" * 64)

    proof = [row for row in rows(work, PaperProof) if row.paper_id == paper.id]
    assert [(row.sha256, row.blob_sha256) for row in proof] == [(sha256, sha256)]
    with pytest.raises(RuleBroken, match="找不到这份文书"):
        work.ask(LI, StoreProof, paper=1, sha256=sha256)


def test_a_proof_without_bytes_keeps_its_hash_alone(work):
    paper = work.papers(work.register(), "receipt")[0]

    work.ask(LI, StoreProof, paper=paper.id, sha256="ab" * 32)

    proof = next(row for row in rows(work, PaperProof) if row.paper_id == paper.id)
    assert proof.blob_sha256 is None


def test_every_print_is_logged(work):
    paper = work.papers(work.register(), "receipt")[0]

    changes = work.ask(LI, LogPrint, paper=paper.id, printer="窗口打印机", copies=2)

    assert changes.title == "打印受理回执 2 份"
    line = next(row for row in rows(work, PrintLine) if row.paper_id == paper.id)
    assert (line.printer, line.copies, line.printed_by) == ("窗口打印机", 2, work.staff(LI))
    with pytest.raises(RuleBroken, match="“份数”"):
        work.ask(LI, LogPrint, paper=paper.id, printer="窗口打印机", copies=0)


def test_the_opinion_of_a_round_says_what_became_of_the_case(work):
    case = work.to(S.HANDLING)
    work.ask(ZHAO, FinishHandling, case, result=HandlingResult.WITHDRAWN, measures="诉求人已撤回。")

    assert work.all(Opinion, case)[0].decision == "诉求人已撤回。"


def test_the_record_of_a_follow_up_says_what_was_answered(work):
    case = work.to(S.FOLLOW_UP)
    again(work, case, discontent=Discontent.OTHER, discontent_note="等得太久")

    row = work.papers(case, "followup-record")[0].row
    assert row["discontent_note"] == "等得太久"
    assert row["satisfaction"] == "不满意"
    assert Satisfaction.DISSATISFIED is work.case(case).satisfaction
    assert row["next_steps"] == ["二次办理"]
    assert NextStep.AGAIN.value == "again"


@pytest.mark.parametrize("name", [CHEN, WU])
def test_who_may_not_seal_does_not(work, name):
    case = work.to(S.SEALING, community=work.unit("榕东社区"))

    with pytest.raises(NotAllowed):
        work.ask(name, SealPaper, case)
