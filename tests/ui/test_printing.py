"""A paper is proved when it is first rendered, and looks the same for ever after."""

import hashlib
from functools import partial

import pypdfium2
import pytest
from PIL import ImageOps
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.closing import CorrectCase, RevealPrivate
from desk.actions.papers import IssuePaper, StoreProof
from desk.queries.papers import stored_paper
from desk.settings import fonts_folder, load_settings
from desk.store.models import PaperProof, PrintLine
from desk.ui.preview import PaperPreview
from desk.ui.printing import hand_over, papers_of, printer_names, save_pdf
from desk.ui.raster import print_raster, raster_printers
from tests.cups_server import PdfQueue
from tests.forms.test_fonts import renamed


@pytest.fixture
def open_paper(qtbot, desk_of):
    """Make a stored paper ready for a member of staff and return it."""

    def ready(name, paper_id):
        desk = desk_of(name)
        found = []
        papers_of(desk).open(paper_id, owner=desk, done=found.append, failed=found.append)
        qtbot.waitUntil(lambda: bool(found))
        return found[0]

    return ready


def rows(hall, model):
    with Session(hall.engine) as session:
        return list(session.scalars(select(model)))


def ink(pdf):
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=4).to_pil().convert("L")
    size = (round(document[0].get_width()), round(document[0].get_height()))
    document.close()
    grey = ImageOps.invert(image).point(lambda value: value * (value > 127))
    return size, [dot / 4 for dot in grey.getbbox()]


def test_the_first_rendering_is_proved_and_the_next_is_the_same(life, open_paper):
    sheet = life.papers(life.register())["intake-sheet"]

    first = open_paper("李敏", sheet.id)
    again = open_paper("周航", sheet.id)

    (proof,) = rows(life.hall, PaperProof)
    assert proof.sha256 == first.sha256 == hashlib.sha256(again.pdf).hexdigest()
    assert again.pdf == first.pdf


def test_a_paper_that_would_look_different_now_is_refused_with_a_sentence(life, open_paper):
    sheet = life.papers(life.register())["receipt"]
    other = hashlib.sha256("另一台电脑上的样子".encode()).hexdigest()
    proof = StoreProof(**life.hall.by("李敏"), paper=sheet.id, sha256=other)
    life.hall.sign_in("李敏").carry_out(proof)

    error = open_paper("李敏", sheet.id)

    assert "与第一次出具时不一致" in str(error)


def test_the_bytes_of_a_signed_opinion_are_kept(life, open_paper):
    notice = life.papers(life.at("sealing"))["opinion-notice"]

    ready = open_paper("郑伟", notice.id)

    stored = life.hall.sign_in("冯丽").read(partial(stored_paper, paper_id=notice.id))
    assert stored.pdf == ready.pdf
    assert open_paper("冯丽", notice.id).pdf == ready.pdf


def test_someone_outside_the_case_does_not_get_its_papers(life, open_paper):
    sheet = life.papers(life.register())["intake-sheet"]

    error = open_paper("梁燕", sheet.id)  # another community

    assert "已不归您查看" in str(error)


def test_who_only_sees_the_case_must_say_why_before_its_papers_open(life, open_paper):
    case = life.at("accepted")
    slip = life.papers(case)["dispatch-slip"]

    error = open_paper("陈静", slip.id)  # the community where it happened, not at work on it
    assert "不在您手里" in str(error)

    life.do("陈静", RevealPrivate, case, reason="居民来社区追问")
    assert open_paper("陈静", slip.id).number == slip.number


def test_a_correction_is_a_new_version_with_a_proof_of_its_own(life, open_paper):
    case = life.register()
    old = open_paper("李敏", life.papers(case)["intake-sheet"].id)
    life.do("李敏", CorrectCase, case, name="陈桂芬", reason="听错了名字")
    life.do("李敏", IssuePaper, case, code="intake-sheet")

    new = open_paper("李敏", life.papers(case)["intake-sheet"].id)

    assert new.number == old.number
    assert new.sha256 != old.sha256


def test_a_character_without_a_glyph_is_said_and_never_blank(life, open_paper):
    case = life.register(name="陈\U0010fffd芳")

    ready = open_paper("李敏", life.papers(case)["receipt"].id)

    assert "没有字形" in ready.warning
    assert "U+10FFFD" in ready.warning


def test_a_print_reaches_the_queue_and_the_log(qtbot, life, desk_of, pdf_queue: PdfQueue):
    sheet = life.papers(life.register())["intake-sheet"]
    desk = desk_of("李敏")
    preview = PaperPreview(desk, sheet.id)
    qtbot.addWidget(preview)
    qtbot.waitUntil(lambda: preview.printer.count() == 2 and preview.pages.page_count() == 1)
    preview.printer.setCurrentIndex(1)
    preview.copies.set_value(2)

    with qtbot.waitSignal(desk.tasks.said, check_params_cb=lambda words: "2 份" in words):
        preview.print_now()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy)

    (printed,) = pdf_queue.papers()
    assert ink(printed)[0] == (595, 842)
    (line,) = rows(life.hall, PrintLine)
    assert (line.printer, line.copies) == (pdf_queue.name, 2)
    assert line.sha256 == rows(life.hall, PaperProof)[0].sha256
    assert load_settings().printer == pdf_queue.name


