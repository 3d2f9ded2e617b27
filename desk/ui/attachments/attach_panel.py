"""Adding attachments (添加附件): several files at once, dropped or pasted, each checked first."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.attachments import AddAttachment
from desk.rules.codes import AttachmentKind
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.file_kinds import kinds_for
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import coded, flowing_box
from desk.ui.case.reading_files import PickedFile, prepared, read_picked
from desk.ui.file_choice import choose_files
from desk.ui.scanning.scan_dialog import open_scanning, scan_name
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import IconButton, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import TextLine

_PASTED = "粘贴的图片.png"
_INVITATION = (
    "可一次选几个，也可以拖进来，或用 Ctrl+V 贴上。图片、录音、视频、PDF、办公文档都可以。"
)
_REDUCED = "照片会缩到约 300 KB，并去掉拍摄地点。"

Read = Callable[..., PickedFile]


class PickedRow(QWidget):
    """One file to be added: its name, which may be changed, and what it is.

    Signals:
        dropped: it is not to be added after all.
    """

    dropped = Signal()

    def __init__(self, read: Read, picked: PickedFile) -> None:
        super().__init__()
        self.read = read
        say_state(self, ground="clear")
        self.name = TextLine()
        self.name.setAccessibleName(f"附件名 {picked.name}")
        self._facts = text_label("", "hint", wraps=True)
        away = IconButton("close", "去掉这个文件")
        away.clicked.connect(self.dropped)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.name, 1)
        head.addWidget(away)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._facts)
        self.set_picked(picked)
        self.name.setText(picked.name)

    def set_picked(self, picked: PickedFile) -> None:
        """Take the file as it was read this time."""
        self.picked = picked
        self._facts.setText(picked.in_words)

    def facts(self) -> str:
        """Return what is said about the file."""
        return self._facts.text()


class AttachPanel(DeedPanel):
    """附件: files checked by their content, photos made smaller unless asked otherwise."""

    deed, title, verb = Deed.ATTACH, "添加附件", "收下附件"
    keeps_draft = False

    def build(self) -> None:
        """Ask for files, what they show, and whether photos stay as they are."""
        self._choose = KeyButton("选文件…", parent=self)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._scan = KeyButton("扫描…", parent=self)
        self._scan.clicked.connect(lambda: open_scanning(self.desk, self, self.take_scan))
        self.form.add(flowing_box(self._choose, self._scan))
        self.form.add(text_label(_INVITATION, "label", wraps=True))
        self.rows: list[PickedRow] = []
        self._row_box = QVBoxLayout()
        self._row_box.setSpacing(8)
        holder = QWidget()
        say_state(holder, ground="clear")
        holder.setLayout(self._row_box)
        self._row_box.setContentsMargins(0, 0, 0, 0)
        self.form.add(holder)
        self._kind = self.form.choice("kind", "是什么", coded(AttachmentKind), small=True)
        self._original = self.form.check("keeps_original", "照片保留原图（不缩小）")
        self.form.add(text_label(_REDUCED, "hint", wraps=True))
        self._original.toggled.connect(self._read_again)
        self._refused: list[str] = []

    def start(self) -> None:
        """Begin with the choice of the files."""
        self._choose.setFocus()

    def take_option(self, option: object) -> None:
        """Take files or a picture that were dropped or pasted onto the case."""
        super().take_option(option)
        if isinstance(option, QImage):
            self.take_picture(option)
        elif isinstance(option, Sequence):
            self.take_paths([Path(str(path)) for path in option])

    def take_path(self, path: Path) -> None:
        """Read one file in the background."""
        self.take_paths([path])

    def take_paths(self, paths: Sequence[Path]) -> None:
        """Read the files in the background, in their order."""
        self._refused = []
        self.say("")
        for path in paths:
            self._take(partial(read_picked, path))

    def take_picture(self, picture: QImage) -> None:
        """Take a picture from the clipboard."""
        self._refused = []
        self.say("")
        self._take(partial(_pasted, picture))

    def take_scan(self, pdf: bytes) -> None:
        """Take pages from the scanner."""
        self._refused = []
        self.say("")
        self._take(partial(prepared, scan_name(self.desk), pdf))

    def submit(self) -> None:
        """Ask for the files first."""
        if not self.rows:
            self.say("请先选文件，或扫描。")
            return
        super().submit()

    def request(self, head: OnCase) -> AddAttachment:
        """Keep the uppermost file with the case; the next follows when it has been kept."""
        row, kind = self.rows[0], self._kind.value()
        return AddAttachment(
            **head,
            name=row.name.text().strip() or row.picked.name,
            content=row.picked.content,
            kind=kind if kind in kinds_for(row.picked.media_type) else None,
        )

    def _take(self, read: Read) -> None:
        work = partial(read, keeps_original=self._original.isChecked())
        self.desk.work(
            work, owner=self, done=partial(self._on_read, read), failed=self._on_unreadable
        )

    def _read_again(self, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        for row in self.rows:
            work = partial(row.read, keeps_original=self._original.isChecked())
            self.desk.work(work, owner=row, done=row.set_picked, failed=self._on_unreadable)

    def _on_choose_clicked(self) -> None:
        choose_files(self, "选附件", self.take_paths)

    def _on_read(self, read: Read, picked: PickedFile) -> None:
        row = PickedRow(read, picked)
        row.dropped.connect(partial(self._drop, row))
        self.rows.append(row)
        self._row_box.addWidget(row)
        self.button.setFocus()

    def _on_unreadable(self, error: DeskError) -> None:
        self._refused.append(str(error))
        self.say("\n".join(self._refused))

    def _drop(self, row: PickedRow) -> None:
        self.rows.remove(row)
        self._row_box.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._choose.setFocus()

    def _on_done(self, changes: object) -> None:
        """Go on with the next file; the panel is done with the last."""
        if len(self.rows) > 1:
            self._drop(self.rows[0])
            self.send(self.request(self.head()))
        else:
            super()._on_done(changes)


def _pasted(picture: QImage, **more: Any) -> PickedFile:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not picture.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise RuleBroken("剪贴板里的图片读不出来，请存成文件再加。", field="content")
    return prepared(_PASTED, bytes(buffer.data().data()), **more)
