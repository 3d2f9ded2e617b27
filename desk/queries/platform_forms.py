"""Forms of other platforms that are in use (平台格式)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from desk.queries.administration import Record, Register
from desk.rules.platform_forms import SEPARATORS, FormLine, as_written
from desk.store.database import Reader
from desk.store.models import PlatformForm


@dataclass(frozen=True, slots=True)
class PlatformFormView:
    """One form in use; see `store.models.PlatformForm`."""

    id: int
    name: str
    kind: str
    lines: tuple[FormLine, ...]
    fixed: Mapping[str, str]
    separator: str


def platform_forms(reader: Reader, *, is_import: bool) -> tuple[PlatformFormView, ...]:
    """Return the forms by which files are read in, or cases copied out, by name."""
    rows = reader.session.scalars(
        select(PlatformForm)
        .where(
            PlatformForm.street_id == reader.person.street_id,
            PlatformForm.is_import.is_(is_import),
            PlatformForm.valid_to.is_(None),
        )
        .order_by(PlatformForm.name)
    )
    return tuple(
        PlatformFormView(
            row.id,
            row.name,
            row.kind,
            tuple(FormLine(heading, tuple(columns)) for heading, columns in row.lines),
            dict(row.fixed),
            row.separator,
        )
        for row in rows
    )


def copy_form_register(reader: Reader) -> Register:
    """Return the forms into which cases are copied, as the administration page lists them."""
    records = tuple(
        Record(
            form.id,
            form.name,
            f"{len(form.lines)} 块",
            {
                "平台": form.name,
                "几栏合成一块时用什么隔开": form.separator,
                "栏目": as_written(form.lines),
            },
        )
        for form in platform_forms(reader, is_import=False)
    )
    return Register(records, {"几栏合成一块时用什么隔开": tuple(SEPARATORS)})
