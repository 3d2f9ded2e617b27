"""Which column of the file is which of ours (栏目对应): guessed, looked at, kept for next month."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk.exchange.column_guess import guessed, sample
from desk.exchange.ledger_map import LedgerMap, known_maps, map_of_kind
from desk.exchange.source_map import needed
from desk.queries.platform_forms import PlatformFormView
from desk.rules.platform_forms import LONGEST_NAME, FormLine
from desk.ui.case.form_parts import LabelledChoice
from desk.ui.keys import GlobalKey
from desk.ui.moving_in.job import ImportJob
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_NOWHERE = "不导入"
_HOW = (
    "左边是表里的列，中间选它对应本厅台账的哪一栏，右边是头几格内容；已经按列名和内容猜好，请核对。"
    "记住后，下月同样表头的表一选就能导入。"
)
_BAD = "bad"
_PICKER = 240


class ColumnsPage(QWidget):
    """The columns of a file with ours beside them.

    Signals:
        settled: the clerk has said how the columns are to be understood.
        other_wanted: another file is wanted.
    """

    settled = Signal()
    other_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: ImportJob | None = None
        self.pickers: dict[str, PickerField] = {}
        self.fixed: dict[str, CheckedField] = {}
        card = Card()
        self.head = text_label("", "section")
        self.note = text_label(_HOW, "hint", wraps=True)
        self.source = CheckedField(
            "来源",
            required=True,
            hint=f"是哪个平台的表，例如：信访信息系统；最多 {LONGEST_NAME} 字",
        )
        kinds = [Choice(ledger.kind, ledger.kind) for ledger in known_maps()]
        self.kind = LabelledChoice("导入到", kinds, small=True)
        self._inside = QWidget()
        say_state(self._inside, ground="clear")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._inside)
        self._lines = QVBoxLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self.save = KeyButton("记住并预览", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        other = KeyButton("换一个文件")
        buttons = QHBoxLayout()
        for button in (self.save, other):
            buttons.addWidget(button)
        buttons.addStretch()
        for part in (self.head, self.note, self.source, self.kind):
            card.body.addWidget(part)
        card.body.addWidget(scroll, 1)
        card.body.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.kind.chosen.connect(lambda kind: self._guess(str(kind)))
        self.save.clicked.connect(self.settled)
        other.clicked.connect(self.other_wanted)

    def show_job(self, job: ImportJob, form: PlatformFormView | None = None) -> None:
        """Show the columns of a file, as a saved form has them or else as they are guessed."""
        self._job = job
        self.head.setText(f"核对栏目：{job.path.name}")
        self.say("")
        if form is not None:
            self.source.set_text(form.name)
            self.kind.chips.set_value(form.kind)
            self._lay_out(
                map_of_kind(form.kind, known_maps()),
                {line.heading: line.columns[0] for line in form.lines},
            )
            for heading, field in self.fixed.items():
                field.set_text(form.fixed.get(heading, ""))
            return
        self.source.set_text("")
        best = max(known_maps(), key=lambda ledger: _fit(job, ledger))
        self.kind.chips.set_value(best.kind)
        self._guess(best.kind)

    def start(self) -> None:
        """Put the keyboard into the first field."""
        self.source.setFocus()

    def say(self, sentence: str) -> None:
        """Say what is missing, or how it is done."""
        self.note.setText(sentence or _HOW)
        say_state(self.note, role="hint", state=_BAD if sentence else "")

    def lines(self) -> tuple[FormLine, ...]:
        """Return which heading is which of ours."""
        chosen = ((heading, picker.value()) for heading, picker in self.pickers.items())
        return tuple(FormLine(heading, (str(ours),)) for heading, ours in chosen if ours)

    def fixed_values(self) -> dict[str, str]:
        """Return what holds for the whole file, where no column says it."""
        mapped = {line.columns[0] for line in self.lines()}
        texts = {name: field.text().strip() for name, field in self.fixed.items()}
        return {name: text for name, text in texts.items() if text and name not in mapped}

    def is_complete(self) -> bool:
        """Say what is missing beside its field; return whether nothing is."""
        mapped = {line.columns[0] for line in self.lines()}
        empty = [name for name in self.fixed if name not in mapped | self.fixed_values().keys()]
        for name in empty:
            self.fixed[name].set_state(FieldState(Check.BAD, "没有一列对应，请写整份相同的内容。"))
        if not self.source.text().strip():
            self.source.set_state(FieldState(Check.BAD, "请写明这是哪个平台的表，下月好认得。"))
            self.source.setFocus()
            return False
        if empty:
            self.fixed[empty[0]].setFocus()
        return not empty

    def _guess(self, kind: str) -> None:
        assert self._job is not None  # noqa: S101 - a file is shown
        ledger = map_of_kind(kind, known_maps())
        self._lay_out(ledger, guessed(self._job.sheet, ledger))

    def _lay_out(self, ledger: LedgerMap, known: dict[str, str]) -> None:
        """Put a line for each column, and a field for each of ours that no column has."""
        assert self._job is not None  # noqa: S101 - a file is shown
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        required = needed(ledger)
        items = [
            PickItem(c.heading, c.heading, note="必填" if c.heading in required else "")
            for c in ledger.columns
        ]
        self.pickers = {}
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for at, heading in enumerate(self._job.sheet.header):
            if heading:
                self._add_line(grid, at, heading, items, known.get(heading))
        self.fixed = {name: CheckedField(f"{name}（整份相同）") for name in required}
        wanted = QWidget()
        below = QGridLayout(wanted)
        below.setContentsMargins(0, 8, 0, 0)
        for at, field in enumerate(self.fixed.values()):
            below.addWidget(field, at // 3, at % 3)
        self._lines.addWidget(box)
        self._lines.addWidget(wanted)
        self._lines.addStretch()
        self._show_needed()

    def _add_line(
        self, grid: QGridLayout, at: int, heading: str, items: Sequence[PickItem], ours: str | None
    ) -> None:
        assert self._job is not None  # noqa: S101 - a file is shown
        picker = PickerField(f"“{heading}”对应", items)
        picker.hide_label()
        picker.edit.setPlaceholderText(_NOWHERE)
        picker.setFixedWidth(_PICKER)
        picker.set_value(ours)
        picker.changed.connect(lambda _text: self._show_needed())
        grid.addWidget(text_label(heading, "strong", wraps=True), at, 0)
        contents = "　".join(sample(self._job.sheet, at))
        grid.addWidget(picker, at, 1)
        grid.addWidget(text_label(contents, "hint", wraps=True), at, 2)
        self.pickers[heading] = picker

    def _show_needed(self) -> None:
        """Ask only for what no column says."""
        mapped = {line.columns[0] for line in self.lines()}
        for name, field in self.fixed.items():
            field.setVisible(name not in mapped)


def _fit(job: ImportJob, ledger: LedgerMap) -> int:
    """Return how many columns are known, less those that are missing."""
    found = guessed(job.sheet, ledger).values()
    return len(found) - sum(name not in found for name in needed(ledger))
