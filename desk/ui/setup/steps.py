"""The five steps of the set-up (建立街道的五步): one form each, over the same rows of text."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk.exchange.organisation_rows import COLUMNS, KEY_OF, Column, Organisation, Refused, Sheet
from desk.ui.icons import paint_icon
from desk.ui.list_form import ListForm, ListLine
from desk.ui.row_form import RowForm
from desk.ui.theme import Type, mixed, tokens
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import edge, paint_box, paint_focus, paint_text

_OF_STREET = 6  # the first columns are about the street, the others about its papers


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step: what it is called, which table it fills, and what to know."""

    label: str
    sheet: Sheet
    columns: tuple[Column, ...]
    advice: str


STEPS: tuple[StepFacts, ...] = (
    StepFacts(
        "街道",
        Sheet.STREET,
        COLUMNS[Sheet.STREET][:_OF_STREET],
        "这个数据库属于哪个街道。名称印在文书和登录页上，以后可在“管理”里改抬头。",
    ),
    StepFacts(
        "社区网格",
        Sheet.UNITS,
        COLUMNS[Sheet.UNITS],
        "街道本身、信联办、各科室、社区、网格，每个一行；上级单位写全称。",
    ),
    StepFacts(
        "人员",
        Sheet.STAFF,
        COLUMNS[Sheet.STAFF],
        "谁在哪个单位、做哪些岗位。至少一名管理员；其他人第一次登录后要改密码。",
    ),
    StepFacts(
        "地址",
        Sheet.PLACES,
        COLUMNS[Sheet.PLACES],
        "小区、楼栋或路段；受理时选它就带出社区和网格。可以先空着，以后再补。",
    ),
    StepFacts(
        "文书",
        Sheet.STREET,
        COLUMNS[Sheet.STREET][_OF_STREET:],
        "文书用谁的名义、文号怎么开头。街道与调委会各用各的，不会混。",
    ),
)


