"""Choosing files (选文件、另存为): dialogs in Chinese that start where people keep their papers."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desk.rules.errors import RuleBroken

Chosen = Callable[[Path], object]
_LABELS = {
    QFileDialog.DialogLabel.LookIn: "位置：",
    QFileDialog.DialogLabel.FileName: "文件名：",
    QFileDialog.DialogLabel.FileType: "类型：",
    QFileDialog.DialogLabel.Reject: "取消",
}


def choose_file(parent: QWidget, title: str, chosen: Chosen, kinds: str = "") -> QFileDialog:
    """Let the clerk choose one existing file.

    Args:
        kinds: which files are offered, as “工作簿 (*.xlsx)”; empty offers all.
    """
    dialog = _dialog(parent, title, chosen, kinds, accept="选择")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def choose_files(
    parent: QWidget, title: str, chosen: Callable[[list[Path]], object]
) -> QFileDialog:
    """Let the clerk choose several existing files at once."""
    dialog = _dialog(parent, title, lambda _path: None, "", accept="选择")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, title: str, chosen: Chosen) -> QFileDialog:
    """Let the clerk choose a folder."""
    dialog = _dialog(parent, title, chosen, "", accept="选这个文件夹")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def choose_target(
    parent: QWidget, title: str, chosen: Chosen, kinds: str, *, name: str
) -> QFileDialog:
    """Let the clerk say where a file goes; `name` is offered and gives the ending."""
    dialog = _dialog(parent, title, chosen, kinds, accept="保存")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "保存")
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.open()
    return dialog


def written(target: Path, content: bytes) -> Path:
    """Write a file where the clerk wants it; background work.

    Raises:
        RuleBroken: the place cannot be written to.
    """
    try:
        target.write_bytes(content)
    except OSError as error:
        raise RuleBroken(
            f"没有写成“{target.name}”，可能没有权限或磁盘已满。请换个地方再存。"
        ) from error
    return target


def _dialog(parent: QWidget, title: str, chosen: Chosen, kinds: str, *, accept: str) -> QFileDialog:
    places = QStandardPaths.StandardLocation
    documents = QStandardPaths.writableLocation(places.DocumentsLocation)
    home = QStandardPaths.writableLocation(places.HomeLocation)
    start = documents if Path(documents).is_dir() else home
    dialog = QFileDialog(parent, title, start, kinds or "所有文件 (*)")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for part, words in _LABELS.items():
        dialog.setLabelText(part, words)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, accept)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    return dialog
