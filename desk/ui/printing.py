"""Papers, from the stored row to the printer (文书出具与打印).

The first rendering of a paper is proved: its hash is stored, and for papers that are signed the
bytes too. Whatever is shown or printed later is byte for byte the same, or it is refused.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject

from desk.actions.papers import LogPrint, StoreProof
from desk.forms import font_set_version, render
from desk.forms.printer import NoPrinter, has_cups, print_pdf, printers
from desk.queries.papers import (
    DraftPaper,
    PrintView,
    StoredPaper,
    draft_opinion_notice,
    paper_of_case,
    stored_paper,
    unproved_papers,
)
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.mediation_papers import DOSSIER
from desk.rules.papers import PAPER_TITLES, copies_of
from desk.settings import change_settings, fonts_folder, load_settings
from desk.ui.alignments import aligned
from desk.ui.desk import ByMe, Desk
from desk.ui.mediation.dossier_binding import BoundBook, bind_dossier_of
from desk.ui.widgets.pdf_pages import PdfPages

Failed = Callable[[DeskError], None]
DEFAULT_PRINTER = "系统缺省打印机"
_LATER = "没有设缺省打印机。案件已经保存，文书可以以后按 Ctrl+P 打印，或按 F9 预览、另存为 PDF。"


@dataclass(frozen=True, slots=True)
class ReadyPaper:
    """A paper that can be looked at and printed.

    Attributes:
        paper_id: the stored paper; None for a draft, which is never printed as a paper.
        case_id: None for a paper of the hall.
        missing: characters for which no font has a glyph; on paper they are boxes with codes.
        copies: how many are printed where nobody says otherwise.
    """

    paper_id: int | None
    case_id: int | None
    code: str
    number: str
    pdf: bytes
    sha256: str
    pages: int
    missing: tuple[str, ...] = ()
    prints: tuple[PrintView, ...] = ()
    copies: int = 1

    @property
    def title(self) -> str:
        """What kind of paper it is, in the hall's words."""
        return PAPER_TITLES[self.code]

    @property
    def warning(self) -> str:
        """What to say about characters that could not be printed; empty if there are none."""
        if not self.missing:
            return ""
        shown = "、".join(f"{sign}（U+{ord(sign[0]):04X}）" for sign in self.missing[:5])
        return (
            f"有 {len(self.missing)} 个字没有字形，纸上是带代码的方框：{shown}。"
            "请在纸上补写，并请管机器的同事装上含这些字的字体。"
        )


@dataclass(frozen=True, slots=True)
class _Rendered:
    ready: ReadyPaper
    proof: StoreProof | None


