"""The leader's desk (领导): five lines, three cases to ring about, what waits for a signature."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from PySide6.QtWidgets import QWidget

from desk.actions.morning_brief import IssueMorningBrief
from desk.queries.case_file import CaseFile
from desk.queries.led_week import LedWeek, led_week
from desk.queries.overview import (
    BehindRow,
    LeaderDay,
    MorningLine,
    cases_behind,
    leader_day,
)
from desk.rules.moments import day_of
from desk.rules.three_rates import say_met
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.printing import papers_of
from desk.ui.scroll_column import side_column
from desk.ui.start.figures import Figure, FiguresCard
from desk.ui.start.handler_face import work_row
from desk.ui.start.led_face import led_lines
from desk.ui.start.list_face import ListFace
from desk.ui.start.side_cards import LinesCard
from desk.ui.start.standing import WAITING, answers_to, request_rows
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow

_LINES: Mapping[MorningLine, str] = MappingProxyType(
    {
        MorningLine.RECEIVED: "今天受理",
        MorningLine.OPEN: "在办",
        MorningLine.OVERDUE: "已超期",
        MorningLine.DISSATISFIED: "七天内不满意",
        MorningLine.TO_SIGN: "等您签",
    }
)


class LeaderFace(ListFace):
    """Today's five lines at the right of what burns."""

    name, title = "领导", "今天"
    list_name = "最要紧的"
    empty = "今天没有到期的，也没有超期的。"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.lines = FiguresCard("五行字", columns=1, opens=True)
        self.to_ring = LinesCard("要亲自打电话的，为什么")
        self.led = LinesCard("您包的案，这一周")
        self._to_sign = 0
        self._day: LeaderDay | None = None
        self._line: MorningLine | None = None
        super().__init__(desk, parent)
        self.to_ring.hide()
        self.led.hide()
        self.lines.pressed.connect(self._open_line)

    def load(self) -> None:
        """Read the morning's five lines."""
        self.desk.ask(leader_day, owner=self, done=self._show_day)
        self.desk.ask(led_week, owner=self, done=self._show_led)

    def side(self) -> QWidget:
        """Return the five lines and the calls."""
        return side_column(self.lines, self.to_ring, self.led)

    def items(self) -> list[ActionItem]:
        """Offer to sign what waits, and the page on a sheet of paper."""
        found = answers_to(self.desk, self.file, self.said.emit, self.list.open_current)
        if self._to_sign:
            words = f"去签 {self._to_sign} 份意见书"
            sign = partial(self.place_wanted.emit, "signoff")
            found.append(ActionItem(words, "", sign, "sign", is_main=not found))
        if self._line is not None:
            found.append(ActionItem("回到今天要紧的", GlobalKey.OUT, self._back, "return"))
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

    def _show_led(self, week: LedWeek) -> None:
        mine = [one for one in week.cases if one.is_mine]
        self.led.put(led_lines(mine, day_of(self.desk.now())))

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
        self.subtitle_changed.emit(f"{day.area} · 在办 {day.open} 件，已超期 {day.overdue} 件")
        if self.lines.head is not None:
            self.lines.head.set_note(say_met(day.met, day.handled))
        if self._line is None:
            self.show_rows([*self._requests(day), *_piles(day)])
        else:
            self._open_line(list(MorningLine).index(self._line))

    def _requests(self, day: LeaderDay) -> list[WorkRow]:
        rows = request_rows(day.requests, self.desk.now())
        return [WorkRow(None, WAITING, note=str(len(rows))), *rows] if rows else []

    def on_file(self, file: CaseFile) -> None:
        """Show the case; what may be answered is known now."""
        super().on_file(file)
        self.offer()

    def _open_line(self, place: int) -> None:
        """Show the cases that a figure counts."""
        self._line = list(MorningLine)[place]
        query = partial(cases_behind, line=self._line)
        self.desk.ask(query, owner=self, done=self._show_behind)

    def _show_behind(self, rows: tuple[BehindRow, ...]) -> None:
        if self._line is None:
            return
        heading = WorkRow(None, _LINES[self._line], note=f"{len(rows)} 件")
        self.show_rows([heading, *(_behind_row(row) for row in rows)])
        self.list.setFocus()

    def _back(self) -> None:
        self._line = None
        self.load()


def _figures(day: LeaderDay) -> list[Figure]:
    """Return the five lines."""
    signed = day.sign_words or "都签完了"
    words = _LINES
    return [
        Figure(day.received, words[MorningLine.RECEIVED], f"昨天 {day.received_yesterday} 件"),
        Figure(day.open, words[MorningLine.OPEN], f"其中今天到期 {day.due_today} 件"),
        Figure(day.overdue, words[MorningLine.OVERDUE], "", "bad" if day.overdue else ""),
        Figure(
            day.dissatisfied,
            words[MorningLine.DISSATISFIED],
            "",
            "warn" if day.dissatisfied else "",
        ),
        Figure(day.to_sign, words[MorningLine.TO_SIGN], signed),
    ]


def _behind_row(row: BehindRow) -> WorkRow:
    left = f"{row.seq:05}　{row.unit}"
    return WorkRow(row.case_id, row.summary, left=left, note=label(row.status), urgency=row.urgency)


def _piles(day: LeaderDay) -> list[WorkRow]:
    """Return the calls first and then what burns; no case stands there twice."""
    asked = {row.case_id for row in day.requests}
    burning = {row.case_id: row for row in day.burning if row.case_id not in asked}
    to_ring = [line for line in day.to_ring if line.case_id not in asked]
    found: list[WorkRow] = []
    if to_ring:
        found.append(WorkRow(None, "要亲自打电话的", note=str(len(to_ring))))
    for line in to_ring:
        row = burning.pop(line.case_id, None)
        left = f"{line.seq:05}　{line.unit}"
        found.append(work_row(row) if row else WorkRow(line.case_id, line.summary, left=left))
    if burning:
        found.append(WorkRow(None, "今天到期和已超期", note=str(len(burning))))
    return [*found, *(work_row(row) for row in burning.values())]
