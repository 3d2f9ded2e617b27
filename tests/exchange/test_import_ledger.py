import pytest

from desk.exchange.import_ledger import import_ledger
from tests.exchange.ledger_files import APPEALS, TICKETS, save_ledger


def test_both_samples_end_as_agreed(street):
    first = import_ledger(street, APPEALS)
    assert (first.imported, first.updated, first.skipped, first.refused) == (480, 0, 0, ())
    assert first.exit_code == 0
