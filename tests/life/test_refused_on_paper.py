"""意见书、审签、文号、盖章、送达、改后重签: what is told around the paper that goes out."""

import pytest

from desk.actions.administration import SetSetting
from desk.actions.last_mile import GiveNumber, ScanBack, SealPaper
from desk.actions.notice_mile import SealNotice
from desk.actions.notices import IssueNotice
from desk.actions.set_aside import MergeCase
from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.ui.case.issue_panel import IssueWay

S = CaseStatus


def is_set(life, key, value):
    """Let the hall set something for itself."""
    hall = life.hall
    request = SetSetting(**hall.by("许诺"), key=key, value=value)
    hall.sign_in("许诺").carry_out(request)


@pytest.fixture
def numbered_by_the_office(life):
    """The 党政办 gives the numbers of opinions, for this day."""
    is_set(life, "opinion_number", "office")
    yield
    is_set(life, "opinion_number", "program")


def test_an_opinion_without_its_sections_is_not_handed_in(life, clerk_of):
    case = life.at("opinion")
    clerk = clerk_of("赵强", case).opens(Deed.WRITE_OPINION)
    clerk.fills(title="", decision="")
    clerk.refused("title", "“标题”还没有写，写好后再送审签。")
    clerk.fills(title="关于楼道漏电的答复")
    clerk.refused("decision", "“处理意见及依据”还没有写，写好后再送审签。")
    clerk.fills(decision="已更换线路").done()
    assert not clerk_of("赵强", case).may(Deed.WRITE_OPINION)


def test_a_matter_without_its_answer_is_not_handed_in_either(life, clerk_of):
    case = life.at("opinion", matters=("路灯不亮", "电梯停运"))
    second = life.matters(case)[1].id
    clerk = clerk_of("赵强", case).opens(Deed.WRITE_OPINION).fills(**{f"answer_{second}": ""})
    clerk.refused(f"answer_{second}", "事项 2（城建办）还没有答复，请补上。")
    clerk.fills(**{f"answer_{second}": "电梯修好了"}).done()


def test_an_opinion_is_not_sent_back_without_a_word(life, clerk_of):
    case = life.at("signing")
    clerk = clerk_of("郑伟", case).opens(Deed.SIGN).fills(is_agreed=2)
    clerk.refused("remark", "退回修改请写明要改什么。")
    clerk.fills(remark="写明金额").done()
    assert life.case(case).status is S.OPINION


def test_what_was_signed_on_paper_has_a_day_and_a_signer_that_can_be(life, clerk_of):
    case = life.at("signing")
    clerk = clerk_of("冯丽", case).opens(Deed.SIGN_ON_PAPER)
    day = life.hall.clock()
    clerk.fills(signed_on="上周")
    clerk.refused("signed_on", "日期“上周”看不懂，请写作 11-2 或 2026-11-02。")
    clerk.fills(signed_on="2026-01-05")
    since = f"{day.month} 月 {day.day} 日"
    clerk.refused("signed_on", f"签批日期应在 {since}送到之后、今天之前，请核对。")
    clerk.fills(signed_on=f"{day:%Y-%m-%d}", is_agreed=2)
    clerk.refused("remark", "退回修改请写明要改什么。")
    clerk.fills(is_agreed=1).done()


def test_a_signature_is_taken_back_in_time_or_not_at_all(life, clerk_of):
    case = life.at("signing")
    clerk = clerk_of("郑伟", case).opens(Deed.SIGN).done()
    life.hall.clock.forward(seconds=61)
    clerk.opens(Deed.UNSIGN)
    assert clerk.told() == "签发已超过 60 秒，不能撤回；要改请由承办单位办“改后重签”。"
    assert life.case(case).status is S.SEALING


def test_what_left_the_house_keeps_its_signature(life, clerk_of):
    case, main = life.at("opinion"), life.at("opinion")
    life.do("周航", MergeCase, case, into=main, reason="同一处")
    life._to_signing(main)
    clerk = clerk_of("郑伟", main).opens(Deed.SIGN).done()
    life.hall.clock.forward(seconds=-110)  # sealed within the same minute
    life.do("冯丽", SealPaper, case)
    number = life.case(case).number
    clerk.opens(Deed.UNSIGN)
    assert clerk.told() == (
        f"{number} 已按这份意见盖章，签发不能撤回。要改请用“改后重签”，各出新的一版。"
    )
    life.hall.clock.forward(seconds=110)


def test_a_number_of_the_office_is_given_once(life, clerk_of, numbered_by_the_office):
    first, case = life.at("sealing"), life.at("sealing")
    year = life.hall.clock().year
    life.do("冯丽", GiveNumber, first, number="17")
    assert not clerk_of("冯丽", case).may(Deed.SEAL)
    clerk = clerk_of("冯丽", case).opens(Deed.GIVE_NUMBER)
    clerk.refused("number", "请先录入文号。")
    clerk.fills(number="十七号")
    clerk.refused("number", "文号请写成“青榕诉意〔2026〕17号”这样，或只写流水号，如 17。")
    clerk.fills(number="青榕诉意〔2019〕18号")
    clerk.refused("number", f"文号写的是 2019 年，现在是 {year} 年，请核对。")
    clerk.fills(number="17")
    taken = f"青榕诉意〔{year}〕17号 已给了 {life.case(first).number}"
    clerk.refused("number", f"{taken}，一个文号只能用一次，请核对。")
    clerk.fills(number="18")
    life.do("周航", GiveNumber, case, number="19")
    clerk.overtaken()
    clerk.refused("number", "这份意见书已有文号，不用再录。")


