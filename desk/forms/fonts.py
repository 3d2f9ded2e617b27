"""Choose the face of every character on paper (小标宋、仿宋、黑体、楷体、宋体 and what fills gaps).

A chain of faces stands behind each role: the hall's own font where there is one, then ours,
then the faces that fill gaps up to all ideographs of GB 18030-2022 level 3. A character that
no face can show is drawn as a box with its code and reported, never left blank.
"""

import hashlib
import logging
import os
import sys
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, get_args

from reportlab.pdfbase import pdfmetrics

from desk.forms.embedding import PaperFont
from desk.forms.truetype import NotUsable, TrueType

log = logging.getLogger(__name__)

Role = Literal["title", "body", "heading", "kai", "song"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "fonts"
# Stored with every issued paper; raised whenever a file of resources/fonts changes.
BUILT_IN: Final = "2026.11"

_OURS: Final[Mapping[Role, str]] = {
    "title": "NotoSerifSC-Black-GB2312",
    "body": "FandolFang-Regular",
    "heading": "NotoSansSC-Regular",
    "kai": "Kai-GB2312",
    "song": "NotoSerifSC-Regular",
}
_GAPS: Final[Mapping[Role, tuple[str, ...]]] = {
    "title": ("NotoSerifSC-Regular",),
    "body": ("NotoSerifSC-Regular",),
    "heading": ("NotoSerifSC-Regular",),
    "kai": ("FandolFang-Regular", "NotoSerifSC-Regular"),
    "song": (),
}
_LAST: Final = ("NotoSansSC-Regular", "FandolFang-Regular", "RareHan-A", "RareHan-B")

# What halls have bought or what comes with their systems, best first.
_HALL_NAMES: Final[Mapping[Role, tuple[str, ...]]] = {
    "title": ("方正小标宋_GBK", "方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0"),
    "body": ("仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "方正仿宋简体", "仿宋", "FangSong"),
    "heading": ("方正黑体_GBK", "方正黑体简体", "黑体", "SimHei"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "方正楷体简体", "楷体", "KaiTi"),
    "song": ("方正书宋_GBK", "方正书宋简体", "宋体", "SimSun"),
}
# Beginnings of the file names under which these come, so that a system's other fonts are not read.
_HALL_FILES: Final = (
    *("方正", "fz", "仿宋", "simfang", "fangsong", "黑体", "simhei"),
    *("楷体", "simkai", "kaiti", "宋体", "simsun"),
)
# Western faces give these half a width; Chinese setting wants a full one.
_FULL_WIDTH: Final = frozenset("“”‘’—…")
_NEARLY_FULL: Final = 950


@dataclass(frozen=True, slots=True)
class Glyph:
    """Which face shows a character (None: none does) and how wide it is in 1/1000 em."""

    face: PaperFont | None
    width: float


@dataclass(frozen=True, slots=True)
class HallFont:
    """A font of the hall that papers use instead of ours."""

    role: Role
    name: str
    path: Path
    index: int


class Chain:
    """The faces behind one role, asked in order."""

    def __init__(self, faces: tuple[str, ...], hall: HallFont | None = None) -> None:
        self._faces = faces
        self._hall = hall
        self._known: dict[str, Glyph] = {}

    def __getitem__(self, char: str) -> Glyph:
        """Return how a character is shown."""
        glyph = self._known.get(char)
        if glyph is None:
            glyph = self._known[char] = self._look(char)
        return glyph

    def width(self, text: str) -> float:
        """Return the width of a text in 1/1000 em."""
        return sum([self[char].width for char in text])

    @property
    def first(self) -> PaperFont:
        """Return the face that is asked first."""
        return next(self._loaded())

    def _loaded(self) -> Iterator[PaperFont]:
        if self._hall is not None:
            yield load(self._hall.path, self._hall.index)
        for name in self._faces:
            yield load(FOLDER / f"{name}.ttf")

    def _look(self, char: str) -> Glyph:
        second_best = None
        for face in self._loaded():
            number = face.glyph(char)
            if not number or not (char.isspace() or face.truetype.outline(number)):
                continue
            glyph = Glyph(face, face.width(char))
            if char not in _FULL_WIDTH or glyph.width >= _NEARLY_FULL:
                return glyph
            second_best = second_best or glyph
        return second_best or Glyph(None, 500 if unicodedata.combining(char) else 1000)


@dataclass(frozen=True, slots=True)
class FontSet:
    """All chains of one hall, and the name under which papers remember them."""

    chains: Mapping[Role, Chain]
    hall_fonts: tuple[HallFont, ...]
    version: str


def load(path: Path, index: int = 0) -> PaperFont:
    """Open a font once and make it known to ReportLab.

    Raises:
        NotUsable: the file has no TrueType outlines or forbids embedding.
    """
    return _load(path, index)


@cache
def _load(path: Path, index: int) -> PaperFont:
    with _LOADING:
        face = TrueType(path, index)
        if not face.may_be_embedded:
            raise NotUsable(f"{path.name} 的许可不允许嵌入文书")
        name = path.stem
        if path.parent != FOLDER:
            name = "Hall" + hashlib.sha256(f"{path}#{index}".encode()).hexdigest()[:10]
        font = PaperFont(name, face)
        pdfmetrics.registerFont(font)
        return font


_LOADING = threading.Lock()


def font_set(folder: Path | None = None) -> FontSet:
    """Return our fonts; with `folder` the hall's own and the system's come first.

    Without a folder the result depends on nothing but this program's version.
    """
    if folder is None:
        return _font_set(())
    changed = folder.stat().st_mtime_ns if folder.is_dir() else 0
    return _font_set(_found(folder, changed))


def font_set_version(folder: Path | None = None) -> str:
    """Return the name under which an issued paper remembers its fonts."""
    return font_set(folder).version


@cache
def _font_set(found: tuple[HallFont, ...]) -> FontSet:
    by_role = {font.role: font for font in found}
    chains = {}
    for role in ROLES:
        names = dict.fromkeys((_OURS[role], *_GAPS[role], *_LAST))
        chains[role] = Chain(tuple(names), by_role.get(role))
    version = BUILT_IN
    if found:
        digest = hashlib.sha256()
        for font in found:
            digest.update(f"{font.role}:{font.index}:".encode())
            digest.update(font.path.read_bytes())
        version += "+" + digest.hexdigest()[:12]
    return FontSet(chains, found, version)


@lru_cache(maxsize=4)
def _found(folder: Path, changed: int) -> tuple[HallFont, ...]:  # noqa: ARG001 part of the key
    return tuple(hall_fonts(folder))


def hall_fonts(folder: Path) -> list[HallFont]:
    """Return the hall's fonts, one for each role it has one for; its own folder wins."""
    by_name: dict[str, tuple[Path, int]] = {}
    for path in [*_files(folder), *(p for top in _system_folders() for p in _likely(top))]:
        for index, names in _names(path):
            for name in names:
                by_name.setdefault(name, (path, index))
    found = []
    for role in ROLES:
        for name in _HALL_NAMES[role]:
            if name in by_name:
                found.append(HallFont(role, name, *by_name[name]))
                break
    return found


def _names(path: Path) -> Iterator[tuple[int, set[str]]]:
    """Yield the names of each usable face of a file."""
    for index in range(4 if path.suffix.lower() == ".ttc" else 1):
        try:
            yield index, load(path, index).truetype.names()
        except (NotUsable, OSError, ValueError) as error:
            log.info("字体不能使用：%s", error)
            return


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    kinds = {".ttf", ".ttc"}
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in kinds)


def _likely(folder: Path) -> list[Path]:
    return [path for path in _files(folder) if path.stem.lower().startswith(_HALL_FILES)]


def _system_folders() -> list[Path]:
    """Return where this system keeps fonts; on Linux the places fontconfig looks at first."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
        return [windows, home / "AppData/Local/Microsoft/Windows/Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts"]
