"""A month by two sets of rules, side by side (试算对照): the street first, then unit by unit."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.rate_trial import RateTrial, TrialRow
from desk.ui.statistics.figures_table import FiguresTable, Line
from desk.ui.widgets.cards import text_label

_COLUMNS = (
    ("response_rate", "响应率"),
    ("resolution_rate", "解决率"),
    ("satisfaction_rate", "满意率"),
    ("score", "得分"),
    ("rank", "名次"),
    ("deduction", "扣分"),
)
_NONE = "—"
_HEADS = ("单位", *(words for _, words in _COLUMNS))
_HINT = "一格里“原 → 新”，没有箭头的两套规则一样。"
_ROW, _MOST = 30, 11


class TrialView(QWidget):
    """What the rules differ in, and what a month comes to by each of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = text_label("", "section", wraps=True)
        self._said = text_label("", "reading", wraps=True)
        self.table = FiguresTable("试算对照")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._said)
        column.addWidget(self.table)

    def show_trial(self, trial: RateTrial) -> None:
        """Show a month both ways."""
        self._head.setText(f"{trial.month:%Y 年 %m 月}按原规则“{trial.before_name}”和按新规则")
        said = "；".join(trial.differences) or "两套规则没有不同"
        self._said.setText(
            f"不同之处：{said}。这里只是试算，{trial.month:%Y-%m} 的数不会变。{_HINT}"
        )
        lines = [Line(_words(trial.total), is_total=True)]
        lines += [Line(_words(row)) for row in trial.rows]
        self.table.set_lines(_HEADS, lines)
        self.table.setMinimumHeight(_ROW * min(len(lines) + 2, _MOST))

    def words(self) -> str:
        """Return what is said above the table."""
        return f"{self._head.text()}。{self._said.text()}"


def _words(row: TrialRow) -> tuple[str, ...]:
    """Return a unit's figures: one where both rules agree, else “原 → 新”."""
    both = [(_shown(row.before, key), _shown(row.after, key)) for key, _ in _COLUMNS]
    return (row.name, *(old if old == new else f"{old} → {new}" for old, new in both))


def _shown(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if value is None:
        return _NONE
    return f"{value}（并列）" if key == "rank" and row["tied"] else str(value)
