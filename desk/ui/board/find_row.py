"""The second line above the board (看板内查找): words that narrow it, and how many are left."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.ui.board.ask_row import AskRow
from desk.ui.board.narrowing import Narrowing
from desk.ui.keys import BoardKey, GlobalKey, shown
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import TextLine

_PAUSE_MS = 250


class FindRow(QWidget):
    """Shown while the board is narrowed, or when somebody wants to find something on it.

    Signals:
        typed: the words have stood for a moment; carries them.
        left: Enter in the words, or nothing is asked any more; the keyboard goes to the cases.
        cleared: all filters are to go.
        save_asked: what is chosen is to get a name.
        export_asked: what is shown is to go into a file.
    """

    typed = Signal(str)
    left = Signal()
    cleared = Signal()
    save_asked = Signal()
    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None, *, exports: bool) -> None:
        super().__init__(parent)
        self.words, self._count = TextLine(), text_label("", "strong")
        self._plain, self.ask = QWidget(self), AskRow(self)
        self._clear = KeyButton("清除", GlobalKey.OUT, kind=ButtonKind.QUIET)
        self._save = KeyButton("存为常用", kind=ButtonKind.PLAIN)
        self._export = KeyButton("导出所列", kind=ButtonKind.PLAIN)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._wanted, self._name, self._number = False, "", 0
        self._build()
        self._export.setVisible(exports)
        self.show_narrowing(Narrowing())

    def begin(self) -> None:
        """Put the caret into the words."""
        self._wanted = True
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def show_narrowing(self, narrowing: Narrowing) -> None:
        """Show by which words the board is narrowed; the line goes when there is nothing."""
        if not self._pause.isActive() and self.words.text().strip() != narrowing.words:
            self.words.setText(narrowing.words)
            self._pause.stop()
        self._wanted = self._wanted and self.words.hasFocus()
        self.setVisible(narrowing.is_active or self._wanted or self.ask.isVisibleTo(self))

    def show_count(self, number: int) -> None:
        """Say how many cases the board holds now."""
        self._number = number
        self._show_words()

    def show_name(self, name: str) -> None:
        """Say by which name the present filter goes; what has one needs no other."""
        self._name = name
        self._save.setVisible(not name)
        self._show_words()

    def _show_words(self) -> None:
        named = f"“{self._name}”" if self._name else ""
        self._count.setText(f"{named}共 {self._number} 件")
        self._count.setAccessibleName(f"看板{named}上共 {self._number} 件")

    def count(self) -> str:
        """Return what is said about how many there are."""
        return self._count.text()

    def _build(self) -> None:
        name = f"在看板里查找（{shown(BoardKey.FIND_HERE)}）"
        self.words.setPlaceholderText("在看板里查找：姓名、电话后四位、地址、内容、拼音")
        self.words.setAccessibleName(name)
        self.words.setMinimumWidth(self.words.fontMetrics().averageCharWidth() * 28)
        self._clear.setAccessibleName("清除筛选")
        self._clear.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        plain = QHBoxLayout(self._plain)
        plain.setContentsMargins(0, 0, 0, 0)
        plain.setSpacing(8)
        for part in (self.words, self._count, self._clear, self._save, self._export):
            plain.addWidget(part)
        plain.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._plain)
        row.addWidget(self.ask)
        self.ask.toggled.connect(self._on_asked)
        self.words.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(self._on_typed)
        self.words.entered.connect(self._on_entered)
        self._clear.clicked.connect(self.cleared)
        self._save.clicked.connect(self.save_asked)
        self._export.clicked.connect(self.export_asked)

    def _on_asked(self) -> None:
        is_over = self.ask.isHidden()
        self._plain.setVisible(is_over)
        if is_over:
            self.left.emit()

    def _on_typed(self) -> None:
        self.typed.emit(self.words.text().strip())

    def _on_entered(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._on_typed()
        self.left.emit()
