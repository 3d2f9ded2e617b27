"""Attachments are kept once, by what they are; nothing that shows people leaves unnoticed."""

import hashlib
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.attachments import (
    AddAttachment,
    MaskAttachment,
    SortAttachment,
    TakeOutAttachment,
    WithdrawAttachment,
)
from desk.actions.blobs import CHUNK
from desk.queries.attachments import attachment_bytes, attachments_of
from desk.rules.codes import AttachmentKind, CaseStatus, Purpose
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Attachment, Blob, BlobChunk, Event
from tests.actions.work import GAO, HE, LI, QIN, SUN, WU, ZHAO, ZHOU

K = AttachmentKind
JPEG, PDF, AMR = b"\xff\xd8\xff\xe0 ", b"%PDF-1.7 ", b"#!AMR\n"


@pytest.fixture
def case(work):
    return work.register()


def add(work, case, name="楼道.jpg", content=JPEG + b"before", *, by=LI, **more):
    """Add a file and return its id."""
    changes = work.ask(by, AddAttachment, case, name=name, content=content, **more)
    return changes.made["attachment"]


def mask(work, case, attachment, content=JPEG + b"masked", *, by=LI):
    """Keep a masked copy and return its id."""
    changes = work.ask(by, MaskAttachment, case, attachment=attachment, content=content)
    return changes.made["attachment"]


def rows(work, table):
    with Session(work.hall.engine) as session:
        return session.scalars(select(table)).all()


def line(work, kind):
    """Return the newest history line of a kind, on whatever case."""
    return max((row for row in rows(work, Event) if row.kind == kind), key=lambda row: row.place)


def test_bytes_are_kept_once_in_chunks(work, case):
    content = JPEG + b"\x00\x01" * CHUNK + b"end"

    for name in ("照片.jpg", "同一张.jpg"):
        add(work, case, name, content)

    sha256 = hashlib.sha256(content).hexdigest()
    assert [row.name for row in work.all(Attachment, case)] == ["照片.jpg"]
    assert [row.size for row in rows(work, Blob) if row.sha256 == sha256] == [len(content)]
    chunks = [row for row in rows(work, BlobChunk) if row.sha256 == sha256]
    assert b"".join(row.bytes for row in sorted(chunks, key=lambda row: row.seq)) == content
    assert len(chunks) == 3
    assert "只留一份" in work.history(case)[-1].payload["detail"]


def test_two_cases_share_the_bytes_of_one_file(work, case):
    other = work.register()
    add(work, case, content=PDF + b"shared", name="函.pdf")
    add(work, other, content=PDF + b"shared", name="复函.pdf")

    assert work.all(Attachment, case)[0].sha256 == work.all(Attachment, other)[0].sha256
    assert work.all(Attachment, other)[0].name == "复函.pdf"


def test_a_file_that_is_too_large_is_refused(work, case, monkeypatch):
    monkeypatch.setattr("desk.actions.blobs.LARGEST", 10)
    with pytest.raises(RuleBroken, match="超过 200 MB"):
        add(work, case)


def test_a_file_that_is_not_what_its_name_says_is_refused(work, case):
    with pytest.raises(RuleBroken, match="内容其实是“PDF”"):
        add(work, case, "楼道.jpg", PDF)
    with pytest.raises(RuleBroken, match="没有收下"):
        add(work, case, "楼道.jpg", b"MZ program")
    assert work.all(Attachment, case) == []


def test_recordings_and_scans_file_themselves_photos_as_one_says(work, case):
    add(work, case, "通话.amr", AMR)
    add(work, case, "回执.pdf", PDF)
    add(work, case, "修好了.jpg", JPEG, kind=K.AFTER)
    assert [row.kind for row in work.all(Attachment, case)] == [K.RECORDING, K.SCAN, K.AFTER]


def test_a_document_is_no_photo_of_before(work, case):
    with pytest.raises(RuleBroken, match="PDF不能归为“处理前”") as refused:
        add(work, case, "函.pdf", PDF, kind=K.BEFORE)
    assert refused.value.field == "kind"


def test_the_same_photo_again_with_another_kind_is_filed_anew(work, case):
    first = add(work, case, kind=K.BEFORE)
    assert add(work, case, kind=K.AFTER) == first
    assert add(work, case) == first
    assert work.all(Attachment, case)[0].kind is K.AFTER


