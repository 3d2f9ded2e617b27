"""Importing appeals (导入诉求台账、12345 工单): each row one command, repeats after the others."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import desk.actions.ledger_import  # noqa: F401 - registers the action
from desk.actions.ledger_request import ImportCase, KnownCase, known_case
from desk.exchange.appeal_lines import appeal_row
from desk.exchange.appeal_row import AppealRow
from desk.exchange.import_run import ImportRun
from desk.exchange.ledgers import LedgerReading, Refusal
from desk.exchange.row_request import request_of
from desk.store.database import Database
from desk.store.requests import Changes

FIXED = "登记后不能更改，没有改动"


class AppealRun(ImportRun[AppealRow, ImportCase]):
    """One run over a ledger of appeals."""

    def __init__(self, database: Database, reading: LedgerReading, *, is_check: bool) -> None:
        super().__init__(database, reading, is_check=is_check)
        self._strangers: Counter[str] = Counter()
        self._new_categories: Counter[str] = Counter()
        self._checked: dict[tuple[str, str], KnownCase] = {}

    def in_order(self, rows: Iterable[AppealRow]) -> list[AppealRow]:
        """Return the rows with repeats behind the others, so that their main cases are known."""
        return sorted(rows, key=lambda row: bool(row.repeat_of))

    def request_of(self, row: AppealRow) -> ImportCase | Refusal:
        """Return the request for a row, or every word in it that nobody here knows."""
        return request_of(row, self.directory, self.reading.ledger, self.made_by)

    def version_of(self, row: AppealRow) -> int | None:
        """Return the version of the case that the row is about, as far as one is known by now."""
        known = self._known(row)
        return None if known is None else known.version

    def is_same(self, row: AppealRow, request: ImportCase) -> bool:
        """Return whether the row says what was imported last, or what is on record anyway."""
        known = self._known(row)
        if known is None:
            return False
        if known.is_own or known.content_hash == request.content_hash:
            return True
        present = self.database.read(lambda r: appeal_row(r, self.directory, known.case_id))
        if present is None:
            return False
        own = request_of(present, self.directory, self.reading.ledger, self.made_by)
        return isinstance(own, ImportCase) and own.content_hash == request.content_hash

    def command_of(self, request: ImportCase, version: int | None) -> UUID:
        """Return the command id of a row."""
        return command_of(self.database.person.street_id, request, version)

    def happened_at(self, request: ImportCase) -> datetime:
        """Return when the appeal was received."""
        return request.happened_at

    def note(self, row: AppealRow, request: ImportCase) -> None:
        """Remember first responders nobody knows, and categories the hall did not have."""
        if row.first_responder and request.first_responder is None:
            self._strangers[row.first_responder] += 1
        if request.new_subcategory:
            self._new_categories[f"{row.category}—{row.subcategory}"] += 1

    def checked(self, row: AppealRow, request: ImportCase) -> None:
        """Remember a row that was only checked."""
        self._checked[row.platform, row.outside_number] = KnownCase(0, 0, request.content_hash)

    def taken(self, row: AppealRow, changes: Changes) -> None:
        """Say what was kept as it was."""
        made: Any = changes.made
        for heading in made.get("fixed", ()):
            self.hints.append(f"第 {row.row_number} 行 {heading}：{FIXED}。")
        if made.get("kept_process"):
            self.hints.append(
                f"第 {row.row_number} 行：{made['number']} 本厅已经办理，只更新了诉求内容和评价，"
                "办理过程没有改动。"
            )

    def gathered_hints(self) -> Iterable[str]:
        """Return what happened to several rows alike."""
        if self._new_categories:
            names = "、".join(f"{name}（{n} 件）" for name, n in self._new_categories.items())
            yield f"本厅原来没有的二级分类，已按台账新增：{names}。"
        if self._strangers:
            names = "、".join(f"{name}（{n} 件）" for name, n in self._strangers.items())
            yield f"首问人不在现有人员中（或有重名），姓名按台账原样保留：{names}。"

    def _known(self, row: AppealRow) -> KnownCase | None:
        checked = self._checked.get((row.platform, row.outside_number))
        if checked is not None:
            return checked
        return self.database.read(
            lambda r: known_case(
                r.session, r.person.street_id, row.platform, row.outside_number, row.received_at
            )
        )


def command_of(street_id: int, request: ImportCase, version: int | None) -> UUID:
    """Return the command id of a row: the same content twice is the same command.

    The version lets content that was there before, and was replaced since, be imported again.
    """
    parts = (street_id, request.platform, request.outside_number, request.content_hash, version)
    return uuid5(NAMESPACE_URL, "|".join(str(part) for part in parts))
