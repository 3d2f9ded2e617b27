"""Papers of a mediation: the committee's head, the file's number, read by nobody else."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.mediation_archive import AddMediationFile
from desk.actions.mediation_court import ApplyForConfirmation
from desk.actions.mediation_looks import LookAtMediation
from desk.actions.mediation_opening import RefuseMediation
from desk.actions.mediation_outcome import (
    EndMediation,
    HandOverMediation,
    NotSettle,
    WithdrawMediation,
)
from desk.actions.mediation_papers import IssueMediationPaper, ScanBackMediation
from desk.actions.mediation_people import InviteHelper
from desk.actions.mediation_performance import FinishPerformance, FollowUpMediation
from desk.actions.mediation_record import RecordInquiry
from desk.actions.papers import LogPrint
from desk.forms import load_layout
from desk.forms.row_keys import keys
from desk.queries.paper_finder import paper_to_print
from desk.queries.papers import stored_paper
from desk.queries.search import find
from desk.rules.codes import PaperState, Satisfaction
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.mediation_codes import (
    AgreementKind,
    ConfirmationKind,
    EndReason,
    HelperRole,
    MediationFileKind,
    MediationStatus,
    Performance,
)
from desk.rules.mediation_papers import MEDIATION_TITLES
from desk.rules.paper_codes import read_code
from desk.rules.papers import copies_of
from desk.store.models import (
    MediationAgreement,
    MediationCompanion,
    MediationContent,
    MediationParty,
    MediationSession,
    Paper,
)
from tests.actions.mediations import CHEN_GUIFANG, COMPANY, GU, MENG, QIAN, Mediations
from tests.actions.test_mediation_after import settled
from tests.actions.test_mediation_sessions import book
from tests.actions.work import LI, WANG, ZHENG, ZHOU

S = MediationStatus
COMMITTEE = "青榕街道人民调解委员会"
PICTURE = b"\xff\xd8\xff\xe0" + b"\x00" * 40
MONTHS = (date(2026, 12, 1), date(2027, 1, 1))


@pytest.fixture
def work(shared_hall):
    shared_hall.clock.set("2026-11-02 09:00")
    return Mediations(shared_hall, shared_hall.clock)


def issue(work, mediation, code, who=QIAN, **more):
    """Issue a paper and return it."""
    made = work.mediate(who, IssueMediationPaper, mediation, code=code, **more).made
    return stored(work, made["paper"])


def stored(work, paper):
    with Session(work.hall.engine) as session:
        return session.get(Paper, paper)


def change(work, mediation, **values):
    """Write what the rest of the life of a mediation would write."""
    with Session(work.hall.engine) as session, session.begin():
        row = session.get(MediationContent, mediation)
        for key, value in values.items():
            setattr(row, key, value)


def followed_up(work):
    """Return a settled mediation with an inquiry, a court and a follow-up."""
    mediation = settled(work)
    work.mediate(
        QIAN,
        ApplyForConfirmation,
        mediation,
        kind=ConfirmationKind.MONEY,
        court="滨河区人民法院",
        applied_on=date(2026, 11, 2),
    )
    performance = Performance.PERFORMED
    work.mediate(QIAN, FinishPerformance, mediation, performance=performance)
    work.mediate(
        QIAN,
        FollowUpMediation,
        mediation,
        visited_on=date(2026, 11, 2),
        way="上门",
        performance=performance,
        satisfaction=Satisfaction.SATISFIED,
    )
    return mediation


def inquired(work):
    mediation = work.lay()
    work.mediate(
        QIAN,
        RecordInquiry,
        mediation,
        asked_at=work.clock(),
        place="7 栋 401",
        present="网格员",
        asked="楼上住户",
        text="地漏渗水。",
        inquirer=QIAN,
        recorder=MENG,
    )
    return mediation


def sitting(work):
    mediation = work.lay()
    work.sit(mediation)
    return mediation


def refused(work):
    mediation = work.lay(S.APPLIED)
    why = {"reason": "法院已经立案。", "guidance": "滨河区人民法院"}
    work.mediate(MENG, RefuseMediation, mediation, **why)
    return mediation


def not_settled(work):
    mediation = sitting(work)
    work.mediate(
        QIAN, NotSettle, mediation, reason="差额谈不拢", way_on="滨河区人民法院", was_told=True
    )
    return mediation


def handed_over(work):
    mediation = work.lay()
    reason = "属于主管部门职责。"
    work.mediate(QIAN, HandOverMediation, mediation, to="区住建局", reason=reason)
    return mediation


COMES_FROM = {
    "mediation-application": Mediations.lay,
    "mediation-acceptance": Mediations.lay,
    "mediation-rights": Mediations.lay,
    "mediation-power": Mediations.lay,
    "mediation-address": Mediations.lay,
    "mediation-notice": Mediations.lay,
    "mediation-extension": Mediations.lay,
    "mediation-investigation": inquired,
    "mediation-record": sitting,
    "mediation-agreement": lambda work: settled(work, *MONTHS),
    "mediation-oral-agreement": lambda work: settled(work, kind=AgreementKind.ORAL),
    "mediation-refusal": refused,
    "mediation-termination": not_settled,
    "handover-letter": handed_over,
    "mediation-followup": followed_up,
    "judicial-confirmation": followed_up,
    "mediation-closing": followed_up,
}


@pytest.mark.parametrize("code", MEDIATION_TITLES)
def test_every_paper_bears_the_committees_head_and_the_files_number(work, code):
    mediation = COMES_FROM[code](work)

    paper = issue(work, mediation, code, who=GU)

    file = work.mediation(mediation)
    assert set(paper.row) == keys(code)
    assert paper.row["office"] == COMMITTEE
    assert paper.number.startswith(file.number)
    assert (paper.mediation_id, paper.case_id, paper.round_no) == (mediation, None, 0)
    assert read_code(paper.row["qr"]) == (0, code, paper.id)
    assert work.lines(mediation)[-1].title == f"出具{MEDIATION_TITLES[code]} {paper.number}"


def test_notices_are_counted_on_and_each_party_has_his_own(work):
    mediation = work.lay()
    book(work, mediation, days=3)
    person, company = work.parties(mediation)

    first = issue(work, mediation, "mediation-notice", about=person)
    second = issue(work, mediation, "mediation-notice", about=company)
    unsaid = issue(work, mediation, "mediation-notice")

    number = work.mediation(mediation).number
    assert [p.number for p in (first, second, unsaid)] == [f"{number}之{n}" for n in "一二三"]
    assert (first.row["salutation"], first.row["opponents"]) == (CHEN_GUIFANG, COMPANY)
    assert "营业执照复印件和法定代表人身份证明" in second.row["bring"]
    assert first.row["starts_at"].startswith("2026-11-05T")
    assert first.row["place"].endswith("第一调解室")
    assert first.state is stored(work, first.id).state is PaperState.ISSUED
    assert unsaid.row["addressee"] == CHEN_GUIFANG


def test_an_agent_has_a_power_and_a_party_an_empty_one_to_fill_in(work):
    mediation = work.lay()
    (agent,) = work.rows(MediationCompanion, mediation)
    person, _company = work.parties(mediation)

    of_agent = issue(work, mediation, "mediation-power", about=agent.id)
    empty = issue(work, mediation, "mediation-power", about=person)

    assert of_agent.row["agent"] == "丁律"
    assert COMPANY in of_agent.row["principal"]
    assert "法定代表人：罗仁" in of_agent.row["principal"]
    assert empty.row["agent"] is None
    assert CHEN_GUIFANG in empty.row["principal"]


def test_an_agreement_has_a_copy_for_every_party_and_one_for_the_committee(work):
    mediation = settled(work, *MONTHS)

    paper = issue(work, mediation, "mediation-agreement")

    assert paper.row["copies"] == copies_of(paper.code, paper.row) == 3
    assert paper.row["total_capital"] == "人民币贰仟元整"
    assert [row["due_on"] for row in paper.row["instalments"]] == ["2026-12-01", "2027-01-01"]
    assert paper.row["instalments"][0]["amount"] == "1,000.00元"
    assert [row["caption"][:4] for row in paper.row["signers"]][-2:] == ["人民调解", "记录人 "]
    assert paper.row["signed_on"] == "2026-11-02"
    (kept,) = work.rows(MediationAgreement, mediation)
    assert kept.paper_id == paper.id


def test_a_corrected_record_replaces_the_one_of_the_same_sitting(work):
    mediation = sitting(work)
    first = issue(work, mediation, "mediation-record")
    second = issue(work, mediation, "mediation-record")

    assert stored(work, first.id).state is PaperState.VOID
    assert (second.revision, second.replaces_id) == (2, first.id)
    (row,) = work.rows(MediationSession, mediation)
    assert row.paper_id == second.id
    assert second.row["recusal"] == [f"{CHEN_GUIFANG}：不申请回避", f"{COMPANY}：不申请回避"]


def test_what_was_signed_and_scanned_back_gets_no_further_version(work):
    mediation = work.lay()
    paper = issue(work, mediation, "mediation-application")
    again = issue(work, mediation, "mediation-application")
    assert again.number == paper.number
    with pytest.raises(RuleBroken, match="这是作废的一版"):
        scan(work, paper.id)
    scan(work, again.id)

    assert stored(work, again.id).state is PaperState.SCANNED
    version = work.mediation(mediation).version
    assert scan(work, again.id).title.endswith("（同一份，已在）")
    assert work.mediation(mediation).version == version
    with pytest.raises(RuleBroken, match="已签字扫回，不能再换一版"):
        issue(work, mediation, "mediation-application")


def scan(work, paper, who=MENG, content=PICTURE):
    request = partial(ScanBackMediation, media_type="image/jpeg", scan=content, paper=paper)
    return work.desk(who).carry_out(request(**work.hall.by(who)))


def test_a_scan_is_filed_by_whom_the_mediation_belongs_to_alone(work):
    paper = issue(work, work.lay(), "mediation-application")
    with pytest.raises(RuleBroken, match="找不到这份调解文书"):
        scan(work, paper.id, who=LI)
    with pytest.raises(RuleBroken, match="找不到这份调解文书"):
        scan(work, 12)
    case = work.register()
    with Session(work.hall.engine) as session:
        sheet = session.scalars(select(Paper.id).where(Paper.case_id == case)).first()
    with pytest.raises(RuleBroken, match="找不到这份调解文书"):
        scan(work, sheet)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("opinion-notice", "没有这种调解文书"),
        ("mediation-refusal", "只出给不予受理的申请"),
        ("mediation-termination", "在登记未达成、终止或撤回以后出具"),
        ("handover-letter", "请先登记移交到哪里"),
        ("mediation-closing", "在有了结果以后出具"),
        ("mediation-agreement", "请先写好协议再出具"),
        ("mediation-record", "请先记下这一次调解"),
        ("judicial-confirmation", "请先登记向哪个法院申请"),
    ],
)
def test_a_paper_that_does_not_fit_yet_is_refused_with_the_way_to_it(work, code, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        issue(work, work.lay(), code)


def test_a_paper_about_another_mediations_party_is_refused(work):
    other = work.parties(work.lay())[0]
    with pytest.raises(RuleBroken, match="还没有当事人"):
        issue(work, work.lay(), "mediation-notice", about=other)
    with pytest.raises(RuleBroken, match="还没有当事人"):
        issue(work, work.lay(), "mediation-notice", about=7)


def test_nobody_else_reads_finds_or_prints_a_paper_of_a_mediation(work):
    mediation = work.lay()
    paper = issue(work, mediation, "mediation-application")
    read = partial(stored_paper, paper_id=paper.id)
    by_number = partial(paper_to_print, code=paper.code, number=paper.number)
    search = partial(find, text=paper.number)

    for who in (QIAN, MENG, GU):
        assert work.desk(who).read(read).mediation_id == mediation
        assert work.desk(who).read(by_number).row["facts"] == paper.row["facts"]
        assert [hit.id for hit in work.desk(who).read(search).papers] == [paper.id]
    for who in (LI, ZHOU, ZHENG, WANG):
        with pytest.raises(NotAllowed, match="找不到这份文书"):
            work.desk(who).read(read)
        with pytest.raises(RuleBroken, match="请核对编号"):
            work.desk(who).read(by_number)
        assert work.desk(who).read(search).papers == ()
        with pytest.raises(NotAllowed):
            issue(work, mediation, "mediation-rights", who=who)


def test_whoever_gave_a_reason_reads_for_half_an_hour_and_a_helper_while_he_is_invited(work):
    mediation = work.lay()
    paper = issue(work, mediation, "mediation-rights")
    read = partial(stored_paper, paper_id=paper.id)
    look = LookAtMediation(**work.hall.by(ZHENG), mediation=mediation, reason="信访部门询问进度")
    work.desk(ZHENG).carry_out(look)
    work.mediate(
        MENG, InviteHelper, mediation, role=HelperRole.EXPERT, staff=work.staff(LI), name=LI
    )

    assert work.desk(ZHENG).read(read).number == paper.number
    assert work.desk(LI).read(read).keeps_bytes
    work.clock.forward(minutes=31)
    with pytest.raises(NotAllowed):
        work.desk(ZHENG).read(read)


def test_a_paper_is_found_by_the_number_of_its_file_and_its_print_is_logged(work):
    mediation = work.lay()
    notice = issue(work, mediation, "mediation-notice")
    seq = str(work.mediation(mediation).seq)

    for asked in (notice.number, work.mediation(mediation).number, seq):
        find_it = partial(paper_to_print, code="mediation-notice", number=asked)
        assert work.desk(MENG).read(find_it).number == notice.number
    with pytest.raises(RuleBroken, match="和整卷一起装订"):
        work.desk(MENG).read(partial(paper_to_print, code="mediation-cover", number=seq))
    with pytest.raises(RuleBroken, match="请核对编号"):
        work.desk(MENG).read(partial(paper_to_print, code="mediation-notice", number="无此号"))
    log = LogPrint(**work.hall.by(MENG), paper=notice.id, printer="大厅")
    work.desk(MENG).carry_out(log)
    prints = work.desk(MENG).read(partial(stored_paper, paper_id=notice.id)).prints
    assert [line.printer for line in prints] == ["大厅"]


def test_a_handover_names_where_why_and_what_goes_along(work):
    mediation = work.lay()
    issue(work, mediation, "mediation-application")
    file = {"kind": MediationFileKind.EVIDENCE, "name": "照片四张", "content": PICTURE}
    work.mediate(QIAN, AddMediationFile, mediation, **file)
    reason = "属于主管部门职责。"
    work.mediate(QIAN, HandOverMediation, mediation, to="区住建局", reason=reason)

    row = issue(work, mediation, "handover-letter").row

    assert (row["to"], row["reason"]) == ("区住建局", "属于主管部门职责。")
    assert row["papers"] == ["人民调解申请书", "照片四张"]
    change(work, mediation, note=None)
    assert issue(work, mediation, "handover-letter").row["reason"] is None


def test_what_is_ticked_stands_among_the_boxes_of_the_form(work):
    row = issue(work, work.lay(), "mediation-acceptance").row
    bands = load_layout("mediation-acceptance").bands
    boxes = {cell.key: cell for band in bands for cell in band.cells}

    for key in ("source", "kind", "difficulty"):
        assert row[key] in boxes[key].options


def test_an_ended_mediation_says_so_with_its_reason(work):
    mediation = work.lay()
    work.mediate(QIAN, EndMediation, mediation, end_reason=EndReason.REFUSES, was_told=True)
    notice = issue(work, mediation, "mediation-termination").row
    closing = issue(work, mediation, "mediation-closing").row

    assert (notice["how"], notice["reason"]) == ("本次调解终止", "一方拒绝继续")
    assert notice["addressee"] == f"{CHEN_GUIFANG}、{COMPANY}"
    assert closing["outcome"].startswith("终止；")


def test_an_application_taken_back_before_it_was_accepted_was_only_received(work):
    mediation = work.lay(S.APPLIED)
    party = work.parties(mediation)[0]
    work.mediate(GU, WithdrawMediation, mediation, party=party, reason="已自行和好")

    row = issue(work, mediation, "mediation-termination", who=GU).row

    assert (row["accepted_on"], row["began"]) == ("2026-11-02", "收到申请")
    assert row["how"] == "当事人已撤回调解申请，本次调解终止"


def test_papers_of_a_person_say_how_old_he_is_and_who_speaks_for_him(work):
    mediation = work.lay()
    with Session(work.hall.engine) as session, session.begin():
        person = session.get(MediationParty, work.parties(mediation)[0])
        person.birth_year, person.ethnicity, person.address = 1959, "汉族", "青榕花园"

    row = issue(work, mediation, "mediation-application").row
    assert row["applicants"][0]["age"] == "67岁"
    assert row["respondents"][0]["occupation"] == "法定代表人：罗仁"
    session_id = work.sit(mediation)
    record = issue(work, mediation, "mediation-record", about=session_id).row
    assert record["parties"][0]["about"].startswith(f"申请人：{CHEN_GUIFANG}，汉族，67岁，")
    assert record["parties"][1]["about"].endswith("委托代理人：丁律。")
