"""All attachments of the case as one row of small pictures (缩略图条), the present one marked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from desk.queries.attachments import AttachmentView
from desk.ui.attachments.strip import Thumb, ask_picture
from desk.ui.desk import Desk
from desk.ui.theme import say_state

_GAP, _BAR = 8, 14


class ThumbRow(QScrollArea):
    """Pressing a small picture shows it large.

    Signals:
        chosen: another attachment is wanted; carries its id.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[AttachmentView, ...] = ()
        self._thumbs: list[Thumb] = []
        inner = QWidget()
        say_state(inner, ground="clear")
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addStretch()
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("全部附件")

    def show_views(self, views: Sequence[AttachmentView], current: int) -> None:
        """Show these, and mark one."""
        if tuple(views) != self._shown:
            self._shown = tuple(views)
            self._build()
        for thumb in self._thumbs:
            thumb.setChecked(thumb.view.id == current)
            if thumb.isChecked():
                self.ensureWidgetVisible(thumb)

    def _build(self) -> None:
        for thumb in self._thumbs:
            self._row.removeWidget(thumb)
            thumb.hide()
            thumb.deleteLater()
        self._thumbs = []
        for view in self._shown:
            thumb = Thumb(view)
            thumb.setCheckable(True)
            thumb.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            thumb.clicked.connect(lambda _on=False, v=view.id: self.chosen.emit(v))
            self._row.insertWidget(len(self._thumbs), thumb)
            self._thumbs.append(thumb)
            if view.is_picture:
                ask_picture(self._desk, thumb)
        if self._thumbs:
            self.setFixedHeight(self._thumbs[0].sizeHint().height() + _BAR)
