"""The bound dossier: contents that point to the right pages, numbers, room for the thread."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import Image

from desk.exchange.binding import Binder
from desk.forms import render
from desk.forms.dossier import bind_dossier, binding_shift_mm, page_numbers
from desk.queries.dossier import DossierPiece, DossierView
from desk.rules.errors import RuleBroken
from desk.rules.mediation_papers import DOSSIER_PARTS, MEDIATION_TITLES
from desk.store.layout_texts import shipped_layout
from tests.forms.mediation_specimens import MEDIATION_PAPERS, NAME
from tests.forms.reading import squeezed, text_of

A4 = [0, 0, 595, 842]
MM = 72 / 25.4


def photo(size=(1200, 800), turned=0, kind="JPEG", frames=1):
    """Return a picture whose upper left corner is red."""
    picture = Image.new("RGB", size, "white")
    picture.paste((255, 0, 0), (0, 0, size[0] // 3, size[1] // 3))
    exif = Image.Exif()
    if turned:
        exif[0x112] = turned
    kept = BytesIO()
    more = {"save_all": True, "append_images": [picture] * (frames - 1)} if frames > 1 else {}
    picture.save(kept, kind, exif=exif, **more)
    return kept.getvalue()


def paper(code):
    return DossierPiece(MEDIATION_TITLES[code], "必须", code=code, row=MEDIATION_PAPERS[code]())


def view(*pieces):
    common = {k: v for k, v in MEDIATION_PAPERS["mediation-back-cover"]().items() if k != "pages"}
    return DossierView(
        mediation_id=1,
        number=common["number"],
        part=common,
        cover=MEDIATION_PAPERS["mediation-cover"](),
        situation={"text": "没有需要说明的异常。", "missing": ["履行凭证：第三期尚未到期。"]},
        pieces=pieces,
        layouts={code: shipped_layout(code) for code in DOSSIER_PARTS},
    )


def bound(tmp_path, dossier, files=None):
    """Bind a dossier; return how it came out, and its pages as they are read again."""
    target = tmp_path / "dossier.pdf"
    with Binder() as book:
        said = bind_dossier(dossier, book, (files or {}).__getitem__)
        book.save(target)
    return said, pypdf.PdfReader(target).pages, text_of(target.read_bytes()).split("\f")


FILES = {"photo": photo(), "turned": photo(turned=6), "sound": b"ID3" + b"\0" * 60}
FILES["scan"] = render("mediation-agreement", MEDIATION_PAPERS["mediation-agreement"]()).pdf
PIECES = (
    paper("mediation-application"),
    paper("mediation-rights"),
    DossierPiece(f"当事人身份证明 {NAME}", "必须", sha256="photo"),
    DossierPiece("证据材料 录音", "按需", sha256="sound"),
    paper("mediation-record"),
    DossierPiece("人民调解协议书（签字件）", "必须", sha256="scan"),
    DossierPiece("履行凭证", "必须，缺"),
    paper("mediation-closing"),
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return one dossier with everything in it."""
    return bound(tmp_path_factory.mktemp("dossier"), view(*PIECES), FILES)


def test_the_contents_point_to_the_pages_where_the_papers_begin(whole):
    said, pages, texts = whole
    contents = squeezed(texts[said.contents_at - 1])

    for piece, first in zip(PIECES, said.begins, strict=False):
        if piece.code:
            assert squeezed(piece.title) in squeezed(texts[first - 1]), piece.title
            assert "系统流水" in squeezed(texts[first - 1])
            assert re.search(rf"{squeezed(piece.title)}{first}(?!\d)", contents), piece.title
    last = said.begins[-1]
    assert "卷宗情况说明" in squeezed(texts[last - 1])
    assert f"卷宗情况说明{last}" in contents
    assert len(pages) == said.pages == len(texts)


def test_cover_and_back_cover_say_how_many_pages_there_are(whole):
    said, _, texts = whole

    assert "调解卷宗" in squeezed(texts[0])
    assert "封底" in squeezed(texts[-1])
    assert f"本卷共{said.pages}页" in squeezed(texts[-1])
    assert f"本卷页数：{said.pages}页" in squeezed(texts[said.begins[-1] - 1])
    assert f"本卷合计{said.pages}页" in squeezed(texts[said.contents_at - 1])


def test_what_cannot_be_on_paper_and_what_is_missing_have_no_page(whole):
    said, _, texts = whole
    contents = squeezed(texts[said.contents_at - 1])

    assert said.begins[3] == said.begins[6] == 0
    assert "证据材料录音电子件，另存" in contents
    assert "履行凭证必须，缺" in contents


def test_every_page_is_a4_and_bears_its_number_on_the_outer_edge(whole):
    _, pages, _ = whole

    for number, page in enumerate(pages, 1):
        assert [round(float(edge)) for edge in page.mediabox] == A4
        found = []

        def visit(text, matrix, text_matrix, _font, _size, wanted=str(number), found=found):
            if text.strip() == wanted:
                found.append((text_matrix[4] + matrix[4], text_matrix[5] + matrix[5]))

        page.extract_text(visitor_text=visit)
        top = [x for x, y in found if y > 841.9 - 10 * MM]
        assert len(top) == 1, number
        assert (top[0] > 500) == (number % 2 == 1)


