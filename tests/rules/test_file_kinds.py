"""A file is taken for what it is; one whose name says something else is not taken at all."""

import io
import zipfile

import pytest

from desk.rules.codes import AttachmentKind
from desk.rules.errors import RuleBroken
from desk.rules.file_kinds import (
    FileFamily,
    checked_type,
    family_of,
    may_show_people,
    media_type_of,
    require_kind,
    safe_name,
    say_size,
    usual_kind,
)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def archive(*names):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name in names:
            made.writestr(name, "content")
    return kept.getvalue()


FILES = {
    "image/jpeg": b"\xff\xd8\xff\xe0 picture",
    "image/png": b"\x89PNG\r\n\x1a\n picture",
    "image/bmp": b"BM" + bytes(12) + (40).to_bytes(4, "little"),
    "image/webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "image/heic": b"\x00\x00\x00\x18ftypheic",
    "application/pdf": b"%PDF-1.7",
    "audio/wav": b"RIFF\x00\x00\x00\x00WAVEfmt ",
    "audio/mpeg": b"ID3\x04",
    "audio/amr": b"#!AMR\n",
    "audio/mp4": b"\x00\x00\x00\x18ftypM4A ",
    "video/mp4": b"\x00\x00\x00\x18ftypisom",
    "application/msword": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    WORD: archive("[Content_Types].xml", "word/document.xml"),
    "application/ofd": archive("OFD.xml", "Doc_0/Document.xml"),
}


@pytest.mark.parametrize("media_type", FILES)
def test_a_file_is_known_by_how_it_begins(media_type):
    assert media_type_of(FILES[media_type]) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 a program",
        b"BM this only begins like a bitmap",
        b"just words",
        b"PK\x03\x04 half an archive",
        archive("program.exe"),
    ],
    ids=["program", "words like a bitmap", "words", "broken archive", "other archive"],
)
def test_what_does_not_belong_in_a_case_is_refused_with_the_way_out(content):
    with pytest.raises(
        RuleBroken, match=r"“现场\.jpg”不是图片、录音、视频、PDF 或办公文档，没有收下"
    ):
        checked_type("现场.jpg", content)


def test_an_empty_file_is_refused():
    with pytest.raises(RuleBroken, match=r"“现场\.jpg”是空的"):
        checked_type("现场.jpg", b"")


@pytest.mark.parametrize(
    ("name", "kept_as", "said", "found"),
    [
        ("现场.jpg", "application/pdf", "图片", "PDF"),
        ("报告.PDF", "image/jpeg", "PDF", "图片"),
        ("通话.mp3", "application/msword", "录音", "文档"),
        ("安装.exe", "image/png", "文档", "图片"),
    ],
)
def test_a_name_that_says_something_else_is_refused(name, kept_as, said, found):
    with pytest.raises(RuleBroken, match=f"名字说是“{said}”，内容其实是“{found}”，没有收下"):
        checked_type(name, FILES[kept_as])


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("微信图片.jpg", "image/webp"),
        ("没有后缀", "image/jpeg"),
        ("2026.11.02", "application/pdf"),
        ("通话录音.mp4", "audio/mp4"),
        ("录音.m4a", "video/mp4"),
        ("红头文件.ofd", "application/ofd"),
    ],
)
def test_a_name_that_does_not_mislead_is_taken(name, media_type):
    assert checked_type(name, FILES[media_type]) == media_type


def test_a_clerk_reads_words_and_not_media_types():
    families = {media_type: family_of(media_type) for media_type in FILES}
    assert families["image/heic"] is FileFamily.PICTURE
    assert families["application/pdf"] is FileFamily.PDF
    assert families["audio/amr"] is FileFamily.RECORDING
    assert families["video/mp4"] is FileFamily.VIDEO
    assert families[WORD] is FileFamily.DOCUMENT


def test_a_recording_and_a_pdf_are_filed_by_themselves_a_photo_waits_to_be_told():
    assert usual_kind("audio/amr") is AttachmentKind.RECORDING
    assert usual_kind("application/pdf") is AttachmentKind.SCAN
    assert usual_kind("image/jpeg") is AttachmentKind.OTHER


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        (AttachmentKind.BEFORE, "application/pdf"),
        (AttachmentKind.AFTER, "audio/amr"),
        (AttachmentKind.RECORDING, "image/jpeg"),
        (AttachmentKind.SCAN, "audio/amr"),
    ],
)
def test_nothing_is_filed_as_what_it_cannot_be(kind, media_type):
    with pytest.raises(RuleBroken, match=r"不能归为“.+”，可选："):
        require_kind(kind, media_type)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        (AttachmentKind.BEFORE, "image/jpeg"),
        (AttachmentKind.AFTER, "video/mp4"),
        (AttachmentKind.RECORDING, "video/mp4"),
        (AttachmentKind.SCAN, "image/jpeg"),
        (AttachmentKind.OTHER, WORD),
    ],
)
def test_what_it_can_be_it_may_be_filed_as(kind, media_type):
    assert require_kind(kind, media_type) is None


def test_only_what_can_be_looked_at_may_show_people():
    assert may_show_people("image/jpeg")
    assert may_show_people("video/mp4")
    assert not may_show_people("audio/amr")
    assert not may_show_people("application/pdf")


def test_sizes_are_said_in_words():
    assert [say_size(1), say_size(220_800), say_size(1_500_000)] == ["1 KB", "216 KB", "1.4 MB"]


@pytest.mark.parametrize(
    ("name", "media_type", "opened_as"),
    [
        ("现场.jpg", "image/jpeg", "现场.jpg"),
        ("通话.amr", "audio/amr", "通话.amr"),
        ("2026.11.02", "application/pdf", "2026.11.02.pdf"),
        ("安装.exe", "application/msword", "安装.exe.doc"),
        ("函.html", WORD, "函.html.docx"),
        ("旧录音", "audio/flac", "旧录音.bin"),
    ],
)
def test_a_file_is_opened_as_what_it_is_and_never_as_a_program(name, media_type, opened_as):
    assert safe_name(name, media_type) == opened_as
