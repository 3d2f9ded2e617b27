"""What is shown when the program itself fails (程序出错): the work stays, a report is ready."""

import platform

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desk import __version__
from desk.clock import machine_now
from desk.logs import keep_report, without_words
from desk.settings import data_folder
from desk.ui.keys import GlobalKey
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.fold_box import FoldBox
from desk.ui.widgets.text_area import TextArea

_SENTENCE = (
    "刚才这一步，程序自己出了错，没有做成。您写的内容都还在，可以接着做别的；"
    "请把下面的报告复制给管机器的同事，本机也存了一份。报告里没有姓名、电话和诉求内容。"
)


def report_of(error: BaseException) -> str:
    """Return what helps to find the fault, without a word that somebody has typed."""
    return "\n".join(
        (
            f"案台 {__version__}",
            f"Python {platform.python_version()} · PySide6 {PySide6.__version__}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
            "",
            without_words(error),
        )
    )


class CrashDialog(QDialog):
    """A sentence, the report behind a fold, and a button that copies it."""

    def __init__(self, parent: QWidget | None, error: BaseException) -> None:
        super().__init__(parent)
        self.report = report_of(error)
        kept = keep_report(data_folder() / "logs", self.report, machine_now())
        self.setWindowTitle("程序出错")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = text_label(_SENTENCE, "reading", wraps=True)
        said.setMinimumWidth(said.fontMetrics().horizontalAdvance("字") * 26)
        fold = FoldBox("报告")
        shown = TextArea("报告", lines=6)
        shown.set_text(self.report)
        shown.setReadOnly(True)
        fold.body.addWidget(shown)
        where = "" if kept is None else f"已存在本机：{kept.name}"
        self._copied = text_label(where, "hint")
        copy = KeyButton("复制报告", icon="copy", parent=self)
        copy.clicked.connect(self._on_copy)
        go_on = KeyButton("接着工作", GlobalKey.FINISH, kind=ButtonKind.MAIN, parent=self)
        go_on.clicked.connect(self.accept)
        go_on.listen(self)
        row = QHBoxLayout()
        row.addWidget(self._copied)
        row.addStretch()
        row.addWidget(copy)
        row.addWidget(go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text_label("程序出错了", "section"))
        column.addWidget(said)
        column.addWidget(fold)
        column.addLayout(row)
        go_on.setFocus()

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self.report)
        self._copied.setText("已复制。")
