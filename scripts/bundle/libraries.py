"""Which packages of the build machine gave the shared libraries, and under which licences."""

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

_LICENCE = re.compile(r"^License: *(\S.*)$", re.MULTILINE)
_DOCS = Path("/usr/share/doc")
_GLIBC = re.compile(rb"GLIBC_(\d+)\.(\d+)")


def of_the_system(binaries: Path) -> list[Path]:
    """Return the files that came from neither a wheel nor Python, as PyInstaller noted them."""
    own = [Path(sysconfig.get_path("purelib")).resolve(), Path(sys.base_prefix).resolve()]
    noted = json.loads(binaries.read_text(encoding="utf-8"))
    sources = {Path(source).resolve() for _dest, source in noted if Path(source).is_absolute()}
    return sorted(one for one in sources if not any(one.is_relative_to(folder) for folder in own))


def packages_of(files: list[Path]) -> dict[str, str]:
    """Return the version of each package that one of these files belongs to.

    Raises:
        LookupError: a file belongs to no package, so that nobody can say under which licence it is.
    """
    found: dict[str, str] = {}
    for file in files:
        names = (str(file), str(file).removeprefix("/usr"))  # where /lib is /usr/lib
        owner = next((said for name in names if (said := _asked("dpkg-query", "-S", name))), "")
        if not owner:
            raise LookupError(str(file))
        package = owner.split(":", 1)[0]
        found[package] = _asked("dpkg-query", "-W", "-f", "${Version}", f"{package}")
    return found


def write_licences(packages: dict[str, str], folder: Path) -> None:
    """Keep the licences of these packages with the bundle, and a list of them for 帮助."""
    listed = []
    (folder / "libraries").mkdir(parents=True, exist_ok=True)
    for name, version in sorted(packages.items()):
        source = _DOCS / name / "copyright"
        words = source.read_text(encoding="utf-8", errors="replace") if source.is_file() else ""
        if words:
            (folder / "libraries" / f"{name}.txt").write_text(words, encoding="utf-8")
        said = sorted(set(_LICENCE.findall(words))) or ["见原文"]
        listed.append({"name": name, "version": version, "licence": "、".join(said)})
    text = json.dumps(listed, ensure_ascii=False, indent=1)
    (folder / "libraries.json").write_text(text + "\n", encoding="utf-8")


def newest_glibc(folder: Path) -> str:
    """Return the newest version of the C library that any file in a folder asks for."""
    asked = {
        (int(found[1]), int(found[2]))
        for file in folder.rglob("*")
        if file.is_file() and not file.is_symlink() and file.read_bytes()[:4] == b"\x7fELF"
        for found in _GLIBC.finditer(file.read_bytes())
    }
    return ".".join(map(str, max(asked)))


def _asked(*command: str) -> str:
    if shutil.which(command[0]) is None:
        raise LookupError(command[0])
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
