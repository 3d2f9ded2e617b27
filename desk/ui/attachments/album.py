"""The attachments of a case while they are looked at (相册): which, in which order, what is new."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions.attachments import SortAttachment
from desk.queries.attachments import AttachmentView, attachments_of
from desk.queries.case_file import CaseFile
from desk.rules.codes import AttachmentKind
from desk.rules.errors import DeskError
from desk.ui.attachments.strip import in_story_order, shows_both_sides
from desk.ui.case.deed_panel import OnCase
from desk.ui.desk import Desk


class Album(QObject):
    """Knows the attachments and the present one; hears of what colleagues add.

    Signals:
        renewed: the attachments were read again; carries a sentence to say, or nothing.
        refused: something could not be done; carries the sentence.
        gone: there is nothing to look at any longer.
    """

    renewed = Signal(str)
    refused = Signal(str)
    gone = Signal()

    def __init__(self, desk: Desk, file: CaseFile, start: int, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._file = desk, file
        self.views = in_story_order(file.attachments)
        self._at = 0
        self.go_to(start)
        desk.changed.connect(self._on_changed)

    @property
    def current(self) -> AttachmentView:
        """The present attachment."""
        return self.views[self._at]

    @property
    def place(self) -> str:
        """Where the present one stands, in words."""
        return f"{self._at + 1} / {len(self.views)}" if len(self.views) > 1 else ""

    @property
    def has_both(self) -> bool:
        """Whether before and after can be compared."""
        return shows_both_sides(self.views)

    def turn(self, step: int) -> None:
        """Go on, round and round."""
        self._at = (self._at + step) % len(self.views)

    def go_to(self, attachment: int) -> None:
        """Go to an attachment; to the first where it is not there."""
        found = (at for at, view in enumerate(self.views) if view.id == attachment)
        self._at = next(found, 0)

    def go_to_end(self, *, is_first: bool) -> None:
        """Go to the first or the last."""
        self._at = 0 if is_first else len(self.views) - 1

    def nearest(self, kind: AttachmentKind) -> AttachmentView:
        """Return the present photo if it shows this, else the first that does."""
        fitting = [view for view in self.views if view.is_picture and view.kind is kind]
        return self.current if self.current in fitting else fitting[0]

    def beside(self, view: AttachmentView, step: int) -> AttachmentView:
        """Return the photo that comes so many places after another of its kind."""
        same = [one for one in self.views if one.is_picture and one.kind is view.kind]
        at = next((n for n, one in enumerate(same) if one.id == view.id), 0)
        return same[(at + step) % len(same)]

    def sort(self, view: AttachmentView, kind: AttachmentKind) -> None:
        """Say what an attachment shows."""
        head = OnCase(**self._desk.by_me(), case=self._file.id, seen=self._file.version)
        request = SortAttachment(**head, attachment=view.id, kind=kind)
        self._desk.act(request, owner=self, failed=self._on_refused)

    def read_again(self, attachment: int | None = None, said: str = "") -> None:
        """Read what there is now, then go to an attachment; None stays where one is."""
        query = partial(attachments_of, case_id=self._file.id)
        self._desk.ask(query, owner=self, done=partial(self._on_read, attachment, said))

    def _on_read(self, attachment: int | None, said: str, views: Sequence[AttachmentView]) -> None:
        if not views:  # the case may no longer be seen
            self.gone.emit()
            return
        wanted = self.current.id if attachment is None else attachment
        self.views = in_story_order(views)
        self.go_to(wanted)
        self.renewed.emit(said)

    def _on_changed(self, changes: Any, _who: object) -> None:
        if changes.touches(self._file.id):
            self.read_again()

    def _on_refused(self, error: DeskError) -> None:
        self.refused.emit(str(error))
