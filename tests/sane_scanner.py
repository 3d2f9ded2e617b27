"""The test scanner of SANE (scanimage's own “test” backend), set as a test wants it."""

import shutil
from pathlib import Path

import pytest

SETTINGS = Path("/etc/sane.d/test.conf")


class SaneScanner:
    """A scanner without a machine: its driver draws pages, counts sheets and complains."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._monkeypatch = folder, monkeypatch
        (folder / "dll.conf").write_text("test\n")
        shutil.copy(SETTINGS, folder / "test.conf")
        monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))
        self.set("number_of_devices", "1")

    def set(self, name: str, value: str) -> None:
        """Let the scanner behave otherwise from the next page on."""
        file = self._folder / "test.conf"
        others = [line for line in file.read_text().splitlines() if not line.startswith(name)]
        file.write_text("\n".join([*others, f"{name} {value}", ""]))

    def unplug(self) -> None:
        """Let no scanner be found."""
        (self._folder / "dll.conf").write_text("")

    def take_program_away(self) -> None:
        """Let the machine have no scanning program at all."""
        self._monkeypatch.setenv("PATH", str(self._folder))


@pytest.fixture
def scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SaneScanner:
    """A flatbed with a feeder of ten sheets."""
    folder = tmp_path / "sane"
    folder.mkdir()
    return SaneScanner(folder, monkeypatch)
