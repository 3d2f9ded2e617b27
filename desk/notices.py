"""What this program is made of (许可、更新记录): its version and its parts, with their licences.

The pages of the help and the bill of materials of a bundle are both made from this one list. From
the source the libraries of the system are those of the machine and not listed; a bundle carries
its own and lists them in `licences/libraries.json`, written when it was built.
"""

import json
import platform
import re
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from desk import __version__

ROOT = Path(__file__).resolve().parents[1]
_PIN = re.compile(r"^([a-z0-9-]+)==", re.MULTILINE)
_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
_KINDS_OF_CHANGE = {"added": "新增", "changed": "调整", "fixed": "修正", "removed": "取消"}
_LGPL = ("resources/licences/LGPL-3.0.txt", "resources/licences/GPL-3.0.txt")
# of packages whose wheels bring no words along, or say it in more than a name
_SAID = {
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "rl-accel": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "chinesecalendar": "MIT",
    "segno": "BSD-3-Clause",
}
_WORDS = {"pyside6-essentials": _LGPL, "shiboken6": _LGPL}
_OFL = "OFL-1.1"
_FONTS = (
    ("Noto Serif SC", _OFL, "NotoSerifSC-LICENSE.txt"),
    ("Noto Sans SC", _OFL, "NotoSansSC-LICENSE.txt"),
    ("FandolFang", "GPL-3.0-only WITH Font-exception-2.0", "FandolFang-COPYING.txt"),
    ("Kai（LXGW WenKai 的子集）", _OFL, "Kai-LICENSE.txt"),
    ("RareHan（HanaMin 的子集）", _OFL, "RareHan-LICENSE.txt"),
)


class Kind(StrEnum):
    """What sort of part it is."""

    PROGRAM = "program"
    PACKAGE = "package"
    FONT = "font"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Part:
    """One part that is handed on with the program.

    Attributes:
        licence: as SPDX writes it, where its makers say it so.
        files: where its licence can be read; none where it came without the words.
    """

    name: str
    version: str
    licence: str
    kind: Kind
    files: tuple[Path, ...] = ()

    def words(self) -> str:
        """Return the whole licence, file after file."""
        texts = (file.read_text(encoding="utf-8", errors="replace") for file in self.files)
        return "\n\n".join(text.strip("\n") for text in texts)


def parts(root: Path = ROOT) -> tuple[Part, ...]:
    """Return all that is handed on with the program, the program first."""
    own = Part("案台", __version__, "MIT", Kind.PROGRAM, (root / "LICENSE",))
    return (own, _python(root), *_packages(root), *_fonts(root), *_libraries(root))


def change_log(root: Path = ROOT) -> str:
    """Return what changed, as Markdown: what is not released yet, then version by version."""
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    head = log.find("\n## [")
    released = log[head:].strip("\n") if head >= 0 else ""
    return "\n\n".join(text for text in (_unreleased(root), released) if text)


def _unreleased(root: Path) -> str:
    said = [f"## {__version__}（尚未发布的变化）"]
    for kind, title in _KINDS_OF_CHANGE.items():
        files = sorted((root / "changes.d").glob(f"*.{kind}.md"))
        lines = [f"- {file.read_text(encoding='utf-8').strip()}" for file in files]
        said += [f"### {title}", "\n".join(lines)] if lines else []
    return "\n\n".join(said) if len(said) > 1 else ""


def _python(root: Path) -> Part:
    places = (
        root / "licences" / "python",
        Path(sysconfig.get_path("stdlib")),
        Path(sys.base_prefix),
    )
    files = (place / "LICENSE.txt" for place in places)
    found = next((file for file in files if file.is_file()), None)
    words = (found,) if found else ()
    return Part("Python", platform.python_version(), "PSF-2.0", Kind.PROGRAM, words)


def _packages(root: Path) -> Iterator[Part]:
    for name in _PIN.findall((root / "requirements.lock").read_text(encoding="utf-8")):
        try:
            found = distribution(name)
        except PackageNotFoundError:  # for another kind of machine
            continue
        own = tuple(root / file for file in _WORDS.get(name, ()))
        said = _SAID.get(name) or _licence_of(found)
        yield Part(found.name, found.version, said, Kind.PACKAGE, own or tuple(_files_of(found)))


def _licence_of(found: Distribution) -> str:
    """Return the licence as the package names it, in whichever of the three ways."""
    facts = found.metadata
    said = [*(facts.get_all("License-Expression") or ()), *(facts.get_all("License") or ())]
    named = said[0] if said else ""
    if named and "\n" not in named and len(named) < 40:  # noqa: PLR2004 - a name, not the words
        return named
    classes = [one for one in facts.get_all("Classifier") or [] if one.startswith("License ::")]
    return classes[-1].rpartition("::")[2].strip() if classes else "见原文"


def _files_of(found: Distribution) -> Iterator[Path]:
    for file in found.files or ():
        inside = ".dist-info" in file.parts[0]
        if inside and ("licenses" in file.parts or _LICENCE_FILE.search(file.name)):
            place = Path(str(found.locate_file(file)))
            if place.is_file():
                yield place


def _fonts(root: Path) -> Iterator[Part]:
    folder = root / "resources" / "fonts"
    for name, licence, file in _FONTS:
        yield Part(name, "", licence, Kind.FONT, (folder / file,))


def _libraries(root: Path) -> Iterator[Part]:
    folder = root / "licences"
    try:
        listed = json.loads((folder / "libraries.json").read_text(encoding="utf-8"))
    except OSError:  # run from the source
        return
    for one in listed:
        words = folder / "libraries" / f"{one['name']}.txt"
        files = (words,) if words.is_file() else ()
        yield Part(one["name"], one["version"], one["licence"], Kind.LIBRARY, files)
