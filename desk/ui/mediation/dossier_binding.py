"""Binds a whole dossier in the background (装订整卷): gathered file by file, then one PDF."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject

from desk.exchange.binding import Binder
from desk.forms.dossier import bind_dossier
from desk.queries.dossier import DossierView, dossier_bytes, dossier_view
from desk.rules.errors import DeskError
from desk.settings import fonts_folder
from desk.ui.desk import Desk
from desk.ui.long_work import LongPlan, WorkDoor

KEY = "dossier"


@dataclass(frozen=True, slots=True)
class BoundBook:
    """A whole dossier as it was bound."""

    pdf: bytes = field(repr=False)
    sha256: str
    pages: int


def bind_dossier_of(
    desk: Desk,
    mediation: int,
    *,
    owner: QObject,
    done: Callable[[BoundBook], None],
    failed: Callable[[DeskError], None] | None = None,
) -> None:
    """Bind a dossier as it is now, beside everything else; `done` is called while `owner` lives."""
    plan = LongPlan("装订整卷", KEY, said=lambda _book: "", unit="份")
    work = partial(bound_book, mediation=mediation)
    desk.begin_long(plan, work, owner=owner, done=done, failed=failed)


def bound_book(door: WorkDoor, mediation: int) -> BoundBook:
    """Gather what lies in a dossier, never two files in memory, and bind it; background work."""
    door.begin_part("正在找卷里的材料")
    view = door.read(partial(dossier_view, mediation_id=mediation))
    wanted = list(dict.fromkeys(piece.sha256 for piece in view.pieces if piece.sha256))
    with TemporaryDirectory(prefix="case-desk-") as name:
        folder = Path(name)
        door.begin_part("正在取材料", len(wanted))
        for at, sha256 in enumerate(wanted):
            query = partial(dossier_bytes, mediation_id=mediation, sha256=sha256)
            (folder / sha256).write_bytes(door.read(query))
            door.told(at + 1)
        door.begin_part("正在装订成一本")
        return _bound(view, folder)


def _bound(view: DossierView, folder: Path) -> BoundBook:
    whole = folder / "whole.pdf"
    with Binder() as binder:
        bound = bind_dossier(
            view, binder, lambda sha256: (folder / sha256).read_bytes(), fonts_folder()
        )
        binder.save(whole)
    pdf = whole.read_bytes()
    return BoundBook(pdf, hashlib.sha256(pdf).hexdigest(), bound.pages)
