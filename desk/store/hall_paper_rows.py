"""Rows of papers that belong to no case (大厅文书): plain data in, the common part added.

What the papers are made of — open work, seal uses, promised calls — is gathered by the actions
that issue them; the keys are those of `forms/hall_rows.py`.
"""

from collections.abc import Mapping
from typing import Any

from desk.store.letterheads import letterhead_of
from desk.store.paper_source import Row, Writing

NO_CASE = 0  # in the square code of a paper that belongs to no case


def hall_paper_row(
    tx: Writing, code: str, row: Mapping[str, Any], *, number: str, paper_id: int
) -> Row:
    """Return the whole row of a paper of the hall; `row` may replace any common part."""
    head = tx.once("head", lambda: letterhead_of(tx.session, tx.street_id, tx.today))
    common: Row = {
        "number": number,
        "serial": f"{code}-{paper_id % 10**8:08}",
        "qr": f"CD1:{NO_CASE}:{code}:{paper_id}",
        "office": head.issuer,
        "seal_place": False,
        "filled_by": tx.person_name,
        "checked_by": None,
        "filled_on": f"{tx.today:%Y-%m-%d}",
    }
    return common | dict(row)