class PaperService(QObject):
    """Renders, proves, prints and logs papers for every screen; the desk owns it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._has_said_later = False

    def open(
        self,
        paper_id: int,
        *,
        owner: QObject,
        done: Callable[[ReadyPaper], None],
        failed: Failed | None = None,
    ) -> None:
        """Make a stored paper ready in the background; its first rendering is proved first."""

        def rendered(found: _Rendered) -> None:
            if found.proof is None:
                done(found.ready)
                return
            ready = found.ready
            self._desk.act(
                found.proof, owner=owner, done=lambda _changes: done(ready), failed=failed
            )

        def read(stored: StoredPaper) -> None:
            if stored.code == DOSSIER and not stored.proof:
                bound = partial(self._prove_book, stored, owner, done, failed)
                assert stored.mediation_id is not None  # noqa: S101 - it is a mediation's
                bind_dossier_of(
                    self._desk, stored.mediation_id, owner=owner, done=bound, failed=failed
                )
                return
            work = partial(_render_stored, stored, self._desk.by_me())
            self._desk.work(work, owner=owner, done=rendered, failed=failed)

        query = partial(stored_paper, paper_id=paper_id)
        self._desk.ask(query, owner=owner, done=read, failed=failed)

    def _prove_book(
        self,
        stored: StoredPaper,
        owner: QObject,
        done: Callable[[ReadyPaper], None],
        failed: Failed | None,
        book: BoundBook,
    ) -> None:
        """Keep a dossier that was bound for the first time; what another desk bound goes before."""
        proof = StoreProof(
            **self._desk.by_me(),
            paper=stored.id,
            sha256=book.sha256,
            font_set=font_set_version(fonts_folder()),
            pdf=book.pdf,
        )
        ready = _ready(stored, book.pdf, book.sha256, book.pages, ())

        def proved(changes: Any) -> None:
            if changes.made["sha256"] == book.sha256:
                done(ready)
            else:
                self.open(stored.id, owner=owner, done=done, failed=failed)

        self._desk.act(proof, owner=owner, done=proved, failed=failed)

    def draft(
        self,
        case_id: int,
        *,
        owner: QObject,
        done: Callable[[ReadyPaper], None],
        failed: Failed | None = None,
    ) -> None:
        """Make the 意见书 of a case ready as it will look once it is signed."""

        def read(draft: DraftPaper) -> None:
            work = partial(_render_draft, draft)
            self._desk.work(work, owner=owner, done=done, failed=failed)

        query = partial(draft_opinion_notice, case_id=case_id)
        self._desk.ask(query, owner=owner, done=read, failed=failed)

    def send(
        self,
        ready: ReadyPaper,
        printer: str = "",
        copies: int = 1,
        *,
        owner: QObject,
        done: Callable[[], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Print a paper and write the print into its log, even if the window has closed."""

        def sent(_nothing: object) -> None:
            where = printer or DEFAULT_PRINTER
            self._desk.tasks.said.emit(f"{ready.title} {ready.number} 已送到{where}，{copies} 份。")
            if done is not None and shiboken6.isValid(owner):
                done()
            if ready.paper_id is None:
                return
            line = LogPrint(
                **self._desk.by_me(),
                paper=ready.paper_id,
                printer=where,
                copies=copies,
                sha256=ready.sha256,
            )
            self._desk.act(line, owner=self)

        def refused(error: DeskError) -> None:
            if failed is not None and shiboken6.isValid(owner):
                failed(error)
            else:
                self._desk.tasks.said.emit(str(error))

        work = partial(hand_over, ready.pdf, printer, copies, ready.title)
        self._desk.work(work, owner=self, done=sent, failed=refused)

    def print_case_paper(
        self, case_id: int, code: str, *, owner: QObject, is_asked: bool = True
    ) -> None:
        """Print the newest paper of a kind on this workstation's printer, without preview.

        Args:
            is_asked: whether somebody wants it now, or it only goes along with saving.
        """

        def found(paper_id: int | None) -> None:
            if paper_id is None:
                said = f"这一件还没有{PAPER_TITLES[code]}，办到那一步会自动出具。"
                self._desk.tasks.said.emit(said)
                return
            self.print_paper(paper_id, owner=owner, is_asked=is_asked)

        query = partial(paper_of_case, case_id=case_id, code=code)
        self._desk.ask(query, owner=owner, done=found)

    def print_paper(self, paper_id: int, *, owner: QObject, is_asked: bool = True) -> None:
        """Print one stored paper on this workstation's printer, without preview."""
        self.open(paper_id, owner=owner, done=partial(self.send_to_usual, is_asked=is_asked))

    def send_to_usual(
        self,
        ready: ReadyPaper,
        *,
        is_asked: bool = True,
        owner: QObject | None = None,
        done: Callable[[], None] | None = None,
    ) -> None:
        """Print a paper on the printer that this workstation used last.

        Args:
            done: called once the printer has taken the paper, as long as `owner` is there.
        """
        failed = partial(self._on_not_printed, is_asked=is_asked)
        if ready.warning:
            self._desk.tasks.said.emit(ready.warning)
        self._desk.work(
            lambda: load_settings().printer,
            owner=self,
            done=lambda printer: self.send(
                ready,
                printer,
                copies_of(ready.code),
                owner=owner or self,
                done=done,
                failed=failed,
            ),
        )

    def _on_not_printed(self, error: DeskError, *, is_asked: bool) -> None:
        """Say why nothing was printed; without a printer, saving says so once and no more."""
        if is_asked or not isinstance(error, NoPrinter):
            self._desk.tasks.said.emit(str(error))
        elif not self._has_said_later:
            self._has_said_later = True
            self._desk.tasks.said.emit(_LATER)

    def settle(self, case_id: int) -> None:
        """Render and prove what was just issued on a case, so that the first print is quick."""

        def found(papers: tuple[int, ...]) -> None:
            for paper_id in papers:
                self.open(paper_id, owner=self, done=lambda _ready: None)

        self._desk.ask(partial(unproved_papers, case_id=case_id), owner=self, done=found)


