"""Tables under a second name, for queries that are built in several threads at once."""

from typing import TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import aliased

Mapped = TypeVar("Mapped")


def alias_of(table: type[Mapped]) -> type[Mapped]:
    """Return an alias that a module may keep, ready for any thread.

    The index by which an alias finds its columns is filled when the first one is asked for. While
    one thread fills it, another one finds it half filled, is warned that a column is missing, and
    then asks the table itself instead of the alias. So it is filled here, while one thread loads
    the module.
    """
    made = aliased(table)
    named = inspect(made).selectable.c
    for column in inspect(table).columns:
        named.corresponding_column(column)
    return made