def ink_left_and_right(pdf: Path, at: int):
    """Return how far from both edges the first ink below the number stands, in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[at].render(scale=3).to_pil().convert("L").crop((0, 135, 1785, 2526))
    document.close()
    box = picture.point(lambda grey: 255 if grey < 200 else 0).getbbox()
    return box[0] / 3 / MM, (picture.width - box[2]) / 3 / MM


def test_every_page_leaves_the_thread_its_25_millimetres(tmp_path):
    pieces = [paper("mediation-acceptance"), paper("mediation-acceptance")]
    pieces += [DossierPiece("照片", "按需", sha256="photo")] * 2
    said, pages, _ = bound(tmp_path, view(*pieces), FILES)

    for number in range(1, len(pages) + 1):
        left, right = ink_left_and_right(tmp_path / "dossier.pdf", number - 1)
        assert (left if number % 2 else right) >= 24.6, number
    assert said.begins[:4] == (3, 4, 5, 6)


def test_a_photo_stands_upright_as_it_was_taken(tmp_path):
    dossier = view(DossierPiece("照片", "按需", sha256="turned"))
    said, pages, _ = bound(tmp_path, dossier, FILES)

    document = pypdfium2.PdfDocument(tmp_path / "dossier.pdf")
    picture = document[said.begins[0] - 1].render(scale=1).to_pil()
    document.close()
    red = picture.convert("RGB").resize((60, 84))
    spots = [
        (x, y)
        for x in range(60)
        for y in range(84)
        if (p := red.getpixel((x, y)))[0] > 200 and p[1] < 80
    ]
    assert len(spots) > 50
    assert min(x for x, _ in spots) > 30  # turned by the camera: upper right
    assert max(y for _, y in spots) < 42
    assert len(pages) == 5


def test_every_page_of_a_scan_is_bound_and_rare_characters_stay_copyable(tmp_path):
    files = {"tiff": photo(kind="TIFF", frames=3), **FILES}
    pieces = [paper("mediation-record"), DossierPiece("扫描", "按需", sha256="tiff")]
    pieces.append(DossierPiece("协议书（签字件）", "必须", sha256="scan"))
    said, pages, texts = bound(tmp_path, view(*pieces), files)

    record, tiff, scan, situation = said.begins
    assert (tiff - record, scan - tiff, situation - scan) == (2, 3, 3)
    assert NAME in squeezed(texts[record - 1])
    assert "/XObject" in pages[tiff - 1]["/Resources"]


def test_a_broken_file_is_named_as_electronic_and_stops_nothing(tmp_path):
    files = {"pdf": b"%PDF-1.7 broken", "jpg": b"\xff\xd8\xff\xe0" + b"\0" * 40}
    pieces = [DossierPiece(name, "按需", sha256=name) for name in files]
    said, _, texts = bound(tmp_path, view(*pieces), files)

    assert said.begins[:2] == (0, 0)
    assert squeezed(texts[said.contents_at - 1]).count("电子件，另存") == 2


def test_long_contents_take_the_pages_they_need(tmp_path):
    pieces = [
        DossierPiece(f"证据材料 第{n}份 " + "青" * 40, "按需", sha256="photo") for n in range(60)
    ]
    said, pages, texts = bound(tmp_path, view(*pieces), FILES)

    assert said.begins[0] > 4
    assert "卷内目录（续）" in squeezed(texts[said.contents_at])
    assert len(pages) == said.begins[0] + 60 + 1


def test_a_kept_print_is_bound_as_it_was_signed(tmp_path):
    row = MEDIATION_PAPERS["mediation-rights"]()
    kept = render("mediation-rights", row | {"dispute": "当时印的字样"}).pdf
    piece = DossierPiece("告知书", "必须", code="mediation-rights", row=row, pdf=kept)
    said, _, texts = bound(tmp_path, view(piece))

    assert "当时印的字样" in squeezed(texts[said.begins[0] - 1])


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path):
    with Binder() as book:
        book.add_paper(page_numbers(1), 0)
        with pytest.raises(RuleBroken, match="不能写入"):
            book.save(tmp_path / "nowhere" / "dossier.pdf")
        assert book.pages == 1


def test_only_forms_with_a_narrow_right_margin_move_on_the_back():
    assert binding_shift_mm("mediation-agreement") == 0
    assert binding_shift_mm("mediation-acceptance") == 5


HUGE = """
import resource, sys
from pathlib import Path
from tests.forms.test_dossier import DossierPiece, big_photo, bind_dossier, view, Binder

pieces = [DossierPiece(f"照片 {n}", "按需", sha256=str(n)) for n in range(12)]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
photo = big_photo()
with Binder() as book:
    bind_dossier(view(*pieces), book, lambda sha256: bytes(bytearray(photo)))
    book.save(Path(sys.argv[1]))
print(len(photo), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def big_photo():
    """Return a photo of nine megabytes."""
    return photo((3000, 2000)) + bytes(9 * 2**20)


def test_a_hundred_megabytes_of_photos_need_a_small_part_of_that(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", HUGE, str(tmp_path / "big.pdf")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    size, grown_kb = map(int, run.stdout.split())
    assert size * 12 > 100 * 2**20
    assert grown_kb < 120 * 1024
    assert (tmp_path / "big.pdf").stat().st_size < 8 * 2**20
