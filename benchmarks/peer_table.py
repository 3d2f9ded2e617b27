"""Qt's own table of a database, as its examples show it: one table, no rules, no history."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtSql import QSqlDatabase, QSqlQuery, QSqlTableModel
from PySide6.QtWidgets import QApplication

from benchmarks.peer_ledger import COLUMNS


class TableModel:
    """One table with an index on the day of reception."""

    def __init__(self, file: Path, rows: Sequence[Mapping[str, object]]) -> None:
        self._app = QApplication.instance() or QApplication([])
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(
                "CREATE TABLE appeals (id INTEGER PRIMARY KEY, number, name, phone, address, "
                "details, unit, received_at, closed_at, responded, solved, satisfied)"
            )
            connection.execute("CREATE INDEX ix_received ON appeals (received_at)")
            connection.executemany(
                "INSERT INTO appeals (number, name, phone, address, details, unit, received_at, "
                "closed_at, responded, solved, satisfied) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                [[_plain(row[name]) for name in COLUMNS] for row in rows],
            )
        connection.close()
        self._database = QSqlDatabase.addDatabase("QSQLITE", "peers")
        self._database.setDatabaseName(str(file))
        assert self._database.open()

    def register(self, n: int) -> object:
        """Insert a row and submit it."""
        model = QSqlTableModel(None, self._database)
        model.setTable("appeals")
        model.setEditStrategy(QSqlTableModel.EditStrategy.OnManualSubmit)
        record = model.record()
        facts = (f"新{n}", "陈桂芳", "13800000023", "榕荫里 7 栋", "电梯停运")
        for name, value in zip(COLUMNS, facts, strict=False):
            record.setValue(name, value)
        record.setGenerated(0, False)  # noqa: FBT003 - Qt's own way
        assert model.insertRecord(-1, record)
        assert model.submitAll(), model.lastError().text()
        return n

    def first_page(self) -> object:
        """Select newest first; the model fetches its first rows."""
        model = QSqlTableModel(None, self._database)
        model.setTable("appeals")
        model.setSort(7, Qt.SortOrder.DescendingOrder)
        assert model.select()
        return model.rowCount()

    def find(self, fragment: str) -> object:
        """Set the filter of the model."""
        model = QSqlTableModel(None, self._database)
        model.setTable("appeals")
        model.setFilter(f"name LIKE '%{fragment}%'")
        assert model.select()
        return model.rowCount()

    def month(self) -> object:
        """Ask beside the model, by the month that its text begins with."""
        query = QSqlQuery(self._database)
        month = datetime.now(UTC).strftime("%Y-%m")
        query.prepare(
            "SELECT unit, count(*), sum(responded), sum(solved), sum(satisfied) FROM appeals "
            "WHERE substr(received_at, 1, 7) = ? GROUP BY unit"
        )
        query.addBindValue(month)
        assert query.exec()
        found = 0
        while query.next():
            found += 1
        return found


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return int(value) if isinstance(value, bool) else value
