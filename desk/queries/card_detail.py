"""What the board needs to know of the one card that is selected: rights and suggestions."""

from dataclasses import dataclass

from desk.queries.case_look import case_stand
from desk.queries.dispatch_hints import DispatchHint, dispatch_hints
from desk.queries.dispatch_state import dispatch_way
from desk.rules.chief_dispatch import Asked
from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.rules.rights import CaseStand, may
from desk.store.database import Reader


@dataclass(frozen=True, slots=True)
class CardDetail:
    """How a case stands towards the reader, and where it probably belongs.

    Attributes:
        asked: whose word a dispatch would need.
        goes_directly: whether it need no longer wait for the first leader's.
    """

    case_id: int
    stand: CaseStand
    hints: tuple[DispatchHint, ...]
    asked: Asked | None = None
    goes_directly: bool = False


def card_detail(reader: Reader, case_id: int) -> CardDetail | None:
    """Return the detail of a card; suggestions only for whoever may dispatch it now."""
    stand = case_stand(reader, case_id)
    if stand is None:
        return None
    asks = stand.status is CaseStatus.RECEIVED and may(Deed.DISPATCH, stand, reader.person)
    if not asks:
        return CardDetail(case_id, stand, ())
    return CardDetail(
        case_id, stand, dispatch_hints(reader, case_id), *dispatch_way(reader, case_id)
    )
