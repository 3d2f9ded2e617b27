"""`print mediation-dossier` binds everything of a mediation into one file."""

import pypdf

from tests.actions.mediations import Mediations
from tests.actions.test_mediation_after import MONTHS, settled
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
