"""The window in which attachments are looked at (看附件): one, two side by side, or the brush."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desk.queries.attachments import AttachmentView
from desk.queries.case_file import CaseFile
from desk.rules.codes import AttachmentKind
from desk.rules.deeds import Deed
from desk.rules.rights import may
from desk.ui.attachments.album import Album
from desk.ui.attachments.file_face import FileFace
from desk.ui.attachments.masking import Masking
from desk.ui.attachments.photo_pair import PhotoPair
from desk.ui.attachments.picture_pane import arrow_of
from desk.ui.attachments.taking_down import TakingDown
from desk.ui.attachments.taking_out import TakingOut
from desk.ui.attachments.thumb_row import ThumbRow
from desk.ui.attachments.viewer_side import ViewerSide
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.theme import tokens
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.verb_dialog import Verb, ask_verb

_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_UNSAVED = "还有照片涂了没有存。关闭后这些笔画就没有了；原照片不受影响。"


class AttachmentViewer(QDialog):
    """All attachments of one case, one at a time; their bytes are never changed here.

    Args:
        file: the case as it was read.
        start: the attachment to begin with.
    """

    def __init__(
        self, desk: Desk, file: CaseFile, start: AttachmentView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._file = desk, file
        self.album = Album(desk, file, start.id, self)
        self.pair, self.face = PhotoPair(desk), FileFace(desk)
        self.taking_down = TakingDown(desk, file)
        self.side, self.thumbs = ViewerSide(self.taking_down), ThumbRow(desk)
        self.masking = Masking(desk, file)
        self.taking_out = TakingOut(desk, file, self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"附件 {file.number}")
        self.setAccessibleName("附件")
        self._build()
        self._connect()
        self._arrive()

    @property
    def view(self) -> AttachmentView:
        """The attachment that the side column speaks of."""
        compared = self.pair.current().view if self.pair.is_both else None
        return self.album.current if compared is None else compared

    @property
    def is_masking(self) -> bool:
        """Whether the brush is in hand."""
        return self._stack.currentWidget() is self.masking

    def show_both(self) -> None:
        """Put before and after side by side, or go back to one."""
        if self.is_masking:
            return
        if self.pair.is_both:
            self.album.go_to(self.view.id)
            self._arrive()
        elif self.album.has_both:
            before, after = AttachmentKind.BEFORE, AttachmentKind.AFTER
            self.pair.show_both(self.album.nearest(before), self.album.nearest(after))
            self._stack.setCurrentWidget(self.pair)
            self._show_side()
            self.pair.left.setFocus()

    def go(self, step: int) -> None:
        """Go on to another attachment; of two photos the one with the keyboard changes."""
        if self.pair.is_both:
            self.pair.current().show_view(self.album.beside(self.view, step))
            self._show_side()
        else:
            self.album.turn(step)
            self._arrive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn with the arrows, put the brush or the window away with Esc."""
        arrow = arrow_of(event)
        if event.key() == Qt.Key.Key_Escape and not is_composing():
            self.leave()
        elif arrow is not None and not self.is_masking and not event.modifiers():
            self.go(arrow[0] + arrow[1])
        elif event.key() in _ENDS and not self.is_masking:
            self.album.go_to_end(is_first=event.key() == Qt.Key.Key_Home)
            self._arrive()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Put the brush away, or close; strokes that were not kept are asked about."""
        if self.is_masking:
            self.masking.put_aside()
            self._arrive()
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
        side, masking, album = self.side, self.masking, self.album
        side.kind_chosen.connect(lambda kind: album.sort(self.view, kind))
        side.mask_asked.connect(lambda: masking.begin(self.view))
        side.both_asked.connect(self.show_both)
        side.take_out_asked.connect(
            lambda reason, seen: self.taking_out.ask(self.view, reason, is_checked=seen)
        )
        side.close_asked.connect(self.leave)
        self.taking_down.taken_down.connect(lambda said: album.read_again(said=said))
        masking.side.leave_asked.connect(self.leave)
        masking.kept.connect(self._on_kept)
        masking.failed.connect(lambda sentence: side.say(sentence, "bad"))
        masking.ready.connect(self._on_ready)
        album.renewed.connect(self._on_renewed)
        album.refused.connect(self._on_refused)
        album.gone.connect(self.close)
        self.taking_out.said.connect(side.say)
        self.taking_out.refused.connect(side.refuse)
        self.thumbs.chosen.connect(self._on_thumb_chosen)
        for pane in (self.pair.left.pane, self.pair.right.pane):
            pane.focused.connect(self._show_side)
        for key, handler in (
            (ListKey.COMPARE, self.show_both),
            (ListKey.MASK, side.ask_to_mask),
            (ListKey.TAKE_OUT, side.ask_to_take_out),
            (ListKey.FIT_WIDTH, self.pair.fit),
            (GlobalKey.UNDO, masking.undo),
            (GlobalKey.FINISH, masking.keep),
        ):
            KeyShortcut(key, self).pressed.connect(handler)

    def _arrive(self) -> None:
        """Show the present attachment and put the keyboard there."""
        self._show()
        if self.album.current.is_picture:
            self.pair.left.setFocus()
        else:
            self.face.take_keyboard()

    def _show(self) -> None:
        view = self.album.current
        if view.is_picture:
            self.pair.show_one(view, self.album.place)
            self._stack.setCurrentWidget(self.pair)
        else:
            self.pair.right.hide()
            self.face.show_view(view, self.album.place)
            self._stack.setCurrentWidget(self.face)
        self._show_side()

    def _show_side(self) -> None:
        person, stand = self._desk.person, self._file.stand
        self.masking.side.setVisible(self.is_masking)
        self.side.setVisible(not self.is_masking)
        self.side.show_view(
            self.view,
            may_sort=may(Deed.ATTACH, stand, person),
            may_leave=may(Deed.TAKE_OUT, stand, person),
        )
        self.taking_down.show_view(self.view)
        self.side.offer_both(is_both=self.pair.is_both, is_there=self.album.has_both)
        self.thumbs.show_views(self.album.views, self.view.id)
        self.thumbs.setVisible(not self.is_masking and len(self.album.views) > 1)

    def _on_ready(self, attachment: int) -> None:
        self.album.go_to(attachment)
        self.pair.right.hide()
        self._stack.setCurrentWidget(self.masking)
        self._show_side()
        self.masking.brush.setFocus()

    def _on_kept(self, attachment: int) -> None:
        self._arrive()
        self.album.read_again(attachment, "已存成遮挡副本，原照片没有动。")

    def _on_renewed(self, said: str) -> None:
        if self.pair.is_both or self.is_masking:
            self._show_side()
        else:
            self._show()
        if said:
            self.side.say(said, "ok")

    def _on_refused(self, sentence: str) -> None:
        self._show_side()
        self.side.say(sentence, "bad")

    def _on_thumb_chosen(self, attachment: int) -> None:
        self.album.go_to(attachment)
        self._arrive()

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
