"""The leader's desk (领导): five lines, three cases to ring about, what waits for a signature."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desk.actions.morning_brief import IssueMorningBrief
from desk.queries.overview import LeaderDay, leader_day
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.printing import papers_of
from desk.ui.scroll_column import side_column
from desk.ui.start.figures import Figure, FiguresCard
from desk.ui.start.handler_face import work_row
from desk.ui.start.list_face import ListFace
from desk.ui.start.side_cards import LinesCard
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow


class LeaderFace(ListFace):
    """Today's five lines at the right of what burns."""

    name, title = "领导", "今天"
    list_name = "最要紧的"
    empty = "今天没有到期的，也没有超期的。"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.lines = FiguresCard("五行字", columns=1)
        self.to_ring = LinesCard("要亲自打电话的，为什么")
        self._to_sign = 0
        self._day: LeaderDay | None = None
        super().__init__(desk, parent)
        self.to_ring.hide()

    def load(self) -> None:
        """Read the morning's five lines."""
        self.desk.ask(leader_day, owner=self, done=self._show_day)

    def side(self) -> QWidget:
        """Return the five lines and the calls."""
        return side_column(self.lines, self.to_ring)

    def items(self) -> list[ActionItem]:
        """Offer to sign what waits, and the page on a sheet of paper."""
        found = []
        if self._to_sign:
            words = f"去签 {self._to_sign} 份意见书"
            sign = partial(self.place_wanted.emit, "signoff")
            found.append(ActionItem(words, "", sign, "sign", is_main=True))
        if self._day is not None:
            found.append(ActionItem("打印早报", GlobalKey.PRINT, self._print, "print"))
        return found

    def _print(self) -> None:
        """Put what stands on this page on one sheet (领导早报)."""
        if self._day is None:
            return
        request = IssueMorningBrief(
            **self.desk.by_me(),
            figures=tuple(
                f"{one.words}：{one.value} 件{f'，{one.detail}' if one.detail else ''}"
                for one in _figures(self._day)
            ),
            ring=tuple(line.case_id for line in self._day.to_ring),
            reasons=tuple(line.why for line in self._day.to_ring),
        )
        self.desk.act(request, owner=self, done=self._on_issued)

    def _on_issued(self, changes: Any) -> None:
        papers_of(self.desk).print_paper(changes.made["paper"], owner=self)

    def _show_day(self, day: LeaderDay) -> None:
        self._day, self._to_sign = day, day.to_sign
        self.lines.show_figures(_figures(day))
        self.to_ring.put(
            [
                (None, f"{line.seq:05}", line.summary, f"{line.unit} · {line.why}")
                for line in day.to_ring
            ]
        )
        self.badge_changed.emit(day.overdue)
        self.subtitle_changed.emit(f"在办 {day.open} 件，已超期 {day.overdue} 件")
        self.show_rows(_piles(day))


def _figures(day: LeaderDay) -> list[Figure]:
    """Return the five lines."""
    signed = "今天签完仍不超期" if day.to_sign else "都签完了"
    if day.signed_too_late:
        signed = f"{day.signed_too_late} 份已过原定期限"
    return [
        Figure(day.received, "今天受理", f"昨天 {day.received_yesterday} 件"),
        Figure(day.open, "在办", f"其中今天到期 {day.due_today} 件"),
        Figure(day.overdue, "已超期", "", "bad" if day.overdue else ""),
        Figure(day.dissatisfied, "七天内不满意", "", "warn" if day.dissatisfied else ""),
        Figure(day.to_sign, "等您签", signed),
    ]


def _piles(day: LeaderDay) -> list[WorkRow]:
    """Return the calls first and then what burns; no case stands there twice."""
    burning = {row.case_id: row for row in day.burning}
    found: list[WorkRow] = []
    if day.to_ring:
        found.append(WorkRow(None, "要亲自打电话的", note=str(len(day.to_ring))))
    for line in day.to_ring:
        row = burning.pop(line.case_id, None)
        left = f"{line.seq:05}　{line.unit}"
        found.append(work_row(row) if row else WorkRow(line.case_id, line.summary, left=left))
    if burning:
        found.append(WorkRow(None, "今天到期和已超期", note=str(len(burning))))
    return [*found, *(work_row(row) for row in burning.values())]
