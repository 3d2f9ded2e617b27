"""The receipt on a roll (热敏小票): beside the paper on A4, where this desk is set for it."""

import hashlib
from functools import partial

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PySide6.QtCore import QObject

from desk.actions.papers import LogPrint
from desk.forms.printer import has_cups, print_pdf
from desk.forms.roll import render_roll
from desk.queries.papers import StoredPaper, paper_of_case, stored_paper
from desk.rules.errors import DeskError, RuleBroken
from desk.settings import fonts_folder, load_settings
from desk.ui.alignments import aligned
from desk.ui.desk import Desk

_RECEIPT = "receipt"
_POINTS = 72 / 25.4  # of a millimetre
_ROLL_PRINTER = "小票打印机"


def print_roll(desk: Desk, case_id: int, *, owner: QObject) -> None:
    """Print the receipt of a case on this desk's roll; nothing happens where there is none."""

    def found(paper: int | None) -> None:
        if paper is not None:
            desk.ask(partial(stored_paper, paper_id=paper), owner=owner, done=read)

    def read(stored: StoredPaper) -> None:
        work = partial(_print, stored)
        desk.work(work, owner=owner, done=partial(printed, stored.id), failed=refused)

    def printed(paper: int, slip: tuple[str, str]) -> None:
        where, sha256 = slip
        line = LogPrint(**desk.by_me(), paper=paper, printer=where, copies=1, sha256=sha256)
        desk.act(line, owner=desk)

    def refused(error: DeskError) -> None:
        desk.tasks.said.emit(f"小票没有打出来：{error}")

    def has_roll(width: str) -> None:
        if width:
            query = partial(paper_of_case, case_id=case_id, code=_RECEIPT)
            desk.ask(query, owner=owner, done=found)

    desk.work(lambda: load_settings().receipt_roll, owner=owner, done=has_roll)


def _print(stored: StoredPaper) -> tuple[str, str]:
    """Print the slip; return where, and the hash of what was printed.

    Raises:
        PrinterAway: the printer did not take it.
        RuleBroken: the width is none that rolls have, or this system has no way to a roll.
    """
    settings = load_settings()
    if not has_cups():
        raise RuleBroken("这台电脑的系统还不能打小票，请用 A4 的回执。")
    wide = int(settings.receipt_roll) if settings.receipt_roll.isdecimal() else 0
    paper = render_roll(stored.row, wide, layout=stored.layout, fonts_folder=fonts_folder())
    document = pdfium.PdfDocument(paper.pdf)
    high = round(document[0].get_size()[1] / _POINTS)
    document.close()
    media = f"Custom.{wide}x{high}mm"
    pdf = aligned(paper.pdf, settings.receipt_printer)
    print_pdf(pdf, settings.receipt_printer or None, title="受理回执", media=media)
    return settings.receipt_printer or _ROLL_PRINTER, hashlib.sha256(paper.pdf).hexdigest()
