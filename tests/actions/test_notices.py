"""Papers issued when somebody asks: notices, delivery proofs, closing reports, file lists."""

from functools import partial

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from desk.actions.handling import FinishHandling
from desk.actions.intake import Appellant
from desk.actions.notice_mile import SealNotice
from desk.actions.notices import IssueNotice
from desk.actions.papers import IssuePaper, LogPrint, StoreProof, issue_for_hall
from desk.forms import form_codes, render
from desk.forms.row_keys import keys
from desk.queries.paper_finder import paper_to_print
from desk.queries.papers import stored_paper
from desk.queries.search import find
from desk.rules.codes import Channel, Exit, HandlingResult, PaperState, Resolution, Sex
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.mediation_papers import DOSSIER
from desk.rules.paper_codes import read_code
from desk.rules.papers import PAPER_TITLES
from desk.store.ids import new_id
from desk.store.models import Case, Matter, Opinion, Paper
from desk.store.paper_rows import paper_row
from desk.store.paper_source import Writing
from desk.store.transaction import Transaction
from tests.actions.work import CHEN, FENG, GAO, LI, SUN, WANG, WU, ZHAO, ZHOU, S
from tests.forms.reading import squeezed, text_of
from tests.forms.specimens import SPECIMENS
from tests.small_hall import COMMAND_LINE

HALL_CODES = ("sign-folder", "seal-register", "promised-calls", "shift-handover", "morning-brief")
COMMON = {"number", "serial", "qr", "office", "seal_place", "filled_by", "checked_by", "filled_on"}


def issue(work, case, code, who=LI):
    """Issue a paper and return it as it is stored."""
    work.ask(who, IssueNotice, case, code=code)
    return work.papers(case, code)[-1]


def words_of(work, paper):
    """Return what stands on a paper."""
    assert set(paper.row) == keys(paper.code)
    drawn = render(paper.code, paper.row, layout=work.layout(paper))
    assert not drawn.missing
    return squeezed(text_of(drawn.pdf))


def guided(work, **more):
    return work.register(
        exit=Exit.GUIDANCE, answer="工资争议由劳动监察处理。", guided_to="区劳动监察大队", **more
    )


def test_the_acceptance_is_told_with_who_carries_it_and_until_when(work):
    rare = Appellant(name="𠮷田·阿依古丽", phone="13800000023", sex=Sex.FEMALE)
    case = work.to(S.HANDLING, appellant=rare)

    paper = issue(work, case, "acceptance-notice")

    words = words_of(work, paper)
    assert "诉告〔2026〕" in paper.number
    assert "𠮷田·阿依古丽女士：" in words
    assert "由城建办承办，承办人赵强，电话" in words
    assert "前办结；情况复杂需要延期的" in words
    assert "送达回证" in words
    assert work.kinds(case)[-1] == "notice.issued"


def test_before_the_dispatch_the_notice_names_who_passes_the_case_on(work):
    paper = issue(work, work.register(), "acceptance-notice")

    assert "由信联办转交承办单位办理，电话" in words_of(work, paper)


def test_a_unit_that_has_not_named_anybody_stands_alone_in_the_notice(work):
    paper = issue(work, work.to(S.DISPATCHED), "acceptance-notice")

    assert paper.row["carried_by"].startswith("城建办承办，电话")


def test_a_petition_has_the_titles_that_the_law_gives_it(work):
    paper = issue(work, work.register(channel=Channel.PETITION), "acceptance-notice")
    other = issue(work, guided(work, channel=Channel.PETITION), "guidance-notice")

    assert paper.row["title"] == "信访事项受理告知书"
    assert other.row["title"] == "信访事项不予受理告知书"


def test_who_is_guided_elsewhere_reads_where_to_go(work):
    case = guided(work)

    paper = issue(work, case, "guidance-notice")

    words = words_of(work, paper)
    assert "建议您向区劳动监察大队反映。" in words
    assert "工资争议由劳动监察处理。" in words
    assert paper.row["contact"] is None
    assert paper.row["basis"] is None


