"""Asking for an erasure, deciding on one, carrying it out (申请、决定、抹除)."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions.erasing import AskErasure, CarryOutErasure, DecideErasure
from desk.queries.erasures import file_of_number
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.privacy_codes import ErasureGround
from desk.ui.desk import Desk


class KeepingWork(QObject):
    """Sends what the page asks for.

    Signals:
        done: it is done; carries a sentence, and whether nothing is left to do about it.
        refused: it is not; carries the field it is about, if any, and the sentence.
    """

    done = Signal(str, bool)
    refused = Signal(str, str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def ask_by_number(self, number: str, ground: ErasureGround, reason: str) -> None:
        """Ask for the file of a number that somebody typed."""
        if not number:
            self.refused.emit("number", "请写案件编号或调解卷号。")
            return

        def found(file: tuple[int | None, int | None]) -> None:
            if file == (None, None):
                self.refused.emit("number", "找不到这个编号，或不归您查看。请核对。")
            else:
                self.ask(*file, ground, reason)

        self._desk.ask(partial(file_of_number, written=number), owner=self, done=found)

    def ask(
        self, case: int | None, mediation: int | None, ground: ErasureGround, reason: str
    ) -> None:
        """Ask that a file be erased."""
        head = self._desk.by_me()
        request = AskErasure(**head, case=case, mediation=mediation, ground=ground, reason=reason)
        self._act(request, "已申请。另一个人决定后才会删除。")

    def decide(self, erasure: int, *, is_granted: bool, note: str) -> None:
        """Grant or refuse what somebody else asked for."""
        request = DecideErasure(
            **self._desk.by_me(), erasure=erasure, is_granted=is_granted, note=note
        )
        said = "已同意。" if is_granted else "已记下不同意，内容都还在。"
        self._act(request, said, is_over=not is_granted)

    def erase(self, erasure: int) -> None:
        """Erase what two people decided on."""
        request = CarryOutErasure(**self._desk.by_me(), erasure=erasure)
        self._act(request, "已抹除，编号、统计和留痕链不受影响。", is_over=True)

    def _act(self, request: Any, said: str, *, is_over: bool = False) -> None:
        def done(_changes: object) -> None:
            self.done.emit(said, is_over)

        self._desk.act(request, owner=self, done=done, failed=self._on_refused)

    def _on_refused(self, error: DeskError) -> None:
        field = error.field if isinstance(error, RuleBroken) else None
        self.refused.emit(field or "", str(error))
