"""Bytes as they are stored: read back whole from their chunks (HOUSE.md decision 11)."""

from sqlalchemy import Boolean, func, select
from sqlalchemy.orm import Session

from desk.store.contacts_told import is_shared
from desk.store.layout_functions import LAYOUT
from desk.store.models import BlobChunk


def read_blob(session: Session, sha256: str) -> bytes:
    """Return the bytes kept under a hash."""
    chunks = session.scalars(
        select(BlobChunk.bytes).where(BlobChunk.sha256 == sha256).order_by(BlobChunk.seq)
    )
    return b"".join(chunks)


def is_kept(session: Session, sha256: str, media_type: str) -> bool:
    """Return whether bytes are here already, as far as this person may know of them."""
    if is_shared(session) and media_type == LAYOUT:
        return bool(session.scalar(select(func.keeps_layout(sha256, type_=Boolean))))
    # its chunks, not its row: of what was erased the row stays, and the bytes may come again
    here = select(BlobChunk.seq).where(BlobChunk.sha256 == sha256).limit(1)
    return session.scalar(here) is not None
