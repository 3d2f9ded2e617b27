"""Saves a whole dossier as one bound PDF (整卷): an archived one as it was bound then."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.mediation_papers import TakeDossier
from desk.queries.mediation_file import WholeMediation
from desk.rules.errors import DeskError
from desk.rules.mediation_papers import DOSSIER
from desk.ui.desk import Desk
from desk.ui.file_choice import choose_target
from desk.ui.long_work import LongPlan, WorkDoor
from desk.ui.mediation.dossier_binding import KEY, bound_book
from desk.ui.printing import ReadyPaper, papers_of, save_pdf

_BEGUN = "正在装订整卷，照片多的要等一会儿，可以先办别的。"


class DossierSaver(QObject):
    """Asks where, and writes the dossier there.

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
            partial(self.save, file.id, book=archived_book_of(file)),
            "PDF 文件 (*.pdf)",
            name=f"整卷-{file.head.number}.pdf",
        )

    def save(self, mediation: int, target: Path, *, book: int | None = None) -> None:
        """Write a dossier into a file; the history says who took it.

        Args:
            book: the paper under which an archived dossier is kept; None binds it as it is now.
        """
        if book is None:
            plan = LongPlan("装订整卷", KEY, said=str, stopped="没有存下文件。", unit="份")
            work = partial(_bound_and_saved, mediation=mediation, target=target)
            self._desk.begin_long(plan, work, owner=self)
            return
        request = TakeDossier(**self._desk.by_me(), mediation=mediation)
        take = partial(self._take, target, book)
        self._desk.act(request, owner=self, done=lambda _: take(), failed=self._on_failed)

    def keep(self, book: int) -> None:
        """Bind what was just archived, so that it can be printed again as it was."""
        self.said.emit(_BEGUN)
        papers_of(self._desk).open(book, owner=self, done=self._on_kept, failed=self._on_failed)

    def _take(self, target: Path, book: int) -> None:
        done = partial(self._write, target)
        papers_of(self._desk).open(book, owner=self, done=done, failed=self._on_failed)

    def _write(self, target: Path, book: ReadyPaper) -> None:
        said = saved_words(book.pages, target)
        self._desk.work(
            partial(save_pdf, book.pdf, target),
            owner=self,
            done=lambda _target: self.said.emit(said),
            failed=self._on_failed,
        )

    def _on_kept(self, ready: ReadyPaper) -> None:
        self.said.emit(f"整卷 {ready.pages} 页，已装订留存，以后按 F9 或 Ctrl+P 都是这一份。")

    def _on_failed(self, error: DeskError) -> None:
        self.said.emit(str(error))


def saved_words(pages: int, target: Path) -> str:
    """Return what is said once a dossier lies in a file."""
    return f"整卷 {pages} 页，已存到 {target}。"


def _bound_and_saved(door: WorkDoor, mediation: int, target: Path) -> str:
    door.carry_out(TakeDossier(**door.by_me(), mediation=mediation))
    book = bound_book(door, mediation)
    door.past_stopping("正在写文件")
    save_pdf(book.pdf, target)
    return saved_words(book.pages, target)


def archived_book_of(file: WholeMediation) -> int | None:
    """Return the paper under which the bound book of an archived mediation is kept."""
    papers = file.body.papers if file.body is not None else ()
    return next((paper.id for paper in papers if paper.code == DOSSIER), None)
