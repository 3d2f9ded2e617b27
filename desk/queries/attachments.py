"""Attachments of a case as they are listed (附件): what they show, their bytes, their length."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from desk.queries.case_rows import has_rows
from desk.rules.codes import AttachmentKind
from desk.rules.file_kinds import FileFamily, family_of
from desk.rules.recordings import seconds_of
from desk.store.blobs import read_blob
from desk.store.database import Reader
from desk.store.models import Attachment, Blob, BlobChunk, Case, Staff
from desk.store.sight import seen_by

_TIMED = frozenset({FileFamily.RECORDING, FileFamily.VIDEO})


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file kept with the case.

    Attributes:
        masks_id: the photo of which this is the copy without faces and plates.
    """

    id: int
    name: str
    media_type: str
    size: int
    added_at: datetime
    added_by: str
    adder_id: int
    kind: AttachmentKind | None
    masks_id: int | None

    @property
    def family(self) -> FileFamily:
        """What a clerk calls it."""
        return family_of(self.media_type)

    @property
    def is_picture(self) -> bool:
        """Whether it is shown in the program itself."""
        return self.family is FileFamily.PICTURE

    @property
    def is_timed(self) -> bool:
        """Whether it has a length."""
        return self.family in _TIMED


def attachments_of(reader: Reader, case_id: int) -> tuple[AttachmentView, ...]:
    """Return the files kept with a case that the reader may see, without their bytes.

    What was withdrawn (撤下) is not among them.
    """
    if not has_rows(reader, Attachment, case_id):
        return ()
    columns: tuple[Any, ...] = (
        Attachment.id,
        Attachment.name,
        Blob.media_type,
        Blob.size,
        Attachment.added_at,
        Staff.name,
        Staff.id,
        Attachment.kind,
        Attachment.masks_id,
    )
    rows = reader.session.execute(
        select(*columns)
        .join(Blob, Blob.sha256 == Attachment.sha256)
        .join(Staff, Staff.id == Attachment.added_by)
        .join(Case, Case.id == Attachment.case_id)
        .where(
            Attachment.case_id == case_id,
            Attachment.withdrawn_at.is_(None),
            seen_by(reader.person),
        )
        .order_by(Attachment.added_at, Attachment.id)
    )
    return tuple(AttachmentView(*row) for row in rows)


def attachment_bytes(reader: Reader, attachment_id: int) -> bytes | None:
    """Return the bytes of a file kept with a case that the reader may see."""
    sha256 = _seen_hash(reader, attachment_id)
    return None if sha256 is None else read_blob(reader.session, sha256)


def recording_seconds(reader: Reader, attachment_id: int) -> int | None:
    """Return how long a recording is; only its first and its last megabyte are read."""
    sha256 = _seen_hash(reader, attachment_id)
    blob = None if sha256 is None else reader.session.get(Blob, sha256)
    if blob is None:
        return None
    last = select(func.max(BlobChunk.seq)).where(BlobChunk.sha256 == sha256).scalar_subquery()
    ends = reader.session.scalars(
        select(BlobChunk.bytes)
        .where(BlobChunk.sha256 == sha256, BlobChunk.seq.in_([0, last]))
        .order_by(BlobChunk.seq)
    ).all()
    return seconds_of(ends[0], ends[-1], blob.size, blob.media_type)


def _seen_hash(reader: Reader, attachment_id: int) -> str | None:
    return reader.session.scalar(
        select(Attachment.sha256)
        .join(Case, Case.id == Attachment.case_id)
        .where(
            Attachment.id == attachment_id,
            Attachment.withdrawn_at.is_(None),
            seen_by(reader.person),
        )
    )
