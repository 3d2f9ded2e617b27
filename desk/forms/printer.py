"""Paper out of the printer (打印): the PDF itself goes to CUPS, unscaled; nothing is drawn again.

On systems without CUPS the window prints a picture of each page instead (`desk.ui.raster`).
"""

import shutil
import subprocess
from dataclasses import dataclass

from desk.rules.errors import DeskError, RuleBroken

_PATIENCE = 30.0  # seconds that a print server may take to accept a paper
_MOST = 99


class PrinterAway(DeskError):
    """The printer or its server did not take the paper; the sentence says what to try."""


class NoPrinter(PrinterAway):
    """No printer was named and the system has no default one."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer that this workstation can reach."""

    name: str
    is_default: bool = False


def has_cups() -> bool:
    """Return whether papers can be handed to CUPS on this machine."""
    return shutil.which("lp") is not None and shutil.which("lpstat") is not None


def printers() -> list[Printer]:
    """Return the printers that CUPS knows, the default one first; none without CUPS."""
    if not has_cups():
        return []
    default = _asked("lpstat", "-d").rpartition(":")[2].strip()
    names = sorted(set(_asked("lpstat", "-e").split()))
    found = [Printer(name, is_default=name == default) for name in names]
    return sorted(found, key=lambda printer: not printer.is_default)


def print_pdf(
    pdf: bytes,
    printer: str | None = None,
    copies: int = 1,
    *,
    title: str = "",
    media: str = "A4",
) -> None:
    """Hand a PDF to a printer as it is: not scaled, not moved.

    Args:
        printer: its name; None takes the system's default printer.
        title: what the queue shows; a form's name, never a person's.
        media: the paper by its name with CUPS; of a roll `Custom.80x120mm`.

    Raises:
        RuleBroken: the number of copies makes no sense.
        NoPrinter: none was named and there is no default one.
        PrinterAway: the printer did not take it.
    """
    if not 1 <= copies <= _MOST:
        raise RuleBroken(f"份数应在 1 到 {_MOST} 之间，请改一下再打印。", field="copies")
    if not has_cups():
        raise PrinterAway("这台电脑上没有打印服务。请装好打印机后再试，或先另存为 PDF。")
    command = ["lp", "-n", str(copies), "-o", f"media={media}", "-o", "print-scaling=none"]
    if printer:
        command += ["-d", printer]
    if title:
        command += ["-t", title]
    try:
        done = subprocess.run(
            command, input=pdf, capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PrinterAway("打印服务没有回应。请看看打印机是否开着，再按一次打印。") from error
    if done.returncode != 0:
        if not printer:
            raise NoPrinter(
                "没有找到缺省的打印机，文书已存好。请在预览（F9）里选一台打印机再打，或另存 PDF。"
            )
        raise PrinterAway(
            f"打印机“{printer}”没有收下这份文书。请检查它是否开着、连着，或换一台再打印。"
        )


def _asked(*command: str) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout if done.returncode == 0 else ""
