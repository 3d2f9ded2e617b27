"""Where moving in begins (导入台账): choose a workbook, or go on with the one of last time."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.platform_forms import PlatformFormView
from desk.ui.keys import GlobalKey
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label

_HOW = (
    "选一份工作簿（.xlsx，第 1 行是表头）。认得的表直接预览；不认得的先核对一次栏目，"
    "下月就认得了。预览里能逐格改，改的只影响导入，不动原来的文件；同一份再导一次不会重复。"
)
_KNOWN = "已记住的来源"
_NONE = "还没有记住别的平台的表。本厅的台账和 12345 工单不用记，本来就认得。"


class StartPage(QWidget):
    """One button, what was left undone, and the sources that are known.

    Signals:
        file_wanted: a workbook is to be chosen.
        draft_wanted: go on with what was corrected last time.
        end_wanted: a source is not used any more; carries its form.
    """

    file_wanted = Signal()
    draft_wanted = Signal()
    end_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = Card("导入台账")
        self.note = text_label(_HOW, "hint", wraps=True)
        self.choose = KeyButton("选工作簿…", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        self.go_on = KeyButton("")
        self.go_on.hide()
        self._sources = QVBoxLayout()
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.go_on)
        row.addStretch()
        card.body.addWidget(self.note)
        card.body.addLayout(row)
        card.body.addWidget(text_label(_KNOWN, "strong"))
        card.body.addLayout(self._sources)
        card.body.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.choose.clicked.connect(self.file_wanted)
        self.go_on.clicked.connect(self.draft_wanted)

    def offer_draft(self, words: str) -> None:
        """Offer to go on with what was corrected last time; nothing for an empty text."""
        self.go_on.setText(words)
        self.go_on.setVisible(bool(words))
        self.go_on.updateGeometry()

    def show_sources(self, forms: Sequence[PlatformFormView]) -> None:
        """List the sources that the hall knows."""
        while (item := self._sources.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not forms:
            self._sources.addWidget(text_label(_NONE, "hint", wraps=True))
        for form in forms:
            self._sources.addWidget(self._line(form))

    def _line(self, form: PlatformFormView) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(text_label(form.name, "strong"))
        names = "、".join(one.heading for one in form.lines)
        row.addWidget(text_label(f"导入到{form.kind}：{names}", "hint", wraps=True), 1)
        end = KeyButton("停用", kind=ButtonKind.QUIET)
        end.setAccessibleName(f"停用来源 {form.name}")
        end.clicked.connect(lambda: self.end_wanted.emit(form))
        row.addWidget(end)
        return line
