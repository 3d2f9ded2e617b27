"""Taking what the board shows out into a file (导出所列): a reason, a place, a line of the log."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.ledger_export import ON_BOARD, AskExport
from desk.exchange.export_board import board_sheet
from desk.exchange.export_ledger import ExportResult, LedgerSheet
from desk.exchange.export_listed import NeedsApproval
from desk.rules.errors import DeskError
from desk.rules.moments import in_shanghai
from desk.ui.board.ask_row import AskRow
from desk.ui.board.narrowing import Narrowing
from desk.ui.desk import Desk, Query
from desk.ui.file_choice import choose_target
from desk.ui.ledger_work import LIST_OUT, LIST_READ, sheet_out
from desk.ui.long_work import WorkDoor

_HINT = "姓名、电话、地址都遮住；导出人和理由印在文件上，并记入留痕。"
_ASKED = (
    "已申请。同事在“管理 · 导出台账”里批准后，回到这里照样列出，再按“导出所列”；"
    "申请以后新来的件不在里面。"
)

SheetOf = Callable[[str], Query[LedgerSheet | NeedsApproval]]


class ListExport(QObject):
    """Exports all cases that a screen lists.

    Args:
        kind: whose list it is; the file bears the name.
        sheet: returns for a reason the query that reads what would go out.

    Signals:
        said: a sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, kind: str, sheet: SheetOf, ask: AskRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._kind, self._sheet = desk, kind, sheet
        self._ask, self._over = ask, parent

    def begin(self) -> None:
        """Ask for the reason."""
        self._ask.ask("导出理由", "导出", self._on_reason, hint=_HINT)

    def _on_reason(self, reason: str, _ticked: bool) -> None:  # noqa: FBT001 - what AskRow gives
        if not reason.strip():
            self._ask.refuse("请先写一句为什么导出。")
            return
        query = self._sheet(reason)
        self._desk.begin_long(
            LIST_READ,
            partial(_read, query=query),
            owner=self,
            done=self._on_sheet,
            failed=self._on_refused,
        )

    def _on_sheet(self, sheet: LedgerSheet | NeedsApproval) -> None:
        if isinstance(sheet, NeedsApproval):
            self._offer_to_ask(sheet)
            return
        name = f"{self._kind} {in_shanghai(sheet.at):%Y-%m-%d}.xlsx"
        chosen = partial(self._save, sheet)
        choose_target(self._over, "导出所列", chosen, "工作簿 (*.xlsx)", name=name)

    def _offer_to_ask(self, much: NeedsApproval) -> None:
        """Let a second person approve what is more than one may take out alone."""
        reason = self._ask.line.text()
        hint = f"共 {much.rows} 件，今天一个人还能导出 {much.alone} 件，要另一位同事批准。"
        self._ask.ask("导出理由", "申请批准", partial(self._on_apply, much), hint=hint)
        self._ask.line.setText(reason)

    def _on_apply(self, much: NeedsApproval, reason: str, _ticked: bool) -> None:  # noqa: FBT001
        request = AskExport(
            **self._desk.by_me(),
            kind=self._kind,
            first_day=much.first_day,
            last_day=much.last_day,
            reason=reason,
            rows=much.rows,
            narrowed_to=much.narrowed_to,
        )
        self._desk.act(request, owner=self, done=self._on_asked, failed=self._on_refused)

    def _on_asked(self, _changes: object) -> None:
        self._ask.put_away()
        self.said.emit(_ASKED)

    def _save(self, sheet: LedgerSheet, target: Path) -> None:
        """Write the line of the log first, then the file."""
        work = partial(sheet_out, sheet=sheet, target=target)
        self._desk.begin_long(
            LIST_OUT, work, owner=self, done=self._on_written, failed=self._on_refused
        )

    def _on_written(self, _result: ExportResult) -> None:
        self._ask.put_away()

    def _on_refused(self, error: DeskError) -> None:
        self._ask.refuse(str(error))


class BoardExport(ListExport):
    """Exports all cases of the board as it is narrowed now."""

    def __init__(
        self, desk: Desk, current: Callable[[], Narrowing], ask: AskRow, parent: QWidget
    ) -> None:
        def sheet(reason: str) -> Query[LedgerSheet | NeedsApproval]:
            return partial(board_sheet, wanted=current().as_filter(), reason=reason)

        super().__init__(desk, ON_BOARD, sheet, ask, parent)


def _read(door: WorkDoor, query: Query[LedgerSheet | NeedsApproval]) -> LedgerSheet | NeedsApproval:
    door.begin_part("正在读出所列，还没有导出")
    return door.read(query)
