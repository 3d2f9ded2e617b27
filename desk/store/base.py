"""What all tables share: naming of constraints, moments, codes, column kinds."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Index, MetaData, String, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """A moment: timestamptz on PostgreSQL, UTC text on SQLite; always handed out with its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the storage of this engine."""
        sqlite = dialect.name == "sqlite"
        return dialect.type_descriptor(String(32) if sqlite else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Refuse naive times; they are always a mistake here."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment must carry its zone")
        value = value.astimezone(UTC)
        return value.isoformat(timespec="microseconds") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Hand it out in UTC, with its zone."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        assert isinstance(moment, datetime)  # noqa: S101
        return moment.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """Plain data as canonical JSON text: the same bytes on both engines, so it can be hashed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write it with sorted keys and without spaces."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Read it back."""
        return None if value is None else json.loads(value)


# made once: json.dumps makes one for every text
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_json(value: Any) -> str:
    """Return the one JSON text of `value`."""
    return _CANONICAL.encode(value)


def enum_column(table: type[StrEnum], *, named: str = "", **more: Any) -> Mapped[Any]:
    """Return a text column limited to the codes of `table`.

    Args:
        named: what its constraint is called, where two columns of one table share their codes.
    """
    kind = Enum(
        table,
        native_enum=False,
        create_constraint=True,
        length=24,
        name=named or table.__name__.lower(),
        values_callable=lambda codes: [code.value for code in codes],
    )
    return mapped_column(kind, **more)


def where_there_is(column: str) -> Index:
    """Return an index of a column that few rows have, of these rows alone.

    Counted with the others, all that have none look like one value: SQLite then reads the whole
    table rather than ask the index.
    """
    has_one = text(f"{column} IS NOT NULL")
    return Index(None, column, sqlite_where=has_one, postgresql_where=has_one)


RowId = Annotated[int, mapped_column(BigInteger, primary_key=True, autoincrement=False)]
Ref = Annotated[int, mapped_column(BigInteger)]
ShortText = Annotated[str, mapped_column(String(200))]
LongText = Annotated[str, mapped_column(Text)]
Moment = Annotated[datetime, mapped_column(UtcTime)]
Json = Annotated[Any, mapped_column(JsonText)]
Day = date


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