def papers_of(desk: Desk) -> PaperService:
    """Return the paper service of a desk, made when a screen first asks for it."""
    found = desk.findChild(PaperService)
    return found if isinstance(found, PaperService) else PaperService(desk)


def printer_names() -> list[str]:
    """Return the names of all printers, the default one first; runs in the background."""
    if has_cups():
        return [printer.name for printer in printers()]
    names: list[str] = import_module("desk.ui.raster").raster_printers()  # print support if needed
    return names


def hand_over(pdf: bytes, printer: str, copies: int, title: str) -> None:
    """Print a PDF the best way this machine has, and remember a printer that was chosen.

    Raises:
        PrinterAway: the printer did not take it.
    """
    pdf = aligned(pdf, printer)
    if has_cups():
        print_pdf(pdf, printer or None, copies, title=title)
    else:
        import_module("desk.ui.raster").print_raster(pdf, printer or None, copies)
    if printer and printer != load_settings().printer:
        change_settings(printer=printer)


def save_pdf(pdf: bytes, target: Path) -> Path:
    """Write a paper to a file; an existing one stays whole until the new one is complete.

    Raises:
        RuleBroken: the folder does not take it.
    """
    beside = target.with_name(target.name + ".part")
    try:
        beside.write_bytes(pdf)
        beside.replace(target)
    except OSError as error:
        raise RuleBroken("这个文件夹不能写入，文书没有存上。请换一个地方再存。") from error
    return target


def _render_stored(stored: StoredPaper, by_me: ByMe) -> _Rendered:
    """Return a stored paper as it looked the first time.

    Raises:
        RuleBroken: it would look different now.
    """
    if stored.pdf is not None:
        sha256 = hashlib.sha256(stored.pdf).hexdigest()
        if sha256 != stored.proof:
            raise RuleBroken(_differs(stored))
        pages = len(PdfPages(stored.pdf).sizes)
        return _Rendered(_ready(stored, stored.pdf, sha256, pages, ()), None)
    paper = render(stored.code, stored.row, layout=stored.layout, fonts_folder=_fonts_of(stored))
    sha256 = hashlib.sha256(paper.pdf).hexdigest()
    ready = _ready(stored, paper.pdf, sha256, paper.pages, paper.missing)
    if stored.proof:
        if sha256 != stored.proof:
            raise RuleBroken(_differs(stored))
        return _Rendered(ready, None)
    proof = StoreProof(
        **by_me,
        paper=stored.id,
        sha256=sha256,
        font_set=paper.font_set,
        pdf=paper.pdf if stored.keeps_bytes else None,
    )
    return _Rendered(ready, proof)


def _fonts_of(stored: StoredPaper) -> Path | None:
    """Return the folder of fonts to set a paper with: the hall's own, unless it was set without.

    Raises:
        RuleBroken: it was first set with fonts that this machine does not have.
    """
    folder = fonts_folder()
    if not stored.proof or stored.font_set in {"", font_set_version(folder)}:
        return folder
    if stored.font_set == font_set_version():
        return None
    raise RuleBroken(
        f"{stored.number} 第一次出具用的是本单位的字体，这台电脑上没有，印出来会不一样。"
        "请到装有这些字体的电脑上打印。"
    )


def _render_draft(draft: DraftPaper) -> ReadyPaper:
    paper = render(draft.code, draft.row, layout=draft.layout, fonts_folder=fonts_folder())
    sha256 = hashlib.sha256(paper.pdf).hexdigest()
    number = str(draft.row["number"])
    return ReadyPaper(
        None, draft.case_id, draft.code, number, paper.pdf, sha256, paper.pages, paper.missing
    )


def _ready(
    stored: StoredPaper, pdf: bytes, sha256: str, pages: int, missing: tuple[str, ...]
) -> ReadyPaper:
    return ReadyPaper(
        paper_id=stored.id,
        case_id=stored.case_id,
        code=stored.code,
        number=stored.number,
        pdf=pdf,
        sha256=sha256,
        pages=pages,
        missing=missing,
        prints=stored.prints,
        copies=copies_of(stored.code, stored.row),
    )


def _differs(stored: StoredPaper) -> str:
    return (
        f"{stored.title} {stored.number} 与第一次出具时不一致，已停止打印。"
        "请在案件卷里更正出新的一版，并告诉管机器的同事。"
    )