def test_the_two_notices_share_one_run_of_numbers(work):
    first = issue(work, work.register(), "acceptance-notice").number
    second = issue(work, guided(work), "guidance-notice").number

    seq = [int(number.partition("〕")[2].removesuffix("号")) for number in (first, second)]
    assert seq[1] == seq[0] + 1


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("guidance-notice", "引导告知书只出给引导对接的件"),
        ("closing-report", "办结以后才有办结报告"),
        ("case-contents", "准备归档时才出卷内目录"),
        ("delivery-proof", "还没有要送达的文书"),
        ("opinion-notice", "会自动出具"),
        ("leave-sheet", "会自动出具"),
    ],
)
def test_a_paper_that_does_not_fit_is_refused_with_a_reason(work, code, sentence):
    case = work.register()

    with pytest.raises(RuleBroken, match=sentence) as refused:
        issue(work, case, code)

    assert refused.value.field == "code"


def test_a_second_notice_is_a_correction_under_the_same_number(work):
    case = work.register()
    first = issue(work, case, "acceptance-notice")
    with pytest.raises(RuleBroken, match="已经出过"):
        issue(work, case, "acceptance-notice")

    work.ask(LI, IssuePaper, case, code="acceptance-notice")

    old, new = work.papers(case, "acceptance-notice")
    assert (old.state, new.revision, new.number) == (PaperState.VOID, 2, first.number)


def test_a_stranger_to_a_case_issues_nothing(work):
    case = work.to(S.HANDLING)

    for who in (SUN, GAO):
        with pytest.raises(NotAllowed):
            issue(work, case, "acceptance-notice", who)


def test_the_proof_that_goes_with_the_opinion_lists_all_that_is_handed_over(work):
    case = work.register()
    notice = issue(work, case, "acceptance-notice")
    work.ask(FENG, SealNotice, case, paper=notice.id, approved_by="王磊")
    work.to(S.DELIVERING, case)

    (proof,) = work.papers(case, "delivery-proof")

    opinion = work.papers(case, "opinion-notice")[-1]
    assert [paper["number"] for paper in proof.row["papers"]] == [notice.number, opinion.number]
    assert proof.row["way"] is None
    assert "受送达人签名或盖章" in words_of(work, proof)
    with pytest.raises(RuleBroken, match="送达回证已经出过"):
        issue(work, case, "delivery-proof", FENG)


def test_after_the_delivery_a_new_version_of_the_proof_says_how_and_when(work):
    case = work.to(S.FOLLOW_UP)

    work.ask(FENG, IssuePaper, case, code="delivery-proof")

    paper = work.papers(case, "delivery-proof")[-1]
    assert [one["title"] for one in paper.row["papers"]] == ["群众诉求处理意见书"]
    assert (paper.row["way"], paper.row["delivered_by"]) == ("当面签收", LI)
    assert paper.row["delivered_at"].startswith("2026-11-02T09:")
    assert "☑当面签收" in words_of(work, paper)


def test_a_proof_is_issued_again_once_the_first_was_scanned_back(work):
    case = work.to(S.FOLLOW_UP)
    with work.hall.engine.begin() as connection:
        scanned = update(Paper).where(Paper.case_id == case, Paper.code == "delivery-proof")
        connection.execute(scanned.values(state=PaperState.SCANNED))

    assert issue(work, case, "delivery-proof", FENG).number == work.case(case).number
    assert len(work.papers(case, "delivery-proof")) == 2


def test_a_proof_of_papers_that_all_went_before_this_program_still_names_them(work):
    case = work.to(S.DELIVERING)
    with work.hall.engine.begin() as connection:
        gone = update(Paper).where(Paper.case_id == case, Paper.code == "opinion-notice")
        connection.execute(gone.values(state=PaperState.SCANNED))

    work.ask(FENG, IssuePaper, case, code="delivery-proof")

    row = work.papers(case, "delivery-proof")[-1].row
    assert [one["title"] for one in row["papers"]] == ["群众诉求处理意见书"]
    assert row["delivered_at"] is None


