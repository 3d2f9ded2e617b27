"""How the opinion of a case stands in sign-off (审签): on whose desk, who signs, what changed."""

from dataclasses import dataclass

from sqlalchemy import select

from desk.queries.sign_desks import DeskView, Signer, signers_at, ways_of
from desk.queries.sign_sheet import OpinionVersion, versions_of
from desk.rules.codes import CaseStatus
from desk.store.database import Reader
from desk.store.models import Case, Opinion

_AFTER = frozenset({CaseStatus.SIGNING, CaseStatus.SEALING, CaseStatus.DELIVERING})


@dataclass(frozen=True, slots=True)
class SigningView:
    """What the page of a case needs to know of its opinion's way.

    Attributes:
        here: the desk on which it lies; None where it waits for no signature.
        passed: the desks that have agreed.
        signers: who may have signed in the printed folder.
        versions: the versions of the present round, the newest first; only where there are two.
    """

    here: DeskView | None = None
    passed: tuple[DeskView, ...] = ()
    signers: tuple[Signer, ...] = ()
    versions: tuple[OpinionVersion, ...] = ()


def signing_of(reader: Reader, case: Case) -> SigningView:
    """Return how the opinion of a case stands in sign-off."""
    opinions = list(
        reader.session.scalars(
            select(Opinion)
            .where(Opinion.case_id == case.id, Opinion.round_no == case.round_no)
            .order_by(Opinion.revision)
        )
    )
    if not opinions:
        return SigningView()
    versions = versions_of(reader, case, opinions) if len(opinions) > 1 else ()
    if case.status not in _AFTER:
        return SigningView(versions=versions)
    newest = opinions[-1]
    submitted = {newest.id: newest.submitted_at or newest.written_at}
    way = ways_of(reader, [newest.id], submitted)[newest.id]
    here = way.here if case.status is CaseStatus.SIGNING else None
    signers = signers_at(reader, here.owner_id, here.role) if here is not None else ()
    return SigningView(here=here, passed=way.passed, signers=signers, versions=versions)
