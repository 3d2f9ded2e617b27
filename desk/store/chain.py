"""The hash chain over the log: anyone can check that no line was changed or lost.

PostgreSQL computes the same in a trigger (`guards.py`), so that a clerk's own SQL cannot skip it.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from desk.store.base import canonical_json

GENESIS = "0" * 64
# kind, title, name of the desk, and whether all of the street may read it
About = tuple[str, str, str, bool]


def digest_of(salt: str, about: About, payload: Any, result: Any) -> str:
    """Return the salted digest of what a line says; the chain hashes this, not the words."""
    return digest_of_texts(salt, about, canonical_json(payload), canonical_json(result))


def digest_of_texts(salt: str, about: About, payload: str, result: str) -> str:
    """Return the same of payload and result as they are stored: canonical JSON."""
    kind, title, desk_name, is_of_hall = about
    scope = "hall" if is_of_hall else "kept"
    words = "\n".join((salt, kind, title, desk_name, scope, payload, result))
    return hashlib.sha256(words.encode()).hexdigest()


def moment_text(moment: datetime) -> str:
    """Return a moment as the chain writes it: UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def link_hash(  # noqa: PLR0913, PLR0917 - a link has this many parts
    previous: str,
    place: int,
    event_id: int,
    command: UUID,
    people: tuple[int, int, str],
    times: tuple[datetime, datetime],
    digest: str,
) -> str:
    """Return the hash of one link.

    Args:
        people: made_by, sent_by and the database's session user.
        times: happened_at and recorded_at.
    """
    texts = [previous, str(place), str(event_id), str(command), *map(str, people)]
    texts += [moment_text(times[0]), moment_text(times[1]), digest]
    return link_hash_of_texts(texts)


def link_hash_of_texts(texts: Iterable[str]) -> str:
    """Return the same of the parts as texts, in that order."""
    return hashlib.sha256("|".join(texts).encode()).hexdigest()
