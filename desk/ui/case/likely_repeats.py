"""The other cases that may be the one on screen (可能是同一件事), and those said not to be."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.repeat_verdicts import SayNoRepeat, TakeBackNoRepeat
from desk.queries.case_file import CaseFile
from desk.queries.repeats import (
    RepeatCandidate,
    SaidNoRepeat,
    repeats_of_case,
    said_no_repeats,
)
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label

_NONE = "按人、地点、事情，没有找到像同一件事的。"
Answer = tuple[tuple[RepeatCandidate, ...], tuple[SaidNoRepeat, ...]]


class LikelyRepeats(QWidget):
    """A line for each, with what the two have in common; one press takes it, or says it is not.

    Signals:
        chosen: this is the other case; carries a RepeatCandidate.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk, file: CaseFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._file = desk, file
        say_state(self, ground="clear")
        self.setAccessibleName("可能是同一件事")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self.hide()

    def read(self) -> None:
        """Look for them."""
        query = partial(_look, case_id=self._file.id)
        self._desk.ask(query, owner=self, done=self._show)

    def _show(self, answer: Answer) -> None:
        candidates, others = answer
        head = "可能是同一件事" if candidates else _NONE
        self._lines.addWidget(text_label(head, "label", wraps=True))
        for one in candidates:
            self._lines.addWidget(self._line(one))
        for said in others:
            self._lines.addWidget(self._said(said))
        self.show()

    def _line(self, one: RepeatCandidate) -> QWidget:
        visit = one.visit
        at = say_moment(visit.received_at, seen_at=self._file.read_at)
        words = f"{visit.seq:05}　{at}　{label(visit.status)}　{visit.unit}"
        take = KeyButton(words, kind=ButtonKind.QUIET)
        policy = take.sizePolicy()
        take.setSizePolicy(policy.Policy.Ignored, policy.Policy.Fixed)
        take.setEnabled(one.may_open)
        take.setToolTip(words)
        take.clicked.connect(partial(self.chosen.emit, one))
        topic = f"，在专题“{one.topic_name}”里" if one.topic is not None else ""
        request = partial(SayNoRepeat, other=visit.id)
        dismiss = self._button("不是重复", f"{visit.number} 不是重复", request)
        if not one.may_open:
            dismiss.hide()
        late = "" if one.may_lead else "只能关联，不能并入。"
        return _two_lines(take, dismiss, f"{one.words}{topic}。{late}")

    def _said(self, said: SaidNoRepeat) -> QWidget:
        at = say_moment(said.said_at, seen_at=self._file.read_at)
        words = text_label(f"{said.number}：{said.who} {at} 说不是重复", "label", wraps=True)
        request = partial(TakeBackNoRepeat, other=said.other)
        back = self._button("撤回", f"撤回 {said.number} 不是重复", request)
        return _beside(words, back)

    def _button(self, words: str, name: str, request: Any) -> KeyButton:
        made = KeyButton(words, kind=ButtonKind.QUIET)
        made.setAccessibleName(name)
        made.clicked.connect(partial(self._act, request))
        return made

    def _act(self, request: Any, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        head = {"case": self._file.id, "seen": self._file.version}
        self._desk.act(request(**self._desk.by_me(), **head), owner=self)


def _look(reader: Any, case_id: int) -> Answer:
    return repeats_of_case(reader, case_id), said_no_repeats(reader, case_id)


def _two_lines(take: QWidget, beside: QWidget, words: str) -> QWidget:
    made = QWidget()
    say_state(made, ground="clear")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(_beside(take, beside))
    column.addWidget(text_label(words, "label", wraps=True))
    return made


def _beside(words: QWidget, button: QWidget) -> QWidget:
    made = QWidget()
    say_state(made, ground="clear")
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(words, 1)
    row.addWidget(button)
    return made
