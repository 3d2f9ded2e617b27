"""Rows with validity: a change ends the old row and begins a new one (HOUSE.md decision 16)."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from desk.rules.errors import RuleBroken
from desk.store.ids import new_id
from desk.store.models.hall import today_rows
from desk.store.transaction import Transaction


def valid_row(tx: Transaction, table: Any, same: Any, on: date) -> Any:
    """Return the row valid on a day.

    Raises:
        RuleBroken: there is none, or none so early.
    """
    rows = select(table).where(table.street_id == tx.street_id, same)
    row = tx.session.scalar(rows.where(today_rows(table, on)))
    if row is not None:
        return row
    first = tx.session.scalar(rows.order_by(table.valid_from).limit(1))
    if first is not None and on < first.valid_from:
        raise RuleBroken(f"生效日期不能早于 {first.valid_from:%Y-%m-%d}。", field="valid_from")
    raise RuleBroken("找不到要更改的一行，请刷新后再试。")


def renew(tx: Transaction, old: Any, start: date, fresh: dict[str, Any]) -> None:
    """End a dated row and begin a changed copy of it; a row begun on that day is changed in place.

    The copy ends when the old row would have ended, so that a change already planned for a later
    day still comes.
    """
    if start == old.valid_from:
        for name, value in fresh.items():
            setattr(old, name, value)
        return
    values = {
        column.key: getattr(old, column.key) for column in type(old).__table__.columns
    } | fresh
    old.valid_to = start
    tx.session.flush()
    tx.add(type(old)(**(values | {"id": new_id(), "valid_from": start})))


def dated(tx: Transaction, table: Any, same: Any, values: dict[str, Any] | None) -> None:
    """Replace, begin or end the dated row from today."""
    old = tx.session.scalar(
        select(table).where(table.street_id == tx.street_id, same, today_rows(table, tx.today))
    )
    if old is not None and values is not None:
        tx.watch(old)
        renew(tx, old, tx.today, values)
    elif old is not None:
        if old.valid_from == tx.today:
            tx.session.delete(old)
        else:
            old.valid_to = tx.today
    elif values is not None:
        row = {"id": new_id(), "street_id": tx.street_id, "valid_from": tx.today, **values}
        tx.add(table(**row))


def change_in_place(tx: Transaction, row: Any, fresh: dict[str, Any]) -> None:
    """Change a row that others hold the id of; the history line keeps what it was."""
    tx.watch(row)
    for name, value in fresh.items():
        setattr(row, name, value)


def require_free(tx: Transaction, table: Any, same: Any, what: str, name: str) -> None:
    """Raise RuleBroken when the name is empty or taken."""
    if not name.strip():
        raise RuleBroken(f"{what}的名称还没有写。", field="name")
    query = select(func.count()).select_from(table).where(table.street_id == tx.street_id, same)
    if hasattr(table, "valid_from"):
        query = query.where(today_rows(table, tx.today))
    if tx.session.scalar(query):
        raise RuleBroken(f"{what}“{name}”已经有了。", field="name")
