"""What follows an agreement is done at the page of mediations, by keys and without retyping."""

import hashlib
from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy.orm import Session

from desk.rules.codes import Satisfaction
from desk.rules.mediation_codes import (
    ConfirmationKind,
    ConfirmationResult,
    MediationFileKind,
    MediationStatus,
    Performance,
)
from desk.rules.mediation_papers import DOSSIER
from desk.store.blobs import read_blob
from desk.store.models import Instalment, JudicialConfirmation, MediationFile, Paper, PaperProof
from desk.ui.mediation.whole_dossier import DossierSaver, archived_book_of
from tests.actions.mediations import GU, QIAN, Mediations
from tests.actions.test_mediation_after import MONTHS, settled
from tests.ui.mediation_desk import sit_at_mediations

S, P = MediationStatus, Performance
CTRL, RETURN = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return


@pytest.fixture
def work(life):
    return Mediations(life.hall, life.hall.clock)


@pytest.fixture
def sit(qtbot, life, desk_of):
    return lambda mediation, who=QIAN: sit_at_mediations(qtbot, life.hall, desk_of, who, mediation)


def finish(sitting, **fields):
    """Fill the open panel and send it with Ctrl+Enter."""
    sitting.panel.form.fill(fields)
    sitting.press(RETURN, CTRL)


def open_way(sitting, label):
    sitting.page.bar.press(label)
    sitting.quiet()


def test_each_instalment_is_recorded_and_the_last_one_leads_to_the_follow_up(work, sit):
    mediation = settled(work, *MONTHS)
    sitting = sit(mediation)

    sitting.alt("B")
    finish(sitting, amount_fen="600元")
    assert sorted(row.paid_fen for row in work.rows(Instalment, mediation)) == [0, 60_000]
    sitting.alt("B")
    finish(sitting, amount_fen="一千")
    assert any("金额“一千”看不懂" in words for words in sitting.shows())
    finish(sitting, amount_fen="")
    sitting.alt("B")
    finish(sitting)

    assert work.mediation(mediation).status is S.FOLLOW_UP
    sitting.alt("R")
    finish(sitting)
    assert any("请选满意度" in words for words in sitting.shows())
    finish(sitting, visited_on="看不懂的日子", satisfaction=Satisfaction.SATISFIED)
    assert any("看不懂" in words for words in sitting.shows())
    finish(sitting, visited_on="", trouble="")
    assert work.mediation(mediation).status is S.CLOSED


def test_somebody_who_does_not_pay_is_urged_and_told_how_to_go_on(work, sit):
    mediation = settled(work, *MONTHS)
    sitting = sit(mediation)

    open_way(sitting, "督促履行")
    finish(sitting, note="答应周五转账")
    assert {row.urged_on for row in work.rows(Instalment, mediation)} == {date(2026, 11, 2), None}
    sitting.alt("O")
    finish(sitting)
    assert any("请先告知可以申请司法确认或起诉" in words for words in sitting.shows())
    finish(sitting, was_told_court=True)
    assert work.mediation(mediation).performance is P.PARTLY


def test_a_court_is_asked_only_for_what_it_may_confirm(work, sit):
    mediation = settled(work)
    sitting = sit(mediation)

    open_way(sitting, "申请司法确认")
    finish(sitting, kind=ConfirmationKind.STATUS, court="滨河区人民法院")
    assert any("身份关系" in words for words in sitting.shows())
    finish(sitting, kind=ConfirmationKind.MONEY)
    assert "申请司法确认" not in sitting.page.bar.labels()
    open_way(sitting, "法院答复")
    finish(sitting, result=ConfirmationResult.CONFIRMED)
    assert any("请填裁定书文号" in words for words in sitting.shows())
    finish(sitting, number="（2026）诉调确1号")

    (row,) = work.rows(JudicialConfirmation, mediation)
    assert (row.result, row.result_number) == (ConfirmationResult.CONFIRMED, "（2026）诉调确1号")


def test_proofs_go_into_the_dossier_and_what_is_missing_is_explained(work, sit, tmp_path):
    mediation = settled(work)
    sitting = sit(mediation)
    picture = tmp_path / "身份证.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 60)

    sitting.alt("U")
    sitting.press(RETURN, CTRL)
    assert sitting.panel.said() == "请先选一个文件。"
    sitting.panel.take_path(tmp_path / "没有.png")
    sitting.quiet()
    assert "读不出来" in sitting.panel.said()
    sitting.panel.take_path(picture)
    sitting.quiet()
    finish(sitting, party=None)
    assert any("请选是哪一位当事人的" in words for words in sitting.shows())
    finish(sitting, party=work.parties(mediation)[0])
    (row,) = work.rows(MediationFile, mediation)
    assert (row.kind, row.name) == (MediationFileKind.IDENTITY, "身份证.png")

    open_way(sitting, "撤下卷内材料")
    finish(sitting, reason="放错了卷")
    assert work.rows(MediationFile, mediation)[0].withdrawn_reason == "放错了卷"
    open_way(sitting, "卷宗情况说明")
    finish(sitting)
    assert any("请写卷内缺什么" in words for words in sitting.shows())
    finish(sitting, situation="当事人未带身份证，已核对社区登记。")
    sitting.alt("O")
    finish(sitting, performance=P.AT_ONCE)
    sitting.alt("R")
    finish(sitting, satisfaction=Satisfaction.FAIRLY)

    director = sit(mediation, GU)
    director.alt("A")
    finish(director, retention="短期 10 年")
    row = work.mediation(mediation)
    assert (row.status, row.retention) == (S.ARCHIVED, "短期 10 年")
    assert_kept_as_it_was(work, director, mediation, tmp_path)


def assert_kept_as_it_was(work, sitting, mediation, folder):
    """The bound book is kept by archiving, and what is saved or shown later is that one."""
    sitting.quiet()
    assert (
        sitting.page.lacks.sentences()
        == f"卷号 {work.mediation(mediation).number}，2026-11-02 归档。"
    )
    (book,) = [paper for paper in work.rows(Paper, mediation) if paper.code == DOSSIER]
    with Session(work.hall.engine) as session:
        proof = session.get(PaperProof, book.id)
        kept = read_blob(session, proof.blob_sha256)
    assert hashlib.sha256(kept).hexdigest() == proof.sha256
    assert archived_book_of(sitting.screen.file) == book.id
    target, said = folder / "整卷.pdf", []
    saver = sitting.screen.findChild(DossierSaver)
    saver.said.connect(said.append)
    saver.save(mediation, target, book=book.id)
    sitting.qtbot.waitUntil(lambda: any("已存到" in words for words in said))
    sitting.quiet()
    assert target.read_bytes() == kept
