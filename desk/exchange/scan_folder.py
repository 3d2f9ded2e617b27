"""The watched folder of scans (扫描件文件夹): what has arrived, and where it goes; nothing is lost.

What was filed is moved to `已归档/日期`, what nobody could tell to `待人工` with the reason beside
it. Nothing is ever deleted or written over. Plain files; knows neither windows nor the database.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

from desk.rules.errors import RuleBroken

FILED, BY_HAND = "已归档", "待人工"
_REASON = ".原因.txt"
_ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"})
_LARGEST = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file in the folder as it looked at one moment; while it grows it looks different."""

    path: Path
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A scan that somebody must look at, and why."""

    path: Path
    reason: str


def arrived(folder: Path) -> frozenset[Arrived]:
    """Return the scans that lie in the folder now.

    Raises:
        RuleBroken: the folder cannot be read.
    """
    try:
        return frozenset(_looked_at(folder))
    except OSError as error:
        raise RuleBroken(
            f"扫描件文件夹“{folder}”打不开。请检查它还在不在、连没连上网络盘，或换一个文件夹。"
        ) from error


def settled(before: frozenset[Arrived], now: frozenset[Arrived]) -> list[Arrived]:
    """Return what looks the same at two looks: the scanner has finished writing it."""
    return sorted((file for file in now & before if file.size), key=lambda file: file.changed_ns)


def read_file(path: Path) -> bytes:
    """Return what a scan holds.

    Raises:
        RuleBroken: it cannot be read, or is larger than 200 MB.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise RuleBroken("文件超过 200 MB，请按 200 dpi、灰度重新扫描，或分成几个。")
        return path.read_bytes()
    except OSError as error:
        raise RuleBroken(f"“{path.name}”读不出来，请检查文件还在不在。") from error


def command_of(content: bytes, paper: int) -> UUID:
    """Return the same command for the same scan and paper, so that filing it again does nothing."""
    return uuid5(NAMESPACE_OID, f"{hashlib.sha256(content).hexdigest()}:{paper}")


def put_away(path: Path, folder: Path, on: date) -> Path | None:
    """Move a filed scan to the day's folder; return where it lies now, None if it was gone.

    Raises:
        RuleBroken: the folder does not take it.
    """
    moved = _moved(path, folder / FILED / f"{on:%Y-%m-%d}")
    with suppress(OSError):
        _reason_of(path).unlink(missing_ok=True)
    return moved


def leave_to_people(path: Path, folder: Path, reason: str) -> Path | None:
    """Move a scan to where people look at it, with the reason beside it.

    Raises:
        RuleBroken: the folder does not take it.
    """
    moved = _moved(path, folder / BY_HAND)
    if moved is not None:
        with suppress(OSError):  # the scan itself is what counts
            _reason_of(moved).write_text(reason, encoding="utf-8")
    return moved


def left_over(folder: Path) -> tuple[LeftOver, ...]:
    """Return the scans that wait for somebody, in the order of their names."""
    with suppress(OSError):
        found = sorted(file.path for file in _looked_at(folder / BY_HAND))
        return tuple(LeftOver(path, _read_reason(path)) for path in found)
    return ()


def _looked_at(folder: Path) -> Iterator[Arrived]:
    for path in folder.iterdir():
        if path.suffix.lower() not in _ENDINGS or path.name.startswith((".", "~")):
            continue
        with suppress(FileNotFoundError):  # another desk was quicker
            facts = path.stat()
            if path.is_file():
                yield Arrived(path, facts.st_size, facts.st_mtime_ns)


def _moved(path: Path, target: Path) -> Path | None:
    """Move a file beside whatever has its name already, never over it."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        for place in _names(target, path):
            try:
                place.touch(exist_ok=False)  # the name is ours from now on
            except FileExistsError:
                continue
            return _replaced(path, place)
    except OSError as error:
        raise RuleBroken(
            f"“{path.name}”移不进“{target.name}”。扫描件没有丢，请检查文件夹能不能写入。"
        ) from error
    return None


def _replaced(path: Path, place: Path) -> Path | None:
    try:
        path.replace(place)
    except FileNotFoundError:  # another desk has moved it meanwhile
        place.unlink()
        return None
    except OSError:
        place.unlink()
        raise
    return place


def _names(target: Path, path: Path) -> Iterator[Path]:
    yield target / path.name
    for number in range(2, 10_000):
        yield target / f"{path.stem}（{number}）{path.suffix}"


def _reason_of(path: Path) -> Path:
    return path.with_name(path.name + _REASON)


def _read_reason(path: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return _reason_of(path).read_text(encoding="utf-8").strip()
    return ""
