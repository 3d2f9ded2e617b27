"""Saves a whole dossier as one bound PDF (整卷): gathered file by file, bound in the background."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.mediation_papers import TakeDossier
from desk.exchange.binding import Binder
from desk.forms.dossier import bind_dossier
from desk.queries.dossier import DossierView, dossier_bytes, dossier_view
from desk.queries.mediation_file import WholeMediation
from desk.rules.errors import DeskError
from desk.settings import fonts_folder
from desk.ui.desk import Desk
from desk.ui.file_choice import choose_target

_BEGUN = "正在装订整卷，照片多的要等一会儿，可以先办别的。"


@dataclass(slots=True)
class _Book:
    """One dossier on its way into a file."""

    mediation: int
    target: Path
    folder: TemporaryDirectory[str]
    view: DossierView | None = None
    wanted: list[str] = field(default_factory=list)


class DossierSaver(QObject):
    """Asks where, gathers what lies in the dossier, and binds it.

    Signals:
        said: a sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    def ask(self, file: WholeMediation) -> None:
        """Ask where the dossier goes."""
        choose_target(
            self._window,
            "整卷存到哪里",
            partial(self.save, file.id),
            "PDF 文件 (*.pdf)",
            name=f"整卷-{file.head.number}.pdf",
        )

    def save(self, mediation: int, target: Path) -> None:
        """Bind a dossier into a file; the history says who took it."""
        self.said.emit(_BEGUN)
        book = _Book(mediation, target, TemporaryDirectory(prefix="case-desk-"))
        request = TakeDossier(**self._desk.by_me(), mediation=mediation)
        failed = partial(self._on_failed, book)
        self._desk.act(request, owner=self, done=lambda _: self._read(book), failed=failed)

    def _read(self, book: _Book) -> None:
        query = partial(dossier_view, mediation_id=book.mediation)
        failed = partial(self._on_failed, book)
        self._desk.ask(query, owner=self, done=partial(self._gather, book), failed=failed)

    def _gather(self, book: _Book, view: DossierView) -> None:
        book.view = view
        book.wanted = list(dict.fromkeys(piece.sha256 for piece in view.pieces if piece.sha256))
        self._next(book)

    def _next(self, book: _Book) -> None:
        """Fetch one more file, so that never two of them are in memory; then bind."""
        failed = partial(self._on_failed, book)
        if not book.wanted:
            done = partial(self._on_bound, book)
            self._desk.work(partial(_bound, book), owner=self, done=done, failed=failed)
            return
        sha256 = book.wanted.pop()
        query = partial(dossier_bytes, mediation_id=book.mediation, sha256=sha256)
        kept = partial(self._keep, book, sha256)
        self._desk.ask(query, owner=self, done=kept, failed=failed)

    def _keep(self, book: _Book, sha256: str, content: bytes) -> None:
        work = partial((Path(book.folder.name) / sha256).write_bytes, content)
        failed = partial(self._on_failed, book)
        self._desk.work(work, owner=self, done=lambda _size: self._next(book), failed=failed)

    def _on_bound(self, book: _Book, pages: int) -> None:
        self._desk.work(book.folder.cleanup, owner=self, done=_nothing)
        self.said.emit(f"整卷 {pages} 页，已存到 {book.target}。")

    def _on_failed(self, book: _Book, error: DeskError) -> None:
        self._desk.work(book.folder.cleanup, owner=self, done=_nothing)
        self.said.emit(str(error))


def _bound(book: _Book) -> int:
    folder = Path(book.folder.name)
    assert book.view is not None  # noqa: S101 - it was read before anything was gathered
    with Binder() as binder:
        bound = bind_dossier(
            book.view, binder, lambda sha256: (folder / sha256).read_bytes(), fonts_folder()
        )
        binder.save(book.target)
    return bound.pages


def _nothing(_answer: Any) -> None:
    """Do nothing: the folder is gone."""
