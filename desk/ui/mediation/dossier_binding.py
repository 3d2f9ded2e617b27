"""Binds a whole dossier in the background (装订整卷): gathered file by file, then one PDF."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import shiboken6
from PySide6.QtCore import QObject

from desk.exchange.binding import Binder
from desk.forms.dossier import bind_dossier
from desk.queries.dossier import DossierView, dossier_bytes, dossier_view
from desk.rules.errors import DeskError
from desk.settings import fonts_folder
from desk.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class BoundBook:
    """A whole dossier as it was bound."""

    pdf: bytes = field(repr=False)
    sha256: str
    pages: int


@dataclass(slots=True)
class _Work:
    """One dossier on its way into a book."""

    mediation: int
    owner: QObject
    done: Callable[[BoundBook], None]
    failed: Callable[[DeskError], None] | None
    folder: TemporaryDirectory[str]
    view: DossierView | None = None
    wanted: list[str] = field(default_factory=list)


class DossierBinder(QObject):
    """Gathers what lies in a dossier, and binds it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk

    def bind(
        self,
        mediation: int,
        *,
        owner: QObject,
        done: Callable[[BoundBook], None],
        failed: Callable[[DeskError], None] | None = None,
    ) -> None:
        """Bind the dossier as it is now; `done` is called as long as `owner` is there."""
        folder = TemporaryDirectory(prefix="case-desk-")
        work = _Work(mediation, owner, done, failed, folder)
        query = partial(dossier_view, mediation_id=mediation)
        self._desk.ask(
            query,
            owner=self,
            done=partial(self._gather, work),
            failed=partial(self._on_failed, work),
        )

    def _gather(self, work: _Work, view: DossierView) -> None:
        work.view = view
        work.wanted = list(dict.fromkeys(piece.sha256 for piece in view.pieces if piece.sha256))
        self._next(work)

    def _next(self, work: _Work) -> None:
        """Fetch one more file, so that never two of them are in memory; then bind."""
        failed = partial(self._on_failed, work)
        if not work.wanted:
            done = partial(self._on_bound, work)
            self._desk.work(partial(_bound, work), owner=self, done=done, failed=failed)
            return
        sha256 = work.wanted.pop()
        query = partial(dossier_bytes, mediation_id=work.mediation, sha256=sha256)
        kept = partial(self._keep, work, sha256)
        self._desk.ask(query, owner=self, done=kept, failed=failed)

    def _keep(self, work: _Work, sha256: str, content: bytes) -> None:
        write = partial((Path(work.folder.name) / sha256).write_bytes, content)
        failed = partial(self._on_failed, work)
        self._desk.work(write, owner=self, done=lambda _size: self._next(work), failed=failed)

    def _on_bound(self, work: _Work, book: BoundBook) -> None:
        self._desk.work(work.folder.cleanup, owner=self, done=_nothing)
        if shiboken6.isValid(work.owner):
            work.done(book)

    def _on_failed(self, work: _Work, error: DeskError) -> None:
        self._desk.work(work.folder.cleanup, owner=self, done=_nothing)
        if work.failed is None:
            self._desk.tasks.said.emit(str(error))
        elif shiboken6.isValid(work.owner):
            work.failed(error)


def dossier_binder_of(desk: Desk) -> DossierBinder:
    """Return the binder of a desk, made when a dossier is first wanted."""
    found = desk.findChild(DossierBinder)
    return found if isinstance(found, DossierBinder) else DossierBinder(desk)


def _bound(work: _Work) -> BoundBook:
    folder = Path(work.folder.name)
    assert work.view is not None  # noqa: S101 - it was read before anything was gathered
    whole = folder / "whole.pdf"
    with Binder() as binder:
        bound = bind_dossier(
            work.view, binder, lambda sha256: (folder / sha256).read_bytes(), fonts_folder()
        )
        binder.save(whole)
    pdf = whole.read_bytes()
    return BoundBook(pdf, hashlib.sha256(pdf).hexdigest(), bound.pages)


def _nothing(_answer: Any) -> None:
    """Do nothing: the folder is gone."""
