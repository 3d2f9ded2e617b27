"""Beside the case (提醒、答应过的回电、这一件接下来): short lines, nothing to fill in."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.queries.desk_today import DayRow, PromisedCall
from desk.rules.calling import may_ring
from desk.rules.clock_faces import ClockState, clock_face
from desk.rules.codes import ClockKind
from desk.rules.lifecycle import OPEN
from desk.rules.moments import day_of, in_shanghai, say_due
from desk.ui.theme import Type, say_state, tokens
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.clock_paint import paint_clock_shape
from desk.ui.widgets.painted import Painted
from desk.ui.widgets.painting import paint_box, paint_text

_MOST = 4
_DAY = timedelta(days=1)
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_WARNS = frozenset({ClockState.OVER, ClockState.NEAR})
_STEPS = (ClockKind.CONTACT, ClockKind.VERIFY, ClockKind.HANDLE, ClockKind.OPINION)
_STEP_WORDS = {
    ClockKind.DISPATCH: "分拨",
    ClockKind.ACCEPT: "签收",
    ClockKind.CONTACT: "联系",
    ClockKind.VERIFY: "核实",
    ClockKind.HANDLE: "办理完毕",
    ClockKind.OPINION: "意见书",
    ClockKind.FOLLOW_UP: "回访",
}


class LinesCard(Card):
    """A card whose lines are replaced as a whole.

    Args:
        empty: what stands there while there is nothing to say; without it the card is hidden.
    """

    def __init__(self, head: str, *, note: str = "", empty: str = "") -> None:
        super().__init__(head, note=note)
        self._empty = text_label(empty, "label", wraps=True) if empty else None
        if self._empty is not None:
            self.body.addWidget(self._empty)
        self._lines: list[QWidget] = []
        self._last: object = None

    def texts(self) -> list[str]:
        """Return the lines as they are read out."""
        return [line.accessibleName() for line in self._lines]

    def put(self, lines: Sequence[tuple[QWidget | None, str, str, str]]) -> None:
        """Show lines: a mark or None, a bold beginning, the words, a quieter second line."""
        for old in self._lines:
            old.hide()
            old.deleteLater()
        self._lines = [_line(*line) for line in lines]
        for made in self._lines:
            self.body.addWidget(made)
        if self._empty is None:
            self.setVisible(bool(lines))
        else:
            self._empty.setVisible(not lines)

    def is_news(self, content: object) -> bool:
        """Return whether this differs from what is on show."""
        if content == self._last:
            return False
        self._last = content
        return True


class WarningsCard(LinesCard):
    """What is over its limit or close to it, among everything on this desk."""

    def __init__(self) -> None:
        super().__init__("提醒", note="合并为一条")

    def show_rows(self, rows: Sequence[DayRow], now: datetime) -> None:
        """Show the worst few."""
        found = []
        for row in rows:
            face = clock_face(row.clock.facts, now) if row.clock is not None else None
            if row.clock is not None and face is not None and face.state in _WARNS:
                order = face.state is ClockState.NEAR
                found.append((order, row.due_at or now, row, row.clock, face))
        found.sort(key=lambda entry: (entry[0], entry[1]))
        shown = [(row.seq, face) for *_rest, row, _clock, face in found[:_MOST]]
        if not self.is_news((shown, len(found))):
            return
        lines: list[tuple[QWidget | None, str, str, str]] = []
        for is_near, _due, row, clock, face in found[:_MOST]:
            said = f"{row.seq:05} {face.name}{'' if is_near else '已'}{face.text}"
            lines.append((_Shape(face.state), "", said, _advice(row, clock.kind, is_near=is_near)))
        if len(found) > _MOST:
            lines.append((None, "", f"另有 {len(found) - _MOST} 件也快到或已超", ""))
        self.put(lines)


class PromisesCard(LinesCard):
    """Calls that were promised for today and tomorrow."""

    def __init__(self, *, empty: str = "") -> None:
        super().__init__("答应过的回电", empty=empty)

    def show_calls(self, calls: Sequence[PromisedCall], now: datetime) -> None:
        """Show the next few, the time first."""
        if not self.is_news((calls, day_of(now), in_shanghai(now).hour)):
            return
        lines = []
        for call in calls[:_MOST]:
            when = _promised_for(call.at, day_of(now))
            words = f"{call.name or '未留姓名'} {call.phone}".strip()
            late = "" if call.at >= now else "已过约定时间。"
            quiet = "" if may_ring(now, call.urgency, call.quiet) else "夜间不打。"
            lines.append((None, when, words, f"{late}{quiet}{call.note}"))
        if len(calls) > _MOST:
            lines.append((None, "", f"另有 {len(calls) - _MOST} 个", ""))
        self.put(lines)


def _promised_for(moment: datetime, today: date) -> str:
    """Say when he was to be called; one that is overdue for days must not look like today's."""
    at = in_shanghai(moment)
    named = {today: "", today - _DAY: "昨天 ", today + _DAY: "明天 "}
    return f"{named.get(at.date(), f'{at:%m-%d} ')}{at:%H:%M}"


