"""What is copied for many tests is made once for all workers of a run: by whoever asks first.

`.ci/run` names one folder for all its runs (HALL_TESTS_MADE); else the workers of one run share.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = os.environ.get("HALL_TESTS_MADE", "")
Make = Callable[[Path], None]


class MadeOnce:
    """A folder of files, and of folders, that are made once and then only read."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def get(self, name: str, make: Make) -> Path:
        """Return what is called so; `make` fills its place if nobody has done so yet."""
        there = self._folder / name
        with (self._folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # held by a worker that died: free again
            if not there.exists():
                part = self._folder / f"part.{name}"
                _remove(part)
                make(part)
                part.rename(there)
        return there


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Return what all workers share."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return MadeOnce(Path(FOLDER) if FOLDER else shared / "made-once")
