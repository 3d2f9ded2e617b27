"""The window in which attachments are looked at (看附件): one, two side by side, or the brush."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desk.actions.attachments import SortAttachment
from desk.queries.attachments import AttachmentView, attachments_of
from desk.queries.case_file import CaseFile
from desk.rules.codes import AttachmentKind
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.rules.rights import may
from desk.ui.attachments.file_face import FileFace
from desk.ui.attachments.masking import Masking
from desk.ui.attachments.photo_pair import PhotoPair
from desk.ui.attachments.picture_pane import arrow_of
from desk.ui.attachments.strip import in_story_order, shows_both_sides
from desk.ui.attachments.taking_out import TakingOut
from desk.ui.attachments.thumb_row import ThumbRow
from desk.ui.attachments.viewer_side import ViewerSide
from desk.ui.case.deed_panel import OnCase
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.theme import tokens
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.verb_dialog import Verb, ask_verb

_UNSAVED = "还有照片涂了没有存。关闭后这些笔画就没有了；原照片不受影响。"


class AttachmentViewer(QDialog):
    """All attachments of one case, one at a time; nothing here changes what was taken in.

    Args:
        file: the case as it was read.
        start: the attachment to begin with.
    """

    def __init__(
        self, desk: Desk, file: CaseFile, start: AttachmentView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._file = desk, file
        self._views = in_story_order(file.attachments)
        self._at = self._place_of(start.id)
        self.pair, self.face = PhotoPair(desk), FileFace(desk)
        self.side, self.thumbs = ViewerSide(), ThumbRow(desk)
        self.masking = Masking(desk, file)
        self.taking_out = TakingOut(desk, file, self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"附件 {file.number}")
        self.setAccessibleName("附件")
        self._build()
        self._connect()
        self._show()

    @property
    def view(self) -> AttachmentView:
        """The attachment that the side column speaks of."""
        if self.pair.is_both:
            return self.pair.current().view or self._views[self._at]
        return self._views[self._at]

    def show_both(self) -> None:
        """Put before and after side by side, or go back to one."""
        if self.pair.is_both:
            self._at = self._place_of(self.view.id)
            self._show()
            self.pair.left.setFocus()
        elif shows_both_sides(self._views):
            self.pair.show_both(
                self._nearest(AttachmentKind.BEFORE), self._nearest(AttachmentKind.AFTER)
            )
            self._stack.setCurrentWidget(self.pair)
            self._show_side()
            self.pair.left.setFocus()

    def go(self, step: int) -> None:
        """Go on to another attachment; of two photos the one with the keyboard changes."""
        if self.pair.is_both:
            pane = self.pair.current()
            now = self.view
            same = [one for one in self._views if one.is_picture and one.kind is now.kind]
            at = next((n for n, one in enumerate(same) if one.id == now.id), 0)
            pane.show_view(same[(at + step) % len(same)])
            self._show_side()
        else:
            self._at = (self._at + step) % len(self._views)
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn with the arrows, put the brush or the window away with Esc."""
        arrow = arrow_of(event)
        if event.key() == Qt.Key.Key_Escape and not is_composing():
            self.leave()
        elif arrow is not None and not self.is_masking and not event.modifiers():
            self.go(arrow[0] + arrow[1])
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and not self.is_masking:
            self._at = 0 if event.key() == Qt.Key.Key_Home else len(self._views) - 1
            self._show()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    @property
    def is_masking(self) -> bool:
        """Whether the brush is in hand."""
        return self._stack.currentWidget() is self.masking

    def leave(self) -> None:
        """Put the brush away, or close; strokes that were not kept are asked about."""
        if self.is_masking:
            self.masking.put_aside()
            self._show()
        elif self.masking.has_unsaved:
            verbs = [Verb("drop", "不存，关闭", ButtonKind.DANGER), Verb("stay", "再看看")]
            ask_verb(self, "有没存的遮挡", _UNSAVED, verbs, self._on_decided)
        else:
            self.close()

    def sizeHint(self) -> QSize:
        """Return nearly the whole of a hall's screen."""
        return QSize(1280, 700)

    def _build(self) -> None:
        sizes = tokens().sizes
        work = QWidget()
        self._stack = QStackedLayout(work)
        for widget in (self.pair, self.face, self.masking):
            self._stack.addWidget(widget)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(work, 1)
        left.addWidget(self.thumbs)
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.margin, 12, sizes.margin, sizes.margin)
        row.setSpacing(sizes.gutter)
        row.addLayout(left, 1)
        row.addWidget(self.side)
        row.addWidget(self.masking.side)

    def _connect(self) -> None:
        side, masking = self.side, self.masking
        side.kind_chosen.connect(self._sort)
        side.mask_asked.connect(self._mask)
        side.both_asked.connect(self.show_both)
        side.take_out_asked.connect(lambda reason: self.taking_out.ask(self.view, reason))
        side.close_asked.connect(self.leave)
        masking.side.leave_asked.connect(self.leave)
        masking.kept.connect(self._on_kept)
        masking.failed.connect(lambda sentence: side.say(sentence, "bad"))
        masking.ready.connect(self._on_ready)
        self.taking_out.said.connect(side.say)
        self.taking_out.refused.connect(side.refuse)
        self.thumbs.chosen.connect(self._on_thumb_chosen)
        for pane in (self.pair.left.pane, self.pair.right.pane):
            pane.focused.connect(self._show_side)
        self._desk.changed.connect(self._on_changed)
        for key, handler in (
            (ListKey.COMPARE, self.show_both),
            (ListKey.MASK, self._mask),
            (ListKey.TAKE_OUT, self._take_out),
            (ListKey.FIT_WIDTH, self.pair.fit),
            (GlobalKey.UNDO, masking.undo),
            (GlobalKey.FINISH, masking.keep),
        ):
            KeyShortcut(key, self).pressed.connect(handler)

    def _show(self) -> None:
        """Show the attachment that was come to."""
        view = self._views[self._at]
        place = f"{self._at + 1} / {len(self._views)}" if len(self._views) > 1 else ""
        if view.is_picture:
            self.pair.show_one(view, place)
            self._stack.setCurrentWidget(self.pair)
        else:
            self.pair.right.hide()
            self.face.show_view(view, place)
            self._stack.setCurrentWidget(self.face)
        self._show_side()

    def _show_side(self) -> None:
        person, stand = self._desk.person, self._file.stand
        view = self.view
        self.masking.side.setVisible(self.is_masking)
        self.side.setVisible(not self.is_masking)
        self.side.show_view(
            view,
            may_sort=may(Deed.ATTACH, stand, person),
            may_leave=may(Deed.TAKE_OUT, stand, person),
        )
        self.side.offer_both(is_both=self.pair.is_both, is_there=shows_both_sides(self._views))
        self.thumbs.show_views(self._views, view.id)
        self.thumbs.setVisible(not self.is_masking and len(self._views) > 1)

    def _nearest(self, kind: AttachmentKind) -> AttachmentView:
        now = self._views[self._at]
        fitting = [one for one in self._views if one.is_picture and one.kind is kind]
        return now if now in fitting else fitting[0]

    def _place_of(self, attachment: int) -> int:
        return next((n for n, one in enumerate(self._views) if one.id == attachment), 0)

    def _mask(self) -> None:
        if not self.is_masking and self.view.is_picture and self.side.cover.isEnabled():
            self.masking.begin(self.view)

    def _take_out(self) -> None:
        if not self.is_masking and not self.side.take_out.isHidden():
            self.side.ask_to_take_out()

    def _on_ready(self) -> None:
        self.pair.right.hide()
        self._stack.setCurrentWidget(self.masking)
        self._show_side()
        self.masking.brush.setFocus()

    def _on_kept(self, attachment: int) -> None:
        self._stack.setCurrentWidget(self.pair)
        self._reload(attachment, "已存成遮挡副本，原照片没有动。")

    def _sort(self, kind: AttachmentKind) -> None:
        head = OnCase(**self._desk.by_me(), case=self._file.id, seen=self._file.version)
        request = SortAttachment(**head, attachment=self.view.id, kind=kind)
        self._desk.act(request, owner=self, failed=self._on_refused)

    def _on_refused(self, error: DeskError) -> None:
        self._show_side()
        self.side.say(str(error), "bad")

    def _on_thumb_chosen(self, attachment: int) -> None:
        self._at = self._place_of(attachment)
        self._show()

    def _on_changed(self, changes: Any, _who: object) -> None:
        if changes.touches(self._file.id):
            self._reload()

    def _reload(self, attachment: int | None = None, said: str = "") -> None:
        """Read what there is now, then show an attachment; None stays where one is."""
        query = partial(attachments_of, case_id=self._file.id)
        self._desk.ask(query, owner=self, done=partial(self._on_read, attachment, said))

    def _on_read(self, attachment: int | None, said: str, views: Sequence[AttachmentView]) -> None:
        if not views:
            self.close()  # the case may no longer be seen
            return
        current = self._views[self._at].id if attachment is None else attachment
        self._views = in_story_order(views)
        self._at = self._place_of(current)
        if self.pair.is_both or self.is_masking:
            self._show_side()
        else:
            self._show()
        if said:
            self.side.say(said, "ok")

    def _on_decided(self, verb: object) -> None:
        if verb == "drop":
            self.close()


def open_viewer(
    desk: Desk, file: CaseFile, start: AttachmentView, parent: QWidget, *, is_both: bool = False
) -> AttachmentViewer:
    """Open the viewer above `parent`, perhaps with before and after side by side."""
    window = parent.window()
    viewer = AttachmentViewer(desk, file, start, window)
    viewer.resize(viewer.sizeHint().boundedTo(window.size()))
    viewer.open()
    if is_both:
        viewer.show_both()
    return viewer