def test_a_seal_needs_a_number_of_copies(life, clerk_of):
    clerk = clerk_of("冯丽", life.at("sealing")).opens(Deed.SEAL).fills(copies="两份")
    clerk.refused("copies", "份数请写 1 以上的整数。")
    clerk.fills(copies="2").done()


def test_a_seal_that_the_hall_gave_away_is_not_used(life, clerk_of):
    case = life.at("sealing")
    clerk = clerk_of("冯丽", case).opens(Deed.SEAL).fills(seal=("诉求专用章",))
    is_set(life, "seals", ["街道办事处公章"])
    clerk.refused("seal", "本厅没有“诉求专用章”这枚印章，请从列表里选。")
    clerk.fills(seal=("街道",)).done()
    is_set(life, "seals", ["街道办事处公章", "诉求专用章"])


def test_the_seal_on_a_notice_was_allowed_by_somebody_and_its_way_says_how(life, clerk_of):
    case = life.at("handling")
    life.do("李敏", IssueNotice, case, code="acceptance-notice")
    clerk = clerk_of("冯丽", case).opens(Deed.SEAL_NOTICE)
    clerk.refused("approved_by", "请写是谁批准用印的，用印登记上要有。")
    clerk.fills(approved_by="王磊").done()
    assert not clerk.may(Deed.SEAL_NOTICE)
    clerk = clerk_of("李敏", case).opens(Deed.DELIVER_NOTICE).fills(way=4)
    clerk.refused("witness", "拒签要有见证人签名，请填见证人。")
    clerk.fills(witness="陈静").done()
    assert life.case(case).status is S.HANDLING


def test_mail_has_a_number_and_a_refusal_a_witness(life, clerk_of):
    clerk = clerk_of("李敏", life.at("delivering")).opens(Deed.DELIVER).fills(way=2)
    clerk.refused("tracking", "邮寄请填单号，以后查得到。")
    clerk.fills(way=4)
    clerk.refused("witness", "拒签要有见证人签名，请填见证人。")
    clerk.fills(witness="陈静").done()


def test_a_new_version_has_a_reason_and_follows_a_signature(life, clerk_of):
    case = life.at("sealing")
    clerk = clerk_of("赵强", case).opens(Deed.REVISE)
    clerk.refused("reason", "请写一句为什么要改，签批人和以后查档的人都要看。")
    clerk.fills(reason="金额写错").done()
    assert not clerk_of("赵强", case).may(Deed.REVISE)


def test_a_paper_is_issued_once_and_corrected_until_it_leaves(life, clerk_of):
    case = life.at("handling")
    clerk = clerk_of("赵强", case).opens(Deed.ISSUE_PAPER, IssueWay.NEW)
    life.do("李敏", IssueNotice, case, code="acceptance-notice")
    clerk.finish()
    assert "刚有变化" in clerk.panel.said()
    clerk.refused("code", "请选要出具的文书。")
    clerk.keys("Escape")
    clerk.opens(Deed.ISSUE_PAPER, IssueWay.CORRECT)
    clerk.refused("code", "请选要更正的文书。已送出的不能更正。")
    clerk.fills(code=("slhz",)).done()
    assert life.papers(case)["receipt"].revision == 2


def test_a_notice_that_came_back_signed_is_not_made_void_by_a_correction(life, clerk_of):
    case = life.at("handling")
    life.do("李敏", IssueNotice, case, code="acceptance-notice")
    notice = life.papers(case)["acceptance-notice"].id
    life.do("冯丽", SealNotice, case, paper=notice, approved_by="王磊")
    clerk = clerk_of("赵强", case).opens(Deed.ISSUE_PAPER, IssueWay.CORRECT).fills(code=("slgz",))
    scan = {"media_type": "application/pdf", "scan": b"%PDF-1.7 signed"}
    life.do("李敏", ScanBack, case, paper=notice, **scan)
    clerk.overtaken()
    clerk.refused(
        "code",
        "这份文书的签字件已扫回，更正会把它作废。请接着记盖章、送达；内容有误的请写批注说明。",
    )
    assert life.papers(case)["acceptance-notice"].id == notice


def test_a_scan_needs_its_paper_and_its_file(life, clerk_of, tmp_path):
    clerk = clerk_of("李敏", life.at("follow_up")).opens(Deed.SCAN_BACK)
    clerk.refused("", "请先选扫描件，或扫描。")
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-1.7 specimen")
    clerk.panel.take_path(file)
    clerk.quiet()
    clerk.done()
