"""The mediations of the months before (往年调解), as the street's old ledger tells them."""

from collections.abc import Mapping
from datetime import date, timedelta

from desk.actions.mediation_import import ImportMediation
from desk.demo.dispute_texts import PAST
from desk.demo.index import StreetIndex
from desk.rules.mediation_codes import (
    AgreementKind,
    Difficulty,
    LedgerOutcome,
    MediationSource,
    Performance,
)
from desk.rules.moments import start_of
from desk.store.database import Database
from desk.store.ids import new_id

_FEN = 100
_PAST_MONTHS = 6


def write_past(
    database: Database, street: StreetIndex, ids: Mapping[str, int], today: date
) -> None:
    """Take in the ledger of the months before."""
    mediators = [name for name in ("梁伯", "苏燕", "周正", "何洁") if name in ids]
    communities = [f"{name}社区" for name in ("榕东", "榕西", "南塘", "码头")]
    for n in range(_PAST_MONTHS * len(PAST)):
        facts, kind, is_agreed, is_oral, yuan = PAST[n % len(PAST)]
        received = today - timedelta(days=30 + n * 4)
        database.carry_out(
            ImportMediation(
                made_by=database.person.staff_id,
                happened_at=start_of(received),
                mediation=new_id(),
                outside_number=f"旧调〔{received.year}〕{200 - n}号",
                content_hash=f"demo-{n}",
                received_on=received,
                source=MediationSource.APPLIED if n % 3 else MediationSource.PROACTIVE,
                kind=kind,
                difficulty=Difficulty.SIMPLE if n % 2 else Difficulty.ORDINARY,
                applicant=("唐海", "卢轩勇", "白刚霞", "李秀思")[n % 4],
                applicant_phone=f"138000000{n % 40:02}",
                respondent=("贺国", "薛华梅", "余平", "龚红平")[n % 4],
                community=street.units[communities[n % len(communities)]],
                facts=facts,
                mediator=mediators[n % len(mediators)],
                room="第一调解室",
                mediated_at=start_of(received + timedelta(days=4)) + timedelta(hours=9.5),
                outcome=LedgerOutcome.AGREED if is_agreed else LedgerOutcome.NOT_AGREED,
                agreement=AgreementKind.ORAL if is_oral else AgreementKind.WRITTEN,
                amount_fen=yuan * _FEN if is_agreed else None,
                performance=Performance.PERFORMED if is_agreed else None,
                closed_on=received + timedelta(days=9),
                is_confirmed=is_agreed and yuan > 10_000,
            )
        )