def test_a_photo_is_sorted_together_with_its_masked_copies(work, case):
    photo, other = add(work, case), add(work, case, "另一张.jpg", JPEG + b"other")
    masked = mask(work, case, photo)

    work.ask(LI, SortAttachment, case, attachment=masked, kind=K.BEFORE)

    kinds = {row.id: row.kind for row in work.all(Attachment, case)}
    assert kinds == {photo: K.BEFORE, masked: K.BEFORE, other: K.OTHER}
    assert work.history(case)[-1].payload["detail"] == "楼道（已遮挡）.jpg：处理前"


def test_a_recording_is_not_sorted_as_a_photo(work, case):
    recording = add(work, case, "通话.amr", AMR)
    with pytest.raises(RuleBroken, match="录音不能归为“处理后”"):
        work.ask(LI, SortAttachment, case, attachment=recording, kind=K.AFTER)


def test_masking_makes_a_copy_and_leaves_the_photo_alone(work, case):
    photo = add(work, case, "楼道.PNG.jpg", JPEG + b"faces", kind=K.AFTER)
    before = work.all(Attachment, case)[0].sha256

    copy = mask(work, case, photo)

    original, masked = work.all(Attachment, case)
    assert (original.id, original.sha256, original.masks_id) == (photo, before, None)
    assert (masked.id, masked.masks_id, masked.kind) == (copy, photo, K.AFTER)
    assert masked.name == "楼道.PNG（已遮挡）.jpg"
    assert work.kinds(case)[-1] == "attachment.masked"


def test_a_masked_copy_masked_again_still_belongs_to_the_photo(work, case):
    photo = add(work, case)
    again = mask(work, case, mask(work, case, photo), JPEG + b"masked more")

    found = {row.id: row for row in work.all(Attachment, case)}
    assert found[again].masks_id == photo
    assert found[again].name == "楼道（已遮挡）.jpg"
    assert mask(work, case, photo, JPEG + b"masked more") == again


def test_only_photos_are_masked_and_something_must_be_covered(work, case):
    recording, photo = add(work, case, "通话.amr", AMR), add(work, case)
    with pytest.raises(RuleBroken, match="只有照片可以遮挡"):
        mask(work, case, recording)
    with pytest.raises(RuleBroken, match="只有照片可以遮挡"):
        mask(work, case, photo, PDF)
    with pytest.raises(RuleBroken, match="还没有遮挡任何地方"):
        mask(work, case, photo, JPEG + b"before")


def test_a_photo_that_shows_people_leaves_only_for_a_reason_and_on_record(work, case):
    photo = add(work, case)
    version = work.case(case).version

    with pytest.raises(RuleBroken, match="没有遮挡人脸和车牌") as refused:
        work.ask(LI, TakeOutAttachment, case, attachment=photo, reason="  ")
    assert refused.value.field == "reason"
    changes = work.ask(LI, TakeOutAttachment, case, attachment=photo, reason="公安调取，有函")

    assert changes.title == "带出附件（未遮挡）"
    assert work.case(case).version == version
    said = line(work, "attachment.taken_out")
    assert said.made_by == work.staff(LI)
    assert said.payload["detail"] == "楼道.jpg　公安调取，有函"
    assert said.result["made"]["case"] == case


@pytest.mark.parametrize(("name", "content"), [("函.pdf", PDF), ("通话.amr", AMR)])
def test_what_is_no_picture_leaves_when_somebody_has_looked_it_through(work, case, name, content):
    attachment = add(work, case, name, content)
    with pytest.raises(RuleBroken, match="还没有核对过") as refused:
        work.ask(LI, TakeOutAttachment, case, attachment=attachment)
    assert refused.value.field == "reason"

    changes = work.ask(LI, TakeOutAttachment, case, attachment=attachment, is_checked=True)
    assert changes.title == "带出附件"
    assert line(work, "attachment.taken_out").payload["detail"] == name
    changes = work.ask(LI, TakeOutAttachment, case, attachment=attachment, reason="法院调取")
    assert changes.title == "带出附件（未核对）"


