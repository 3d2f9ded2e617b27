"""Bytes kept once by content, in chunks, on both engines (HOUSE.md decision 11)."""

import hashlib

from sqlalchemy import Boolean, func, select

from desk.rules.errors import RuleBroken
from desk.store.layout_functions import LAYOUT
from desk.store.models import Blob, BlobChunk
from desk.store.transaction import Transaction

CHUNK = 1_048_576
LARGEST = 200 * CHUNK


def keep_blob(tx: Transaction, content: bytes, media_type: str) -> str:
    """Keep `content` and return its SHA-256; bytes already here are not kept twice.

    Raises:
        RuleBroken: the content is empty or larger than 200 MB.
    """
    if not content:
        raise RuleBroken("这个文件是空的，请重新选择。", field="content")
    if len(content) > LARGEST:
        raise RuleBroken("文件超过 200 MB，请先压缩或分成几个。", field="content")
    sha256 = hashlib.sha256(content).hexdigest()
    if not _is_here(tx, sha256, media_type):
        blob = {"sha256": sha256, "street_id": tx.street_id, "size": len(content)}
        tx.add_unless_there(Blob, {**blob, "media_type": media_type})
        tx.add_unless_there(
            BlobChunk,
            *(
                {
                    "sha256": sha256,
                    "seq": seq,
                    "street_id": tx.street_id,
                    "bytes": content[start : start + CHUNK],
                }
                for seq, start in enumerate(range(0, len(content), CHUNK))
            ),
        )
    return sha256


def _is_here(tx: Transaction, sha256: str, media_type: str) -> bool:
    if tx.is_shared and media_type == LAYOUT:
        return bool(tx.session.scalar(select(func.keeps_layout(sha256, type_=Boolean))))
    # its chunks, not its row: of what was erased the row stays, and the bytes may come again
    here = select(BlobChunk.seq).where(BlobChunk.sha256 == sha256).limit(1)
    return tx.session.scalar(here) is not None
