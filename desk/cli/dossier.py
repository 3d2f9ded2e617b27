"""`print mediation-dossier`: everything of a mediation in one bound document (整卷)."""

from functools import partial
from pathlib import Path

from desk.actions.mediation_papers import TakeDossier
from desk.exchange.binding import Binder
from desk.forms.dossier import BoundDossier, bind_dossier
from desk.queries.dossier import dossier_bytes, dossier_view
from desk.queries.paper_finder import mediation_numbered
from desk.rules.errors import RuleBroken
from desk.settings import fonts_folder
from desk.store.database import Database, Reader


def print_dossier(database: Database, number: str, target: Path) -> BoundDossier:
    """Bind the dossier of the mediation with this number into a file.

    Raises:
        RuleBroken: no mediation has this number.
    """
    mediation = database.read(partial(_mediation, number=number))
    taken = TakeDossier(
        made_by=database.person.staff_id, happened_at=database.now(), mediation=mediation
    )
    database.carry_out(taken)
    dossier = database.read(partial(dossier_view, mediation_id=mediation))

    def fetch(sha256: str) -> bytes:
        return database.read(partial(dossier_bytes, mediation_id=mediation, sha256=sha256))

    with Binder() as book:
        bound = bind_dossier(dossier, book, fetch, fonts_folder())
        book.save(target)
    return bound


def _mediation(reader: Reader, number: str) -> int:
    found = mediation_numbered(reader, number)
    if found is None:
        raise RuleBroken(f"没有卷号是“{number}”的调解，请核对卷号。")
    return found.id
