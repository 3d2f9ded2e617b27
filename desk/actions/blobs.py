"""Bytes kept once by content, in chunks, on both engines (HOUSE.md decision 11)."""

import hashlib

from desk.rules.errors import RuleBroken
from desk.store.blobs import is_kept
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
    if not is_kept(tx.session, sha256, media_type):
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
