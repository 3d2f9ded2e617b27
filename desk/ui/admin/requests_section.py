"""All requests about a month's assessment (管理 · 考核申请), its figures before and after."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.exclusions import MonthRequest, MonthRequests, month_requests
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of, in_shanghai
from desk.rules.wording import label
from desk.ui.admin.rate_rule_columns import month_from
from desk.ui.admin.section import Section
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.statistics.figures_table import FiguresTable, Line
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState

_MONTH = "月份"
_HEADS = ("编号", "单位", "申请", "理由", "状态", "谁提出", "提出日期", "办结日期")
_RATES = (
    ("assessed", "纳入考核"),
    ("visited", "参评"),
    ("response_rate", "响应率"),
    ("resolution_rate", "解决率"),
    ("satisfaction_rate", "满意率"),
    ("score", "得分"),
)
_NO_REQUEST = "这个月没有剔除申请，也没有差评申诉。"
_HIGH = 112


class _RequestTable(FiguresTable):
    """Words only: every column stands at the left."""

    def _side(self, column: int) -> Qt.AlignmentFlag:
        del column
        return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class RequestsSection(Section):
    """A month on top, its figures without and with the granted requests, every request below."""

    title = "考核申请"
    help_page = "assessment"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: tuple[MonthRequest, ...] = ()
        self.month = CheckedField(_MONTH, hint="写作 2026-10；按受理的月份归", required=True)
        self.look = KeyButton("看这个月", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        self.figures, self.table = FiguresTable("批准前后"), _RequestTable("考核申请")
        self.note = text_label("", "reading", wraps=True)
        card = Card("考核申请", note="批准以前照常计入；批准后只改计不计，不改事实和原评价")
        self.figures.setFixedHeight(_HIGH)
        asked = QHBoxLayout()
        asked.addWidget(self.month, 1)
        asked.addWidget(self.look, 0, Qt.AlignmentFlag.AlignVCenter)
        asked.addStretch(2)
        card.body.addLayout(asked)
        for part in (self.note, self.figures):
            card.body.addWidget(part)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        self.look.clicked.connect(self._read)
        self.look.listen(self)
        self.table.opened.connect(self._on_opened)

    def arrive(self) -> None:
        """Show this month, or the one that was asked for before."""
        if not self.month.text():
            self.month.set_text(f"{day_of(self.desk.now()):%Y-%m}")
        self._read()

    def _read(self) -> None:
        try:
            month: date = month_from(self.month.text(), _MONTH)
        except RuleBroken as error:
            self.month.set_state(FieldState(Check.BAD, str(error)))
            self.month.setFocus()
            return
        self.month.set_state(FieldState())
        self.desk.ask(partial(month_requests, month=month), owner=self, done=self._show)

    def _show(self, found: MonthRequests) -> None:
        self._rows = found.rows
        figures = found.figures
        counted = f"已批准剔除 {figures.excluded} 件、差评申诉 {figures.rated_again} 件"
        said = (
            f"{found.month} 共 {len(found.rows)} 份申请，{counted}。" if found.rows else _NO_REQUEST
        )
        self.note.setText(said)
        heads = ("口径", *(words for _, words in _RATES))
        self.figures.set_lines(
            heads,
            [
                Line(("不计批准的", *_total(figures.without))),
                Line(("现在的数", *_total(figures.report)), is_total=True),
            ],
        )
        self.table.set_lines(_HEADS, [_line(row) for row in found.rows])
        self.table.setVisible(bool(found.rows))

    def _on_opened(self, row: int, _column: int) -> None:
        if 0 <= row < len(self._rows):
            self.case_wanted.emit(self._rows[row].case_id)


def _total(report: dict[str, Any]) -> tuple[str, ...]:
    total = report["total"]
    return tuple("—" if total[key] is None else str(total[key]) for key, _ in _RATES)


def _line(row: MonthRequest) -> Line:
    decided = f"{in_shanghai(row.decided_at):%Y-%m-%d}" if row.decided_at is not None else ""
    return Line(
        (
            row.number,
            row.unit,
            label(row.kind),
            row.why,
            label(row.state),
            row.asked_by,
            f"{in_shanghai(row.asked_at):%Y-%m-%d}",
            decided,
        )
    )
