"""One lock for the library that draws PDFs (PDFium): it must not be entered twice at once."""

from threading import Lock

PDFIUM = Lock()
