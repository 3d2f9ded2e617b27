"""By how much each printer of this desk is off (打印校准), kept in the desk's own settings."""

from desk.forms.alignment import Offset, moved
from desk.settings import change_settings, load_settings


def offset_of(printer: str) -> Offset:
    """Return by how much a printer's pages are moved; the empty name is the system's default."""
    return _read(load_settings().printer_offsets).get(printer, Offset())


def aligned(pdf: bytes, printer: str) -> bytes:
    """Return a document moved as this printer needs it."""
    return moved(pdf, offset_of(printer))


def keep_offset(printer: str, offset: Offset) -> None:
    """Keep a printer's offset on this desk."""
    kept = _read(load_settings().printer_offsets) | {printer: offset}
    lines = (f"{name}\t{o.right_mm:g}\t{o.down_mm:g}" for name, o in kept.items() if o != Offset())
    change_settings(printer_offsets="\n".join(lines))


def _read(kept: str) -> dict[str, Offset]:
    """Return what is kept; a line that somebody has spoilt moves nothing."""
    found = {}
    for line in kept.splitlines():
        name, *numbers = line.split("\t")
        try:
            right, down = map(float, numbers)
        except ValueError:
            continue
        found[name] = Offset(right, down)
    return found
