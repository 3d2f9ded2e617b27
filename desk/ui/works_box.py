"""What is under way at this desk (正在做的事): each with its progress, and a button to stop it.

Who sits there: somebody who began an export or an import, went on with other work, and wants to
know how long it still takes.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.long_work import works_of
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.work_row import WorkRow

_TITLE = "正在做的事"
_NOTHING = "现在没有正在做的长活。导入、导出、重算、装订、备份开始以后，都在这里看得到，也能停下。"
_SOME = "这些事在后台做，可以换到别的页面、锁屏；做完会说一声。关掉程序会先问您。"
_WIDE, _HIGH = 40, 26


class WorksBox(QWidget):
    """A window of its own with a line for each."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host, Qt.WindowType.Window)
        self._works = works_of(desk.tasks)
        self._head = text_label("", "label", wraps=True)
        self.rows: list[WorkRow] = []
        self._inside = QWidget()
        self._list = QVBoxLayout(self._inside)
        self._list.setSpacing(16)
        self._list.addStretch()
        self._close = KeyButton("关上", GlobalKey.OUT, parent=self)
        self._build()
        self._works.changed.connect(self.read)
        self._close.clicked.connect(self.close)
        KeyShortcut(GlobalKey.OUT, self).pressed.connect(self.close)
        self.read()

    def open_box(self) -> None:
        """Show what is under way now."""
        self.read()
        self.show()
        self.raise_()
        self.activateWindow()
        stops = [row.stop for row in self.rows if row.stop.isVisible()]
        (stops[0] if stops else self._close).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def read(self) -> None:
        """List the works anew."""
        works = self._works.all
        while len(self.rows) < len(works):
            row = WorkRow()
            self.rows.append(row)
            self._list.insertWidget(len(self.rows) - 1, row)
        for at, row in enumerate(self.rows):
            row.show_work(works[at] if at < len(works) else None)
        self._head.setText(_SOME if works else _NOTHING)

    def _build(self) -> None:
        self.setWindowTitle(_TITLE)
        say_state(self, ground="surface")
        area = QScrollArea()
        area.setWidget(self._inside)
        area.setWidgetResizable(True)
        area.setAccessibleName(_TITLE)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._head)
        column.addWidget(area, 1)
        column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        letter = self.fontMetrics().horizontalAdvance("字")
        self.resize(letter * _WIDE, letter * _HIGH)
