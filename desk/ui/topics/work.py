"""What is done with topics and proposals (专题办理), each refusal beside its field."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.topics import (
    AddToTopic,
    ChangeTopic,
    CloseTopic,
    DismissCluster,
    LeaveTopic,
    ReopenTopic,
    RestoreCluster,
)
from desk.queries.clusters import Proposal
from desk.queries.topics import TopicFile, TopicLine
from desk.rules.errors import DeskError, RuleBroken
from desk.ui.desk import Desk
from desk.ui.topics.opening import opening
from desk.ui.topics.side import TopicSide

_NO_REASON = "请写明为什么不是类案，下一位看得到。"
_FIELDS = {"note": "ending"}  # closing a topic asks for its end


class TopicWork(QObject):
    """Sends what the page asks for, once at a time.

    Signals:
        said: a sentence for the status line.
        done: something was done; carries the topic it was about, or None.
    """

    said = Signal(str)
    done = Signal(object)

    def __init__(self, desk: Desk, side: TopicSide, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._side, self._page = desk, side, page
        self._is_acting = False

    def open_topic(self, one: Proposal) -> None:
        """Open a topic with the proposed cases, or put them into the one that is open."""
        request, words = opening(self._desk, one)
        self._send(request, words, topic=one.topic)

    def dismiss(self, one: Proposal) -> None:
        """Set a proposal aside with the reason that was written."""
        form = self._side.proposal
        if not form.reason.text().strip():
            form.say(_NO_REASON)
            return
        request = DismissCluster(
            **self._desk.by_me(),
            place=one.sign.place,
            category=one.sign.category,
            word=one.sign.word or "",
            reason=form.reason.text(),
        )
        self._send(
            request, "已记下不是类案，又来同样多的人才会再提示。", lambda: form.reason.set_text("")
        )

    def restore(self, dismissal: int) -> None:
        """Let a proposal come again."""
        self._send(RestoreCluster(**self._desk.by_me(), dismissal=dismissal), "已恢复提示。")

    def save(self, file: TopicFile) -> None:
        """Save name, lead and note."""
        form = self._side.topic
        request = ChangeTopic(
            **self._desk.by_me(),
            topic=file.id,
            seen=file.version,
            name=form.name.text(),
            lead=form.lead_id(),
            note=form.note.text(),
        )
        self._send(request, "已保存。", topic=file.id)

    def close(self, file: TopicFile) -> None:
        """Close a topic with how it ended."""
        request = CloseTopic(
            **self._desk.by_me(),
            topic=file.id,
            seen=file.version,
            note=self._side.topic.ending.text(),
        )
        self._send(request, f"专题“{file.name}”已结。", topic=file.id)

    def reopen(self, file: TopicFile) -> None:
        """Go on with a closed topic."""
        request = ReopenTopic(**self._desk.by_me(), topic=file.id, seen=file.version)
        self._send(request, f"专题“{file.name}”接着办。", topic=file.id)

    def take_out(self, file: TopicFile, line: TopicLine) -> None:
        """Take a case out of a topic, or put it back."""
        if line.removed:
            request: Any = AddToTopic(**self._desk.by_me(), topic=file.id, cases=(line.case,))
            self._send(request, f"{line.seq:05} 已放回专题。", topic=file.id)
            return
        head = self._desk.by_me()
        request = LeaveTopic(**head, topic=file.id, case=line.case, seen=0)
        self._send(request, f"{line.seq:05} 已移出专题，要放回再按一次。", topic=file.id)

    def _send(
        self,
        request: Any,
        words: str,
        after: Callable[[], None] = lambda: None,
        *,
        topic: int | None = None,
    ) -> None:
        if self._is_acting:
            return

        def done(changes: Any) -> None:
            self._is_acting = False
            after()
            self.said.emit(words)
            self.done.emit(topic or changes.made.get("topic"))

        def failed(error: DeskError) -> None:
            self._is_acting = False
            field = error.field if isinstance(error, RuleBroken) else None
            is_end = isinstance(request, CloseTopic)
            name = _FIELDS.get(field or "", field) if is_end else field
            if not self._side.topic.say(name, str(error)):
                self.said.emit(str(error))

        self._is_acting = True
        self._desk.act(request, owner=self._page, done=done, failed=failed)
