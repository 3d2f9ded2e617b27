"""Opening a topic with one key (开专题), from its page or from the dispatchers' desk."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.topics import AddToTopic, OpenTopic
from desk.queries.clusters import Proposal
from desk.rules.errors import DeskError
from desk.ui.desk import Desk


def opening(desk: Desk, one: Proposal) -> tuple[Any, str]:
    """Return the request that takes a proposal up, and what is said once it is done."""
    if one.topic is not None:
        request: Any = AddToTopic(
            **desk.by_me(), topic=one.topic, cases=one.cases, opposite=one.opposite
        )
        return request, f"已列入专题“{one.name}”。"
    request = OpenTopic(
        **desk.by_me(),
        name=one.name,
        cases=one.cases,
        opposite=one.opposite,
        place=one.sign.place,
        category=one.sign.category,
        word=one.sign.word or "",
    )
    return request, f"已开专题“{one.name}”，列入 {len(one.cases)} 件。"


class TopicOpening(QObject):
    """Opens topics from a desk that shows proposals.

    Signals:
        said: a sentence for the status line.
        done: a proposal was taken up.
    """

    said = Signal(str)
    done = Signal()

    def __init__(self, desk: Desk, face: QWidget) -> None:
        super().__init__(face)
        self._desk, self._face, self._is_acting = desk, face, False

    def open_topic(self, one: Proposal) -> None:
        """Take a proposal up."""
        if self._is_acting:
            return
        request, words = opening(self._desk, one)

        def done(_changes: Any) -> None:
            self._is_acting = False
            self.said.emit(words)
            self.done.emit()

        def failed(error: DeskError) -> None:
            self._is_acting = False
            self.said.emit(str(error))
            self.done.emit()  # a colleague was quicker, perhaps: look again

        self._is_acting = True
        self._desk.act(request, owner=self._face, done=done, failed=failed)
