"""Sends a filled form to be numbered (登记): what was sent is kept until the answer has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.outbox.outbox import waits
from desk.rules.codes import Exit
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.intake.facts import register_request


@dataclass(frozen=True, slots=True)
class Sent:
    """A form on its way: its content, the key of its draft, and the exit that was taken."""

    key: str
    content: Mapping[str, Any]
    leave: Exit


@dataclass(frozen=True, slots=True)
class Saved:
    """A form that has become a case.

    Attributes:
        waits: it is kept at this desk yet, and its number is a temporary one (暂存号).
    """

    sent: Sent
    case: int
    number: str
    waits: bool = False

    @property
    def words(self) -> str:
        """What to say of it."""
        if not self.waits:
            return f"已存 {self.number}，{label(self.sent.leave)}"
        return f"已保存在本机，暂存号 {self.number}，联网后自动上传"


class Saving(QObject):
    """One press, one case: the same form sent twice is answered with the same number.

    Signals:
        saved: a form has become a case; carries Saved.
        refused: a form was not saved; carries Sent and the DeskError.
    """

    saved = Signal(object)
    refused = Signal(object, object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def send(self, sent: Sent) -> RuleBroken | None:
        """Send a form; return what the form itself lacks, and then nothing was sent."""
        person = self._desk.person
        try:
            request = register_request(
                sent.content,
                sent.leave,
                made_by=person.staff_id,
                home_unit=person.home_unit_id,
                now=self._desk.now(),
            )
        except RuleBroken as error:
            return error
        self._desk.act(
            request,
            owner=self,
            done=partial(self._on_done, sent),
            failed=partial(self._on_failed, sent),
        )
        return None

    def _on_done(self, sent: Sent, changes: Any) -> None:
        made = changes.made
        self.saved.emit(Saved(sent, made["case"], made["number"], waits(changes)))

    def _on_failed(self, sent: Sent, error: DeskError) -> None:
        self.refused.emit(sent, error)
