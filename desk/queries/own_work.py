"""Whose work an appellant is, and what others read in place of his name (本职、遮盖).

HOUSE.md decision 19: own work needs no ceremony; everybody else says why he looks, for half a
minute (`rules.looks`), or reads a mask.
"""

import re
from collections.abc import Callable

from sqlalchemy import select

from desk.rules.codes import PaperState as State
from desk.rules.deeds import Deed
from desk.rules.identity import mask_name
from desk.rules.notices import NUMBERED
from desk.rules.rights import CaseStand, Person, may
from desk.store.contacts_told import masked_words
from desk.store.database import Reader
from desk.store.models import Case, CaseLook
from desk.store.sealing import in_hands, is_sealed
from desk.store.transaction import stand_of

_LETTER_DEEDS = (Deed.SIGN, Deed.SIGN_ON_PAPER, Deed.SEAL, Deed.DELIVER)
_NOTICE_DEEDS = {State.TO_SEAL: Deed.SEAL_NOTICE, State.TO_DELIVER: Deed.DELIVER_NOTICE}
_OF_WHOM = re.compile(r"^关于(.{2,}?)(?=(?:等 ?\d+ ?人)?反映)")  # how a letter's title begins
_NOBODY = frozenset({"您", "诉求人"})


def is_own_work(reader: Reader, case: Case, stand: CaseStand) -> bool:
    """Return whether the case is in the reader's own hands (decision 19), and not under seal."""
    if reader.person.is_built_in:
        return True
    return in_hands(reader.person, case, stand) and not is_sealed(reader.session, case, reader.now)


def looks_now(reader: Reader, case_id: int) -> bool:
    """Return whether the reader has just said why he looks at the appellant."""
    open_look = select(CaseLook.id).where(
        CaseLook.case_id == case_id,
        CaseLook.staff_id == reader.person.staff_id,
        CaseLook.until > reader.now,
    )
    return reader.session.scalar(open_look.limit(1)) is not None


def sends_letters(stand: CaseStand, person: Person) -> bool:
    """Return whether the appellant's letter is in the person's hands: to sign, seal, deliver."""
    return any(may(deed, stand, person) for deed in _LETTER_DEEDS)


def sends_notice(code: str, state: State | None, stand: CaseStand, person: Person) -> bool:
    """Return whether a notice waits for what this person does: its seal, or its way."""
    deed = _NOTICE_DEEDS.get(state) if state is not None else None
    return code in NUMBERED and deed is not None and may(deed, stand, person)


def is_named(reader: Reader, case: Case) -> bool:
    """Return whether the reader may know the name: his work, his letter, or he said why."""
    stand = stand_of(reader.session, case)
    return (
        is_own_work(reader, case, stand)
        or sends_letters(stand, reader.person)
        or looks_now(reader, case.id)
    )


def unnamed(reader: Reader, case: Case) -> Callable[[str], str]:
    """Return what makes a text of the case readable for the reader: masked unless it is his work.

    The title of the letter is masked as it is always worded, whoever is named there.
    """
    if is_named(reader, case):
        return lambda text: text
    session, person = reader.session, reader.person
    return lambda text: _OF_WHOM.sub(_masked_start, masked_words(session, person, case, text))


def _masked_start(found: re.Match[str]) -> str:
    who = found[1]
    return f"关于{who if who in _NOBODY or '*' in who else mask_name(who)}"
