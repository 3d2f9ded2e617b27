"""The pages of a PDF as pictures (文书页面), drawn by PDFium in whichever thread asks."""

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from desk.exchange.pdfium_lock import PDFIUM

_POINTS_PER_PIXEL = 0.75  # a device-independent pixel is 1/96 inch


class PdfPages:
    """One PDF, from its bytes; safe to use from any thread."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        with PDFIUM:
            document = pdfium.PdfDocument(data)
            try:
                self._sizes = [
                    QSizeF(*document.get_page_size(at)) / _POINTS_PER_PIXEL
                    for at in range(len(document))
                ]
            finally:
                document.close()

    @property
    def sizes(self) -> list[QSizeF]:
        """The size of each page in pixels at 100 %."""
        return self._sizes

    def render(self, page: int, scale: float) -> QImage:
        """Return one page, `scale` times its size at 100 %."""
        with PDFIUM:
            document = pdfium.PdfDocument(self._data)
            try:
                bitmap = document[page].render(
                    scale=scale / _POINTS_PER_PIXEL, prefer_bgrx=True, draw_annots=True
                )
                image = QImage(
                    bitmap.buffer,
                    bitmap.width,
                    bitmap.height,
                    bitmap.stride,
                    QImage.Format.Format_RGB32,
                )
                return image.copy()  # the buffer goes with the document
            finally:
                document.close()
