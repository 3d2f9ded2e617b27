"""Beside the paper (与案件核对、签批路径): what was checked, and the way the paper goes."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk.queries.sign_sheet import RouteStep
from desk.rules.moments import say_length, say_moment
from desk.rules.opinion_checks import OpinionCheck, Verdict
from desk.ui.icons import icon
from desk.ui.theme import THEME, say_state, tokens
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.painting import edge

_MARKS = {
    Verdict.FINE: ("ok", "ok", ""),
    Verdict.DOUBT: ("warning", "near", "warn"),
    Verdict.BLOCKED: ("error", "bad", "bad"),
}
_RAIL = 24
_DOT = 6.0


class ChecksCard(Card):
    """One line for each check: what agrees is short, what does not says why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("与案件核对", parent=parent)
        self._lines: list[QWidget] = []
        self.body.setSpacing(6)

    def show_checks(
        self,
        checks: Sequence[OpinionCheck],
        changed: Sequence[str] = (),
        differences: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Show these checks; above them what changed meanwhile, and what a new version changes."""
        _empty(self._lines)
        if changed:
            self._add(OpinionCheck(Verdict.DOUBT, "刚被改过，请重看", "；".join(changed)))
        if differences:
            said = "\n".join(f"{name}：{words}" for name, words in differences)
            self._add(OpinionCheck(Verdict.DOUBT, "这是改后重签的一版，与上一版不同", said))
        for check in checks:
            self._add(check)

    def texts(self) -> list[str]:
        """Return the lines as they are read out."""
        return [line.accessibleName() for line in self._lines]

    def _add(self, check: OpinionCheck) -> None:
        name, colour, state = _MARKS[check.verdict]
        line = QWidget()
        line.setAccessibleName(f"{check.text}，{check.detail}" if check.detail else check.text)
        side = tokens().sizes.icon
        mark = QLabel()
        mark.setPixmap(icon(name, colour).pixmap(QSize(side, side)))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        mark.setContentsMargins(0, 1, 0, 0)
        words = text_label(check.text, wraps=True)
        say_state(words, state=state)
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(words)
        if check.detail:
            column.addWidget(text_label(check.detail, "caption", wraps=True))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self._lines.append(line)
        self.body.addWidget(line)


class RouteCard(Card):
    """The stations of the paper, from whoever wrote it to the seal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("签批路径", parent=parent)
        self._stations: list[QWidget] = []
        self.body.setSpacing(0)

    def show_route(self, steps: Sequence[RouteStep], now: datetime) -> None:
        """Show the stations; the one without a time is where the paper lies now."""
        _empty(self._stations)
        here = next((at for at, step in enumerate(steps) if step.at is None), len(steps))
        for at, step in enumerate(steps):
            station = _Station(
                _name(step, at == here),
                _when(step, at - here, now),
                is_now=at == here,
                is_done=at < here,
                is_last=at == len(steps) - 1,
            )
            self._stations.append(station)
            self.body.addWidget(station)

    def texts(self) -> list[str]:
        """Return the stations as they are read out."""
        return [station.accessibleName() for station in self._stations]


class _Station(QWidget):
    """One station with its piece of the rail."""

    def __init__(self, name: str, when: str, *, is_now: bool, is_done: bool, is_last: bool) -> None:
        super().__init__()
        self._is_now, self._is_done, self._is_last = is_now, is_done, is_last
        self.setAccessibleName(f"{name} {when}".rstrip())
        column = QVBoxLayout(self)
        column.setContentsMargins(_RAIL, 0, 0, 8)
        column.setSpacing(0)
        self._name = text_label(name, "strong" if is_now else "", wraps=True)
        column.addWidget(self._name)
        column.addWidget(text_label(when, "caption", wraps=True))
        THEME.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dot at the height of the name and the rail below it."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = QPointF(8.0, self._name.geometry().center().y() + 1.0)
        painter.setPen(edge(look.line, 2.0))
        if not self._is_last:
            painter.drawLine(at, QPointF(at.x(), float(self.height())))
        if self.y() and at.y() > _DOT and not self._is_first():
            painter.drawLine(QPointF(at.x(), 0.0), at)
        painter.setPen(edge(look.accent if self._is_now or self._is_done else look.edge, 2.0))
        painter.setBrush(look.accent if self._is_now else look.surface)
        painter.drawEllipse(at, _DOT, _DOT)
        painter.end()

    def _is_first(self) -> bool:
        return self._is_done and "拟稿" in self._name.text()


def _name(step: RouteStep, is_now: bool) -> str:  # noqa: FBT001 - a plain fact about the step
    who = "您" if is_now and step.is_mine else step.who
    return f"{step.what} {who}".rstrip()


def _when(step: RouteStep, after: int, now: datetime) -> str:
    if step.at is not None:
        unit = f" · {step.unit}" if step.unit else ""
        took = f" · 用 {say_length(max(step.at - step.since, now - now))}" if step.since else ""
        said = f"\n“{step.said}”" if step.said else ""
        return f"{say_moment(step.at, seen_at=now)}{unit}{took}{said}"
    if after > 0:
        return "签后自动转去"
    if step.since is not None:
        whose = "您" if step.is_mine else step.who
        return f"在{whose}处 {say_length(max(now - step.since, now - now))}"
    return "正等着办"


def _empty(widgets: list[QWidget]) -> None:
    for widget in widgets:
        widget.hide()
        widget.deleteLater()
    widgets.clear()
