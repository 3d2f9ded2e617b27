"""What lies in a dossier: in the order of the contents, signed scans first, for few eyes."""

from functools import partial

import pytest

from desk.actions.administration import SetLayout
from desk.actions.mediation_archive import AddMediationFile, DescribeDossier
from desk.actions.mediation_looks import LookAtMediation
from desk.actions.mediation_papers import ScanBackMediation, TakeDossier
from desk.actions.papers import StoreProof
from desk.forms import render
from desk.queries.dossier import dossier_bytes, dossier_view
from desk.rules.errors import NotAllowed
from desk.rules.mediation_codes import MediationFileKind
from desk.store.layout_texts import shipped_layout
from tests.actions.mediations import CHEN_GUIFANG, GU, MENG, QIAN, Mediations
from tests.actions.test_mediation_after import MONTHS, settled
from tests.actions.test_mediation_papers import issue, refused
from tests.actions.work import LI, XU, ZHENG
from tests.small_hall import COMMAND_LINE

K = MediationFileKind
PICTURE = b"\xff\xd8\xff\xe0" + b"\x00" * 40


@pytest.fixture
def work(shared_hall):
    shared_hall.clock.set("2026-11-02 09:00")
    return Mediations(shared_hall, shared_hall.clock)


def look(work, mediation, who=QIAN):
    return work.desk(who).read(partial(dossier_view, mediation_id=mediation))


def file(work, mediation, kind, name, content, **more):
    facts = {"kind": kind, "name": name, "content": PICTURE + content}
    work.mediate(QIAN, AddMediationFile, mediation, **(facts | more))


def scan(work, paper, content=b"signed"):
    facts = {"paper": paper.id, "media_type": "image/jpeg", "scan": PICTURE + content}
    work.desk(MENG).carry_out(ScanBackMediation(**work.hall.by(MENG), **facts))


def test_papers_and_files_lie_in_the_order_of_the_contents(work):
    mediation = settled(work, *MONTHS)
    first, _ = work.parties(mediation)
    for code in ("mediation-agreement", "mediation-closing", "mediation-record"):
        issue(work, mediation, code)
    for code in ("mediation-rights", "mediation-acceptance", "mediation-application"):
        issue(work, mediation, code)
    file(work, mediation, K.OTHER, "往来信件.jpg", b"1")
    file(work, mediation, K.EVIDENCE, "渗漏照片.jpg", b"2")
    file(work, mediation, K.IDENTITY, "陈桂芳身份证.jpg", b"3", party=first)

    pieces = look(work, mediation).pieces

    assert [(piece.title, piece.note) for piece in pieces] == [
        ("人民调解申请书", "必须"),
        ("人民调解受理登记表", "必须"),
        ("人民调解权利义务告知书", "必须"),
        ("当事人身份证明 陈桂芳身份证.jpg", "必须"),
        ("授权委托书", "必须，缺"),
        ("证据材料 渗漏照片.jpg", "按需"),
        ("人民调解记录（第 1 次）", "必须"),
        ("人民调解协议书", "必须"),
        ("回访记录", "必须，缺"),
        ("人民调解结案报告表", "按需"),
        ("往来信件.jpg", "按需"),
    ]


def test_a_signed_scan_takes_the_place_of_the_print(work):
    mediation = settled(work, *MONTHS)
    agreement = issue(work, mediation, "mediation-agreement")
    rights = issue(work, mediation, "mediation-rights")
    issue(work, mediation, "mediation-record")
    scan(work, agreement)
    file(work, mediation, K.RECORD, "笔录签字件.jpg", b"record")
    proof = StoreProof(**work.hall.by(QIAN), paper=rights.id, sha256="a", pdf=b"%PDF as signed")
    work.desk(QIAN).carry_out(proof)

    pieces = {piece.title: piece for piece in look(work, mediation).pieces}

    signed = pieces["人民调解协议书（签字件）"]
    assert signed.code == ""
    read = partial(dossier_bytes, mediation_id=mediation, sha256=signed.sha256)
    assert work.desk(QIAN).read(read) == PICTURE + b"signed"
    assert "人民调解记录（第 1 次）" not in pieces
    assert pieces["调解笔录（签字件） 笔录签字件.jpg"].sha256
    assert pieces["人民调解权利义务告知书"].pdf == b"%PDF as signed"


def test_the_situation_note_names_what_is_missing_and_the_cover_who_and_when(work):
    mediation = settled(work)
    work.mediate(QIAN, DescribeDossier, mediation, situation="身份证原件当场核对后退还。")

    view = look(work, mediation)

    assert view.situation["text"] == "身份证原件当场核对后退还。"
    assert any(line.startswith("当事人身份证明：") for line in view.situation["missing"])
    assert (view.cover["mediator"], view.cover["mediated_from"]) == (QIAN, "2026-11-02")
    assert view.cover["dispute"].startswith(CHEN_GUIFANG)
    assert view.part["office"] == "青榕街道人民调解委员会"


def test_a_mediation_that_never_met_begins_with_its_acceptance(work):
    view = look(work, refused(work), GU)

    assert view.cover["mediated_from"] == "2026-11-02"
    assert "不予受理、终止或移交的文书" in [piece.title for piece in view.pieces]


def test_the_halls_own_layout_of_the_cover_is_used(work):
    own = shipped_layout("mediation-cover").replace("调解卷宗", "调解案卷").strip()
    by = work.hall.by(XU)
    work.desk(XU).carry_out(SetLayout(**by, code="mediation-cover", toml=own))

    view = look(work, work.lay())

    assert view.layouts["mediation-cover"] == own
    assert render("mediation-cover", {**view.part, **view.cover}, layout=own).pages == 1


def test_whoever_takes_a_dossier_out_leaves_his_name_and_whoever_only_looks_takes_none(work):
    mediation = work.lay()
    version = work.mediation(mediation).version
    take = partial(TakeDossier, mediation=mediation)

    answer = work.desk(MENG).carry_out(take(**work.hall.by(MENG)))

    assert answer.title == f"装订整卷 {work.mediation(mediation).number}"
    assert work.mediation(mediation).version == version
    look = LookAtMediation(**work.hall.by(ZHENG), mediation=mediation, reason="上级询问")
    work.desk(ZHENG).carry_out(look)
    with pytest.raises(NotAllowed):
        work.desk(ZHENG).carry_out(take(**work.hall.by(ZHENG)))


def test_nobody_else_binds_or_reads_a_dossier(work):
    mediation = work.lay()
    for who in (LI, ZHENG):
        with pytest.raises(NotAllowed, match="找不到这件调解"):
            look(work, mediation, who)
        with pytest.raises(NotAllowed, match="找不到这件调解"):
            work.desk(who).read(partial(dossier_bytes, mediation_id=mediation, sha256="a"))
    assert look(work, mediation, COMMAND_LINE).mediation_id == mediation