def test_the_report_tells_the_whole_course_from_the_history(work):
    case = work.to(S.CLOSED)

    paper = issue(work, case, "closing-report", WU)

    row, words = paper.row, words_of(work, paper)
    assert [step["who"] for step in row["steps"]][:2] == ["信联办 李敏", "信联办 周航"]
    assert any("城建办" in step["who"] for step in row["steps"])
    assert row["matters"] == []
    assert row["outcome"] == "已解决。已更换线路。"
    assert (row["responded"], row["solved"], row["verdict"]) == (True, True, "双是")
    assert paper.number == work.case(case).number
    assert "评价结论双是" in words


def test_a_case_that_nobody_rated_has_no_verdict_in_its_report(work):
    case = work.register(exit=Exit.ON_SPOT, answer="当场说明了办理流程。")

    row = issue(work, case, "closing-report").row

    assert (row["solved"], row["satisfaction"], row["verdict"]) == (None, None, None)
    assert row["outcome"].endswith("当场说明了办理流程。")
    assert row["late_note"] is None


def test_a_report_says_which_limits_were_missed_and_why(work):
    case = work.to(S.HANDLING)
    work.clock.forward(hours=90)
    finished = {"result": HandlingResult.SOLVED, "measures": "已更换线路。"}
    work.ask(ZHAO, FinishHandling, case, **finished, late_reason="等待持证电工到场。")

    with Session(work.hall.engine) as session:
        case_row = session.get(Case, case)
        row = paper_row(
            Writing(session, case_row.street_id, work.clock().date(), LI),
            case_row,
            "closing-report",
            number="1",
            paper_id=1,
            about=None,
        )
    assert "办理超时 " in row["late_note"]
    assert row["late_note"].endswith("等待持证电工到场。")


def test_several_matters_stand_in_the_report_and_on_the_intake_sheet(work):
    case = work.register(matters=("楼道漏电", "物业报修无人到场"))
    sheet = work.papers(case, "intake-sheet")[0]
    assert sheet.row["matters"] == ["楼道漏电", "物业报修无人到场"]
    notice = issue(work, case, "acceptance-notice")
    assert "（一）楼道漏电。（二）物业报修无人到场。" in words_of(work, notice)

    work.to(S.CLOSED, case)
    with work.hall.engine.begin() as connection:
        connection.execute(
            update(Matter)
            .where(Matter.case_id == case, Matter.seq == 2)
            .values(resolution=None, is_solved=False)
        )
        connection.execute(
            update(Matter)
            .where(Matter.case_id == case, Matter.seq == 1)
            .values(resolution=Resolution.EXPLAINED)
        )
    paper = issue(work, case, "closing-report")

    assert [one["is_solved"] for one in paper.row["matters"]] == ["已解释认可", "未解决"]
    assert "物业报修无人到场" in words_of(work, paper)


def test_an_opinion_answers_several_matters_one_by_one(work):
    case = work.register(matters=("楼道漏电", "物业报修无人到场"))
    work.to(S.SEALING, case)

    opinion = work.all(Opinion, case)[-1]
    paper = work.papers(case, "opinion-notice")[-1]

    assert len(opinion.items) == 2
    words = words_of(work, paper)
    third = words.partition("三、处理意见及依据")[2]
    assert "（一）楼道漏电（已解决）已更换线路。" in third
    assert "（二）物业报修无人到场（已解决）已更换线路。" in third


def test_what_was_said_of_each_matter_stands_on_the_record(work):
    case = work.register(matters=("楼道漏电", "物业报修无人到场"))
    work.to(S.CLOSED, case)
    work.ask(ZHOU, IssuePaper, case, code="followup-record")

    paper = work.papers(case, "followup-record")[-1]
    assert paper.row["matters"] == [
        {"title": "楼道漏电", "resolution": "已解决", "note": None},
        {"title": "物业报修无人到场", "resolution": "已解决", "note": None},
    ]
    assert "物业报修无人到场☑已解决" in words_of(work, paper)


def test_the_list_of_a_file_follows_the_order_of_the_file(work):
    case = work.register()
    issue(work, case, "acceptance-notice")
    work.to(S.CLOSED, case)
    issue(work, case, "closing-report")

    paper = issue(work, case, "case-contents")

    names = [line["name"].partition(" ")[0] for line in paper.row["items"]]
    assert names[0] == "首问首办登记表"
    assert names[1:3] == ["群众诉求受理告知书", "交办单"]
    assert names[-1] == "办结报告"
    assert "受理回执" not in names
    assert "序号文书名称页号备注" in words_of(work, paper)


