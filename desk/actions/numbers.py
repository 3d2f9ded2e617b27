"""Numbers of cases and papers (编号、文号): by kind and year, without gaps."""

from dataclasses import dataclass
from datetime import datetime

from desk.rules.numbering import NumberFormat, NumberKind, number_year, seed_formats
from desk.store.hall_rules import own_settings
from desk.store.letterheads import letterhead_of
from desk.store.models import Letterhead
from desk.store.transaction import Transaction

COMMITTEE_KINDS = frozenset({NumberKind.MEDIATION})


def letterhead(tx: Transaction, body: str = "street") -> Letterhead:
    """Return the letterhead of the street or of its mediation committee, as valid today.

    Raises:
        RuleBroken: none has been set up.
    """
    return letterhead_of(tx.session, tx.street_id, tx.today, body)


def number_text(tx: Transaction, kind: NumberKind, year: int, seq: int) -> str:
    """Return a number as written: the hall's own format, else ours with the hall's letters."""
    return tx.once(("number_format", kind), lambda: _format(tx, kind)).write(year, seq)


def _format(tx: Transaction, kind: NumberKind) -> NumberFormat:
    own = own_settings(tx.session, tx.street_id, tx.today).get(f"number_format.{kind.value}")
    if own:
        return NumberFormat(str(own))
    head = letterhead(tx, "committee" if kind in COMMITTEE_KINDS else "street")
    return seed_formats(head.prefix)[kind]


@dataclass(frozen=True, slots=True)
class TakenNumber:
    """A number that this transaction took: its year, its place in it, and as it is written."""

    year: int
    seq: int
    text: str


def take_number(tx: Transaction, kind: NumberKind, year: int) -> TakenNumber:
    """Take the next number of a kind in a year; others wait for the next one until the end."""
    number_text(tx, kind, year, 1)  # its format is read before anybody waits
    seq = tx.next_number(kind, year)
    return TakenNumber(year, seq, number_text(tx, kind, year, seq))


def next_text(tx: Transaction, kind: NumberKind, at: datetime) -> str:
    """Take the next number of a kind for the year of `at` and return it as written."""
    return take_number(tx, kind, number_year(at)).text
