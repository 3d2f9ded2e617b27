"""Which mediation has a number (按编号查阅), for who may not know that there is one.

Told is the row alone; whoever then wants to read it writes his reason into the file first, and
what he must keep out of stays closed all the same.
"""

from sqlalchemy import BigInteger, Text, cast, func, or_, select
from sqlalchemy.dialects.postgresql import array

from desk.rules.numbering import tidy_number
from desk.store.models import Mediation, Paper
from desk.store.transaction import Transaction


def mediation_with_number(tx: Transaction, number: str) -> int | None:
    """Return the mediation whose file, paper, archive or old ledger has exactly this number."""
    written = (number.strip(), tidy_number(number))
    if tx.is_shared:  # whose rows show nobody what he does not know of
        asked = func.mediation_of_number(tx.street_id, array(written, type_=Text))
        return tx.session.scalar(select(cast(asked, BigInteger)))
    of_paper = select(Paper.mediation_id).where(
        Paper.street_id == tx.street_id,
        Paper.number.in_(written),
        Paper.mediation_id.is_not(None),
    )
    return tx.session.scalars(
        select(Mediation.id)
        .where(
            Mediation.street_id == tx.street_id,
            or_(
                Mediation.number.in_(written),
                Mediation.dossier_number.in_(written),
                Mediation.outside_number.in_(written),
                Mediation.id.in_(of_paper),
            ),
        )
        .order_by(Mediation.number.in_(written).desc(), Mediation.id.desc())
        .limit(1)
    ).first()
