"""Printing where there is no CUPS (打印): each page as a picture, at its true size and place."""

from PySide6.QtCore import QMarginsF, QPointF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desk.forms.printer import PrinterAway
from desk.ui.widgets.pdf_pages import PdfPages

_DPI = 300
_SCREEN_DPI = 96


def raster_printers() -> list[str]:
    """Return the printers that the system offers, the default one first."""
    default = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: name != default)


def print_raster(pdf: bytes, printer: str | None = None, copies: int = 1) -> None:
    """Print a PDF as pictures of its pages; runs in any thread.

    Raises:
        PrinterAway: there is no such printer, or it does not take the paper.
    """
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    if printer:
        device.setPrinterName(printer)
    if not device.isValid():
        raise PrinterAway("没有找到这台打印机。请检查它是否开着、连着，或换一台再打印。")
    device.setResolution(_DPI)
    device.setCopyCount(copies)
    # the whole sheet: without this the driver's margins would shift everything
    device.setFullPage(True)
    a4 = QPageSize(QPageSize.PageSizeId.A4)
    device.setPageLayout(QPageLayout(a4, QPageLayout.Orientation.Portrait, QMarginsF()))
    device.setFullPage(True)
    painter = QPainter()
    if not painter.begin(device):
        raise PrinterAway("打印机没有收下这份文书。请看看它是否开着、有没有纸，再按一次打印。")
    pages = PdfPages(pdf)
    for at in range(len(pages.sizes)):
        if at:
            device.newPage()
        painter.drawImage(QPointF(0, 0), pages.render(at, _DPI / _SCREEN_DPI))
    painter.end()
