"""What the board needs to know of the one card that is selected: rights and suggestions."""

from dataclasses import dataclass

from desk.queries.case_look import case_stand
from desk.queries.dispatch_hints import DispatchHint, dispatch_hints
from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.rules.rights import CaseStand, may
from desk.store.database import Reader


@dataclass(frozen=True, slots=True)
class CardDetail:
    """How a case stands towards the reader, and where it probably belongs."""

    case_id: int
    stand: CaseStand
    hints: tuple[DispatchHint, ...]


def card_detail(reader: Reader, case_id: int) -> CardDetail | None:
    """Return the detail of a card; suggestions only for whoever may dispatch it now."""
    stand = case_stand(reader, case_id)
    if stand is None:
        return None
    asks = stand.status is CaseStatus.RECEIVED and may(Deed.DISPATCH, stand, reader.person)
    return CardDetail(case_id, stand, dispatch_hints(reader, case_id) if asks else ())
