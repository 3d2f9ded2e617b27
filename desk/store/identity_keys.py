"""The key that identity numbers are encrypted with (证件号密钥): on the desks, not in the database.

A file beside the settings of every desk, readable by its user alone, as the server's certificate
is; a dump, a backup or whoever runs the server has the ciphers only. It depends on no password,
so none that is changed, forgotten or reset can lose it; the recovery words on paper can make it
anew. A desk that lacks it takes in appeals all the same (`identities.PLAIN`).
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desk.rules.errors import RuleBroken
from desk.rules.id_cards import normalise_id
from desk.settings import settings_file
from desk.store.on_disk import onto_disk

AES_GCM = "aes-256-gcm"
_LENGTH, _NONCE, _INDEX, _GROUP = 32, 12, 16, 4
_OWN = "this-desk"  # names the key of the desk's own files
_WRONG = "恢复码不对：请照恢复单逐组核对，不分大小写，0 和 O、1 和 I 都当作一样。"


@dataclass(frozen=True, slots=True)
class HallKey:
    """One key; from it come one for encrypting and one for finding."""

    secret: bytes

    @property
    def id(self) -> str:
        """Return its fingerprint, by which a wrong key is known at once."""
        return hashlib.sha256(b"case-desk identity key\n" + self.secret).hexdigest()[:16]

    def seal(self, words: str, about: str) -> str:
        """Return the cipher of some words, good for exactly one place (table:row:column)."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self._for(b"encrypt")).encrypt(nonce, words.encode(), about.encode())
        return base64.b64encode(nonce + sealed).decode()

    def open(self, cipher: str, about: str) -> str | None:
        """Return the words; None where the cipher was changed or comes from another place."""
        raw = base64.b64decode(cipher)
        try:
            opened = AESGCM(self._for(b"encrypt")).decrypt(
                raw[:_NONCE], raw[_NONCE:], about.encode()
            )
        except InvalidTag:
            return None
        return opened.decode()

    def index(self, number: str) -> str:
        """Return what an identity number is found by; without the key it tells nothing."""
        digest = hmac.new(self._for(b"index"), normalise_id(number).encode(), hashlib.sha256)
        return digest.digest()[:_INDEX].hex()

    def digest(self, text: str) -> str:
        """Return the keyed digest of a text by which a person is known from case to case."""
        return hmac.new(self._for(b"person"), text.encode(), hashlib.sha256).hexdigest()

    def recovery_code(self) -> str:
        """Return the key as it is written on paper: groups of four, with a check at the end."""
        check = hashlib.sha256(self.secret).digest()[:3]
        text = base64.b32encode(self.secret + check).decode().rstrip("=")
        return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))

    def _for(self, purpose: bytes) -> bytes:
        return hmac.new(self.secret, purpose, hashlib.sha256).digest()


def key_from_code(code: str) -> HallKey:
    """Return the key that is written on a recovery sheet.

    Raises:
        RuleBroken: a letter is missing or wrong.
    """
    text = "".join(code.upper().split()).replace("-", "").replace("0", "O").replace("1", "I")
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError as error:
        raise RuleBroken(_WRONG) from error
    key = HallKey(raw[:_LENGTH])
    if len(key.secret) != _LENGTH or key.recovery_code().replace("-", "") != text:
        raise RuleBroken(_WRONG)
    return key


def key_folder() -> Path:
    """Return where this desk keeps its keys."""
    return settings_file().parent / "keys"


_KNOWN: dict[str, HallKey] = {}


def new_key() -> HallKey:
    """Return a fresh key, kept on this desk."""
    return keep_key(HallKey(secrets.token_bytes(_LENGTH)))


def keep_key(key: HallKey) -> HallKey:
    """Keep a key on this desk, in a file of its user alone."""
    kept = {"id": key.id, "key": base64.b64encode(key.secret).decode()}
    _put(f"{key.id}.key", json.dumps(kept))
    _KNOWN[key.id] = key
    return key


def desk_key() -> HallKey:
    """Return the key of this desk's own files (留底、草稿), made when it is first needed."""
    try:
        found = known_key((key_folder() / _OWN).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        found = None
    if found is None:
        found = new_key()
        _put(_OWN, found.id)
    return found


def _put(name: str, words: str) -> None:
    """Write a file of the folder as a whole; when this returns, it is on the disk."""
    folder = key_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / name
    beside = file.with_name(f"{name}.{secrets.token_hex(4)}.tmp")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(words)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
    onto_disk(folder)


def known_key(key_id: str | None) -> HallKey | None:
    """Return a key by its fingerprint if this desk has it, whole and unchanged."""
    if key_id is None or key_id in _KNOWN:
        return _KNOWN.get(key_id or "")
    try:
        stored = json.loads((key_folder() / f"{key_id}.key").read_text(encoding="ascii"))
        key = HallKey(base64.b64decode(stored["key"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if key.id != key_id:
        return None
    _KNOWN[key_id] = key
    return key