def test_the_preview_shows_earlier_prints_and_the_printer_of_last_time(
    qtbot, life, desk_of, pdf_queue: PdfQueue
):
    case = life.register()
    desk = desk_of("李敏")
    hand_over(b"%PDF-1.4\n%%EOF\n", pdf_queue.name, 1, "specimen")
    papers_of(desk).print_case_paper(case, "receipt", owner=desk)
    qtbot.waitUntil(lambda: not desk.tasks.is_busy)

    preview = PaperPreview(desk, life.papers(case)["receipt"].id)
    qtbot.addWidget(preview)

    qtbot.waitUntil(lambda: preview.printer.currentData() == pdf_queue.name)
    qtbot.waitUntil(lambda: "李敏 1 份" in preview._prints.text())
    qtbot.waitUntil(lambda: len(life.lines("private.looked")) == 1)
    assert life.lines("private.looked")[0].title == "查看联系方式（预览文书）"


def test_a_printer_that_is_gone_is_said_in_the_preview(qtbot, life, desk_of, pdf_queue):
    sheet = life.papers(life.register())["receipt"]
    preview = PaperPreview(desk_of("李敏"), sheet.id)
    qtbot.addWidget(preview)
    qtbot.waitUntil(lambda: preview.pages.page_count() == 1)
    preview.printer.addItem("第三窗口", "第三窗口")
    preview.printer.setCurrentIndex(preview.printer.count() - 1)

    preview.print_now()

    qtbot.waitUntil(lambda: "“第三窗口”没有收下" in preview._said.text())
    assert rows(life.hall, PrintLine) == []


def test_without_any_printer_saving_says_so_once_and_a_wish_to_print_every_time(
    qtbot, life, desk_of, pdf_queue, monkeypatch
):
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")  # nobody prints there
    case = life.register()
    desk = desk_of("李敏")
    said = []
    desk.tasks.said.connect(said.append)

    def settle(*, is_asked):
        papers_of(desk).print_case_paper(case, "intake-sheet", owner=desk, is_asked=is_asked)
        qtbot.waitUntil(lambda: not desk.tasks.is_busy)

    settle(is_asked=False)
    settle(is_asked=False)
    (once,) = said
    assert "案件已经保存" in once
    assert "Ctrl+P" in once

    settle(is_asked=True)
    settle(is_asked=True)
    assert len(said) == 3
    assert "没有找到缺省的打印机" in said[2]


def test_a_paper_can_be_kept_as_a_file(qtbot, life, desk_of, tmp_path):
    sheet = life.papers(life.register())["receipt"]
    preview = PaperPreview(desk_of("李敏"), sheet.id)
    qtbot.addWidget(preview)
    qtbot.waitUntil(lambda: preview.pages.page_count() == 1)

    preview.save_to(tmp_path / "回执.pdf")

    qtbot.waitUntil((tmp_path / "回执.pdf").exists)
    assert ink((tmp_path / "回执.pdf").read_bytes())[0] == (595, 842)


def test_a_folder_that_takes_nothing_is_said(tmp_path):
    with pytest.raises(Exception, match="不能写入"):
        save_pdf(b"%PDF", tmp_path / "没有的文件夹" / "回执.pdf")


def test_without_cups_the_picture_of_a_page_is_printed_in_the_same_place(
    qtbot, life, open_paper, pdf_queue: PdfQueue
):
    ready = open_paper("李敏", life.papers(life.register())["intake-sheet"].id)
    assert raster_printers() == printer_names() == [pdf_queue.name]

    print_raster(ready.pdf, pdf_queue.name)

    (printed,) = pdf_queue.papers()
    wanted, found = ink(ready.pdf), ink(printed)
    assert found[0] == wanted[0]
    assert found[1] == pytest.approx(wanted[1], abs=1.5)


def test_papers_use_the_halls_own_fonts_and_no_other_machine_prints_them_differently(
    life, open_paper
):
    before, after = life.register(), life.register()
    plain = open_paper("李敏", life.papers(before)["receipt"].id)
    own = fonts_folder() / "own.ttf"
    own.parent.mkdir(parents=True)
    renamed("Kai-GB2312.ttf", "仿宋_GB2312", own)

    fine = open_paper("李敏", life.papers(after)["receipt"].id)

    assert fine.pdf == open_paper("周航", life.papers(after)["receipt"].id).pdf
    assert open_paper("李敏", life.papers(before)["receipt"].id).pdf == plain.pdf
    own.unlink()
    assert "本单位的字体" in str(open_paper("李敏", life.papers(after)["receipt"].id))
