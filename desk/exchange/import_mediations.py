"""Importing mediations (导入调解台账): each row one command, known again by its 卷号."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import or_, select

from desk.actions.mediation_import import ImportMediation
from desk.exchange.directory import COMMUNITIES
from desk.exchange.import_run import ImportRun
from desk.exchange.ledgers import LedgerReading, Refusal
from desk.exchange.mediation_row import MediationRow
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import Difficulty, LedgerOutcome
from desk.rules.moments import start_of
from desk.store.base import canonical_json
from desk.store.database import Database, Reader
from desk.store.ids import new_id
from desk.store.models import Mediation, Mediator
from desk.store.requests import Changes

_NO_CONTENT = frozenset({"made_by", "happened_at", "command", "mediation", "content_hash"})
_FEN = 100


class MediationRun(ImportRun[MediationRow, ImportMediation]):
    """One run over a ledger of mediations."""

    def __init__(self, database: Database, reading: LedgerReading, *, is_check: bool) -> None:
        super().__init__(database, reading, is_check=is_check)
        self._checked: dict[str, str] = {}
        self._mediators = database.read(_mediators)
        self._strangers: Counter[str] = Counter()
        self._renumbered = 0

    def in_order(self, rows: Iterable[MediationRow]) -> list[MediationRow]:
        """Return the rows as the ledger has them."""
        return list(rows)

    def request_of(self, row: MediationRow) -> ImportMediation | Refusal:
        """Return the request for a row, or what in it does not fit."""
        try:
            community = (
                self.directory.unit(row.community, COMMUNITIES, row.received_on)
                if row.community
                else None
            )
        except RuleBroken as error:
            return Refusal(row.row_number, "社区", f"{error}。")
        if row.outcome is LedgerOutcome.AGREED and row.agreement is None and row.amount:
            return Refusal(row.row_number, "协议形式", "达成协议且有金额，请填“书面”或“口头”。")
        request = ImportMediation(
            made_by=self.made_by,
            happened_at=start_of(row.received_on),
            mediation=new_id(),
            outside_number=row.outside_number,
            content_hash="",
            received_on=row.received_on,
            source=row.source,
            kind=row.kind,
            difficulty=row.difficulty or Difficulty.ORDINARY,
            applicant=row.applicant,
            applicant_phone=row.applicant_phone,
            respondent=row.respondent,
            respondent_phone=row.respondent_phone,
            community=community,
            facts=row.facts,
            mediator=row.mediator,
            room=row.room,
            mediated_at=row.mediated_at,
            outcome=row.outcome,
            agreement=row.agreement,
            amount_fen=None if row.amount is None else int(row.amount * _FEN),
            performance=row.performance,
            closed_on=row.closed_on,
            is_confirmed=bool(row.is_confirmed),
            note=row.note,
        )
        return replace(request, content_hash=_digest(request))

    def version_of(self, row: MediationRow) -> int | None:
        """Return the version of the mediation that the row is about."""
        if row.outside_number in self._checked:
            return 0
        known = self._known(row)
        return None if known is None else known[0]

    def is_same(self, row: MediationRow, request: ImportMediation) -> bool:
        """Return whether the row says what was imported last, or is about one of our own."""
        if row.outside_number in self._checked:
            return self._checked[row.outside_number] == request.content_hash
        known = self._known(row)
        return known is not None and (not known[2] or known[1] == request.content_hash)

    def command_of(self, request: ImportMediation, version: int | None) -> UUID:
        """Return the command id: the same content twice is the same command."""
        street = self.database.person.street_id
        parts = (street, "mediation", request.outside_number, request.content_hash, version)
        return uuid5(NAMESPACE_URL, "|".join(str(part) for part in parts))

    def happened_at(self, request: ImportMediation) -> datetime:
        """Return the beginning of the day on which the dispute was taken in."""
        return request.happened_at

    def note(self, row: MediationRow, request: ImportMediation) -> None:  # noqa: ARG002
        """Remember mediators who are not on the list."""
        if row.mediator not in self._mediators:
            self._strangers[row.mediator] += 1

    def checked(self, row: MediationRow, request: ImportMediation) -> None:
        """Remember a row that was only checked."""
        self._checked[row.outside_number] = request.content_hash

    def taken(self, row: MediationRow, changes: Changes) -> None:  # noqa: ARG002
        """Count the rows whose number of ours is another one than the ledger's."""
        if changes.made.get("is_new") and not changes.made.get("kept_number"):
            self._renumbered += 1

    def gathered_hints(self) -> Iterable[str]:
        """Return what happened to several rows alike."""
        if self._strangers:
            names = "、".join(f"{name}（{n} 件）" for name, n in self._strangers.items())
            yield f"调解员不在现有名册中，已按台账原样记为离任：{names}。"
        if self._renumbered:
            yield (
                f"{self._renumbered} 件的卷号与本厅现有编号接不上，已另给本厅编号；"
                "台账的卷号照样查得到。"
            )

    def _known(self, row: MediationRow) -> tuple[int, str | None, bool] | None:
        def read(reader: Reader) -> tuple[int, str | None, bool] | None:
            found = reader.session.execute(
                select(Mediation.version, Mediation.content_hash, Mediation.is_imported)
                .where(
                    Mediation.street_id == reader.person.street_id,
                    or_(
                        Mediation.outside_number == row.outside_number,
                        Mediation.number == row.outside_number,
                    ),
                )
                .order_by(Mediation.outside_number != row.outside_number)
                .limit(1)
            ).one_or_none()
            return None if found is None else (found[0], found[1], found[2])

        return self.database.read(read)


def _mediators(reader: Reader) -> frozenset[str]:
    names = select(Mediator.name).where(Mediator.street_id == reader.person.street_id)
    return frozenset(reader.session.scalars(names))


def _digest(request: ImportMediation) -> str:
    """Return a digest of all that the row says, however it is spelled or ordered."""
    said = {
        part.name: str(getattr(request, part.name))
        for part in fields(request)
        if part.name not in _NO_CONTENT
    }
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()
