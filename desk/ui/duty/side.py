"""Beside the roster: who is at a post on a day, whom to put there, and where nobody is."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.roster import DutyCell, DutyMonth, DutyPostView, Gap
from desk.rules.errors import RuleBroken
from desk.rules.roster import read_people
from desk.ui.theme import tokens
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.choice_chips import Choice, ChoiceChips

_HOW = "几个人用“、”隔开；夜班写作 张三（夜），带班领导前面写 ★"
_MOST_GAPS = 8
Place = tuple[int, date]


class DutySide(QWidget):
    """The form of one cell, and the gaps of the month; unsaved words stay with their cell.

    Signals:
        offered: an offered name was chosen; carries it.
    """

    offered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell: DutyCell | None = None
        self._unsaved: dict[Place, tuple[str, str, str]] = {}
        self.card = Card("值班")
        self.people = CheckedField("值班人员", check=_judged, hint=_HOW)
        self.phone = CheckedField("当天电话（可空）")
        self.note = CheckedField("说明（可空）")
        self.names = ChoiceChips("常排的人", small=True)
        self._head = text_label("", "strong", wraps=True)
        self._may_not = text_label("只有本单位和信联办能改这个岗位。", "hint", wraps=True)
        self._gaps = text_label("", "reading", wraps=True)
        self._gap_card = Card("还没有人的日子")
        self._build()
        self.names.chosen.connect(lambda name: self.offered.emit(str(name)))

    def show_cell(self, month: DutyMonth, cell: DutyCell | None) -> None:
        """Show a cell; what was typed for it before and not saved is still there."""
        self.keep()
        self._cell = cell
        post = _post_of(month, cell)
        self.card.setVisible(cell is not None)
        if cell is None or post is None:
            return
        day = month.day(cell.day)
        self._head.setText(f"{cell.day.month} 月 {cell.day.day} 日 {day.weekday} · {post.name}")
        saved = (cell.text, cell.phone, cell.note)
        for field, words in zip(
            self._fields(), self._unsaved.get((cell.post, cell.day), saved), strict=True
        ):
            field.set_text(words)
            field.setEnabled(post.may_write)
        self.names.set_choices([Choice(name, name) for name in post.offered])
        self.names.set_value(None)
        self.names.setVisible(post.may_write)
        self._may_not.setVisible(not post.may_write)

    def keep(self) -> None:
        """Remember what is typed and not saved."""
        if self._cell is None:
            return
        typed = tuple(field.text().strip() for field in self._fields())
        place = (self._cell.post, self._cell.day)
        if typed == (self._cell.text, self._cell.phone, self._cell.note):
            self._unsaved.pop(place, None)
        else:
            self._unsaved[place] = (typed[0], typed[1], typed[2])

    def forget(self, place: Place) -> None:
        """Take what was typed for a cell as saved."""
        self._unsaved.pop(place, None)
        if self._cell is not None and place == (self._cell.post, self._cell.day):
            self._cell = None

    def unsaved(self) -> int:
        """Return in how many cells something is typed and not saved."""
        self.keep()
        return len(self._unsaved)

    def show_gaps(self, gaps: tuple[Gap, ...]) -> None:
        """List where nobody is named yet."""
        lines = [
            f"{gap.day.month} 月 {gap.day.day} 日 {gap.post}：{gap.words}"
            for gap in gaps[:_MOST_GAPS]
        ]
        if len(gaps) > _MOST_GAPS:
            lines.append(f"还有 {len(gaps) - _MOST_GAPS} 处。")
        self._gaps.setText("\n".join(lines) or "这个月都排上了。")

    def refuse(self, sentence: str) -> None:
        """Say beside the names why they cannot be saved."""
        self.people.set_state(FieldState(Check.BAD, sentence))

    def _fields(self) -> tuple[CheckedField, CheckedField, CheckedField]:
        return self.people, self.phone, self.note

    def _build(self) -> None:
        self.card.body.addWidget(self._head)
        self.card.body.addWidget(self.people)
        self.card.body.addWidget(self.names)
        for widget in (self.phone, self.note, self._may_not):
            self.card.body.addWidget(widget)
        self._gap_card.body.addWidget(self._gaps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().sizes.gutter)
        column.addWidget(self.card)
        column.addWidget(self._gap_card)
        column.addStretch()


def _post_of(month: DutyMonth, cell: DutyCell | None) -> DutyPostView | None:
    return next((one for one in month.posts if cell is not None and one.id == cell.post), None)


def _judged(text: str) -> FieldState:
    try:
        read_people(text)
    except RuleBroken as refused:
        return FieldState(Check.BAD, str(refused))
    return FieldState()
