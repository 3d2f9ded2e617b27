"""One photo, or before and after side by side (前后对照): both always show the same part."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.attachments import AttachmentView, attachment_bytes
from desk.rules.wording import label
from desk.ui.attachments.picture_pane import PicturePane
from desk.ui.case.reading_files import upright_picture
from desk.ui.desk import Desk
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.cards import text_label

_LONGEST = 2600  # more than any screen of a hall shows
_KEPT = 8
_WAIT, _UNREADABLE = "正在打开…", "这张图片在这里打不开，可另存后用别的程序看。"


class PhotoShelf(QObject):
    """Reads photos and keeps the last few, so that turning back is quick."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: dict[int, QImage] = {}

    def ask(self, attachment: int, *, owner: QObject, done: Callable[[QImage], None]) -> None:
        """Call `done` with a photo, at once or when it has been read."""
        known = self._kept.get(attachment)
        if known is not None:
            done(known)
            return

        def decoded(picture: QImage) -> None:
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[attachment] = picture
            done(picture)

        def read(content: bytes | None) -> None:
            work = partial(upright_picture, content or b"", _LONGEST)
            self._desk.work(work, owner=owner, done=decoded)

        self._desk.ask(partial(attachment_bytes, attachment_id=attachment), owner=owner, done=read)


class PhotoPane(QWidget):
    """A photo with its name above it."""

    def __init__(self, shelf: PhotoShelf, name: str) -> None:
        super().__init__()
        self._shelf = shelf
        self.view: AttachmentView | None = None
        self.pane = PicturePane(name)
        self.caption = text_label("", "label")
        say_state(self, ground="clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(self.pane, 1)
        self.setFocusProxy(self.pane)

    def show_view(self, view: AttachmentView, place: str = "") -> None:
        """Show a photo once it is there."""
        is_other = self.view is None or self.view.id != view.id
        self.view = view
        kind = f"{label(view.kind)}　" if view.kind is not None else ""
        self.caption.setText(f"{kind}{view.name}　{place}".strip())
        if is_other:
            self.pane.show_words(_WAIT)
            self._shelf.ask(view.id, owner=self, done=partial(self._show, view))

    def _show(self, view: AttachmentView, picture: QImage) -> None:
        if self.view is None or self.view.id != view.id:
            return  # another photo is wanted by now
        if picture.isNull():
            self.pane.show_words(_UNREADABLE)
        else:
            self.pane.show_picture(picture, self.caption.text())


class PhotoPair(QWidget):
    """Holds the one photo, and beside it the other when two are compared."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        shelf = PhotoShelf(desk, self)
        self.left, self.right = PhotoPane(shelf, "照片"), PhotoPane(shelf, "对照的照片")
        say_state(self, ground="clear")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens().sizes.gutter)
        row.addWidget(self.left, 1)
        row.addWidget(self.right, 1)
        self.right.hide()
        self.left.pane.sight_changed.connect(self.right.pane.set_sight)
        self.right.pane.sight_changed.connect(self.left.pane.set_sight)
        self.setFocusProxy(self.left)

    @property
    def is_both(self) -> bool:
        """Whether two photos are compared."""
        return not self.right.isHidden()

    def show_one(self, view: AttachmentView, place: str) -> None:
        """Show one photo alone."""
        self.right.hide()
        self.left.show_view(view, place)

    def show_both(self, before: AttachmentView, after: AttachmentView) -> None:
        """Show two photos beside each other."""
        self.left.show_view(before)
        self.right.show_view(after)
        self.right.show()

    def current(self) -> PhotoPane:
        """Return the pane that has the keyboard; without one the left."""
        return self.right if self.right.pane.hasFocus() and self.is_both else self.left

    def fit(self) -> None:
        """Show the whole of the photos."""
        self.left.pane.fit()
        self.right.pane.fit()
