"""`print mediation-dossier` binds everything of a mediation into one file."""

import pypdf
from sqlalchemy import text

from desk.actions.mediation_archive import ArchiveMediation, DescribeDossier
from desk.store.engine import WRITES
from tests.actions.mediations import GU, QIAN, Mediations
from tests.actions.test_mediation_after import MONTHS, closed, settled
from tests.actions.test_mediation_papers import issue


def test_the_command_line_binds_a_dossier_by_the_number_of_its_file(
    hall, hall_url, clock, command, tmp_path
):
    work = Mediations(hall, clock)
    mediation = settled(work, *MONTHS)
    for code in ("mediation-application", "mediation-record", "mediation-agreement"):
        issue(work, mediation, code)
    target, number = tmp_path / "whole.pdf", work.mediation(mediation).number

    rest = ("--output", target, "--database", hall_url)
    answer = command("print", "mediation-dossier", number, *rest)

    assert answer.code == 0
    pages = pypdf.PdfReader(target).pages
    assert f"整卷 {number}，{len(pages)} 页" in answer.out
    assert "调解卷宗" in "".join(pages[0].extract_text().split())
    wrong = command("print", "mediation-dossier", "无", *rest)
    assert (wrong.code, "请核对卷号" in wrong.err) == (1, True)


def test_an_archived_dossier_is_bound_once_and_checked_from_then_on(
    sqlite_hall, command, tmp_path, clock
):
    work = Mediations(sqlite_hall, clock)
    mediation = closed(work)
    work.mediate(QIAN, DescribeDossier, mediation, situation="材料另见纸质卷。")
    work.mediate(GU, ArchiveMediation, mediation, dossier_number="调卷 7")
    number, url = work.mediation(mediation).number, str(sqlite_hall.engine.url)
    first, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    clock.forward(days=400)

    for target in (first, again):
        rest = ("--output", target, "--database", url)
        assert command("print", "mediation-dossier", number, *rest).code == 0

    assert first.read_bytes() == again.read_bytes()
    words = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(again).pages)
    assert "调卷7" in words
    assert "2026年11月2日" in words or "2026-11-02" in words  # the day it was archived
    assert command("check", "--database", url).code == 0
    with sqlite_hall.engine.connect().execution_options(**{WRITES: True}) as connection:
        kept = text("UPDATE blob_chunks SET bytes = x'00' WHERE sha256 = :kept")
        proofs = text("SELECT blob_sha256 FROM paper_proofs WHERE blob_sha256 IS NOT NULL")
        connection.execute(kept, {"kept": connection.scalars(proofs).one()})
        connection.commit()
    damaged = command("check", "--database", url)
    assert (damaged.code, "调卷 7 留存的文件与第一次出具时不一致" in damaged.out) == (1, True)
