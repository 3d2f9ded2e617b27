"""Scanners for paper (扫描仪) through SANE: what `scanimage` is asked, and what its answers mean.

`scanimage` is a program of its own: a driver that hangs or falls over takes nothing with it, and
each maker's options are told by itself. Commands and words only; nothing is started here.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image

from desk.rules.errors import RuleBroken

PROGRAM = "scanimage"
RESOLUTIONS = (150, 200, 300)  # dots per inch: a letter, what halls use, small print
A4_WIDTH, A4_HEIGHT = 210, 297  # millimetres
_QUALITY = 80  # of JPEG: about 300 KB for a grey page of 200 dpi
_LISTED = "%d\t%v %m%n"  # scanimage's own signs: device, maker, model
_OPTION = re.compile(r"^\s+(?:--([\w-]+)|-([xy]))[ =]+(.+?) \[([^\]]*)\]", re.MULTILINE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FEEDER = re.compile(r"feeder|adf", re.IGNORECASE)
_BOTH_SIDES = re.compile(r"duplex|both", re.IGNORECASE)
# What SANE says (the texts of sane_strstatus), and what a clerk does about it.
_TROUBLES = (
    ("out of documents", "进纸器里没有纸了。请放好纸，再按“扫描”。"),
    ("feeder jammed", "进纸器卡纸了。请打开盖子取出卡住的纸，放好再按“扫描”。"),
    ("cover is open", "扫描仪的盖子没有盖好。请盖好，再按“扫描”。"),
    ("Device busy", "扫描仪正在忙，可能别的程序在用。请等它停下，再按“扫描”。"),
    ("denied", "没有使用扫描仪的权限。请管机器的同事把这个用户加进 scanner 组。"),
    ("Operation was cancelled", "这一页没有扫完。请再按“扫描”。"),
    ("Out of memory", "内存不够，扫不了这么细。请选低一档的清晰度再扫。"),
)
_LOST = "没有扫成，扫描仪没有应答。请看看它开着没有、线插好没有，再按“扫描”。"


@dataclass(frozen=True, slots=True)
class PageScanner:
    """One scanner that the machine has: how SANE calls it, and maker and model."""

    device: str
    words: str


@dataclass(frozen=True, slots=True)
class ScannerOptions:
    """What a scanner can be asked for; empty where it knows no such option.

    Attributes:
        resolutions: (lowest, highest) or all that there are, in dots per inch.
        sources: its own names of the places where paper lies.
        room: the widest and longest page in millimetres, by “x” and “y”.
    """

    modes: tuple[str, ...] = ()
    resolutions: tuple[int, ...] = ()
    is_range: bool = False
    sources: tuple[str, ...] = ()
    room: Mapping[str, float] = field(default_factory=dict)

    @property
    def feeder(self) -> str:
        """What it calls its feeder of single sheets; empty where it has none."""
        feeders = [source for source in self.sources if _FEEDER.search(source)]
        one_side = [source for source in feeders if not _BOTH_SIDES.search(source)]
        return (one_side or feeders or [""])[0]

    @property
    def flatbed(self) -> str:
        """What it calls its glass; empty where it knows one place only."""
        glass = [source for source in self.sources if not _FEEDER.search(source)]
        return glass[0] if glass else ""


@dataclass(frozen=True, slots=True)
class ScanWish:
    """How the next pages are to be scanned."""

    scanner: PageScanner
    options: ScannerOptions
    is_colour: bool = False
    resolution: int = 200
    from_feeder: bool = False


def program() -> str:
    """Return where `scanimage` is; empty where nobody has installed it."""
    return shutil.which(PROGRAM) or ""


def list_arguments() -> list[str]:
    """Return how to ask which scanners there are."""
    return ["--formatted-device-list", _LISTED]


def listed_scanners(said: str) -> tuple[PageScanner, ...]:
    """Return the scanners that were listed; cameras, which SANE lists too, are left out."""
    found = []
    for line in said.splitlines():
        device, tab, words = line.partition("\t")
        if tab and not device.startswith("v4l:"):
            found.append(PageScanner(device, words.removeprefix("Noname ").strip() or device))
    return tuple(found)


def option_arguments(scanner: PageScanner) -> list[str]:
    """Return how to ask what a scanner can do."""
    return ["--device-name", scanner.device, "--all-options"]


def told_options(said: str) -> ScannerOptions:
    """Return what a scanner said that it can do; inactive options are as if it had none."""
    told = {
        found[1] or found[2]: found[3] for found in _OPTION.finditer(said) if found[4] != "inactive"
    }
    dots = told.get("resolution", "")
    room = {side: _numbers(told[side])[-1] for side in ("x", "y") if side in told}
    return ScannerOptions(
        modes=_choices(told.get("mode", "")),
        resolutions=tuple(int(one) for one in _numbers(dots)),
        is_range=".." in dots,
        sources=_choices(told.get("source", "")),
        room=room,
    )


def scan_arguments(wish: ScanWish, folder: Path, first: int) -> list[str]:
    """Return how to scan one page from the glass, or all that lie in the feeder, into `folder`.

    Args:
        first: the number in the name of the first file: “0001.png”.
    """
    options = wish.options
    asked = ["--device-name", wish.scanner.device, "--format=png", "--progress"]
    asked += [f"--batch={folder / '%04d.png'}", f"--batch-start={first}"]
    source = options.feeder if wish.from_feeder else options.flatbed
    if source:
        asked += ["--source", source]
    if not (wish.from_feeder and options.feeder):
        asked.append("--batch-count=1")
    mode = _mode(options.modes, is_colour=wish.is_colour)
    if mode:
        asked += ["--mode", mode]
    dots = _nearest(options, wish.resolution)
    if dots:
        asked += ["--resolution", str(dots)]
    for side, length in (("x", A4_WIDTH), ("y", A4_HEIGHT)):
        if side in options.room:
            asked += [f"-{side}", f"{min(length, options.room[side]):g}"]
    return asked


def share_done(said: str) -> int:
    """Return how much of the page is scanned, in percent, by what was said last."""
    told = re.findall(r"Progress: (\d+)", said)
    return int(told[-1]) if told else 0


def trouble_of(said: str) -> str:
    """Return what to do about a scan that came to nothing, by what SANE said."""
    return next((words for sign, words in _TROUBLES if sign in said), _LOST)


def pdf_of_pages(pages: Sequence[bytes], resolution: int) -> bytes:
    """Return scanned pages as one PDF, each as large as its paper.

    Raises:
        RuleBroken: a page was not scanned to its end.
    """
    try:
        drawn = [_page(content) for content in pages]
    except (OSError, SyntaxError, ValueError) as error:
        raise RuleBroken("有一页没有扫完，打不开。请去掉它，重新扫描。") from error
    kept = BytesIO()
    drawn[0].save(
        kept,
        "PDF",
        save_all=True,
        append_images=drawn[1:],
        resolution=resolution,
        quality=_QUALITY,
    )
    return kept.getvalue()


def _page(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content)) as image:
        return image.convert("L" if image.mode in {"1", "L", "I;16", "I"} else "RGB")


def _numbers(said: str) -> list[float]:
    """Return the numbers of a list or range, without its steps: “0..215mm (in steps of 1)”."""
    return [float(one) for one in _NUMBER.findall(said.partition("(")[0].replace("..", " "))]


def _choices(said: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in said.split("|") if one.strip())


def _mode(modes: Sequence[str], *, is_colour: bool) -> str:
    """Return the scanner's own word for colour or grey; empty where it offers no such thing."""
    sign = re.compile("colou?r" if is_colour else "gr[ae]y", re.IGNORECASE)
    return next((mode for mode in modes if sign.search(mode)), "")


def _nearest(options: ScannerOptions, wished: int) -> int:
    """Return what a scanner offers nearest to the wished resolution, the finer one of two."""
    offered = options.resolutions
    if not offered:
        return 0
    if options.is_range:
        return min(max(wished, offered[0]), offered[-1])
    return min(offered, key=lambda dots: (abs(dots - wished), -dots))
