"""The text by which a case is found, renewed whenever its facts change (HOUSE.md decision 14)."""

from desk.store.models import Case
from desk.store.search_docs import search_texts
from desk.store.search_index import put_search_text
from desk.store.transaction import Transaction


def write_search_doc(tx: Transaction, case: Case) -> None:
    """Write by what the case is found from now on."""
    put_search_text(tx.session, case, *search_texts(tx.session, case))
