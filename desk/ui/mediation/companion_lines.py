"""Who comes along with a party, a line each (委托代理人 王芳 13800000040 一般代理)."""

import re
from collections.abc import Iterable
from typing import Any

from desk.queries.mediation_views import CompanionView
from desk.rules.mediation_codes import CompanionRole
from desk.rules.wording import choices, label

_ROLES = {word: code for code, word in choices(CompanionRole)}
_SHORT = {"代理人": CompanionRole.AGENT, "法定代理人": CompanionRole.GUARDIAN}
_SHORT |= {"手语": CompanionRole.INTERPRETER, "亲友": CompanionRole.RELATIVE}
_PHONE = re.compile(r"[0-9][0-9-]{6,}")
_FEWEST = 2


def companions_in_words(companions: Iterable[CompanionView]) -> str:
    """Return the lines that would be typed for these."""
    return "\n".join(
        " ".join(part for part in (label(one.role), one.name, one.phone, one.powers) if part)
        for one in companions
    )


def read_companions(text: str) -> tuple[list[dict[str, Any]], str]:
    """Return what the lines mean, and the first line that means nothing."""
    found: list[dict[str, Any]] = []
    for line in text.splitlines():
        words = re.split(r"[\s，,、]+", line.strip())
        if words == [""]:
            continue
        role = _ROLES.get(words[0]) or _SHORT.get(words[0])
        if role is None or len(words) < _FEWEST:
            return found, line.strip()
        rest = words[2:]
        phone = next((word for word in rest if _PHONE.fullmatch(word)), "")
        powers = " ".join(word for word in rest if word != phone)
        found.append({"role": role, "name": words[1], "phone": phone, "powers": powers})
    return found, ""
