"""What the pieces of a mediation's file look like once read (调解卷): frozen rows, no queries."""

from dataclasses import dataclass, field
from datetime import date, datetime

from desk.rules.booking_troubles import BookingTrouble
from desk.rules.codes import Sex
from desk.rules.mediation_codes import (
    BookingStatus,
    CompanionRole,
    HelperRole,
    MediationFileKind,
    PartyKind,
    PartySide,
)
from desk.rules.party_names import some_name


@dataclass(frozen=True, slots=True)
class ContentView:
    """What the dispute is about."""

    title: str
    facts: str
    requests: tuple[str, ...]
    site: str
    note: str
    situation: str


@dataclass(frozen=True, slots=True)
class CompanionView:
    """Who comes along with a party."""

    id: int
    role: CompanionRole
    name: str
    phone: str
    id_number: str
    powers: str


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party who is still in the mediation, with those who come along."""

    id: int
    position: int
    side: PartySide
    kind: PartyKind
    name: str
    sex: Sex | None
    ethnicity: str
    birth_year: int | None
    occupation: str
    phone: str
    id_number: str
    address: str
    serve_address: str
    represented_by: str
    needs: str
    agreed_on: date | None
    agreed_longer_on: date | None
    no_shows: int
    companions: tuple[CompanionView, ...] = field(default=())

    @property
    def some_name(self) -> str:
        """How boards name the party: 张某."""
        return some_name(self.name, self.kind)


@dataclass(frozen=True, slots=True)
class HelperView:
    """Who helps by invitation; `until` says since when no longer."""

    id: int
    role: HelperRole
    name: str
    staff_id: int | None
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class SittingView:
    """One sitting (会次) in a line."""

    id: int
    seq: int
    place: str
    started_at: datetime
    ended_at: datetime | None
    mediator: str
    result: str
    paper_id: int | None


@dataclass(frozen=True, slots=True)
class BookedView:
    """One appointment in a line, with why it cannot stay as it is."""

    id: int
    room: str
    starts_at: datetime
    ends_at: datetime
    status: BookingStatus
    trouble: BookingTrouble | None


@dataclass(frozen=True, slots=True)
class AgreementView:
    """The agreement as it stands: a draft until it is signed."""

    facts: str
    terms: str
    way: str
    term: str
    payer_id: int | None
    payee_id: int | None
    signed_at: datetime | None
    paper_id: int | None


@dataclass(frozen=True, slots=True)
class InstalmentView:
    """One instalment, with what was paid."""

    id: int
    seq: int
    amount_fen: int
    due_on: date
    paid_fen: int
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class DossierFileView:
    """A file in the dossier (卷内材料)."""

    id: int
    kind: MediationFileKind
    name: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """The case from which a mediation came, where the reader may see it."""

    id: int
    number: str
    summary: str
