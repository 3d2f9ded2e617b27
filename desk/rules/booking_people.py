"""One person whatever the case (同一当事人): a key from an identity number or a telephone number.

Slots and ties keep the key, never the number itself (DOMAIN.md 6.6 rules 2 and 5).
"""

import hashlib

from desk.rules.identity import fold_width, normalise_phone


def person_keys(*, id_number: str | None = None, phone: str | None = None) -> tuple[str, ...]:
    """Return every key by which somebody is known: by identity number first, then by phone.

    Two people of whom one key is the same are taken for one: one case may know the number and
    another one only the telephone.
    """
    number = fold_width(id_number or "").replace(" ", "").upper()
    digits = normalise_phone(phone or "")
    return tuple(
        f"{kind}:{hashlib.sha256(f'{kind}:{value}'.encode()).hexdigest()}"
        for kind, value in (("id", number), ("phone", digits))
        if value
    )


def person_key(*, id_number: str | None = None, phone: str | None = None) -> str | None:
    """Return the surest key by which somebody is known; None where nothing is known of him."""
    return next(iter(person_keys(id_number=id_number, phone=phone)), None)
