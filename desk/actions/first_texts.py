"""The texts a new hall begins with (答复口径、常用语): ours to start from, theirs to change."""

import tomllib
from datetime import datetime
from pathlib import Path

from desk.actions.answer_library import SetLibraryText
from desk.rules.codes import LibraryKind

_FILE = Path(__file__).resolve().parents[2] / "resources" / "data" / "library.toml"


def first_texts(made_by: int, at: datetime) -> list[SetLibraryText]:
    """Return the requests that fill the library of a new street."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["text"]
    return [
        SetLibraryText(
            made_by=made_by,
            happened_at=at,
            kind=LibraryKind(row["kind"]),
            title=row["title"],
            body=row["body"],
            source=row.get("source", ""),
            valid_from=row["valid_from"],
        )
        for row in rows
    ]
