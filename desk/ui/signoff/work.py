"""What is done with opinions (签发、退回、代签、成批签批、撤回): requests, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions.signing import SignOpinion, UnsignOpinion
from desk.queries.sign_sheet import SignSheet, sign_sheet
from desk.rules.errors import DeskError, StaleCase
from desk.ui.desk import Desk
from desk.ui.printing import papers_of


@dataclass(frozen=True, slots=True)
class Word:
    """What is said about one opinion, at the version that was read."""

    case_id: int
    version: int
    is_agreed: bool
    remark: str = ""
    for_other: bool = False


class SignWork(QObject):
    """Carries signatures out; several of them wait for each other, so that each has its answer.

    Signals:
        said: a sentence for the status line.
        done: one opinion was signed or sent back; carries its Word.
        stale: somebody was quicker; the queue should be read again.
        finished: all of them are through; carries the cases that were signed, in their order.
    """

    said = Signal(str)
    done = Signal(object)
    stale = Signal()
    finished = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._papers = desk, papers_of(desk)
        self._left: list[Word] = []
        self._signed: list[int] = []
        self._refused = 0
        self.is_busy = False

    def say(self, words: Sequence[Word]) -> None:
        """Sign or send back, in this order."""
        if self.is_busy or not words:
            return
        self.is_busy = True
        self._left, self._signed, self._refused = list(words), [], 0
        self._go_on()

    def take_back(self, cases: Sequence[int]) -> None:
        """Take signatures back that were given a moment ago."""
        for case in cases:
            query = partial(sign_sheet, case_id=case)
            self._desk.ask(query, owner=self, done=self._unsign)

    def _go_on(self) -> None:
        if not self._left:
            self.is_busy = False
            if len(self._signed) + self._refused > 1:
                rest = f"，{self._refused} 份没有签，请逐件看" if self._refused else ""
                self.said.emit(f"签发 {len(self._signed)} 份{rest}。")
            self.finished.emit(tuple(self._signed))
            return
        word = self._left.pop(0)
        request = SignOpinion(
            **self._desk.by_me(),
            case=word.case_id,
            seen=word.version,
            is_agreed=word.is_agreed,
            remark=word.remark,
            for_other=word.for_other,
        )
        self._desk.act(
            request, owner=self, done=partial(self._on_done, word), failed=self._on_refused
        )

    def _on_done(self, word: Word, changes: Any) -> None:
        after = "批注已一并送到拟稿人。"
        if word.is_agreed:
            self._signed.append(word.case_id)
            is_last = changes.title.startswith("签发")
            after = "已转去盖章。" if is_last else ""
            if is_last:
                self._papers.settle(word.case_id)
        self.said.emit(f"{changes.title}。{after}")
        self.done.emit(word)
        self._go_on()

    def _on_refused(self, error: DeskError) -> None:
        self._refused += 1
        self.said.emit(str(error))
        if isinstance(error, StaleCase):
            self.stale.emit()
        self._go_on()

    def _unsign(self, sheet: SignSheet) -> None:
        request = UnsignOpinion(**self._desk.by_me(), case=sheet.case_id, seen=sheet.version)

        def done(_changes: Any) -> None:
            self.said.emit("已撤回，又在您的待签里；文号留着，下次签发还用它。")

        self._desk.act(request, owner=self, done=done, failed=lambda e: self.said.emit(str(e)))
