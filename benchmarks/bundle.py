"""How large the offline bundle is, and how long until its window is there, beside the source's.

Run: python -m benchmarks.bundle FOLDER_WITH_ARCHIVE_AND_DEB [--runs 5]
It unpacks the archive into a folder of its own and starts it on a screen of its own (Xvfb), without
network and with an empty home; the source is started in the same way, in turn with it.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE = 120  # seconds


def main() -> None:
    """Print the sizes, then the medians of both ways of starting and their ratio."""
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    for file in sorted(given.folder.glob("case-desk-*")):
        print(f"{file.name}: {file.stat().st_size / 2**20:.1f} MB")
    (archive,) = given.folder.glob("*.tar.xz")
    with tempfile.TemporaryDirectory() as name, _screen() as display:
        there = Path(name) / "bundle"
        begun = time.perf_counter()
        with tarfile.open(archive) as packed:
            packed.extractall(there, filter="data")
        print(f"unpacked in {time.perf_counter() - begun:.1f} s: {_size(there) / 2**20:.0f} MB")
        (program,) = there.glob("*/case-desk")
        _measure(program, display, given.runs)


def _measure(program: Path, display: str, runs: int) -> None:
    ways = {"bundle": [str(program)], "source": [sys.executable, str(_ROOT / "main.py")]}
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for command in ways.values():
        _once(command, display)  # warm the disk
    for _ in range(runs):
        for way, command in ways.items():
            found[way].append(_once(command, display))
    for index, what in enumerate(("wall clock", "processor")):
        middle = {way: statistics.median(run[index] for run in took) for way, took in found.items()}
        print(f"window shown, {what}: bundle {middle['bundle']:.2f} s, source "
              f"{middle['source']:.2f} s; ratio {middle['bundle'] / middle['source']:.2f} "
              f"({runs} runs)")  # fmt: skip


def _once(command: list[str], display: str) -> tuple[float, float]:
    """Start it with an empty home and no network; return seconds, and processor seconds."""
    home = tempfile.mkdtemp()
    words = {"HOME": home, "PATH": os.environ["PATH"], "DISPLAY": display, "LC_ALL": "C.UTF-8"}
    offline = ["unshare", "--net", "--map-root-user"]
    begun = time.perf_counter()
    process = subprocess.Popen([*offline, *command], env=words, stderr=subprocess.DEVNULL)
    try:
        seek = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "."]
        subprocess.run(seek, env=words, check=True, stdout=subprocess.DEVNULL, timeout=_PATIENCE)
        return time.perf_counter() - begun, _worked(process.pid)
    finally:
        process.terminate()
        process.wait(_PATIENCE)
        shutil.rmtree(home, ignore_errors=True)


def _worked(pid: int) -> float:
    """Return the processor seconds of a process; the launchers before it became it."""
    words = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(words[11]) + int(words[12])) / _TICKS


def _size(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())


@contextmanager
def _screen() -> Iterator[str]:
    """Run an X server and give its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(_PATIENCE)


if __name__ == "__main__":
    main()
