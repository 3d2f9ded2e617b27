"""Bring each printer of this desk to where it should print (打印校准): a page, then two numbers."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desk.exchange.organisation_rows import Column
from desk.forms.alignment import Offset, alignment_page, read_offset
from desk.forms.printer import has_cups, print_pdf
from desk.rules.errors import DeskError, RuleBroken
from desk.ui.admin.section import Section
from desk.ui.alignments import keep_offset, offset_of
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.printing import DEFAULT_PRINTER, printer_names
from desk.ui.row_form import RowForm
from desk.ui.scroll_column import side_column
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.composing import KeyShortcut

_COLUMNS = (
    Column("右移", "毫米；印得偏左就填正数，偏右填负数"),
    Column("下移", "毫米；印得偏上就填正数，偏下填负数"),
)
_HOW = (
    "套打对不准、边框压线时用：先打一张校准页，照页上写的用尺子量，把差几毫米填在这里存上，"
    "再打一张看看。只管这台电脑，每台打印机各记各的。"
)


class AlignmentSection(Section):
    """A printer, its page, and by how much it is off."""

    title = "打印校准"
    help_page = "papers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.printer = QComboBox()
        self.printer.setAccessibleName("打印机")
        self.printer.addItem(DEFAULT_PRINTER, "")
        self.form = RowForm(_COLUMNS)
        self.said_here = text_label("", "label", wraps=True)
        self.print = KeyButton("打印校准页", GlobalKey.PRINT, icon="print")
        self.save = KeyButton("保存", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        caption = text_label("打印机", "label")
        caption.setBuddy(self.printer)
        buttons = QHBoxLayout()
        buttons.addWidget(self.print)
        buttons.addWidget(self.save)
        buttons.addStretch()
        card = Card("打印校准", note="只管这一台电脑，不进数据库")
        for part in (text_label(_HOW, "label", wraps=True), caption, self.printer, self.form):
            card.body.addWidget(part)
        card.body.addLayout(buttons)
        card.body.addWidget(self.said_here)
        card.body.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(side_column(card))
        self.printer.currentIndexChanged.connect(self._show)
        self.print.clicked.connect(self._on_print)
        self.save.clicked.connect(self._on_save)
        KeyShortcut(GlobalKey.PRINT, self).pressed.connect(self.print.click)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.save.click)

    def arrive(self) -> None:
        """Show the printers of this desk and what is kept of the chosen one."""
        self.desk.work(printer_names, owner=self, done=self._on_printers, failed=self._refuse)
        self._show()

    def _on_printers(self, names: list[str]) -> None:
        for name in names:
            if self.printer.findData(name) < 0:
                self.printer.addItem(name, name)

    def _name(self) -> str:
        return str(self.printer.currentData() or "")

    def _show(self) -> None:
        offset = offset_of(self._name())
        values = {"右移": f"{offset.right_mm:g}", "下移": f"{offset.down_mm:g}"}
        self.form.set_values(values)

    def _typed(self) -> Offset | None:
        values = self.form.values()
        try:
            return read_offset(values["右移"], values["下移"])
        except RuleBroken as error:
            self.form.show_trouble(error.field or "", str(error))
            return None

    def _on_print(self) -> None:
        offset = self._typed()
        if offset is not None:
            work = partial(_print_page, self._name(), self.printer.currentText(), offset)
            self.desk.work(work, owner=self, done=self._on_printed, failed=self._refuse)

    def _on_printed(self, _nothing: object) -> None:
        where = self.printer.currentText()
        self.said_here.setText(f"校准页已送到{where}，请用尺子量过再填。")

    def _on_save(self) -> None:
        offset = self._typed()
        if offset is not None:
            keep_offset(self._name(), offset)
            self.said_here.setText("已存在本机，这台打印机从下一张起照这样打。")

    def _refuse(self, error: DeskError) -> None:
        self.said_here.setText(str(error))


def _print_page(printer: str, shown: str, offset: Offset) -> None:
    """Print the page as it would come out with what is typed in now.

    Raises:
        PrinterAway: the printer did not take it.
    """
    pdf = alignment_page(shown, offset)
    if has_cups():
        print_pdf(pdf, printer or None, title="打印校准页")
    else:
        from desk.ui.raster import print_raster  # noqa: PLC0415 - loads print support if needed

        print_raster(pdf, printer or None, 1)
