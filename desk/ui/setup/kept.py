"""Half of a set-up outlives the evening (接着建): kept on this workstation, without passwords."""

import json
from pathlib import Path

from desk.exchange.organisation_rows import COLUMNS, Organisation, Sheet
from desk.settings import data_folder


def kept_file() -> Path:
    """Return where a set-up that was not finished is kept."""
    return data_folder() / "setup.json"


def keep(organisation: Organisation) -> None:
    """Keep everything but the passwords."""
    file = kept_file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_suffix(".tmp")
    stored = {
        Sheet.STREET: [_open(Sheet.STREET, organisation.street)],
        **{s: [_open(s, row) for row in rows] for s, rows in organisation.rows.items()},
    }
    beside.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
    beside.replace(file)


def kept() -> Organisation | None:
    """Return what was kept, or None when nothing was or it cannot be read."""
    try:
        stored = json.loads(kept_file().read_text(encoding="utf-8"))
        organisation = Organisation(street=_texts(stored[Sheet.STREET][0]))
        for sheet in organisation.rows:
            organisation.rows[sheet] = [_texts(row) for row in stored[sheet]]
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None
    return organisation


def forget() -> None:
    """Throw away what was kept: the street has been founded."""
    kept_file().unlink(missing_ok=True)


def _open(sheet: Sheet, row: dict[str, str]) -> dict[str, str]:
    secret = {column.name for column in COLUMNS[sheet] if column.secret}
    return {name: text for name, text in row.items() if name not in secret}


def _texts(row: dict[str, str]) -> dict[str, str]:
    return {str(name): str(text) for name, text in row.items()}
