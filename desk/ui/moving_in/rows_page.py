"""The rows before they come in (预览): what becomes of each, and a line to mend a cell in."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from desk.exchange.ledgers import Refusal
from desk.ui.keys import GlobalKey
from desk.ui.moving_in.job import ROW, ImportJob
from desk.ui.moving_in.rows_model import RowsModel
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState, TextLine
from desk.ui.widgets.choice_chips import CheckChip
from desk.ui.widgets.composing import KeyShortcut

Index = QModelIndex | QPersistentModelIndex
_NARROW, _COLUMN = 56, 150
_ALL_GOOD = "每一行都能导入。按 Ctrl+Enter 导入。"
_HOW = "⚠ 是有问题的格。按 F3 走到下一处，在下面改好按 Enter；没改的行不导入，可以另存后再改。"


class RowsPage(QWidget):
    """The table with its problems, and the field in which they are mended.

    Signals:
        import_wanted: bring in what can come in.
        mended: a cell was corrected; carries row, column and text.
        refused_wanted: save the rows that do not come in.
        columns_wanted: the columns are to be understood otherwise.
        other_wanted: another file is wanted.
        stop_wanted: what is under way is to be stopped.
    """

    import_wanted = Signal()
    mended = Signal(int, int, str)
    refused_wanted = Signal()
    columns_wanted = Signal()
    other_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowsModel(self)
        self._shown = ""  # in the field, before anybody typed there
        self.head = text_label("", "section", wraps=True)
        self.note = text_label("", "hint", wraps=True)
        self.only = CheckChip("只看有问题的行")
        self.table = _table(self.model)
        self.field = CheckedField("改这一格")
        self.bring_in = KeyButton("导入", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        self.next = KeyButton("下一处问题", GlobalKey.NEXT_HIT)
        self.keep = KeyButton("未导入的另存…")
        self.columns = KeyButton("改栏目对应")
        self.other = KeyButton("换一个文件")
        self.halt = KeyButton("停下")
        self._build()
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_cell())
        self.only.toggled.connect(self._on_only)
        if isinstance(self.field.edit, TextLine):
            self.field.edit.entered.connect(self._on_entered)
        self.bring_in.clicked.connect(self.import_wanted)
        self.next.clicked.connect(self.go_to_next)
        self.keep.clicked.connect(self.refused_wanted)
        self.columns.clicked.connect(self.columns_wanted)
        self.other.clicked.connect(self.other_wanted)
        self.halt.clicked.connect(self.stop_wanted)
        KeyShortcut(GlobalKey.NEXT_HIT, self).pressed.connect(self.go_to_next)

    def show_job(self, job: ImportJob, head: str, note: str = "") -> None:
        """Show rows that were looked at."""
        self.model.show(job)
        for column in range(self.model.columnCount()):
            self.table.setColumnWidth(column, _NARROW if column == 0 else _COLUMN)
        is_faulty = self.model.faulty > 0
        self.only.setChecked(False)
        self.show_busy(busy=False)
        self.say(head, note or (_HOW if is_faulty else _ALL_GOOD))
        self.table.setFocus()
        self.go_to_next()

    def say(self, head: str, note: str, *, is_bad: bool = False) -> None:
        """Say how it stands."""
        self.head.setText(head)
        self.note.setText(note)
        say_state(self.note, role="hint", state="bad" if is_bad else "")

    def show_busy(self, *, busy: bool) -> None:
        """Offer to stop while something is under way, and nothing else."""
        for button in (self.bring_in, self.columns, self.other):
            button.setEnabled(not busy)
        self.field.setEnabled(not busy)
        self.halt.setVisible(busy)
        is_faulty = self.model.faulty > 0
        for part in (self.next, self.keep, self.only):
            part.setVisible(is_faulty and not busy)

    def show_row(self, number: int, refused: Refusal | None) -> None:
        """Show anew what is wrong in a row that was corrected, and go on."""
        self.model.take_row(number, refused)
        left = self.model.faulty
        self.say(self.head.text(), f"还有 {left} 行有问题。{_HOW}" if left else _ALL_GOOD)
        self.show_busy(busy=False)
        self.go_to_next()

    def go_to_next(self) -> None:
        """Go to the next cell with something wrong."""
        found = self.model.next_fault(self.table.currentIndex())
        if found.isValid():
            self.table.setCurrentIndex(found)
            self.table.scrollTo(found)
            if self.model.place_at(found) != ROW:
                self.field.setFocus()

    def _build(self) -> None:
        card = Card()
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.only)
        buttons = QHBoxLayout()
        for button in (self.bring_in, self.halt, self.next, self.keep, self.columns, self.other):
            buttons.addWidget(button)
        buttons.addStretch()
        card.body.addLayout(top)
        card.body.addWidget(self.note)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.field)
        card.body.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def _show_cell(self) -> None:
        """Show the chosen cell in the field, with what is wrong below it."""
        at = self.table.currentIndex()
        if not at.isValid():
            self.field.hide()
            return
        is_ours = self.model.place_at(at) == ROW
        self.field.setVisible(not is_ours)
        fault = self.model.fault_at(at)
        heading = self.model.headerData(at.column(), Qt.Orientation.Horizontal)
        if is_ours:
            if fault:
                self.note.setText(f"第 {self.model.number_at(at)} 行：{fault}")
            return
        where = f"第 {self.model.number_at(at)} 行 · {heading}"
        self.field.set_beside(where)
        self.field.edit.setAccessibleName(f"改这一格，{where}")
        self.field.set_text(self.model.text_at(at))
        self._shown = self.field.text()
        self.field.set_state(FieldState(Check.BAD, fault) if fault else FieldState())

    def _on_entered(self) -> None:
        at = self.table.currentIndex()
        if at.isValid() and self.model.place_at(at) != ROW:
            number, place = self.model.number_at(at), self.model.place_at(at)
            if self.field.text() == self._shown:
                self.go_to_next()
            else:
                self.mended.emit(number, place, self.field.text().strip())

    def _on_only(self, only: bool) -> None:  # noqa: FBT001 - what the box says
        self.model.show_only_faulty(only=only)


def _table(model: RowsModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName("要导入的行")
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
    return table
