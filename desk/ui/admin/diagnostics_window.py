"""The pack for whoever looks for a fault (诊断包): seen text by text before it is written."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desk.exchange.diagnostics import PackFile, SeenLight, database_facts, pack_of, write_pack
from desk.rules.errors import DeskError
from desk.rules.moments import in_shanghai
from desk.ui.desk import Desk
from desk.ui.file_choice import choose_target
from desk.ui.keys import GlobalKey
from desk.ui.long_work import LongPlan, WorkDoor
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.composing import KeyShortcut

_TITLE = "诊断包"
_HEAD = (
    "程序出了毛病，把这个包交给管机器的同事或开发人员。下面就是包里的全部内容，一个字不多；"
    "没有姓名、电话、住址、诉求内容、密码和服务器地址。"
)
_WIDE, _HIGH, _NAMES = 62, 40, 12
_PLAN = LongPlan("收集诊断信息", "diagnostics", said=lambda _files: "", stopped="")


class DiagnosticsWindow(QWidget):
    """The files at the left, the text of the chosen one at the right."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host, Qt.WindowType.Window)
        self._desk = desk
        self._files: tuple[PackFile, ...] = ()
        self._said = text_label("", "label", wraps=True)
        self.names, self.shown = QListWidget(), QPlainTextEdit()
        self.save = KeyButton("存为压缩包…", GlobalKey.FINISH, kind=ButtonKind.MAIN, parent=self)
        self._close = KeyButton("关上", GlobalKey.OUT, parent=self)
        self._build()
        self.names.currentRowChanged.connect(self._show_file)
        self.save.clicked.connect(self._on_save)
        self._close.clicked.connect(self.close)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self._on_save)
        KeyShortcut(GlobalKey.OUT, self).pressed.connect(self.close)

    def open_for(self, lights: Sequence[SeenLight]) -> None:
        """Gather what there is now, and show it."""
        self._files = ()
        self.names.clear()
        self.save.setEnabled(False)
        self._said.setText("正在收集，数据库大的要等一会儿。")
        screens, at = _screens(), self._desk.now()

        def work(door: WorkDoor) -> tuple[PackFile, ...]:
            door.begin_part("正在数各表的行数")
            return pack_of(door.read(database_facts), lights, screens, at)

        self._desk.begin_long(
            _PLAN, work, owner=self, done=self._on_gathered, failed=self._on_failed
        )
        self.show()
        self.raise_()
        self.activateWindow()

    def files(self) -> tuple[PackFile, ...]:
        """Return what would go into the pack."""
        return self._files

    def save_to(self, target: Path) -> None:
        """Write exactly what is shown."""
        self._desk.work(
            partial(write_pack, self._files, target),
            owner=self,
            done=lambda written: self._said.setText(f"已存为“{written.name}”。"),
            failed=self._on_failed,
        )

    def _build(self) -> None:
        self.setWindowTitle(_TITLE)
        say_state(self, ground="surface")
        self.names.setAccessibleName("包里的文件")
        self.shown.setAccessibleName("文件内容")
        self.shown.setReadOnly(True)
        self.shown.setTabChangesFocus(True)
        letter = self.fontMetrics().horizontalAdvance("字")
        self.names.setFixedWidth(letter * _NAMES)
        middle, foot = QHBoxLayout(), QHBoxLayout()
        middle.addWidget(self.names)
        middle.addWidget(self.shown, 1)
        foot.addWidget(self._said, 1)
        foot.addWidget(self.save)
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text_label(_HEAD, "label", wraps=True))
        column.addLayout(middle, 1)
        column.addLayout(foot)
        self.resize(letter * _WIDE, letter * _HIGH)

    def _on_gathered(self, files: tuple[PackFile, ...]) -> None:
        self._files = files
        self.names.addItems([one.name for one in files])
        self.names.setCurrentRow(0)
        self.save.setEnabled(True)
        self._said.setText("请逐个看过，再存。")
        self.names.setFocus()

    def _show_file(self, at: int) -> None:
        self.shown.setPlainText(self._files[at].text if 0 <= at < len(self._files) else "")

    def _on_save(self) -> None:
        if self._files:
            name = f"案台诊断 {in_shanghai(self._desk.now()):%Y-%m-%d %H%M}.zip"
            choose_target(self, "诊断包存到哪里", self.save_to, "压缩包 (*.zip)", name=name)

    def _on_failed(self, error: DeskError) -> None:
        self._said.setText(str(error))


def _screens() -> tuple[str, ...]:
    return tuple(
        f"屏幕 {one.size().width()}×{one.size().height()}，缩放 {one.devicePixelRatio():.2f}，"
        f"每英寸 {one.logicalDotsPerInch():.0f} 点"
        for one in QApplication.screens()
    )