class NextStepsCard(LinesCard):
    """What comes next in the case on show, in order, with its limits."""

    def __init__(self) -> None:
        super().__init__("这一件接下来")

    def show_case(self, file: CaseFile | None, now: datetime) -> None:
        """Show the steps that are still to come."""
        steps = _steps(file, now) if file is not None else []
        if not self.is_news(steps):
            return
        self.put(
            [
                (_Number(at, is_now=at == 1), "", words, due)
                for at, (words, due) in enumerate(steps, start=1)
            ]
        )


class _Shape(Painted):
    """The shape of a clock's state, before a line."""

    def __init__(self, state: ClockState) -> None:
        super().__init__()
        self._state = state

    def sizeHint(self) -> QSize:
        """Return the size of an icon."""
        return QSize(tokens().sizes.icon, tokens().sizes.icon)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape; the red one on its own ground."""
        look = tokens()
        painter = QPainter(self)
        area = self.area().adjusted(1, 1, -1, -1)
        if self._state is ClockState.OVER:
            paint_box(painter, self.area(), look.clocks[self._state].tint, None, 4)
            area = self.area().adjusted(3, 3, -3, -3)
        paint_clock_shape(painter, area, self._state, look)
        painter.end()


class _Number(Painted):
    """The place of a step in the order."""

    def __init__(self, number: int, *, is_now: bool) -> None:
        super().__init__()
        self._number, self._is_now = number, is_now

    def sizeHint(self) -> QSize:
        """Return the size of a small round badge."""
        return QSize(tokens().sizes.chip, tokens().sizes.chip)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the number in its round."""
        look = tokens()
        painter = QPainter(self)
        area = QRectF(self.rect())
        fill = look.accent if self._is_now else look.column
        ink = look.on_accent if self._is_now else look.text2
        paint_box(painter, area, fill, None, area.height() / 2)
        paint_text(painter, area, str(self._number), look.font(Type.CAPTION), ink, _MIDDLE)
        painter.end()


def _line(mark: QWidget | None, strong: str, words: str, below: str) -> QWidget:
    line = QWidget()
    line.setAccessibleName(" ".join(part for part in (strong, words, below) if part))
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    if mark is not None:
        mark.setSizePolicy(mark.sizePolicy().Policy.Fixed, mark.sizePolicy().Policy.Fixed)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    if strong:
        head = text_label(strong, "strong")
        row.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addWidget(text_label(words, wraps=True))
    if below:
        said: QLabel = text_label(below, "caption", wraps=True)
        say_state(said, role="caption")
        column.addWidget(said)
    row.addLayout(column, 1)
    return line


def _advice(row: DayRow, kind: ClockKind, *, is_near: bool) -> str:
    if not is_near and kind in {ClockKind.HANDLE, ClockKind.OPINION}:
        return "请写明原因，只问这一次"
    if not is_near:
        return "请先办这一件"
    return f"{_STEP_WORDS[kind]}还来得及 · {row.summary}"


def _steps(file: CaseFile, now: datetime) -> list[tuple[str, str]]:
    if file.status not in OPEN:
        return []
    mine = [row for row in file.clocks if row.round_no == file.round.number]
    found = [
        (_STEP_WORDS[row.kind], f"{say_due(row.facts.due_at, seen_at=now)} 前")
        for row in sorted(mine, key=lambda row: row.facts.due_at or now)
        if row.is_running and row.facts.is_applicable and row.facts.due_at is not None
    ]
    known = {words for words, _due in found}
    done = {_STEP_WORDS[row.kind] for row in mine if not row.is_running}
    for kind in _STEPS:
        words = _STEP_WORDS[kind]
        if words not in known | done and kind is ClockKind.OPINION:
            found.append((words, file.limits.get(kind, "")))
    return found