@pytest.fixture
def hall_paper(work):
    """Issue a paper of the hall for somebody, as the actions of the lists do."""

    def issued(code, who=LI):
        row = {key: value for key, value in SPECIMENS[code]().items() if key not in COMMON}
        number = f"青榕单〔2026〕{new_id() % 10**7 + 1}号"
        with Session(work.hall.engine) as session, session.begin():
            tx = Transaction(session, work.hall.person(who), work.clock())
            made = issue_for_hall(tx, code, row, number).id
        with Session(work.hall.engine) as session:
            return session.get(Paper, made)

    return issued


@pytest.mark.parametrize("code", HALL_CODES)
def test_a_paper_of_the_hall_belongs_to_no_case_and_can_be_drawn(work, hall_paper, code):
    paper = hall_paper(code)

    assert (paper.case_id, paper.round_no, paper.state) == (None, 0, PaperState.ISSUED)
    assert paper.row["filled_by"] == LI
    assert squeezed(paper.number) in words_of(work, paper)
    assert read_code(paper.row["qr"]) == (0, code, paper.id)


def test_the_issuer_his_unit_and_the_overseers_read_a_paper_of_the_hall(work, hall_paper):
    paper = hall_paper("shift-handover", ZHAO)

    for who in (ZHAO, ZHOU, WANG, COMMAND_LINE):
        stored = work.desk(who).read(partial(stored_paper, paper_id=paper.id))
        assert (stored.case_id, stored.title) == (None, "交接班表")
        assert stored.row["from_name"] == "刘建"
    for who in (SUN, CHEN):
        with pytest.raises(NotAllowed, match="找不到这份文书"):
            work.desk(who).read(partial(stored_paper, paper_id=paper.id))


def test_a_paper_of_the_hall_is_proved_and_its_prints_are_logged(work, hall_paper):
    paper = hall_paper("seal-register", FENG)

    work.ask(FENG, StoreProof, paper=paper.id, sha256="0" * 64)
    work.ask(FENG, LogPrint, paper=paper.id, printer="厅里的打印机", copies=2)

    stored = work.desk(FENG).read(partial(stored_paper, paper_id=paper.id))
    assert stored.proof == "0" * 64
    assert [(line.who, line.copies) for line in stored.prints] == [(FENG, 2)]


def test_a_paper_of_the_hall_is_found_by_its_number_and_by_nothing_else(work, hall_paper):
    paper = hall_paper("sign-folder")
    case = work.case(work.register())
    find = work.desk(COMMAND_LINE).read

    assert find(lambda r: paper_to_print(r, "sign-folder", paper.number)).row == paper.row
    with pytest.raises(RuleBroken, match="签批夹目录，请核对编号"):
        find(lambda r: paper_to_print(r, "sign-folder", case.number))
    with pytest.raises(RuleBroken, match="请核对编号"):
        work.desk(SUN).read(lambda r: paper_to_print(r, "sign-folder", paper.number))


def test_a_list_is_found_by_its_number_by_those_who_may_read_it(work, hall_paper):
    paper = hall_paper("shift-handover", ZHAO)

    for who, is_found in ((ZHAO, True), (ZHOU, True), (SUN, False)):
        found = work.desk(who).read(partial(find, text=paper.number)).papers
        assert [(hit.id, hit.case_id, hit.title) for hit in found] == (
            [(paper.id, None, "交接班表")] if is_found else []
        )


def test_a_paper_on_demand_is_printed_as_a_copy_only_where_it_fits(work):
    case = work.case(work.to(S.CLOSED))
    find = work.desk(COMMAND_LINE).read

    report = find(lambda r: paper_to_print(r, "closing-report", case.number))
    assert (report.number, set(report.row)) == (case.number, keys("closing-report"))
    with pytest.raises(RuleBroken, match="还没有不予受理（引导）告知书。引导告知书只出给"):
        find(lambda r: paper_to_print(r, "guidance-notice", case.number))


def test_the_list_of_papers_names_every_form_and_every_form_is_named():
    assert set(PAPER_TITLES) - {DOSSIER} == set(form_codes())  # that is bound from others
