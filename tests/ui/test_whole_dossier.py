"""A dossier is bound from its page, and a signed paper finds its file through the scan folder."""

import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.mediation_archive import AddMediationFile
from desk.actions.mediation_papers import IssueMediationPaper
from desk.rules.codes import PaperState
from desk.rules.mediation_codes import MediationFileKind
from desk.store.models import Event, Paper
from desk.ui.mediation.whole_dossier import DossierSaver
from tests.actions.mediating import GU
from tests.exchange.scanner import as_file, printed, sheets
from tests.forms.test_dossier import photo
from tests.ui.desks import Desks
from tests.ui.mediation_desk import mediating_of, sit_at_mediations
from tests.ui.scan_desk import Watching


@pytest.fixture
def mediation(sqlite_hall):
    """An accepted mediation with an application and a photo."""
    return accepted(sqlite_hall)


@pytest.fixture
def desks(qapp, hall):
    """Desks of members of staff, on both engines."""
    made = Desks(hall)
    yield made
    made.close()


def accepted(hall):
    """Accept a mediation, and give it an application and a photo."""
    people = mediating_of(hall)
    mediation = people.accept()
    people.ask(GU, IssueMediationPaper, mediation, code="mediation-application")
    facts = {"kind": MediationFileKind.EVIDENCE, "name": "渗水.jpg", "content": photo()}
    people.ask(GU, AddMediationFile, mediation, **facts)
    return mediation


def paper_of(hall, mediation):
    with Session(hall.engine) as session:
        return session.scalars(select(Paper).where(Paper.mediation_id == mediation)).one()


def test_the_whole_dossier_is_saved_as_one_file(qtbot, sqlite_hall, desk_of, tmp_path, mediation):
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, GU, mediation)
    saver = sitting.screen.findChild(DossierSaver)
    said = []
    saver._desk.tasks.said.connect(said.append)

    saver.save(mediation, tmp_path / "整卷.pdf")
    qtbot.waitUntil(lambda: bool(said))

    pages = len(pypdf.PdfReader(tmp_path / "整卷.pdf").pages)
    assert said[0] == f"整卷 {pages} 页，已存到 {tmp_path / '整卷.pdf'}。"
    sitting.quiet()
    with Session(sqlite_hall.engine) as session:
        titles = session.scalars(
            select(Event.title).where(Event.made_by == saver._desk.person.staff_id)
        )
        assert any(title.startswith("装订整卷 ") for title in titles)


def test_a_folder_that_takes_nothing_is_said_so(qtbot, sqlite_hall, desk_of, tmp_path, mediation):
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, GU, mediation)
    saver = sitting.screen.findChild(DossierSaver)
    said = []
    saver._desk.tasks.said.connect(said.append)

    saver.save(mediation, tmp_path / "no" / "整卷.pdf")
    qtbot.waitUntil(lambda: bool(said))

    assert "不能写入" in said[0]
    sitting.quiet()


def test_a_signed_paper_finds_its_file(qtbot, sqlite_hall, desk_of, tmp_path, mediation):
    paper = paper_of(sqlite_hall, mediation)
    watching = Watching(qtbot, desk_of(GU), tmp_path)
    watching.lay("申请书.jpg", as_file(sheets(printed(paper.code, 0, paper.id)), "JPEG"))

    watching.look()

    assert paper_of(sqlite_hall, mediation).state is PaperState.SCANNED
    assert watching.said == ["1 份扫描件已归到 00001。"]


def test_a_mediations_scan_on_another_desk_waits_for_somebody(qtbot, hall, desks, tmp_path):
    mediation = accepted(hall)
    paper = paper_of(hall, mediation)
    scan = as_file(sheets(printed(paper.code, 0, paper.id)), "JPEG")
    watching = Watching(qtbot, desks.sign_in("冯丽"), tmp_path)
    watching.lay("申请书.jpg", scan)

    watching.look()

    assert paper_of(hall, mediation).state is PaperState.ISSUED
    assert watching.left() == {"申请书.jpg": "找不到这份调解文书，请核对二维码。"}
    assert watching.said == watching.filed() == []
    (waiting,) = watching.watch.left
    assert waiting.path.read_bytes() == scan  # until somebody lays it on the glass who may

    hers = Watching(qtbot, desks.sign_in(GU), tmp_path)
    hers.lay("申请书 2.jpg", waiting.path.read_bytes())
    hers.look()

    assert paper_of(hall, mediation).state is PaperState.SCANNED
    assert hers.filed() == ["申请书 2.jpg"]
