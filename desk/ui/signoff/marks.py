"""Which opinions were opened and chosen for signing together (成批签批): none without a look."""

from collections.abc import Sequence

from desk.queries.sign_queue import SignRow
from desk.queries.sign_sheet import SignSheet
from desk.rules.opinion_checks import may_be_signed
from desk.rules.sign_route import Stand


class Marks:
    """Knows opinions by case and version: one that was changed must be looked at again."""

    def __init__(self) -> None:
        self._opened: set[tuple[int, int]] = set()
        self._marked: list[tuple[int, int]] = []

    def opened(self, sheet: SignSheet) -> None:
        """Count an opinion as looked at, at this version."""
        self._opened.add((sheet.case_id, sheet.version))

    def toggle(self, row: SignRow, sheet: SignSheet | None) -> str:
        """Choose an opinion or leave it out; return why it cannot be chosen, if it cannot."""
        key = (row.case_id, row.version)
        if key in self._marked:
            self._marked.remove(key)
            return ""
        if sheet is None or key not in self._opened:
            return "请先看过这一份，再选进成批签批。"
        if row.stand is Stand.DEPUTY:
            return "代签的请逐件按 Alt+D，不能成批。"
        if not may_be_signed(sheet.checks):
            return "这一份有不能签发的问题，请单独处理。"
        self._marked.append(key)
        return ""

    def keep(self, rows: Sequence[SignRow]) -> None:
        """Forget what is no longer in the queue at the version that was looked at."""
        there = {(row.case_id, row.version) for row in rows}
        self._marked = [key for key in self._marked if key in there]

    def chosen(self) -> list[tuple[int, int]]:
        """Return what was chosen, by case and version."""
        return list(self._marked)

    def holds(self, row: SignRow) -> bool:
        """Return whether an opinion was chosen."""
        return (row.case_id, row.version) in self._marked