class StepButton(PaintedButton):
    """One step at the left: its number, its name, and how far it is."""

    def __init__(self, number: int, facts: StepFacts) -> None:
        super().__init__(facts.label)
        self._number, self._note, self._is_done = number, "", False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_note(self, note: str, *, is_done: bool) -> None:
        """Show how far the step is."""
        self._note, self._is_done = note, is_done
        self.setAccessibleDescription(note)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for two lines."""
        return QSize(180, 52)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the number or a tick, the name and the note."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        is_on = self.isChecked()
        if is_on or self.underMouse():
            ground = look.accent_tint if is_on else mixed(look.surface, look.text, 0.04)
            paint_box(painter, area, ground, None, 5)
        mark = QRectF(area.left() + 12, area.center().y() - 13, 26, 26)
        if self._is_done:
            paint_box(painter, mark, look.colour("ok"), None, 13)
            paint_icon(painter, "tick", mark.adjusted(5, 5, -5, -5), look.surface)
        else:
            paint_box(painter, mark, look.surface, edge(look.accent if is_on else look.edge), 13)
            ink = look.accent if is_on else look.text2
            middle = Qt.AlignmentFlag.AlignCenter
            paint_text(painter, mark, str(self._number), look.font(Type.LABEL), ink, middle)
        words = QRectF(mark.right() + 12, area.top() + 6, area.width() - 60, 22)
        ink = look.accent if is_on else look.text
        paint_text(painter, words, self.text(), look.font(Type.INPUT), ink)
        below = words.translated(0, 20)
        paint_text(painter, below, self._note, look.font(Type.CAPTION), look.text3)
        if self.hasFocus():
            paint_focus(painter, area, look, 5)
        painter.end()


class OneStep(QWidget):
    """A step that fills one row: the street, or its papers.

    Signals:
        changed: something was filled in.
    """

    changed = Signal()

    def __init__(self, facts: StepFacts) -> None:
        super().__init__()
        self._organisation = Organisation()
        self.form = RowForm(facts.columns)
        card = Card(facts.label)
        card.body.addWidget(text_label(facts.advice, "hint", wraps=True))
        card.body.addWidget(self.form)
        card.body.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.form.changed.connect(self._on_changed)
        self._is_showing = False

    def show_rows(self, organisation: Organisation, _refused: Sequence[Refused]) -> None:
        """Show the row of the street."""
        self._is_showing = True
        self._organisation = organisation
        self.form.set_values(organisation.street)
        self._is_showing = False

    def _on_changed(self) -> None:
        if not self._is_showing:
            self._organisation.street.update(self.form.values())
            self.changed.emit()


class RowsStep(QWidget):
    """A step that fills a table: units, staff, addresses.

    Signals:
        changed: a row came, changed or went.
    """

    changed = Signal()

    def __init__(self, facts: StepFacts) -> None:
        super().__init__()
        self._facts, self._organisation = facts, Organisation()
        self._troubles: dict[int, str] = {}
        self.lines = ListForm(facts.label, "新增一行")
        self.form = RowForm(facts.columns)
        self.lines.body.addWidget(self.form)
        self.save = self.lines.add_button("加进去", ButtonKind.MAIN)
        self.remove = self.lines.add_button("删去这一行", ButtonKind.DANGER)
        self.lines.buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
        self.lines.chosen.connect(self._on_chosen)
        self.lines.fresh_wanted.connect(self._on_fresh)
        self.save.clicked.connect(self._on_save)
        self.remove.clicked.connect(self._on_remove)
        self._on_fresh()

    def show_rows(self, organisation: Organisation, refused: Sequence[Refused]) -> None:
        """Show all rows; those with a trouble say so."""
        self._organisation = organisation
        sheet = self._facts.sheet
        numbers = [organisation.number(sheet, at) for at in range(len(self._rows))]
        by_number = {bad.row: bad.reason for bad in refused if bad.sheet is sheet}
        self._troubles = {at: by_number[n] for at, n in enumerate(numbers) if n in by_number}
        for column in self._facts.columns:
            if column.source is not None:
                self.form.set_options(column.name, organisation.names(column.source))
        self._list()

    @property
    def _rows(self) -> list[dict[str, str]]:
        return self._organisation.rows[self._facts.sheet]

    def _list(self) -> None:
        second = self._facts.columns[1].name
        self.lines.set_lines(
            [
                ListLine(
                    at,
                    row.get(KEY_OF[self._facts.sheet], "") or "（没有名称）",
                    "有问题" if at in self._troubles else row.get(second, ""),
                )
                for at, row in enumerate(self._rows)
            ]
        )

    def _on_chosen(self, at: object) -> None:
        if not isinstance(at, int):
            return
        row = self._rows[at]
        trouble = self._troubles.get(at, "")
        self.lines.say(row.get(KEY_OF[self._facts.sheet], ""), trouble, is_bad=bool(trouble))
        self.form.set_values(row)
        self.save.setText("改好")
        self.remove.setVisible(True)

    def _on_fresh(self) -> None:
        self.lines.say(f"新增{self._facts.label}", self._facts.advice)
        self.form.set_values({})
        self.save.setText("加进去")
        self.remove.setVisible(False)
        self.form.focus_first()

    def _on_save(self) -> None:
        values = self.form.values()
        for column in self._facts.columns:
            if column.required and not values[column.name]:
                self.form.show_trouble(column.name, f"请填写{column.name}。")
                return
        at = self.lines.current()
        if isinstance(at, int):
            self._rows[at] = values
        else:
            self._rows.append(values)
        self._organisation.numbers.pop(self._facts.sheet, None)  # no longer as on the sheet
        self.changed.emit()
        if not isinstance(at, int):
            self._on_fresh()

    def _on_remove(self) -> None:
        at = self.lines.current()
        if isinstance(at, int):
            del self._rows[at]
            self._organisation.numbers.pop(self._facts.sheet, None)
            self.lines.choose(None)
            self.changed.emit()
            self._on_fresh()
