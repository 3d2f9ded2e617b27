"""`print mediation-dossier`: everything of a mediation in one bound document (整卷).

That of an archived mediation is bound once and kept; from then on it is the same to the byte.
"""

import hashlib
from functools import partial
from pathlib import Path

from desk.actions.mediation_papers import TakeDossier
from desk.actions.papers import StoreProof
from desk.exchange.binding import Binder, pages_in
from desk.forms import font_set_version
from desk.forms.dossier import bind_dossier
from desk.queries.dossier import dossier_bytes, dossier_view, kept_book
from desk.queries.paper_finder import mediation_numbered
from desk.rules.errors import RuleBroken
from desk.settings import fonts_folder
from desk.store.database import Database, Reader


def print_dossier(database: Database, number: str, target: Path) -> int:
    """Bind the dossier of the mediation with this number into a file; return its pages.

    Raises:
        RuleBroken: no mediation has this number.
    """
    mediation = database.read(partial(_mediation, number=number))
    us, now = database.person.staff_id, database.now()
    database.carry_out(TakeDossier(made_by=us, happened_at=now, mediation=mediation))
    book = database.read(partial(kept_book, mediation_id=mediation))
    if book is not None and book.pdf is not None:
        target.write_bytes(book.pdf)
        return pages_in(book.pdf)
    pages = _bind(database, mediation, target)
    if book is not None:
        pdf = target.read_bytes()
        proof = StoreProof(
            made_by=us,
            happened_at=now,
            paper=book.paper_id,
            sha256=hashlib.sha256(pdf).hexdigest(),
            font_set=font_set_version(fonts_folder()),
            pdf=pdf,
        )
        database.carry_out(proof)
    return pages


def _bind(database: Database, mediation: int, target: Path) -> int:
    dossier = database.read(partial(dossier_view, mediation_id=mediation))

    def fetch(sha256: str) -> bytes:
        return database.read(partial(dossier_bytes, mediation_id=mediation, sha256=sha256))

    with Binder() as book:
        bound = bind_dossier(dossier, book, fetch, fonts_folder())
        book.save(target)
    return bound.pages


def _mediation(reader: Reader, number: str) -> int:
    found = mediation_numbered(reader, number)
    if found is None:
        raise RuleBroken(f"没有卷号是“{number}”的调解，请核对卷号。")
    return found.id
