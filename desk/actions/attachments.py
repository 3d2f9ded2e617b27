"""Attachments of a case (附件): taken in by content, sorted, masked as a copy, taken out or down.

Photos that may show people leave the hall masked, or with a written reason (DOMAIN.md 9.4);
nothing here is ever obligatory (DOMAIN.md 9.2).
"""

from dataclasses import dataclass, field
from pathlib import PurePath

from sqlalchemy import or_, select

from desk.actions.blobs import keep_blob
from desk.rules.codes import AttachmentKind
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.file_kinds import (
    checked_type,
    family_of,
    may_show_people,
    media_type_of,
    require_kind,
    usual_kind,
)
from desk.rules.moments import day_of
from desk.rules.rights import may_take_down
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Attachment, Blob, Case
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction, stand_of

_PHOTO = "image/jpeg"  # what the brush makes
_STEM = 110  # letters of a name that leave room for what is added


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAttachment(CaseRequest):
    """Add a photo, recording or scan; what it is is checked by its content.

    Attributes:
        kind: what it shows; None files recordings and scans by themselves.
    """

    name: str = words("附件名", Field.FILE_NAME)
    content: bytes = field(repr=False)
    kind: AttachmentKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SortAttachment(CaseRequest):
    """Say what an attachment shows (归类): before, after, a recording, a scan."""

    attachment: int
    kind: AttachmentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskAttachment(CaseRequest):
    """Keep a copy of a photo on which faces and plates cannot be seen (遮挡); the photo stays."""

    attachment: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOutAttachment(CaseRequest):
    """Record that a copy of an attachment leaves the hall (带出), and why.

    Attributes:
        is_checked: whoever takes it out has looked it through: no identity card, no phone.
    """

    attachment: int
    is_checked: bool = False
    reason: str = words("带出的理由", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAttachment(CaseRequest):
    """Take down what was added by mistake (撤下): nobody sees it any more, its trace stays."""

    attachment: int
    reason: str = words("撤下的理由", default="")


@action(AddAttachment, "case.attached")
def add_attachment(tx: Transaction, request: AddAttachment) -> Changes:
    """Keep a file with the case; the same file twice stays one.

    Raises:
        RuleBroken: it is not what its name says, or cannot be what it is filed as.
    """
    case = tx.open_case(request.case, None, Deed.ATTACH)
    media_type = checked_type(request.name, request.content)
    kind = request.kind or usual_kind(media_type)
    require_kind(kind, media_type)
    sha256 = keep_blob(tx, request.content, media_type)
    row, is_new = _kept(tx, case, request, (request.name, sha256, kind))
    if not is_new and request.kind is not None:
        tx.watch(row)
        row.kind = kind
    detail = f"{label(kind)}：{request.name}" if is_new else f"{request.name}（已经有了，只留一份）"
    return Changes("添加附件", cases=(case.id,), made={"attachment": row.id}, detail=detail)


@action(SortAttachment, "attachment.sorted")
def sort_attachment(tx: Transaction, request: SortAttachment) -> Changes:
    """File an attachment, with its masked copies, as what it shows.

    Raises:
        RuleBroken: it cannot be that.
    """
    case = tx.open_case(request.case, None, Deed.ATTACH)
    row, media_type = _found(tx, case, request.attachment)
    require_kind(request.kind, media_type)
    root = row.masks_id or row.id
    for one in tx.session.scalars(
        select(Attachment).where(or_(Attachment.id == root, Attachment.masks_id == root))
    ):
        tx.watch(one)
        one.kind = request.kind
    return Changes("附件归类", cases=(case.id,), detail=f"{row.name}：{label(request.kind)}")


@action(MaskAttachment, "attachment.masked")
def mask_attachment(tx: Transaction, request: MaskAttachment) -> Changes:
    """Keep the masked copy beside the photo, whose bytes stay as they are.

    Raises:
        RuleBroken: the attachment is no photo, or nothing was covered.
    """
    case = tx.open_case(request.case, None, Deed.TAKE_OUT)
    original, media_type = _found(tx, case, request.attachment)
    if not media_type.startswith("image/") or media_type_of(request.content) != _PHOTO:
        raise RuleBroken("只有照片可以遮挡。视频请先截成照片再加。", field="content")
    sha256 = keep_blob(tx, request.content, _PHOTO)
    if sha256 == original.sha256:
        raise RuleBroken("还没有遮挡任何地方。请先涂住人脸、车牌再存。", field="content")
    name = f"{PurePath(original.name).stem.removesuffix('（已遮挡）')[:_STEM]}（已遮挡）.jpg"
    kind = original.kind or AttachmentKind.OTHER
    row, is_new = _kept(tx, case, request, (name, sha256, kind))
    if is_new:
        row.masks_id = original.masks_id or original.id
    return Changes("遮挡照片", cases=(case.id,), made={"attachment": row.id}, detail=name)


@action(TakeOutAttachment, "attachment.taken_out")
def take_out_attachment(tx: Transaction, request: TakeOutAttachment) -> Changes:
    """Record the taking out; the case itself does not change, so nobody's form becomes stale.

    Raises:
        RuleBroken: it may show people and is not masked, or nobody has looked it through (a scan
            may show an identity card), and no reason was given.
    """
    case = tx.look_at(request.case, Deed.TAKE_OUT)
    row, media_type = _found(tx, case, request.attachment)
    is_bare = may_show_people(media_type) and row.masks_id is None
    reason = request.reason.strip()
    if is_bare and not reason:
        raise RuleBroken(
            "这张照片没有遮挡人脸和车牌。请先遮挡，或写明带出的理由，理由会留痕。", field="reason"
        )
    is_unseen = not (may_show_people(media_type) or request.is_checked)
    if is_unseen and not reason:
        raise RuleBroken(
            f"这份{family_of(media_type)}还没有核对过，里面可能有证件、电话或住址。"
            "请看（听）一遍再勾“核对过了”，或写明带出的理由，理由会留痕。",
            field="reason",
        )
    title = "带出附件" + ("（未遮挡）" if is_bare else "（未核对）" if is_unseen else "")
    made = {"case": case.id, "number": case.number, "attachment": row.id}
    return Changes(title, made=made, detail=f"{row.name}　{reason}".strip())


@action(WithdrawAttachment, "attachment.withdrawn")
def withdraw_attachment(tx: Transaction, request: WithdrawAttachment) -> Changes:
    """Take an attachment down, with its masked copies; its bytes are kept, and who did it.

    Raises:
        NotAllowed: somebody else added it, or it was not today, and he keeps no files.
        RuleBroken: no reason was given.
    """
    case = tx.open_case(request.case, None, Deed.ATTACH)
    row, _media_type = _found(tx, case, request.attachment)
    stand, added_on = stand_of(tx.session, case), day_of(row.added_at)
    if not may_take_down(stand, tx.person, added_by=row.added_by, is_today=added_on == tx.today):
        raise NotAllowed("只有添加的人当天能撤下附件；之后请分拨或档案岗位的同事撤下。")
    reason = request.reason.strip()
    if not reason:
        raise RuleBroken("请写一句为什么撤下，理由会留痕。", field="reason")
    for one in tx.session.scalars(
        select(Attachment).where(or_(Attachment.id == row.id, Attachment.masks_id == row.id))
    ):
        tx.watch(one)
        one.withdrawn_at = one.withdrawn_at or tx.now
    return Changes("撤下附件", cases=(case.id,), detail=f"{row.name}　{reason}")


def _kept(
    tx: Transaction,
    case: Case,
    request: AddAttachment | MaskAttachment,
    facts: tuple[str, str, AttachmentKind],
) -> tuple[Attachment, bool]:
    """Return the row of these bytes on this case, and whether it is new."""
    name, sha256, kind = facts
    known = tx.session.scalar(
        select(Attachment).where(Attachment.case_id == case.id, Attachment.sha256 == sha256)
    )
    if known is not None and known.withdrawn_at is None:
        return known, False
    if known is not None:  # taken down before, and now added after all
        tx.watch(known)
        known.name, known.kind, known.withdrawn_at = name, kind, None
        known.added_by, known.added_at = request.made_by, tx.now
        return known, True
    made = Attachment(
        id=new_id(),
        street_id=tx.street_id,
        case_id=case.id,
        name=name,
        sha256=sha256,
        added_by=request.made_by,
        added_at=tx.now,
        kind=kind,
    )
    tx.add(made)
    return made, True


def _found(tx: Transaction, case: Case, attachment: int) -> tuple[Attachment, str]:
    """Return an attachment of the case with its media type.

    Raises:
        RuleBroken: the case has no such attachment.
    """
    found = tx.session.execute(
        select(Attachment, Blob.media_type)
        .join(Blob, Blob.sha256 == Attachment.sha256)
        .where(
            Attachment.id == attachment,
            Attachment.case_id == case.id,
            Attachment.withdrawn_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise RuleBroken("这一件里找不到这个附件。请刷新案件再试。", field="attachment")
    row, media_type = found
    return row, media_type
