"""A hall scanner for tests: real forms printed, laid askew on the glass, and scanned back."""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageFilter

from desk.forms import render
from tests.forms.specimens import specimen

DPI = 200


def printed(code, case, paper):
    """Return a form as it is printed, with the square code of a paper."""
    row = specimen(code) | {"qr": f"CD1:{case}:{code}:{paper}"}
    return render(code, row).pdf


def sheets(pdf, dpi=DPI):
    """Return the pages of a print as pictures."""
    document = pypdfium2.PdfDocument(pdf)
    found = [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    document.close()
    return found


def blank():
    """Return a page on which nothing is printed."""
    return Image.new("L", (1654, 2339), 252)


def worn(sheet, *, turn=0.0, blur=0.0, noise=0, fade=1.0):
    """Return a sheet as a poor scanner sees it: turned, soft, grainy, pale."""
    seen = sheet.rotate(turn, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    if blur:
        seen = seen.filter(ImageFilter.GaussianBlur(blur))
    if fade < 1:
        seen = seen.point(lambda value: round(255 - (255 - value) * fade))
    if noise:
        grain = [(at * 7919 % 4099) % (2 * noise + 1) - noise for at in range(4096)]
        data = bytes(
            min(max(value + grain[(at * 31 + at // 97) % 4096], 0), 255)
            for at, value in enumerate(seen.tobytes())
        )
        seen = Image.frombytes("L", seen.size, data)
    return seen


def as_file(pages, kind="PDF", **options):
    """Return pages as one file of a scanner."""
    kept = BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if kind in {"PDF", "TIFF"} else {}
    if kind == "PDF":
        more["resolution"] = DPI
    pages[0].save(kept, kind, **more, **options)
    return kept.getvalue()
