"""Looks for repeats while the clerk writes (重复件边写边查): the last stroke wins."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desk.actions.topics import JoinTopic
from desk.queries.repeat_probe import AskedRepeat
from desk.queries.repeats import RepeatCandidate, repeat_candidates, text_frequencies
from desk.rules.errors import DeskError
from desk.rules.identity import FieldState, phone_check
from desk.rules.likeness import Frequencies
from desk.ui.desk import Desk
from desk.ui.intake.facts import Content
from desk.ui.intake.saving import Saved

_PAUSE_MS = 350
_SHORTEST = 6  # letters; less says nothing yet
_NOTHING = AskedRepeat()


class RepeatLookups(QObject):
    """Asks a moment after the last stroke; while one answer is awaited only the newest form waits.

    Signals:
        found: earlier cases that may be this one; carries a tuple of RepeatCandidate.
    """

    found = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sought = self._asked = _NOTHING
        self._known: Frequencies | None = None
        self._is_awaited = False
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._ask)

    def follow(self, content: Content) -> None:
        """Note what is written now."""
        sought = asked_of(content)
        if sought != self._sought:
            self._sought = sought
            self._timer.start()

    def forget(self) -> None:
        """Begin with another form; how rare words are is counted anew with the next one."""
        self._timer.stop()
        self._sought = self._asked = _NOTHING
        self._known = None
        self.found.emit(())

    def join_topic(self, saved: Saved) -> None:
        """Put a case into the topic that was chosen beside its form; later by hand if it waits."""
        topic = saved.sent.content.get("topic")
        if topic is None or saved.waits:
            return
        side = {"topic": topic["topic"], "is_opposite": topic["is_opposite"]}
        request = JoinTopic(**self._desk.by_me(), case=saved.case, seen=1, **side)
        self._desk.act(request, owner=self)

    def _ask(self) -> None:
        if self._is_awaited or self._sought == self._asked:
            return
        self._asked = self._sought
        if self._asked == _NOTHING:
            self.found.emit(())
            return
        self._is_awaited = True
        query = partial(_look, sought=self._asked, known=self._known)
        done = partial(self._on_found, self._asked)
        self._desk.ask(query, owner=self, done=done, failed=self._on_failed)

    def _on_found(self, asked: AskedRepeat, answer: Any) -> None:
        self._is_awaited = False
        self._known, candidates = answer
        if asked == self._sought:
            self.found.emit(candidates)
        else:
            self._ask()

    def _on_failed(self, _error: DeskError) -> None:
        """Advice can wait: the form goes on without it."""
        self._is_awaited = False


def asked_of(content: Content) -> AskedRepeat:
    """Return what of a form says whether it is a repeat; nothing while too little is written."""
    text = str(content.get("details") or "").strip()
    category = content.get("category")
    if len(text) < _SHORTEST and category is None:
        return _NOTHING
    return AskedRepeat(
        phone=_whole(content, "phone"),
        other_phone=_whole(content, "other_phone"),
        name=str(content.get("name") or "").strip(),
        id_number=str(content.get("id_number") or "").strip(),
        address=str(content.get("address") or "").strip(),
        place=content.get("place"),
        category=category,
        text=text,
    )


def _whole(content: Content, name: str) -> str:
    number = str(content.get(name) or "").strip()
    return number if number and phone_check(number).state is not FieldState.WRONG else ""


def _look(
    reader: Any, *, sought: AskedRepeat, known: Frequencies | None
) -> tuple[Frequencies, tuple[RepeatCandidate, ...]]:
    counted = known or text_frequencies(reader)
    return counted, repeat_candidates(reader, sought, counted)
