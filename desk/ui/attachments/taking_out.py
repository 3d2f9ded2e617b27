"""Taking a copy of an attachment out of the hall (带出): recorded first, then written."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.attachments import TakeOutAttachment
from desk.queries.attachments import AttachmentView, attachment_bytes
from desk.queries.case_file import CaseFile
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.file_kinds import safe_name
from desk.ui.case.deed_panel import OnCase
from desk.ui.desk import Desk
from desk.ui.file_choice import choose_target, written


class TakingOut(QObject):
    """Asks where to, records who takes what out and why, then writes the file.

    Signals:
        said: what has happened; carries the sentence and its state.
        refused: it may not leave like this; carries the sentence.
        recorded: the taking out stands in the history now.
    """

    recorded = Signal()
    said = Signal(str, str)
    refused = Signal(str)

    def __init__(self, desk: Desk, file: CaseFile, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._file, self._window = desk, file, window

    def ask(self, view: AttachmentView, reason: str, *, is_checked: bool) -> None:
        """Ask where the copy goes."""
        name = safe_name(view.name, view.media_type)
        kinds = f"{view.family} (*{Path(name).suffix})"
        chosen = partial(self.take_out, view, reason, is_checked=is_checked)
        choose_target(self._window, "附件另存", chosen, kinds, name=name)

    def take_out(
        self, view: AttachmentView, reason: str, target: Path, *, is_checked: bool = False
    ) -> None:
        """Record the taking out; only what is on record is written."""
        head = OnCase(**self._desk.by_me(), case=self._file.id, seen=self._file.version)
        request = TakeOutAttachment(
            **head, attachment=view.id, reason=reason, is_checked=is_checked
        )

        def noted(_changes: object) -> None:
            self.recorded.emit()
            query = partial(attachment_bytes, attachment_id=view.id)
            self._desk.ask(query, owner=self, done=partial(self._write, target))

        self._desk.act(request, owner=self, done=noted, failed=self._on_refused)

    def _write(self, target: Path, content: bytes | None) -> None:
        work = partial(written, target, content or b"")
        self._desk.work(work, owner=self, done=self._on_written, failed=self._on_unwritten)

    def _on_written(self, target: Path) -> None:
        self.said.emit(f"已另存为“{target.name}”，并记进办理过程。", "ok")

    def _on_unwritten(self, error: DeskError) -> None:
        self.said.emit(str(error), "bad")

    def _on_refused(self, error: DeskError) -> None:
        if isinstance(error, RuleBroken) and error.field == "reason":
            self.refused.emit(str(error))
        else:
            self.said.emit(str(error), "bad")
