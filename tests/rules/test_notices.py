"""Papers on demand: which of them fit a case as it stands."""

import pytest

from desk.rules.codes import CaseStatus, Exit, PaperState
from desk.rules.notices import IssuedPaper, fitting, why_not
from desk.rules.papers import PAPER_TITLES, copies_of

S, P = CaseStatus, PaperState


def fit(status, way_out=Exit.TRANSFER, papers=(), round_no=1):
    return fitting(status, way_out, round_no, papers)


@pytest.mark.parametrize(
    ("status", "way_out", "codes"),
    [
        (S.RECEIVED, Exit.TRANSFER, ("acceptance-notice",)),
        (S.HANDLING, Exit.OWN_UNIT, ("acceptance-notice",)),
        (S.MERGED, Exit.TRANSFER, ("acceptance-notice",)),
        (S.GUIDED, Exit.GUIDANCE, ("guidance-notice", "case-contents")),
        (S.CLOSED, Exit.ON_SPOT, ("closing-report", "case-contents")),
        (S.CLOSED, Exit.TRANSFER, ("closing-report", "case-contents")),
        (S.ARCHIVED, Exit.TRANSFER, ("closing-report", "case-contents")),
        (S.WITHDRAWN, Exit.TRANSFER, ("withdrawal-request", "case-contents")),
    ],
)
def test_only_papers_that_fit_the_case_are_offered(status, way_out, codes):
    assert fit(status, way_out) == codes


def test_nothing_is_delivered_before_there_is_something_to_deliver():
    for state, is_ready in ((P.TO_SEAL, False), (P.TO_DELIVER, True), (P.DELIVERED, True)):
        offered = fit(S.DELIVERING, papers=[IssuedPaper("opinion-notice", state, 1)])
        assert ("delivery-proof" in offered) is is_ready
    said = why_not("delivery-proof", S.RECEIVED, Exit.TRANSFER, 1, [])
    assert said.startswith("还没有要送达的文书")


def test_an_acceptance_is_not_told_where_nothing_was_taken_in():
    for status, way_out in ((S.GUIDED, Exit.GUIDANCE), (S.HANDLING, Exit.ON_SPOT)):
        assert "只出给已受理" in why_not("acceptance-notice", status, way_out, 1, [])


@pytest.mark.parametrize("state", [P.ISSUED, P.SCANNED])
def test_a_notice_is_issued_once(state):
    papers = [IssuedPaper("acceptance-notice", state, 1)]

    said = why_not("acceptance-notice", S.HANDLING, Exit.TRANSFER, 2, papers)

    assert said == "群众诉求受理告知书已经出过，要按最新情况重出请用“更正文书”。"


def test_a_closing_report_is_written_again_for_the_next_round():
    papers = [IssuedPaper("closing-report", P.ISSUED, 1)]
    assert "closing-report" not in fit(S.CLOSED, papers=papers)
    assert "closing-report" in fit(S.CLOSED, papers=papers, round_no=2)


def test_an_application_to_withdraw_is_signed_while_it_can_be_withdrawn_and_once():
    code, way = "withdrawal-request", Exit.TRANSFER
    for status in (S.RECEIVED, S.PARKED, S.SIGNING, S.WITHDRAWN):
        assert why_not(code, status, way, 1, []) == ""
        assert "已经出过" in why_not(code, status, way, 1, [IssuedPaper(code, P.ISSUED, 1)])
        assert why_not(code, status, way, 1, [IssuedPaper(code, P.SCANNED, 1)]) == ""
    assert "现在不能撤回" in why_not(code, S.SEALING, way, 1, [])
    assert code not in fit(S.HANDLING, way)  # there its panel prints it


def test_a_further_delivery_has_a_proof_of_its_own():
    papers = [
        IssuedPaper("opinion-notice", P.TO_DELIVER, 1),
        IssuedPaper("delivery-proof", P.SCANNED, 1),
    ]
    assert "delivery-proof" in fit(S.DELIVERING, papers=papers)


def test_what_somebody_gets_to_keep_is_printed_twice_and_all_others_once():
    twice = {code for code in PAPER_TITLES if copies_of(code) == 2}

    letters = {"supervision-notice", "commendation", "reminder-letter"}
    assert twice == {"acceptance-notice", "guidance-notice"} | letters
    assert copies_of("receipt") == 1


def test_papers_of_a_step_are_not_issued_by_themselves():
    said = why_not("opinion-notice", S.SEALING, Exit.TRANSFER, 1, [])
    assert said == "这种文书办到那一步会自动出具，不用单独出。"