def test_a_masked_copy_leaves_freely_even_from_the_archive(work):
    case = work.to(CaseStatus.CLOSED)
    photo = add(work, case)
    work.to(CaseStatus.ARCHIVED, case)

    copy = mask(work, case, photo, by=HE)
    work.ask(HE, TakeOutAttachment, case, attachment=copy)

    assert line(work, "attachment.taken_out").made_by == work.staff(HE)
    with pytest.raises(NotAllowed):
        add(work, case, "晚到.jpg", JPEG + b"late")


def test_nobody_takes_out_what_he_may_not_see_or_what_belongs_elsewhere(work, case):
    other = work.to(CaseStatus.ACCEPTED)
    photo = add(work, other, by=ZHAO)
    with pytest.raises(NotAllowed):
        work.ask(SUN, TakeOutAttachment, other, attachment=photo, reason="核对")
    with pytest.raises(NotAllowed):
        work.ask(GAO, TakeOutAttachment, other, attachment=photo, reason="核对")
    with pytest.raises(RuleBroken, match="找不到这个附件"):
        work.ask(ZHOU, TakeOutAttachment, case, attachment=photo, reason="核对")


def take_down(work, case, attachment, *, by=LI, reason="加到别人的件里了"):
    """Take an attachment down."""
    return work.ask(by, WithdrawAttachment, case, attachment=attachment, reason=reason)


def test_what_was_added_by_mistake_is_taken_down_with_its_copies_and_leaves_a_trace(work, case):
    photo = add(work, case)
    copy = mask(work, case, photo)
    stays = add(work, case, "别的.jpg", JPEG + b"other")

    take_down(work, case, photo)

    desk = work.desk(LI)
    assert [view.id for view in desk.read(partial(attachments_of, case_id=case))] == [stays]
    for gone in (photo, copy):
        assert desk.read(partial(attachment_bytes, attachment_id=gone)) is None
        with pytest.raises(RuleBroken, match="找不到这个附件"):
            take_down(work, case, gone)
    sha256 = hashlib.sha256(JPEG + b"before").hexdigest()
    assert sha256 in {row.sha256 for row in rows(work, Blob)}
    trace = work.history(case)[-1]
    assert (trace.title, trace.payload["detail"]) == ("撤下附件", "楼道.jpg　加到别人的件里了")


def test_a_masked_copy_alone_is_taken_down_and_the_photo_stays(work, case):
    photo = add(work, case)
    copy = mask(work, case, photo)

    take_down(work, case, copy)

    seen = work.desk(LI).read(partial(attachments_of, case_id=case))
    assert [view.id for view in seen] == [photo]


def test_taking_down_needs_a_reason(work, case):
    photo = add(work, case)
    with pytest.raises(RuleBroken, match="为什么撤下") as refused:
        take_down(work, case, photo, reason=" ")
    assert refused.value.field == "reason"


def test_who_added_it_takes_it_down_on_that_day_later_the_desks_that_keep_the_files(work, case):
    mine, later, last = (add(work, case, f"{n}.jpg", JPEG + n) for n in (b"1", b"2", b"3"))
    with pytest.raises(NotAllowed, match="只有添加的人当天"):
        take_down(work, case, mine, by=WU)
    take_down(work, case, mine)

    work.clock.forward(days=1)

    with pytest.raises(NotAllowed, match="只有添加的人当天"):
        take_down(work, case, later)
    take_down(work, case, later, by=ZHOU)
    take_down(work, case, last, by=HE)


def test_what_hangs_on_a_report_is_taken_down_by_the_keepers_of_secrets(work):
    case = work.register(LI, purpose=Purpose.REPORT)
    photo = add(work, case)
    work.clock.forward(days=1)

    take_down(work, case, photo, by=QIN)

    assert work.desk(QIN).read(partial(attachments_of, case_id=case)) == ()


def test_the_same_file_may_be_added_again_after_it_was_taken_down(work, case):
    photo = add(work, case)
    take_down(work, case, photo)

    assert add(work, case, "再加.jpg", kind=K.BEFORE) == photo

    (view,) = work.desk(LI).read(partial(attachments_of, case_id=case))
    assert (view.name, view.kind) == ("再加.jpg", K.BEFORE)
