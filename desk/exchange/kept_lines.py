"""The lines of a sheet while nobody has said yet that it may go out (待导出的行).

They lie in a file that has no name and goes with its last use, so that a year of a large hall takes
no more memory than a day of a small one.
"""

import json
import tempfile
import weakref
from collections.abc import Iterator, Sequence


class KeptLines:
    """Lines of text cells; they can be gone through again and again."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="ascii")  # noqa: SIM115 - as long as these
        weakref.finalize(self, self._file.close)
        self._count = 0
        self._shown: Sequence[int] | None = None

    def add(self, cells: Sequence[str]) -> None:
        """Put a line below the others."""
        self._file.write(f"{json.dumps(cells)}\n")
        self._count += 1

    def show(self, columns: Sequence[int]) -> None:
        """Leave out all other columns from now on."""
        self._shown = columns

    def __len__(self) -> int:
        """Return how many lines there are."""
        return self._count

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Yield the lines in their order."""
        self._file.seek(0)
        for line in self._file:
            cells = json.loads(line)
            yield tuple(cells if self._shown is None else [cells[at] for at in self._shown])
